"""Is a bare "Contact:" about an office, and not about those who ask?

Law: an office stands below it, or whom the text called to write to before.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import islice

from mailer.core.drafting.addressees import begins_with_office
from mailer.core.drafting.page import LONGEST_HEADING, Page, Sentence

_TWO_NAMES = re.compile(r"[^\W\d_a-zß-ÿ][\w'’-]+ [^\W\d_a-zß-ÿ][\w'’-]+")
LONGEST_BARE = 25  # characters of a "Contact Info:"
MOST_FOUND = 20
LEAST_OFFICE = 6  # letters of an office that the text named before


def is_office_contact(page: Page, sentence: Sentence) -> bool:
    """Tell whether below a bare "Contact:" an office stands, or whom the text called to write to before."""
    at = bisect_right(page.sentences, sentence.start, key=lambda one: one.start)
    following = page.sentences[min(at, len(page.sentences) - 1)]
    told = page.told(following)
    if sentence.end - sentence.start > LONGEST_BARE or following.start <= sentence.start or len(told) > LONGEST_HEADING:
        return False
    if begins_with_office(page, following.start) and not page.has(following, "campaigners"):
        return True
    names = [*_TWO_NAMES.findall(told), *_offices(page, following)]
    earlier = [page.sentence_at(match.start()) for name in names for match in _found(name, page.text, sentence.start)]
    return any(page.has(each, "send", "protest") for each in earlier)


def _offices(page: Page, sentence: Sentence) -> list[str]:
    """Return the offices that a sentence names, but none where it names those who ask."""
    marks = () if page.has(sentence, "campaigners") else page.marks_of(sentence, "office", "embassy")
    spans = [page.span(mark) for mark in marks]
    return [page.text[start:end] for start, end in spans if end - start >= LEAST_OFFICE]


def _found(name: str, text: str, end: int) -> list[re.Match[str]]:
    """Return where a name stands before an offset, at most some times."""
    return list(islice(re.finditer(re.escape(name), text[:end]), MOST_FOUND))
