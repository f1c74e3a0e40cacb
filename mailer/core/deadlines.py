"""Until when does a letter still arrive? A target's end, less what the channel needs.

Law: a channel is open only while what is sent now arrives before the end. Post needs its days; a telephone
needs office hours; the others need nothing.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mailer.core.localtime import resolve_local
from mailer.core.targets import ChannelKind, Phone, Target

_DAY = timedelta(days=1)
_SATURDAY = 5


def closes_at(kind: ChannelKind, target: Target, until: datetime | None, zone: str) -> datetime | None:
    """Return when (UTC) the channel of `target` closes, None if nothing ends it.

    `until` is when the target stops mattering; `zone` is that of an office whose phone does not name one.
    """
    if until is None:
        return None
    if kind is ChannelKind.POST:
        return until - target.post_days * _DAY
    if kind is ChannelKind.PHONE and target.phone is not None:
        return last_call(target.phone, until, zone)
    return until


def last_call(phone: Phone, until: datetime, zone: str) -> datetime:
    """Return the last moment (UTC) in office hours, Monday to Friday, before `until`."""
    if phone.opens is None or phone.closes is None:
        return until
    there = phone.timezone or zone
    day = until.astimezone(ZoneInfo(there)).date()
    while True:
        opens, closes = office_hours(phone.opens, phone.closes, day, there)
        if day.weekday() < _SATURDAY and opens < until:
            return min(closes, until)
        day -= _DAY


def office_hours(opens: time, closes: time, day: date, zone: str) -> tuple[datetime, datetime]:
    """Return opening and closing (UTC) on `day` in `zone`; hours past midnight end on the next day."""
    start = resolve_local(datetime.combine(day, opens), zone)
    last_day = day + _DAY if closes <= opens else day
    return start, resolve_local(datetime.combine(last_day, closes), zone)


def next_working_day(now: datetime, zone: str) -> date:
    """Return the day in `zone` that is today, or the Monday after a weekend."""
    day = now.astimezone(ZoneInfo(zone)).date()
    return day + _DAY * (7 - day.weekday()) if day.weekday() >= _SATURDAY else day


def still_open(closing: datetime | None, now: datetime) -> bool:
    """Tell whether what is sent at `now` arrives before `closing` (None: nothing ends it)."""
    return closing is None or now < closing
