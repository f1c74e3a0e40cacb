"""Which addresses, pages and numbers stand in an appeal, and where?

Law: a number is one only if a label, a verb or its own international prefix says so; how much is looked at is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from mailer.core.drafting_lore import Lore, Number
from mailer.core.drafting_page import Page, Sentence

MOST_TOKENS = 300  # of each kind: an appeal has twenty
LONGEST_LABEL = 40  # characters between a label and its number

_MAIL = re.compile(
    r"(?<![\w.+/@-])(?:mailto:)?([\w][\w.+&'-]{0,63}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,6}[^\W\d_]{2,24})(?![\w@])"
)
_PAGE = re.compile(r"(?<![\w@.])(?:https?://|www\.)[^\s<>\"“”«»\[\]|^`{}]{3,500}", re.IGNORECASE)
_BARE = re.compile(
    r"(?<![\w@./-])(?:[a-z0-9](?:[a-z0-9-]{0,40}[a-z0-9])?\.){1,4}(?:org|net|com|gov|info|int|"
    r"example)(?:\.[a-z]{2})?/[^\s<>\"“”,;]{2,300}",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\w@./:#-])[+(]{0,3} ?\d(?:[ ().\-–/]{0,4}\d){5,44}(?![\w@])")
_DATE = re.compile(
    r"\(?(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{4}[./-]\d{1,2}[./-]\d{1,2}|(?:19|"
    r"20)\d\d ?[-–/] ?(?:19|20)?\d\d)\b[ .)\d]{0,8}"
)
_BETWEEN = re.compile(
    r"[\s,;/()&+.:-]{0,8}(?:(?:and|or|und|oder|y|o|e|ed|et|ou|en|of|i|lub|a|nebo|og|eller|ve|veya|и|"
    r"или)\b)?[\s,;/(:]{0,4}"
)
_AFTER = re.compile(r"[ ]?[(\[–-][ ]?(\w{1,12})")
_EXTENSION = re.compile(r"[ ,;/(]{1,4}(?:[^\W\d]{1,3} )?([^\W\d]{2,9})[.:]{0,2} ?[-–](\d{1,4})(?!\d)")
_PREFIXED = re.compile(r"[( ]{0,3}(?:\+|00|011)")


@dataclass(frozen=True, slots=True)
class _Spelling:
    """What looks like a number; `is_next` tells that only a comma or an "and" parts it from the one before."""

    start: int
    end: int
    told: str
    kinds: tuple[str, ...]
    is_next: bool = False


@dataclass(frozen=True, slots=True)
class Token:
    """A channel as it stands in the text: `email`, `page`, `fax`, `phone` or `post`; `told` is its spelling there."""

    kind: str
    start: int
    end: int
    value: str
    told: str
    doubt: str = ""


def tokens_in(page: Page, lore: Lore, regions: Sequence[str]) -> tuple[Token, ...]:
    """Return all addresses, pages and numbers in their order, none within another."""
    mails = list(islice(_mails(page.text), MOST_TOKENS))
    pages = list(islice(_pages(page.text), MOST_TOKENS))
    numbers = _outside(_numbers(page, lore, regions), (*mails, *pages))
    return tuple(sorted((*mails, *pages, *islice(numbers, MOST_TOKENS)), key=lambda token: (token.start, token.kind)))


def _mails(text: str) -> Iterator[Token]:
    """Yield the e-mail addresses."""
    for match in _MAIL.finditer(text):
        value = match[1].strip(".'-")
        yield Token("email", match.start(), match.end(), value.replace("’", "'"), match[0])


def _pages(text: str) -> Iterator[Token]:
    """Yield the addresses of pages, without what only ends the sentence."""
    past = 0
    for match in sorted((*_PAGE.finditer(text), *_BARE.finditer(text)), key=lambda each: each.start()):
        if match.start() < past:
            continue
        past = match.end()
        told = match[0].rstrip(".,;:!?'’\"”»*…")
        told = told.rstrip(")") if told.count("(") < told.count(")") else told
        value = told if "://" in told else f"http://{told}"
        yield Token("page", match.start(), match.start() + len(told), value, told)


def _outside(found: Iterator[Token], taken: Sequence[Token]) -> Iterator[Token]:
    """Yield the tokens that stand in none that is taken."""
    spans = {offset for token in taken for offset in range(token.start, token.end)}
    return (token for token in found if token.start not in spans)


def _numbers(page: Page, lore: Lore, regions: Sequence[str]) -> Iterator[Token]:
    """Yield the faxes and phones; a number with two labels is both."""
    for spelling in _dealt(list(_spellings(page))):
        for reading in lore.numbers(_closed(spelling.told), regions):
            for kind in spelling.kinds:
                yield _token(kind, spelling.start, spelling.end, reading)


def _spellings(page: Page) -> Iterator[_Spelling]:
    """Yield what looks like a number and is called one."""
    before = _Spelling(-1, -1, "", ())
    for match in islice(_NUMBER.finditer(page.text), MOST_TOKENS):
        told = match[0].strip()
        start = match.end() - len(match[0].lstrip())
        if _DATE.fullmatch(told.strip("( )")):
            continue
        is_next = before.kinds and _BETWEEN.fullmatch(page.text, before.end, start)
        kinds = _kinds(page, start, match.end(), before if is_next else None)
        if kinds and (kinds != ("any",) or _PREFIXED.match(told)):
            before = _Spelling(start, match.end(), told, kinds, bool(is_next))
            yield before
            yield from _extension(page, before)


def _extension(page: Page, number: _Spelling) -> Iterator[_Spelling]:
    """Yield the number that only its last digits tell: "Tel. 030 123 181, Fax: -182"."""
    match = _EXTENSION.match(page.text, number.end)
    label = _label_of(page, page.word_at(match.start(1))) if match else ""
    if match and label:
        told = number.told[: len(number.told) - len(match[2])] + match[2]
        yield _Spelling(match.start(2), match.end(), told, (label,))


def _dealt(spellings: list[_Spelling]) -> Iterator[_Spelling]:
    """Yield numbers in a row with one of their labels each: "telephone and fax numbers are A and B"."""
    for index, spelling in enumerate(spellings):
        following = spellings[index + 1] if index + 1 < len(spellings) else None
        if len(spelling.kinds) == 2 and spelling.is_next:
            yield replace(spelling, kinds=spelling.kinds[1:])
        elif len(spelling.kinds) == 2 and following and following.is_next and following.kinds == spelling.kinds:
            yield replace(spelling, kinds=spelling.kinds[:1])
        else:
            yield spelling


def _closed(told: str) -> str:
    """Return a number's spelling without a bracket that lost its other half."""
    return told.lstrip("( ") if told.count("(") > told.count(")") else told


