"""Which values does the mail to a usual reader have, and in which order? Header and boundaries, texts, tokens, lines.

Law: each value is what `Filling` makes of the same reader, in octets and as it stands in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import count
from operator import or_
from typing import Final

from mailer.core.authors import Room
from mailer.core.fillings import Filling, Written
from mailer.core.flat_bodies import Bound
from mailer.core.marks import Context, Token, Trait
from mailer.core.quoted_skeletons import quote
from mailer.core.slots import Form, Pieces, constants_in, moved, numbers_in
from mailer.core.supporters import PublicId
from mailer.core.tokens import ADDRESS_CHARACTERS
from mailer.core.usual_texts import LONGEST_DAY

_LINK: Final = 3  # octets of a link for one of a text

# The numbers of what every mail has; then come the reader's own texts, as in `Trait`, and the tokens.
TO, ID, ANSWERED, ALTERNATIVE, MIXED = range(5)
_TEXTS: Final = {trait: MIXED + 1 + number for number, trait in enumerate(Trait)}
_TOKENS: Final = MIXED + 1 + len(Trait)
_IN_HEADER: Final = [Bound(0)] * (MIXED + 1)  # they stand in no body


Lines = tuple[tuple[str, list[list[Pieces]]], ...]
"""By part, the lines that are chosen by one number: each is one of several texts."""

Chosen = tuple[tuple[str, tuple[tuple[bytes | Form, ...], ...]], ...]
"""Lines that are ready to be filled."""


@dataclass(frozen=True, slots=True, eq=False)
class FlatValues:
    """How the values are made: `numbers` tell where those of a filling are among them, and `bounds` what they have.

    Behind the tokens come own texts as they stand in links (`links` are the texts), and then the `lines`.
    """

    makers: tuple[Callable[[PublicId], bytes], ...]
    links: tuple[int, ...]
    lines: Lines
    numbers: tuple[int, ...]
    bounds: tuple[Bound, ...]

    @classmethod
    def of(cls, filling: Filling, makers: tuple[Callable[[PublicId], bytes], ...], room: Room) -> FlatValues:
        """Return the values of a filling, for readers whose texts have this room."""
        tokens = [Bound(ADDRESS_CHARACTERS)] * len(makers)
        bounds = [*_IN_HEADER, *(Bound(octets) for octets in (*room, LONGEST_DAY)), *tokens]
        numbers, links = [], []
        for slot, how in filling.own:
            place = _TOKENS + filling.tokens.index(slot) if isinstance(slot, Token) else _TEXTS[slot]
            if how is Context.LINK:
                links.append(place)
                bounds.append(Bound(_LINK * bounds[place].octets))
                place = len(bounds) - 1
            numbers.append(place)
        tables = {v.part: [[_moved(text, numbers) for text in table] for table in v.tables] for v in filling.varied}
        in_lines = [_bound(table, bounds) for each in tables.values() for table in each]
        numbers += range(len(bounds), len(bounds) + len(in_lines))
        return cls(makers, tuple(links), tuple(tables.items()), tuple(numbers), (*bounds, *in_lines))

    def quoted(self, numbers: Container[int]) -> FlatValues:
        """Return the values with the lines of these numbers as they stand in quoted-printable before it is broken."""
        places = count(self._first_line)
        lines = [
            (part, [[_quoted(text) for text in table] if next(places) in numbers else table for table in tables])
            for part, tables in self.lines
        ]
        return replace(self, lines=tuple(lines))

    @property
    def _first_line(self) -> int:
        """Return the number of the first line."""
        return len(self.bounds) - sum(len(tables) for _, tables in self.lines)

    @property
    def tables(self) -> list[tuple[int, list[Pieces]]]:
        """Return the number of each line, with the texts of which it is one."""
        return list(enumerate((table for _, tables in self.lines for table in tables), self._first_line))

    @property
    def free(self) -> frozenset[int]:
        """Return the values that may begin with any sign: a day in words does as a language has it."""
        day = _TEXTS[Trait.JOINED]
        first_link = _TOKENS + len(self.makers)
        return frozenset({day, *(first_link + number for number, place in enumerate(self.links) if place == day)})

    @property
    def words(self) -> list[str]:
        """Return the words of all lines."""
        texts = [text for _, tables in self.lines for table in tables for text in table]
        return [piece for text in texts for piece in text if isinstance(piece, str)]

    @property
    def forms(self) -> Chosen:
        """Return the lines, ready to be filled."""
        return tuple((part, tuple(tuple(map(_form, table)) for table in tables)) for part, tables in self.lines)


def _quoted(text: Pieces) -> Pieces:
    """Return a line as it is quoted."""
    return tuple(quote(piece.encode()).decode() if isinstance(piece, str) else piece for piece in text)


def _form(text: Pieces) -> bytes | Form:
    """Return a line to be filled, or as it is."""
    return Form.of(text) if numbers_in(text) else constants_in(text).encode()


def _moved(text: Written, numbers: Sequence[int]) -> Pieces:
    """Return a line with other numbers."""
    return (text,) if isinstance(text, str) else moved(text, numbers)


def _bound(table: Iterable[Pieces], bounds: Sequence[Bound]) -> Bound:
    """Return the bound of one of these lines."""
    return reduce(or_, (_sum(line, bounds) for line in table))


def _sum(line: Pieces, bounds: Sequence[Bound]) -> Bound:
    """Return the bound of a line."""
    within = [Bound.of(constants_in(line)), *(bounds[number] for number in numbers_in(line))]
    octets, excess, are_ascii = zip(*within, strict=True)
    return Bound(sum(octets), sum(excess), all(are_ascii))
