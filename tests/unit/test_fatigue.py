"""Is nobody written to more often than they wish, and nobody kept waiting for nothing?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.core.campaigns import ASKED_FOR, MailingKind
from mailer.core.fatigue import CAPPED, WEEK, Week, held_until, least, put_off

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
kinds = st.sampled_from(MailingKind)
ages = st.one_of(
    st.sampled_from([timedelta(), WEEK, WEEK - timedelta(microseconds=1), WEEK + timedelta(microseconds=1), -HOUR]),
    st.timedeltas(timedelta(), 2 * WEEK),
)
weeks = st.builds(
    Week,
    cap=st.none() | st.integers(1, 4),
    left=st.lists(ages.map(lambda age: NOW - age), max_size=6).map(tuple),
    waiting=st.integers(0, 3),
)
pauses = st.none() | st.sampled_from([NOW, NOW - HOUR, NOW + HOUR]) | ages.map(lambda age: NOW + age)


def days_ago(*days: float) -> tuple[datetime, ...]:
    """Return moments so many days before now."""
    return tuple(NOW - day * DAY for day in days)


@pytest.mark.parametrize(
    ("week", "until"),
    [
        (Week(cap=None, left=days_ago(1, 2, 3, 4)), None),
        (Week(cap=3, left=days_ago(1, 2)), None),
        (Week(cap=3, left=days_ago(1, 2, 6)), NOW + DAY),
        (Week(cap=3, left=days_ago(1, 2, 7)), None),
        (Week(cap=2, left=days_ago(1, 2, 6)), NOW + 5 * DAY),
        (Week(cap=1, left=days_ago(0)), NOW + 7 * DAY),
        (Week(cap=3, left=days_ago(6, 1, 2)), NOW + DAY),
    ],
)
@pytest.mark.parametrize("kind", CAPPED)
def test_a_full_week_holds_until_the_oldest_mail_that_fills_it_is_a_week_old(kind, week, until):
    """Updates and reminders wait exactly as long as they have to, in whichever order mails are listed."""
    assert held_until(kind, week, None, NOW) == until


@pytest.mark.parametrize(("waiting", "held"), [(0, False), (1, True)])
def test_reminders_are_held_first(waiting, held):
    """An update that is about to leave takes the last place of the week from a reminder, and not from itself."""
    week = Week(cap=3, left=days_ago(1, 5), waiting=waiting)

    assert (held_until(MailingKind.REMINDER, week, None, NOW) is not None) is held
    assert held_until(MailingKind.UPDATE, week, None, NOW) is None


@given(kinds, weeks, pauses)
def test_what_is_held_is_held_for_later(kind, week, paused_until):
    """No letter is put off to a moment that has come already: that would be looked at again and again."""
    until = held_until(kind, week, paused_until, NOW)

    assert until is None or until > NOW


@given(kinds, weeks, pauses)
def test_alerts_and_closings_are_held_by_a_pause_alone(kind, week, paused_until):
    """No week is so full that somebody is not told of a case, its end, or a wrong address; a pause holds these too."""
    until = held_until(kind, week, paused_until, NOW)
    paused = paused_until if paused_until is not None and paused_until > NOW else None

    if kind in ASKED_FOR:
        assert until is None
    elif kind not in CAPPED:
        assert until == paused
    else:
        assert paused is None or (until is not None and until >= paused)


@given(st.sampled_from(CAPPED), weeks)
def test_when_a_hold_ends_the_week_has_room(kind, week):
    """Whoever waits as long as told is not told to wait again, unless more mails left meanwhile."""
    until = held_until(kind, week, None, NOW)
    if until is not None:
        later = Week(week.cap, (*week.left, *([NOW] * week.waiting if kind is MailingKind.REMINDER else ())))

        assert held_until(kind, later, None, until) is None
        assert held_until(kind, later, None, until - timedelta(microseconds=1)) is not None


@given(weeks, st.integers(1, 4))
def test_a_stricter_cap_never_lets_a_letter_leave_sooner(week, cap):
    """Of two caps the stricter holds."""
    strict = Week(least(week.cap, cap), week.left, week.waiting)
    holds = [held_until(MailingKind.UPDATE, each, None, NOW) or NOW for each in (week, strict)]

    assert holds[0] <= holds[1]


@pytest.mark.parametrize(("caps", "least_of_them"), [((None, None), None), ((None, 3), 3), ((2, None), 2), ((2, 3), 2)])
def test_of_two_caps_the_stricter_holds(caps, least_of_them):
    """One that is not there does not hold."""
    assert least(*caps) == least(*reversed(caps)) == least_of_them


@given(st.timedeltas(timedelta(), 3 * DAY), st.timedeltas(timedelta(microseconds=1), 400 * DAY))
def test_a_reminder_comes_at_the_hour_that_it_was_planned_for(late, pause):
    """It is put off by whole days, to the first such moment at which nothing holds it any more."""
    planned, until = NOW - late, NOW + pause

    again = put_off(MailingKind.REMINDER, planned, until, None)

    assert (again - planned) % DAY == timedelta()
    assert until <= again < until + DAY


@pytest.mark.parametrize("kind", [kind for kind in MailingKind if kind is not MailingKind.REMINDER])
def test_all_else_comes_when_its_hold_ends(kind):
    """News wait for no hour of the day."""
    assert put_off(kind, NOW - HOUR, NOW + DAY, None) == NOW + DAY


@given(kinds, st.timedeltas(timedelta(microseconds=1), 60 * DAY), st.timedeltas(timedelta(), 60 * DAY))
def test_nothing_is_put_off_beyond_its_deadline(kind, pause, left):
    """What would come too late is looked at when its deadline has come, and expires then."""
    assert put_off(kind, NOW, NOW + pause, NOW + left) <= NOW + left
