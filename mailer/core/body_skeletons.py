"""How does a body travel that many mails share, but for one person's values? What is constant is encoded once.

Law: for values that `is_plain_value` takes, a filled skeleton is exactly `encode_text` of the text with the values in
their slots. For other values it is not, and nothing tells: whoever fills it asks first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import mul

from mailer.core.encodings import EncodedBody, base64_size, encode_bytes, encode_text, fits_lines, printable
from mailer.core.headers import LONGEST_LINE
from mailer.core.quoted_skeletons import QuotedSkeleton
from mailer.core.slots import Form, Pieces, constants_in, lines_of, merge, numbers_in, picker

_NOT_PLAIN = re.compile("[^\t -~\xa0-\ud7ff\ue000-\U0010ffff]")


def is_plain_value(text: str) -> bool:
    """Tell whether a value stays in its line and goes through `printable` unchanged."""
    return text.isprintable() or _NOT_PLAIN.search(text) is None


@dataclass(frozen=True, slots=True, eq=False)
class BodySkeleton:
    """A body with slots, ready for each of the three encodings.

    `own` takes the values that it holds, which have the `numbers`, each once; `uses` counts the slots of each, and
    `whole` is the text that they are put in. `size` is what is constant, in octets. `most_slots` is how many values a
    line has at most, and `room` how many octets they may have in any line of 7bit, negative if that is out of the
    question. Without `quoted` there is no shorter way than `encode_text`, and a `constant` body has no slots.
    """

    numbers: tuple[int, ...]
    own: Callable[[Sequence[str]], Sequence[str]]
    uses: tuple[int, ...]
    whole: Form
    size: int
    room: int
    most_slots: int
    quoted: QuotedSkeleton | None
    constant: EncodedBody | None

    @classmethod
    def of(cls, pieces: Pieces) -> BodySkeleton:
        """Return the skeleton of a text in pieces.

        Raises:
            ValueError: a number is negative.
        """
        merged = merge(printable(piece) if isinstance(piece, str) else piece for piece in pieces)
        slots = numbers_in(merged)
        numbers = sorted(set(slots))
        numbered = tuple(numbers.index(piece) if isinstance(piece, int) else piece for piece in merged)
        lines = lines_of(_canonical(numbered))
        whole = tuple(piece for line in lines for piece in (*line, "\r\n"))
        is_bound = slots and _is_bound(numbered)
        return cls(
            numbers=tuple(numbers),
            own=picker(numbers),
            uses=tuple(map(slots.count, numbers)),
            whole=Form.of(whole if is_bound else numbered),
            size=len(constants_in(whole).encode()),
            room=_room(lines),
            most_slots=max(len(numbers_in(line)) for line in lines),
            quoted=QuotedSkeleton.of(lines) if is_bound else None,
            constant=None if slots else encode_text(constants_in(merged)),
        )

    def fill(self, values: Sequence[str]) -> EncodedBody:
        """Return the body with the values in their slots, as `encode_text` encodes it.

        Raises:
            IndexError: there are too few values.
        """
        if self.constant is not None:
            return self.constant
        own = [value.encode() for value in self.own(values)]
        if self.quoted is None:
            return encode_text(self.whole.fill(own).decode())
        if self._is_seven_bit(own):
            return EncodedBody("7bit", self.whole.fill(own))
        added = sum(map(mul, self.uses, map(len, own)))
        limit = base64_size(self.size + added)
        if self.quoted.least + added <= limit:
            content = self.quoted.fill(own)
            if content is None:
                return encode_text(self.whole.fill(own).decode())
            if len(content) <= limit:
                return EncodedBody("quoted-printable", content)
        return encode_bytes(self.whole.fill(own))

    def _is_seven_bit(self, own: Sequence[bytes]) -> bool:
        """Tell whether the body is ASCII in short lines, which is seldom so doubtful that the lines are looked at."""
        if self.room < 0 or not b"".join(own).isascii():
            return False
        return max(map(len, own)) * self.most_slots <= self.room or fits_lines(self.whole.fill(own))


def _canonical(pieces: Pieces) -> Pieces:
    """Return the pieces with the line ends of `canonical`, but as single line feeds, and none behind the last line."""
    lines = [piece.replace("\r\n", "\n").replace("\r", "\n") if isinstance(piece, str) else piece for piece in pieces]
    return (*lines[:-1], str(lines[-1]).removesuffix("\n"))


def _is_bound(pieces: Pieces) -> bool:
    """Tell whether the lines are the same whatever the values are, empty ones too.

    They are not where an empty value would join a carriage return and a line feed, or leave no last line.
    """
    if any(str(piece).endswith("\r") for piece in pieces[:-1]):
        return False
    *others, last = lines_of(_canonical(pieces))
    return bool(not others or constants_in(last) or str(pieces[-1]).endswith("\n"))


def _room(lines: Sequence[Pieces]) -> int:
    """Return how many octets the values in one line may have in any line of 7bit; negative if none is 7bit."""
    constants = [constants_in(line) for line in lines]
    if not "".join(constants).isascii():
        return -1
    return LONGEST_LINE - max(map(len, constants))
