"""Are intents and acks durable before anybody is told, and told to everybody?"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from mailer.core.deliveries import Delivery, DeliveryId, Event, Obstacles, State
from mailer.core.verdicts import Decision
from mailer.errors import StoreError, StoreUnavailableError
from mailer.flows.group_commit import LONGEST_GATHERING, Ledger
from mailer.flows.outbox import Ack, Intent
from mailer.flows.perseverance import Perseverance
from tests.fakes import FakeOutbox, FakeReporter
from tests.simulated import SimulatedLoop

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
RELEASE = Decision(Event.RELEASE, counts_as_attempt=False)


class Desk:
    """A ledger over a fake queue with claimed deliveries; the commits wait for `door`."""

    def __init__(self, count: int) -> None:
        self.outbox = FakeOutbox(
            [Delivery(DeliveryId(n), "case", 1, "alert", 0, n, State.QUEUED) for n in range(1, count + 1)], NOW
        )
        self.claimed = self.outbox.claim(worker="w", limit=count, rehearsal=False, now=NOW)
        self.door = asyncio.Event()
        self.running = 0
        self.ledger = Ledger(self.outbox, lambda: NOW, self.commit)

    async def commit(self, work):
        """Run a commit once the door is open; two at a time would be two writers."""
        self.running += 1
        assert self.running == 1
        await self.door.wait()
        self.running -= 1
        return work()

    def intents(self) -> list[Intent]:
        """Return an intent for every delivery."""
        return [Intent(delivery, NOW, 1, 1) for delivery in self.claimed]


async def intend(ledger: Ledger, intent: Intent) -> bool:
    """Wait for one intent; return whether it was granted."""
    commit = ledger.intend(intent)
    await commit.durable()
    return intent.delivery.id in commit.granted


async def settled() -> None:
    """Let every task go on as far as it can."""
    for _ in range(20):
        await asyncio.sleep(0)


def play(scene) -> None:
    """Run a scene with a time limit of its own."""
    asyncio.run(asyncio.wait_for(scene, 5))


def test_nobody_is_told_before_the_commit():
    """An intent is granted only when it is durable."""

    async def scene():
        desk = Desk(1)
        asked = asyncio.create_task(intend(desk.ledger, desk.intents()[0]))
        await settled()
        assert not asked.done()
        assert desk.outbox.states == {1: State.CLAIMED}
        desk.door.set()
        assert await asked is True
        assert desk.outbox.states == {1: State.SENDING}

    play(scene())


def test_what_comes_while_a_commit_runs_shares_the_next():
    """Ten letters cost two commits, not ten; acks and intents go together."""

    async def scene():
        desk = Desk(10)
        first, *others = desk.intents()
        tasks = [asyncio.create_task(intend(desk.ledger, first))]
        await settled()
        tasks += [asyncio.create_task(intend(desk.ledger, intent)) for intent in others[:5]]
        tasks += [asyncio.create_task(desk.ledger.settle(Ack(intent.delivery, RELEASE))) for intent in others[5:]]
        await settled()
        desk.door.set()
        await asyncio.gather(*tasks)
        assert desk.outbox.commits == [(1, 0), (5, 4)]

    play(scene())


def test_each_learns_its_own_answer():
    """A refused intent in the middle of a batch refuses no other."""

    async def scene():
        desk = Desk(3)
        desk.outbox.obstacles[2] = Obstacles(campaign_over=False, left=True, no_longer_needed=False)
        desk.door.set()
        assert await asyncio.gather(*(intend(desk.ledger, each) for each in desk.intents())) == [True, False, True]

    play(scene())


@pytest.mark.parametrize("error", [StoreError("the disk is full"), ZeroDivisionError("a fault of ours")])
def test_a_commit_that_fails_is_told_to_all_who_waited(error):
    """Nobody waits for ever, whatever went wrong, and the ledger goes on with the next batch."""

    async def scene():
        desk = Desk(3)
        desk.door.set()

        def fail(intents, acks):
            raise error

        desk.outbox.before_commit, healthy = fail, desk.outbox.before_commit
        one, two, three = desk.intents()
        told = await asyncio.gather(
            intend(desk.ledger, one),
            desk.ledger.settle(Ack(two.delivery, RELEASE)),
            return_exceptions=True,
        )
        assert told == [error, error]
        desk.outbox.before_commit = healthy
        assert await intend(desk.ledger, three) is True

    play(scene())


def test_a_commit_without_an_answer_is_made_again_with_the_very_same():
    """Whether it was made is unknown: the repetition changes nothing twice, and everybody is told once."""

    async def scene():
        desk = Desk(2)
        desk.door.set()
        given: list[tuple[list[Intent], list[Ack]]] = []

        def lose_the_answer(intents, acks):
            given.append((list(intents), list(acks)))
            if len(given) <= 3:
                raise StoreUnavailableError("the connection was lost during COMMIT")

        desk.outbox.before_commit = lose_the_answer
        patient = Perseverance(desk.commit, asyncio.Event(), FakeReporter(), first_pause=timedelta(milliseconds=1))
        ledger = Ledger(desk.outbox, lambda: NOW, patient.until_done)
        one, two = desk.intents()
        told = await asyncio.gather(intend(ledger, one), ledger.settle(Ack(two.delivery, RELEASE)))
        assert told == [True, None]
        assert given == [given[0]] * 4
        assert given[0] == ([one], [Ack(two.delivery, RELEASE)])

    play(scene())


def test_who_gave_up_waiting_disturbs_nobody():
    """A connection that was cut meanwhile is skipped; its neighbour is told."""

    async def scene():
        desk = Desk(2)
        one, two = (asyncio.create_task(intend(desk.ledger, intent)) for intent in desk.intents())
        await settled()
        one.cancel()
        desk.door.set()
        assert await two is True
        with pytest.raises(asyncio.CancelledError):
            await one

    play(scene())


# --- in simulated time: a commit takes ten milliseconds -------------------------------------------


def commits_of(story) -> list[tuple[int, int]]:
    """Let a story happen to a ledger; return how many intents and acks each commit held."""
    desk, loop = Desk(6), SimulatedLoop(NOW, lambda: 0.010)
    ledger = Ledger(desk.outbox, lambda: NOW, lambda work: loop.run_in_executor(None, work))
    loop.play(asyncio.wait_for(story(ledger, desk.intents()), 5))
    return desk.outbox.commits


def test_an_ack_that_is_owed_goes_with_the_next_that_is_asked_for():
    """An accepted letter's ack and the intent of the letter that follows cost one commit, whoever asked for it."""

    async def story(ledger, intents):
        owed = ledger.owe(Ack(intents[0].delivery, RELEASE))
        await asyncio.sleep(0.001)
        assert await intend(ledger, intents[1]) is True
        assert owed.is_over

    assert commits_of(story) == [(1, 1)]


def test_an_ack_that_is_owed_is_not_kept_waiting():
    """A relay that is slow to take the next envelope does not keep the last letter in doubt."""

    async def story(ledger, intents):
        owed = ledger.owe(Ack(intents[0].delivery, RELEASE))
        await asyncio.sleep(LONGEST_GATHERING + 0.011)
        assert owed.is_over

    assert commits_of(story) == [(0, 1)]


def test_a_commit_waits_for_those_of_the_last_one_but_not_long():
    """Two that always come together share each commit; when one stays away, the other waits once, and not again."""

    async def story(ledger, intents):
        await asyncio.gather(*(intend(ledger, each) for each in intents[:2]))
        first = asyncio.create_task(intend(ledger, intents[2]))
        await asyncio.sleep(0.003)
        await asyncio.gather(first, intend(ledger, intents[3]))
        for intent in intents[4:]:
            began = asyncio.get_running_loop().time()
            await intend(ledger, intent)
            waits.append(round(asyncio.get_running_loop().time() - began, 3))

    waits: list[float] = []
    assert commits_of(story) == [(2, 0), (2, 0), (1, 0), (1, 0)]
    assert waits == [0.015, 0.010]
