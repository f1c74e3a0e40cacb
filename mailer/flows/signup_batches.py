"""How do many sign-ups become durable without a commit for each? By committing together what waits.

Law: whoever puts one in gets an answer only after its commit; while one commit runs, the next gathers. A commit that
fails is told to everybody who waited for it, and nothing is tried again: their browsers will.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from mailer.flows.signup import Arrival

MOST_AT_ONCE = 200  # rows of one commit: it stays near 20 ms
Take = Callable[[Sequence[Arrival]], Sequence[bool]]
_Waiting = tuple[Arrival, "asyncio.Future[bool]"]


class SignUpBatches:
    """Group commit of sign-ups in one thread at a time; belongs to one event loop."""

    def __init__(self, take_all: Take) -> None:
        self._take_all = take_all
        self._waiting: list[_Waiting] = []
        self._committing: asyncio.Task[None] | None = None

    async def put(self, arrival: Arrival) -> bool:
        """Make a sign-up durable; return whether it was taken, False if its network has had its hour.

        Raises:
            StoreError: the database did not take it.
        """
        future: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((arrival, future))
        if self._committing is None or self._committing.done():
            self._committing = asyncio.get_running_loop().create_task(self._commit_all())
        return await future

    async def _commit_all(self) -> None:
        """Commit until nothing waits."""
        while self._waiting:
            batch, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
            await self._commit(batch)

    async def _commit(self, batch: list[_Waiting]) -> None:
        """Commit one batch and tell everybody who waited; who hung up meanwhile is told nothing."""
        try:
            taken = await asyncio.to_thread(self._take_all, [arrival for arrival, _ in batch])
        except Exception as error:  # whatever it is: a waiter that is not told would wait for ever
            for _, future in batch:
                if not future.done():
                    future.set_exception(error)
            return
        for (_, future), was_taken in zip(batch, taken, strict=True):
            if not future.done():
                future.set_result(was_taken)
