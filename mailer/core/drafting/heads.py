"""Who stands above a salutation? Whoever a letter greets is the one who is written to.

Law: only short lines are a letter's head; what is prose, or of those who ask, ends it.
"""

from __future__ import annotations

import re

from mailer.core.drafting.page import LONGEST_HEADING, Page, Sentence
from mailer.core.drafting.tokens import Token

LONGEST_SALUTATION = 60
MOST_HEAD = 14  # lines above a salutation

_SALUTATION = re.compile(
    r"(?:(?:mr|mrs|ms|madam|sir|sirs|honou?rable)\b|señor|senhor|signor|herr|frau|monsieur|madame|messieurs|"
    r"mesdames|pan[ei]?\b|heer|hr\b|господин|госпожа|ваше|exm[oa]|sr\b|sra\b|ilm[oa]|ill\.mo|bay\b)",
    re.IGNORECASE,
)


def letter_heads(page: Page) -> frozenset[int]:
    """Return the starts of the short lines right above a salutation: whoever is greeted there is written to."""
    found: set[int] = set()
    for index, sentence in enumerate(page.sentences):
        if not is_salutation(page, sentence):
            continue
        for above in reversed(page.sentences[max(0, index - MOST_HEAD) : index]):
            is_prose = above.end - above.start > LONGEST_HEADING or page.has(above, "signed", "closing", "about")
            if is_prose or (sentence.block - above.block > 1 and not _is_alone(page, above)):
                break
            found.add(above.start)
    return frozenset(found)


def is_greeted(page: Page, token: Token) -> bool:
    """Tell whether a salutation follows an address in its own line: a page lost the breaks between them."""
    past = page.word_at(token.end)
    return token.kind == "post" and bool(page.marks_between(past, past + 1, "dear"))


def _is_alone(page: Page, sentence: Sentence) -> bool:
    """Tell whether a line is a paragraph of its own, as every line is where a page lost its breaks."""
    above, below = page.sentence_above(sentence), page.sentence_at(sentence.end + 2)
    return sentence.is_last and above.block < sentence.block < below.block


def is_salutation(page: Page, sentence: Sentence) -> bool:
    """Tell whether a line greets an official."""
    told = page.told(sentence)
    if not sentence.is_first or len(told) > LONGEST_SALUTATION or page.has(sentence, "audience"):
        return False
    marks = page.marks_of(sentence, "dear")
    is_dear = bool(marks) and marks[0].first == sentence.words[0]
    return (is_dear or bool(_SALUTATION.match(told))) and told[-1] in (",", ":", "!")
