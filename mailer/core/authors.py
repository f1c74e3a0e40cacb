"""Who writes a letter, as its words need it? A supporter's own values on one line, and the choices that are theirs.

Law: what a mail says of its reader, and which of several texts they get, is asked of an author and of nobody else, so
that another author can stand for a whole cohort.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b
from typing import Final

from mailer.core.calendar import tell_day
from mailer.core.plain import Plain
from mailer.core.revisions import Calendar
from mailer.core.signatures import initials, one_line
from mailer.core.supporters import Supporter

_NUMBER_BYTES: Final = 8
SPREAD: Final = 256**_NUMBER_BYTES  # every number of a part is below this
LEAST_ROOM: Final = 16  # octets that are kept for a name, at least, where a text has to fit into a link or a form
_WIDE: Final = "%"  # takes as much room as any octet of any text: three characters in a link, one in a form


Room = tuple[int, int, int, int]
"""For how many octets of name, initials, city and organisation room is kept."""


def number_of(seed: int, part: str) -> int:
    """Return a number for one part of a letter: evenly spread over seeds, and always the same for the same one."""
    return int.from_bytes(blake2b(f"{seed}\0{part}".encode(), digest_size=_NUMBER_BYTES).digest())


@dataclass(frozen=True, slots=True)
class Author:
    """One supporter, as letters and mails tell of them; every text is on one line and may be empty."""

    name: str = ""
    initials: str = ""
    city: str = ""
    organisation: str = ""
    joined_on: date | None = None
    seed: int = 0

    @property
    def is_marked(self) -> bool:
        """Tell whether the texts are marks that stand for those of many."""
        return False

    def pick(self, part: str, count: int) -> int:
        """Return which of `count` possibilities this supporter has; its remainder pairs lists of equal length."""
        return number_of(self.seed, part) % count

    def falls_under(self, part: str, share: float) -> bool:
        """Tell whether this supporter is among a share (0 to 1) of all."""
        return number_of(self.seed, part) / SPREAD < share

    def choose(self, part: str, count: int, text: Callable[[int], str]) -> str:
        """Return the one of `count` texts that this supporter gets."""
        return text(self.pick(part, count))

    def choose_moment(
        self, part: str, moments: Sequence[datetime], tell: Callable[[datetime], str]
    ) -> tuple[datetime, str]:
        """Return the one of `moments` that is this supporter's, and a mark where its words differ in a cohort."""
        return moments[self.pick(part, len(moments))], ""

    def joined(self, calendar: Calendar) -> str:
        """Return the day of joining in words, empty where it is not known."""
        return tell_day(self.joined_on, calendar, year=True) if self.joined_on else ""

    def shown(self, view: Mapping[str, Plain]) -> Mapping[str, Plain]:
        """Return `view` as templates may see it."""
        return view

    @property
    def room(self) -> Room:
        """Return for how many octets of each text room is kept: the same for most texts, and enough for this one."""
        return room_of(self.name), room_of(self.initials), room_of(self.city), room_of(self.organisation)

    def longest(self, measure: Callable[[str], int], chooser: Author | None = None) -> Author:
        """Return who stands for everybody whose names take about as much room, with the longest of all texts.

        What is more than a text is chosen as by the `chooser`, else as by this author.
        """
        name, initials, city, organisation = (_WIDE * octets for octets in self.room)
        return _Longest(name, initials, city, organisation, self.joined_on, self.seed, chooser or self, measure)


_NOBODY: Final = Author()


@dataclass(frozen=True, slots=True)
class _Longest(Author):
    """By whom is measured whether a letter fits: the same for everybody of a cohort.

    What is more than a text is chosen as by the `chooser`.
    """

    chooser: Author = _NOBODY
    measure: Callable[[str], int] = len

    def pick(self, part: str, count: int) -> int:
        """Return what the chooser has."""
        return self.chooser.pick(part, count)

    def falls_under(self, part: str, share: float) -> bool:
        """Tell it of the chooser."""
        return self.chooser.falls_under(part, share)

    def choose(self, part: str, count: int, text: Callable[[int], str]) -> str:
        """Return the longest of the texts."""
        return max(map(text, range(count)), key=self.measure)


def author_of(supporter: Supporter) -> Author:
    """Return a supporter as the author of letters."""
    person = supporter.person
    return Author(
        one_line(person.name),
        initials(person.name),
        one_line(person.city),
        one_line(person.organisation),
        supporter.joined_on,
        supporter.seed,
    )


def room_of(text: str) -> int:
    """Return a power of two of octets that a text fits into, nothing for none."""
    if not text:
        return 0
    octets = len(text) if text.isascii() else len(text.encode(errors="replace"))
    return LEAST_ROOM if octets <= LEAST_ROOM else 1 << (octets - 1).bit_length()
