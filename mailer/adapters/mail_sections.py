"""Where do the fields, the body and the parts of a mail begin and end? Found by offsets; nothing is copied or decoded.

Law: what is spent on one mail is counted down from an allowance; when it is used up, the rest is passed over and said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from mailer.adapters.mail_charsets import decode_field, decode_parameter

LARGEST_HEADER = 256 * 1024
MOST_FIELDS = 1_000
MOST_PARTS = 100
MOST_DELIMITERS = 10_000  # lines that look like one, true or not
DEEPEST = 8

_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:([^\n]*(?:\n[ \t][^\n]*)*)\n?")
_FOLD = re.compile(rb"\r?\n[ \t]+|\r")
_BLANK = re.compile(rb"\r?\n\r?\n")
_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,100}/[a-z0-9!#$&^_.+-]{1,100}")
_PARAMETER = re.compile(r';\s*([\w!#$%&^`{|}~.+-]{1,60})(\*\d{1,3})?(\*)?\s*=\s*("(?:[^"\\]|\\.)*"|[^;\s]*)')
_LONGEST_TYPE = 2_000  # characters of Content-Type and Content-Disposition that are looked at


@dataclass(slots=True)
class Allowance:
    """What may still be spent on one mail; `is_cut` once something was passed over."""

    parts: int = MOST_PARTS
    delimiters: int = MOST_DELIMITERS
    characters: int = 2_000_000
    is_cut: bool = False

    def takes_part(self) -> bool:
        """Tell whether one more part may be looked at, and count it."""
        self.parts -= 1
        self.is_cut = self.is_cut or self.parts < 0
        return self.parts >= 0

    def takes_delimiter(self) -> bool:
        """Tell whether one more line may be looked at, and count it."""
        self.delimiters -= 1
        self.is_cut = self.is_cut or self.delimiters < 0
        return self.delimiters >= 0


@dataclass(frozen=True, slots=True)
class Section:
    """Fields, and the body that they describe: `octets` from `start` to `end`.

    `fields` holds the unfolded values by lower-case name, encoded words and all, in the order of the mail.
    """

    octets: bytes = field(repr=False)
    start: int
    end: int
    fields: dict[str, list[str]]

    def first(self, name: str) -> str:
        """Return the first value of a field, empty if there is none."""
        return self.fields.get(name, [""])[0]

    @property
    def content_type(self) -> str:
        """Return the type of the body in lower case; that of plain text if none can be read (RFC 2045, 5.2)."""
        told = self.first("content-type").partition(";")[0].strip().lower()
        return told if _TYPE.fullmatch(told) else "text/plain"

    def parameter(self, field_name: str, name: str) -> str:
        """Return a parameter of Content-Type or Content-Disposition, its pieces joined; empty if there is none."""
        pieces = []
        is_extended = False
        for match in _PARAMETER.finditer(self.first(field_name)[:_LONGEST_TYPE]):
            if match[1].lower() == name:
                is_extended = is_extended or match[3] is not None
                pieces.append((int(match[2][1:]) if match[2] else 0, _unquote(match[4])))
        return decode_parameter("".join(text for _, text in sorted(pieces)), is_extended=is_extended)


def _unquote(value: str) -> str:
    """Return a parameter's value without its quotes."""
    return re.sub(r"\\(.)", r"\1", value[1:-1]) if value.startswith('"') else value


def read_section(octets: bytes, start: int, end: int, allowance: Allowance) -> Section:
    """Return the fields that begin at `start`, and where their body is.

    A line that is no field ends them, as an empty one does; lines such as mailboxes begin with are passed over.
    """
    fields: dict[str, list[str]] = {}
    limit, place, count = min(end, start + LARGEST_HEADER), start, 0
    while place < limit and count < MOST_FIELDS:
        match = _FIELD.match(octets, place, limit)
        if match:
            name = match[1].decode("ascii").lower()
            fields.setdefault(name, []).append(decode_field(_FOLD.sub(b" ", match[2])).strip())
            place, count = match.end(), count + 1
        elif octets.startswith((b"From ", b">From "), place):
            place = _after_line(octets, place, limit)
        else:
            return Section(octets, _after_blank(octets, place, end), end, fields)
    if place < end:
        allowance.is_cut = True
        blank = _BLANK.search(octets, place, min(end, place + LARGEST_HEADER))
        place = blank.end() if blank else end
    return Section(octets, place, end, fields)


def _after_line(octets: bytes, place: int, end: int) -> int:
    """Return where the next line begins."""
    feed = octets.find(b"\n", place, end)
    return end if feed < 0 else feed + 1


def _after_blank(octets: bytes, place: int, end: int) -> int:
    """Return where a body begins: after an empty line, or at once."""
    for blank in (b"\n", b"\r\n"):
        if octets.startswith(blank, place, end):
            return place + len(blank)
    return place


def split_parts(section: Section, allowance: Allowance) -> Iterator[tuple[int, int]]:
    """Yield where each part of a multipart body begins and ends; the last one may lack its end (RFC 2046, 5.1.1)."""
    octets, begun = section.octets, -1
    for line, after, is_last in _delimiters(section, allowance):
        if begun >= 0:
            yield begun, max(begun, line - octets.startswith(b"\r", line - 1))
        begun = -1 if is_last else after
        if is_last:
            return
    if begun >= 0:
        yield begun, section.end


def _delimiters(section: Section, allowance: Allowance) -> Iterator[tuple[int, int, bool]]:
    """Yield each delimiter: where the line before it ends, where the next begins, and whether it is the last."""
    boundary = section.parameter("content-type", "boundary").rstrip().encode("utf-8")
    if not boundary:
        return
    octets, end, mark = section.octets, section.end, b"\n--" + boundary
    place = max(0, section.start - 1)
    while (found := octets.find(mark, place, end)) >= 0 and allowance.takes_delimiter():
        after = _after_line(octets, found + len(mark), end)
        rest = octets[found + len(mark) : min(after, found + len(mark) + 80)].strip()
        if rest in (b"", b"--"):
            yield found, after, rest == b"--"
            place = after - 1
        else:
            place = found + len(mark)
