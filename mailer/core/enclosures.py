"""Which file travels with one update? What an official answered, as the organisers want it to be seen.

Law: what a file is, its content tells; it goes out under a name of ours, for its own may tell what was taken out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from mailer.core.encodings import printable
from mailer.errors import UsageError

LARGEST_ANSWER: Final = 100 * 1024  # octets of one file
LARGEST_ANSWERS: Final = 200 * 1024  # octets of all of a mail: what mailboxes take, see attachments.LARGEST_LOAD
PDF: Final = "application/pdf"
TEXT: Final = "text/plain; charset=utf-8"
_PDF_BEGINS: Final = b"%PDF-"  # ISO 32000-1, 7.5.2


@dataclass(frozen=True, slots=True)
class Enclosure:
    """One file: the name that it goes out under, its content type, and its octets."""

    name: str
    content_type: str
    content: bytes = field(repr=False)

    @property
    def is_pdf(self) -> bool:
        """Tell whether there may be more in it than one sees."""
        return self.content_type == PDF

    @property
    def quiet_name(self) -> str:
        """Return a name that does not even tell that it is an answer."""
        return self.name.replace("answer", "file", 1)


def enclose(files: Sequence[tuple[str, bytes]]) -> tuple[Enclosure, ...]:
    """Return files, each given as what it is called and its octets, as they go out.

    Raises:
        UsageError: one is empty, too large, or neither plain text nor a PDF; or all together are too large.
    """
    made = tuple(_enclosed(number, *file) for number, file in enumerate(files, start=1))
    if sum(len(each.content) for each in made) > LARGEST_ANSWERS:
        raise UsageError(
            f"--answer: all files together are larger than {LARGEST_ANSWERS // 1024} KB: no mailbox is sure"
        )
    return made


def _enclosed(number: int, path: str, content: bytes) -> Enclosure:
    """Return one file under its number; a text as every editor shows it right.

    Raises:
        UsageError: as for `enclose`.
    """
    if not content.strip():
        raise UsageError(f"--answer: {path} is empty")
    stem = "answer" if number == 1 else f"answer-{number}"
    is_pdf = content.startswith(_PDF_BEGINS)
    sent = content if is_pdf else _plain_text(path, content)
    if len(sent) > LARGEST_ANSWER:
        raise UsageError(f"--answer: {path} is larger than {LARGEST_ANSWER // 1024} KB: send what matters of it")
    return Enclosure(f"{stem}.pdf", PDF, sent) if is_pdf else Enclosure(f"{stem}.txt", TEXT, sent)


def _plain_text(path: str, content: bytes) -> bytes:
    """Return a text file in UTF-8 that says so, its lines ended as all systems can.

    Raises:
        UsageError: it is none.
    """
    hint = "only plain text (UTF-8) and PDF can be attached"
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"--answer: {path} is neither plain text nor a PDF; {hint}") from None
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    if printable(lines) != lines:
        raise UsageError(f"--answer: {path} holds control characters; {hint}")
    return lines.replace("\n", "\r\n").encode("utf-8-sig")
