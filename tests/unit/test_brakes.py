"""When does a mailing stop by itself, and when is a dead address written down?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.core.brakes import (
    FIRST_LETTERS,
    MOST_ABOUT_US,
    MOST_REFUSED,
    MOST_SUPPRESSED,
    WINDOW,
    RefusalBrake,
    suppression_brake,
    tells_apart,
)
from mailer.core.deliveries import Event
from mailer.core.verdicts import Consequence, Decision

SENT = Decision(Event.ACCEPT)
REFUSED = Decision(Event.REFUSE)
LATER = Decision(Event.REFUSE_FOR_NOW)
ABOUT_US = Decision(Event.REFUSE, consequence=Consequence.ABOUT_US)


def first_pause(decisions):
    """Return the reason of the first pause and how many decisions it took, or nothing."""
    brake = RefusalBrake()
    for number, decision in enumerate(decisions, 1):
        if decision == SENT:
            brake.note_accepted()  # which is never a reason to pause
        elif told := brake.note(decision, "554 5.7.1 go away"):
            return number, told
    return None


@pytest.mark.parametrize(
    ("decisions", "pause"),
    [
        ([ABOUT_US] * 3, (3, "the relay refuses mail from us: 554 5.7.1 go away")),
        ([ABOUT_US] * 2 + [SENT] * 1000, None),
        ([ABOUT_US, ABOUT_US, *[SENT] * 47, ABOUT_US], (50, "the relay refuses mail from us: 554 5.7.1 go away")),
        ([ABOUT_US, ABOUT_US, *[SENT] * 48, ABOUT_US], None),
        ([REFUSED] * 25, (25, "25 of the last 25 letters were refused: 554 5.7.1 go away")),
        ([REFUSED, SENT] * 25, (49, "25 of the last 49 letters were refused: 554 5.7.1 go away")),
        ([REFUSED, SENT, SENT] * 1000, None),
        ([LATER] * 1000, None),
    ],
)
def test_three_in_fifty_about_us_or_half_refused_pause(decisions, pause):
    """The window is the last fifty; what is only put off refuses nothing."""
    assert first_pause(decisions) == pause


@given(st.lists(st.sampled_from([SENT, REFUSED, LATER, ABOUT_US]), max_size=200))
def test_the_brake_looks_at_the_last_fifty_alone(decisions):
    """It says what counting the window says, whatever came before."""
    brake = RefusalBrake()
    told = [brake.note(decision, "") for decision in decisions]

    for end in range(1, len(decisions) + 1):
        window = decisions[max(0, end - WINDOW) : end]
        must = window.count(ABOUT_US) >= MOST_ABOUT_US or window.count(ABOUT_US) + window.count(REFUSED) >= MOST_REFUSED
        assert bool(told[end - 1]) == must


@pytest.mark.parametrize(
    ("finished", "unfinished", "pending", "verdict"),
    [
        (5, 3, 1, None),  # a small mailing still goes on
        (8, 0, 1, ""),  # and is over
        (199, 1, 10, None),
        (199, 0, 10, ""),
        (200, 800, 10, ""),  # 5 % of the first 200
        (200, 800, 11, "11 of the first 200 addresses were called dead by the relay"),
        (11, 800, 11, "11 of the first 11 addresses were called dead by the relay"),
        (220, 800, 11, ""),
        (10_000, 0, 500, ""),
        (10_000, 0, 501, "501 of the first 10000 addresses were called dead by the relay"),
    ],
)
def test_a_suppression_waits_until_a_fault_of_ours_is_ruled_out(finished, unfinished, pending, verdict):
    """None waits, an empty text writes, a sentence pauses."""
    assert suppression_brake(finished=finished, unfinished=unfinished, pending=pending) == verdict


@given(st.integers(0, 5_000), st.integers(0, 5_000), st.integers(1, 5_000))
def test_no_list_that_is_too_dead_is_ever_written_down(sent, unfinished, pending):
    """Over 5 % of what was tried, and over ten, never becomes suppressions."""
    finished = sent + pending
    verdict = suppression_brake(finished=finished, unfinished=unfinished, pending=pending)

    if verdict == "":
        assert pending <= MOST_SUPPRESSED or pending * 20 <= finished
        assert finished >= FIRST_LETTERS or unfinished == 0


@given(st.integers(0, 5_000), st.integers(0, 5_000), st.integers(1, 300), st.integers(0, 50))
def test_finished_letters_beyond_what_the_brake_tells_apart_change_nothing(sent, unfinished, pending, meanwhile):
    """A count that stops there gives the verdict of the whole one."""
    finished, most = sent + pending, tells_apart(pending + meanwhile)
    whole = suppression_brake(finished=finished, unfinished=unfinished, pending=pending)

    assert suppression_brake(finished=min(finished, most), unfinished=unfinished, pending=pending) == whole
