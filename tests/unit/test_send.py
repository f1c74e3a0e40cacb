"""How are queued deliveries brought to a relay, whatever relay, letters and people do meanwhile?"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from mailer.core.batches import FEWEST as BATCH
from mailer.core.deliveries import Obstacles, State
from mailer.core.verdicts import Phase, Verdict
from mailer.errors import (
    AddressError,
    OutputError,
    RelayPolicyError,
    RelayUnavailableError,
    RenderingError,
    SealError,
    StoreError,
    TryAgainError,
)
from mailer.flows.relaying import Envelope
from tests.fakes import ACCEPTED
from tests.sending import (
    BUSY,
    CLOSING_DOWN,
    DEAD,
    LOST_AFTER,
    LOST_BEFORE,
    NOW,
    SPAM,
    Stage,
    delivery,
    many,
    until,
)

# --- the way of a letter --------------------------------------------------------------------------


@pytest.mark.parametrize("connections", [1, 4])
def test_every_due_letter_is_written_once_and_sent(connections):
    """More than two batches reach the relay over any number of connections."""
    stage = many(2 * BATCH + 5)
    stage.run(connections=connections)

    assert set(stage.states.values()) == {State.SENT}
    assert sorted(stage.wire.written) == sorted({f"letter-{number}" for number in stage.states})


def test_a_letter_is_on_the_wire_only_after_its_intent_is_durable():
    """At the moment at which content is written, its delivery is `sending` in the database."""
    stage = many(3)
    seen = []

    class Watched(list):
        def append(self, envelope):
            seen.append((envelope.name, stage.states[int(envelope.name.partition("-")[2])]))

    stage.wire.contents = Watched()
    stage.run()

    assert seen == [(f"letter-{number}", State.SENDING) for number in (1, 2, 3)]


def test_a_failed_intent_writes_no_content():
    """A commit that fails ends the sender, and nothing has been written to the relay."""
    stage = many(1)

    def fail(intents, acks):
        if intents:
            raise StoreError("the disk is full")

    stage.outbox.before_commit = fail
    with pytest.raises(StoreError, match="disk is full"):
        stage.run()

    assert stage.wire.contents == []
    assert stage.states == {1: State.QUEUED}


@pytest.mark.parametrize(
    ("obstacles", "state"),
    [
        (Obstacles(campaign_over=True, left=False, no_longer_needed=False), State.CANCELLED),
        (Obstacles(campaign_over=False, left=True, no_longer_needed=False), State.SUPPRESSED),
        (Obstacles(campaign_over=False, left=False, no_longer_needed=True), State.CANCELLED),
    ],
)
def test_a_refused_intent_writes_no_content(obstacles, state):
    """Who left, or wrote, or whose campaign was stopped just before, gets nothing; the others do."""
    stage = many(2)
    stage.outbox.obstacles[1] = obstacles
    stage.run()

    assert stage.states == {1: state, 2: State.SENT}
    assert stage.wire.written == ["letter-2"]


def test_who_was_erased_meanwhile_is_suppressed():
    """A supporter whose row is gone stops nobody else."""
    stage = many(2)
    del stage.composer.people[1]
    stage.run()

    assert stage.states == {1: State.SUPPRESSED, 2: State.SENT}


def test_a_letter_is_composed_as_of_its_first_try():
    """A second try has the moment of the first, a first one that of now."""
    first = NOW - timedelta(hours=3)
    stage = Stage(delivery(1, state=State.DEFERRED, composed_at=first), delivery(2))
    stage.run()

    assert stage.composer.moments == [first, NOW]
    assert stage.outbox.rows[2].delivery.composed_at == NOW
    assert stage.outbox.rows[2].delivery.key_id == 7


def test_a_rehearsal_sends_only_rehearsals():
    """A sender over `file:` never takes a real delivery."""
    stage = Stage(delivery(1), delivery(2, run=3))
    stage.run(rehearsal=True)

    assert stage.states == {1: State.QUEUED, 2: State.SENT}


# --- letters that cannot be sent ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (RenderingError("alert.txt.j2, line 3: no such name"), "alert.txt.j2, line 3: no such name"),
        (AddressError("anna@people.example is two mailboxes"), "AddressError"),
        (ValueError("Anna is no header"), "ValueError"),
        (KeyError("reminder-after-3d"), "KeyError"),
    ],
)
def test_a_poison_letter_blocks_nobody(error, told):
    """One that cannot be composed fails with a reason that names nobody; the others go out."""
    stage = many(3)
    stage.composer.letters[2] = error
    stage.run()

    assert stage.states == {1: State.SENT, 2: State.FAILED, 3: State.SENT}
    assert stage.reply(2) == f"cannot be composed: {told}"
    assert all("Anna" not in str(fields) and "anna" not in str(fields) for _, fields in stage.reporter.told)


def test_a_damaged_row_blocks_nobody():
    """A supporter whose seal does not open fails alone."""
    stage = many(2)
    stage.composer.people[1] = SealError("a row does not open")
    stage.run()

    assert stage.states == {1: State.FAILED, 2: State.SENT}


def test_a_key_that_is_not_here_stops_the_sender_and_fails_no_row():
    """A machine with an older key file leaves every letter to the others."""
    stage = many(3)
    stage.composer.letters[2] = TryAgainError("token key 9 is not here")
    with pytest.raises(TryAgainError, match="key 9"):
        stage.run()

    assert stage.states == {1: State.SENT, 2: State.QUEUED, 3: State.QUEUED}


def test_a_batch_that_cannot_be_opened_goes_back_whole():
    """A data key that is not here leaves nothing claimed: three such starts must not look like a poison letter."""
    stage = many(3)

    def fail(supporter_ids):
        raise TryAgainError("data key 9 is not here")

    stage.composer.load = fail
    with pytest.raises(TryAgainError, match="data key 9"):
        stage.run()

    assert set(stage.states.values()) == {State.QUEUED}


def test_a_letter_in_which_nothing_can_be_done_expires():
    """No channel left means no letter."""
    stage = many(2)
    stage.composer.letters[1] = None
    stage.run()

    assert stage.states == {1: State.EXPIRED, 2: State.SENT}


@pytest.mark.parametrize(
    ("deadline", "state"),
    [(NOW, State.EXPIRED), (NOW - timedelta(days=1), State.EXPIRED), (NOW + timedelta(seconds=1), State.SENT)],
)
def test_a_letter_that_comes_too_late_expires(deadline, state):
    """At its deadline a letter is not sent any more."""
    stage = many(1, deadline=deadline)
    stage.run()

    assert stage.states == {1: state}


# --- verdicts -------------------------------------------------------------------------------------


def test_a_deferred_letter_makes_an_idle_run_end_with_try_again():
    """A 4xx is tried later; the run says that it is not finished, and the others are out."""
    stage = many(3)
    stage.answer(s2=BUSY)
    with pytest.raises(TryAgainError, match="1 letters were deferred"):
        stage.run()

    assert stage.states == {1: State.SENT, 2: State.DEFERRED, 3: State.SENT}
    assert stage.outbox.rows[2].not_before == NOW + timedelta(minutes=5)
    assert stage.outbox.rows[2].delivery.attempts == 1
    assert stage.reply(2) == "451 4.3.0 later"


@pytest.mark.parametrize("verdict", [replace(CLOSING_DOWN, phase=Phase.RCPT), LOST_BEFORE])
def test_a_letter_that_met_trouble_is_not_forgotten_by_an_idle_run(verdict):
    """One hang-up or 421 defers its letter without counting an attempt; the run does not claim to be done."""
    stage = many(2)
    stage.answer(s1=verdict)
    with pytest.raises(TryAgainError, match="1 letters were deferred"):
        stage.run()

    assert stage.states == {1: State.DEFERRED, 2: State.SENT}
    assert stage.outbox.rows[1].delivery.attempts == 0


def test_after_five_days_of_4xx_a_letter_is_still_only_deferred():
    """No number of attempts overflows the time between two of them."""
    stage = many(1, state=State.DEFERRED, attempts=200)
    stage.answer(s1=BUSY)
    with pytest.raises(TryAgainError):
        stage.run()

    assert stage.outbox.rows[1].not_before == NOW + timedelta(hours=4)


def test_a_letter_lost_after_its_content_is_uncertain():
    """Nobody knows whether the relay took it, so it is neither sent nor queued again here."""
    stage = many(2)
    stage.answer(s1=LOST_AFTER)
    stage.run()

    assert stage.states == {1: State.UNCERTAIN, 2: State.SENT}
    assert stage.wire.openings == 2


@pytest.mark.parametrize("closing", [CLOSING_DOWN, Verdict(0, "", "connection lost", Phase.MAIL)])
def test_a_relay_that_closes_after_some_letters_is_opened_again_at_once(closing):
    """Many take so many letters a connection and no more: the next one goes out on a new connection."""
    stage = many(3)
    answers = iter([ACCEPTED, closing])
    stage.wire.answer = lambda envelope: next(answers, ACCEPTED)
    stage.run()

    assert set(stage.states.values()) == {State.SENT}
    assert stage.wire.openings == 2
    assert [row.delivery.attempts for row in stage.outbox.rows.values()] == [1, 1, 1]


# --- a relay in trouble ---------------------------------------------------------------------------


def test_a_refused_login_ends_an_idle_run_and_nothing_is_sent():
    """The one clear error is the relay's; every letter waits as if nothing had happened."""
    stage = many(2 * BATCH + 1)
    stage.wire.refusal = lambda number: RelayPolicyError("smtp://relay: the login was refused: 535 5.7.8")
    with pytest.raises(RelayPolicyError, match="535"):
        stage.run(connections=3)

    assert set(stage.states.values()) == {State.QUEUED}
    assert stage.wire.contents == []


