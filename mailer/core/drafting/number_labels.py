"""What do the words around a number call it: a fax, a telephone, a telex?

Law: a label stands right before its number, in brackets behind it, or in front of the number that follows.
"""

from __future__ import annotations

import re

from mailer.core.drafting.page import Page

LONGEST_LABEL = 40  # characters between a label and its number
OWN_LABEL = 4  # characters between a number and the label that is only its own

_AFTER = re.compile(r"[ ]?[(\[–-][ ]?(\w{1,12})")
_APART = re.compile(r"[):\n\d]|,\s?\w")  # "telephone unknown, fax"
_LEADS = re.compile(r"(?: ?[.:]){1,2} ?[+(]*\d| [+(]*\d{2}")  # "0123 - Fax: 0124": of the number after it
_LAST = re.compile(r" (\w{2,12})(?=[ .]{0,2}(?:\n|$|[,;)|/]))")  # "0123 fax", and nothing behind it
# Whom customers call, right before a number: no label, since it is an office's name as well.
SERVICE = re.compile(
    r"\b(?:toll[- ]free|free ?phone|help ?desk|call cent(?:er|re)|customer (?:services?|line|care|support|relations)|"
    r"numéro vert|numéro gratuit|standard|service (?:clients?|consommateurs?)|relation clients?|"
    r"kunden(?:service|dienst|hotline|telefon|betreuung)|(?:gebühren|kosten)freie? (?:nummer|rufnummer)|servicenummer|"
    r"numero verde|numero gratuito|servizio (?:clienti|consumatori)|assistenza clienti|"
    r"(?:línea|número) (?:gratuit[ao]|verde|de atención)|atención al (?:cliente|usuario|consumidor)|"
    r"servicio al cliente|linha (?:de apoio|verde|gratuita|de atendimento)|número (?:grátis|gratuito)|"
    r"(?:apoio|atendimento) ao (?:cliente|consumidor)|sac|"
    r"klantenservice|klantendienst|gratis (?:nr|nummer|telefoonnummer)\.?|bezpłatn\w+ (?:infolini\w+|numer\w*)|"
    r"infolini\w+|"
    r"biur\w+ obsługi klienta|zákaznick\w+ (?:link\w+|servis\w*|centr\w+)|bezplatn\w+ link\w+|"
    r"kunde(?:service|senter|telefon)\w*|grønt nummer|müşteri hizmetleri|çağrı merkezi|ücretsiz hat|"
    r"бесплатн\w+ номер\w*|служб\w+ поддержки|контакт-центр\w*|колл-центр\w*)"
    r"(?: ?\([^()\n]{1,40}\))?[ ,:–-]{1,4}$",
    re.IGNORECASE,
)
_TOWN = re.compile(r"[- ]aviv", re.IGNORECASE)  # "Tel-Aviv"
_NEW_OWNER = re.compile(r"[^\W\d_]{4,}\. [^\W\d_][^\d\n:.]{3,60}: ?$")  # ".. takes a fax. District Office: 0123"
_SAME = (  # "0123, the same number for faxes", "0123 (also fax)"
    re.compile(
        r"[ ,;(–—-]{1,4}(?=[^.\n\d;]{0,60}\b(?:same (?:number|nr|no|line|phone|telephone)|"
        r"selben?|gleichen?|dieselbe|même|mism[oa]|stess[oa]|mesm[oa]|zelfde|"
        r"ten sam|tym samym|stejn\w+|samme|aynı|тот же|тому же|том же)\b(?! but| except))"
        r"[^.\n\d;]{0,60}\b(?:fax|faks|факс|télécopie)",
        re.IGNORECASE,
    ),
    re.compile(
        r" ?[(,] ?(?:(?:also|auch|aussi|también|anche|também|ook|także|také|også|також|также|и|and|und|et|y|e|en) "
        r"(?:fax|faks|факс|telefax)|(?:fax|faks|факс|telefax) (?:too|also|as well|auch|aussi|también|anche|também|ook))"
        r"(?=[),.;\n])",
        re.IGNORECASE,
    ),
)
_LETTER = re.compile(r"\.? ?[:.)+(\d]|/[^\W\d]\b")


def label_after(page: Page, end: int) -> str:
    """Return what a word in brackets after a number calls it, or one that ends the line behind it."""
    match = _AFTER.match(page.text, end) or _LAST.match(page.text, end)
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
        (kind, end)
        for kind, begin, end in named
        if end <= start
        and (end - begin > 1 or _LETTER.match(page.text, end))
        and page.text[begin - 1] not in "@-"
        and not _TOWN.match(page.text, end)
        and not _NEW_OWNER.search(page.text[begin:start])
    ]


def is_fax_too(page: Page, end: int) -> bool:
    """Tell whether the words behind a number say that faxes go to the same."""
    return any(each.match(page.text, end) for each in _SAME)


def together(page: Page, near: list[tuple[str, int]]) -> tuple[str, ...]:
    """Return the kinds of the last label, and of the one that it is tied to: "tel./fax", "phone and fax"."""
    (kind, end) = near[-1]
    if len(near) < 2 or near[-2][0] == kind:
        return (kind,)
    other, other_end = near[-2]
    between = page.text[other_end:end]
    if len(between) > 14 or _APART.search(between):
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
    is_own = bool(label_after(page, end))  # "0123 fax": of this number
    return is_next and not is_own and bool(page.marks_between(word, word + 1, "fax"))
