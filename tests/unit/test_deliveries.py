"""Where can a delivery stand, and which steps are there at all?"""

from __future__ import annotations

from itertools import product

import pytest

from mailer.core.deliveries import (
    FINAL,
    TRANSITIONS,
    Event,
    Obstacles,
    State,
    move,
    settle_refused_intent,
)
from mailer.errors import TransitionError

# Written out a second time, by hand, so that a slip in the table shows.
STEPS = """
queued    claim           claimed
deferred  claim           claimed
claimed   release         queued
claimed   intend          sending
claimed   refuse-for-now  deferred
claimed   refuse          failed
claimed   lose            uncertain
sending   accept          sent
sending   refuse-for-now  deferred
sending   refuse          failed
sending   lose            uncertain
sending   expire          expired
uncertain resend          queued
uncertain accept          sent
uncertain refuse-for-now  deferred
uncertain refuse          failed
uncertain expire          expired
queued    suppress        suppressed
deferred  suppress        suppressed
claimed   suppress        suppressed
queued    cancel          cancelled
deferred  cancel          cancelled
claimed   cancel          cancelled
queued    expire          expired
deferred  expire          expired
claimed   expire          expired
queued    fail            failed
deferred  fail            failed
claimed   fail            failed
"""
KNOWN = {
    (State(before), Event(event.replace("-", " "))): State(after)
    for before, event, after in map(str.split, STEPS.strip().splitlines())
}


@pytest.mark.parametrize(("step", "after"), KNOWN.items(), ids=str)
def test_every_step_leads_where_the_design_says(step, after):
    """Each transition is one line of the table."""
    assert move(*step) is after


@pytest.mark.parametrize("step", sorted(set(product(State, Event)) - set(KNOWN)), ids=str)
def test_what_is_not_in_the_table_cannot_happen(step):
    """Every other pair of state and event is refused by name."""
    with pytest.raises(TransitionError, match=f"a delivery that is {step[0]} cannot {step[1]}"):
        move(*step)


def test_the_table_has_no_other_steps():
    """What the tests know is all that there is."""
    assert TRANSITIONS == KNOWN


def test_nothing_leaves_a_final_state():
    """Sent, failed, suppressed, cancelled and expired are ends; all others have a way on."""
    assert {state for state, _ in TRANSITIONS} == set(State) - FINAL


def test_only_an_acceptance_makes_a_letter_sent():
    """`sent` means that the relay took responsibility for content whose intent was durable; in doubt or not."""
    steps = {step for step, after in TRANSITIONS.items() if after is State.SENT}

    assert steps == {(State.SENDING, Event.ACCEPT), (State.UNCERTAIN, Event.ACCEPT)}


def test_content_is_reached_only_through_a_claim():
    """No state but `claimed` gets an intent."""
    assert [step for step, after in TRANSITIONS.items() if after is State.SENDING] == [(State.CLAIMED, Event.INTEND)]


@pytest.mark.parametrize(
    ("over", "left", "unneeded", "event"),
    [
        (False, False, False, Event.RELEASE),
        (True, False, False, Event.CANCEL),
        (False, False, True, Event.CANCEL),
        (True, False, True, Event.CANCEL),
        (False, True, False, Event.SUPPRESS),
        (True, True, True, Event.SUPPRESS),
    ],
)
def test_a_refused_intent_says_why_in_the_state(over, left, unneeded, event):
    """Who left counts first, then what ended; a paused letter waits again."""
    assert settle_refused_intent(Obstacles(over, left, unneeded)) is event
