"""How do intents and acks become durable without a commit for each? By committing together what waits.

Law: whoever asks for an intent or an ack gets the answer only after the commit that holds both; while one commit runs,
the next gathers. A commit that fails for good is told to everybody who waited for it. One that a sender repeats
because the database was away (`Perseverance.until_done`) has the very same intents and acks, and a new `now`.

A commit waits for those that took part in the last ones, but no longer than the last one lasted: one of sixteen letters
costs little more than one of eight. Source: PostgreSQL, `commit_delay`; half a flush there, with `commit_siblings`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import cached_property

from mailer.core.deliveries import DeliveryId
from mailer.flows.outbox import Ack, Intent, Outbox

LONGEST_GATHERING = 0.005  # seconds
Blocking = Callable[[Callable[[], frozenset[DeliveryId]]], Awaitable[frozenset[DeliveryId]]]


class Commit:
    """One transaction: what it holds, and, once it `is_over`, which intents it granted or why it failed.

    One object for all whose wishes it holds: a letter costs it two entries in lists.
    """

    __slots__ = ("_waiting", "acks", "error", "granted", "intents", "is_over")

    def __init__(self) -> None:
        self.intents: list[Intent] = []
        self.acks: list[Ack] = []
        self.granted: frozenset[DeliveryId] = frozenset()
        self.error: Exception | None = None
        self.is_over = False
        self._waiting: list[asyncio.Future[None]] = []

    def __len__(self) -> int:
        """Return how many wishes it holds."""
        return len(self.intents) + len(self.acks)

    async def durable(self) -> None:
        """Return once it is durable.

        Raises:
            Exception: what it failed with, for good.
        """
        if not self.is_over:  # each waits for a future of its own: one who is cancelled cancels nobody else
            waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.append(waiter)
            await waiter
        if self.error is not None:
            raise self.error

    def end(self, granted: frozenset[DeliveryId], error: Exception | None = None) -> None:
        """Tell everybody who waits what came of it."""
        self.granted, self.error, self.is_over = granted, error, True
        for waiter in self._waiting:
            _tell(waiter)


class Ledger:
    """Group commit over an outbox; `blocking` runs a commit in the process's one writer thread, until it is done."""

    def __init__(self, outbox: Outbox, clock: Callable[[], datetime], blocking: Blocking) -> None:
        self._outbox = outbox
        self._clock = clock
        self._blocking = blocking
        self._gathering = Commit()
        self._expected = 1  # how many are likely to ask: those of the last commit, and who asked meanwhile
        self._lasted = 0.0
        self._enough: asyncio.Future[None] | None = None
        self._committed: Commit | None = None  # the last one that was begun
        self._committing: asyncio.Task[None] | None = None

    @cached_property
    def _loop(self) -> asyncio.AbstractEventLoop:
        """The loop that all of it runs in; asking for it anew is a system call, for each letter."""
        return asyncio.get_running_loop()

    def intend(self, intent: Intent) -> Commit:
        """Ask for a commit that holds an intent, soon; return it."""
        commit = self._gathering
        commit.intents.append(intent)
        self.hurry()
        return commit

    def owe(self, ack: Ack) -> Commit:
        """Let an ack go with the next commit that anybody asks for; if nobody does, it has its own very soon."""
        commit = self._gathering
        if not commit:
            self._loop.call_later(LONGEST_GATHERING, self.hurry)
        commit.acks.append(ack)
        return commit

    def hurry(self) -> None:
        """Begin to commit what has gathered, unless a commit runs: that one goes on with it."""
        if self._committing is None:
            if self._gathering:
                self._committing = self._loop.create_task(self._commit_all())
        elif self._enough is not None and len(self._gathering) >= self._expected:
            _tell(self._enough)

    async def settle(self, ack: Ack) -> None:
        """Make durable what became of a delivery."""
        commit = self._gathering
        commit.acks.append(ack)
        self.hurry()
        await commit.durable()

    async def flush(self) -> None:
        """Return once all that was asked for is durable."""
        commit = self._gathering
        self.hurry()
        if commit:
            await commit.durable()
        elif self._committed is not None and not self._committed.is_over:
            await self._committed.durable()

    async def _commit_all(self) -> None:
        """Commit until nothing waits."""
        try:
            while self._gathering:
                if len(self._gathering) < self._expected:
                    await self._gather()
                began_at = self._loop.time()
                commit, self._gathering = self._gathering, Commit()
                self._committed = commit
                await self._make(commit)
                self._lasted = self._loop.time() - began_at
                self._expected = len(commit) + len(self._gathering)
        finally:
            self._committing = None

    async def _gather(self) -> None:
        """Wait until as many have asked as are expected to, if that is soon."""
        self._enough = self._loop.create_future()
        timer = self._loop.call_later(min(self._lasted, LONGEST_GATHERING), _tell, self._enough)
        await self._enough
        timer.cancel()
        self._enough = None

    async def _make(self, commit: Commit) -> None:
        """Make a commit and tell everybody who waits for it."""
        write = self._outbox.commit
        try:
            granted = await self._blocking(lambda: write(commit.intents, commit.acks, now=self._clock()))
        except Exception as error:  # whatever it is: a waiter that is not told would wait for ever
            return commit.end(frozenset(), error)
        return commit.end(granted)


def _tell(waiter: asyncio.Future[None]) -> None:
    """Let who waits go on."""
    if not waiter.done():
        waiter.set_result(None)
