"""How long is a relay in trouble waited for? Longer each time; by a run that ends when idle, only three times.

Law: a relay that refuses us stays refused until somebody acts; all other trouble may pass.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta
from typing import Protocol

from mailer.errors import RelayError, RelayPolicyError, TryAgainError

TROUBLES_UNTIL_GIVING_UP = 3
FIRST_BACKOFF = timedelta(seconds=1)
LONGEST_BACKOFF = timedelta(minutes=5)


class Reporter(Protocol):
    """What sending tells while it runs; ids only, never names or addresses."""

    def tell(self, event: str, **fields: object) -> None:
        """Tell one event."""


class Patience:
    """Counts how often in a row the relay could not be used, and waits; `gives_up` tells whether it ever ends."""

    def __init__(self, reporter: Reporter, stop: asyncio.Event, *, gives_up: bool, first: timedelta) -> None:
        self._reporter = reporter
        self._stop = stop
        self._gives_up = gives_up
        self._first = first
        self._in_a_row = 0
        self._error: RelayError | None = None

    @property
    def is_over(self) -> bool:
        """Tell whether to end because of the relay."""
        refused = isinstance(self._error, RelayPolicyError)
        return self._gives_up and (refused or self._in_a_row >= TROUBLES_UNTIL_GIVING_UP)

    def renew(self) -> None:
        """Forget the trouble: the relay answered."""
        self._in_a_row, self._error = 0, None

    async def back_off(self, error: RelayError) -> None:
        """Remember the trouble, tell it, and wait: `first`, then doubling to five minutes, or until told to stop."""
        if self.is_over:
            return  # another connection told it already
        self._in_a_row += 1
        self._error = error
        self._reporter.tell("relay trouble", error=str(error), in_a_row=self._in_a_row)
        if self.is_over:
            return
        wait = min(self._first * 2 ** min(self._in_a_row - 1, 10), LONGEST_BACKOFF)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stop.wait(), wait.total_seconds())

    def judge(self) -> None:
        """End with the error that ended patience, if one did.

        Raises:
            RelayPolicyError: the relay refuses us.
            TryAgainError: it could not be used.
        """
        if isinstance(self._error, RelayPolicyError):
            raise self._error
        if self.is_over:
            raise TryAgainError(f"{self._error}; the letters wait: run again later") from self._error
