"""Which days does an appeal name? Its own date, events, and the day until which to write.

Law: a date without a year is of the appeal's own year, or the next one if it would lie half a year back; without either
it stays doubtful.
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
NEAR = 60  # characters between "until" and its date

_FIGURES = re.compile(
    r"(?<![\d.,/-])(?:(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})|(\d{1,2})([./-])(\d{1,2})\5(\d{4}|\d{2}))(?![\d/-])"
)
_YEAR = r"(?:,?\s+(?:de\s+|del\s+|of\s+)?((?:19|20)\d\d)\b)?"
_DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|°|\.|-го|-е)?(?:\s+(?:of|de|d['’]|di))?\s+([^\W\d_]{3,12})\.?" + _YEAR
)
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
_BYLINE = re.compile(
    r"^(?:by|from|posted|published|date|datum|data|fecha|дата|post|von|par|por|di)\b|\|", re.IGNORECASE
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
    for pattern, day_at, month_at in ((_DAY_FIRST, 1, 2), (_MONTH_FIRST, 2, 1)):
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


def dated_of(page: Page, days: tuple[Day, ...]) -> Found:
    """Return the date of the appeal itself: one with a year among the first lines, or in its last one."""
    for day in days:
        sentence = page.sentence_at(day.start)
        is_top = sentence.line <= 8 and (sentence.end - sentence.start <= 90 or _BYLINE.search(page.told(sentence)))
        is_other = page.has(sentence, "until", "event", "picket") and not _BYLINE.search(page.told(sentence))
        if day.year and is_top and not is_other:
            return Found(_iso(day, day.year))
    return Found("")


def resolved(day: Day, dated: str, today: date) -> tuple[str, str]:
    """Return a day as ISO 8601, with a doubt where its year is a guess."""
    if day.year:
        return _iso(day, day.year), ""
    start = date.fromisoformat(dated) if dated else today
    candidate = date(start.year, day.month, min(day.day, 28))
    year = start.year + (1 if candidate < start - timedelta(days=180) else 0)
    return _iso(day, year), "" if dated else "the year is not told"


def _iso(day: Day, year: int) -> str:
    """Return a day in ISO 8601; a 29 February is kept to years that have one."""
    try:
        return date(year, day.month, day.day).isoformat()
    except ValueError:
        return date(year, day.month, 28).isoformat()


def deadline_of(page: Page, days: tuple[Day, ...], dated: str, today: date) -> Found:
    """Return the day until which to write: a date right after "until" or "before" where writing is asked for."""
    for day in days:
        sentence = page.sentence_at(day.start)
        marks = page.marks_of(sentence, "until")
        near = [
            mark
            for mark in marks
            if -25 < day.start - page.span(mark)[1] < NEAR or 0 <= page.span(mark)[0] - day.end < 12
        ]
        if (
            near
            and not _BYLINE.search(page.told(sentence))
            and page.has(sentence, "send", "message", "protest")
            and not page.has(sentence, "picket")
        ):
            told, doubt = resolved(day, dated, today)
            return Found(told, doubt, page.text[day.start : day.end])
    return Found("")


def events_of(
    page: Page, days: tuple[Day, ...], dated: str, today: date, is_case: Callable[[Sentence], bool]
) -> tuple[FoundEvent, ...]:
    """Return trials, hearings and pickets that lie ahead of the appeal's own date.

    Of an appeal that tells no date those with a year, and those of the days to come.
    """
    found: dict[tuple[str, bool], FoundEvent] = {}
    for day in days:
        sentence = page.sentence_at(day.start)
        kinds = {mark.kind for mark in page.marks_of(sentence, "event", "picket")}
        told, doubt = resolved(day, dated, today)
        is_past = told < (dated or ("" if day.year else today.isoformat()))
        if "event" not in kinds and _DURING.search(page.told(sentence)) and page.has(sentence, "case"):
            continue
        if kinds and is_case(sentence) and not is_past and not _is_aside(page, sentence, day):
            is_picket = "event" not in kinds
            what = Found(page.told(sentence)[:160], doubt)
            found.setdefault((told, is_picket), FoundEvent(what, told + _clock(page, sentence, day), "", is_picket))
    return tuple(found.values())[:20]


def _is_aside(page: Page, sentence: Sentence, day: Day) -> bool:
    """Tell whether a date stands in brackets, as that of a source, or is the byline's."""
    before = page.text[sentence.start : day.start]
    return before.count("(") > before.count(")") or bool(_BYLINE.search(page.told(sentence)))


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
