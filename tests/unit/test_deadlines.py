"""Until when a letter still arrives."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.core.deadlines import closes_at, is_working_day, last_call, office_days, office_hours, still_open
from mailer.core.targets import ChannelKind, Phone
from tests.letter_parts import END, TRIAL, target

ALMATY = "Asia/Almaty"
OFFICE = Phone("+441632960107", time(9), time(18), ALMATY)


def at(day, hour, minute=0):
    """Return a moment of December 2026, UTC; Almaty is five hours ahead."""
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "closing"),
    [
        (ChannelKind.EMAIL, TRIAL),
        (ChannelKind.FAX, TRIAL),
        (ChannelKind.WEB, TRIAL),
        (ChannelKind.POST, TRIAL - timedelta(days=10)),
        (ChannelKind.PHONE, TRIAL),
    ],
)
def test_a_channel_closes_as_much_earlier_as_it_needs(kind, closing):
    """Post needs its days, the others arrive at once."""
    office = target(phone=Phone("+441632960107"), post_days=10)

    assert closes_at(kind, office, TRIAL, ALMATY) == closing
    assert closes_at(kind, office, None, ALMATY) is None


@pytest.mark.parametrize(
    ("until", "last"),
    [
        (at(2, 5), at(2, 5)),  # the trial begins at 10:00, the office opened at 09:00
        (at(2, 4), at(1, 13)),  # at 09:00 sharp nobody could have called that day
        (at(2, 20), at(2, 13)),
        (at(6, 12), at(4, 13)),  # a Sunday: the Friday before
        (at(7, 3), at(4, 13)),  # Monday before opening: the Friday before
    ],
)
def test_the_last_call_is_in_the_last_office_hours(until, last):
    """An office answers Monday to Friday between its hours, by its own clock."""
    assert last_call(OFFICE, until, "Europe/London") == last


def test_a_phone_without_zone_is_in_the_zone_that_is_told():
    """Hours mean the office's clock."""
    homeless = Phone("+441632960107", time(9), time(18))

    assert last_call(homeless, at(2, 20), "Europe/London") == at(2, 18)


def test_hours_past_midnight_end_on_the_next_day():
    """A night desk from 22:00 to 02:00 closes four hours after it opened."""
    opens, closes = office_hours(time(22), time(2), date(2026, 12, 2), "Europe/London")
    around_the_clock = office_hours(time(9), time(9), date(2026, 12, 2), "Europe/London")

    assert closes - opens == timedelta(hours=4)
    assert around_the_clock[1] - around_the_clock[0] == timedelta(hours=24)


moments = st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: TRIAL + timedelta(minutes=minutes))


@given(moments, st.sampled_from([ALMATY, "Europe/London"]))
def test_the_last_call_is_before_the_end_and_at_most_a_weekend_away(until, zone):
    """There is always a working day in the four before the end."""
    phone = Phone("+441632960107", time(9), time(18), zone)

    last = last_call(phone, until, zone)

    assert until - timedelta(days=4) < last <= until


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (at(2, 3), at(2, 4)),  # before it opens at 09:00 in Almaty
        (at(2, 12), at(2, 4)),  # it is open
        (at(2, 13), at(3, 4)),  # it shut at 18:00 sharp
        (at(4, 14), at(7, 4)),  # Friday evening: Monday
        (at(6, 23), at(7, 4)),  # Monday there, Sunday still in UTC
    ],
)
def test_the_next_office_day_is_one_on_which_somebody_still_answers(now, opens):
    """Hours are told for a working day that is not over."""
    days = list(office_days(OFFICE, ALMATY, now))

    assert days[0] == (opens, opens + timedelta(hours=9))
    assert [day.weekday() < 5 for day, _ in days] == [True] * len(days)


@pytest.mark.parametrize(
    ("zone", "days"),
    [
        ("Europe/London", (2, 3, 4, 7, 8)),
        ("Africa/Cairo", (2, 3, 6, 7, 8)),
        ("Asia/Kabul", (2, 5, 6, 7, 8)),
        ("Asia/Tehran", (2, 3, 5, 6, 7, 8)),
        ("Asia/Kolkata", (2, 3, 4, 5, 7, 8)),
    ],
)
def test_offices_rest_when_their_country_does(zone, days):
    """Nobody answers in Cairo on a Friday, and somebody does on a Sunday."""
    assert tuple(day for day in range(2, 9) if is_working_day(date(2026, 12, day), zone)) == days


def test_the_last_call_to_cairo_before_a_sunday_is_on_thursday():
    """Where Friday and Saturday are the weekend."""
    desk = Phone("+20225000107", time(9), time(15), "Africa/Cairo")

    assert last_call(desk, at(6, 6), "Europe/London") == at(3, 13)


def test_a_night_desk_that_opened_yesterday_is_still_open():
    """At one in the morning the desk from 22:00 to 02:00 answers."""
    desk = Phone("+441632960107", time(22), time(2))

    assert next(office_days(desk, "Europe/London", at(3, 1))) == (at(2, 22), at(3, 2))


def test_an_office_without_hours_has_no_days():
    """Nothing is told of which nothing is known."""
    assert list(office_days(Phone("+441632960107"), ALMATY, at(2, 3))) == []


def test_what_is_sent_at_the_last_moment_is_late():
    """A channel is open before its end, not at it."""
    assert still_open(END, END - timedelta(microseconds=1))
    assert not still_open(END, END)
    assert still_open(None, END)
