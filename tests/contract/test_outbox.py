"""Does every queue keep the same promises to its senders? One suite over the fake, SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Protocol

import pytest
from sqlalchemy import insert, literal, select

from mailer.adapters.store.engine import reading, writing
from mailer.adapters.store.tables import Moment, deliveries, supporters, suppressions
from mailer.core.brakes import MOST_SUPPRESSED
from mailer.core.campaigns import MailingKind, Status
from mailer.core.deliveries import Delivery, DeliveryId, Event, Obstacles, State
from mailer.core.liveness import STALLED_AFTER
from mailer.core.schedule import Slot
from mailer.core.supporters import SuppressionReason
from mailer.core.verdicts import Decision
from mailer.flows.outbox import Ack, Intent, Outbox
from tests.casework import ALERT, BEFORE, Casework, case
from tests.databases import NOW, in_state
from tests.fakes import FakeOutbox

LATER = NOW + timedelta(minutes=5)
ACCEPT = Decision(Event.ACCEPT)
RELEASE = Decision(Event.RELEASE, counts_as_attempt=False)
DEAD = Decision(Event.REFUSE, suppress=SuppressionReason.BOUNCED)
LEFT = Obstacles(campaign_over=False, left=True, no_longer_needed=False)
DONE = Obstacles(campaign_over=False, left=False, no_longer_needed=True)
OVER = Obstacles(campaign_over=True, left=False, no_longer_needed=False)


class Queue(Protocol):
    """A queue with one mailing, a reminder, and a way to make obstacles."""

    outbox: Outbox

    def states(self) -> list[str]:
        """Return the state of every delivery, by its id."""

    def forbid(self, delivery: Delivery, obstacle: Obstacles) -> None:
        """Put an obstacle before a delivery."""

    def barred(self) -> int:
        """Return how many suppressions were written."""

    def lose(self, worker: str) -> None:
        """Let a worker die."""

    def forbid_resending(self) -> None:
        """Let what is in doubt wait for a person."""

    def stall(self, worker: str) -> None:
        """Let a worker fall silent, its lock being held, for long enough to be noticed by a recovery."""


class FakeQueue:
    """The fake, filled."""

    def __init__(self, people: int, *, rehearsal: bool = False) -> None:
        run = int(rehearsal)
        rows = [
            Delivery(DeliveryId(n), "case", 1, BEFORE.id, run, n, State.QUEUED, revision=1)
            for n in range(1, people + 1)
        ]
        self.outbox = FakeOutbox(rows, NOW)

    def states(self) -> list[str]:
        """Return the states."""
        return [state.value for state in self.outbox.states.values()]

    def forbid(self, delivery: Delivery, obstacle: Obstacles) -> None:
        """Tell the fake."""
        self.outbox.obstacles[delivery.id] = obstacle

    def barred(self) -> int:
        """Return the count."""
        return len(self.outbox.barred)

    def lose(self, worker: str) -> None:
        """Tell the fake."""
        self.outbox.dead.add(worker)

    def forbid_resending(self) -> None:
        """Do nothing: the fake hands nothing over twice."""

    def stall(self, worker: str) -> None:
        """Tell the fake."""
        self.outbox.stalled.add(worker)


class SqlQueue:
    """SQL, filled: a reminder to everybody, because a reminder has every kind of obstacle."""

    def __init__(self, folder: Path, people: int, *, rehearsal: bool = False, url: str = "") -> None:
        self.dead: set[str] = set()
        self.work = Casework(folder, page=1000, is_dead=self.dead.__contains__, url=url)
        self.work.join(*(f"p{n:03}" for n in range(people)))
        self.work.launch(case(ALERT, BEFORE), rehearsal=rehearsal)
        slot = Slot(NOW, BEFORE.id, MailingKind.REMINDER)
        self.work.campaigns.plan("case", [slot], run=int(rehearsal), revision=1)
        columns = ["mailing", "supporter_id", "state", "rehearsal", "not_before"]
        everybody = select(literal(1), supporters.c.id, literal("queued"), literal(rehearsal), literal(NOW, Moment))
        with writing(self.work.engine) as connection:
            connection.execute(insert(deliveries).from_select(columns, everybody))
        self.outbox = self.work.outbox

    def states(self) -> list[str]:
        """Return the states."""
        run = self.work.campaigns.mailings("case")[0].run
        return [row.state for row in self.work.rows(BEFORE.id, run)]

    def forbid(self, delivery: Delivery, obstacle: Obstacles) -> None:
        """Commit what the obstacle stands for, as another process would, behind the queue's back."""
        name = self.work.names([delivery.supporter_id])[0]
        if obstacle.left:
            self.work.suppress(name)
        if obstacle.no_longer_needed:
            self.work.act(name)
        if obstacle.campaign_over:
            self.work.hold(Status.STOPPED)

    def barred(self) -> int:
        """Return the count."""
        with reading(self.work.engine) as connection:
            return len(connection.execute(select(suppressions)).all())

    def lose(self, worker: str) -> None:
        """Let go its lock."""
        self.dead.add(worker)

    def forbid_resending(self) -> None:
        """Publish the rule."""
        self.work.campaigns.publish(case(ALERT, BEFORE, on_uncertain="hold"), now=NOW)

    def stall(self, worker: str) -> None:
        """Look at it for almost a minute, a look each second, in which it does not beat."""
        for _ in range(int(STALLED_AFTER.total_seconds())):
            assert self.outbox.recover(now=NOW) == 0


