"""Which letters are claimed, and which relay gets which? No more than the relays let through, shared by weight.

Law: a letter that a sender died with is alone in the process; what nobody can take now waits in the database.
Where relays take any number of letters, the next are claimed and opened while the last are on their way.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from itertools import islice, takewhile
from typing import Any

from mailer.core.batches import FEWEST, next_batch
from mailer.core.deliveries import Delivery
from mailer.core.turns import Turns
from mailer.flows.allowance import Rates
from mailer.flows.changes import Changes
from mailer.flows.handover import Clocks, Handover, Job, job_of
from mailer.flows.lanes import STUCK_AFTER, Lane
from mailer.flows.outbox import Outbox
from mailer.flows.patience import LONGEST_IDLE_WAIT
from mailer.flows.perseverance import Blocking
from mailer.flows.preparing import Composer

IDLE_PAUSE = timedelta(seconds=1)
POSTPONED = "its mail provider asks for fewer letters at a time"


@dataclass(frozen=True, slots=True)
class Source:
    """Where letters come from: queue, supporters and limits; as whom, and of which sort, they are claimed."""

    outbox: Outbox
    composer: Composer
    rates: Rates
    worker: str
    rehearsal: bool


class Feeder:
    """Claims letters and gives them to the lanes; `run` does database work in the one writer thread."""

    def __init__(
        self, source: Source, lanes: Sequence[Lane], handover: Handover, clocks: Clocks, run: Blocking, changes: Changes
    ) -> None:
        self._source = source
        # Not the same relay first in each run: one that takes nobody would get the same letter again and again.
        self._lanes = {lane.label: lane for lane in sorted(lanes, key=lambda lane: _draw_lots(source.worker, lane))}
        self._handover = handover
        self._clocks = clocks
        self._run = run
        self._changes = changes
        self._turns = Turns()
        self._size = FEWEST  # how many letters are claimed at a time
        self._claimed: tuple[Delivery, ...] = ()  # their supporters are not loaded yet
        self._claimed_at = 0.0
        self._was_blocked = False  # at the last claim, no lane took letters
        self._was_full = False  # the last claim took as many as it might
        self._batch: deque[Job] = deque()
        self._claiming: asyncio.Task[bool] | None = None
        self._postponing: set[asyncio.Task[None]] = set()

    async def feed(self, *, until_idle: bool) -> None:
        """Claim and allot; until idle, until nothing is due that could leave within a minute."""
        found_at = self._clocks.monotonic()
        try:
            while not all(lane.patience.is_over for lane in self._lanes.values()):
                if await self._has_letters():
                    found_at = self._clocks.monotonic()
                    await self._allot_all()
                    continue
                if until_idle and await self._is_done(found_at):
                    return
                await self._pause()
        finally:
            if self._claiming is not None:
                self._claiming.cancel()

    async def give_back(self) -> None:
        """Give back what is in hand."""
        jobs = [*self._batch, *(Job(delivery, None, 0.0) for delivery in self._claimed)]
        self._batch.clear()
        self._claimed = ()
        await asyncio.gather(*map(self._handover.give_back, jobs), *self._postponing, return_exceptions=True)

    # --- claiming ---

    async def _has_letters(self) -> bool:
        """Claim, unless that was begun before; tell whether there is anything in hand."""
        claiming, self._claiming = self._claiming, None
        return await (claiming if claiming is not None else self._claim_next())

    async def _claim_next(self) -> bool:
        """Claim as many letters as leave quickly."""
        lasted = self._clocks.monotonic() - self._claimed_at
        if self._was_full:
            self._size = next_batch(self._size, lasted)
        return await self._run(self._claim)

    def _claim_ahead(self) -> None:
        """Begin to claim once half of what was claimed last is allotted, if all lanes take any number of letters."""
        if self._claiming is not None:
            if not self._claiming.done():
                return
            self._claiming.result()
            self._claiming = None
        if self._was_full and 2 * len(self._batch) <= self._size and all(map(_is_free, self._lanes.values())):
            self._claiming = asyncio.create_task(self._claim_next())

    def _claim(self) -> bool:
        """Claim a batch and open the supporters' seals; tell whether anything was due. Runs in the writer thread.

        It may be repeated: what was claimed and could not be loaded is not claimed again.
        """
        if not self._claimed:
            for lane in self._lanes.values():
                lane.note(self._source.rates.look(lane.label, lane.limits, now=self._clocks.now()))
            limit = min(self._size, sum(lane.appetite(self._size) for lane in self._lanes.values()))
            self._claimed_at = self._clocks.monotonic()
            self._was_blocked = not limit
            self._claimed = self._claim_up_to(limit) if limit else ()
            self._was_full = len(self._claimed) == self._size
        supporters = self._source.composer.load({delivery.supporter_id for delivery in self._claimed})
        self._batch.extend(job_of(each, supporters.get(each.supporter_id), self._claimed_at) for each in self._claimed)
        self._claimed = ()
        return bool(self._batch)

    def _claim_up_to(self, limit: int) -> tuple[Delivery, ...]:
        """Claim what is due."""
        source = self._source
        now = self._clocks.now()
        return source.outbox.claim(worker=source.worker, limit=limit, rehearsal=source.rehearsal, now=now)

    # --- allotting ---

    async def _allot_all(self) -> None:
        """Give all that is in hand to the lanes."""
        while self._batch:
            self._claim_ahead()
            if not self._allot_alike():
                await self._allot_first()
        await asyncio.gather(*self._postponing)

    def _allot_alike(self) -> bool:
        """Give what has a place to the only lane there is, where nothing has to be asked of each; tell whether any had.

        Nearly all letters of nearly all installations are allotted here, many at a time.
        """
        if len(self._lanes) > 1:
            return False
        (lane,) = self._lanes.values()
        jobs = [*islice(takewhile(_is_unsuspected, self._batch), lane.open_places)]
        for _ in jobs:
            self._batch.popleft()
        if jobs:
            lane.put(*jobs)
        return bool(jobs)

    async def _allot_first(self) -> None:
        """Give one letter to a lane; one that a sender died with is alone, to be told from the rest."""
        suspect = self._batch[0].delivery.recoveries > 0
        if suspect:
            await self._changes.until(self._all_idle)
        await self._allot(self._batch[0])
        self._batch.popleft()
        if suspect:
            await asyncio.gather(*self._postponing)
            await self._changes.until(self._all_idle)

    async def _allot(self, job: Job) -> None:
        """Give one letter to the lane whose turn it is; put it off if its provider takes none; else give it back."""
        while usable := [lane for lane in self._lanes.values() if lane.is_usable]:
            welcoming = [lane for lane in usable if lane.providers.is_open(job.group)]
            if not welcoming:
                until = min(lane.providers.postpone(job.group) for lane in usable)
                return self._soon(self._handover.postpone(job, until, POSTPONED))
            lane = self._next_of(welcoming)
            if await self._has_place(lane) and await self._is_admitted(lane, job) and lane.is_usable:
                return lane.put(job)  # it may have come to rest meanwhile, for hours
        return self._soon(self._handover.release(job))

    def _next_of(self, lanes: Sequence[Lane]) -> Lane:
        """Return whose turn it is among those that keep up, or among all if none does."""
        if len(lanes) == 1:
            return lanes[0]
        prompt = [lane for lane in lanes if not lane.is_stuck] or lanes
        return self._lanes[self._turns.next({lane.label: lane.weight for lane in prompt})]

    async def _has_place(self, lane: Lane) -> bool:
        """Wait until the lane has a place, as long as it may keep others waiting; tell whether it has."""
        if not lane.has_place:
            await self._changes.until_or_for(lambda: lane.has_place or not lane.is_usable, STUCK_AFTER)
        return lane.has_place and lane.is_usable

    async def _is_admitted(self, lane: Lane, job: Job) -> bool:
        """Tell whether the letter's provider takes it; if a rate was learned, all of its group in hand are told."""
        if not lane.providers.is_metered(job.group):
            return True
        return await lane.providers.admit(job.group, sum(other.group == job.group for other in tuple(self._batch)) - 1)

    def _soon(self, settling: Coroutine[Any, Any, None]) -> None:
        """Settle a letter together with others of its batch."""
        task = asyncio.create_task(settling)
        self._postponing.add(task)
        task.add_done_callback(self._postponing.discard)

    # --- idleness ---

    async def _is_done(self, found_at: float) -> bool:
        """Tell whether nothing is due, or nothing of it can leave within a minute."""
        await self._changes.until(self._all_idle)  # what is given back meanwhile is claimed once more
        if not await self._run(self._has_due):
            return True
        waited = self._clocks.monotonic() - found_at
        return waited >= LONGEST_IDLE_WAIT.total_seconds() or not any(map(self._may_come, self._lanes.values()))

    def _has_due(self) -> bool:
        """Tell whether any letter is due, once what others left is settled. Runs in the writer thread."""
        now = self._clocks.now()
        self._source.outbox.recover(now=now)
        return self._source.outbox.has_due(rehearsal=self._source.rehearsal, now=now)

    def _may_come(self, lane: Lane) -> bool:
        """Tell whether a lane may take letters within a minute."""
        again_at = lane.allowance.again_at
        return not lane.patience.is_over and (again_at is None or again_at <= self._clocks.now() + LONGEST_IDLE_WAIT)

    async def _pause(self) -> None:
        """Wait for a second, or until a lane that was in trouble can be tried again."""
        await self._changes.until_or_for(lambda: self._was_blocked and self._is_over_or_usable(), IDLE_PAUSE)

    def _is_over_or_usable(self) -> bool:
        """Tell whether a lane takes letters, or none ever will."""
        lanes = self._lanes.values()
        return any(lane.is_usable for lane in lanes) or all(lane.patience.is_over for lane in lanes)

    def _all_idle(self) -> bool:
        """Tell whether no letter is in any lane."""
        return all(lane.is_idle for lane in self._lanes.values())


def _is_free(lane: Lane) -> bool:
    """Tell whether a lane takes any number of letters."""
    return lane.is_free


def _is_unsuspected(job: Job) -> bool:
    """Tell whether no sender ever died with a letter."""
    return job.delivery.recoveries == 0


def _draw_lots(worker: str, lane: Lane) -> bytes:
    """Return what orders lanes by chance, the same for one worker."""
    return sha256(f"{worker} {lane.label}".encode()).digest()
