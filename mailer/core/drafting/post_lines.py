"""Which part of a line may belong to a postal address? What stands behind a label, before a number or mail address.

Law: a line that calls to write, greets, or tells what takes place when, is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from mailer.core.drafting.addressees import begins_with_office
from mailer.core.drafting.lore import Lore
from mailer.core.drafting.number_labels import SERVICE
from mailer.core.drafting.page import Page, Sentence
from mailer.core.drafting.passages import called_from
from mailer.core.drafting.places import ENOUGH, NUMBER, PROSE, SHORTEST, points
from mailer.core.drafting.tokens import Token
from mailer.core.drafting.turns import calls

LONGEST_LABEL = 2  # words of a line that only says "Address"
LONGEST_WAY = 4  # letters of a word that only leads to a label: "Per Fax"
LONGEST_ATTENTION = 90  # characters of a line that says for whom it is
MOST_PLAIN = 3  # words of an address within a paragraph

_LABEL_END = re.compile(r"(?:[^\n:]{0,60}?\b(?:is|are|ist|est|es|è|é|to|lautet|jest|är|er)\b)?\s*:?\s*")
_NAME_PART = re.compile(
    r"[^:\n]{2,90}(?<!\bno)(?<!\bnr)(?<!\bbox)(?<!\bcep)(?<!\bkat)(?<!\battn)(?<!\batt):\s+(?=\S)", re.IGNORECASE
)
_STOP = re.compile(
    r"\.\s+(?:or|and|please|also|you|your)\b|[.;]?\s*(?:\((?![A-Z]\w+\) [A-Z])(?!.{0,20}\d|[^\W\d_]{2,10}\)$|att)|\[)",
    re.IGNORECASE | re.MULTILINE,
)
_TIME = re.compile(
    r"\b\d{1,2}(?:[.:h]\d\d)? ?(?:hrs?|hs|h|uhr|pm|p\.m\.|am|a\.m\.|noon|час\w*)\b|"
    r"\b(?:ore|godz\.?|kl\.|saat|klokken|hod\.) \d{1,2}(?:[.:]\d\d)?\b",
    re.IGNORECASE,
)
_CALLED_BY = re.compile(r" [^\W\d_a-zß-ÿ][^\W\d_A-Z]+ [^\W\d_a-zß-ÿ][^\n:]{0,60},")
_LEAD = re.compile(
    r"(?:- )?(?:(?:and|und|et|y|e|en|og|oraz|a|и) )?(?i:to|an|à|au|aux|a|al|alla|all['’]|ao|aan|til|do)"
    r"(?: ?(?:the|den|die|das|la|l['’]|le|el|il|de|het))? ?"
    r"(?=[^\W\d_a-zß-ÿ])"
)
LONGEST_LEAD = 3  # words of "the Hon. Minister"
_OPENED = re.compile(r"\s\(")
_CALLS = ("send", "signed", "closing")
_SUBJECT = re.compile(
    r"(?:subject|re|ref|betreff|betr|objet|asunto|oggetto|assunto|onderwerp|temat|dotyczy|předmět|věc|emne|konu|тема|"
    r"θέμα|(?:korrekte )?anrede|salutation|encabezado|tratamiento|saludo|formule d['’]appel|saudação|tratamento|aanhef|"
    r"appellativo|zwrot grzecznościowy|oslovení|tiltale|hitap|обращение)\s*:",
    re.IGNORECASE,
)
_MENU = re.compile(r"[^\d|]{3,40}(?: \| [^\d|]{3,40})+")  # "Unsubscribe | Settings | Read online"
_BARE_CALL = re.compile(r"\w (?:to|an|à|a|al|alla|ao|do|na|til|aan|на)$", re.IGNORECASE)
_BEGINS = re.compile(r"(?:to|an|à|a|al|para|aan|til|do|komu|кому|kime|προς)\s*:\s", re.IGNORECASE)


# "Attn: the Chairman", "v/ Anna Beispiel": a line that only says for whom it is there.
_ATTENTION = re.compile(
    r"\(?(?:attn?|atn|attention|for (?:the )?attention of|f\.?a\.?o|c/o|z\. ?hd|zu händen|t\.a\.v|ter attentie van|"
    r"à l['’]attention|all['’]attenzione|alla c\. ?a|c\.a|a/a|at\.te|a la atención|a/c|aos cuidados|do rąk|k rukám|v/|"
    r"dikkatine|вниманию)(?![^\W\d_])",
    re.IGNORECASE,
)


# "We ourselves are at", "Registered office": nobody of those who ask is written to by post.
_OURS = re.compile(
    r"\b(?:registered office|registered charity|we ourselves|our (?:postal |own |new )?address|(?:find|visit) us at|"
    r"we (?:are|meet) (?:based )?(?:at|in)|(?:unsere|eure) (?:adresse|anschrift)|unser büro|vereinssitz|"
    r"notre (?:adresse|siège|local)|siège social|nuestr[ao] (?:dirección|sede|local)|(?:la )?nostra sede|"
    r"(?:il )?nostro indirizzo|sede legale|noss[ao] (?:endereço|sede)|secretaria do movimento|"
    r"наш (?:почтовый )?адрес|адрес редакции|nasz adres|nasza siedziba|ons adres|ons kantoor|naše (?:adresa|sídlo)|"
    r"vår adresse|vårt kontor|adresimiz|bizim adresimiz)\b",
    re.IGNORECASE,
)


class Line(NamedTuple):
    """The part of a line that may belong to an address; `ends` tells that something else follows it there.

    `begins` tells that words before it address somebody: "To:", "Copy to:".
    """

    start: int
    end: int
    points: int
    is_item: bool
    ends: bool
    begins: bool = False


def is_event(page: Page, sentence: Sentence, lore: Lore) -> bool:
    """Tell whether a sentence says where and when something takes place: nobody writes there."""
    if _is_aside(page, sentence):
        return False
    is_timed = bool(_TIME.search(page.told(sentence))) and not page.has(sentence, "phone", "fax", "post", "mail")
    words = [word.text for word in page.words[sentence.words[0] : sentence.words[1]]]
    has_day = any(word.isdigit() for word in words) and any(len(word) > 2 and word in lore.months for word in words)
    if is_timed and has_day and not page.has(sentence, "send", "message"):
        return True
    if calls(page, sentence) or not (is_timed or page.has(sentence, "event", "picket")):
        return False
    return is_timed or has_day


def _is_aside(page: Page, sentence: Sentence) -> bool:
    """Tell whether an office has its number, and only brackets behind it tell what takes place there."""
    opened = _OPENED.search(page.text, sentence.start, sentence.end)
    past = page.word_at(opened.start()) if opened else sentence.words[0]
    marks = {mark.kind for mark in page.marks_between(sentence.words[0], past)}
    told = page.text[sentence.start : opened.start()] if opened else ""
    is_office = bool(marks & {"office", "embassy"}) and bool(marks & {"phone", "fax"})
    return is_office and not marks & {"event", "picket"} and not _TIME.search(told)


def line_in(page: Page, sentence: Sentence, tokens: Sequence[Token], lore: Lore) -> Line | None:
    """Return the part of a sentence that may belong to an address."""
    if sentence.is_first and _ATTENTION.match(page.text, sentence.start) and _is_free_of(tokens, sentence):
        score = points(page, (sentence.start, sentence.end), lore, is_labelled=False)
        return Line(sentence.start, sentence.end, max(score, 0), sentence.is_item, ends=False)
    is_none = bool(_SUBJECT.match(page.text, sentence.start)) or _is_call(page, sentence, lore)
    is_none = is_none or bool(_MENU.fullmatch(page.text, sentence.start, sentence.end))
    span = None if is_none or _is_told(page, sentence) else _address_part(page, sentence, tokens)
    score = points(page, span, lore, is_labelled=_is_labelled(page, sentence, span)) if span else PROSE
    if not span or score < -1 or _is_call_within(page, sentence, span):
        return None
    begins = span[0] > sentence.start and (
        bool(_BEGINS.match(page.text, sentence.start)) or _is_copy(page, sentence, span[0])
    )
    return Line(*span, score, sentence.is_item, bool(page.text[span[1] : sentence.end].strip(" .,;)")), begins)


def _is_free_of(tokens: Sequence[Token], sentence: Sentence) -> bool:
    """Tell whether a short line has no number or mail address."""
    is_short = sentence.end - sentence.start <= LONGEST_ATTENTION
    return is_short and not any(sentence.start <= token.start < sentence.end for token in tokens)


def _is_told(page: Page, sentence: Sentence) -> bool:
    """Tell whether a sentence within a paragraph has as many plain words as prose has: nobody's address."""
    words = [page.text[word.start : word.end] for word in page.words[sentence.words[0] : sentence.words[1]]]
    plain = sum(1 for word in words if word.islower() and len(word) > 3)
    return not sentence.is_first and plain > MOST_PLAIN and not page.has(sentence, "post", "fax", "phone", "mail")