@pytest.fixture(params=["fake", "sqlite", "postgresql"])
def make_queue(request, tmp_path):
    """A way to make a queue of so many deliveries."""

    def make(people: int = 5, *, rehearsal: bool = False) -> Queue:
        if request.param == "fake":
            return FakeQueue(people, rehearsal=rehearsal)
        url = request.getfixturevalue("migrated_postgres_url") if request.param == "postgresql" else ""
        return SqlQueue(tmp_path, people, rehearsal=rehearsal, url=url)

    return make


def claim(queue: Queue, limit: int = 100, *, worker: str = "one", rehearsal: bool = False, now=NOW):
    """Take what is due."""
    return queue.outbox.claim(worker=worker, limit=limit, rehearsal=rehearsal, now=now)


def intend(queue: Queue, claimed: Iterable[Delivery], now=NOW):
    """Ask for intents."""
    intents = [Intent(delivery, delivery.composed_at or now, 7, delivery.revision) for delivery in claimed]
    return queue.outbox.commit(intents, [], now=now)


def settle(queue: Queue, deliveries: Sequence[Delivery], decision: Decision, state=State.SENDING, now=NOW):
    """Write what became of deliveries that are in `state`."""
    queue.outbox.commit([], [Ack(in_state(each, state), decision) for each in deliveries], now=now)


def test_a_claim_takes_at_most_its_limit_and_nothing_twice(make_queue):
    """What one worker has claimed another does not get; in the order of the queue."""
    queue = make_queue(5)
    batches = [claim(queue, 2, worker=worker) for worker in ("one", "two", "one", "two")]

    assert [len(batch) for batch in batches] == [2, 2, 1, 0]
    assert [delivery.id for batch in batches for delivery in batch] == [1, 2, 3, 4, 5]
    assert len({delivery.claim for batch in batches for delivery in batch}) == 3
    assert queue.states() == ["claimed"] * 5


@pytest.mark.parametrize("rehearsal", [True, False])
def test_a_rehearsal_and_a_real_run_never_mix(make_queue, rehearsal):
    """A sender over a file claims nothing of a real run, and one over SMTP nothing of a rehearsal."""
    queue = make_queue(3, rehearsal=rehearsal)

    assert claim(queue, rehearsal=not rehearsal) == ()
    assert len(claim(queue, rehearsal=rehearsal)) == 3


def test_a_paused_mailing_is_not_claimed(make_queue):
    """What the brake holds waits where it is."""
    queue = make_queue(3)
    queue.outbox.pause_mailing(1, "the relay refuses mail from us")

    assert claim(queue) == ()
    assert queue.states() == ["queued"] * 3


