"""How do intents and acks become durable without a commit for each? By committing together what waits.

Law: whoever asks for an intent or an ack gets the answer only after the commit that holds both; while one commit runs,
the next gathers. A commit that fails for good is told to everybody who waited for it. One that a sender repeats
because the database was away (`Perseverance.until_done`) has the very same intents and acks, and a new `now`.

A commit waits for those that took part in the last ones, but no longer than the last one lasted: one of sixteen letters
costs little more than one of eight. Source: PostgreSQL, `commit_delay`; half a flush there, with `commit_siblings`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from mailer.core.deliveries import DeliveryId
from mailer.flows.outbox import Ack, Intent, Outbox

LONGEST_GATHERING = 0.005  # seconds
Blocking = Callable[[Callable[[], frozenset[DeliveryId]]], Awaitable[frozenset[DeliveryId]]]


class _Wish(NamedTuple):
    """What one connection wants to be durable at once, and who is told."""

    intent: Intent | None
    ack: Ack | None
    answer: asyncio.Future[bool]


class Ledger:
    """Group commit over an outbox; `blocking` runs a commit in the process's one writer thread, until it is done."""

    def __init__(self, outbox: Outbox, clock: Callable[[], datetime], blocking: Blocking) -> None:
        self._outbox = outbox
        self._clock = clock
        self._blocking = blocking
        self._wishes: list[_Wish] = []
        self._expected = 1  # how many are likely to ask: those of the last commit, and who asked meanwhile
        self._lasted = 0.0
        self._enough: asyncio.Future[None] | None = None
        self._committing: asyncio.Task[None] | None = None

    @cached_property
    def _loop(self) -> asyncio.AbstractEventLoop:
        """The loop that all of it runs in; asking for it anew is a system call, for each letter."""
        return asyncio.get_running_loop()

    def ask(self, intent: Intent | None, ack: Ack | None) -> asyncio.Future[bool]:
        """Ask for a commit that holds both, soon; its answer is whether the intent, if there is one, was granted."""
        answer = self._wish(intent, ack)
        self.hurry()
        return answer

    def owe(self, ack: Ack) -> asyncio.Future[bool]:
        """Let an ack go with the next commit that anybody asks for; if nobody does, it has its own very soon."""
        if not self._wishes:
            self._loop.call_later(LONGEST_GATHERING, self.hurry)
        return self._wish(None, ack)

    def hurry(self) -> None:
        """Begin to commit what has gathered, unless a commit runs: that one goes on with it."""
        if self._enough is not None and len(self._wishes) >= self._expected:
            _tell(self._enough)
        elif self._wishes and (self._committing is None or self._committing.done()):
            self._committing = self._loop.create_task(self._commit_all())

    def _wish(self, intent: Intent | None, ack: Ack | None) -> asyncio.Future[bool]:
        """Let a wish wait for the next commit."""
        answer: asyncio.Future[bool] = self._loop.create_future()
        self._wishes.append(_Wish(intent, ack, answer))
        return answer

    async def settle(self, ack: Ack) -> None:
        """Make durable what became of a delivery."""
        await self.ask(None, ack)

    async def _commit_all(self) -> None:
        """Commit until nothing waits."""
        while self._wishes:
            if len(self._wishes) < self._expected:
                await self._gather()
            batch, self._wishes = self._wishes, []
            began_at = self._loop.time()
            await self._commit(batch)
            self._lasted = self._loop.time() - began_at
            self._expected = len(batch) + len(self._wishes)

    async def _gather(self) -> None:
        """Wait until as many have asked as are expected to, if that is soon."""
        self._enough = self._loop.create_future()
        timer = self._loop.call_later(min(self._lasted, LONGEST_GATHERING), _tell, self._enough)
        await self._enough
        timer.cancel()
        self._enough = None

    async def _commit(self, batch: Sequence[_Wish]) -> None:
        """Commit one batch and tell everybody who waited."""
        intents = [wish.intent for wish in batch if wish.intent is not None]
        acks = [wish.ack for wish in batch if wish.ack is not None]
        try:
            granted = await self._blocking(lambda: self._outbox.commit(intents, acks, now=self._clock()))
        except Exception as error:  # whatever it is: a waiter that is not told would wait for ever
            for wish in batch:
                if not wish.answer.done():
                    wish.answer.set_exception(error)
                    wish.answer.exception()  # who was cut off meanwhile does not ask any more
            return
        for intent, _, answer in batch:
            if not answer.done():
                answer.set_result(intent is None or intent.delivery.id in granted)


def _tell(waiter: asyncio.Future[None]) -> None:
    """Let who waits go on."""
    if not waiter.done():
        waiter.set_result(None)
