"""Days and moments are told by CLDR's patterns, with Babel as oracle."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from babel import Locale
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from mailer.adapters.wording import calendar_of
from mailer.core.calendar import local_time, tell_day, tell_moment, tell_time, understands
from tests.samples import ENGLISH

MOMENT = datetime(2026, 12, 2, 5, 0, tzinfo=UTC)
days = st.dates(date(1970, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("tag", "told"),
    [
        ("en-GB", "Wednesday 2 December, 06:00"),
        ("ru", "среда, 2 декабря, 06:00"),
        ("de", "Mittwoch, 2. Dezember, 06:00"),
        ("fr", "mercredi 2 décembre, 06:00"),
        ("zh", "12月2日星期三, 06:00"),
        ("bg", "сряда, 2 декември, 06:00 ч."),
    ],
)
def test_a_moment_is_told_as_its_language_does(tag, told):
    """Months stand in the case that a date needs, on the clock of the supporter's zone."""
    assert tell_moment(MOMENT, "Europe/Berlin", calendar_of(Locale.parse(tag, sep="-"))) == told


@given(days, st.sampled_from(["en_GB", "ru", "de", "fr", "kk", "hu", "ar"]))
def test_babel_fills_the_same_pattern_with_the_same_words(day, name):
    """Our small interpreter and Babel's agree on every day with a year."""
    calendar = replace(calendar_of(Locale.parse(name)), first="")

    assert tell_day(day, calendar, year=True) == format_date(day, calendar.day, locale=name)


def test_french_has_a_number_of_its_own_for_the_first_of_a_month():
    """CLDR's patterns do not know "1er"; no other day has it."""
    french = calendar_of(Locale.parse("fr"))

    assert tell_day(date(2026, 12, 1), french) == "mardi 1er décembre"
    assert tell_day(date(2026, 12, 1), french, year=True) == "1er décembre 2026"
    assert tell_day(date(2026, 12, 11), french) == "vendredi 11 décembre"


@given(days)
def test_numbers_are_padded_only_where_the_pattern_says_so(day):
    """One letter is a bare number, two are padded."""
    calendar = replace(ENGLISH, date="d.M.y", day="dd/MM/yyyy")

    assert tell_day(day, calendar) == f"{day.day}.{day.month}.{day.year}"
    assert tell_day(day, calendar, year=True) == day.strftime("%d/%m/") + f"{day.year:04}"


def test_times_follow_the_pattern():
    """Hours may be padded or not, and words may stand beside them."""
    assert tell_time(time(6, 5), ENGLISH) == "06:05"
    assert tell_time(time(6, 5), replace(ENGLISH, time="H.m 'h'")) == "6.5 h"


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("d 'de' MMMM", "2 de December"),
        ("d 'o''clock'", "2 o'clock"),
        ("d ''", "2 '"),
        ("'d' d", "d 2"),
        ("LLLL", "December"),
    ],
)
def test_quoted_letters_are_words(pattern, told):
    """Between quotes letters mean themselves, and two quotes are one."""
    assert tell_day(MOMENT.date(), replace(ENGLISH, date=pattern)) == told


@pytest.mark.parametrize("pattern", ["d MMMM G", "EEE", "MMM", "hh", "a", "yy"])
def test_what_is_not_understood_is_refused(pattern):
    """A field that the calendar cannot answer is an error, not a wrong date."""
    assert not understands(pattern)
    with pytest.raises(ValueError, match="is not understood"):
        tell_day(MOMENT.date(), replace(ENGLISH, date=pattern))


@given(st.integers(0, 4_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)))
def test_local_time_is_the_same_instant(moment):
    """Telling a moment elsewhere never moves it."""
    for zone in ("Asia/Almaty", "Europe/London", "America/St_Johns", ""):
        assert local_time(moment, zone).astimezone(UTC) == moment
    assert local_time(moment, "Asia/Almaty").tzinfo == ZoneInfo("Asia/Almaty")


def test_a_naive_moment_is_refused():
    """Without a zone nobody knows when it is."""
    with pytest.raises(ValueError, match="naive"):
        tell_moment(MOMENT.replace(tzinfo=None), "Europe/Berlin", ENGLISH)
