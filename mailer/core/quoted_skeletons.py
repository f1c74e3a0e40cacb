"""How does a text with slots become quoted-printable? Its constant lines beforehand, lines with slots at each filling.

Law: a filled skeleton is, octet for octet, what `b2a_qp` makes of the filled text. That encodes line by line: what one
line becomes depends on no other (RFC 2045 6.7).
"""

from __future__ import annotations

import re
from binascii import b2a_qp
from collections.abc import Sequence
from dataclasses import dataclass

from mailer.core.slots import Form, Pieces, constants_in

# As much of a line as fits before the "=" that continues it, no "=XX" cut, with the line feed behind it.
_BROKEN = re.compile(rb".{1,75}(?<!=)(?<!=.)\n?|\n")
_SOFT_BREAK = b"=\r\n"
_CELLS = tuple(b"=%02X" % octet if octet == ord("=") or octet > ord("~") else b"%c" % octet for octet in range(256))


@dataclass(frozen=True, slots=True, eq=False)
class QuotedSkeleton:
    """Runs of constant lines, encoded, and between two of them a line with slots, from its last sure break on.

    `least` is how many octets come out at least, each octet of a value counted as one. A line with slots may end in a
    blank or be a lone dot, which are encoded too; most skeletons have no such line.
    """

    parts: tuple[bytes, ...]
    lines: Form
    least: int
    may_end_blank: bool
    may_be_dot: bool

    @classmethod
    def of(cls, lines: Sequence[Pieces]) -> QuotedSkeleton:
        """Return the skeleton of merged lines, each without its end; at least one has a slot."""
        parts, ends = [b""], []
        for line in lines:
            if len(line) == 1:
                parts[-1] += b2a_qp(f"{line[0]}\r\n".encode())
                continue
            start, end = _split(line)
            parts[-1] += start
            parts += [b"", b"\r\n"]
            ends.append(end)
        slotted = [line for line in lines if len(line) > 1]
        return cls(
            parts=tuple(parts),
            lines=Form.of(tuple(piece for end in ends for piece in (*end, "\n"))),
            least=sum(map(len, parts)) + sum(len(constants_in(end)) for end in ends),
            may_end_blank=any(str(line[-1])[-1:] in " \t" for line in slotted),
            may_be_dot=any(constants_in(line) in ("", ".") for line in slotted),
        )

    def fill(self, values: Sequence[bytes]) -> bytes | None:
        """Return the encoded text, or None if a line of it could be a lone dot."""
        ends = self.ends([value if value.isascii() and b"=" not in value else quote(value) for value in values])
        if ends is None:
            return None
        parts = list(self.parts)
        parts[1::2] = ends
        return b"".join(parts)

    def ends(self, quoted: Sequence[bytes]) -> list[bytes] | None:
        """Return what stands between the runs, of values that are quoted; None if a line could be a lone dot."""
        text = self.lines.fill(quoted)
        if self.may_be_dot and b"\n.\n" in b"\n" + text:
            return None
        broken = _SOFT_BREAK.join(_BROKEN.findall(text))
        if self.may_end_blank:
            broken = broken.replace(b" \n", b"=20\n").replace(b"\t\n", b"=09\n")
        return broken[:-1].split(b"\n" + _SOFT_BREAK)


def quote(text: bytes) -> bytes:
    """Return the text with each octet that has to be encoded as =XX; its lines are not broken yet."""
    return b"".join([_CELLS[octet] for octet in text])


def _split(line: Pieces) -> tuple[bytes, Pieces]:
    """Return what a line begins with whatever its values are, and the rest from the last sure break on; quoted."""
    word, *others = (quote(piece.encode()).decode() if isinstance(piece, str) else piece for piece in line)
    *whole, rest = _BROKEN.findall(str(word).encode()) or [b""]  # a piece that another one follows is full
    return b"".join(piece + _SOFT_BREAK for piece in whole), (rest.decode(), *others)
