"""Which addresses stand in the middle of prose? Names and numbers between words of a sentence that calls to write.

Law: prose needs more to be an address than a line for itself does; whoever is written to there belongs to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mailer.core.drafting.addressees import (
    MOST_BEFORE,
    begins_with_office,
    has_building,
    names_house,
    names_office,
)
from mailer.core.drafting.lore import Lore
from mailer.core.drafting.page import Page, Sentence
from mailer.core.drafting.places import ENOUGH, LONGEST, OCLOCK, PROSE, SHORTEST, ends_in_country, points, stretches
from mailer.core.drafting.tokens import Token
from mailer.core.drafting.turns import calls

MOST_COMMAS = 2  # of an office that is named in prose, and not written to
MOST_NAME = 8  # words of a name and a department before a street

_NAMED_CODE = re.compile(r"[^\W\d_a-zß-ÿ]\w+,? [^,\n]{0,80}, [^\n]{0,60}\d")  # "House of Example, London SW1 0AA"
_CALLED = re.compile(r"\b(?:to|an|à|a|al|alla|ao|do|na|til|aan)\s+(?:the\s+|den\s+|die\s+)?", re.IGNORECASE)
_CHANNEL = re.compile(r"[\s,;:(–—-]{0,8}(?:\w[\w.+-]{0,63}@|[+(]?\d)")
_ENCLOSED = re.compile(r"\(([^()\n]{12,200})\)")
_PARTS = (" ", "(", ",", ";")
_OWN_NAME = re.compile(r"[^\W\d_a-zß-ÿа-я][^\d,;()]{3,80}[,;]")  # "Example Corp, Street 5": no street comes first
_OPENED = re.compile(r"\s\(")
_PARTED = re.compile(r"[:;]\s+|\s[–—-]\s+")
_TO_WHOM = re.compile(
    r"(?::|\b(?:and|und|et|y|e|en|og|oraz|to|at|an|à|a|al|alla|ao|do|na|til|aan|на|в|по)(?:\s+(?:the|den|die|der|le|la|el|il|o))?)\s*$",
    re.IGNORECASE,
)


def addresses_within(page: Page, sentence: Sentence, tokens: Sequence[Token], lore: Lore) -> list[tuple[int, int, int]]:
    """Return where addresses stand in the middle of prose, with their points: more than a line for itself needs."""
    length = sentence.end - sentence.start
    is_asking = (page.has(sentence, "copy") or calls(page, sentence)) and length > LONGEST // 4
    past = max((token.end for token in tokens if sentence.start <= token.start < sentence.end), default=sentence.end)
    is_asking = is_asking or page.has(sentence, "dear")
    if not is_asking and length < LONGEST // 2 and sentence.end - past <= SHORTEST:
        return []
    hidden = [(token.start, token.end) for token in tokens if sentence.start <= token.start < sentence.end]
    found: list[tuple[int, int, int]] = []
    before = (sentence.start, sentence.start)
    enclosed = list(_enclosed(page, sentence, hidden, lore))
    apart = (part for part in stretches(page, sentence.words, hidden) if not _is_in(part, enclosed))
    for part in sorted((*apart, *enclosed)):
        if OCLOCK.match(page.text, part[0]):
            continue
        score = points(page, part, lore, is_labelled=False) if SHORTEST < part[1] - part[0] <= LONGEST else PROSE
        begin = called_from(page, _addressee(page, sentence, part[0]), part[1])
        is_sure = score >= 0 and _is_sure(page, sentence, (begin, part[1]), score, lore)
        if score > ENOUGH or part in enclosed or is_sure:
            begin = _named_outside(page, before, begin)
            found.append((begin, part[1], max(score, ENOUGH)))
        before = part
    return found


def _is_in(part: tuple[int, int], spans: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a part begins within one of some spans."""
    return any(start <= part[0] < end for start, end in spans)


def _enclosed(
    page: Page, sentence: Sentence, hidden: Sequence[tuple[int, int]], lore: Lore
) -> Iterator[tuple[int, int]]:
    """Yield what stands in brackets, up to a number or its label there, and is an address as a whole."""
    for match in _ENCLOSED.finditer(page.text, sentence.start, sentence.end):
        start, end = match.span(1)
        marks = page.marks_between(page.word_at(start), page.word_at(end), "fax", "phone", "mobile", "mail", "web")
        ends = [page.span(mark)[0] for mark in marks if page.text.endswith(_PARTS, 0, page.span(mark)[0])]
        past = min([at for at in (*ends, *(span[0] for span in hidden)) if start <= at], default=end)
        told = page.text[start : min(past, end)].rstrip(" ,;/|–—-")
        span = start, start + len(told)
        is_listed = len(told) > SHORTEST and ("," in told or ";" in told)
        least = 1 if names_office(page, *span) and has_building(page, *span) else ENOUGH
        if is_listed and points(page, span, lore, is_labelled=False) >= least:
            yield span


