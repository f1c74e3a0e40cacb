"""How do intents and acks become durable without a commit for each? By committing together what waits.

Law: whoever awaits an intent gets its answer only after the commit; while one commit runs, the next
gathers. A commit that fails for good is told to everybody who waited for it. One that a sender repeats
because the database was away (`Perseverance.until_done`) has the very same intents and acks, and a new `now`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from mailer.core.deliveries import DeliveryId
from mailer.flows.outbox import Ack, Intent, Outbox

Blocking = Callable[[Callable[[], frozenset[DeliveryId]]], Awaitable[frozenset[DeliveryId]]]


@dataclass(slots=True)
class _Waiting:
    """What gathers while a commit runs."""

    intents: list[tuple[Intent, asyncio.Future[bool]]] = field(default_factory=list)
    acks: list[tuple[Ack, asyncio.Future[bool]]] = field(default_factory=list)

    @property
    def futures(self) -> list[asyncio.Future[bool]]:
        """Return everybody who waits for this commit."""
        return [future for _, future in (*self.intents, *self.acks)]


class Ledger:
    """Group commit over an outbox; `blocking` runs a commit in the process's one writer thread, until it is done."""

    def __init__(self, outbox: Outbox, clock: Callable[[], datetime], blocking: Blocking) -> None:
        self._outbox = outbox
        self._clock = clock
        self._blocking = blocking
        self._waiting = _Waiting()
        self._committing: asyncio.Task[None] | None = None

    async def intend(self, intent: Intent) -> bool:
        """Make the intent durable; return whether the content may be written."""
        future: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.intents.append((intent, future))
        self._wake()
        return await future

    async def settle(self, ack: Ack) -> None:
        """Make durable what became of a delivery."""
        future: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.acks.append((ack, future))
        self._wake()
        await future

    def _wake(self) -> None:
        """Start committing unless a commit runs; that one goes on with what has gathered."""
        if self._committing is None or self._committing.done():
            self._committing = asyncio.get_running_loop().create_task(self._commit_all())

    async def _commit_all(self) -> None:
        """Commit until nothing waits."""
        while self._waiting.futures:
            batch, self._waiting = self._waiting, _Waiting()
            await self._commit(batch)

    async def _commit(self, batch: _Waiting) -> None:
        """Commit one batch and tell everybody who waited."""
        intents, acks = [intent for intent, _ in batch.intents], [ack for ack, _ in batch.acks]
        try:
            granted = await self._blocking(lambda: self._outbox.commit(intents, acks, now=self._clock()))
        except Exception as error:  # whatever it is: a waiter that is not told would wait for ever
            for future in batch.futures:
                if not future.done():
                    future.set_exception(error)
            return
        for intent, future in batch.intents:
            if not future.done():
                future.set_result(intent.delivery.id in granted)
        for _, future in batch.acks:
            if not future.done():
                future.set_result(True)
