"""How is an international number written so that people can read it? E.164 in groups.

Law: the digits are never changed; only spaces are put between them.
"""

from __future__ import annotations

import re
from typing import Final

# Calling codes of one and two digits; every other one has three. Source: ITU-T E.164, list of assigned codes.
_SHORT_CODES: Final = frozenset(
    """1 7 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66
    81 82 84 86 90 91 92 93 94 95 98""".split()  # noqa: SIM905 - a list of codes reads better without quotes
)
_GROUPS: Final = {6: (3, 3), 7: (3, 4), 8: (4, 4), 9: (3, 3, 3), 10: (3, 3, 4), 11: (3, 4, 4), 12: (4, 4, 4)}
_LONDON: Final = re.compile(r"\+44(2\d)(\d{4})(\d{4})")
_TRUNK: Final = "(0)"  # what "+44 (0)20" has in brackets is dialled at home, and then without the code before it


def compact_number(number: str) -> str:
    """Return `number` with digits and its plus alone, as it is dialled."""
    return "".join(char for char in number.replace(_TRUNK, "") if char in "+0123456789")


def display_number(number: str) -> str:
    """Return an E.164 number in groups: "+442079460102" gives "+44 20 7946 0102".

    A number that somebody has already grouped stays as it is.
    """
    if number != compact_number(number) or not number.startswith("+"):
        return number
    london = _LONDON.fullmatch(number)
    if london:
        return f"+44 {' '.join(london.groups())}"
    code = calling_code(number)
    return " ".join([f"+{code}", *_grouped(number[1 + len(code) :])])


def calling_code(number: str) -> str:
    """Return the calling code of an E.164 number: "44" of "+442079460102"."""
    digits = number[1:]
    return next((digits[:length] for length in (1, 2) if digits[:length] in _SHORT_CODES), digits[:3])


def _grouped(digits: str) -> list[str]:
    """Return `digits` in groups of three or four."""
    sizes = _GROUPS.get(len(digits), (len(digits),))
    ends = [sum(sizes[: index + 1]) for index in range(len(sizes))]
    return [digits[end - size : end] for end, size in zip(ends, sizes, strict=True) if size]
