"""Which days does an appeal name? Its own date, and events.

Law: a date without a year is of the appeal's own year, or the next one if it would lie half a year back; of the last
year that the text tells where it has no date of its own, and then doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from mailer.core.drafting.drafts import Found, FoundEvent
from mailer.core.drafting.lore import Lore
from mailer.core.drafting.page import Page, Sentence

MOST_DATES = 100
TOP_LINES = 8  # in which the appeal's own date stands
LONGEST_BYLINE = 120  # characters
LONGEST_TOP = 90  # of a line above, which tells the date
BYLINE_LINES = 25  # in which a line stands that tells who wrote it, and when
LONGEST_CLOSE = 80  # characters of a last line with a date
CLOSE_WORDS = 8  # before it
LONGEST_HEAD = 4000  # characters in which the fields of a mail stand
MIDDLE_OF_YEAR = (7, 1)  # the month and day that are nearest to all others of a year
MOST_FIELDS = 4  # of a mail, and of those that it forwards

_FIGURES = re.compile(
    r"(?<![\d.,/-])(?:(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})|(\d{1,2})([./-])(\d{1,2})\5(\d{4}|\d{2}))(?![\d/-])"
)
_YEAR = r"(?:,?\s+(?:de\s+|del\s+|of\s+)?((?:19|20)\d\d)\b)?"
_DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|°|\.|-го|-е)?(?:\s+(?:of|de|d['’]|di))?\s+([^\W\d_]{3,12})\.?" + _YEAR
)
_DASHED = re.compile(r"(?<![\w-])(\d{1,2})-([^\W\d_]{3,9})-((?:19|20)\d\d)\b")  # "22-Feb-2011"
_MONTH_FIRST = re.compile(
    r"\b([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?!\d|:|\s+[^\W\d_]{3,12}\s+\d{4})" + _YEAR
)
_CLOCK = re.compile(
    r"\b(\d{1,2})(?:[:.](\d{2}))\s*(am|pm|a\.m\.|p\.m\.)?|\b(\d{1,2})\s*(am|pm|a\.m\.|p\.m\.|uhr|h)\b", re.IGNORECASE
)
# "were arrested during a demonstration": nobody is called to one.
_DURING = re.compile(
    r"\b(?:during|while|durante|während|bei einer|pendant|lors d|mentre|nel corso|enquanto|tijdens|podczas|w czasie|"
    r"během|při|under en|sırasında|во время|на акции|на митинге|на пикете)\b",
    re.IGNORECASE,
)
_FOUNDED = re.compile(
    r"\b(?:founded|established|since|registered|gegründet|seit|fondé\w*|depuis|fundad[oa]|desde|fondat[oa]|dal|opgericht|"
    r"sinds|założon\w+|od|založen\w*|grunnlagt|siden|основан\w*|kuruluş)\b",
    re.IGNORECASE,
)
_ISSUED = re.compile(
    r"^\W{0,3}(?:this (?:appeal|statement|alert|action|page|letter) (?:was |is )?)?"
    r"(?:issued|dated|posted on|published on|launched on|last updated|(?-i:Stand)|ausgegeben am|erstellt am|"
    r"fait à[^:.]{2,40}|"
    r"émis le|publié le|mis en ligne le|emitido el|publicado (?:el|em)|dado en[^:.]{2,40}|pubblicato il|emesso il|"
    r"gepubliceerd op|opublikowano|wydano|zveřejněno|publisert|опубликовано|yayın tarihi)"
    r"\W{0,3}(?:[^\W\d]{2,12},? )?$",
    re.IGNORECASE,
)
_SENT = re.compile(
    r"^[>|\s]{0,8}(?:date|sent|datum|gesendet|envoyé|fecha|enviad[oa](?: el| em)?|data|inviato|verzonden|dato|sendt|"
    r"wysłano|odesláno|tarih|gönderildi|дата|отправлено) ?: ?([^\n]{6,80})$",
    re.IGNORECASE | re.MULTILINE,
)
_BY = re.compile(r"\W{0,3}(?:by|von|par|por|di|da|door|przez|av|от)\b", re.IGNORECASE)
_BARE_YEAR = re.compile(r"(?<![\w.,/+-])(?:19|20)\d\d(?![\w/-]|[.,]\d| \d{3})")
BYLINE = re.compile(
    r"^\W{0,3}(?:(?:by|from|von|par|por|di|da|door|av)(?!\s+(?:[^\W\d]+\s+)?\d)|"
    r"(?:date|data|fecha)(?! l[ií]mite)|"
    r"posted|published|submitted|written|created|added|updated|uploaded|datum|дата|post|veröffentlicht|eingestellt|publié|publicado|enviado|escrito|pubblicato|inserito|inviato|"
    r"scritto|geplaatst|gepubliceerd|opublikowan\w|dodan\w|wysłan\w|autor|vložil\w?|publikováno|publisert|"
    r"опубликован\w*|автор|yayın\w*|gönder\w*)\b|\|",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Day:
    """A date as it stands at `start`; `year` may be 0 where the text does not tell it."""

    start: int
    end: int
    year: int
    month: int
    day: int


def days_in(page: Page, lore: Lore) -> tuple[Day, ...]:
    """Return the dates of a text in their order."""
    found = (*islice(_figures(page.text), MOST_DATES), *islice(_named(page.text, lore), MOST_DATES))
    first: dict[int, Day] = {}
    for day in sorted(found, key=lambda day: (day.start, -day.end)):
        if all(day.start >= other.end for other in list(first.values())[-1:]):
            first[day.start] = day
    return tuple(first.values())


def _figures(text: str) -> Iterator[Day]:
    """Yield the dates in figures; the day is before the month unless it cannot be."""
    for match in _FIGURES.finditer(text):
        if match[1]:
            year, month, day = int(match[1]), int(match[2]), int(match[3])
        else:
            day, month, year = int(match[4]), int(match[6]), int(match[7])
            year += (2000 if year < 70 else 1900) if year < 100 else 0
        if month > 12 >= day:
            day, month = month, day
        if _is_day(year, month, day):
            yield Day(match.start(), match.end(), year, month, day)


def _named(text: str, lore: Lore) -> Iterator[Day]:
    """Yield the dates with a month's name."""
    for pattern, day_at, month_at in ((_DAY_FIRST, 1, 2), (_DASHED, 1, 2), (_MONTH_FIRST, 2, 1)):
        for match in pattern.finditer(text):
            month = lore.months.get(match[month_at].lower(), 0)
            year, day = int(match[3] or 0), int(match[day_at])
            if month and _is_day(year or 2000, month, day):
                yield Day(match.start(), match.end(), year, month, day)


