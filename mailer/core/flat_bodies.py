"""Which bodies travel alike whatever stands in their slots? Those of which it is sure which encoding is theirs.

Law: what is called sure is what `encode_text` does with every filling within the bounds; whatever is not sure has no
flat body.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from mailer.core.body_skeletons import BodySkeleton
from mailer.core.encodings import base64_size
from mailer.core.headers import LONGEST_LINE
from mailer.core.quoted_skeletons import QuotedSkeleton, quote
from mailer.core.slots import Form, Pieces, alternate, constants_in, lines_of, moved, numbers_in

_SHORTEST_BROKEN = 73  # octets of a line of quoted-printable that is broken
_SOFT_BREAK = 3
_ROUNDED = 6  # octets by which base64 may grow less than by four for every three


class Bound(NamedTuple):
    """What a value has at most: octets, and those that quoted-printable takes and base64 does not.

    A value that is more than ASCII is none of 7bit.
    """

    octets: int
    excess: int = 0
    is_ascii: bool = True

    @classmethod
    def of(cls, text: str) -> Bound:
        """Return the bound of a text that is known."""
        octets, quoted = len(text.encode()), len(quote(text.encode()))
        return cls(octets, max(0, quoted + _breaks(quoted) - octets * 4 // 3), text.isascii())

    def __or__(self, other: Bound) -> Bound:
        """Return the bound of what is bound by one of two."""
        is_ascii = self.is_ascii and other.is_ascii
        return Bound(max(self.octets, other.octets), max(self.excess, other.excess), is_ascii)


@dataclass(frozen=True, slots=True)
class FlatBody:
    """A body in its one encoding, with CRLF, and the `numbers` of its values.

    Where it is `quoted`, the ends of that one's lines stand in their place.
    """

    encoding: str
    pieces: Pieces
    numbers: frozenset[int] = frozenset()
    quoted: QuotedSkeleton | None = None

    @property
    def ends(self) -> int:
        """Return how many values it has that are ends of its lines."""
        return len(self.quoted.parts) // 2 if self.quoted else 0

    @classmethod
    def of(cls, body: BodySkeleton, numbers: Sequence[int], bounds: Sequence[Bound], first_end: int) -> FlatBody | None:
        """Return the body for values within the bounds, None if it is not sure.

        Its values get the `numbers`, and its ends are numbered from the first.
        """
        if body.constant is not None:
            return cls(body.constant.encoding, (body.constant.content.decode("ascii"),))
        if body.quoted is None:
            return None
        own = [numbers[number] for number in body.numbers]
        if body.room < 0:
            return _quoted(body, body.quoted, own, bounds, first_end)
        pieces = moved(body.whole.pieces, own)
        is_sure = all(_is_seven_bit(line, bounds) for line in lines_of(pieces))
        return cls("7bit", pieces, frozenset(own)) if is_sure else None


def _quoted(
    body: BodySkeleton, quoted: QuotedSkeleton, own: Sequence[int], bounds: Sequence[Bound], first_end: int
) -> FlatBody | None:
    """Return a body that is not 7bit in quoted-printable, None if base64 could be shorter.

    What is put in makes base64 longer by a third more than quoted-printable, but for what the bounds have in excess.
    """
    lines, count = Form.of(moved(quoted.lines.pieces, own)), len(quoted.parts) // 2
    at_ends = count * (2 if quoted.may_end_blank else 0) + sum(bounds[number].excess for number in lines.numbers)
    breaks = _breaks(sum(map(len, lines.parts))) + count
    if quoted.least + breaks + at_ends > base64_size(body.size) - _ROUNDED:
        return None
    pieces = alternate(quoted.parts[::2], range(first_end, first_end + count))
    return FlatBody("quoted-printable", pieces, frozenset(own), replace(quoted, lines=lines))


def _is_seven_bit(line: Pieces, bounds: Sequence[Bound]) -> bool:
    """Tell whether a line of ASCII is 7bit whatever is put in; its end counts too, which it does not have to."""
    within = [bounds[number] for number in numbers_in(line)]
    octets = len(constants_in(line)) + sum(bound.octets for bound in within)
    return octets <= LONGEST_LINE and all(bound.is_ascii for bound in within)


def _breaks(octets: int) -> int:
    """Return how many octets of soft breaks a text has at most."""
    return _SOFT_BREAK * octets // _SHORTEST_BROKEN + 1
