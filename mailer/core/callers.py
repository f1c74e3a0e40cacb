"""Who rings an office, and when? So many as were asked for, spread over its hours by their seeds.

Law: the same supporter stays asked, or unasked, while the audience is about the same, and more than were asked for ring
hardly ever; nobody is sent to ring an office that is shut, and nobody at night who can ring it by day.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from math import sqrt
from typing import Final
from zoneinfo import ZoneInfo

from mailer.core.calendar import tell_moment
from mailer.core.campaigns import Campaign
from mailer.core.deadlines import office_days
from mailer.core.revisions import mail_wording
from mailer.core.targets import Phone
from mailer.core.writing import Writing

# Two and a third standard deviations of the root of a Poisson number, each 1/2: above that is one of a hundred.
_CAUTION: Final = 1.16
_GROWN: Final = 1.1

_HALF_HOUR: Final = timedelta(minutes=30)
_NOTICE: Final = timedelta(hours=1)  # nobody reads a mail at once
_ENOUGH: Final = 4  # half hours; callers are not crowded into fewer while there is another day
# When people are up, when they may be, and at any time; each is asked of only where the one before has nothing.
_UP: Final = ((time(8), time(22)), (time(6), time.max), (time.min, time.max))


def has_few_callers(campaign: Campaign) -> bool:
    """Tell whether any target is to be rung by only so many."""
    return any(target.phone and target.phone.ask_at_most for target in campaign.targets)


def asked_part(most: int, audience: int) -> float:
    """Return which part of the audience is asked so that more than `most` are hardly ever: 36 for 50, 5 for 10.

    From 10 on, more than `most` are asked about once in a hundred times; below, once in eleven at worst. Where the
    audience is unknown (0), everybody is asked.
    """
    if audience <= most:
        return 1.0
    return max(most / 2, (sqrt(most + 1) - _CAUTION) ** 2) / audience


def audience_to_keep(before: int, counted: int) -> int:
    """Return the size that a revision has: the one before it, unless the audience has grown by more than a tenth.

    So a list that grows by a few every day does not make a revision of every start, nor take back what was asked.
    """
    return counted if counted > before * _GROWN else before


def is_asked(phone: Phone, writing: Writing) -> bool:
    """Tell whether this supporter is among those who are asked to ring.

    Where the audience was not counted everybody is, and so is who stands for all of them in a preview (seed 0).
    """
    if phone.ask_at_most is None or not writing.supporter.seed:
        return True
    share = asked_part(phone.ask_at_most, writing.revision.audience)
    return writing.by.falls_under(writing.part("phone.asked"), share)


def call_at(phone: Phone, writing: Writing, zones: tuple[str, str], now: datetime) -> tuple[datetime | None, str]:
    """Return the half hour (UTC) in which this supporter had best ring, and what stands for its words in a skeleton.

    It is None without hours, or without time. `zones` are the office's and the supporter's.
    """
    there, here = zones
    few: list[list[datetime]] = []
    for hours in _UP:
        for day in office_days(phone, there, now):
            starts = [start for start in _half_hours(day, now + _NOTICE, writing.until) if _is_in(hours, start, here)]
            if len(starts) >= _ENOUGH:
                return _one_of(starts, writing, here)
            few += [starts] if starts else []
    return _one_of(few[0], writing, here) if few else (None, "")


def _one_of(starts: list[datetime], writing: Writing, zone: str) -> tuple[datetime, str]:
    """Return the half hour that is this supporter's, by whose clock it is told."""
    reads = writing.supporter.language or writing.fallback
    calendar = mail_wording(writing.revision, reads, writing.supporter.language).calendar
    return writing.by.choose_moment(
        writing.part("phone.time"), starts, lambda start: tell_moment(start, zone, calendar)
    )


def _half_hours(day: tuple[datetime, datetime], soonest: datetime, until: datetime | None) -> list[datetime]:
    """Return when the half hours of one day begin, those that are over or too late left out."""
    opens, closes = day
    count = max(1, (closes - opens) // _HALF_HOUR)
    starts = (opens + _HALF_HOUR * number for number in range(count))
    return [start for start in starts if start >= soonest and (until is None or start < until)]


def _is_in(hours: tuple[time, time], moment: datetime, zone: str) -> bool:
    """Tell whether clocks in `zone` show a time from the first of `hours` up to the second."""
    return hours[0] <= moment.astimezone(ZoneInfo(zone)).time() < hours[1]
