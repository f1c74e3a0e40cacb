"""How does a draft get into the campaign file that is there? Below its last campaign, and nothing else changes.

Law: the file that results is read before it is written; if the draft would break it, it stays as it was.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from textwrap import dedent

from mailer.adapters.catalog.document import Document
from mailer.adapters.catalog.reading import parse_document
from mailer.adapters.drafted.yaml_text import indent
from mailer.errors import OutputError

_HINT = "take the text that `mailer draft` prints, and put it there by hand"


def lines_of(text: str) -> list[str]:
    """Return the lines of a file as YAML and editors count them, without their ends."""
    return text.replace("\r\n", "\n").removesuffix("\n").split("\n")


def items_of(text: str) -> list[str]:
    """Return the lines of the campaigns of a file that was made from a draft, not indented."""
    lines = lines_of(text)
    begins = next((n for n, line in enumerate(lines, 1) if line.startswith("campaigns:")), len(lines))
    ends = next((n for n in range(begins, len(lines)) if _is_key(lines[n])), len(lines))
    return dedent("\n".join(lines[begins:ends])).strip("\n").split("\n")


def add_campaign(text: str, item: Sequence[str], *, name: str) -> str:
    """Return the text of a campaign file with one more campaign at the end of its list.

    Lines end as those of the file do.

    Raises:
        OutputError: the file has no list of campaigns that one could be put below.
    """
    if "\r\n" in text:
        return add_campaign(text.replace("\r\n", "\n"), item, name=name).replace("\n", "\r\n")
    document = parse_document(name, text.encode())
    if not isinstance(document, Document):
        raise OutputError(f"{name} cannot be added to: {document.message}; {_HINT}")
    campaigns = document.node(("campaigns",)) if document.has(("campaigns",)) else None
    lines = lines_of(text)
    if campaigns is None or (campaigns.kind == "scalar" and campaigns.value is None):
        return _begun(lines, item, has_key=campaigns is not None, name=name)
    dash = _dash(lines, campaigns.items[0].mark.line) if campaigns.kind == "list" and campaigns.items else None
    if dash is None:
        raise OutputError(f"{name} has no list under `campaigns:` that begins with '- '; {_HINT}")
    end = next((n for n, line in enumerate(lines) if n >= campaigns.items[-1].mark.line and _is_key(line)), len(lines))
    own = ["", *indent(item, dash)]
    return _verified("\n".join([*lines[:end], *own, *([""] if end < len(lines) else []), *lines[end:]]) + "\n", name)


def _begun(lines: list[str], item: Sequence[str], *, has_key: bool, name: str) -> str:
    """Return a file that had no campaign yet, with its first."""
    at = next((n for n, line in enumerate(lines) if line.startswith("campaigns:")), len(lines))
    if has_key and at == len(lines):
        raise OutputError(f"{name} has `campaigns` where nothing can be put below; {_HINT}")
    rest = lines[at + 1 :] if has_key else []
    return _verified("\n".join([*lines[:at], "campaigns:", *indent(item), *rest]) + "\n", name)


def _dash(lines: list[str], number: int) -> int | None:
    """Return how far in the dash of the item stands that begins in a line, or None if there is none."""
    line = lines[number - 1]
    begins = len(line) - len(line.lstrip())
    return begins if line.lstrip().startswith("- ") else None


def _is_key(line: str) -> bool:
    """Tell whether a key of the file's top begins here."""
    return bool(line) and line[0] not in " \t#-"


def _verified(text: str, name: str) -> str:
    """Return a text that is YAML with every key once.

    Raises:
        OutputError: it is not, so that the file must have been built in an unusual way.
    """
    document = parse_document(name, text.encode())
    if not isinstance(document, Document) or any(document.doubled_keys()):
        raise OutputError(f"{name} is built in a way that nothing can be added to; {_HINT}")
    return text


def replace_file(path: Path, text: str) -> None:
    """Write a file as a whole: whoever reads it has the old or the new one.

    Raises:
        OutputError: it cannot be written.
    """
    partial, path = None, path.resolve()
    try:
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, partial = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(partial).chmod(mode)
        Path(partial).replace(path)
    except OSError as error:
        if partial is not None:
            with suppress(OSError):
                Path(partial).unlink()
        raise OutputError(f"{path} cannot be written: {error.strerror}") from error
