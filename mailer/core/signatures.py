"""How is a letter signed? With the name, with initials, or not at all: the strictest rule decides.

Law: where initials or less are shown, neither name, city, organisation nor country appears.
"""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum
from typing import Protocol

from mailer.core.campaigns import CountryRule, Safety
from mailer.core.supporters import SafetyLevel, Supporter
from mailer.core.targets import Risk, Target


class Exposure(IntEnum):
    """How much of a supporter a letter shows, from most to least."""

    FULL = 0
    INITIALS = 1
    UNSIGNED = 2


_BY_LEVEL = {
    SafetyLevel.FULL: Exposure.FULL,
    SafetyLevel.INITIALS: Exposure.INITIALS,
    SafetyLevel.SOLIDARITY: Exposure.UNSIGNED,
}
_BY_RULE = {
    CountryRule.INITIALS: Exposure.INITIALS,
    CountryRule.SOLIDARITY: Exposure.INITIALS,
    CountryRule.NONE: Exposure.UNSIGNED,
}
_PARTICLES = frozenset(
    "af al av bin bint d da das de del den der di dos du e el ibn la le ter van von y zu آل أبو ابن بن بنت".split()  # noqa: SIM905 - a list of words reads better as words
)
TITLES = frozenset({"dr", "prof", "mr", "mrs", "ms", "mx", "sir"})


def exposure(supporter: Supporter, safety: Safety, target: Target) -> Exposure:
    """Return how much of the supporter `target` may see: the strictest of their wish, country and risk."""
    rule = safety.countries.get(supporter.country)
    return max(
        _BY_LEVEL[supporter.person.safety],
        _BY_RULE[rule] if rule else Exposure.FULL,
        Exposure.INITIALS if target.risk is Risk.HIGH else Exposure.FULL,
    )


class Signing(Protocol):
    """Who signs; every text is on one line."""

    @property
    def name(self) -> str:
        """Return the whole name."""

    @property
    def initials(self) -> str:
        """Return what is left of the name where it is not shown."""

    @property
    def city(self) -> str:
        """Return the city."""

    @property
    def organisation(self) -> str:
        """Return the organisation."""


def signature(by: Signing, country_name: str, shown: Exposure, comma: str = ", ") -> tuple[str, ...]:
    """Return the lines below a letter; none without a known name, for there is never a placeholder."""
    if shown is Exposure.UNSIGNED or not by.name:
        return ()
    if shown is Exposure.INITIALS:
        return tuple(filter(None, [by.initials]))
    place = comma.join(filter(None, [by.city, one_line(country_name)]))
    return tuple(filter(None, [by.name, by.organisation, place]))


def initials(name: str) -> str:
    """Return the initials of `name`: "Anna Maria Kovács" gives "A. M. K.".

    Titles and particles ("van", "bin") are left out, hyphens stay ("J.-L. P."). A name written in
    ideographs gives its first sign alone. A name without any letter gives an empty text.
    """
    usual = [word for word in name.split(" ") if not word.isdigit()]
    if all(word.isalpha() and word[0].isupper() for word in usual) and _is_plain(name):
        return " ".join([f"{word[0]}." for word in usual])  # most names, and quickly shortened
    words = [word for word in one_line(name).split(" ") if any(map(str.isalpha, word))]
    bearing = [word for word in words if word not in _PARTICLES and word.rstrip(".").lower() not in TITLES]
    return " ".join(filter(None, map(_word_initials, bearing or words)))


def _is_plain(name: str) -> bool:
    """Tell whether a name has no title, and its letters are spelled as everybody spells them."""
    return unicodedata.is_normalized("NFC", name) and TITLES.isdisjoint(name.lower().split(" "))


def _word_initials(word: str) -> str:
    """Return the initial of one word, or of each of its hyphenated parts ("al-" is no part)."""
    parts = [part for part in re.split(r"[-‐‑]", word) if any(map(str.isalpha, part))]
    bearing = [part for part in parts if part not in _PARTICLES] or parts
    return "-".join(map(_initial, bearing))


def _initial(part: str) -> str:
    """Return the first letter of `part` with the marks upon it, as a capital with a full stop."""
    text = unicodedata.normalize("NFC", part)
    start = next(index for index, char in enumerate(text) if char.isalpha())
    end = start + 1
    while end < len(text) and unicodedata.category(text[end]).startswith("M"):
        end += 1
    letter = text[start:end]
    return letter if _is_ideograph(letter[0]) else f"{letter.upper()}."


def _is_ideograph(char: str) -> bool:
    """Tell whether `char` is of a script that has no initials: Chinese, Japanese, Korean."""
    return unicodedata.name(char, "").startswith(("CJK", "HIRAGANA", "KATAKANA", "HANGUL"))


def one_line(text: str) -> str:
    """Return `text` on one line, without anything that does not print.

    "=?" is taken apart: in a subject it could be decoded into another header (CVE-2024-6923).
    """
    if not text:
        return text
    spaced = " ".join(text.split())
    if not spaced.isprintable():
        visible = "".join(char for char in spaced if unicodedata.category(char) not in ("Cc", "Co", "Cs"))
        spaced = " ".join(visible.split())  # what stood between two blanks may be gone
    return spaced.replace("=?", "= ?")
