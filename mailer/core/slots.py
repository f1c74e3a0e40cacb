"""Where do one person's values stand in a text that many people share? Pieces, and forms that are filled by one join.

Law: a form holds its words and values in the order of its pieces, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TypeVar

T = TypeVar("T")

Pieces = tuple[str | int, ...]
"""Words, and the numbers of the values that stand between them, counted from 0."""


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """A text with slots, in octets: every second part is a word, and between two words there is one value.

    `pick` takes the values with the `numbers`, one for each slot.
    """

    parts: tuple[bytes, ...]
    numbers: tuple[int, ...]
    pick: Callable[[Sequence[bytes]], Sequence[bytes]]

    @classmethod
    def of(cls, pieces: Pieces) -> Form:
        """Return the form that the pieces make."""
        merged = merge(pieces)
        words = [b"" if isinstance(piece, int) else piece.encode() for piece in merged]
        numbers = numbers_in(merged)
        return cls(tuple(words), tuple(numbers), picker(numbers))

    def fill(self, values: Sequence[bytes]) -> bytes:
        """Return the text with the values put in.

        Raises:
            IndexError: there are too few of them.
        """
        parts = list(self.parts)
        parts[1::2] = self.pick(values)
        return b"".join(parts)

    @property
    def pieces(self) -> Pieces:
        """Return the pieces that it was made of, merged."""
        return alternate(self.parts[::2], self.numbers)


def put_in(pieces: Pieces, values: Sequence[str]) -> str:
    """Return the text with the values put in."""
    return "".join([piece if isinstance(piece, str) else values[piece] for piece in pieces])


def merge(pieces: Iterable[str | int]) -> Pieces:
    """Return the pieces as word, number, word, ..., word: neighbours are joined, and what is missing is an empty word.

    Raises:
        ValueError: a number is negative.
    """
    merged: list[str | int] = []
    words: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            words.append(piece)
            continue
        if piece < 0:
            raise ValueError(f"values are numbered from 0, not {piece}")
        merged += ["".join(words), piece]
        words = []
    return (*merged, "".join(words))


def alternate(words: Sequence[bytes], numbers: Sequence[int]) -> Pieces:
    """Return pieces of words with one number between every two."""
    *others, last = map(bytes.decode, words)
    return (*(piece for pair in zip(others, numbers, strict=True) for piece in pair), last)


def moved(pieces: Pieces, numbers: Sequence[int]) -> Pieces:
    """Return pieces with other numbers."""
    return tuple(piece if isinstance(piece, str) else numbers[piece] for piece in pieces)


def numbers_in(pieces: Pieces) -> list[int]:
    """Return the numbers of the values, one for every slot."""
    return [piece for piece in pieces if isinstance(piece, int)]


def constants_in(pieces: Pieces) -> str:
    """Return the words without what stands between them."""
    return "".join(piece for piece in pieces if isinstance(piece, str))


def lines_of(pieces: Pieces) -> list[Pieces]:
    """Return the pieces of each line; lines are parted by line feeds in words."""
    lines: list[list[str | int]] = [[]]
    for piece in pieces:
        if isinstance(piece, int):
            lines[-1].append(piece)
            continue
        first, *others = piece.split("\n")
        lines[-1].append(first)
        lines += [[other] for other in others]
    return [merge(line) for line in lines]


def picker(numbers: Sequence[int]) -> Callable[[Sequence[T]], Sequence[T]]:
    """Return what takes the values with these numbers, in this order."""
    if len(numbers) > 1:
        return itemgetter(*numbers)
    return lambda values: [values[number] for number in numbers]
