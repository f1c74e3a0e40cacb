"""How is a day or a moment told in words? By the patterns of CLDR, for one language and one zone.

Law: a moment is told in the zone of whoever reads it, and the zone is named beside it by the caller.
Only what a `Calendar` can answer is understood: wide names, numbers, the 24-hour clock, quoted words.
Source: Unicode Technical Standard 35, part 4, section 8 "Date Format Patterns".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from mailer.core.revisions import Calendar

_PIECE = re.compile(r"'((?:[^']|'')*)'|(([a-zA-Z])\3*)|([^a-zA-Z']+)")

_Field = Callable[[datetime, Calendar], str]

_FIELDS: Mapping[str, _Field] = {
    "EEEE": lambda moment, calendar: calendar.days[moment.weekday()],
    "cccc": lambda moment, calendar: calendar.days[moment.weekday()],
    "MMMM": lambda moment, calendar: calendar.months[moment.month - 1],
    "LLLL": lambda moment, calendar: calendar.months[moment.month - 1],
    "MM": lambda moment, _: f"{moment.month:02}",
    "M": lambda moment, _: f"{moment.month}",
    "dd": lambda moment, _: f"{moment.day:02}",
    "d": lambda moment, calendar: (calendar.first if moment.day == 1 else "") or f"{moment.day}",
    "y": lambda moment, _: f"{moment.year}",
    "yyyy": lambda moment, _: f"{moment.year:04}",
    "HH": lambda moment, _: f"{moment.hour:02}",
    "H": lambda moment, _: f"{moment.hour}",
    "mm": lambda moment, _: f"{moment.minute:02}",
    "m": lambda moment, _: f"{moment.minute}",
}


def understands(pattern: str) -> bool:
    """Tell whether every field of `pattern` is one that a calendar can answer."""
    return all(field in _FIELDS for _, field in _pieces(pattern) if field)


def tell_day(day: date, calendar: Calendar, *, year: bool = False) -> str:
    """Return "Wednesday 2 December", or with `year` "2 December 2026"."""
    return _tell(datetime.combine(day, time()), calendar.day if year else calendar.date, calendar)


def tell_short_day(day: date, calendar: Calendar) -> str:
    """Return "2 December": in a subject every letter counts."""
    return _tell(datetime.combine(day, time()), calendar.short, calendar)


def tell_time(hour: time, calendar: Calendar) -> str:
    """Return "06:00"."""
    return _tell(datetime.combine(date.min, hour), calendar.time, calendar)


def tell_moment(moment: datetime, zone: str, calendar: Calendar) -> str:
    """Return "Wednesday 2 December, 06:00" as the clocks in the IANA zone `zone` show it.

    Raises:
        ValueError: `moment` is naive.
    """
    local = local_time(moment, zone)
    comma = "،" if "،" in calendar.date else ","
    return f"{tell_day(local.date(), calendar)}{comma} {tell_time(local.time(), calendar)}"


def local_time(moment: datetime, zone: str) -> datetime:
    """Return `moment` as the clocks in `zone` show it; an empty zone is UTC.

    Raises:
        ValueError: `moment` is naive.
    """
    if moment.tzinfo is None:
        raise ValueError(f"a naive datetime is no moment: {moment}")
    return moment.astimezone(ZoneInfo(zone or "UTC"))


def _tell(moment: datetime, pattern: str, calendar: Calendar) -> str:
    """Fill `pattern`; a field that is not understood is an error, never a wrong date."""
    return "".join(_answer(field, moment, calendar) if field else words for words, field in _pieces(pattern))


def _answer(field: str, moment: datetime, calendar: Calendar) -> str:
    """Return what one field says of `moment`."""
    try:
        return _FIELDS[field](moment, calendar)
    except KeyError:
        raise ValueError(f"the date field {field!r} is not understood") from None


def _pieces(pattern: str) -> list[tuple[str, str]]:
    """Cut `pattern` into (literal words, field), one of the two empty; two quotes stand for one."""
    return [
        (match[1].replace("''", "'") or "'" if match[1] is not None else match[4] or "", match[2] or "")
        for match in _PIECE.finditer(pattern)
    ]
