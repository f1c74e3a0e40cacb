"""Which mails have no line that begins with a dot? Those of which it is sure, whatever is put in.

Law: a mail is called dotless only if none of its lines begins with a dot with any values that usual readers have. What
quoted-printable makes of lines with slots is left out here: those ends are looked at in each mail.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from mailer.core.flat_values import FlatValues
from mailer.core.slots import Pieces, lines_of


def is_dotless(content: Pieces, values: FlatValues) -> bool:
    """Tell whether no line of a mail begins with a dot, but for the ends of broken lines."""
    if any("\n" in word for word in values.words):
        return False
    doubtful = set(values.free)
    for number, texts in values.tables:
        if any(_may_begin(text, doubtful) for text in texts):
            doubtful.add(number)
    return not any(_may_begin(line, doubtful) for line in lines_of(content))


def have_dots(ends: Sequence[bytes]) -> bool:
    """Tell whether a line may begin with a dot in these ends of broken lines, or where one of them begins."""
    return b"\n." in b"\n%b" % b"\n".join(ends)


def _may_begin(line: Pieces, doubtful: Container[int]) -> bool:
    """Tell whether a line may begin with a dot; whatever is put in may also be empty."""
    for piece in line:
        if isinstance(piece, int):
            if piece in doubtful:
                return True
        elif piece:
            return piece.startswith(".")
    return False
