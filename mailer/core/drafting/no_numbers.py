"""Which digits are no telephone number, whatever word stands near: a date, an account, the code of a town, a house?

Law: told by their own shape, or by what stands right beside them.
"""

from __future__ import annotations

import re

from mailer.core.drafting.number_labels import LONGEST_LABEL, OWN_LABEL, label_after, labels
from mailer.core.drafting.page import Page
from mailer.core.drafting.places import STREET_END

MOST_OF_STREET = 12  # words between a street and the code behind its town
SHORTEST = 6  # letters of a street's name

_DATE = re.compile(
    r"\(?(?:(?:[0-3]?\d[./-][01]?\d|[01]?\d[./-][0-3]?\d)[./-](?:\d{4}|\d{2})|\d{4}[./-]\d{1,2}[./-]\d{1,2}|(?:19|"
    r"20)\d\d ?[-–/] ?(?:19|20)?\d\d|"
    r"(?:19|20)\d\d,? \d{1,2}[.:]\d\d)\b[ .)\d–-]{0,8}"
)
_ACCOUNT = re.compile(r"\d{4}(?:[ .-]\d{4}){2,}[ .-]\d{1,4}(?:[ .-]\d{1,2})?")  # in groups of four: no plan has such
_OF_ACCOUNT = re.compile(
    r"\b(?:account|a/c|acct|kontos?|kontonummer|cuenta|compte|conto|conta|rekening|rekeningnummer|účtu|účet|rachun\w+|"
    r"hesap|сч[её]т\w*|iban|nib|ccp|giro|plusgiro|blz)(?: (?:no|nr|n|number|numéro|número|monetaria))?[.:°º ]{0,4}$",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?:\d{1,4}[a-zA-Z]? ?[-–,/] ?)?\d{5,6}|\d{5}-\d{3}|\d{4}-\d{3}")
_BARE_CODE = re.compile(r"\d{5,6}|\d{5}-\d{3}")
_BRAZILIAN = re.compile(r"\d{5}-\d{3}")
_SIX = re.compile(r"\d{6}")
_TOWN = re.compile(r",? (?:г\. ?|гор\. ?|St\.? )?[^\W\d_a-zß-ÿа-я][^\W\d_]")


def is_no_number(page: Page, start: int, end: int, told: str) -> bool:
    """Tell whether digits are a date, an account, a box, a house, or the code of a town."""
    if _DATE.fullmatch(told.strip("( )")) or _is_account(page, start, told):
        return True
    return _is_boxed(page, start) or _is_house(page, start) or _is_code(page, start, end, told)


def is_like_code(told: str) -> bool:
    """Tell whether digits look like the code of a town."""
    return bool(_BARE_CODE.fullmatch(told))


def _is_account(page: Page, start: int, told: str) -> bool:
    """Tell whether a number is that of an account: by its groups, or by the word right before it."""
    return bool(_ACCOUNT.fullmatch(told) or _OF_ACCOUNT.search(page.text[max(0, start - LONGEST_LABEL) : start]))


def _is_code(page: Page, start: int, end: int, told: str) -> bool:
    """Tell whether a number is the code of the town behind it, perhaps with a house before: "Via Prova 5 - 00100 X"."""
    is_before_town = bool(_TOWN.match(page.text, end)) and bool(_CODE.fullmatch(told))
    is_before_town = is_before_town or _is_behind_town(page, start, told)
    near = labels(page, max(0, start - LONGEST_LABEL // 2), start)
    return is_before_town and not label_after(page, end) and not (near and start - near[-1][1] <= OWN_LABEL)


def _is_behind_town(page: Page, start: int, told: str) -> bool:
    """Tell whether a number ends an address: "Example – PA 66035-170", or six digits behind a street and a town."""
    if _BRAZILIAN.fullmatch(told):
        return bool(re.search(r"\b[A-Z]{2},? $", page.text[max(0, start - OWN_LABEL - 2) : start]))
    word = page.word_at(start)
    is_street = bool(page.marks_between(max(0, word - MOST_OF_STREET), word, "street"))
    return is_street and bool(_SIX.fullmatch(told)) and page.text.endswith(", ", 0, start)


def _is_boxed(page: Page, start: int) -> bool:
    """Tell whether a number is that of a box: "Postfach 24 01 17"."""
    word = page.word_at(start)
    marks = page.marks_between(max(0, word - 3), word, "box")
    return bool(marks) and start - page.span(marks[-1])[1] <= OWN_LABEL


def _is_house(page: Page, start: int) -> bool:
    """Tell whether a number stands right behind the name of a street: "EXAMPLESTRAAT 57 1000 TOWN"."""
    word = page.word_at(start) - 1
    is_street = word >= 0 and bool(STREET_END.search(page.words[word].text)) and len(page.words[word].text) > SHORTEST
    return is_street and page.text[page.words[word].end : start] in (" ", ", ")
