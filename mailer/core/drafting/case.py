"""What is the appeal about? Its summary and facts, and whether it is over.

Law: sentences are taken as they stand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mailer.core.drafting.dates import Day
from mailer.core.drafting.drafts import Found
from mailer.core.drafting.duties import MUST
from mailer.core.drafting.page import Page, Sentence
from mailer.core.drafting.titles import LONGEST_TITLE, TOP

LONGEST_SUMMARY = 400
LONGEST_FACT = 300
MOST_FACTS = 5

IsCase = Callable[[Sentence], bool]


def summary_of(page: Page, title: str, is_case: IsCase) -> Found:
    """Return the first sentences of the first paragraph of prose."""
    for index, sentence in enumerate(page.sentences):
        told = page.told(sentence)
        is_prose = len(told) >= 70 and told not in title and (len(told) > LONGEST_TITLE or told[-1] in '.!?…”"')
        if is_prose and is_case(sentence) and not page.has(sentence, "footer") and not sentence.is_item:
            end = sentence.end
            for following in page.sentences[index + 1 : index + 3]:
                if following.line == sentence.line and following.end - sentence.start <= LONGEST_SUMMARY:
                    end = following.end
            return Found(page.text[sentence.start : end][: 2 * LONGEST_SUMMARY])
    return Found("")


def facts_of(page: Page, days: Sequence[Day], is_case: IsCase) -> tuple[Found, ...]:
    """Return the sentences that tell what was done on which day."""
    found: dict[str, Found] = {}
    for day in days:
        sentence = page.sentence_at(day.start)
        told = page.told(sentence)
        if (
            is_case(sentence)
            and 30 <= len(told) <= LONGEST_FACT
            and page.has(sentence, "case")
            and not page.has(sentence, "send", "until")
        ):
            found.setdefault(told, Found(told))
    return tuple(found.values())[:MOST_FACTS]


def outcome_of(page: Page, is_case: IsCase, *, has_targets: bool) -> str:
    """Return how it ended, where the appeal's beginning tells that it did and nothing is urgent any more."""
    sentences = [sentence for sentence in page.sentences if is_case(sentence)]
    early = [
        sentence
        for sentence in sentences[: TOP + 4]
        if page.has(sentence, "outcome")
        and not sentence.is_item
        and not page.has(sentence, "demand", "calling")
        and not MUST.search(page.told(sentence))
    ]
    if not early:
        return ""
    is_thankful = any(page.has(sentence, "thanks") for sentence in sentences[:60])
    is_urgent = any(page.has(sentence, "urgent") for sentence in sentences)
    is_asking = any(page.has(sentence, "demand", "calling") for sentence in sentences)
    if (is_urgent and has_targets) or ((has_targets or is_urgent or is_asking) and not is_thankful):
        return ""
    words = {page.words[mark.first].text for sentence in early for mark in page.marks_of(sentence, "outcome")}
    return "won" if words & _WON else "released"


_WON_TEXT = """
    we victory acquitted charges reinstated all победа победили оправдан sieg gewonnen freigesprochen victoire
    acquitté réintégré victoria absuelto reincorporado vittoria assolto reintegrato vitória absolvido reintegrado
    overwinning vrijgesproken zwycięstwo wygraliśmy uniewinniony vítězství vyhráli zproštěn seier vant frikjent
    zafer beraat kazandık
"""
_WON = frozenset(_WON_TEXT.split())
