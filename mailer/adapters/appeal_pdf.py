"""What is the text layer of a PDF? Read in a process of its own, which has a bound on its work and its memory.

Law: a small PDF can ask any reader for hours of work; that ends the process, and not the command.
"""

from __future__ import annotations

import io
import logging
import subprocess
import sys
from contextlib import suppress

from mailer.errors import UnreadableAppealError

LARGEST_PDF = 20_000_000
MOST_PAGES = 20
MOST_CHARACTERS = 1_000_000
CPU_SECONDS = 2
_PATIENCE = 30  # seconds, where the machine has other things to do
_TOO_LONG = "reading this PDF takes too long: paste the text"
_MEMORY = 1 << 30  # octets


def text_of_pdf(octets: bytes, name: str) -> str:
    """Return the text layer of a PDF.

    Raises:
        UnreadableAppealError: it cannot be read, that takes too long, or there is none.
    """
    command = [sys.executable, "-P", "-m", __name__]  # -P: no module is taken from the folder that somebody works in
    try:
        read = subprocess.run(command, input=octets[:LARGEST_PDF], capture_output=True, timeout=_PATIENCE, check=False)  # noqa: S603 - ourselves
    except subprocess.TimeoutExpired:
        raise UnreadableAppealError(f"{name}: {_TOO_LONG}") from None
    if read.returncode < 0:  # the system ended it
        raise UnreadableAppealError(f"{name}: {_TOO_LONG}")
    if read.returncode:
        raise UnreadableAppealError(f"{name}: not a PDF that can be read: paste the text")
    text = read.stdout.decode("utf-8", "replace")
    if not text.strip():
        raise UnreadableAppealError(f"{name}: the PDF has no text layer, only pictures of pages: paste the text")
    return text


def main() -> None:
    """Write the text layer of the PDF on standard input to standard output."""
    _bound()
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its warnings are about files, and nobody's to mend
    pages = PdfReader(io.BytesIO(sys.stdin.buffer.read())).pages[:MOST_PAGES]
    text = "\n\n".join(page.extract_text() for page in pages)
    sys.stdout.buffer.write(text[:MOST_CHARACTERS].encode("utf-8", "replace"))


def _bound() -> None:
    """Let the system end this process when it has worked for too long, or wants too much memory."""
    with suppress(ImportError):  # not on Windows, where only the patience of who asked is a bound
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


if __name__ == "__main__":
    main()
