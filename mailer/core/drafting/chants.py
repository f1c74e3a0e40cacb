"""Which lines are cried together? A block of short lines in capitals or with exclamation marks, most of which demand.

Law: one line alone is a heading; of a block only the lines that ask for something are kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mailer.core.drafting.forms import names_deed
from mailer.core.drafting.joins import is_doing
from mailer.core.drafting.page import LONGEST_HEADING, Page, Sentence
from mailer.core.drafting.standards import standard_of

LEAST = 3  # lines of a block
MOST = 20
_NO_MORE = re.compile(
    r"[¡\s]*(?:give|bring|let|"
    r"que (?:se|sus?|l[aoe]s?|el|no|nos)|qu['’]|no (?:more|to|a|al|más)|stop|basta|alto|ni un[ao]?|fora|fuera|"
    r"non à|halte|schluss|weg|keine?|nein|nee|"
    r"geen|nie|dość|precz|ne|dost|pryč|nei|нет|долой|хватит|руки прочь|hands off|giù le mani|hayır|mai più|nunca mais|"
    r"plus jamais|nie wieder)\b",
    re.IGNORECASE,
)
_OUT = re.compile(
    r"\b(?:out of|off|raus aus|hors d[eu]|fuera de|fuori da\w*|fora d[aeo]|weg uit|вон из)\s", re.IGNORECASE
)
# "Let them be released", as Turkish says it.
_OPTATIVE = re.compile(r"\w+[sş][ıiuü]n(?:lar|ler)?!?$", re.IGNORECASE)


class Chants:
    """The blocks of cries among sentences; whether one of these asks for something is found out once."""

    def __init__(self, page: Page, sentences: Sequence[Sentence]) -> None:
        self._page = page
        self._sentences = sentences
        self._wishes: dict[int, bool] = {}

    def begun_at(self, index: int) -> list[tuple[int, int, str]]:
        """Return the demands of the block that begins with a sentence, with their bounds."""
        block = _block(self._page, self._sentences[index : index + MOST])
        if len(block) < LEAST:
            return []
        wishes = [line for line in block if self._is_wish(line)]
        is_block = 2 * len(wishes) > len(block) and len(wishes) > 1
        return [(line.start, line.end, self._page.told(line).strip(" !¡")) for line in wishes] if is_block else []

    def _is_wish(self, line: Sentence) -> bool:
        """Tell whether a line asks for something; blocks overlap."""
        if line.start not in self._wishes:
            self._wishes[line.start] = _is_wish(self._page, line)
        return self._wishes[line.start]


def _block(page: Page, lines: Sequence[Sentence]) -> list[Sentence]:
    """Return the lines that are cried together, from the first on."""
    found: list[Sentence] = []
    for line in lines:
        gap = found[1].block - found[0].block if len(found) > 1 else line.block - found[0].block if found else 0
        is_next = not found or (gap in (0, 1) and line.block - found[-1].block == gap)
        if not (is_next and line.is_first and line.is_last and _is_cried(page, line)):
            break
        found.append(line)
    return found


def _is_cried(page: Page, line: Sentence) -> bool:
    """Tell whether a line is short, and in capitals or with an exclamation mark."""
    told = page.told(line)
    return line.end - line.start <= LONGEST_HEADING and not line.is_item and (told.endswith("!") or told.isupper())


def _is_wish(page: Page, line: Sentence) -> bool:
    """Tell whether a line asks for something, and is no call to the reader."""
    told = page.told(line)
    word = line.words[0]
    if page.has(line, "send", "message", "donate", "join", "dear"):
        return False
    begins = page.marks_between(word, word + 1, "imperative", "release")
    asks = (
        begins
        or standard_of(told)
        or is_doing(told)
        or names_deed(told)
        or _NO_MORE.match(told)
        or _OUT.search(told)
        or _OPTATIVE.search(told)
    )
    return bool(asks) and line.words[1] - word > 1
