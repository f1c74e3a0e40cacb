"""Which lines are a postal address? Told by a label, or by streets, boxes, codes and countries in a short line.

Law: an address is taken as it stands, line by line, and ends at the first label of a number or a mail address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from mailer.core.drafting_lore import Lore
from mailer.core.drafting_page import Page, Sentence
from mailer.core.drafting_tokens import Token

LONGEST = 200  # characters of one line of an address
MOST_LINES = 8
MOST = 100

_CODE = re.compile(
    r"\b(?:\d{5,6}|\d{5}-\d{3,4}|\d{2}-\d{3}|\d{3} \d{2}|\d{4} ?[A-Z]{2}|"
    r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]{2} \d{5}|[A-Z]-?\d{4,5}|(?!19|20)\d{4}(?= [^\W\d_a-zß-ÿ]))\b"
)
_HOUSE = re.compile(r"\b\d{1,5}(?:[/-]\d{1,4})?[a-zA-Zа-яА-Я]?\b")
_LABEL_END = re.compile(r"(?:[^\n:]{0,60}?\b(?:is|are|ist|est|es|è|é|to|lautet|jest|är|er)\b)?\s*:?\s*")
_STREET_END = re.compile(
    r"(?:stra(?:ß|ss)e|str|allee|weg|platz|gasse|ring|damm|ufer|laan|straat|gracht|plein|kade|gata|"
    r"gaten?|veien?|vej|utca|tie|katu)$",
    re.IGNORECASE,
)
_NAME_PART = re.compile(r"[^:\n]{2,90}:\s+(?=\S)")
_STOP = re.compile(r"\.\s+(?:or|and|please|also|you|your)\b|[.;]?\s*\((?!.{0,20}\d)", re.IGNORECASE)
_PROSE = re.compile(r"(?<![\w'’])[a-zа-яё]{5,}(?![\w'’])")


def posts_in(page: Page, tokens: Sequence[Token], lore: Lore) -> tuple[Token, ...]:
    """Return the postal addresses in their order."""
    found: list[Token] = []
    for _, group in groupby(page.sentences, key=lambda sentence: sentence.block):
        found.extend(_of_block(page, tuple(group), tokens, lore))
        if len(found) > MOST:
            break
    return tuple(found[:MOST])


def _of_block(page: Page, block: Sequence[Sentence], tokens: Sequence[Token], lore: Lore) -> Iterator[Token]:
    """Yield the addresses of one paragraph: the lines that hang together."""
    run: list[tuple[int, int, int]] = []  # start, end and score of the lines so far
    for sentence in block:
        is_place = page.has(sentence, "picket") and not page.has(sentence, "send")
        span = None if is_place else _address_part(page, sentence, tokens)
        score = _score(page, span, lore, _is_labelled(page, sentence, span)) if span else -9
        if span and score > -2 and len(run) < MOST_LINES and (not run or _hang_together(page, run[-1][1], span[0])):
            run.append((*span, score))
        else:
            yield from _closed(page, run)
            run = [(*span, score)] if span and score > -2 else []
        if span and page.text[span[1] : sentence.end].strip(" .,;"):
            yield from _closed(page, run)
            run = []
    yield from _closed(page, run)


def _hang_together(page: Page, end: int, start: int) -> bool:
    """Tell whether only the end of a line is between two parts."""
    between = page.text[end:start]
    return not between.strip(" ,;.\n") and between.count("\n") == 1


def _closed(page: Page, run: list[tuple[int, int, int]]) -> Iterator[Token]:
    """Yield the address that a run of lines is, if there is enough to tell."""
    if not run or max(score for *_, score in run) < 2:
        return
    start, end = run[0][0], run[-1][1]
    lines = [page.text[left:right].strip(" ,;") for left, right, _ in run]
    value = "\n".join(line for line in lines if line).rstrip(".")
    if len(value) >= 12 and (len(run) == 1 or sum(score for *_, score in run) >= 2):
        yield Token("post", start, end, value, page.text[start:end])


def _address_part(page: Page, sentence: Sentence, tokens: Sequence[Token]) -> tuple[int, int] | None:
    """Return where in a sentence an address could stand: after its label or name, before the first number or mail."""
    start, end = sentence.start, sentence.end
    for mark in page.marks_of(sentence, "post"):
        left, right = page.span(mark)
        label = _LABEL_END.match(page.text, right, end)
        if label and ":" in label[0] and left - start < 90:
            start = label.end()
    for mark in page.marks_of(sentence, "fax", "phone", "mobile", "mail", "web"):
        left, right = page.span(mark)
        if left >= start and _is_label(page, left, right):
            end = min(end, left)
    end = min((token.start for token in tokens if start <= token.start < end), default=end)
    stop = _STOP.search(page.text, start, end)
    end = stop.start() if stop and stop.start() > start + 10 else end
    name = _NAME_PART.match(page.text, start, end)
    start = name.end() if name and end - name.end() > 11 else start
    told = page.text[start:end]
    end -= len(told) - len(told.rstrip(" \t-–—,;:(/|•·"))
    return (start, end) if 3 <= end - start <= LONGEST else None


def _is_label(page: Page, left: int, right: int) -> bool:
    """Tell whether a word labels what follows, and is not part of a street: "T:", "Tel. 1", but no "f" in a name."""
    after = page.text[right : right + 12]
    return right - left > 2 or after.lstrip(" .")[:1] in (":", "+", "(") or after.lstrip(" .")[:1].isdigit()


def _is_labelled(page: Page, sentence: Sentence, span: tuple[int, int] | None) -> bool:
    """Tell whether the word "address" and a colon stand before a part."""
    marks = page.marks_of(sentence, "post")
    return bool(span and marks and page.span(marks[0])[1] <= span[0] and ":" in page.text[sentence.start : span[0]])


def _score(page: Page, span: tuple[int, int], lore: Lore, is_labelled: bool) -> int:
    """Return how much a part looks like (a line of) an address: 2 is enough, below -1 it is none."""
    told = page.text[span[0] : span[1]]
    first, past = page.word_at(span[0]), page.word_at(span[1])
    marks = {mark.kind for mark in page.marks_between(first, past)}
    words = [page.text[word.start : word.end] for word in page.words[first:past]]
    if not words or "@" in told:
        return -9
    lower = sum(1 for word in words if word.islower() and len(word) > 3)
    score = 2 * (bool(_HOUSE.search(told)) and ("street" in marks or any(map(_STREET_END.search, words)))) + 2 * (
        "box" in marks and bool(re.search(r"\d", told))
    )
    score += 2 * bool(_CODE.search(told)) + (told.count(",") >= 2) + 2 * is_labelled
    score += bool(_country(words, lore)) * (1 if len(words) < 14 else 0)
    score -= 3 * bool(marks & {"send", "demand", "calling", "about", "copy", "dear"} and lower > 1)
    score -= 2 * (told.endswith(":")) + 4 * (lower / len(words) > 0.34) + 3 * (len(words) > 30)
    score -= 3 * bool(re.search(r"[.!?] [A-Z]\w+ [a-z]+ [a-z]+", told)) + 3 * (
        len(_PROSE.findall(told)) > (2 if len(words) > 12 else 5)
    )
    return score


def _country(words: Sequence[str], lore: Lore) -> bool:
    """Tell whether the last words are the name of a country."""
    lowered = [word.lower() for word in words[-3:]]
    return any(" ".join(lowered[index:]) in lore.country_names for index in range(len(lowered)))
