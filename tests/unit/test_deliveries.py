"""What does a verdict do to a delivery, and which steps are there at all?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.core.deliveries import (
    FINAL,
    FIRST_RETRY,
    LARGEST_RESPONSE,
    LONGEST_RETRY,
    TRANSITIONS,
    Consequence,
    Decision,
    Event,
    Obstacles,
    Phase,
    State,
    Verdict,
    decide,
    move,
    settle_refused_intent,
)
from mailer.core.supporters import SuppressionReason
from mailer.errors import TransitionError

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
SOON = NOW + FIRST_RETRY

# Written out a second time, by hand, so that a slip in the table shows.
STEPS = """
queued    claim           claimed
deferred  claim           claimed
claimed   release         queued
claimed   intend          sending
claimed   refuse-for-now  deferred
claimed   refuse          failed
sending   accept          sent
sending   refuse-for-now  deferred
sending   refuse          failed
sending   lose            uncertain
sending   expire          expired
uncertain resend          queued
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
    """`sent` has one way in: the relay took responsibility for content whose intent was durable."""
    assert [step for step, after in TRANSITIONS.items() if after is State.SENT] == [(State.SENDING, Event.ACCEPT)]


def test_content_is_reached_only_through_a_claim():
    """No state but `claimed` gets an intent."""
    assert [step for step, after in TRANSITIONS.items() if after is State.SENDING] == [(State.CLAIMED, Event.INTEND)]


def verdict(code: int, enhanced: str = "", phase: Phase = Phase.CONTENT) -> Verdict:
    """Return a reply."""
    return Verdict(code, enhanced, f"{enhanced} words".strip(), phase)


TROUBLE = Decision(Event.REFUSE_FOR_NOW, SOON, None, Consequence.RELAY_TROUBLE, counts_as_attempt=False)
AGAIN = replace(TROUBLE, not_before=NOW)
DEFERRED = Decision(Event.REFUSE_FOR_NOW, SOON)
REFUSED = Decision(Event.REFUSE)
DEAD = Decision(Event.REFUSE, suppress=SuppressionReason.BOUNCED)
ABOUT_US = Decision(Event.REFUSE, consequence=Consequence.ABOUT_US)
UNCERTAIN = Decision(Event.LOSE, consequence=Consequence.RELAY_TROUBLE)
SENT = Decision(Event.ACCEPT)

VERDICTS = [
    # The relay took it.
    (verdict(250, "2.0.0"), SENT),
    (verdict(250), SENT),
    (verdict(251, "2.1.5"), SENT),
    # Relay trouble: connection, login, 421, 4.7.x throttle.
    (verdict(0, phase=Phase.CONNECT), TROUBLE),
    (verdict(0, phase=Phase.LOGIN), TROUBLE),
    (verdict(554, "5.3.2", Phase.CONNECT), TROUBLE),
    (verdict(535, "5.7.8", Phase.LOGIN), TROUBLE),
    (verdict(454, "4.7.0", Phase.LOGIN), TROUBLE),
    *((verdict(421, "4.3.2", phase), AGAIN if phase is Phase.MAIL else TROUBLE) for phase in Phase),
    *((verdict(421, "", phase), AGAIN if phase is Phase.MAIL else TROUBLE) for phase in Phase),
    (verdict(450, "4.7.0", Phase.MAIL), TROUBLE),
    (verdict(451, "4.7.1", Phase.RCPT), TROUBLE),
    (verdict(452, "4.7.28", Phase.CONTENT), TROUBLE),
    # Lost before the final dot, and after it.
    (verdict(0, phase=Phase.MAIL), AGAIN),
    (verdict(0, phase=Phase.RCPT), TROUBLE),
    (verdict(0, phase=Phase.DATA), TROUBLE),
    (verdict(0, phase=Phase.CONTENT), UNCERTAIN),
    # Any other 4xx, in every phase.
    *((verdict(450, "4.2.1", phase), DEFERRED) for phase in (Phase.MAIL, Phase.RCPT, Phase.DATA, Phase.CONTENT)),
    *((verdict(451, "", phase), DEFERRED) for phase in (Phase.MAIL, Phase.RCPT, Phase.DATA, Phase.CONTENT)),
    (verdict(452, "4.2.2", Phase.RCPT), DEFERRED),
    (verdict(451, "4.70.1", Phase.RCPT), DEFERRED),
    # The mailbox is dead: only these, and only in reply to RCPT.
    *((verdict(550, status, Phase.RCPT), DEAD) for status in ("5.1.1", "5.1.3", "5.1.6", "5.1.10")),
    *((verdict(550, status, Phase.DATA), REFUSED) for status in ("5.1.1", "5.1.3", "5.1.6", "5.1.10")),
    *((verdict(550, status, Phase.CONTENT), REFUSED) for status in ("5.1.1", "5.1.3", "5.1.6", "5.1.10")),
    # A bad domain, a full mailbox, or no enhanced code: failed, and no more.
    (verdict(550, "5.1.2", Phase.RCPT), REFUSED),
    (verdict(550, "", Phase.RCPT), REFUSED),
    (verdict(552, "5.2.2", Phase.RCPT), REFUSED),
    (verdict(552, "5.3.4", Phase.CONTENT), REFUSED),
    (verdict(554, "", Phase.CONTENT), REFUSED),
    (verdict(550, "5.1.11", Phase.RCPT), REFUSED),
    # About us: never suppress.
    *((verdict(553, status, Phase.RCPT), ABOUT_US) for status in ("5.1.7", "5.1.8", "5.7.1", "5.7.26")),
    *((verdict(554, status, Phase.CONTENT), ABOUT_US) for status in ("5.1.7", "5.1.8", "5.7.1", "5.7.509")),
    *((verdict(550, status, Phase.MAIL), ABOUT_US) for status in ("", "5.1.1", "5.1.3", "5.1.10", "5.5.4")),
    (verdict(530, "5.7.0", Phase.MAIL), ABOUT_US),
]


