"""What is a number by the words around it: a fax, a telephone, both, or something that nothing tells?

Law: its own label tells; then the row that it stands in, the sentence, and the heading above.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mailer.core.drafting.no_numbers import is_like_code
from mailer.core.drafting.number_labels import (
    LONGEST_LABEL,
    OWN_LABEL,
    SERVICE,
    is_before_fax,
    is_fax_too,
    label_after,
    labels,
    together,
)
from mailer.core.drafting.page import Page, Sentence

LONGEST_BLOCK = 400  # characters in which one of the numbers below a call is labelled
FEWEST = 6  # digits of a number without a label right before it

NUMBER = re.compile(r"(?<![\w@./:#-])[+(]{0,3}[ -]?\d(?:[ ().\-–/]{0,4}\d){4,44}(?![\w@])")
PREFIXED = re.compile(r"[( ]{0,3}(?:\+|(?:00|011)(?=[ \d()-]{9,}))")
_NAMED = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class Spelling:
    """What looks like a number; `is_next` tells that only a comma or an "and" parts it from the one before."""

    start: int
    end: int
    told: str
    kinds: tuple[str, ...]
    is_next: bool = False
    named: str = ""  # the label in brackets that follows: "0123 (fax)"


def kinds_of(page: Page, start: int, end: int, before: Spelling, *, is_next: bool) -> tuple[str, ...]:
    """Return what a number is by the labels around it; `any` where nothing tells, and none for what is no number."""
    label = label_after(page, end)
    sentence = page.sentence_at(start)
    is_other = ":" in page.text[max(0, before.end) : start] and start - before.end < LONGEST_LABEL
    near = labels(page, max(sentence.start, start - 200, before.end if is_other else 0), start)
    if behind := _behind(page, start, end, near):
        return behind
    if is_next and not is_before_fax(page, end):
        return (label,) if label else before.kinds
    digits = sum(map(str.isdigit, page.text[start:end]))
    is_short = digits < FEWEST
    is_used = bool(near) and not is_short and _is_used(page, near[-1][1], before, start)
    if is_used or SERVICE.search(page.text[max(0, start - 80) : start]):
        return (label or "phone",)
    if near and (start - near[-1][1] <= LONGEST_LABEL or PREFIXED.match(page.text, start)):
        return () if near[-1][0] == "telex" or (is_short and start - near[-1][1] > 8) else together(page, near)
    if label or is_short:
        return (label,) if label else ()
    return (
        () if page.has(sentence, "donate") else _from_afar(page, sentence, end, start, near if digits > FEWEST else [])
    )


def _behind(page: Page, start: int, end: int, near: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    """Return what the words behind a number tell: faxes go to the same, or to another that follows at once."""
    distance = start - near[-1][1] if near else 0
    is_faxed = bool(near) and near[-1][0] == "fax" and distance <= LONGEST_LABEL
    if not is_faxed and is_fax_too(page, end):
        return ("phone", "fax")
    is_either = len({kind for kind, _ in near}) > 1 and distance > OWN_LABEL  # "call or fax the mayor (0123, fax 24)"
    return ("phone",) if is_either and is_before_fax(page, end) else ()


def _is_used(page: Page, label: int, before: Spelling, start: int) -> bool:
    """Tell whether a label, by its end, belongs to the number right behind it, and another name follows that one."""
    is_own = 0 <= before.start - label <= OWN_LABEL or (label <= before.start and "@" in page.text[before.end : start])
    return is_own and bool(_NAMED.search(page.text, before.end, start))


def _from_afar(page: Page, sentence: Sentence, end: int, start: int, near: list[tuple[str, int]]) -> tuple[str, ...]:
    """Return the kind that the label after it, the sentence or the line above tells: "fax the court on the number"."""
    if is_like_code(page.text[start:end]):
        return ()
    if is_before_fax(page, end):
        return ("phone",)
    if near:
        return (near[-1][0],)
    above = page.sentence_above(sentence)
    is_heading = above.line < sentence.line and above.end - above.start < 200 and above.opens
    if is_heading and start - sentence.start < 60 and not NUMBER.search(page.text, above.start, above.end):
        told = labels(page, above.start, above.end + 1)
        if len({kind for kind, _ in told}) > 1 and _has_fax_below(page, end):
            return ("phone",)
        if told:
            return (told[-1][0],)
    return ("any",)


def _has_fax_below(page: Page, end: int) -> bool:
    """Tell whether a fax is labelled further down in the paragraph: "ring or fax them", and then the numbers."""
    past = page.text.find("\n\n", end, end + LONGEST_BLOCK)
    words = page.word_at(end), page.word_at(past if past >= 0 else min(len(page.text), end + LONGEST_BLOCK))
    return bool(page.marks_between(*words, "fax"))
