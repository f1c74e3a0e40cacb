"""Who rings an office, and when? So many as were asked for, spread over its hours by their seeds.

Law: the same supporter is always asked, or never, while the audience is the same; nobody is sent to ring an office
that is shut, and nobody at night who can ring it by day.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from mailer.core.callers import asked_part
from mailer.core.deadlines import office_days
from mailer.core.spread import SPREAD, variant
from mailer.core.targets import Phone
from mailer.core.writing import Writing

_HALF_HOUR: Final = timedelta(minutes=30)
_NOTICE: Final = timedelta(hours=1)  # nobody reads a mail at once
_ENOUGH: Final = 4  # half hours; callers are not crowded into fewer while there is another day
# When people are up, when they may be, and at any time; each is asked of only where the one before has nothing.
_UP: Final = ((time(8), time(22)), (time(6), time.max), (time.min, time.max))


def is_asked(phone: Phone, writing: Writing) -> bool:
    """Tell whether this supporter is among those who are asked to ring.

    Where the audience was not counted everybody is, and so is who stands for all of them in a preview (seed 0).
    """
    if phone.ask_at_most is None or not writing.supporter.seed:
        return True
    part = _number(writing, "phone.asked") / SPREAD
    return part < asked_part(phone.ask_at_most, writing.revision.audience)


def call_at(phone: Phone, writing: Writing, zones: tuple[str, str], now: datetime) -> datetime | None:
    """Return the half hour (UTC) in which this supporter had best ring; None without hours, or without time.

    `zones` are the office's and the supporter's.
    """
    there, here = zones
    few: list[list[datetime]] = []
    for hours in _UP:
        for day in office_days(phone, there, now):
            starts = [start for start in _half_hours(day, now + _NOTICE, writing.until) if _is_in(hours, start, here)]
            if len(starts) >= _ENOUGH:
                return _one_of(starts, writing)
            few += [starts] if starts else []
    return _one_of(few[0], writing) if few else None


def _one_of(starts: list[datetime], writing: Writing) -> datetime:
    """Return the half hour that is this supporter's."""
    return starts[_number(writing, "phone.time") % len(starts)]


def _half_hours(day: tuple[datetime, datetime], soonest: datetime, until: datetime | None) -> list[datetime]:
    """Return when the half hours of one day begin, those that are over or too late left out."""
    opens, closes = day
    count = max(1, (closes - opens) // _HALF_HOUR)
    starts = (opens + _HALF_HOUR * number for number in range(count))
    return [start for start in starts if start >= soonest and (until is None or start < until)]


def _is_in(hours: tuple[time, time], moment: datetime, zone: str) -> bool:
    """Tell whether clocks in `zone` show a time from the first of `hours` up to the second."""
    return hours[0] <= moment.astimezone(ZoneInfo(zone)).time() < hours[1]


def _number(writing: Writing, part: str) -> int:
    """Return this supporter's number for a choice about this target."""
    return variant(writing.supporter.seed, writing.campaign.id, writing.target.id, part)
