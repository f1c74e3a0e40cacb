"""How many letters leave under a limit, whatever clocks, senders and restarts do?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.core.rates import (
    CLOCK_SKEW,
    KEPT_FOR,
    Bucket,
    DayUse,
    burst_of,
    full,
    give_back,
    left_today,
    next_token_at,
    refill,
    take,
    use_today,
)

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
RATES = st.sampled_from((1, 2, 7, 59, 60, 61, 500, 3600, 10_000))
# Steps from nothing to far more than an hour: what is kept in a bucket shows at its edges.
STEPS = st.lists(
    st.tuples(st.one_of(st.floats(0, 5), st.floats(0, 7200), st.just(60.0)), st.integers(1, 300)),
    min_size=1,
    max_size=60,
)


def letters_of(per_hour: int, steps: list[tuple[float, int]], start: Bucket) -> list[tuple[datetime, int]]:
    """Return when how many letters were granted to one who asks again and again."""
    bucket, now, granted = start, NOW, []
    for seconds, wanted in steps:
        now += timedelta(seconds=seconds)
        bucket, got = take(refill(bucket, per_hour, burst_of(per_hour), now), wanted)
        granted.append((now, got))
    return granted


@given(RATES, STEPS)
def test_no_hour_sees_more_than_its_letters(per_hour, steps):
    """Over any window of an hour, a full bucket at its beginning included, no more is granted than per_hour."""
    granted = letters_of(per_hour, steps, full(per_hour, NOW))

    for begin, _ in granted:
        assert sum(count for at, count in granted if begin <= at < begin + HOUR) <= per_hour


@given(RATES, STEPS)
def test_no_hour_of_use_sees_more_than_its_letters(per_hour, steps):
    """What is granted and written up to ten seconds later keeps the limit as well."""
    granted = letters_of(per_hour, steps, full(per_hour, NOW))

    for begin, _ in granted:
        assert sum(count for at, count in granted if begin - KEPT_FOR <= at < begin + HOUR) <= per_hour


@pytest.mark.parametrize("per_hour", [1, 60, 600, 5000])
def test_nearly_the_whole_rate_is_used(per_hour):
    """Who asks every second for ten hours gets at least 98 of 100 letters, and always the first."""
    granted = sum(count for _, count in letters_of(per_hour, [(1.0, 100)] * 36_000, full(per_hour, NOW)))

    assert granted >= per_hour * 10 * 0.98 - 1
    assert letters_of(per_hour, [(0.0, 1)], full(per_hour, NOW)) == [(NOW, 1)]


@given(RATES, st.floats(1, 7200), st.floats(1, 7200))
def test_a_clock_that_goes_back_gives_nothing_twice(per_hour, ahead, back):
    """Two fillings by a clock that is set back between them gain no more than a burst."""
    empty = Bucket(0.0, NOW)
    there = refill(empty, per_hour, burst_of(per_hour), NOW + timedelta(seconds=ahead))
    emptied, got = take(there, 10_000)
    again = refill(emptied, per_hour, burst_of(per_hour), NOW + timedelta(seconds=ahead - back))

    assert take(again, 10_000)[1] == 0
    assert got <= burst_of(per_hour)


def test_a_clock_that_was_wrong_is_not_waited_for():
    """A filling an hour ahead counts as now, one that is ahead by what machines may disagree is waited for."""
    wrong = refill(Bucket(0.0, NOW + HOUR), 60, 1.0, NOW)
    skewed = refill(Bucket(0.0, NOW + CLOCK_SKEW), 60, 1.0, NOW)

    assert wrong == Bucket(0.0, NOW)
    assert take(refill(wrong, 60, 1.0, NOW + timedelta(minutes=2)), 9)[1] == 1
    assert skewed == Bucket(0.0, NOW + CLOCK_SKEW)


@given(RATES)
def test_the_next_letter_is_there_when_it_was_foretold(per_hour):
    """An empty bucket grants one letter at that moment, and none a second before."""
    at = next_token_at(Bucket(0.0, NOW), per_hour)
    burst = burst_of(per_hour)

    assert take(refill(Bucket(0.0, NOW), per_hour, burst, at + timedelta(milliseconds=1)), 1)[1] == 1
    assert take(refill(Bucket(0.0, NOW), per_hour, burst, at - timedelta(milliseconds=1)), 1)[1] == 0


@given(RATES, st.integers(0, 1000), st.integers(0, 1000))
def test_what_is_given_back_never_overfills(per_hour, held, count):
    """A bucket holds its burst at most, and giving back takes nothing away."""
    burst = burst_of(per_hour)
    before = Bucket(min(float(held), burst), NOW)
    after = give_back(before, count, burst)

    assert before.tokens <= after.tokens <= burst


# --- days -----------------------------------------------------------------------------------------


def sent_daily(caps: tuple[int, ...], wishes: list[int]) -> list[int]:
    """Return how many letters leave on the days on which so many are wished."""
    use, sent = DayUse(), []
    for number, wish in enumerate(wishes):
        today = NOW.date() + timedelta(days=number)
        left = left_today(use, caps, today)
        granted = wish if left is None else min(wish, left)
        use = use_today(use, granted, today)
        sent.append(granted)
    return sent


def test_a_warm_up_counts_days_of_use():
    """200, 400, 800 hold on the first days on which anything leaves; days of rest are none, the last number stays."""
    assert sent_daily((200, 400, 800), [1000, 0, 0, 1000, 1000, 1000]) == [200, 0, 0, 400, 800, 800]
    assert sent_daily((5,), [3, 9]) == [3, 5]
    assert sent_daily((), [10_000]) == [10_000]


@given(st.lists(st.integers(1, 500), min_size=1, max_size=4), st.lists(st.integers(0, 300), max_size=40))
def test_no_day_sees_more_than_its_cap(caps, wishes):
    """However the letters of one day are asked for, they are no more than the number of that day."""
    use, used = DayUse(), 0
    for wish in wishes:
        left = left_today(use, tuple(caps), NOW.date())
        assert left is not None
        use = use_today(use, min(wish, left), NOW.date())
        used += min(wish, left)

    assert used <= caps[0]


def test_a_clock_that_goes_back_begins_no_day_anew():
    """Around midnight, back and forth, today's letters stay counted, and no day of the warm-up is skipped."""
    today, tomorrow = NOW.date(), NOW.date() + timedelta(days=1)
    use = use_today(DayUse(), 5, tomorrow)

    assert left_today(use, (5, 10), today) == 0
    assert left_today(use, (5, 10), tomorrow) == 0
    assert use_today(use, 1, today).days == 1


def test_a_clock_that_was_a_year_ahead_does_not_hold_letters_for_a_year():
    """The day after the clock was set right is a new day."""
    use = use_today(DayUse(), 5, NOW.date() + timedelta(days=365))
    use = use_today(use, 0, NOW.date())
    healed = use_today(use, 1, NOW.date())

    assert left_today(healed, (6, 6), NOW.date() + timedelta(days=1)) == 6
