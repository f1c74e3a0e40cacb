"""Who rings an office, and when."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from mailer.core.callers import asked_part, audience_to_keep, call_at, has_few_callers, is_asked
from mailer.core.targets import Phone
from mailer.core.writing import Writing
from tests.letter_parts import NOW, campaign, revision, supporter, target

ALMATY, LONDON, NEW_YORK, AUCKLAND = "Asia/Almaty", "Europe/London", "America/New_York", "Pacific/Auckland"
OFFICE = Phone("+441632960107", time(9), time(18), ALMATY)
FROZEN = revision(target(phone=OFFICE))
SEEDS = range(1, 301)


def writing_of(seed, *, audience=0, **changes):
    """Return who writes to the court, where the audience has this size."""
    return Writing(replace(FROZEN, audience=audience), supporter(seed=seed), FROZEN.campaign.targets[0], **changes)


def asked(most, audience):
    """Return the seeds of those of an audience who are asked to ring."""
    phone = replace(OFFICE, ask_at_most=most)
    return {seed for seed in range(1, audience + 1) if is_asked(phone, writing_of(seed, audience=audience))}


# --- who ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("most", [10, 50, 200])
def test_about_as_many_as_were_asked_for_ring(most):
    """Of two thousand."""
    assert most / 3 < len(asked(most, 2000)) <= most


def test_more_than_were_asked_for_ring_hardly_ever():
    """For one in a hundred: here of fifty offices that each may have ten of four hundred callers."""
    phone = replace(OFFICE, ask_at_most=10)
    writings = [writing_of(seed, audience=400) for seed in range(1, 401)]
    offices = [target(f"office-{number}", phone=phone) for number in range(50)]

    callers = [sum(is_asked(phone, replace(each, target=office)) for each in writings) for office in offices]

    assert sum(count > 10 for count in callers) <= 2
    assert 4 < sum(callers) / len(callers) < 6


@pytest.mark.parametrize(("most", "audience"), [(50, 0), (50, 30), (50, 50)])
def test_everybody_rings_where_the_audience_is_small_or_unknown(most, audience):
    """Nobody is left out who need not be."""
    assert asked_part(most, audience) == 1.0


@pytest.mark.parametrize(("most", "expected"), [(1, 0.5), (2, 1), (10, 5), (50, 36), (1000, 930)])
def test_fewer_are_asked_than_may_ring(most, expected):
    """What the reference says: chance must not bring more."""
    assert asked_part(most, 100_000) * 100_000 == pytest.approx(expected, rel=0.02)


def test_a_target_without_such_a_limit_is_rung_by_all():
    """The number is everybody's unless the campaign says otherwise."""
    assert is_asked(OFFICE, writing_of(7, audience=1000))


def test_who_stands_for_everybody_sees_the_number():
    """A preview, and the count of who is without a channel, are not about one supporter's chance."""
    assert is_asked(replace(OFFICE, ask_at_most=1), writing_of(0, audience=1_000_000))


def test_who_is_asked_stays_so_while_the_audience_grows():
    """Nobody is asked to ring in the alert only because the reminder asks somebody else."""
    before, after = asked(50, 1000), asked(50, 1100)

    assert {seed for seed in after if seed <= 1000} <= before


@pytest.mark.parametrize(
    ("before", "counted", "kept"), [(0, 100, 100), (100, 105, 100), (100, 111, 111), (100, 20, 100), (0, 0, 0)]
)
def test_a_revision_keeps_its_audience_until_that_has_grown(before, counted, kept):
    """A few more each day make no new revision; a tenth more do, and never are more asked than before."""
    assert audience_to_keep(before, counted) == kept


def test_only_campaigns_with_such_a_limit_are_counted():
    """A revision is not made anew because somebody joined, where nothing depends on it."""
    assert not has_few_callers(campaign(target(phone=OFFICE)))
    assert has_few_callers(campaign(target(), target("city", phone=replace(OFFICE, ask_at_most=5))))


# --- when -----------------------------------------------------------------------------------------


def calls(here, *, now=NOW, until=None, phone=OFFICE, seeds=SEEDS):
    """Return how many supporters are told each half hour."""
    told = (call_at(phone, writing_of(seed, until=until), (ALMATY, here), now)[0] for seed in seeds)
    return Counter(told)


def test_callers_are_spread_evenly_over_the_office_hours_in_which_they_are_awake():
    """Wednesday 09:00 in London is 14:00 in Almaty: from 15:00, the first after an hour's notice, to 17:30 there."""
    counts = calls(LONDON, seeds=range(1, 1201))

    half_hours = [datetime(2026, 11, 25, 10, tzinfo=UTC) + timedelta(minutes=30) * step for step in range(6)]
    assert sorted(counts) == half_hours
    expected = 1200 / len(half_hours)
    assert sum((count - expected) ** 2 / expected for count in counts.values()) < 20.5  # chi-square, 5 degrees, 99.9 %


@pytest.mark.parametrize(
    ("here", "first", "last"), [(LONDON, 8, 13), (AUCKLAND, 17, 22), ("Pacific/Honolulu", 18, 22), (NEW_YORK, 6, 24)]
)
def test_nobody_is_woken_who_can_ring_by_day(here, first, last):
    """Also where 09:00-18:00 in Almaty is the evening before; New York has the choice of late and early."""
    counts = calls(here, now=NOW - timedelta(hours=8))

    assert len(counts) >= 4
    assert all(first <= moment.astimezone(ZoneInfo(here)).hour < last for moment in counts)
    assert all(time(9) <= moment.astimezone(ZoneInfo(ALMATY)).time() < time(18) for moment in counts)
    assert all(moment.astimezone(ZoneInfo(ALMATY)).weekday() < 5 for moment in counts)


def test_who_sleeps_through_the_office_hours_is_told_a_time_in_them():
    """Ten to noon in London is the night of Auckland: better a bad hour than none."""
    short = Phone("+441632960107", time(10), time(12), LONDON)
    told = {call_at(short, writing_of(seed), (LONDON, AUCKLAND), NOW - timedelta(hours=6))[0] for seed in SEEDS}

    assert told == {datetime(2026, 11, 25, 10, tzinfo=UTC) + timedelta(minutes=30) * step for step in range(4)}


def test_the_last_minutes_of_a_day_are_left_for_the_next():
    """Written at 17:00 in Almaty: the callers come tomorrow; before a trial that evening they come at once."""
    late = NOW + timedelta(hours=3)
    trial = NOW + timedelta(hours=10)

    assert {moment.day for moment in calls(LONDON, now=late - timedelta(minutes=30))} == {26}
    assert {moment.day for moment in calls(LONDON, now=late - timedelta(minutes=30), until=trial)} == {25}


def test_no_time_is_told_where_there_is_none():
    """Without hours, or when the end comes before they do."""
    assert calls(LONDON, phone=Phone("+441632960107")) == {None: len(SEEDS)}
    assert calls(LONDON, until=NOW) == {None: len(SEEDS)}


def test_the_time_is_by_the_clocks_that_hold_on_that_day():
    """The Friday before London's clocks go forward: on Monday the office opens an hour later by the supporter's."""
    friday = datetime(2026, 3, 27, 16, tzinfo=UTC)
    told = calls(LONDON, now=friday)

    assert min(told) == datetime(2026, 3, 30, 7, tzinfo=UTC)  # 08:00 in London, which is awake
    assert max(told) == datetime(2026, 3, 30, 12, 30, tzinfo=UTC)  # 17:30 in Almaty
