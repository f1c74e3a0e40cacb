"""How do queued deliveries reach the relay? Claim, compose, intend, hand over, settle; until idle or stopped.

Crash safety: nothing is written to the relay before its intent is durable, and an ack is durable before
the connection takes the next letter, so that a kill leaves at most one letter per connection in doubt.
BUGS: while the relay is in trouble, claimed letters go back to the queue and lose their place in it.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from mailer.core.brakes import RefusalBrake
from mailer.core.deliveries import Consequence, Decision, Delivery, Event, State, Verdict, decide
from mailer.errors import MailerError, RelayError, TryAgainError
from mailer.flows.group_commit import Ledger
from mailer.flows.outbox import Ack, Intent, Outbox
from mailer.flows.patience import FIRST_BACKOFF, Patience, Reporter
from mailer.flows.preparing import Composer, Reader, prepare
from mailer.flows.relaying import Relay

BATCH = 100
IDLE_PAUSE = timedelta(seconds=1)
LAST_LETTERS = timedelta(seconds=8)
_T = TypeVar("_T")
Job = tuple[Delivery, Reader | None]


@dataclass(frozen=True, slots=True)
class SenderPlan:
    """How a sender works: its name, its sort of relay, its connections, and when and how it ends."""

    worker: str
    rehearsal: bool
    connections: int
    until_idle: bool
    last_letters: timedelta = LAST_LETTERS
    first_backoff: timedelta = FIRST_BACKOFF


@dataclass(frozen=True, slots=True)
class Outside:
    """All that a sender reaches out to."""

    outbox: Outbox
    composer: Composer
    connect: Callable[[], Relay]
    clock: Callable[[], datetime]
    reporter: Reporter


class Sender:
    """One sender process's work: a feeder, a ledger, and one task per connection."""

    def __init__(self, plan: SenderPlan, outside: Outside, stop: asyncio.Event) -> None:
        self._plan = plan
        self._out = outside
        self._stop = stop
        self._writer = ThreadPoolExecutor(1, "writer")
        self._ledger = Ledger(outside.outbox, outside.clock, self._blocking)
        self._batch: deque[Job] = deque()  # claimed, not queued yet
        self._queue: asyncio.Queue[Job] = asyncio.Queue(BATCH)
        self._brakes: dict[int, RefusalBrake] = {}
        self._paused: set[tuple[int, str]] = set()  # mailings, with the claims that were made before their pause
        self._patience = Patience(outside.reporter, stop, gives_up=plan.until_idle, first=plan.first_backoff)

    async def run(self) -> None:
        """Send until stopped, or until nothing is due now.

        Raises:
            TryAgainError: until idle, and deferred letters remain or the relay cannot be reached.
            RelayPolicyError: until idle, and the relay refuses us.
            StoreError: the database failed; what was in doubt is settled by the next start.
        """
        connections = [asyncio.create_task(self._serve()) for _ in range(self._plan.connections)]
        feeder = asyncio.create_task(self._feed())
        try:
            await self._first_end(feeder, connections)
        finally:
            await self._wind_up(feeder, connections)
            self._writer.shutdown(wait=True)
        if self._plan.until_idle:
            self._judge()

    async def _first_end(self, feeder: asyncio.Task[None], connections: list[asyncio.Task[None]]) -> None:
        """Wait until told to stop, the feeder ends or anything fails; a failure is raised here."""
        stopping = asyncio.create_task(self._stop.wait())
        done, _ = await asyncio.wait({feeder, stopping, *connections}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        for task in done:
            task.result()

    async def _wind_up(self, feeder: asyncio.Task[None], connections: list[asyncio.Task[None]]) -> None:
        """Give back what was not begun, let letters in flight end, then close."""
        feeder.cancel()
        await self._blocking(lambda: None)  # the writer does one thing at a time: a claim that runs has ended now
        await self._give_back_waiting()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._queue.join(), self._plan.last_letters.total_seconds())
        for task in connections:
            task.cancel()
        await asyncio.gather(feeder, *connections, return_exceptions=True)

    async def _give_back_waiting(self) -> None:
        """Give back all that waits for a connection."""
        waiting = [delivery for delivery, _ in self._batch]
        self._batch.clear()
        while not self._queue.empty():
            waiting.append(self._queue.get_nowait()[0])
            self._queue.task_done()
        await asyncio.gather(*map(self._give_back, waiting))

    async def _give_back(self, delivery: Delivery) -> None:
        """Give one delivery back; that changes nothing once its intent is durable."""
        with suppress(MailerError):
            await self._ledger.settle(_release(delivery))

    def _judge(self) -> None:
        """End an until-idle run with the error that tells what is left."""
        self._patience.judge()
        waiting = self._out.outbox.unfinished(rehearsal=self._plan.rehearsal)
        if waiting and not self._stop.is_set():
            raise TryAgainError(f"{waiting} letters were deferred by the relay; run again later")

    async def _blocking(self, work: Callable[[], _T]) -> _T:
        """Run database work in the one writer thread."""
        return await asyncio.get_running_loop().run_in_executor(self._writer, work)

    async def _feed(self) -> None:
        """Claim batches and queue them until stopped, or, until idle, until nothing is due."""
        while not self._stop.is_set() and not self._patience.is_over:
            found = await self._blocking(self._claim)
            if not found and self._plan.until_idle:
                await self._queue.join()  # what is given back meanwhile is claimed once more
                found = await self._blocking(self._claim)
                if not found:
                    return
            await self._queue_batch()
            if not found:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._stop.wait(), IDLE_PAUSE.total_seconds())

    async def _queue_batch(self) -> None:
        """Queue what was claimed; a letter that a sender died with is alone in the queue, to be told from the rest."""
        suspect = any(delivery.recoveries for delivery, _ in self._batch)
        if suspect:
            await self._queue.join()
        while self._batch:
            await self._queue.put(self._batch[0])
            self._batch.popleft()
        if suspect:
            await self._queue.join()

    def _claim(self) -> bool:
        """Claim a batch and open the supporters' seals; tell whether anything was due. Runs in the writer thread."""
        now = self._out.clock()
        self._out.outbox.recover(now=now)
        claimed = self._out.outbox.claim(worker=self._plan.worker, limit=BATCH, rehearsal=self._plan.rehearsal, now=now)
        try:
            supporters = self._out.composer.load({delivery.supporter_id for delivery in claimed})
        except MailerError:
            self._out.outbox.commit([], [_release(delivery) for delivery in claimed], now=now)
            raise
        self._batch.extend((delivery, supporters.get(delivery.supporter_id)) for delivery in claimed)
        return bool(claimed)

    async def _serve(self) -> None:
        """Hand letters over on one connection, for ever."""
        relay = self._out.connect()
        try:
            while True:
                delivery, supporter = await self._queue.get()
                try:
                    await self._deliver(relay, delivery, supporter)
                except BaseException:
                    await self._give_back(delivery)
                    raise
                finally:
                    self._queue.task_done()
        finally:
            with suppress(RelayError):
                await relay.close()

    async def _deliver(self, relay: Relay, delivery: Delivery, supporter: Reader | None) -> None:
        """Bring one delivery to its next state."""
        paused = (delivery.mailing, delivery.claim) in self._paused
        if paused or self._patience.is_over or self._stop.is_set():
            return await self._ledger.settle(_release(delivery))
        now = delivery.composed_at or self._out.clock()
        letter = prepare(delivery, supporter, self._out.composer, now=now, clock=self._out.clock)
        if isinstance(letter, Ack):
            await self._ledger.settle(letter)
            if letter.decision.event is Event.FAIL:
                self._out.reporter.tell("letter cannot be composed", delivery=delivery.id)
                await self._brake(delivery, letter.decision, letter.reply)
            return None
        if not await self._open(relay, delivery):
            return None
        intent = Intent(delivery, now, self._out.composer.key_id(delivery), delivery.revision)
        granted: list[bool] = []

        async def grant() -> bool:
            granted.append(await self._ledger.intend(intent))
            return granted[-1]

        verdict = await relay.send(letter, grant)
        if verdict is not None:
            held = replace(delivery, state=State.SENDING) if any(granted) else delivery
            await self._settle(held, verdict)
        return None

    async def _open(self, relay: Relay, delivery: Delivery) -> bool:
        """Open the connection if it is not; on failure give the delivery back and wait."""
        if relay.is_open:
            return True
        try:
            await relay.open()
        except RelayError as error:
            await self._ledger.settle(_release(delivery))
            await self._patience.back_off(error)
            return False
        return True

    async def _settle(self, delivery: Delivery, verdict: Verdict) -> None:
        """Decide what the verdict does, make it durable, and look at the brakes."""
        now = self._out.clock()
        decision = decide(verdict, attempts=delivery.attempts, now=now, deadline=delivery.deadline)
        reply = "" if decision.event is Event.ACCEPT else verdict.reason
        await self._ledger.settle(Ack(delivery, decision, reply))
        if decision.consequence is Consequence.RELAY_TROUBLE:
            await self._patience.back_off(RelayError(verdict.reason))
        else:
            self._patience.renew()
            await self._brake(delivery, decision, verdict.reason)

    async def _brake(self, delivery: Delivery, decision: Decision, reason: str) -> None:
        """Pause the mailing if the relay refuses it as a whole; write suppressions once that is ruled out."""
        brake = self._brakes.setdefault(delivery.mailing, RefusalBrake())
        pause = brake.note(decision, reason)
        if not pause and decision.suppress is not None:  # those that must wait are written by a later `recover`
            apply = self._out.outbox.apply_suppressions
            pause = await self._blocking(lambda: apply(delivery.mailing, now=self._out.clock()))
        if pause:
            self._paused.add((delivery.mailing, delivery.claim))
            self._brakes.pop(delivery.mailing, None)  # another connection may have paused it meanwhile
            self._out.reporter.tell("mailing paused", mailing=delivery.mailing, reason=pause)
            await self._blocking(lambda: self._out.outbox.pause_mailing(delivery.mailing, pause))


def _release(delivery: Delivery) -> Ack:
    """Return the ack that gives an untouched delivery back."""
    return Ack(delivery, Decision(Event.RELEASE, counts_as_attempt=False))