def _token(kind: str, start: int, end: int, reading: Number) -> Token:
    """Return the token of a number; one without any label is taken for a phone."""
    doubt = reading.doubt if kind != "any" else reading.doubt or "no label: a phone?"
    return Token("phone" if kind == "any" else kind, start, end, reading.value, reading.told, doubt)


def _kinds(page: Page, start: int, end: int, before: _Spelling | None) -> tuple[str, ...]:
    """Return what a number is by the labels around it; `any` where nothing tells, and none for what is no number."""
    label = _label_after(page, end)
    if before is not None and not _is_before_fax(page, end):
        return (label,) if label else before.kinds
    sentence = page.sentence_at(start)
    near = _labels(page, max(sentence.start, start - 200), start)
    if near and (start - near[-1][1] <= LONGEST_LABEL or _PREFIXED.match(page.text, start)):
        return _together(page, near)
    if label:
        return (label,)
    return () if page.has(sentence, "donate") else _from_afar(page, sentence, end, start, near)


def _label_after(page: Page, end: int) -> str:
    """Return what a word in brackets after a number calls it."""
    match = _AFTER.match(page.text, end)
    if not match:
        return ""
    return _label_of(page, page.word_at(match.start(1)))


def _label_of(page: Page, word: int) -> str:
    """Return what a word calls a number, if it is a label."""
    marks = page.marks_between(word, word + 1, "fax", "phone", "mobile")
    return ("phone" if marks[0].kind == "mobile" else marks[0].kind) if marks else ""


def _labels(page: Page, floor: int, start: int) -> list[tuple[str, int]]:
    """Return the labels of numbers before an offset, each with its end."""
    marks = page.marks_between(page.word_at(floor), page.word_at(start), "fax", "phone", "mobile")
    labels = [("phone" if mark.kind == "mobile" else mark.kind, page.span(mark)[1]) for mark in marks]
    return [label for label in labels if label[1] <= start]


def _together(page: Page, near: list[tuple[str, int]]) -> tuple[str, ...]:
    """Return the kinds of the last label, and of the one that it is tied to: "tel./fax", "phone and fax"."""
    (kind, end) = near[-1]
    if len(near) < 2 or near[-2][0] == kind:
        return (kind,)
    other, other_end = near[-2]
    between = page.text[other_end:end]
    if len(between) > 14 or "\n" in between or ":" in between:
        return (kind,)
    return (other, kind) if "/" in between or "&" in between or len(between) < 9 else (other,)


def _from_afar(page: Page, sentence: Sentence, end: int, start: int, near: list[tuple[str, int]]) -> tuple[str, ...]:
    """Return the kind that the label after it, the sentence or the line above tells: "fax the court on the number"."""
    if _is_before_fax(page, end):
        return ("phone",)
    if near:
        return (near[-1][0],)
    above = page.sentence_at(max(0, sentence.start - 1))
    is_heading = above.line < sentence.line and above.end - above.start < 200 and above.opens
    if is_heading and start - sentence.start < 60 and not _NUMBER.search(page.text, above.start, above.end):
        labels = _labels(page, above.start, above.end + 1)
        if labels:
            return (labels[-1][0],)
    return ("any",)


def _is_before_fax(page: Page, end: int) -> bool:
    """Tell whether the label of a fax follows a number: the number before it is the telephone."""
    word = page.word_at(end)
    is_next = (
        word < len(page.words)
        and page.words[word].start - end <= 4
        and "\n" not in page.text[end : page.words[word].start]
    )
    return is_next and bool(page.marks_between(word, word + 1, "fax"))
