"""What is somebody to be told, or hoped? "Both should hear that ..", "the first is that ..", "we hope that ..".

Law: what they are told counts only where it says what must be done, a count only below what asks, a hope in a letter.
"""

from __future__ import annotations

import re

from mailer.core.drafting.duties import is_duty
from mailer.core.drafting.joins import parts_of
from mailer.core.drafting.page import Page, Sentence

MOST_ABOVE = 3  # sentences

# A letter hopes politely: "We hope, moreover, that your country will ..".
_HOPES = re.compile(
    r"(?:and )?(?:i|we) (?:\w+ )?(?:hope|trust|expect)(?:, \w+,)? (?:that )?"
    r"(?=(?:your?|he|she|they|(?:the|his|her|its) (?:\w+ )?(?:government|authorities|minist\w+|president|courts?|"
    r"company|management|prosecutors?|police|judges?|council|board|bank|university|embassy))\b[^,;]{0,60}?\swill\s)"
    r"(?!your (?:letter|reply|answer))",
    re.IGNORECASE,
)
_READERS = re.compile(
    r"(?:you|we|i|all of us|readers?|the public|the world|everyone|everybody|people|members|supporters)\b",
    re.IGNORECASE,
)
# "Both should hear from you that ..", "al Comune va detto che ..".
_SHOULD_HEAR = re.compile(
    r"\b(?:should|must|has to|have to|ought to|needs? to) (?:hear|be told|know|learn|understand|"
    r"be reminded)\b[^,;:.]{0,40}?\s"
    r"(?P<that>that)\s|\b(?:va|vanno|deve|devono) (?:dett[oaie]|sapere)\b[^,;:.]{0,30}?\s(?P<che>che)\s|"
    r"\b(?:doit|doivent) (?:savoir|apprendre|entendre) (?P<que>qu(?:e\s|['’]))|\bdeben? (?:saber|oír) (?P<es>que)\s|"
    r"\b(?:soll|sollen|muss|müssen) (?:hören|wissen|erfahren), (?P<dass>dass)\s",
    re.IGNORECASE,
)
# "Two things are asked. The first is that ..".
_THE_FIRST = re.compile(
    r"(?:and )?the (?:first|second|third|fourth|other)(?: \w+)? (?:is|are) (?:that |for |to )(?=\w+[ ,])",
    re.IGNORECASE,
)


def passed_on(page: Page, sentence: Sentence, *, is_letter: bool) -> list[str]:
    """Return what a sentence says that somebody should hear, what it counts, or what a letter hopes."""
    told = page.told(sentence)
    if (heard := _SHOULD_HEAR.search(told)) and not _READERS.match(told):
        wish = told[heard.end() :]
        return list(parts_of(wish, heard[heard.lastgroup or 0].strip())) if is_duty(wish) else []
    first = _THE_FIRST.match(told)
    if first and _is_asked_above(page, sentence):
        return [told[first.end() :]]
    hopes = _HOPES.match(told) if is_letter else None
    return [told[hopes.end() :]] if hopes else []


def _is_asked_above(page: Page, sentence: Sentence) -> bool:
    """Tell whether one of the few sentences before one in its line asks for something."""
    before = sentence
    for _ in range(MOST_ABOVE):
        before = page.sentence_at(max(0, before.start - 2))
        if before.line != sentence.line:
            return False
        if page.has(before, "demand", "calling"):
            return True
    return False
