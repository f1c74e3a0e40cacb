"""Which sentences are said to an office, though no letter holds them? What a caller reads out, and a text in quotes.

Law: told by the lines as a whole; a text in quotes counts only where the appeal asks to send one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, pairwise

from mailer.core.drafting.page import Page, Sentence

LEAST = 2  # sentences of a text in quotes

# "Hello, my name is .., I am calling to ..".
_CALLS = re.compile(
    r"\b(?:I['’]?m|I am|we are|we['’]re) (?:calling|phoning) (?!on\b|upon\b|for\b|you\b)|"
    r"\b(?:my|mon|mein|mi|mio|meu|mijn) (?:name is|nom est|name ist|nombre es|nome è|nome é|naam is)\b|"
    r"\bich rufe (?:sie |heute )?an\b|\bje vous appelle\b|\b(?:le|les|estoy|estamos) (?:llamo|llamamos|llamando)\b|"
    r"\b(?:vi|la) (?:chiamo|telefono)\b|\best(?:ou|amos) ligando\b|\bik bel (?:u|om)\b|\bdzwonię\b|"
    r"\bvolám (?:vám|kvůli|proto)\b|\bjeg ringer (?:for|fordi|om)\b|\bя звоню\b",
    re.IGNORECASE,
)
_OPENS = re.compile(r"[\"“„«”]")
# Who is spoken to: "Mr Mayor, ..".
_CALLED = re.compile(
    r"[\"“„«”]?\s?(?:(?:dear |sehr geehrter? )?(?:m\.|mme|monsieur|madame|mr\.?|mrs\.?|ms\.?|herr|frau|señora?|"
    r"sr\.?|sra\.?|"
    r"signora?|senhora?|meneer|mevrouw|panie|pani|pane|господин|госпожа|sayın)(?: [^\s,;:.!?\"]+){1,4},\s+){1,2}",
    re.IGNORECASE,
)
_CLOSES = re.compile(r"[\"”“»]\W{0,2}$")


def spoken_in(page: Page) -> frozenset[int]:
    """Return where the sentences begin that are said to an office."""
    lines = [list(group) for _, group in groupby(page.sentences, key=lambda sentence: sentence.line)]
    found: set[int] = set()
    for before, line in pairwise([[], *lines]):
        is_told = _is_quoted(page, before, line) or any(_CALLS.search(page.told(sentence)) for sentence in line)
        found.update(sentence.start for sentence in line if is_told)
    return frozenset(found)


def called_end(told: str) -> int:
    """Return where the one who is spoken to ends: "Mr Minister, .."; 0 where nobody is."""
    match = _CALLED.match(told)
    return match.end() if match else 0


def _is_quoted(page: Page, before: Sequence[Sentence], line: Sequence[Sentence]) -> bool:
    """Tell whether a whole line stands in quotes, below one that asks to send a text."""
    told = page.text[line[0].start : line[-1].end]
    if _OPENS.match(told) and called_end(told) and _CLOSES.search(told):
        return True
    is_quote = len(line) >= LEAST and bool(_OPENS.match(told) and _CLOSES.search(told))
    return is_quote and any(page.has(each, "send", "sample") and page.has(each, "message", "sample") for each in before)
