"""How do queued deliveries reach the relays? A feeder claims, lanes hand over, a ledger settles; until idle or stopped.

Crash safety: at a stop, what was not begun goes back to the queue and letters in flight may end; after a kill any
sender settles what was left, from the database. How a single letter is kept safe stands in `handover`.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from mailer.errors import TryAgainError
from mailer.flows.allowance import Allowance, Rates
from mailer.flows.braking import Brakes
from mailer.flows.changes import Changes
from mailer.flows.feeding import Feeder, Source
from mailer.flows.group_commit import Ledger
from mailer.flows.handover import Clocks, Handover
from mailer.flows.lanes import Lane, Route, Terms
from mailer.flows.outbox import Outbox
from mailer.flows.patience import FIRST_BACKOFF, Patience, Reporter, judge
from mailer.flows.perseverance import GIVES_UP_AFTER, Perseverance
from mailer.flows.preparing import Composer
from mailer.flows.providers import Providers
from mailer.flows.pulse import Pulse
from mailer.flows.writer import Writer

LAST_LETTERS = timedelta(seconds=8)
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class SenderPlan:
    """How a sender works: its name, its sort of relay, its connections to each, and when and how it ends.

    `window` letters of a connection may be written before the first of them has a durable ack.
    """

    worker: str
    rehearsal: bool
    connections: int
    until_idle: bool
    window: int = 1
    last_letters: timedelta = LAST_LETTERS
    first_backoff: timedelta = FIRST_BACKOFF


@dataclass(frozen=True, slots=True)
class Outside:
    """All that a sender reaches out to; `monotonic` counts seconds and is moved by nobody."""

    outbox: Outbox
    composer: Composer
    rates: Rates
    routes: tuple[Route, ...]
    clock: Callable[[], datetime]
    reporter: Reporter
    monotonic: Callable[[], float] = time.monotonic


class Sender:
    """One sender process's work: a feeder, a pulse, a ledger, and a lane for each relay."""

    def __init__(self, plan: SenderPlan, outside: Outside, stop: asyncio.Event) -> None:
        self._plan = plan
        self._out = outside
        self._stop = stop
        self._writer = Writer()
        gives_up_after = GIVES_UP_AFTER if plan.until_idle else None
        self._run = Perseverance(self._blocking, stop, outside.reporter, gives_up_after=gives_up_after).until_done
        self._changes = Changes()
        self._handover = self._make_handover()
        self._lanes = [self._make_lane(route) for route in outside.routes]
        self._pulse = Pulse(outside.outbox, plan.worker, outside.clock, self._run)
        self._feeder = self._make_feeder()

    def _make_handover(self) -> Handover:
        """Return what brings single deliveries to their next state."""
        out = self._out
        ledger = Ledger(out.outbox, out.clock, self._run)
        brakes = Brakes(out.outbox, out.clock, self._run, out.reporter)
        return Handover(ledger, out.composer, brakes, Clocks(out.clock, out.monotonic), out.reporter, self._stop)

    def _make_lane(self, route: Route) -> Lane:
        """Return the lane of one relay."""
        plan, out = self._plan, self._out
        terms = Terms(
            Allowance(route.label, route.limits, out.rates, out.clock, self._run),
            Providers(route.label, out.rates, Clocks(out.clock, out.monotonic), self._run),
            Patience(route.label, out.reporter, self._stop, gives_up=plan.until_idle, first=plan.first_backoff),
            plan.connections,
            plan.window,
        )
        return Lane(route, terms, self._handover, self._changes)

    def _make_feeder(self) -> Feeder:
        """Return what claims letters and allots them."""
        plan, out = self._plan, self._out
        source = Source(out.outbox, out.composer, out.rates, plan.worker, plan.rehearsal)
        clocks = Clocks(out.clock, out.monotonic)
        return Feeder(source, self._lanes, self._handover, clocks, self._run, self._changes)

    async def run(self) -> None:
        """Send until stopped, or until nothing is due now.

        Raises:
            TryAgainError: until idle, and letters wait, or no relay can be reached.
            RelayPolicyError: until idle, and all relays refuse us.
            StoreError: the database failed; what was in doubt is settled by the next start.
        """
        try:
            await self._pulse.begin()
            await self._send()
        finally:
            self._writer.shutdown(wait=True)
        if self._plan.until_idle:
            await self._judge()

    async def _send(self) -> None:
        """Run feeder, pulse and connections until the first of them ends or fails, or a stop."""
        connections = [task for lane in self._lanes for task in lane.begin()]
        feeder = asyncio.create_task(self._feeder.feed(until_idle=self._plan.until_idle))
        pulse = asyncio.create_task(self._pulse.go_on())
        stopping = asyncio.create_task(self._stop.wait())
        tasks = {feeder, pulse, stopping, *connections}
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            feeder.cancel()
            await self._wind_up()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _wind_up(self) -> None:
        """Give back what was not begun, and let letters in flight end."""
        await self._blocking(lambda: None)  # the writer does one thing at a time: a claim that runs has ended now
        await self._feeder.give_back()
        for lane in self._lanes:
            await lane.give_back_waiting()
        await self._changes.until_or_for(lambda: all(lane.is_idle for lane in self._lanes), self._plan.last_letters)
        for lane in self._lanes:
            await lane.end()

    async def _judge(self) -> None:
        """End an until-idle run with the error that tells what is left."""
        judge([lane.patience for lane in self._lanes])
        if self._stop.is_set():
            return
        outbox, rehearsal = self._out.outbox, self._plan.rehearsal
        if waiting := outbox.unfinished(rehearsal=rehearsal):
            raise TryAgainError(f"{waiting} letters were deferred, to be tried again; run again later")
        if outbox.has_due(rehearsal=rehearsal, now=self._out.clock()):
            raise TryAgainError("letters wait for a relay's limits or a campaign's pace; run again later")

    async def _blocking(self, work: Callable[[], _T]) -> _T:
        """Run database work in the one writer thread."""
        return await asyncio.get_running_loop().run_in_executor(self._writer, work)
