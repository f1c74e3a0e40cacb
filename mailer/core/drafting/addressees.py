"""Whose is a postal address? The line above it that says who is written to, where it has too many plain words itself.

Law: only the line right above tells; one that calls to write, labels or ends a sentence is nobody's name.
"""

from __future__ import annotations

import re

from mailer.core.drafting.page import Page, Sentence

LONGEST_ADDRESSEE = 110  # characters of a line that says who is written to
LONGEST_LABEL = 25  # characters of an "Address:" before the first line of one

TITLE = re.compile(r"(?:Dr|Mr|Mrs|Ms|Prof|Hon|Rt|Sra?|Herrn?|Frau|M|Mme|Sen|Rev|Ing|H\.E|His|Her|Sig)\b\.? ")
_INITIAL = re.compile(r"\b[^\W\d_a-zß-ÿа-я]\.$")  # "Министру Примерову А. Б."
_NOT_ABOVE = ("send", "signed", "closing", "demand", "copy", "fax", "phone", "mail", "web", "dear")


def names_office(page: Page, start: int, end: int) -> bool:
    """Tell whether a part of the text names an office."""
    return bool(page.marks_between(page.word_at(start), page.word_at(end), "office", "embassy"))


def begins_with_office(page: Page, start: int, most: int = 1) -> bool:
    """Tell whether a line has the name of an office among its `most` first words: "Embassy of", "President of"."""
    first = page.word_at(start)
    return bool(page.marks_between(first, first + most, "office", "embassy"))


def addressee_above(page: Page, start: int, end: int, *, is_spaced: bool) -> Sentence | None:
    """Return the line right above the first line of an address, if it says who is written to."""
    first = page.sentence_at(start)
    above = page.sentence_at(max(0, first.start - 1))
    told = page.told(above)
    gap = page.text.count("\n", above.end, first.start)
    is_next = 0 < gap <= (2 if is_spaced else 1)
    is_line = (
        above.is_first
        and above.is_last
        and len(told) <= LONGEST_ADDRESSEE
        and (told[-1] not in ".:!?)" or _INITIAL.search(told))
    )
    is_office = names_office(page, start, end) and not TITLE.match(told)
    if not (is_next and is_line and _begins_line(page, first, start)) or is_office:
        return None
    is_free = not page.has(above, *_NOT_ABOVE) and "@" not in told
    return above if is_free and (TITLE.match(told) or page.has(above, "office", "embassy")) else None


def _begins_line(page: Page, line: Sentence, start: int) -> bool:
    """Tell whether an address begins its line, or only the word "address" stands before it there."""
    label = page.text[line.start : start].strip()
    is_label = bool(page.marks_between(line.words[0], page.word_at(start), "post"))
    return not label or (is_label and label.endswith(":") and len(label) <= LONGEST_LABEL)
