"""Does the appeal ask not to write, or no longer? Then who is named there is nobody to be written to.

Law: only a refusal right beside the first call counts; a second call in the sentence is what it asks instead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mailer.core.drafting.lexicon import Mark
from mailer.core.drafting.page import Page, Sentence

LONGEST_BEFORE = 90  # characters that may deny a call
NEAR = 3  # words of one call: "write letters to"

# "Do not write"; "do not forget to write" asks for it.
_NOT = re.compile(
    r"\b(?:(?:do not|don['’]?t|never|ne|не)(?: please)? |n['’]|stop |hört auf,? (?:\w+ )?zu |"
    r"arrêtez d['’]|cessez d['’]|"
    r"(?:dejen|dejad|deja|smettete|smettetela|parem|deixem) d[ei] |stop met |przestańcie |přestaňte |slutt å |"
    r"хватит |прекратите )$",
    re.IGNORECASE,
)
# The same beside a verb: "no fax" before a number only tells that there is none.
_NO = re.compile(r"\b(?:no|non|não|nie|ikke|niet meer|nicht mehr) $", re.IGNORECASE)
# "No es necesario escribir", "es ist nicht mehr nötig, zu schreiben".
_NEEDLESS = re.compile(
    r"\b(?:no|non|not|nicht|não|plus|niet|nie|není|ikke|не)\b[^.;:!?]{0,25}\b(?:hace falta|es necesario|necessary to|"
    r"need to|nécessaire d['’]|besoin d['’]|nötig, |notwendig, |nodig (?:om )?te|necessario|bisogno di|serve|occorre|"
    r"preciso|precisa|trzeba|potrzeby|třeba|nødvendig å|нужно|надо)\s*$",
    re.IGNORECASE,
)
# "Schreibt nicht mehr", "n'écrivez plus"; "schreibt nicht nur" asks for more.
_NO_MORE = re.compile(
    r"\s+(?:(?:bitte|euch|lui|leur)\s+)?(?:nicht mehr|niet meer|ikke (?:lenger|mer)|no more|no longer)\b", re.IGNORECASE
)
_NONE = re.compile(
    r"\b(?:no (?:further|more)|keine? (?:weiteren?|mehr)|ingen flere|geen|(?:no|ninguna?) más)\s*$", re.IGNORECASE
)
_ANY_MORE = re.compile(
    r"\b(?:any ?more|any further|no (?:more|further|longer)|(?:nicht|keine\w?) (?:mehr|weiteren?)|plus|más|più|"
    r"mais|meer|"
    r"więcej|už|více|lenger|flere|mer|больше|artık)\b",
    re.IGNORECASE,
)
_CHANNEL = re.compile(r"[ .:]{0,3}(?:[+(]{0,2}\d|\S{1,60}@)")
_NEEDED = re.compile(r"\b(?:needed|necessary|required|nötig|notwendig|nodig|nødvendig|please|bitte)\b", re.IGNORECASE)


def is_refused(page: Page, sentence: Sentence) -> bool:
    """Tell whether the only call of a sentence is one not to write, or no longer: "Please write no more letters"."""
    marks = page.marks_of(sentence, "send", "protest", "message")
    labels = {mark.first for mark in page.marks_of(sentence, "fax", "phone", "mail")}
    further = [mark for mark in page.marks_of(sentence, "send") if marks and not _is_label(page, mark, labels)]
    if not marks or any(mark.first > marks[0].last + NEAR for mark in further):
        return False
    before = page.text[sentence.start : page.span(marks[0])[0]][-LONGEST_BEFORE:]
    after = page.text[page.span(marks[0])[1] : sentence.end]
    if _NONE.search(before):
        return bool(_NEEDED.search(after))
    return _is_denied(page, marks[0], before) or (marks[0].kind == "send" and bool(_NO_MORE.match(after)))


def is_over(page: Page, sentences: Sequence[Sentence]) -> bool:
    """Tell whether nobody is to write any more, and no sentence tells what to ask an office for."""
    asked = [each for each in sentences if page.has(each, "send", "protest", "message")]
    if not any(_ANY_MORE.search(page.told(each)) and is_refused(page, each) for each in asked):
        return False
    calls = (each for each in asked if page.has(each, "send", "protest") and page.has(each, "demand", "calling"))
    return not any(page.has(each, "office") and not is_refused(page, each) for each in calls)


def _is_label(page: Page, mark: Mark, labels: set[int]) -> bool:
    """Tell whether a word only labels the number or the address behind it: "fax +44"."""
    return mark.first in labels and bool(_CHANNEL.match(page.text, page.span(mark)[1]))


def _is_denied(page: Page, mark: Mark, before: str) -> bool:
    """Tell whether the words right before a call deny it."""
    is_label = bool(page.marks_between(mark.first, mark.first + 1, "fax", "phone", "mail", "post"))
    return bool(_NOT.search(before) or _NEEDLESS.search(before) or (not is_label and _NO.search(before)))