def test_an_intent_is_kept_with_what_the_letter_was_composed_with(make_queue):
    """A resend repeats the bytes: moment, key and revision of the first intent come back with the next claim."""
    queue = make_queue(1)
    claimed = claim(queue)
    assert intend(queue, claimed) == {1}
    assert queue.states() == ["sending"]
    settle(queue, claimed, Decision(Event.REFUSE_FOR_NOW, LATER))

    (again,) = claim(queue, now=LATER)
    assert (again.composed_at, again.key_id, again.revision, again.attempts) == (NOW, 7, 1, 1)


def test_a_lost_claim_proves_nothing(make_queue):
    """A worker that was woken too late gets no intent, and its acks change nothing."""
    queue = make_queue(2)
    stale = claim(queue)
    settle(queue, stale, RELEASE, State.CLAIMED)
    fresh = claim(queue, worker="two")

    assert intend(queue, stale) == frozenset()
    settle(queue, stale, RELEASE, State.CLAIMED)
    assert queue.states() == ["claimed"] * 2
    assert intend(queue, fresh) == {1, 2}
    settle(queue, stale, ACCEPT)
    assert queue.states() == ["sending"] * 2


def test_acks_end_a_delivery_once(make_queue):
    """Who was sent stays sent, whatever is told later."""
    queue = make_queue(2)
    claimed = claim(queue)
    intend(queue, claimed)
    settle(queue, claimed, ACCEPT)
    settle(queue, claimed, DEAD)

    assert queue.states() == ["sent", "sent"]
    assert claim(queue, now=LATER) == ()


def test_each_letter_of_a_commit_gets_its_own_end(make_queue):
    """What is told of others in the same moment, alike but for the moment or the claim, is not told of it."""
    queue = make_queue(6)
    claimed = [*claim(queue, 3), *claim(queue, 3)]
    intend(queue, claimed[:5])
    later = (Decision(Event.REFUSE_FOR_NOW, moment) for moment in (LATER, LATER + timedelta(minutes=5)))
    ends = [ACCEPT, *later, ACCEPT, Decision(Event.REFUSE), RELEASE]
    held = [in_state(each, State.SENDING) for each in claimed[:5]] + claimed[5:]
    queue.outbox.commit([], [Ack(each, end) for each, end in zip(held, ends, strict=True)], now=NOW)

    assert queue.states() == ["sent", "deferred", "deferred", "sent", "failed", "queued"]
    assert [each.id for each in claim(queue)] == [6]
    assert [(each.id, each.attempts) for each in claim(queue, now=LATER)] == [(2, 1)]


@pytest.mark.parametrize(("obstacle", "state"), [(LEFT, "suppressed"), (DONE, "cancelled"), (OVER, "cancelled")])
def test_what_was_committed_just_before_the_intent_holds(make_queue, obstacle, state):
    """Leaving, writing and stopping between claim and intent refuse it and settle the delivery."""
    queue = make_queue(1)
    claimed = claim(queue)
    queue.forbid(claimed[0], obstacle)

    assert intend(queue, claimed) == frozenset()
    assert queue.states() == [state]
    assert claim(queue, now=LATER) == ()


def test_one_obstacle_stops_one_letter(make_queue):
    """The other intents of the same commit are granted."""
    queue = make_queue(3)
    claimed = claim(queue)
    queue.forbid(claimed[1], LEFT)

    assert intend(queue, claimed) == {1, 3}
    assert queue.states() == ["sending", "suppressed", "sending"]


def test_deferred_letters_wait_for_their_moment(make_queue):
    """Nothing is tried again before the relay's pause is over, and each real try is counted."""
    queue = make_queue(1)
    for attempts in range(3):
        (held,) = claim(queue, now=held_until(attempts - 1))
        assert held.attempts == attempts
        settle(queue, [held], Decision(Event.REFUSE_FOR_NOW, held_until(attempts)), State.CLAIMED)
        assert claim(queue, now=held_until(attempts) - timedelta(seconds=1)) == ()

    assert queue.outbox.unfinished(rehearsal=False) == 1


