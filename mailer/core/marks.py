"""What stands in a skeleton for a supporter's own values? Marks: signs that nobody writes, one for each value.

Law: each mark is found again wherever it was put, with how its value is written there; a sign that is none of these
marks is an error. What may be asked of a mark stands in `shown`. Source of the signs: Unicode, Egyptian Hieroglyphs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from html import escape as escape_html
from typing import Final
from urllib.parse import quote, unquote

from mailer.core.supporters import PublicId
from mailer.errors import MarkError

MOST_MARKS: Final = 512
_FIRST: Final = 0x13000
_FIRST_IN_HTML: Final = _FIRST + MOST_MARKS
_IN_HTML: Final = {_FIRST + number: _FIRST_IN_HTML + number for number in range(MOST_MARKS)}
_SIGNS: Final = f"[{chr(_FIRST)}-{chr(_FIRST_IN_HTML + MOST_MARKS - 1)}]|(?:%F0%93%[89AB][0-9A-F]%[89AB][0-9A-F])"
_QUOTED: Final = tuple(quote(bytes([octet]), safe="") for octet in range(256))
NOBODY: Final = PublicId(b"skeleton")  # whose tokens are looked for; nobody has it, and it opens nothing
# The tokens of nobody have this in common in base64url and base32, whatever their key and purpose.
_ANY_SIGN: Final = re.compile(f"{_SIGNS}|ZWxldG9u|zwwzlmmv2g63")


class Context(Enum):
    """Where a value stands, and so how it is written there."""

    PLAIN = "plain"
    HTML = "html"
    LINK = "link"

    def write(self, text: str) -> str:
        """Return `text` as it stands here; a link's text is the same inside HTML."""
        if self is Context.HTML:
            return in_html(text)
        return "".join([_QUOTED[octet] for octet in text.encode()]) if self is Context.LINK else text


class Trait(Enum):
    """A value of the supporter that mails show."""

    NAME = "name"
    INITIALS = "initials"
    CITY = "city"
    ORGANISATION = "organisation"
    JOINED = "joined"


@dataclass(frozen=True, slots=True)
class Variant:
    """A line of a letter of which there are several; `part` tells by which number one is chosen."""

    part: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Token:
    """The token at one place of the list that the marks were made with."""

    place: int


Slot = Trait | Variant | Token


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value is put in: which one, and written how."""

    slot: Slot
    context: Context = Context.PLAIN


class Marks:
    """The marks of one skeleton, and where they are found again; `tokens` are those of nobody, as written."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self._tokens = {token: Token(place) for place, token in enumerate(tokens)}
        self._signs: dict[Slot, str] = {}
        self._found = re.compile("|".join((_SIGNS, *map(re.escape, tokens))))

    def sign(self, slot: Slot) -> str:
        """Return what stands for a value.

        Raises:
            MarkError: there are too many of them.
        """
        if slot not in self._signs:
            if len(self._signs) == MOST_MARKS:
                raise MarkError(f"a mail has more than {MOST_MARKS} values of its reader")
            self._signs[slot] = chr(_FIRST + len(self._signs))
        return self._signs[slot]

    def are_in(self, text: str) -> bool:
        """Tell whether a value of a supporter is shown in `text`."""
        return self._found.search(text) is not None

    def cut(self, text: str) -> tuple[str | Place, ...]:
        """Return `text` in its pieces: words, and where values are put in.

        Raises:
            MarkError: it holds a sign that is not one of these marks.
        """
        slots = tuple(self._signs)
        pieces: list[str | Place] = []
        end = 0
        for found in self._found.finditer(text):
            pieces += [text[end : found.start()], self._place(found[0], slots)]
            end = found.end()
        return tuple(piece for piece in (*pieces, text[end:]) if piece != "")

    def _place(self, found: str, slots: tuple[Slot, ...]) -> Place:
        """Return what was found."""
        if found in self._tokens:
            return Place(self._tokens[found])
        is_link = found.startswith("%")
        number = ord(unquote(found) if is_link else found) - _FIRST
        in_html, number = divmod(number, MOST_MARKS)
        if number >= len(slots) or in_html > 1:
            raise MarkError("a text holds signs that stand for a supporter's values")
        return Place(slots[number], Context.LINK if is_link else Context.HTML if in_html else Context.PLAIN)


def has_marks(text: str) -> bool:
    """Tell whether signs, or tokens of nobody, are in `text` that stand for values, of whatever skeleton."""
    return _ANY_SIGN.search(text) is not None


def in_html(text: str) -> str:
    """Return `text` as templates escape it in HTML."""
    return escape_html(text).replace("&quot;", "&#34;").replace("&#x27;", "&#39;")


def know_html(text: str) -> str:
    """Return `text`, which is HTML, with its marks as those that know where they stand."""
    return text.translate(_IN_HTML)