def _is_call_within(page: Page, sentence: Sentence, span: tuple[int, int]) -> bool:
    """Tell whether what follows a heading in its line calls to write: "What to do: Write to the Mayor of Example"."""
    first = page.word_at(span[0])
    is_call = span[0] > sentence.start and bool(page.marks_between(first, first + 1, "send"))
    return is_call and not re.search(r"\d", page.text[span[0] : span[1]])


def _is_copy(page: Page, sentence: Sentence, start: int) -> bool:
    """Tell whether words before a part ask for a copy: another addressee begins there."""
    return bool(page.marks_between(sentence.words[0], page.word_at(start), "copy"))


def _heads_address(page: Page, sentence: Sentence, lore: Lore) -> bool:
    """Tell whether a street or a code stands in the line below: "Monsieur le Maire, Hôtel de Ville," heads both."""
    following = page.sentence_at(min(len(page.text) - 1, sentence.end + 1))
    is_next = following.start == sentence.end + 1
    return is_next and points(page, (following.start, following.end), lore, is_labelled=False) >= ENOUGH


def _is_call(page: Page, sentence: Sentence, lore: Lore) -> bool:
    """Tell whether a short line only calls to write, greets or remarks: "Please write to", "[No fax]"."""
    labels = {mark.first for mark in page.marks_of(sentence, "fax", "phone", "mail", "post", "mobile")}
    calls = [mark for mark in page.marks_of(sentence, "dear", *_CALLS) if mark.first not in labels]
    is_greeting = bool(calls) and calls[0].kind in ("dear", "closing") and calls[0].first == sentence.words[0]
    told = page.told(sentence)
    is_whole = bool(calls) and calls[0].kind == "closing" and calls[0].last + 1 == sentence.words[1]
    is_greeting = is_greeting and (is_whole or told[-1] in ",:!" or page.words[sentence.words[0]].text == "dear")
    is_greeting = is_greeting and not _heads_address(page, sentence, lore)
    is_bare = ":" not in told and not re.search(r"\d", told)
    if page.has(sentence, "telex") or (page.has(sentence, "picket") and not page.has(sentence, "send")):
        return True
    is_label = is_bare and sentence.words[1] - sentence.words[0] <= LONGEST_LABEL
    is_label = is_label and not (page.has(sentence, "box") and _heads_address(page, sentence, lore))
    if is_label and (page.has(sentence, "post", "sample") or _BARE_CALL.search(told)):
        return True
    return is_greeting or told[:1] == "[" or (is_bare and any(mark.kind in _CALLS for mark in calls))


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
        if left == start and _CALLED_BY.match(page.text, right):
            start = right + 1  # "Fax Anna Example, Minister of .."
        elif left >= start and _is_label(page, left, right):
            end = min(end, left)
    end = min((token.start for token in tokens if start <= token.start < end), default=end)
    service = SERVICE.search(page.text[start:end])
    end = start + service.start() if service else end
    number = NUMBER.search(page.text, start, end)
    end = number.start() if number and number.start() - start > SHORTEST and _is_after(page, number.start()) else end
    stop = _STOP.search(page.text, start, end)
    end = stop.start() if stop and stop.start() > start + 10 else end
    name = _NAME_PART.match(page.text, start, end)
    start = name.end() if name and end - name.end() > 11 else start
    start = called_from(page, start, end)
    lead = _LEAD.match(page.text, start, end)
    start = lead.end() if lead and begins_with_office(page, lead.end(), LONGEST_LEAD) else start
    told = page.text[start:end]
    end -= len(told) - len(told.rstrip(" \t-–—,;:(/|•·"))
    is_way = told.strip().isalpha() and len(told.strip()) <= LONGEST_WAY and end < sentence.end
    return (start, end) if end - start >= 3 and not is_way else None