def test_a_refused_login_is_not_tried_again():
    """A wrong password that is repeated locks the account."""
    stage = many(3)
    stage.wire.refusal = lambda number: RelayPolicyError("535")
    with pytest.raises(RelayPolicyError):
        stage.run()

    assert stage.wire.openings == 1


def test_an_idle_run_gives_up_after_three_troubles():
    """A relay that cannot be reached is tried three times, not for ever."""
    stage = many(5)
    stage.wire.refusal = lambda number: RelayUnavailableError("smtp://relay: connection refused")
    with pytest.raises(TryAgainError, match="connection refused; the letters wait"):
        stage.run()

    assert set(stage.states.values()) == {State.QUEUED}
    assert stage.wire.openings == 3
    assert [fields["in_a_row"] for _, fields in stage.reporter.told] == [1, 2, 3]


def test_two_troubles_are_passed_over():
    """A relay that comes back in time gets all letters, also those that were given back."""
    stage = many(5)
    stage.wire.refusal = lambda number: RelayUnavailableError("gone") if number <= 2 else None
    stage.run()

    assert set(stage.states.values()) == {State.SENT}


def test_an_answer_between_troubles_renews_patience():
    """Only troubles in a row count."""
    stage = many(9)
    troubled = iter([True, True, False] * 3)
    stage.wire.answer = lambda envelope: LOST_AFTER if next(troubled) else ACCEPTED
    stage.run()

    assert list(stage.states.values()).count(State.SENT) == 3


