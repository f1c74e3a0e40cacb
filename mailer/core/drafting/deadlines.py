"""Until which day does an appeal ask to write? A day that a limit stands beside, where writing is asked for.

Law: a limit of something else, as of a sentence or of a hearing, is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailer.core.drafting.dates import Anchor, Day, is_byline, resolved
from mailer.core.drafting.drafts import Found
from mailer.core.drafting.page import Page, Sentence

NEAR = 40  # characters between "until" and its date
BEHIND = 14  # between a date and a limit that follows it, as in Turkish
SHORT = 60  # characters of a line that only tells the limit
LONGEST_CLOSING = 110  # of a sentence that tells when an action ends

_DAYS = r"(?:[^\W\d]{2,12},?\s+)?"  # of the week
# "from 3 to 10 August", "dal 3 al 10 agosto"
_RANGE = re.compile(
    rf"\b(?:from|between|von|vom|du|del|desde|dal|da|de|van|od|fra|с|со)\s+(?:el\s+|o\s+dia\s+)?{_DAYS}\d{{1,2}}\W{{0,3}}"
    rf"(?:[^\W\d]{{3,12}}\.?\s+)?(?:to|until|and|bis|bis zum|au|al|hasta el|fino al|a|ao|até|tot|do|til|по|–|"
    rf"-)\s+{_DAYS}$",
    re.IGNORECASE,
)
# "if sending appeals after 5 July", "nach dem 5. Juli nicht mehr"
_AFTER = re.compile(
    r"\b(?:after|nach dem|après le|después del|dopo il|depois de|após|na|po|etter|после)\s+" + _DAYS + "$",
    re.IGNORECASE,
)
_NO_MORE = re.compile(
    r"\b(?:not|no more|no longer|nicht mehr|nicht|keine|ne\b.{2,30}\bplus|ya no|no|non|più|não|niet meer|geen|nie|"
    r"již ne|"
    r"už ne|ikke|больше не|не)\b",
    re.IGNORECASE,
)
_IF_SENDING = re.compile(
    r"\b(?:if|wenn|falls|si|se|caso|als|jeśli|pokud|dersom|hvis|если)\b[^.;]{3,60}$", re.IGNORECASE
)
_ACTION = (
    r"(?:actions?|campaign|appeal|consultation|petition|aktion\w*|kampagne|campagne|acción|acciones|campaña|azione|"
    r"campagna|ação|campanha|actie|akcja|akce|kampania|kampaň|aksjon\w*|kampanje|акция|кампания|eylem|kampanya|it|sie|"
    r"elle|ella|essa|ela|deze|она)"
)
_CLOSES = re.compile(
    rf"\b(?:{_ACTION}\b[^.;]{{0,30}}\b(?:clos\w+|ends?|expires?|runs?|läuft|endet|(?:se )?termine|prend fin|finaliza|"
    r"termina|si chiude|scade|encerra|sluit|loopt|kończy|trwa|končí|trvá|avsluttes|varer|slutter|завершается|длится)|"
    r"vigencia|aktionszeitraum|laufzeit|deadline|closing date|einsendeschluss|date limite|fecha límite|plazo|scadenza|"
    r"data limite|prazo|uiterste datum|termín|uzávěrka|frist|срок|son tarih)\b[^.;]{0,45}$",
    re.IGNORECASE,
)
_REPLY = re.compile(
    r"\b(?:respond|reply|act|write|answer|reagier\w*|antwort\w*|répond\w*|réagi\w*|respond\w+|rispond\w+|reage\w*|"
    r"reageren|reageer|odpowied\w*|odpově\w*|svar\w*|ответ\w*|likewise)\b",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"(?<![\d.,/-])(\d{1,2})[./](\d{1,2})\.?(?![\d/-]|\.\d|[^\W\d])")
_NO_LIMIT = ("picket", "signed", "footer")
_OF_TONGUE = {"do": ("pl", "cs"), "voor": ("nl",), "к": ("ru",)}  # in others they are small words


def deadline_of(page: Page, days: tuple[Day, ...], anchor: Anchor, language: str) -> Found:
    """Return the day until which to write; where none is told, the one on which the action ends."""
    told = sorted((*days, *_in_figures(page, days)), key=lambda day: day.start)
    stands = [(day, page.sentence_at(day.start)) for day in told]
    stands = [(day, one) for day, one in stands if not is_byline(page, one) and not page.has(one, *_NO_LIMIT)]
    asked = (day for day, one in stands if _asks_until(page, one, day, language) or _tells_not_after(page, one, day))
    day = next(asked, None) or next((day for day, one in stands if _ends_action(page, one, day)), None)
    return Found(*resolved(day, anchor), page.text[day.start : day.end]) if day else Found("")


def _in_figures(page: Page, days: tuple[Day, ...]) -> Iterator[Day]:
    """Yield the days that are told in figures without a year, right behind a limit: "until 25.11."."""
    known = {day.start for day in days}
    for mark in page.marks:
        end = page.span(mark)[1] if mark.kind == "until" else -1
        match = _FIGURES.search(page.text, end, end + 16) if end >= 0 else None
        if match and match.start() not in known and 0 < int(match[2]) <= 12 and 0 < int(match[1]) <= 31:
            known.add(match.start())
            yield Day(match.start(), match.end(), 0, int(match[2]), int(match[1]))


def _asks_until(page: Page, sentence: Sentence, day: Day, language: str) -> bool:
    """Tell whether something is to be sent until a day, or an action ends on it."""
    before = page.text[sentence.start : day.start]
    length = sentence.end - sentence.start
    is_free = not page.has(sentence, "case", "event")
    is_sent = page.has(sentence, "send", "protest") and not page.has(sentence, "about")
    if _RANGE.search(before):
        return is_sent
    limits = list(_limits(page, sentence, day, language))
    if not limits:
        return False
    opens = limits[0] == sentence.words[0] and length <= SHORT and is_free
    return is_sent or opens or (is_free and bool(_REPLY.search(before)))


def _ends_action(page: Page, sentence: Sentence, day: Day) -> bool:
    """Tell whether an action, and neither a sentence nor a stay, ends on a day."""
    is_free = not page.has(sentence, "case", "event") and sentence.end - sentence.start <= LONGEST_CLOSING
    return is_free and bool(_CLOSES.search(page.text, sentence.start, day.start))


def _limits(page: Page, sentence: Sentence, day: Day, language: str) -> Iterator[int]:
    """Yield the words that limit a day: "until" before it, and behind it in Turkish alone."""
    for mark in page.marks_of(sentence, "until"):
        start, end = page.span(mark)
        word = page.words[mark.first].text
        if language not in _OF_TONGUE.get(word, (language,)):
            continue
        is_before = 0 <= day.start - end < NEAR
        if is_before or (language == "tr" and -1 <= start - day.end < BEHIND):
            yield mark.first


def _tells_not_after(page: Page, sentence: Sentence, day: Day) -> bool:
    """Tell whether it is said not to write after a day, or to ask before that."""
    before = page.text[sentence.start : day.start]
    after = _AFTER.search(before)
    if not after or not page.has(sentence, "send", "protest"):
        return False
    told = page.text[day.end : sentence.end]
    return bool(_IF_SENDING.search(before[: after.start()]) or _NO_MORE.search(told) or _NO_MORE.search(before))
