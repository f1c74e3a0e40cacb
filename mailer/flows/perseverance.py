"""What happens to database work while the database is away? It is repeated until it is done, and told once.

Law: only what may be done twice is given here. A commit whose outcome is unknown is made once more, with the
same values; nothing is forgotten because a database was away, and nothing is handed over meanwhile.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from typing import Protocol, TypeVar

from mailer.errors import StoreUnavailableError
from mailer.flows.patience import Reporter

FIRST_PAUSE = timedelta(seconds=0.1)
LONGEST_PAUSE = timedelta(seconds=5)
LAST_TRIES = timedelta(seconds=5)  # once told to stop: an ack that is lost is a letter in doubt
GIVES_UP_AFTER = timedelta(seconds=30)
_T = TypeVar("_T")


class Blocking(Protocol):
    """Runs work that blocks in the process's one writer thread."""

    def __call__(self, work: Callable[[], _T], /) -> Awaitable[_T]:
        """Return what `work` returns."""


class Perseverance:
    """Repeats what failed because the database is away; all work of one process shares one."""

    def __init__(
        self,
        blocking: Blocking,
        stop: asyncio.Event,
        reporter: Reporter,
        *,
        gives_up_after: timedelta | None = None,
        first_pause: timedelta = FIRST_PAUSE,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._blocking = blocking
        self._stop = stop
        self._reporter = reporter
        self._gives_up_after = gives_up_after
        self._first_pause = first_pause
        self._monotonic = monotonic
        self._away_since: float | None = None
        self._stopped_at: float | None = None

    async def until_done(self, work: Callable[[], _T]) -> _T:
        """Return what `work` returns, however often the database is away before.

        Pauses double up to five seconds. Once told to stop, it is tried for five seconds more.

        Raises:
            StoreUnavailableError: the database was away for as long as this run waits, or as a stop allows.
        """
        pause = self._first_pause
        while True:
            try:
                done = await self._blocking(work)
            except StoreUnavailableError as error:
                if self._is_over(self._note_away(error)):
                    raise
            else:
                self._note_back()
                return done
            await self._wait(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    def _note_away(self, error: StoreUnavailableError) -> float:
        """Tell that the database is away, once; return since when it is."""
        if self._away_since is None:
            self._away_since = self._monotonic()
            self._reporter.tell("database away", reason=str(error))
        return self._away_since

    def _note_back(self) -> None:
        """Tell that the database is back, if it was away."""
        if self._away_since is not None:
            self._reporter.tell("database back", seconds=round(self._monotonic() - self._away_since, 1))
            self._away_since = None

    def _is_over(self, away_since: float) -> bool:
        """Tell whether not to try again: it was away for too long, or the stop lasts too long."""
        now = self._monotonic()
        if self._stop.is_set():
            if self._stopped_at is None:
                self._stopped_at = now
            return now - self._stopped_at >= LAST_TRIES.total_seconds()
        limit = self._gives_up_after
        return limit is not None and now - away_since >= limit.total_seconds()

    async def _wait(self, pause: timedelta) -> None:
        """Wait for a pause, which a stop cuts short; after the stop, for the shortest pause."""
        if self._stop.is_set():
            await asyncio.sleep(self._first_pause.total_seconds())
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stop.wait(), pause.total_seconds())