def held_until(attempts: int):
    """Return when the next try is due."""
    return NOW + (attempts + 1) * timedelta(minutes=5)


def test_what_is_given_back_is_counted_as_no_attempt(make_queue):
    """A letter that was never tried is due at once, and none is left over."""
    queue = make_queue(1)
    settle(queue, claim(queue), RELEASE, State.CLAIMED)

    (again,) = claim(queue)
    assert again.attempts == 0
    assert queue.outbox.unfinished(rehearsal=False) == 0


def test_dead_addresses_of_a_finished_mailing_are_barred(make_queue):
    """When nothing is left to send, the few that the relay called dead are written down."""
    queue = make_queue(MOST_SUPPRESSED)
    claimed = claim(queue)
    settle(queue, claimed[:1], DEAD, State.CLAIMED)
    assert queue.outbox.apply_suppressions(1, now=NOW) == ""
    assert queue.barred() == 0

    intend(queue, claimed[1:])
    settle(queue, claimed[1:], ACCEPT)
    assert queue.outbox.apply_suppressions(1, now=NOW) == ""
    assert queue.barred() == 1


def test_a_recovery_bars_what_had_to_wait(make_queue):
    """The last letter may be another sender's: what waited for it is written by whoever recovers next."""
    queue = make_queue(2)
    claimed = claim(queue)
    settle(queue, claimed[:1], DEAD, State.CLAIMED)
    queue.outbox.recover(now=NOW)
    assert queue.barred() == 0

    intend(queue, claimed[1:])
    settle(queue, claimed[1:], ACCEPT)
    queue.outbox.recover(now=NOW)
    assert queue.barred() == 1


def test_too_many_dead_addresses_pause_and_bar_nobody(make_queue):
    """A relay that calls everybody dead empties no list: neither now nor by a later recovery."""
    queue = make_queue(MOST_SUPPRESSED + 1)
    settle(queue, claim(queue), DEAD, State.CLAIMED)

    assert "called dead" in queue.outbox.apply_suppressions(1, now=NOW)
    queue.outbox.recover(now=NOW)
    assert queue.barred() == 0


# --- senders that die, sleep, and ask twice ---------------------------------------------------------


def test_what_a_dead_worker_held_goes_back_or_is_in_doubt(make_queue):
    """What it had claimed is due at once; what it may have written is not taken for unsent."""
    queue = make_queue(3)
    queue.forbid_resending()
    claimed = claim(queue, worker="gone")
    intend(queue, claimed[:1])
    assert queue.outbox.recover(now=NOW) == 0
    queue.lose("gone")

    assert [queue.outbox.recover(now=NOW) for _ in range(2)] == [3, 0]
    assert queue.states() == ["uncertain", "queued", "queued"]
    assert intend(queue, claimed[1:]) == frozenset()


def test_a_letter_that_a_sender_died_with_comes_alone(make_queue):
    """So that the next death tells whether it is the cause."""
    queue = make_queue(4)
    claim(queue, 2, worker="gone")
    queue.lose("gone")
    queue.outbox.recover(now=NOW)

    assert [[each.id for each in claim(queue)] for _ in range(4)] == [[1], [2], [3, 4], []]


def test_a_worker_that_falls_silent_loses_what_it_holds_and_may_still_tell_what_it_did(make_queue):
    """Nothing is its letters' fault; what it acks when it wakes settles what is in doubt, and nothing else."""
    queue = make_queue(4)
    sleeping = claim(queue, worker="sleeping")
    intend(queue, sleeping[:3])
    queue.stall("sleeping")
    assert queue.outbox.recover(now=NOW) == 4
    assert queue.states() == ["uncertain"] * 3 + ["queued"]
    assert claim(queue, worker="two")[0].recoveries == 0

    settle(queue, sleeping[:1], ACCEPT)
    settle(queue, sleeping[1:2], Decision(Event.REFUSE))
    settle(queue, sleeping[3:], ACCEPT)
    assert intend(queue, sleeping[3:]) == frozenset()
    assert queue.states() == ["sent", "failed", "uncertain", "claimed"]


