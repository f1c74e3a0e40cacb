"""Which texts of readers need no care, wherever they stand? Most names: a few words of plain letters and digits.

Law: what is usual stands as it is in words, in HTML, in a header and in quoted-printable, and in a link but for its
blanks. Whoever is usual is told so without being made an author first.
"""

from __future__ import annotations

import re
from typing import Final

from mailer.core.authors import LEAST_ROOM, Room, room_of
from mailer.core.supporters import Person

LONGEST_USUAL: Final = 58  # octets of a reader's texts together; a longer name is no phrase of a header
LONGEST_DAY: Final = 40
_WORDS: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*+(?:[ -][A-Za-z0-9]++){0,4}")  # initials fit into the least room
_DAY: Final = re.compile(rf"[A-Za-z0-9. -]{{1,{LONGEST_DAY}}}")
_ROOMS: Final = tuple(room_of("x" * octets) for octets in range(LONGEST_USUAL + 1))


def usual_room(person: Person) -> Room | None:
    """Return for how many octets of a reader's texts room is kept, None if one of the texts is not usual."""
    name, city, organisation = person.name, person.city, person.organisation
    if (name and not _WORDS.fullmatch(name)) or (city and not _WORDS.fullmatch(city)):
        return None
    if organisation and not _WORDS.fullmatch(organisation):
        return None
    if len(name) + len(city) + len(organisation) > LONGEST_USUAL:
        return None
    return _ROOMS[len(name)], LEAST_ROOM if name else 0, _ROOMS[len(city)], _ROOMS[len(organisation)]


def usual_day(words: str) -> bytes | None:
    """Return a day in words, in octets; None if the words are not usual."""
    return words.encode() if _DAY.fullmatch(words) else None


def in_usual_link(text: bytes) -> bytes:
    """Return a usual text as it stands in a link."""
    return text.replace(b" ", b"%20")


def usual_mailbox(name: bytes, address: bytes) -> bytes:
    """Return the words of a field "To" for somebody with a usual name, or without one; folded."""
    if not name:
        return address
    return b"%b%b<%b>" % (name, b" " if len(name) + len(address) <= _IN_ONE_LINE else b"\r\n ", address)


_IN_ONE_LINE: Final = 76 - len("To:  <>")
