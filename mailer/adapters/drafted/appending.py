"""How does a draft get into the campaign file that is there? Below its last campaign, and nothing else changes.

Law: the file that results is read before it is written: it says all that it said, and one campaign more, or it stays
as it was.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mailer.adapters.catalog.document import Document
from mailer.adapters.catalog.reading import parse_document
from mailer.adapters.drafted.slugs import Ids
from mailer.adapters.drafted.yaml_text import indent
from mailer.errors import OutputError

_HINT = "take the text that `mailer draft` prints, and put it there by hand"
_ID = re.compile(r"- id: ([a-z0-9-]+)(.*)")


@dataclass(frozen=True, slots=True)
class Added:
    """A file with one campaign more: which, in which line it begins, and how many values of it are marked."""

    text: str
    campaign: str
    line: int
    marks: int


def add_draft(text: str, draft: str, *, name: str) -> Added:
    """Return a campaign file (empty where there is none) with the campaign of a file that was made from a draft.

    An id that another campaign has gets a number.

    Raises:
        OutputError: the file has no list of campaigns that one could be put below, or the draft has no campaign.
    """
    alone = _document(draft, "the draft")
    if not text.strip():
        return _described(alone, draft, None)
    before = _document(text, name)
    item = _with_own_id(items_of(draft), before)
    whole = add_campaign(text, item, name=name)
    return _described(_document(whole, name), whole, before)


def _described(after: Document, text: str, before: Document | None) -> Added:
    """Return what was added to a file."""
    number = len(_campaigns(before)) if before else 0
    marks = len(list(after.check_marks())) - (len(list(before.check_marks())) if before else 0)
    if len(_campaigns(after)) <= number:
        raise OutputError("the draft has no campaign any more; nothing was added")
    named = next((name for name, path in after.ids(("campaigns",)) if path[1] == number), "the campaign")
    return Added(text, named, after.mark(("campaigns", number)).line, marks)


def _with_own_id(item: Sequence[str], file: Document) -> list[str]:
    """Return the lines of a campaign under an id that no campaign of the file has."""
    taken = {name for name, _ in file.ids(("campaigns",))}
    begun = _ID.fullmatch(item[0])
    if begun is None or begun[1] not in taken:
        return list(item)
    return [f"- id: {Ids(taken).give(begun[1], 'case', most_words=20)}{begun[2]}", *item[1:]]


def lines_of(text: str) -> list[str]:
    """Return the lines of a file as YAML and editors count them, without their ends."""
    return text.replace("\r\n", "\n").removesuffix("\n").split("\n")


def items_of(text: str) -> list[str]:
    """Return the lines of the campaigns of a file that was made from a draft, as far out as the first of them goes."""
    lines = lines_of(text)
    begins = next((n for n, line in enumerate(lines, 1) if line.startswith("campaigns:")), len(lines))
    ends = next((n for n in range(begins, len(lines)) if _is_key(lines[n])), len(lines))
    block = "\n".join(lines[begins:ends]).strip("\n").split("\n")
    deep = next((_depth(line) for line in block if line.lstrip().startswith("- ")), 0)
    return [line[min(deep, _depth(line)) :] for line in block]


def _depth(line: str) -> int:
    """Return how far in a line begins."""
    return len(line) - len(line.lstrip(" "))


def add_campaign(text: str, item: Sequence[str], *, name: str) -> str:
    """Return the text of a campaign file with one more campaign at the end of its list.

    Lines end as those of the file do.

    Raises:
        OutputError: the file has no list of campaigns that one could be put below.
    """
    if "\r\n" in text:
        return add_campaign(text.replace("\r\n", "\n"), item, name=name).replace("\n", "\r\n")
    document = _document(text, name)
    campaigns = document.node(("campaigns",)) if document.has(("campaigns",)) else None
    lines = lines_of(text)
    if campaigns is None or (campaigns.value is None and not campaigns.items and not campaigns.entries):
        return _verified(_begun(lines, item, has_key=campaigns is not None, name=name), document)
    dash = _dash(lines, campaigns.items[0].mark.line) if campaigns.kind == "list" and campaigns.items else None
    if dash is None:
        raise OutputError(f"{name} has no list under `campaigns:` that begins with '- '; {_HINT}")
    end = next((n for n, line in enumerate(lines) if n >= campaigns.items[-1].mark.line and _is_key(line)), len(lines))
    own = ["", *indent(item, dash)]
    return _verified(
        "\n".join([*lines[:end], *own, *([""] if end < len(lines) else []), *lines[end:]]) + "\n", document
    )


def _begun(lines: list[str], item: Sequence[str], *, has_key: bool, name: str) -> str:
    """Return a file that had no campaign yet, with its first."""
    at = next((n for n, line in enumerate(lines) if line.startswith("campaigns:")), len(lines))
    if has_key and at == len(lines):
        raise OutputError(f"{name} has `campaigns` where nothing can be put below; {_HINT}")
    _, mark, comment = lines[at].partition("#") if has_key else ("", "", "")
    rest = lines[at + 1 :] if has_key else []
    return "\n".join([*lines[:at], f"campaigns:  {mark}{comment}".rstrip(), *indent(item), *rest]) + "\n"


def _dash(lines: list[str], number: int) -> int | None:
    """Return how far in the dash of the item stands that begins in a line, or None if there is none."""
    line = lines[number - 1] if number <= len(lines) else ""
    return _depth(line) if line.lstrip().startswith("- ") else None


def _is_key(line: str) -> bool:
    """Tell whether a key of the file's top begins here."""
    return bool(line) and line[0] not in " \t#-"


def _document(text: str, name: str) -> Document:
    """Return what a file says.

    Raises:
        OutputError: it is no YAML.
    """
    document = parse_document(name, text.encode())
    if not isinstance(document, Document):
        raise OutputError(f"nothing was added: {name}: {document.message}; {_HINT}")
    return document


def _verified(text: str, before: Document) -> str:
    """Return a text that says all that the file said before, and no key twice.

    Raises:
        OutputError: it does not, so that the file must have been built in an unusual way.
    """
    after = parse_document(before.name, text.encode())
    known = _campaigns(before)
    if (
        not isinstance(after, Document)
        or any(after.doubled_keys())
        or _rest(after) != _rest(before)
        or _campaigns(after)[: len(known)] != known
    ):
        raise OutputError(f"{before.name} is built in a way that nothing can be added to; {_HINT}")
    return text


def _campaigns(document: Document) -> list[object]:
    """Return the campaigns of a file."""
    found = document.value.get("campaigns") if isinstance(document.value, dict) else None
    return found if isinstance(found, list) else []


def _rest(document: Document) -> dict[str, object]:
    """Return what else a file says."""
    value = document.value if isinstance(document.value, dict) else {}
    return {key: each for key, each in value.items() if key != "campaigns"}
