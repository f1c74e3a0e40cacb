"""What does an extraction have to know that no table of cues tells? Countries, months and telephone numbers.

Law: plain values and plain functions; libraries stay with the adapter that hands this over.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Number:
    """A telephone number: as `+4420...` where it was understood, and how the text spells it."""

    value: str
    told: str
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Lore:
    """Knowledge from outside.

    `country_stems` are the beginnings of names and peoples in many languages, each with its ISO 3166 code;
    `country_names` are whole phrases in lower case. `months` gives the number of a month's name. `numbers` reads a
    spelling of one or more numbers, with regions to try. `towns` are names in lower case, each with the codes of its
    countries, parted by spaces; `town_stems` are the beginnings of those that are bent. `called` tells in which country
    a number as `+4420...` rings.
    """

    numbers: Callable[[str, Sequence[str]], tuple[Number, ...]]
    months: Mapping[str, int] = field(default_factory=dict)
    country_names: Mapping[str, str] = field(default_factory=dict)
    country_stems: Mapping[str, str] = field(default_factory=dict)
    towns: Mapping[str, str] = field(default_factory=dict)
    town_stems: Mapping[str, str] = field(default_factory=dict)
    called: Callable[[str], str] = lambda number: ""
