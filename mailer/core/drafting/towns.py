"""In which country are the towns that a text names? Told by their names, where one of them stands as a town does.

Law: a name counts once it stands behind "in" or a postal code, or begins a line before a comma; a word that is a cue of
its own is no town.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import NamedTuple

from mailer.core.drafting.lore import Lore
from mailer.core.drafting.page import Page

MOST_WORDS = 40_000
_LONGEST = 3  # words of a name
_SHORTEST = 4  # letters of a name
_BENT = 3  # letters at the end that a case may change or add, in languages that bend names
# Where organisations and courts of the whole world have their seats: they tell nothing of a case.
_SEATS = frozenset({"geneva", "genève", "genf", "ginebra", "brussels", "bruxelles", "brüssel", "bruselas", "new york"})
# Towns, and much more often something else.
_WORDS_TEXT = """
    march may august union central market forest green mary gare sale nice reading mobile same most split orange
    superior university police date como paz santa santo victoria liberty reforma progreso mission commerce industry
    independence independencia libertad constitution constitución centro center north south east west page price
    college park hall hill beach bridge castle church field garden grove lake mill river stone wood young brown white
    black long rich bell king prince duke marina rosario mercedes trinidad esperanza concepción asunción presidente
    general aurora florida campo monte villa porto bela alegre nova novo vera cruz
"""
_WORDS = frozenset(_WORDS_TEXT.split())
_BEFORE_TEXT = """
    in at near from of outside around to à de en d du au vers aus bei nach von um desde hacia del em do da no na para
    a di ad nel te uit naar bij van w we z ze pod v ve u в во из под г городе города город городу i fra på til los las
"""
_POSTCODE = re.compile(r"\d{4,6}")
_BEHIND = re.compile(r",\s|['’][dtny]")  # a comma, or an end of a Turkish name
_BEFORE = frozenset(_BEFORE_TEXT.split())


class Town(NamedTuple):
    """A town that is named: the countries that have one of that name, and the indices of its first words."""

    codes: tuple[str, ...]
    at: tuple[int, ...]


def named_towns(page: Page, lore: Lore) -> list[Town]:
    """Return the towns that are named, in their order; no name within a longer one."""
    found: dict[str, list[int]] = defaultdict(list)
    codes_of: dict[str, str] = {}
    for index, codes, count in _candidates(page, lore):
        name = " ".join(word.text for word in page.words[index : index + count])
        found[name].append(index)
        if count > 1 or _stands_as_town(page, index):
            codes_of[name] = codes
    return [Town(tuple(codes_of[name].split()), tuple(at)) for name, at in found.items() if name in codes_of]


def countries_beside(page: Page, lore: Lore, first: int, past: int) -> tuple[str, ...]:
    """Return the countries of the last town that is named among some words."""
    codes = [codes for _, codes, _ in names_read(page, lambda at: _codes_at(page, lore, at), first, past)]
    return tuple(codes[-1].split()) if codes else ()


def _candidates(page: Page, lore: Lore) -> Iterator[tuple[int, str, int]]:
    """Yield what may be a town: the index of its first word, its countries, and of how many words it is."""
    cues = {mark.first for mark in page.marks}
    for index, codes, count in names_read(page, lambda at: _codes_at(page, lore, at)):
        if count > 1 or index not in cues:
            yield index, codes, count


def names_read(
    page: Page, read: Callable[[int], tuple[str, int]], first: int = 0, past: int = MOST_WORDS
) -> Iterator[tuple[int, str, int]]:
    """Yield the names that begin with a capital: the index of its word, what `read` makes of it, and of how many words.

    No name is read within a longer one; those are left out of which nothing is made.
    """
    beyond = first
    for index in range(first, min(past, len(page.words))):
        if index >= beyond and page.text[page.words[index].start].isupper():
            code, count = read(index)
            beyond = index + max(1, count)
            if code:
                yield index, code, count


def _codes_at(page: Page, lore: Lore, index: int) -> tuple[str, int]:
    """Return the countries of the town whose name begins at a word, and of how many words it is."""
    words = [word.text for word in page.words[index : index + _LONGEST]]
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count])
        codes = lore.towns.get(name, "") if len(name) >= _SHORTEST else ""
        if codes and name not in _SEATS and name not in _WORDS:
            return codes, count
    return _bent(words[0], lore), 1


def _bent(word: str, lore: Lore) -> str:
    """Return the countries of the town of which a word is a bent form: "в Перми", "we Wrocławiu"."""
    for length in range(len(word), max(_SHORTEST, len(word) - _BENT) - 1, -1):
        if codes := lore.town_stems.get(word[:length]):
            return codes
    return ""


def _stands_as_town(page: Page, index: int) -> bool:
    """Tell whether a word stands where a town does: behind a word or a number that says so, or before a comma.

    A postal code may have a comma of its own behind it: "101000, Москва".
    """
    word = page.words[index]
    before = page.words[index - 1] if index else word
    between = page.text[before.end : word.start]
    leads = before.text in _BEFORE or before.text.isdigit()
    if leads and between.strip() in ("", "'", "’"):
        return True
    if between.strip() == "," and _POSTCODE.fullmatch(before.text):
        return True
    behind = _BEHIND.match(page.text, word.end)
    return behind is not None and (behind[0][0] != "," or page.sentence_at(word.start).words[0] == index)
