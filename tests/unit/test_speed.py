"""How fast do letters leave, and when is the last one gone? Arithmetic without a clock."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.core.speed import ENOUGH, STILL, UNKNOWN, Flow, TimeLeft, about, per_second, time_left, time_left_in_words
from tests.letter_parts import NOW

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


@pytest.mark.parametrize(
    ("lately", "began", "speed"),
    [(0, None, 0.0), (60, HOUR, 1.0), (30, MINUTE, 0.5), (30, 10 * SECOND, 3.0), (5, 0 * SECOND, 5.0)],
)
def test_speed_is_of_the_last_minute_or_since_the_first_letter(lately, began, speed):
    """A mailing that began ten seconds ago is not told as a sixth of its speed."""
    flow = Flow(lately, None if began is None else NOW - began)
    assert per_second(flow, NOW) == speed


def test_a_clock_that_went_back_gives_no_nonsense():
    """Letters of the future count as of now."""
    assert per_second(Flow(5, NOW + HOUR), NOW) == 5.0


def left(remaining, flow=STILL, *, deferred=0, pace=None) -> TimeLeft:
    """Return the time left now."""
    return time_left(remaining, deferred, flow, pace_per_hour=pace, now=NOW)


def test_nothing_takes_no_time():
    """Whatever else is known."""
    assert left(0) == left(0, Flow(9, NOW - HOUR, NOW, NOW + HOUR, NOW + HOUR)) == TimeLeft(0.0, 0.0)


def test_without_a_letter_of_late_the_time_left_is_unknown():
    """A promise without a sender would be a guess."""
    assert left(10) == left(10, Flow(0, NOW - HOUR, NOW - HOUR, NOW, NOW)) == UNKNOWN


def test_letters_that_are_due_leave_at_the_present_speed():
    """Two a second, a hundred letters: fifty seconds."""
    assert left(100, Flow(120, NOW - HOUR, NOW, NOW - MINUTE, NOW)) == TimeLeft(50.0, 50.0)


def test_deferred_letters_keep_a_mailing_open_until_their_moment():
    """The others are told apart from them."""
    flow = Flow(60, NOW - HOUR, NOW, NOW, NOW + 2 * HOUR)
    assert left(100, flow, deferred=40) == TimeLeft(60.0, 7200.0)


def test_where_all_wait_for_later_no_speed_is_needed():
    """A reminder for the morning leaves in the morning; what is held right now is due at once."""
    assert left(10, Flow(next_due=NOW + HOUR, last_due=NOW + 2 * HOUR)) == TimeLeft(0.0, 7200.0)
    assert left(10, Flow(next_due=NOW, last_due=NOW)) == UNKNOWN


@pytest.mark.parametrize(
    ("flow", "pace", "seconds"),
    [
        (Flow(600, NOW - HOUR, NOW), 3600, 100.0),  # faster than its pace for a moment
        (Flow(30, NOW - HOUR, NOW), 3600, 200.0),  # the relay is slower than the pace
        (Flow(1, NOW - HOUR, NOW), 3600, 100.0),  # one letter is no measure
        (Flow(0, NOW - HOUR, NOW - 5 * MINUTE), 30, 12000.0),  # one each two minutes
        (Flow(0, NOW - HOUR, NOW - 7 * MINUTE), 30, None),  # silent for too long for that pace
        (Flow(0, NOW - HOUR, NOW - 2 * MINUTE), 3600, None),
        (Flow(0, None, None), 3600, None),
    ],
)
def test_nothing_is_faster_than_the_pace(flow, pace, seconds):
    """A slow pace counts where the last minute is too short to measure it."""
    assert left(100, flow, pace=pace).all == seconds


@given(
    remaining=st.integers(1, 10**7),
    lately=st.integers(0, 10**5),
    pace=st.none() | st.integers(1, 10**6),
    wait=st.integers(-3600, 10**6),
)
def test_time_left_is_never_less_than_the_pace_and_the_last_moment_allow(remaining, lately, pace, wait):
    """Whatever was measured; and what is due takes no longer than all."""
    flow = Flow(lately, NOW - HOUR, NOW, NOW, NOW + wait * SECOND)
    found = left(remaining, flow, pace=pace)

    if found == UNKNOWN:
        assert lately < ENOUGH
        return
    assert found.due <= found.all
    assert found.all >= wait
    assert pace is None or found.all >= remaining * 3600 / pace * 0.999


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, "-"),
        (0, "under a minute"),
        (60, "under a minute"),
        (61, "about 2 min"),
        (90 * 60, "about 90 min"),
        (91 * 60, "about 2 h"),
        (36 * 3600, "about 36 h"),
        (37 * 3600, "about 2 days"),
    ],
)
def test_durations_are_told_as_people_say_them(seconds, words):
    """Never more exact than they are known."""
    assert about(seconds) == words


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (UNKNOWN, ""),
        (TimeLeft(600.0, 600.0), "about 10 min left"),
        (TimeLeft(600.0, 959.0), "about 16 min left"),
        (TimeLeft(600.0, 7200.0), "about 10 min left, the last in about 2 h"),
        (TimeLeft(0.0, 7200.0), "about 2 h left"),
    ],
)
def test_letters_that_leave_much_later_are_told_apart(left, words):
    """Five minutes for most are not two hours because a few were deferred."""
    assert time_left_in_words(left) == words