def _is_day(year: int, month: int, day: int) -> bool:
    """Tell whether there is such a day."""
    try:
        date(year, month, day)
    except ValueError:
        return False
    return 1900 <= year <= 2100


def is_byline(page: Page, sentence: Sentence) -> bool:
    """Tell whether a sentence tells who wrote the appeal, or when it was posted."""
    is_short = sentence.end - sentence.start <= LONGEST_BYLINE
    return is_short and bool(BYLINE.search(page.told(sentence)))


def _is_of_something_else(page: Page, sentence: Sentence) -> bool:
    """Tell whether the dates of a sentence are those of a limit, an event, or when something was founded."""
    return page.has(sentence, "until", "event", "picket") or bool(_FOUNDED.search(page.told(sentence)))


def _is_of_byline(page: Page, sentence: Sentence, day: Day) -> bool:
    """Tell whether a date is a byline's, or is followed by who wrote: "3 May 2019, by Ann Example"."""
    return is_byline(page, sentence) or (day.start == sentence.start and bool(_BY.match(page.text, day.end)))


def dated_of(page: Page, days: tuple[Day, ...], is_case: Callable[[Sentence], bool], sent: str = "") -> Found:
    """Return the date of the appeal itself: a byline's, the mail's, one among the first lines, or a last line's."""
    full = [(day, page.sentence_at(day.start)) for day in days if day.year]
    free = [(day, one) for day, one in full if not _is_of_something_else(page, one)]
    own = [day for day, one in full if _ISSUED.search(page.text[one.start : day.start])]
    own += [day for day, one in full if one.line <= BYLINE_LINES and _is_of_byline(page, one, day)]
    if own:
        return Found(_iso(own[0], own[0].year))
    if sent:
        return Found(sent)
    top = [day for day, one in free if one.line <= TOP_LINES and one.end - one.start <= LONGEST_TOP]
    if top:
        return Found(_iso(top[0], top[0].year))
    last = [day for day, sentence in full if is_case(sentence) and _closes(page, sentence, day)]
    return Found(_iso(last[-1], last[-1].year)) if last else Found("")


def _closes(page: Page, sentence: Sentence, day: Day) -> bool:
    """Tell whether a line is a place or a name with a date, as below a statement: "Exampletown, 3 June 2026"."""
    before, after = page.text[sentence.start : day.start].strip(), page.text[day.end : sentence.end].strip(" .)")
    is_line = sentence.is_first and (not after or (not before and after.startswith(",")))
    is_line = is_line and sentence.end - sentence.start <= LONGEST_CLOSE and len(before.split()) <= CLOSE_WORDS
    is_named = not before or (before[:1].isupper() and before[-1] not in ".:;") or bool(_ISSUED.search(before))
    return is_line and is_named and not page.has(sentence, "until", "event", "picket", "case", "web")


