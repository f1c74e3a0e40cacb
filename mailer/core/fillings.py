"""What is put into a cohort's mails for one supporter? Their own texts, tokens and variants, each as it stands there.

Law: a place that stands in several pieces has one number, and each value is written once for each way of writing it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from mailer.core.authors import Author, number_of
from mailer.core.marks import Context, Marks, Place, Token, Trait, Variant
from mailer.core.slots import Pieces, picker, put_in

Written = str | Pieces  # a text, or one in pieces with the numbers of what is put into it


@dataclass(frozen=True, slots=True)
class Varied:
    """Lines of which one variant each is put in: those of one part, which are chosen by one number."""

    part: str
    tables: tuple[tuple[Written, ...], ...]


@dataclass(frozen=True, slots=True)
class Filling:
    """How the values of a skeleton are made: first own texts and tokens, then the lines that may hold own texts.

    `pick` finds the own ones among all that may be told, and `written` are those that do not stand as they are.
    """

    own: tuple[tuple[Trait | Token, Context], ...]
    varied: tuple[Varied, ...]
    pick: Callable[[Sequence[str]], Sequence[str]]
    written: tuple[tuple[int, Context], ...]

    @classmethod
    def of(cls, own: tuple[tuple[Trait | Token, Context], ...], varied: tuple[Varied, ...]) -> Filling:
        """Return the filling of own texts and tokens, and of lines."""
        told = (*Trait, *_tokens(own))
        pick = picker([told.index(slot) for slot, _ in own])
        return cls(own, varied, pick, tuple((n, how) for n, (_, how) in enumerate(own) if how is not Context.PLAIN))

    @property
    def tokens(self) -> tuple[Token, ...]:
        """Return the tokens that are put in."""
        return _tokens(self.own)

    def values(self, author: Author, joined: str, tokens: Sequence[str]) -> list[str]:
        """Return the values of one supporter, in the order of their numbers; `tokens` are in the order of `tokens`."""
        told = (author.name, author.initials, author.city, author.organisation, joined, *tokens)  # as in Trait
        values = list(self.pick(told))
        for place, how in self.written:
            values[place] = how.write(values[place])
        for varied in self.varied:
            number = number_of(author.seed, varied.part)
            for table in varied.tables:
                text = table[number % len(table)]
                values.append(text if isinstance(text, str) else put_in(text, values))
        return values


class Numbering:
    """Gives numbers to all places of a skeleton; `marks` find own texts inside of variants."""

    def __init__(self, marks: Marks, cut: Iterable[Sequence[str | Place]]) -> None:
        self._marks = marks
        found = dict.fromkeys(piece for pieces in cut for piece in pieces if isinstance(piece, Place))
        own = [place for place in found if not isinstance(place.slot, Variant)]
        parts: dict[str, list[tuple[Place, Variant]]] = {}
        for place in found:
            if isinstance(place.slot, Variant):
                parts.setdefault(place.slot.part, []).append((place, place.slot))
                own += self._inside(place.slot, place.context)
        lines = [place for places in parts.values() for place, _ in places]
        self._numbers = {place: number for number, place in enumerate((*dict.fromkeys(own), *lines))}
        self.filling = Filling.of(
            tuple((place.slot, place.context) for place in dict.fromkeys(own) if not isinstance(place.slot, Variant)),
            tuple(Varied(part, tuple(self._table(*each) for each in places)) for part, places in parts.items()),
        )

    def number(self, pieces: Sequence[str | Place]) -> Pieces:
        """Return cut pieces with the numbers of their places."""
        return tuple(piece if isinstance(piece, str) else self._numbers[piece] for piece in pieces)

    def _inside(self, line: Variant, context: Context) -> Iterator[Place]:
        """Yield the places of own texts inside the variants of a line that stands in a context."""
        for text in line.texts:
            yield from (Place(piece.slot, context) for piece in self._marks.cut(text) if isinstance(piece, Place))

    def _table(self, place: Place, line: Variant) -> tuple[Written, ...]:
        """Return the variants of a line, as they are written in its place."""
        return tuple(self._written(self._marks.cut(text), place.context) for text in line.texts)

    def _written(self, pieces: Sequence[str | Place], context: Context) -> Written:
        """Return one variant as it is written in a context."""
        numbered = tuple(
            context.write(piece) if isinstance(piece, str) else self._numbers[Place(piece.slot, context)]
            for piece in pieces
        )
        return "".join(map(str, numbered)) if all(isinstance(piece, str) for piece in numbered) else numbered


def _tokens(own: Iterable[tuple[Trait | Token, Context]]) -> tuple[Token, ...]:
    """Return the tokens, each once."""
    return tuple(dict.fromkeys(slot for slot, _ in own if isinstance(slot, Token)))
