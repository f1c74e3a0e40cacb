"""What does a sender do beside sending? It says that it lives, and settles what others left that do not.

Law: both go on while the relay is slow; a sender that is not heard of for a minute is taken for stopped.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from mailer.core.liveness import BEAT_EVERY
from mailer.flows.outbox import Outbox
from mailer.flows.perseverance import Blocking

RECOVERS_EVERY = timedelta(seconds=1)


class Pulse:
    """Beats and recovers for one sender; `run` does database work in the one writer thread."""

    def __init__(self, outbox: Outbox, worker: str, clock: Callable[[], datetime], run: Blocking) -> None:
        self._outbox = outbox
        self._worker = worker
        self._clock = clock
        self._run = run

    async def begin(self) -> None:
        """Beat before the first claim, and settle what was left."""
        await self._run(self._beat)
        await self._run(self._recover)

    async def go_on(self) -> None:
        """Beat and recover, for ever."""
        await asyncio.gather(
            _every(BEAT_EVERY, self._run, self._beat), _every(RECOVERS_EVERY, self._run, self._recover)
        )

    def _beat(self) -> None:
        """Say that this sender lives."""
        self._outbox.beat(self._worker, now=self._clock())

    def _recover(self) -> None:
        """Settle what dead and silent senders left. Runs in the writer thread."""
        self._outbox.recover(now=self._clock())


async def _every(pause: timedelta, run: Blocking, work: Callable[[], None]) -> None:
    """Do `work` again and again, with a pause before each time."""
    while True:
        await asyncio.sleep(pause.total_seconds())
        await run(work)
