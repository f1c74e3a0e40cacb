"""When is that? Days and times as they stand in the file, before a zone makes them moments.

A time without a zone of its own ("2026-12-02 10:00") means the clock on the wall of the zone that
belongs to it; `at_utc` resolves it.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import PlainValidator

from mailer.adapters.catalog.scalars import as_text, json_text, read_slug, refused, shown
from mailer.core.localtime import end_of_day, resolve_local

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[ T](\d{1,2}:\d{2})(:\d{2})?\s?(Z|[+-]\d{2}:?\d{2})?")
ON_LAUNCH = "on-launch"
_EARLIEST, _LATEST = 1990, 2199
_TIME_HINT = "write it as 2026-12-02 10:00"


def read_day(value: object) -> date:
    """Return a day, YYYY-MM-DD."""
    text = as_text(value, "2026-12-02")
    if not _DAY.fullmatch(text):
        raise refused(f"{shown(text)} is no date", "write it as 2026-12-02")
    return _existing(text, text).date()


def read_moment(value: object) -> datetime:
    """Return a day with its time; aware only if the file gives an offset ("+05:00" or "Z")."""
    text = as_text(value, "2026-12-02 10:00")
    match = _TIME.fullmatch(text)
    if match is None:
        raise refused(*_why_no_moment(text))
    day, clock, seconds, offset = match.groups()
    return _existing(f"{day} {clock:0>5}{seconds or ''}{offset or ''}", text)


def _why_no_moment(text: str) -> tuple[str, str]:
    """Return what is wrong and what would be right."""
    if _DAY.fullmatch(text):
        return f"{shown(text)} lacks the time of day", f"write it as {text} 10:00"
    return f"{shown(text)} is no date with a time", _TIME_HINT


def read_deadline(value: object) -> date | datetime | str:
    """Return a day, a day with its time, or the id of an event."""
    text = as_text(value, "2026-12-10")
    if not re.match(r"\d{4}-\d|\d{1,2}[./]\d", text):
        return read_slug(text)
    return read_day(text) if _DAY.fullmatch(text) else read_moment(text)


def read_alert(value: object) -> datetime | str:
    """Return when an alert goes out: a time, or ON_LAUNCH."""
    if value == ON_LAUNCH:
        return ON_LAUNCH
    text = as_text(value, "on-launch")
    if not text[0].isdigit():
        raise refused(f"{shown(text)} is no time for an alert", "on-launch, or a time: 2026-12-02 10:00")
    return read_moment(text)


def _existing(iso: str, text: str) -> datetime:
    """Return the datetime that `iso` is, refusing days that no calendar has."""
    try:
        found = datetime.fromisoformat(iso)
    except ValueError as error:
        raise refused(f"{shown(text)} is not in the calendar: {error}", _TIME_HINT) from error
    if not _EARLIEST <= found.year <= _LATEST:
        raise refused(f"the year {found.year} cannot be meant", f"{_EARLIEST} to {_LATEST}")
    return found


def at_utc(value: date, zone: str) -> datetime:
    """Return the moment (UTC) that a day (its end), a wall-clock time or an aware time is in `zone`."""
    if not isinstance(value, datetime):
        return end_of_day(value, zone)
    return value.astimezone(UTC) if value.tzinfo else resolve_local(value, zone)


Day = Annotated[date, PlainValidator(read_day), json_text("date", format="date")]
Moment = Annotated[datetime, PlainValidator(read_moment), json_text("time", examples=["2026-12-02 10:00"])]
Deadline = Annotated[
    date | str,
    PlainValidator(read_deadline),
    json_text("date, time or event", examples=["2026-12-10", "trial"]),
]
AlertTime = Annotated[
    datetime | str,
    PlainValidator(read_alert),
    json_text("`on-launch` or time", examples=["on-launch", "2026-12-02 10:00"]),
]