def test_a_worker_that_beats_is_not_taken_for_silent(make_queue):
    """However long it holds a letter."""
    queue = make_queue(1)
    intend(queue, claim(queue, worker="slow"))
    for _ in range(3):
        queue.outbox.beat("slow", now=NOW)
        for _ in range(30):
            assert queue.outbox.recover(now=NOW) == 0
    assert queue.states() == ["sending"]


def test_a_commit_that_is_made_again_changes_nothing(make_queue):
    """Whether the first one was made nobody knows: the same intents are granted, the same acks count once."""
    queue = make_queue(4)
    claimed = claim(queue)
    intend(queue, claimed[:2])
    intents = [Intent(each, NOW, 7, each.revision) for each in claimed[2:]]
    defer = Decision(Event.REFUSE_FOR_NOW, LATER)
    sent, deferred = (in_state(each, State.SENDING) for each in claimed[:2])
    acks = [Ack(deferred, defer), Ack(sent, ACCEPT)]

    assert [queue.outbox.commit(intents, acks, now=NOW) for _ in range(3)] == [{3, 4}] * 3
    assert queue.states() == ["sent", "deferred", "sending", "sending"]
    (again,) = claim(queue, now=LATER)
    assert again.attempts == 1


@pytest.mark.parametrize(("obstacle", "state"), [(LEFT, "suppressed"), (DONE, "cancelled"), (OVER, "cancelled")])
def test_an_intent_that_is_asked_for_again_is_looked_at_again(make_queue, obstacle, state):
    """While the database was away somebody left: nothing was written, and nothing is."""
    queue = make_queue(1)
    claimed = claim(queue)
    assert intend(queue, claimed) == {1}
    queue.forbid(claimed[0], obstacle)

    assert intend(queue, claimed) == frozenset()
    assert queue.states() == [state]


def test_an_intent_of_another_moment_is_not_granted_again(make_queue):
    """Only the very same intent is the same."""
    queue = make_queue(1)
    claimed = claim(queue)
    assert intend(queue, claimed) == {1}

    assert intend(queue, claimed, now=NOW + timedelta(seconds=1)) == frozenset()
    assert queue.states() == ["sending"]


def test_a_paused_letter_that_is_asked_for_again_waits(make_queue):
    """It goes back unwritten, and is no attempt."""
    queue = make_queue(1)
    claimed = claim(queue)
    intend(queue, claimed)
    queue.outbox.pause_mailing(1, "refused")

    assert intend(queue, claimed) == frozenset()
    assert queue.states() == ["deferred"]


def test_what_is_due_is_known(make_queue):
    """What is held, or waits for later, or is of the other sort, is not due."""
    queue = make_queue(2)
    settle(queue, claim(queue, 1), Decision(Event.REFUSE_FOR_NOW, LATER), State.CLAIMED)
    assert queue.outbox.has_due(rehearsal=False, now=NOW)
    assert not queue.outbox.has_due(rehearsal=True, now=NOW)
    claim(queue)

    assert [queue.outbox.has_due(rehearsal=False, now=moment) for moment in (NOW, LATER)] == [False, True]


def test_what_was_withdrawn_before_any_content_is_composed_anew(make_queue):
    """Its first intent is forgotten, so that it has the moment and the revision of the next; another one keeps them."""
    queue = make_queue(2)
    claimed = claim(queue)
    assert len(intend(queue, claimed)) == 2
    again = Decision(Event.REFUSE_FOR_NOW, NOW, counts_as_attempt=False)
    queue.outbox.commit(
        [], [Ack(each, again, granted=True, anew=each.id == claimed[0].id) for each in claimed], now=NOW
    )

    assert {each.id: each.composed_at is None for each in claim(queue)} == {claimed[0].id: True, claimed[1].id: False}
