"""Until when does a letter still arrive? A target's end, less what the channel needs.

Law: a channel is open only while what is sent now arrives before the end. Post needs its days; a telephone
needs office hours; the others need nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mailer.core.localtime import resolve_local
from mailer.core.targets import ChannelKind, Phone, Target

_DAY = timedelta(days=1)
_WEEKEND = frozenset({5, 6})  # Saturday and Sunday
# Where offices rest on other days, by the zone of their clocks. Source: Unicode CLDR, supplemental week data.
_FRIDAY_AND_SATURDAY = """Africa/Algiers Africa/Cairo Africa/Khartoum Africa/Tripoli Asia/Aden Asia/Amman Asia/Baghdad
    Asia/Bahrain Asia/Damascus Asia/Jerusalem Asia/Kuwait Asia/Muscat Asia/Qatar Asia/Riyadh"""
_OTHER_WEEKENDS = {
    **dict.fromkeys(_FRIDAY_AND_SATURDAY.split(), frozenset({4, 5})),
    "Asia/Kabul": frozenset({3, 4}),
    "Asia/Tehran": frozenset({4}),
    **dict.fromkeys(("Africa/Kampala", "Asia/Kolkata"), frozenset({6})),
}
_DAYS_AHEAD = 9


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
    """Return the last moment (UTC) in office hours, on a working day, before `until`."""
    if phone.opens is None or phone.closes is None:
        return until
    there = phone.timezone or zone
    day = until.astimezone(ZoneInfo(there)).date()
    while True:
        opens, closes = office_hours(phone.opens, phone.closes, day, there)
        if is_working_day(day, there) and opens < until:
            return min(closes, until)
        day -= _DAY


def is_working_day(day: date, zone: str) -> bool:
    """Tell whether offices in `zone` work on `day`: not at their weekend; holidays are not known."""
    return day.weekday() not in _OTHER_WEEKENDS.get(zone, _WEEKEND)


def office_hours(opens: time, closes: time, day: date, zone: str) -> tuple[datetime, datetime]:
    """Return opening and closing (UTC) on `day` in `zone`; hours past midnight end on the next day."""
    start = resolve_local(datetime.combine(day, opens), zone)
    last_day = day + _DAY if closes <= opens else day
    return start, resolve_local(datetime.combine(last_day, closes), zone)


def office_days(phone: Phone, zone: str, now: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield opening and closing (UTC) of the working days that are not over at `now`; none without hours.

    `zone` is that of the office.
    """
    if phone.opens is None or phone.closes is None:
        return
    yesterday = now.astimezone(ZoneInfo(zone)).date() - _DAY  # whose hours may go past midnight
    for day in (yesterday + _DAY * count for count in range(_DAYS_AHEAD)):
        opens, closes = office_hours(phone.opens, phone.closes, day, zone)
        if is_working_day(day, zone) and closes > now:
            yield opens, closes


def still_open(closing: datetime | None, now: datetime) -> bool:
    """Tell whether what is sent at `now` arrives before `closing` (None: nothing ends it)."""
    return closing is None or now < closing