def test_a_daemon_is_patient_with_a_refused_login():
    """Not until idle, the sender goes on, says so, and sends when somebody mended the password."""
    stage = many(3)
    stage.wire.refusal = lambda number: RelayPolicyError("535") if number <= 5 else None

    async def story():
        running = asyncio.create_task(stage.sender(until_idle=False).run())
        await until(lambda: set(stage.states.values()) == {State.SENT})
        stage.stop.set()
        await running

    stage.play(story())

    assert [fields["in_a_row"] for _, fields in stage.reporter.told] == [1, 2, 3, 4, 5]


def test_a_folder_that_cannot_be_made_ends_the_run_and_holds_nothing():
    """An error that is none of the relay's gives back what was in hand and what waited."""
    stage = many(2 * BATCH)

    def fail(number):
        raise OutputError("var/mail cannot be made")

    stage.wire.refusal = fail
    with pytest.raises(OutputError):
        stage.run(connections=2)

    assert set(stage.states.values()) == {State.QUEUED}


# --- stopping -------------------------------------------------------------------------------------


@pytest.mark.parametrize("until_idle", [True, False])
def test_told_to_stop_a_sender_ends_letters_in_flight_and_gives_the_rest_back(until_idle):
    """While the relay is slow to answer contents, all else is free at once, to be composed anew; nothing is cut."""
    stage = many(3 * BATCH)

    async def story():
        stage.wire.dot = asyncio.Event()
        running = asyncio.create_task(stage.sender(connections=2, until_idle=until_idle).run())
        await until(lambda: len(stage.wire.contents) == 2)
        stage.stop.set()
        await until(lambda: stage.totals[State.CLAIMED] == 0)
        assert stage.totals[State.SENDING] == 4  # the two that were written, and those that follow on the wire
        stage.wire.dot.set()
        await running

    stage.play(story())

    assert stage.totals == {State.SENT: 2, State.DEFERRED: 2, State.QUEUED: 3 * BATCH - 4}
    again = [row for row in stage.outbox.rows.values() if row.delivery.state is State.DEFERRED]
    assert {(row.delivery.composed_at, row.not_before, row.delivery.attempts) for row in again} == {(None, NOW, 0)}


def test_a_letter_that_does_not_end_in_time_is_cut_and_given_back_if_nothing_was_written():
    """A silent relay holds up no end; what is no more than offered is due again."""
    stage = many(1)

    async def story():
        stage.wire.gate = asyncio.Event()
        running = asyncio.create_task(stage.sender(last_letters=timedelta(milliseconds=1)).run())
        await until(lambda: stage.wire.busy == 1)
        stage.stop.set()
        await running

    stage.play(story())

    assert stage.states == {1: State.DEFERRED}