def _named_outside(page: Page, before: tuple[int, int], start: int) -> int:
    """Return where an address in brackets begins with the office that they follow: "the Mayor (Town Hall, ..)"."""
    is_next = bool(_OPENED.fullmatch(page.text, before[1], start))
    marks = page.marks_between(page.word_at(before[0]), page.word_at(before[1]), "office", "embassy")
    is_named = marks or (
        page.word_at(before[1]) - page.word_at(before[0]) > 1 and not _OWN_NAME.match(page.text, start)
    )
    return called_from(page, *before) if is_next and is_named else start


def _is_sure(page: Page, sentence: Sentence, part: tuple[int, int], score: int, lore: Lore) -> bool:
    """Tell whether what stands in or around a part makes up for points that it has not."""
    if _is_letter_head(page, sentence, part, lore) or _is_house(page, sentence, part):
        return True
    is_named = bool(_NAMED_CODE.search(page.text, *part))
    return score == ENOUGH and (is_named or _is_addressed(page, sentence, part, lore))


def _is_house(page: Page, sentence: Sentence, part: tuple[int, int]) -> bool:
    """Tell whether an office with its building and town is called upon, or its number follows."""
    if not names_house(page, *part):
        return False
    after = page.word_at(part[1])
    label = page.marks_between(after, after + 1, "fax", "phone", "mail")
    is_told = bool(label) or bool(_CHANNEL.match(page.text, part[1]))
    return is_told or (
        page.has(sentence, "send", "message") and bool(_TO_WHOM.search(page.text[sentence.start : part[0]]))
    )


def called_from(page: Page, start: int, end: int) -> int:
    """Return where a part of a line goes on behind a call that it begins with: "Write to the Mayor, Town Hall, ..."."""
    first = page.word_at(start)
    call = _CALLED.search(page.text, start, min(end, start + LONGEST // 5))
    is_call = call is not None and bool(page.marks_between(first, first + 1, "send", "post", "copy"))
    is_named = call is not None and (page.text[call.end()].isupper() or begins_with_office(page, call.end()))
    return call.end() if call and is_call and is_named else start


def _is_letter_head(page: Page, sentence: Sentence, part: tuple[int, int], lore: Lore) -> bool:
    """Tell whether an office with its country begins a sentence and is then greeted: lines that lost their breaks."""
    first, past = page.word_at(part[0]), page.word_at(part[1])
    offices = page.marks_between(first, past, "office")
    is_greeted = bool(page.marks_between(past, past + 1, "dear")) and part[0] == sentence.start
    is_named = len(offices) > 1 and offices[0].first == first
    return is_greeted and is_named and ends_in_country([word.text for word in page.words[first:past]], lore)


def _addressee(page: Page, sentence: Sentence, start: int) -> int:
    """Return where an address in prose begins with the one who is written to: "to the head of finance, Town Hall"."""
    told = page.text[max(sentence.start, start - LONGEST // 2) : start]
    called = list(_CALLED.finditer(told)) if told.endswith(", ") else []
    begin = start - len(told) + called[-1].end() if called else start
    if not _TO_WHOM.search(told) and (named := _named_before(page, start - len(told), start)):
        return named
    first, past = page.word_at(begin), page.word_at(start)
    is_office = bool(page.marks_between(first, past, "office")) or page.text[begin].isupper()
    is_free = not page.marks_between(first, past, "send", "copy", "fax", "phone", "mail")
    return begin if is_office and is_free and page.marks_between(sentence.words[0], first, "send") else start


def _named_before(page: Page, left: int, start: int) -> int:
    """Return where a name with its department begins behind a colon or a dash: ".. : Example Corp, purchasing, ..".

    It is 0 where there is none.
    """
    parted = list(_PARTED.finditer(page.text, left, start))
    begin = parted[-1].end() if parted else start
    first, past = page.word_at(begin), page.word_at(start)
    is_name = page.text[begin : begin + 1].isupper() and 0 < past - first <= MOST_NAME and "," in page.text[begin:start]
    marks = page.marks_between(first, past, "send", "copy", "fax", "phone", "mail", "post", "event", "demand")
    is_free = all(page.span(mark)[1] - page.span(mark)[0] == 1 for mark in marks)  # the "t" of "t.a.v."
    return begin if is_name and is_free and not re.search(r"\d|[^\W\d_]{4}[.!?]\s", page.text[begin:start]) else 0


def _is_addressed(page: Page, sentence: Sentence, part: tuple[int, int], lore: Lore) -> bool:
    """Tell whether a call sends letters to an office in its building and country: "write to: A, State House, Chile"."""
    first, past = page.word_at(part[0]), page.word_at(part[1])
    is_house = names_office(page, *part) and has_building(page, *part)
    is_sent = bool(page.marks_between(sentence.words[0], first, "send")) or calls(page, sentence)
    is_listed = page.text.count(",", *part) > MOST_COMMAS
    is_house = is_house or (is_listed and begins_with_office(page, part[0], MOST_BEFORE))
    is_place = is_house and ends_in_country([word.text for word in page.words[first:past]], lore)
    return is_place and is_sent and bool(_TO_WHOM.search(page.text[sentence.start : part[0]]))
