"""Which moment is "10:00 in Almaty"? Wall-clock times turned into UTC. Pure: no clock, no I/O of ours.

A time that the clocks skip is the first moment after the gap; one that they show twice is the first of
the two; a day ends at 24:00 of its zone.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_SECOND = timedelta(seconds=1)


def resolve_local(naive: datetime, zone: str) -> datetime:
    """Return the moment (UTC) at which clocks in `zone` (IANA) show `naive`.

    Raises:
        ValueError: `naive` is aware, or too near to the first or last year.
        ZoneInfoNotFoundError: there is no such zone (also a KeyError).
    """
    if naive.tzinfo is not None:
        raise ValueError(f"not a wall-clock time: {naive} has a zone already")
    there = ZoneInfo(zone)
    moment = _as_utc(naive.replace(fold=0), there)
    if moment.astimezone(there).replace(tzinfo=None, fold=0) == naive.replace(fold=0):
        return moment
    return _end_of_gap(_as_utc(naive.replace(fold=1), there), moment, there)


def end_of_day(day: date, zone: str) -> datetime:
    """Return the moment (UTC) at which `day` is over in `zone`: 24:00, or the first moment after it.

    Raises:
        ValueError: `day` is the last day that dates know.
        ZoneInfoNotFoundError: there is no such zone (also a KeyError).
    """
    try:
        return resolve_local(datetime.combine(day + timedelta(days=1), time()), zone)
    except OverflowError as error:
        raise ValueError(f"no day comes after {day}") from error


def _as_utc(naive: datetime, there: ZoneInfo) -> datetime:
    """Return `naive` in UTC by the offset that its `fold` chooses."""
    try:
        return naive.replace(tzinfo=there).astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"{naive} is too near to the ends of time") from error


def _end_of_gap(before: datetime, after: datetime, there: ZoneInfo) -> datetime:
    """Return the first second in (before, after] that has the offset of `after`."""
    offset = after.astimezone(there).utcoffset()
    while after - before > _SECOND:
        middle = before + (after - before) // 2
        if middle.astimezone(there).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return after.replace(microsecond=0)