@pytest.mark.parametrize(
    ("reply", "decision"),
    VERDICTS,
    ids=lambda value: f"{value.phase} {value.code} {value.enhanced}" if isinstance(value, Verdict) else "",
)
def test_a_verdict_is_one_row_of_the_design(reply, decision):
    """What becomes of the delivery, when it is tried again, who is suppressed, and what it means beyond."""
    assert decide(reply, attempts=0, now=NOW, deadline=None) == decision


verdicts = st.builds(
    verdict,
    st.one_of(st.just(0), st.integers(200, 299), st.integers(400, 599)),
    st.sampled_from(("", "5.1.1", "5.1.8", "5.7.1", "4.7.1", "4.2.2", "5.1.10")),
    st.sampled_from((Phase.MAIL, Phase.RCPT, Phase.DATA, Phase.CONTENT)),
)


@given(verdicts, st.integers(0, 10_000), st.none() | st.timedeltas(timedelta(), timedelta(days=30)))
def test_every_decision_can_be_carried_out(reply, attempts, left):
    """Whatever is said after however many attempts, the step exists, for content that was written and not."""
    decision = decide(reply, attempts=attempts, now=NOW, deadline=None if left is None else NOW + left)
    before_intent = reply.phase in (Phase.MAIL, Phase.RCPT) and decision.event is not Event.ACCEPT

    assert move(State.CLAIMED if before_intent else State.SENDING, decision.event)


@given(verdicts)
def test_only_a_dead_mailbox_named_at_rcpt_is_ever_suppressed(reply):
    """No reply to another command, and none about us, bars an address."""
    decision = decide(reply, attempts=0, now=NOW, deadline=None)

    if decision.suppress is not None:
        assert reply.phase is Phase.RCPT
        assert reply.code >= 500
        assert reply.enhanced in ("5.1.1", "5.1.3", "5.1.6", "5.1.10")
        assert decision.consequence is Consequence.NOTHING


@pytest.mark.parametrize(
    ("attempts", "minutes"), [(0, 5), (1, 10), (2, 20), (3, 40), (4, 80), (5, 160), (6, 240), (7, 240), (500, 240)]
)
def test_retries_come_after_five_minutes_doubling_to_four_hours(attempts, minutes):
    """No number of attempts overflows."""
    assert decide(verdict(450), attempts=attempts, now=NOW, deadline=None).not_before == NOW + timedelta(
        minutes=minutes
    )


@given(st.integers(0, 100), st.integers(0, 100))
def test_retries_never_come_sooner_than_before(one, more):
    """Patience with an address only grows, up to a bound."""
    first, later = (decide(verdict(450), attempts=n, now=NOW, deadline=None).not_before for n in (one, one + more))

    assert FIRST_RETRY <= first - NOW <= later - NOW <= LONGEST_RETRY


@pytest.mark.parametrize(
    ("left", "event"),
    [
        (FIRST_RETRY + timedelta(microseconds=1), Event.REFUSE_FOR_NOW),
        (FIRST_RETRY, Event.EXPIRE),
        (timedelta(0), Event.EXPIRE),
    ],
)
def test_a_retry_that_would_come_too_late_expires_the_delivery(left, event):
    """At the deadline itself it is too late."""
    assert decide(verdict(450), attempts=0, now=NOW, deadline=NOW + left).event is event


def test_what_a_status_shows_is_one_bounded_line():
    """Line ends become spaces, and no reply fills a screen."""
    told = Verdict(550, "5.1.1", "5.1.1 no\r\n such\tuser " + "x" * 1000, Phase.RCPT).reason

    assert told.startswith("550 5.1.1 no such user xxx")
    assert len(told) == len("550 ") + LARGEST_RESPONSE
    assert Verdict(0, "", "connection lost", Phase.DATA).reason == "connection lost"


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
