"""What is the appeal about? Its title, summary, facts and people, and whether it is over.

Law: sentences are taken as they stand; a person is named beside what was done to them, more than once or in the title.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from mailer.core.drafting_country import named_countries
from mailer.core.drafting_dates import Day
from mailer.core.drafting_lore import Lore
from mailer.core.drafting_page import Page, Sentence
from mailer.core.drafts import Found

TOP = 12  # sentences among which the title stands
LONGEST_TITLE = 150
LONGEST_SUMMARY = 400
LONGEST_FACT = 300
MOST_FACTS = 5
MOST_PEOPLE = 4

_NAME = re.compile(
    r"\b[^\W\d_a-zа-яё][^\W\d_]+(?:[-'’][^\W\d_]+)?(?: (?:al|el|bin|bint|ibn|de|da|dos|del|van|von|"
    r"der|la|al-|el-)(?=[ -]))?(?:[ -][^\W\d_a-zа-яё][^\W\d_]+(?:[-'’][^\W\d_]+)?){1,2}\b"
)
_NOISE = re.compile(
    r"^(?:post(?:ed)? by|by|from|printable|home|share|facebook|twitter|link to|menu|login|search|"
    r"tags?|category|filed under|send|in partnership|taken from|subject|date|to)\b|^\W*$|\|",
    re.IGNORECASE,
)

_NO_PEOPLE = (
    *("office", "embassy", "campaigners", "event", "street"),
    *("about", "ally", "imperative", "protest", "solidarity"),
)

IsCase = Callable[[Sentence], bool]


def title_of(page: Page, lore: Lore) -> Found:
    """Return the title: the first short line that is of the case, and not of the page around it."""
    top = [sentence for sentence in page.sentences[:TOP] if sentence.is_first and not _NOISE.match(page.told(sentence))]
    short = [
        sentence
        for sentence in top
        if sentence.words[1] - sentence.words[0] >= 2 and sentence.end - sentence.start <= LONGEST_TITLE
    ]
    of_case = [
        sentence
        for sentence in short
        if page.has(sentence, "case", "solidarity", "imperative", "protest", "outcome")
        or _names_country(page, lore, sentence)
    ]
    for sentence in (*of_case, *short):
        if not page.has(sentence, "footer", "donate"):
            doubt = "" if sentence in of_case else "the title?"
            return Found(page.told(sentence).strip(" .:"), doubt)
    first = page.told(page.sentences[0])[:LONGEST_TITLE] if page.sentences else ""
    return Found(first, "no line looks like a title")


def _names_country(page: Page, lore: Lore, sentence: Sentence) -> bool:
    """Tell whether a sentence names a country."""
    return any(True for _ in named_countries(page, lore, *sentence.words))


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


def people_of(page: Page, lore: Lore, title: str, is_case: IsCase) -> tuple[Found, ...]:
    """Return the people of the case."""
    counts: Counter[str] = Counter()
    hurt: set[str] = set()
    for sentence in filter(is_case, page.sentences):
        names = tuple(_names(page, lore, sentence))
        counts.update(names)
        hurt.update(names if page.has(sentence, "case") else ())
    counts = Counter({name: count for name, count in counts.items() if name in hurt})
    likely = [(name, count) for name, count in counts.most_common(12) if count > 2 or name in title]
    likely.sort(key=lambda one: (one[0] not in title, -one[1]))
    whole = [name for name, _ in likely if not any(name in other for other, _ in likely if other != name)]
    return tuple(Found(name) for name in (whole[:1] if whole and whole[0] in title else whole[:MOST_PEOPLE]))


def _names(page: Page, lore: Lore, sentence: Sentence) -> Iterator[str]:
    """Yield what looks like the name of a person."""
    for match in _NAME.finditer(page.text, sentence.start, sentence.end):
        first, past = page.word_at(match.start()), page.word_at(match.end())
        if not match[0].isupper() and not _is_no_person(page, lore, first, past):
            yield match[0]


def _is_no_person(page: Page, lore: Lore, first: int, past: int) -> bool:
    """Tell whether words with capitals are an office, a body, a month, a place, or begin something quoted."""
    words = {word.text for word in page.words[first:past]}
    start = page.words[first].start
    return bool(
        page.marks_between(first, past, *_NO_PEOPLE)
        or page.marks_between(max(0, first - 1), first, "office", "embassy")
        or words & _BODIES
        or any(word in lore.months for word in words)
        or page.text[start - 1 : start] in ("“", '"', "‘", "'", "«", "„")
        or any(True for _ in named_countries(page, lore, first, past))
    )


_BODIES_TEXT = """
    socialist party union center centre studies movement group workers international human rights university street
    solidarity youth people news national press radio club society alliance association front party resistance
    amnesty network action european today social the this our your federation
"""
_BODIES = frozenset(_BODIES_TEXT.split())


def outcome_of(page: Page, is_case: IsCase, *, has_targets: bool) -> str:
    """Return how it ended, where the appeal's beginning tells that it did and nothing is urgent any more."""
    sentences = [sentence for sentence in page.sentences if is_case(sentence)]
    early = [
        sentence
        for sentence in sentences[: TOP + 4]
        if page.has(sentence, "outcome") and not sentence.is_item and not page.has(sentence, "demand", "calling")
    ]
    if not early:
        return ""
    is_thankful = any(page.has(sentence, "thanks") for sentence in sentences[:60])
    is_urgent = any(page.has(sentence, "urgent") for sentence in sentences)
    if (is_urgent and has_targets) or (has_targets and not is_thankful):
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
