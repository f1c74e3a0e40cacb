"""What do the words around a number call it: a fax, a telephone, a telex?

Law: a label stands right before its number, in brackets behind it, or in front of the number that follows.
"""

from __future__ import annotations

import re

from mailer.core.drafting.page import Page

_AFTER = re.compile(r"[ ]?[(\[–-][ ]?(\w{1,12})")
_LEADS = re.compile(r"(?: ?[.:]){1,2} ?[+(]*\d| [+(]*\d{2}")  # "0123 - Fax: 0124": of the number after it
_LETTER = re.compile(r"\.? ?[:.)+(\d]")


def label_after(page: Page, end: int) -> str:
    """Return what a word in brackets after a number calls it."""
    match = _AFTER.match(page.text, end)
    if not match or _LEADS.match(page.text, match.end()):
        return ""
    return label_of(page, page.word_at(match.start(1)))


def label_of(page: Page, word: int) -> str:
    """Return what a word calls a number, if it is a label."""
    marks = page.marks_between(word, word + 1, "fax", "phone", "mobile")
    return ("phone" if marks[0].kind == "mobile" else marks[0].kind) if marks else ""


def labels(page: Page, floor: int, start: int) -> list[tuple[str, int]]:
    """Return the labels of numbers before an offset, each with its end; a letter is one only with a mark: "T: 1"."""
    marks = page.marks_between(page.word_at(floor), page.word_at(start), "fax", "phone", "mobile", "telex")
    named = [("phone" if mark.kind == "mobile" else mark.kind, *page.span(mark)) for mark in marks]
    return [
        (kind, end) for kind, begin, end in named if end <= start and (end - begin > 1 or _LETTER.match(page.text, end))
    ]


def together(page: Page, near: list[tuple[str, int]]) -> tuple[str, ...]:
    """Return the kinds of the last label, and of the one that it is tied to: "tel./fax", "phone and fax"."""
    (kind, end) = near[-1]
    if len(near) < 2 or near[-2][0] == kind:
        return (kind,)
    other, other_end = near[-2]
    between = page.text[other_end:end]
    if ")" in between or len(between) > 14 or "\n" in between or ":" in between:
        return (kind,)
    return (other, kind) if "/" in between or "&" in between or len(between) < 9 else (other,)


def is_before_fax(page: Page, end: int) -> bool:
    """Tell whether the label of a fax follows a number: the number before it is the telephone."""
    word = page.word_at(end)
    is_next = (
        word < len(page.words)
        and page.words[word].start - end <= 4
        and "\n" not in page.text[end : page.words[word].start]
    )
    return is_next and bool(page.marks_between(word, word + 1, "fax"))
