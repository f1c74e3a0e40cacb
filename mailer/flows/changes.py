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
        self._waiters: set[asyncio.Future[None]] = set()

    def tell(self) -> None:
        """Let everybody look again."""
        for waiter in self._waiters:
            if not waiter.done():
                waiter.set_result(None)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until `holds`."""
        while not holds():
            waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiters.add(waiter)
            try:
                await waiter
            finally:
                self._waiters.discard(waiter)

    async def until_or_for(self, holds: Callable[[], bool], longest: timedelta) -> bool:
        """Wait until `holds`, but not longer than told; return whether it holds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(longest.total_seconds()):
                await self.until(holds)
        return holds()
