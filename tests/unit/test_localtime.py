"""Is a wall-clock time the right moment, in gaps and folds too?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.core.localtime import end_of_day, resolve_local

clock = datetime.fromisoformat

ZONES = (
    "UTC",
    "Europe/London",
    "Asia/Almaty",
    "America/New_York",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Cairo",
    "America/Santiago",
)
# Around the changes of the clocks, where an error by one would hide from times drawn evenly.
CHANGES = (
    clock("2026-03-29 01:00"),
    clock("2026-10-25 01:00"),
    clock("2026-03-08 02:00"),
    clock("2026-11-01 01:00"),
    clock("2026-04-05 01:30"),
    clock("2026-10-04 02:00"),
    clock("2011-12-30 00:00"),
    clock("2026-04-24 00:00"),
    clock("2026-09-06 00:00"),
    clock("2024-03-01 00:00"),
)
near_changes = st.builds(
    lambda at, minutes: at + timedelta(minutes=minutes), st.sampled_from(CHANGES), st.integers(-90, 90)
)
wall_clocks = st.one_of(near_changes, st.datetimes(clock("1990-01-01 00:00"), clock("2199-12-30 00:00")))


@pytest.mark.parametrize(
    ("naive", "zone", "moment"),
    [
        (clock("2026-12-02 10:00"), "Asia/Almaty", datetime(2026, 12, 2, 5, tzinfo=UTC)),
        (clock("2026-03-29 01:30"), "Europe/London", datetime(2026, 3, 29, 1, tzinfo=UTC)),
        (clock("2026-03-29 01:00"), "Europe/London", datetime(2026, 3, 29, 1, tzinfo=UTC)),
        (clock("2026-03-29 00:59"), "Europe/London", datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
        (clock("2026-03-29 02:00"), "Europe/London", datetime(2026, 3, 29, 1, tzinfo=UTC)),
        (clock("2026-10-25 01:30"), "Europe/London", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (clock("2026-03-08 02:30"), "America/New_York", datetime(2026, 3, 8, 7, tzinfo=UTC)),
        (clock("2026-11-01 01:30"), "America/New_York", datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),
        (clock("2011-12-30 12:00"), "Pacific/Apia", datetime(2011, 12, 30, 10, tzinfo=UTC)),
    ],
)
def test_known_times_are_known_moments(naive: datetime, zone: str, moment: datetime) -> None:
    """A gap is its end, a fold its first pass, in three zones and on a day that Samoa skipped."""
    assert resolve_local(naive, zone) == moment


@given(wall_clocks, st.sampled_from(ZONES))
def test_a_time_that_the_clocks_show_comes_back(naive: datetime, zone: str) -> None:
    """The moment shows the same time there, or is the first one after a gap that holds it."""
    moment = resolve_local(naive, zone)
    shown = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)

    if shown != naive:
        before = (moment - timedelta(seconds=1)).astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)
        assert before < naive < shown


@given(wall_clocks, st.sampled_from(ZONES))
def test_no_earlier_moment_shows_the_same_time(naive: datetime, zone: str) -> None:
    """Of two passes it is the first."""
    moment = resolve_local(naive, zone)

    for earlier in (timedelta(minutes=30), timedelta(hours=1)):
        assert (moment - earlier).astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0) != naive


@given(wall_clocks, wall_clocks, st.sampled_from(("UTC", "Asia/Kolkata", "Africa/Nairobi")))
def test_order_is_kept_where_clocks_never_change(one: datetime, other: datetime, zone: str) -> None:
    """An earlier time is an earlier moment."""
    assert (one < other) == (resolve_local(one, zone) < resolve_local(other, zone))


@given(st.dates(date(1990, 1, 1), date(2199, 12, 30)), st.sampled_from(ZONES))
def test_a_day_ends_where_the_next_begins(day: date, zone: str) -> None:
    """The end is no longer on the day, and a second before it is, unless the zone skipped that day."""
    end = end_of_day(day, zone)
    there = ZoneInfo(zone)

    assert end.astimezone(there).date() > day
    assert (end - timedelta(seconds=1)).astimezone(there).date() == day or (zone, day) == (
        "Pacific/Apia",
        date(2011, 12, 30),
    )


def test_aware_times_unknown_zones_and_the_ends_of_time_are_refused() -> None:
    """Nothing is guessed."""
    with pytest.raises(ValueError, match="has a zone"):
        resolve_local(datetime(2026, 1, 1, tzinfo=UTC), "UTC")
    with pytest.raises(ZoneInfoNotFoundError):
        resolve_local(clock("2026-01-01 00:00"), "Nowhere/City")
    with pytest.raises(ValueError, match="no day comes after"):
        end_of_day(date.max, "UTC")
    with pytest.raises(ValueError, match="ends of time"):
        resolve_local(clock("0001-01-01 00:00"), "Asia/Almaty")
