"""How long is a relay in trouble waited for? Longer each time; by a run that ends when idle, only three times.

Law: a relay that refuses us stays refused until somebody acts; all other trouble may pass. Nobody comes back
sooner than a relay asked for.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Protocol

from mailer.errors import RelayError, RelayPolicyError, TryAgainError

TROUBLES_UNTIL_GIVING_UP = 3
FIRST_BACKOFF = timedelta(seconds=1)
LONGEST_BACKOFF = timedelta(minutes=5)
LONGEST_IDLE_WAIT = timedelta(minutes=1)  # of a run that ends when idle; whoever started it can come back, too


class Reporter(Protocol):
    """What sending tells while it runs; ids only, never names or addresses."""

    def tell(self, event: str, **fields: object) -> None:
        """Tell one event."""


class Patience:
    """Counts how often in a row one relay could not be used, and waits; `gives_up` tells whether it ever ends."""

    def __init__(
        self, relay: str, reporter: Reporter, stop: asyncio.Event, *, gives_up: bool, first: timedelta
    ) -> None:
        self._relay = relay
        self._reporter = reporter
        self._stop = stop
        self._gives_up = gives_up
        self._first = first
        self._in_a_row = 0
        self.error: RelayError | None = None
        self.is_tried = False  # the relay was in trouble, and has not answered since
        self.is_over = False  # it is not waited for any more

    def renew(self) -> None:
        """Forget the trouble: the relay answered."""
        self._in_a_row, self.error, self.is_tried, self.is_over = 0, None, False, False

    def _is_hopeless(self, error: RelayError) -> bool:
        """Tell whether this trouble is the last one that is waited for."""
        if isinstance(error, RelayPolicyError) or self._in_a_row >= TROUBLES_UNTIL_GIVING_UP:
            return True
        return error.asked_pause is not None and error.asked_pause > LONGEST_IDLE_WAIT

    async def back_off(self, error: RelayError) -> None:
        """Remember the trouble, tell it, and wait: `first`, doubling to five minutes, at least as long as was asked."""
        self._in_a_row += 1
        self.error, self.is_tried = error, True
        self.is_over = self._gives_up and self._is_hopeless(error)
        self._reporter.tell("relay trouble", relay=self._relay, error=str(error), in_a_row=self._in_a_row)
        if self.is_over:
            return
        wait = min(self._first * 2 ** min(self._in_a_row - 1, 10), LONGEST_BACKOFF)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stop.wait(), max(wait, error.asked_pause or wait).total_seconds())


def judge(troubles: Sequence[Patience]) -> None:
    """End a run that ends when idle with the error that ended patience with every relay, if that is so.

    Raises:
        RelayPolicyError: all of them refuse us.
        TryAgainError: none of them could be used.
    """
    errors = [patience.error for patience in troubles if patience.is_over and patience.error is not None]
    if len(errors) < len(troubles) or not errors:
        return
    if all(isinstance(error, RelayPolicyError) for error in errors):
        raise errors[0]
    told = "; ".join(dict.fromkeys(map(str, errors)))
    raise TryAgainError(f"{told}; the letters wait: run again later") from errors[0]
