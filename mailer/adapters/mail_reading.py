"""What does a mail say that came as octets? The one reader of mail from outside, of our own and bounded in all it does.

Law: octets in, a value or `UnreadableMailError` out, whatever they are. The standard library's parser is not used: it
crashes on some fields, calls itself as deep as they nest, and takes seconds for a mail of many lines.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from mailer.adapters.mail_charsets import decode_text, decode_words, undo_transfer
from mailer.adapters.mail_sections import DEEPEST, Allowance, Section, read_section, split_parts
from mailer.core.mail_addresses import addresses_in
from mailer.core.received import LARGEST_MAIL, Part, Received
from mailer.errors import UnreadableMailError

LARGEST_TEXT = 1_000_000  # octets of one text before its character set is known
MOST_REFERENCES = 200
MOST_GROUPS = 50  # recipients of one delivery report: ours have one

_MAILS = frozenset({"message/rfc822", "message/global", "message/news"})
_FIELDS_ONLY = frozenset({"text/rfc822-headers", "message/rfc822-headers", "message/global-headers"})
_STATUSES = frozenset({"message/delivery-status", "message/global-delivery-status"})
_FEEDBACK = "message/feedback-report"
_NOTED_BY_SERVERS = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to")
_IDENTIFIER = re.compile(r"<[^<>\s]{1,990}>")
_FIELD_LINE = re.compile(r"([!-9;-~]{1,200})[ \t]*:(.*(?:\n[ \t].*)*)")


@dataclass(slots=True)
class _Gathered:
    """What was found in the parts of a mail so far."""

    parts: list[Part] = field(default_factory=list)
    statuses: list[Mapping[str, str]] = field(default_factory=list)
    feedback: dict[str, str] = field(default_factory=dict)
    returned: list[Received] = field(default_factory=list)


def read_mail(octets: bytes) -> Received:
    """Return what a mail says.

    Looked at are 25 MB, 100 parts, 8 levels, and 1 MB of each text (2 MB in all): `is_cut` tells of more.

    Raises:
        UnreadableMailError: there is not even one field.
    """
    allowance = Allowance(is_cut=len(octets) > LARGEST_MAIL)
    start = len(octets) - len(octets[:80].lstrip()) if octets[:1] in b"\r\n" else 0
    section = read_section(octets, start, min(len(octets), LARGEST_MAIL), allowance)
    if not section.fields:
        raise UnreadableMailError(f"{len(octets)} octets without a single field of a mail")
    return _received(section, 0, allowance)


def _received(section: Section, depth: int, allowance: Allowance) -> Received:
    """Return the mail of a section."""
    gathered = _Gathered()
    _gather(section, depth, gathered, allowance)
    return Received(
        delivered_to=_delivered_to(section),
        sender=_only(section.fields.get("from", [])),
        return_path=_return_path(section),
        subject=decode_words(section.first("subject")),
        message_id=_first_identifier(section.first("message-id")),
        references=_references(section),
        content_type=section.content_type,
        report_type=section.parameter("content-type", "report-type").lower(),
        fields={name: tuple(map(decode_words, values)) for name, values in section.fields.items()},
        parts=tuple(gathered.parts),
        statuses=tuple(gathered.statuses),
        feedback=gathered.feedback,
        returned=tuple(gathered.returned),
        is_cut=allowance.is_cut,
    )


def _gather(section: Section, depth: int, gathered: _Gathered, allowance: Allowance) -> None:
    """Add what a section says, and the parts within it."""
    kind = section.content_type
    allowance.is_cut = allowance.is_cut or (depth >= DEEPEST and kind.startswith(("multipart/", "message/rfc822")))
    if kind.startswith("multipart/") and depth < DEEPEST and _gather_parts(section, depth, gathered, allowance):
        return
    if kind in _MAILS and depth < DEEPEST:
        gathered.returned.append(_received(_inner(section, allowance), depth + 1, allowance))
        return
    if kind in _FIELDS_ONLY:
        only_fields = _inner(section, allowance)
        gathered.returned.append(_received(_without_body(only_fields), DEEPEST, allowance))
        return
    part = _leaf(section, allowance)
    gathered.parts.append(part)
    if kind in _STATUSES:
        gathered.statuses.extend(_groups(part.text))
    elif kind == _FEEDBACK:
        gathered.feedback.update(_fields_of(part.text))


def _gather_parts(section: Section, depth: int, gathered: _Gathered, allowance: Allowance) -> bool:
    """Add the parts of a multipart body; tell whether there were any."""
    is_split = False
    for start, end in split_parts(section, allowance):
        is_split = True
        if not allowance.takes_part():
            break
        _gather(read_section(section.octets, start, end, allowance), depth + 1, gathered, allowance)
    return is_split


def _inner(section: Section, allowance: Allowance) -> Section:
    """Return the mail that a section's body is."""
    encoding = section.first("content-transfer-encoding")
    if encoding.lower() not in ("base64", "quoted-printable"):
        return read_section(section.octets, section.start, section.end, allowance)
    octets = undo_transfer(_bounded(section, allowance), encoding)
    return read_section(octets, 0, len(octets), allowance)


