"""Is an address for something kind: a card for a prisoner, a few lines to her family, greetings to strikers?

Law: where an office is named nobody is only greeted; what is kind to anybody needs a friend beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from mailer.core.drafting.lexicon import Mark
from mailer.core.drafting.page import Page, Sentence
from mailer.core.drafting.segments import own_start
from mailer.core.drafting.tokens import Token

NEAR = 3  # words between a card and the one who gets it
MOST_KIND = 8  # words that are looked at before one address
LONGEST_BETWEEN = 60  # characters between a copy, messages of support, and the one address for both

_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,255}")
_NUMBER = re.compile(r"\d{3}")
# "Write to her"; "write to them" may be for a company.
_FRIENDS_TEXT = """
    her him herself himself ihr ihm lui elle ella lei ela lhe haar hem niej niego jí mu ji henne ham ей ему неё него ona
"""
FRIENDS = frozenset(_FRIENDS_TEXT.split())
_SELVES = frozenset(["herself", "himself"])  # "write to Anna herself"
_WITH_FRIEND = re.compile(r"(?:(?:[aeiouáéíóú]n?|[aei]r)le|(?:te|mo|re)(?:gli|le)|lhe)$")  # "escríbanle", "scrivetele"
_FOR_NAME = re.compile(r"[^.:;@\n]{0,40}?\s(?:for|für|pour|para|per|voor|dla|pro|til|для|için)\s+(?=[^\W\d_a-zß-ÿа-я])")
_TO_NAME = re.compile(r"\s+(?:to|an|à|a|ad|ao|à|aan|do|til|k)\s+(?=[^\W\d_a-zß-ÿа-я][^\W\d_A-ZА-Я]+\s?[:.,])")
_TO_NAME_BEFORE = re.compile(r"[^\W\d_a-zß-ÿ]\w+['’]y?[ae]\s+$")  # "Anna'ya birkaç satır"
_LETTER = re.compile(r"letter|brief|brieven|lettre|carta|list|dopis|brev|письм|mektu")  # it may be of protest
_PICTURE = re.compile(r"photo|foto|zdjęci|fotky|bild|картин|фото|resim")
_LABELS = re.compile(r"[^.;:>@\n→]{0,50}[:>→]\s?\S{1,64}@")
_AND = re.compile(r"(?:^|\s)(?:and|und|sowie|et|y|e|en|i|oraz|a|og|ve|и|&|\+)\s")


def kind_words(page: Page, sentence: Sentence, *, has_address: bool = False) -> Iterator[int]:
    """Yield from where on a sentence tells that its address, or that below its colon, is for something kind."""
    told = page.told(sentence)
    if page.has(sentence, "thanks") or (page.has(sentence, "signed", "closing") and not leads(told)):
        return
    around = _around(page, sentence)
    start = own_start(page, sentence)
    for channel in (*_MAIL.finditer(page.text, sentence.start, sentence.end), None):
        end = channel.end() if channel else sentence.end
        found = _kind_within(page, around, page.word_at(start), page.word_at(end))
        is_about_address = channel or told.endswith(":") or has_address or _NUMBER.search(page.text, start, end)
        if found and is_about_address:
            yield min(found)
        elif found and told.count("@") == 1:
            yield sentence.start  # "Write to her: x@y.example, every line helps"
        start = end


@dataclass(frozen=True, slots=True)
class _Around:
    """What the sentence around a card says."""

    sentence: Sentence
    is_asking: bool  # for something: no card does
    is_to_friend: bool  # its verb carries the pronoun of who is written to: "escríbanle"
    is_after_office: bool


def _around(page: Page, sentence: Sentence) -> _Around:
    """Return what is looked at once for all cards of a sentence."""
    sent = [page.words[one.first].text for one in page.marks_of(sentence, "send")]
    above = page.sentence_above(sentence)
    is_after_office = above.block == sentence.block and page.has(above, "office", "embassy")
    is_asking = page.has(sentence, "sample", "demand", "calling", "release")
    return _Around(sentence, is_asking, any(map(is_to_friend, sent)), is_after_office)


def _kind_within(page: Page, around: _Around, first: int, past: int) -> list[int]:
    """Return where between two words something kind is said; nowhere if an office is named there."""
    if page.marks_between(first, past, "office", "embassy", "protest", "donate"):
        return []
    kind = page.marks_between(first, past, "warm", "keepsake")[:MOST_KIND]
    found = [page.span(mark)[0] for mark in kind if mark.kind == "warm" or _is_for_friend(page, around, mark)]
    sends = page.marks_between(first, past, "send")
    selves = [page.words[at].start for at in range(first, past) if sends and page.words[at].text in _SELVES]
    return found + selves


def is_to_friend(verb: str) -> bool:
    """Tell whether a verb carries the pronoun of who is written to: "escríbanle", "scrivetele"."""
    return bool(_WITH_FRIEND.search(verb))


def leads(told: str) -> bool:
    """Tell whether a colon, or "to", stands between what is said and an address: no signature has one."""
    return bool(re.search(r":(?:\s*\S{0,60}@|$)|\b(?:to|an|à|a|ao|aan|do|til|на) \S{1,60}@\S{1,60}$", told))


def _is_for_friend(page: Page, around: _Around, mark: Mark) -> bool:
    """Tell whether a card or a letter is for somebody of the case: "her a card", "cards for Anna", "lines to them"."""
    if around.is_asking:
        return False
    sentence = around.sentence
    if mark.first == sentence.words[0] and _is_label(page, mark):
        return True
    first, past = max(sentence.words[0], mark.first - NEAR), min(sentence.words[1], mark.last + 1 + NEAR)
    if _is_for_name(page, sentence, mark, first) or page.marks_between(mark.last + 1, past, "ally"):
        return True
    if mark.first > first and page.marks_between(mark.first - 1, mark.first, "ally"):
        return True
    is_friend = around.is_to_friend or any(word.text in FRIENDS for word in page.words[first:past])
    return is_friend and not around.is_after_office


def _is_label(page: Page, mark: Mark) -> bool:
    """Tell whether cards or greetings label an address: "cards, songs > a@b.example"; letters may be of protest."""
    is_other = _LETTER.match(page.words[mark.last].text) or _PICTURE.match(page.words[mark.last].text)
    return not is_other and bool(_LABELS.match(page.text, page.span(mark)[1]))


def _is_for_name(page: Page, sentence: Sentence, mark: Mark, first: int) -> bool:
    """Tell whether a name stands beside: "Cards for Anna", "Send Anna a card"; a letter to a name may be a protest."""
    start, end = page.span(mark)
    is_letter = bool(_LETTER.match(page.words[mark.last].text))
    if mark.first - sentence.words[0] < NEAR and _FOR_NAME.match(page.text, end):
        return True
    if is_letter or (mark.first - sentence.words[0] < NEAR and _TO_NAME.match(page.text, end)):
        return not is_letter
    return bool(_TO_NAME_BEFORE.search(page.text[sentence.start : start][-40:])) or _is_sent_to_name(page, mark, first)


def _is_sent_to_name(page: Page, mark: Mark, first: int) -> bool:
    """Tell whether a name stands between a call and a card: "Send Anna a card"."""
    sends = page.marks_between(first, mark.first, "send")
    return bool(sends) and page.text[page.words[sends[-1].last + 1].start].isupper()


def supported_too(page: Page, mails: Sequence[Token]) -> Iterator[Token]:
    """Yield the addresses of copies that are for messages of support as well: "copies and greetings to", "the same"."""
    for sentence in page.sentences if mails else ():
        kind = page.marks_of(sentence, "solidarity", "warm")[:MOST_KIND]
        if kind and page.has(sentence, "same"):
            yield from [token for token in mails if token.end <= sentence.end][-1:]
        for copy, mark in product(page.marks_of(sentence, "copy")[:MOST_KIND], kind):
            first, last = (copy, mark) if copy.first < mark.first else (mark, copy)
            yield from _joined(page, first, last, mails)


def _joined(page: Page, first: Mark, last: Mark, mails: Sequence[Token]) -> Iterator[Token]:
    """Yield the address right after a copy and a message of support, if an "and" joins these: both are sent there."""
    between, end = page.text[page.span(first)[1] : page.span(last)[0]], page.span(last)[1]
    if len(between) <= LONGEST_BETWEEN and "@" not in between and _AND.search(between):
        yield from islice((token for token in mails if 0 < token.start - end <= LONGEST_BETWEEN), 1)
