"""How does a file become a document? Bytes to text to nodes; whatever goes wrong is one problem with its place."""

from __future__ import annotations

from pathlib import Path

from mailer.adapters.catalog.document import Document, Section
from mailer.adapters.catalog.nodes import MOST_BYTES, YamlError, read_nodes
from mailer.adapters.catalog.problems import ERROR, Ledger, visible
from mailer.errors import CampaignFileError, Problem


def read_content(path: Path) -> bytes:
    """Return the bytes of a file, one more than we take if it is too large.

    Raises:
        CampaignFileError: the file is missing or cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise CampaignFileError((_unreadable(path, error),)) from error


def parse_document(name: str, content: bytes) -> Document | Problem:
    """Return the document that `content` is, or the one problem that makes it none."""
    if len(content) > MOST_BYTES:
        return Problem(ERROR, name, 1, 1, "", f"the file is larger than {MOST_BYTES // 1_000_000} MB", "split it")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return Problem(ERROR, name, line, 1, "", "the file is not UTF-8", "save it with the encoding UTF-8")
    try:
        root = read_nodes(text)
    except YamlError as error:
        return Problem(ERROR, name, *error.mark, "", visible(error.message), visible(error.hint))
    if root is None:
        return Problem(ERROR, name, 1, 1, "", "the file is empty", "`mailer init` writes one to begin with")
    document = Document(name, text, root)
    if isinstance(document.value, Section):
        return document
    return Problem(
        ERROR, name, *root.mark, "", "the file should be a map", "begin with version, organisation, campaigns"
    )


def report_doubled_keys(ledger: Ledger) -> None:
    """Report every key that stands twice in one map; the first was read."""
    for path, again, first in ledger.document.doubled_keys():
        message = f"the key '{path[-1]}' stands here a second time; the first is in line {first.line}"
        ledger.error_at(path, again, message, "remove one of the two")


def _unreadable(path: Path, error: OSError) -> Problem:
    """Return the problem of a file that cannot be opened."""
    if isinstance(error, FileNotFoundError):
        return Problem(ERROR, str(path), 1, 1, "", "there is no such file", "`mailer init` writes one to begin with")
    return Problem(ERROR, str(path), 1, 1, "", f"the file cannot be read: {error.strerror}", "look at its permissions")
