"""What do verdicts do to mails that anybody may have asked for, in anybody's name? They bar nobody, and hold little."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailer.core.deliveries import Event, State
from mailer.core.signups import SERVICE
from mailer.core.supporters import SuppressionReason
from mailer.core.verdicts import Phase, Verdict, as_for_strangers, decide
from tests.sending import DEAD, NOW, SPAM, Stage, many

UNNAMED = Verdict(550, "", "550 no such user here", Phase.RCPT)


def asking(count: int) -> Stage:
    """Return a stage with mails that ask people to confirm."""
    return many(count, campaign_id=SERVICE, mailing_id="confirm-2026-11-30")


@pytest.mark.parametrize("connections", [1, 4])
@pytest.mark.parametrize("verdict", [DEAD, UNNAMED])
def test_typed_in_addresses_that_are_dead_bar_nobody_and_hold_nobody(verdict, connections):
    """Neither one in a row of good ones, nor sixty at once, keep the others from being asked."""
    stage = asking(120)
    stage.answer(**{f"s{number}": verdict for number in range(1, 61)})
    stage.run(connections=connections)

    assert stage.outbox.barred == set()
    assert not any(row.suppress for row in stage.outbox.rows.values())
    assert stage.outbox.paused == {}
    assert stage.totals == {State.FAILED: 60, State.SENT: 60}


def test_the_same_verdicts_hold_the_mailing_of_a_campaign():
    """A list of our own that is dead by half is a fault of ours."""
    stage = many(120)
    stage.answer(**{f"s{number}": UNNAMED for number in range(1, 61)})
    stage.run()

    assert "25 of the last 25 letters were refused" in stage.outbox.paused[1]


def test_a_relay_that_wants_nothing_of_us_holds_the_mails_with_the_reason():
    """Three refusals that are about us are enough, whoever typed in the addresses."""
    stage = asking(50)
    stage.wire.answer = lambda envelope: SPAM
    stage.run()

    assert "the relay refuses mail from us" in stage.outbox.paused[1]
    assert stage.totals[State.QUEUED] >= 40


def test_three_mails_that_cannot_be_composed_hold_the_mailing():
    """A missing setting is told once, and does not use up those who wait."""
    stage = asking(20)
    stage.composer.letters = dict.fromkeys(range(1, 21), ValueError("no pages"))
    stage.run()

    assert "cannot be composed" in stage.outbox.paused[1]
    assert stage.totals[State.QUEUED] >= 15


def test_a_mail_whose_sign_up_is_gone_is_cancelled():
    """Who confirmed meanwhile, by an earlier mail, needs none; that is no fault and no expiry."""
    stage = asking(2)
    stage.composer.letters[1] = None
    stage.run()

    assert stage.states == {1: State.CANCELLED, 2: State.SENT}
    assert stage.reply(1) == "the sign-up is confirmed already, or too old"


def test_only_the_barring_is_taken_out_of_a_decision():
    """The letter fails as any other does."""
    decision = decide(DEAD, attempts=0, now=NOW, deadline=None)

    assert decision.suppress is SuppressionReason.BOUNCED
    assert as_for_strangers(decision) == replace(decision, suppress=None)
    assert as_for_strangers(decision).event is Event.REFUSE
