"""What must be done, said plainly beside the addresses? "Drop the charges.", "The miners must be paid.".

Law: only for an appeal that demands nothing in other words, and never what its readers are to do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailer.core.drafting.cries import OURS, STRIKES
from mailer.core.drafting.duties import MUST_TEXT
from mailer.core.drafting.extent import is_of_readers
from mailer.core.drafting.forms import phrase
from mailer.core.drafting.joins import parts_of
from mailer.core.drafting.page import Page, Sentence

LEAST = 3  # words of an order
LONGEST = 160
MOST_SUBJECT = 8  # words before the verb
TOP = 3  # lines of a heading

_MUST = re.compile(
    rf"\b(?:{MUST_TEXT}|ought to|(?:may|can|need) not|darf nicht|dürfen nicht|gehör(?:t|en)|ne (?:peut|"
    r"peuvent) (?:pas|plus)|no (?:puede|pueden)|nie może)\b",
    re.IGNORECASE,
)
_NONE = re.compile(r"(?:no(?! one| longer)|kein\w*|geen|ni un[ao]?|żadn\w+|niet één)\s", re.IGNORECASE)
# What has to be done by those who read, or what is only likely: "they must have known".
_NO_ORDER = re.compile(
    r"\b(?:sa(?:id|ys)|told|claim\w*|believ\w+)\b|\b(?:must|should|could) (?:have|not forget|know|remember|see|"
    r"reach|arrive|come in|contact)\b|\b(?:wrote|added|explained|noted)\b|"
    r"^stop press\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\w+ (?:of|from|to|d[eiou]|von|van)\b|\w+(?:[^s]s|ing|ed)\b", re.IGNORECASE
)  # "release of ..": no order
_NUMBER = re.compile(r"\d\d|\d (?:[A-Z]|p\.?m)|@|\|")
_LEAD = re.compile(r"(?:and|so|therefore|also|now|then)\s+|[\"“„«]", re.IGNORECASE)
_OTHER = (
    "send",
    "message",
    "join",
    "donate",
    "event",
    "solidarity",
    "copy",
    "signed",
    "reading",
    "about",
    "campaigners",
    "ally",
)
# "He could end this by paying ..", "How: by reopening ..".
_WAY = re.compile(
    r"(?:^how:|\b(?:can|could|may|might|would|has the power to|have it in their hands to)\s(?:\w+\s){0,2}?(?:end|"
    r"stop|settle|"
    r"solve|resolve|prevent|avert|undo)\s(?:this|it|that|the \w+)[^.;]{0,40}?[:,]?)\s+by\s+(?=\w+ing\b)",
    re.IGNORECASE,
)
_AND_BY = re.compile(r"(?:,\s+(?:and\s+)?|\s+and\s+)by\s+(?=\w+ing\b)", re.IGNORECASE)


def ways_out(page: Page, sentence: Sentence) -> Iterator[str]:
    """Yield by which deeds somebody could end what is protested against: "he could end this by paying the wages"."""
    told = page.told(sentence).rstrip(" .!")
    match = _WAY.search(told)
    is_ours = match and (OURS.match(told) or is_of_readers(page, sentence.start + match.end(), sentence.end))
    if match and not is_ours and not _NO_ORDER.search(told):
        yield from _AND_BY.split(told[match.end() :])


def plain_orders(page: Page, sentence: Sentence) -> Iterator[str]:
    """Yield what a sentence orders, or says must be done."""
    told = page.told(sentence).strip(' .!"“”')
    if not _may_order(page, sentence, told):
        return
    lead = _LEAD.match(told)
    order = told[lead.end() :] if lead else told
    if _NO_ORDER.search(order):
        return
    if _is_order(page, sentence, order):
        yield from _each(order)
    elif page.has(sentence, "deed", "office") and (_is_must(order) or (_NONE.match(order) and _MUST.search(order))):
        yield order


def _may_order(page: Page, sentence: Sentence, told: str) -> bool:
    """Tell whether a sentence is short, below the title, and tells its readers nothing."""
    is_top = sentence.line - page.sentences[0].line < TOP
    is_short = len(told) <= LONGEST and len(told.split()) >= LEAST and page.text[sentence.end - 1] in ".!"
    is_other = page.has(sentence, *_OTHER) or is_of_readers(page, sentence.start, sentence.end)
    return is_short and not is_top and not is_other and ":" not in told and not _NUMBER.search(told)


def _is_order(page: Page, sentence: Sentence, order: str) -> bool:
    """Tell whether a sentence begins with a verb that tells an office's deed: "Drop ..", "Let them go"."""
    named = phrase(order)
    word = page.word_at(page.text.find(order, sentence.start))
    form = named.form((0, len(named.words)), 0)
    is_known = bool(page.marks_between(word, word + 1, "imperative")) or (form == "verb" and 0 in named.deeds)
    return form == "light" or (is_known and not _NAMED.match(order))


def _is_must(order: str) -> bool:
    """Tell whether somebody else than those who read must do something, or something must be done."""
    match = _MUST.search(order)
    if not match or OURS.match(order) or STRIKES.search(order):
        return False
    return 0 < len(order[: match.start()].split()) <= MOST_SUBJECT and len(order[match.end() :].split()) > 0


def _each(order: str) -> Iterator[str]:
    """Yield the orders of a series: "Pay the wages, let the water through; reopen the bakery"."""
    for part in parts_of(order):
        pieces = re.split(r",\s+(?:and\s+)?", part)
        is_series = all(len(piece.split()) > 1 and phrase(piece).form((0, 4), 0) for piece in pieces)
        yield from pieces if is_series else [part]
