"""What does a reply of the relay mean for the letter, its recipient, the relay and the mailing?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.core.deliveries import Event, State, move
from mailer.core.supporters import SuppressionReason
from mailer.core.verdicts import (
    FIRST_RETRY,
    LARGEST_RESPONSE,
    LONGEST_RETRY,
    RULES,
    Consequence,
    Decision,
    Phase,
    Verdict,
    decide,
    decision_on_success,
    rule_for,
)

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
SOON = NOW + FIRST_RETRY
AFTER_MAIL = (Phase.RCPT, Phase.DATA, Phase.CONTENT)


def verdict(code: int, enhanced: str = "", phase: Phase = Phase.CONTENT) -> Verdict:
    """Return a reply."""
    return Verdict(code, enhanced, f"{enhanced} words".strip(), phase)


TROUBLE = Decision(Event.REFUSE_FOR_NOW, SOON, None, Consequence.RELAY_TROUBLE, counts_as_attempt=False)
AGAIN = replace(TROUBLE, not_before=NOW)
UNWANTED = replace(TROUBLE, consequence=Consequence.RELAY_REFUSES)
THROTTLED = replace(TROUBLE, consequence=Consequence.THROTTLED)
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
    # Relay trouble: connection, login, 421, 4.7.x to MAIL.
    (verdict(0, phase=Phase.CONNECT), TROUBLE),
    (verdict(0, phase=Phase.LOGIN), TROUBLE),
    (verdict(554, "5.3.2", Phase.CONNECT), UNWANTED),
    (verdict(535, "5.7.8", Phase.LOGIN), UNWANTED),
    (verdict(454, "4.7.0", Phase.LOGIN), TROUBLE),
    *((verdict(421, "4.3.2", phase), AGAIN if phase is Phase.MAIL else TROUBLE) for phase in Phase),
    *((verdict(421, "", phase), AGAIN if phase is Phase.MAIL else TROUBLE) for phase in Phase),
    (verdict(450, "4.7.0", Phase.MAIL), TROUBLE),
    # The recipient's provider throttles: 4.7.x once it is known.
    (verdict(451, "4.7.1", Phase.RCPT), THROTTLED),
    (verdict(450, "4.7.0", Phase.DATA), THROTTLED),
    (verdict(452, "4.7.28", Phase.CONTENT), THROTTLED),
    # Lost before the final dot, and after it.
    (verdict(0, phase=Phase.MAIL), AGAIN),
    (verdict(0, phase=Phase.RCPT), TROUBLE),
    (verdict(0, phase=Phase.DATA), TROUBLE),
    (verdict(0, phase=Phase.CONTENT), UNCERTAIN),
    # Any other 4xx, in every phase.
    *((verdict(450, "4.2.1", phase), DEFERRED) for phase in (Phase.MAIL, *AFTER_MAIL)),
    *((verdict(451, "", phase), DEFERRED) for phase in (Phase.MAIL, *AFTER_MAIL)),
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
    (verdict(550, "5.1.100", Phase.RCPT), REFUSED),
    (verdict(550, "5.1.70", Phase.RCPT), REFUSED),
    (verdict(550, "5.70.1", Phase.RCPT), REFUSED),
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


ANY_STATUS = ("", "4.7.1", "4.2.2", "5.1.1", "5.1.3", "5.1.6", "5.1.10", "5.1.7", "5.1.8", "5.7.1", "5.3.4")
EVERYTHING = [
    Verdict(code, status if status[:1] == str(code)[0] else "", "", phase)
    for code, status, phase in product(range(600), ANY_STATUS, Phase)
]


def test_every_reply_has_its_row_and_every_row_its_reply():
    """The table has no hole and no row that another hides: each of 39,600 replies is answered, each row answers."""
    assert {rule_for(reply) for reply in EVERYTHING} == set(RULES)


def test_only_one_row_bars_an_address():
    """It is about RCPT and four statuses alone (RFC 3463 3.2)."""
    (dead,) = (rule for rule in RULES if rule.outcome.suppress)

    assert dead.phases == {Phase.RCPT}
    assert set(dead.statuses) == {"5.1.1", "5.1.3", "5.1.6", "5.1.10"}
    assert all(code >= 500 for codes in dead.codes for code in codes)


def test_what_is_not_the_letters_fault_never_costs_it_an_attempt():
    """A relay in trouble, a refused login and a throttle can go on for days; a counted retry only follows a reply."""
    blameless = {Consequence.RELAY_TROUBLE, Consequence.RELAY_REFUSES, Consequence.THROTTLED}

    for rule in RULES:
        if rule.outcome.event is Event.REFUSE_FOR_NOW:
            assert rule.outcome.counts_as_attempt is (rule.outcome.consequence not in blameless)


@pytest.mark.parametrize("code", [-1, 600, 999])
def test_what_no_relay_can_say_is_no_verdict(code):
    """A value refuses nonsense when it is made, so that the table need not."""
    with pytest.raises(ValueError, match=str(code)):
        Verdict(code, "", "", Phase.MAIL)


def asked(code: int, status: str, phase: Phase, words: str) -> timedelta:
    """Return how long a letter rests after these words."""
    decision = decide(Verdict(code, status, f"{status} {words}", phase), attempts=0, now=NOW, deadline=None)
    assert decision.not_before is not None
    return decision.not_before - NOW


@pytest.mark.parametrize(
    ("code", "status", "phase"),
    [(450, "4.2.1", phase) for phase in (Phase.MAIL, *AFTER_MAIL)]
    + [(451, "4.7.1", phase) for phase in (Phase.MAIL, *AFTER_MAIL)]
    + [(421, "4.3.2", phase) for phase in AFTER_MAIL],
)
def test_a_pause_that_is_asked_for_is_granted_and_never_shortens_ours(code, status, phase):
    """Wherever a letter rests, it rests at least as long as the relay asks, and at least five minutes."""
    assert asked(code, status, phase, "try again in 20 minutes") == timedelta(minutes=20)
    assert asked(code, status, phase, "try again in 30 seconds") == FIRST_RETRY
    assert asked(code, status, phase, "try again in 7 days") == LONGEST_RETRY
    assert asked(code, status, phase, "try again later") == FIRST_RETRY


def test_another_relay_may_take_at_once_what_one_refused_before_the_recipient():
    """The pause is for the relay that asked; `asked_pause` tells its lane."""
    closing = Verdict(421, "4.7.0", "4.7.0 try again in 20 minutes", Phase.MAIL)

    assert asked(421, "4.7.0", Phase.MAIL, "try again in 20 minutes") == timedelta()
    assert closing.asked_pause == timedelta(minutes=20)


def test_a_pause_is_asked_for_by_refusals_alone():
    """What is taken, and what was lost, asks for nothing."""
    words = "try again in 20 minutes"

    assert [Verdict(code, "", words, Phase.CONTENT).asked_pause for code in (0, 250, 354)] == [None] * 3
    assert [Verdict(code, "", words, Phase.CONTENT).asked_pause for code in (450, 550)] == [timedelta(minutes=20)] * 2


def test_a_pause_past_the_deadline_expires_the_letter():
    """What would be tried again too late is not tried again."""
    reply = Verdict(450, "4.2.1", "4.2.1 try again in 2 hours", Phase.RCPT)

    assert decide(reply, attempts=0, now=NOW, deadline=NOW + timedelta(hours=2)).event is Event.EXPIRE
    assert decide(reply, attempts=0, now=NOW, deadline=NOW + timedelta(hours=3)).event is Event.REFUSE_FOR_NOW


@given(st.integers(0, 599), st.sampled_from(Phase))
def test_success_is_told_without_a_look_at_the_table_as_the_table_tells_it(code, phase):
    """Nearly all letters take the short way: it says what the first row says, and of all other replies nothing."""
    verdict = Verdict(code, "", "", phase)
    quick = decision_on_success(verdict)
    assert quick == (decide(verdict, attempts=0, now=NOW, deadline=None) if rule_for(verdict) is RULES[0] else None)