def test_a_sender_that_was_told_to_stop_beforehand_sends_nothing():
    """A stop before the first letter is a stop."""
    stage = many(2)
    stage.stop.set()
    stage.run()

    assert set(stage.states.values()) == {State.QUEUED}


def test_a_failing_connection_lets_the_others_end_their_letters():
    """One broken connection cuts no letter that another has in flight."""
    stage = many(2)

    async def story():
        stage.wire.gate = asyncio.Event()
        stage.composer.letters[2] = TryAgainError("no key")
        running = asyncio.create_task(stage.sender(connections=2).run())
        await until(lambda: stage.states[2] is State.QUEUED and bool(stage.outbox.commits))
        stage.wire.gate.set()
        with pytest.raises(TryAgainError):
            await running

    stage.play(story())

    assert stage.states == {1: State.SENT, 2: State.QUEUED}


# --- brakes ---------------------------------------------------------------------------------------


def test_three_refusals_of_us_pause_the_mailing_with_the_reason():
    """A relay that takes nothing from us loses three letters, not the mailing; nobody is suppressed."""
    stage = many(60)
    stage.wire.answer = lambda envelope: SPAM
    stage.run()

    assert len(stage.wire.contents) == 3
    assert stage.totals == {
        State.FAILED: 3,
        State.DEFERRED: 1,
        State.QUEUED: 56,
    }  # one was on the wire behind the third
    assert stage.outbox.paused[1].startswith("the relay refuses mail from us: 554 5.7.1")
    assert stage.outbox.barred == set()


def test_a_pause_of_one_mailing_leaves_the_others_going():
    """Brakes look at mailings one by one."""
    refused = [delivery(number) for number in range(1, 5)]
    other = [delivery(number, mailing=2) for number in range(5, 9)]
    stage = Stage(*refused, *other)
    stage.answer(**{f"s{number}": SPAM for number in range(1, 5)})
    stage.run()

    assert list(stage.outbox.paused) == [1]
    assert [stage.states[number] for number in range(5, 9)] == [State.SENT] * 4


def test_dead_addresses_of_a_small_mailing_are_suppressed_at_its_end():
    """One dead address in a finished mailing is never written to again."""
    stage = many(5)
    stage.answer(s1=DEAD)
    stage.run()

    assert stage.outbox.barred == {1}
    assert stage.states[1] is State.FAILED
    assert stage.outbox.paused == {}


def test_no_address_is_suppressed_while_the_brake_waits():
    """As long as letters of the first 200 are out, a dead address only waits to be suppressed."""
    stage = many(5)
    stage.answer(s1=DEAD, s5=BUSY)
    with pytest.raises(TryAgainError):
        stage.run()

    assert stage.outbox.barred == set()
    assert stage.outbox.rows[1].suppress is not None


@pytest.mark.parametrize("connections", [1, 4])
def test_a_relay_that_calls_everybody_dead_suppresses_nobody(connections):
    """550 to the first fifty pauses the mailing before anything that could not be taken back."""
    stage = many(50)
    stage.wire.answer = lambda envelope: DEAD
    stage.run(connections=connections)

    assert stage.outbox.barred == set()
    assert list(stage.states.values()).count(State.FAILED) <= 10 + connections
    assert "were called dead by the relay" in stage.outbox.paused[1]


def test_no_content_goes_to_who_was_refused_as_recipient():
    """A 550 in reply to RCPT ends the letter before its content, and the next one goes its way."""
    stage = many(2)
    stage.answer(s1=DEAD)
    stage.run()

    assert stage.wire.written == ["letter-2"]
    assert stage.states == {1: State.FAILED, 2: State.SENT}


def test_an_envelope_refuses_what_would_be_an_empty_letter():
    """A lone dot never becomes a letter."""
    with pytest.raises(ValueError, match="content of a letter"):
        Envelope("a@solidarity.example", "b@people.example", b"\r\n.\r\n", "name")


def test_an_envelope_of_checked_parts_is_the_same_envelope():
    """Who skips the checks, because the parts passed them, gets what the checks would have let through."""
    parts = ("a@solidarity.example", "b@people.example", b"Subject: x\r\n\r\nx\r\n", "name", 3)
    assert Envelope.of_checked(*parts) == Envelope(*parts, in_lines=True)
    assert type(Envelope.of_checked(*parts)) is type(Envelope(*parts))
