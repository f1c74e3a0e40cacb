"""How do tasks of one loop wait for each other's state? Until a condition holds, looked at after every change.

Law: nothing is missed, because a condition is looked at before each wait and nothing runs in between.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta


class Changes:
    """Wakes those who wait whenever something that they may wait for has changed."""

    def __init__(self) -> None:
        self._waiters: dict[asyncio.Future[None], Callable[[], bool]] = {}

    def tell(self) -> None:
        """Let everybody look again."""
        for waiter in self._waiters:
            if not waiter.done():
                waiter.set_result(None)

    def tell_one(self) -> None:
        """Wake one whose condition holds, who has waited least: there is something for one of them."""
        for waiter in reversed(self._waiters):
            if not waiter.done() and self._waiters[waiter]():
                waiter.set_result(None)
                return

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until `holds`."""
        while not holds():
            waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiters[waiter] = holds
            try:
                await waiter
            finally:
                del self._waiters[waiter]

    async def until_or_for(self, holds: Callable[[], bool], longest: timedelta) -> bool:
        """Wait until `holds`, but not longer than told; return whether it holds."""
        if holds():
            return True
        with suppress(TimeoutError):
            async with asyncio.timeout(longest.total_seconds()):
                await self.until(holds)
        return holds()


def loop_seconds() -> float:
    """Return the loop's seconds, which no clock change moves."""
    return asyncio.get_running_loop().time()