def _without_body(section: Section) -> Section:
    """Return a section whose fields are all that is said."""
    fields = {name: values for name, values in section.fields.items() if name != "content-type"}
    return Section(section.octets, section.end, section.end, fields)


def _bounded(section: Section, allowance: Allowance) -> bytes:
    """Return the octets of a body, so many of them as are looked at."""
    end = min(section.end, section.start + min(LARGEST_TEXT, max(0, allowance.characters)))
    allowance.is_cut = allowance.is_cut or end < section.end
    allowance.characters -= end - section.start
    return section.octets[section.start : end]


def _leaf(section: Section, allowance: Allowance) -> Part:
    """Return one part, its text decoded if it has one."""
    kind = section.content_type
    name = section.parameter("content-disposition", "filename") or section.parameter("content-type", "name")
    is_text = kind.startswith(("text/", "multipart/")) or kind in _STATUSES or kind == _FEEDBACK or _is_notice(kind)
    if not is_text:
        return Part(kind, name=name)
    octets = undo_transfer(_bounded(section, allowance), section.first("content-transfer-encoding"))
    return Part(kind, decode_text(octets, section.parameter("content-type", "charset")), name)


def _is_notice(kind: str) -> bool:
    """Tell whether a type is that of a read receipt's fields (RFC 8098)."""
    return kind in ("message/disposition-notification", "message/global-disposition-notification")


def _groups(text: str) -> list[dict[str, str]]:
    """Return the groups of fields of a delivery report; a second recipient begins one even without an empty line."""
    groups: list[dict[str, str]] = []
    for block in re.split(r"\n[ \t]*\n", text):
        group: dict[str, str] = {}
        for name, value in _pairs(block):
            if name == "final-recipient" and name in group:
                groups.append(group)
                group = {}
            group.setdefault(name, value)
        if group:
            groups.append(group)
        if len(groups) > MOST_GROUPS:
            break
    return groups[: MOST_GROUPS + 1]


def _fields_of(text: str) -> dict[str, str]:
    """Return the fields of a complaint, the first of each name."""
    found: dict[str, str] = {}
    for name, value in _pairs(text):
        found.setdefault(name, value)
    return found


def _pairs(block: str) -> list[tuple[str, str]]:
    """Return the fields that stand in a text, names in lower case."""
    found = _FIELD_LINE.finditer(block)
    return [(match[1].lower(), decode_words(" ".join(match[2].split()))) for match in found]


def _delivered_to(section: Section) -> tuple[str, ...]:
    """Return the addresses that a mail came to, those that servers noted first."""
    names = (*_NOTED_BY_SERVERS, "to", "cc")
    found = (address for name in names for value in section.fields.get(name, []) for address in addresses_in(value))
    return tuple(dict.fromkeys(found))


def _only(values: list[str]) -> str:
    """Return the one address of a field; nothing if there are several, or several such fields."""
    found = addresses_in(values[0]) if len(values) == 1 else ()
    return found[0] if len(found) == 1 else ""


def _return_path(section: Section) -> str | None:
    """Return the envelope's sender as the last server noted it: empty for `<>`, None if none did."""
    values = section.fields.get("return-path")
    if not values:
        return None
    return next(iter(addresses_in(values[0])), values[0].strip(" <>"))


def _first_identifier(value: str) -> str:
    """Return the first Message-ID of a field, in its angle brackets."""
    match = _IDENTIFIER.search(value)
    return match[0] if match else ""


def _references(section: Section) -> tuple[str, ...]:
    """Return the Message-IDs that a mail answers, the nearest first."""
    values = (value for name in ("in-reply-to", "references") for value in section.fields.get(name, []))
    found = dict.fromkeys(identifier for value in values for identifier in _IDENTIFIER.findall(value))
    return tuple(found)[:MOST_REFERENCES]