def sent_on(text: str, lore: Lore) -> str:
    """Return the day on which a mail that was pasted whole was sent; of several, as of a forwarded one, the first."""
    fields = "\n".join(match[1] for match in islice(_SENT.finditer(text[:LONGEST_HEAD]), MOST_FIELDS))
    found = [_iso(day, day.year) for day in (*_figures(fields), *_named(fields, lore)) if day.year]
    return min(found, default="")


@dataclass(frozen=True, slots=True)
class Anchor:
    """The day that tells the years of days without one; `is_sure` where the appeal tells its own date."""

    day: date
    is_sure: bool


def anchor_of(page: Page, days: tuple[Day, ...], dated: str, today: date) -> Anchor:
    """Return the appeal's own date, else the last day or year that it tells, else today."""
    if dated:
        return Anchor(date.fromisoformat(dated), is_sure=True)
    told = max((_iso(day, day.year) for day in days if 0 < day.year <= today.year), default="")
    years = [int(match[0]) for match in islice(_BARE_YEAR.finditer(page.text), MOST_DATES)]
    year = max((year for year in years if year <= today.year), default=0)
    if told and int(told[:4]) >= year - 1:
        return Anchor(date.fromisoformat(told), is_sure=False)
    return Anchor(date(year, *MIDDLE_OF_YEAR) if year else today, is_sure=False)


def resolved(day: Day, anchor: Anchor) -> tuple[str, str]:
    """Return a day as ISO 8601, with a doubt where its year is a guess."""
    if day.year:
        return _iso(day, day.year), ""
    start = anchor.day
    candidate = date(start.year, day.month, min(day.day, 28))
    year = start.year + (1 if candidate < start - timedelta(days=180) else 0)
    return _iso(day, year), "" if anchor.is_sure else "the year is not told"


def _iso(day: Day, year: int) -> str:
    """Return a day in ISO 8601; a 29 February is kept to years that have one."""
    try:
        return date(year, day.month, day.day).isoformat()
    except ValueError:
        return date(year, day.month, 28).isoformat()


def events_of(
    page: Page, days: tuple[Day, ...], anchor: Anchor, today: date, is_case: Callable[[Sentence], bool]
) -> tuple[FoundEvent, ...]:
    """Return trials, hearings and pickets that lie ahead of the appeal's own date.

    Of an appeal that tells no date all of them; those of the days to come where it tells no year at all.
    """
    found: dict[tuple[str, bool], FoundEvent] = {}
    for day in days:
        sentence = page.sentence_at(day.start)
        kinds = {mark.kind for mark in page.marks_of(sentence, "event", "picket")}
        told, doubt = resolved(day, anchor)
        is_past = told < _earliest(day, anchor, today)
        if "event" not in kinds and _DURING.search(page.told(sentence)) and page.has(sentence, "case"):
            continue
        if kinds and is_case(sentence) and not is_past and not _is_aside(page, sentence, day):
            is_picket = "event" not in kinds
            what = Found(page.told(sentence)[:160], doubt)
            found.setdefault((told, is_picket), FoundEvent(what, told + _clock(page, sentence, day), "", is_picket))
    return tuple(found.values())[:20]


def _earliest(day: Day, anchor: Anchor, today: date) -> str:
    """Return the day from which on an event lies ahead."""
    if anchor.is_sure or (not day.year and anchor.day == today):
        return anchor.day.isoformat()
    return ""


def _is_aside(page: Page, sentence: Sentence, day: Day) -> bool:
    """Tell whether a date stands in brackets, as that of a source, or is the byline's."""
    before = page.text[sentence.start : day.start]
    return before.count("(") > before.count(")") or is_byline(page, sentence)


def _clock(page: Page, sentence: Sentence, day: Day) -> str:
    """Return the time of day that stands beside a date, as "T17:00", or nothing."""
    for match in _CLOCK.finditer(page.text, sentence.start, min(sentence.end, day.end + 60)):
        if match.start() < day.end and match.end() > day.start:
            continue
        hour, minute = int(match[1] or match[4]), int(match[2] or 0)
        half = (match[3] or match[5] or "").lower()
        hour += 12 if half.startswith("p") and hour < 12 else 0
        if hour < 24 and minute < 60 and abs(match.start() - day.start) < 60:
            return f"T{hour:02d}:{minute:02d}"
    return ""