def is_ours(page: Page, sentence: Sentence) -> bool:
    """Tell whether a sentence says that an address is of those who ask, and calls nobody to write there."""
    ours = _OURS.search(page.text, sentence.start, sentence.end)
    return ours is not None and not calls(page, sentence) and not page.has(sentence, "solidarity", "message")


def is_signed(page: Page, sentence: Sentence) -> bool:
    """Tell whether a line tells who signed: "Signed: ..", "Premiers signataires : .."."""
    marks = page.marks_of(sentence, "signed")[:1]
    is_begun = bool(marks) and marks[0].first - sentence.words[0] < LONGEST_LABEL
    return is_begun and page.text[(end := page.span(marks[0])[1]) : end + 3].strip()[:1] == ":"


def _is_after(page: Page, at: int) -> bool:
    """Tell whether a comma, a dash or a point parts what stands there from what stands before it."""
    return page.text[:at].rstrip()[-1:] in (",", ";", ".", "-", "–", "—", "/", "|")


def _is_label(page: Page, left: int, right: int) -> bool:
    """Tell whether a word labels what follows, and is not part of a street: "T:", "Tel. 1", but no "f" in a name."""
    after = page.text[right : right + 12]
    if after.startswith(" Aviv"):
        return False
    return right - left > 2 or after.lstrip(" .")[:1] in (":", "+", "(") or after.lstrip(" .")[:1].isdigit()


def _is_labelled(page: Page, sentence: Sentence, span: tuple[int, int] | None) -> bool:
    """Tell whether the word "address" and a colon stand before a part; "by post" needs a number or commas too."""
    marks = page.marks_of(sentence, "post")
    if not span or not marks or page.span(marks[0])[1] > span[0] or ":" not in page.text[sentence.start : span[0]]:
        return False
    told = page.text[span[0] : span[1]]
    is_plain = page.words[marks[0].first].text not in ("letters", "post", "by", "snail", "airmail")
    return is_plain or told.count(",") > 1 or any(map(str.isdigit, told))
