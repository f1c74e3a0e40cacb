"""How does one relay get its letters? Over several connections, as many at once as it takes, within its limits.

Law: a relay in trouble gives back what waits for it and is tried again with one letter at a time; what it does
is nothing to the other relays.
BUGS: letters that a lane gives back lose their place in the queue.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

from mailer.core.concurrency import wide_open
from mailer.core.deliveries import Event
from mailer.core.rates import Limits
from mailer.core.verdicts import Consequence, Phase
from mailer.errors import RelayError
from mailer.flows.allowance import Allowance, Standing
from mailer.flows.changes import Changes
from mailer.flows.handover import Handover, Job, Outcome
from mailer.flows.patience import Patience
from mailer.flows.providers import Providers
from mailer.flows.relaying import Relay

QUEUED_PER_CONNECTION = 8
STUCK_AFTER = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Route:
    """One relay: its label, how to make a connection to it, its share of the letters, and its limits."""

    label: str
    connect: Callable[[], Relay]
    weight: int = 1
    limits: Limits = field(default_factory=Limits)


@dataclass(slots=True)
class _Connection:
    """One connection, and how many letters it has had an answer to since it was opened."""

    relay: Relay
    answered: int = 0


@dataclass(frozen=True, slots=True)
class Terms:
    """What decides whether a lane may hand over: the relay's allowance, its providers, and our patience with it."""

    allowance: Allowance
    providers: Providers
    patience: Patience


class Lane:
    """One relay, as one sender uses it."""

    def __init__(self, route: Route, connections: int, terms: Terms, handover: Handover, changes: Changes) -> None:
        self.label = route.label
        self.weight = route.weight
        self.limits = route.limits
        self.allowance = terms.allowance
        self.providers = terms.providers
        self.patience = terms.patience
        self._connect = route.connect
        self._connections = connections
        self._handover = handover
        self._changes = changes
        self._waiting: deque[Job] = deque()
        self._in_flight = 0
        self._busy = 0  # of those in flight, what counts against the window
        self._window = wide_open(connections)
        self._window_began = 0  # how often: a letter that hangs since before does not keep the relay from being tried
        self._opening = asyncio.Lock()
        self._resting: asyncio.Task[None] | None = None
        self._full_since: float | None = None

    # --- what the feeder asks ---

    def note(self, standing: Standing) -> None:
        """Remember how the relay stands; those that wait here have not drawn their tokens yet."""
        self.allowance.note(standing)
        self.providers.note(standing.gates)
        self.allowance.reserve_for(len(self._waiting))

    @property
    def is_usable(self) -> bool:
        """Tell whether the lane takes letters: not in trouble, not over, and its limits leave room."""
        if self.patience.is_over or self._resting is not None or self.allowance.room == 0:
            return False
        return not self.patience.is_tried or not (self._waiting or self._busy)

    @property
    def is_idle(self) -> bool:
        """Tell whether nothing is here, not even on its way back to the queue."""
        return not self._waiting and not self._in_flight

    def appetite(self, most: int) -> int:
        """Return how many letters may be claimed for this lane, at most `most`."""
        if not self.is_usable:
            return 0
        room = self.allowance.room
        return min(most if room is None else room, 1 if self.patience.is_tried else most)

    @property
    def has_place(self) -> bool:
        """Tell whether one letter more may wait here."""
        return len(self._waiting) < (1 if self.patience.is_tried else QUEUED_PER_CONNECTION * self._window.allows)

    @property
    def is_stuck(self) -> bool:
        """Tell whether the lane has had no place for so long that others take its turns."""
        since = self._full_since
        return since is not None and _seconds() - since >= STUCK_AFTER.total_seconds()

    def put(self, job: Job) -> None:
        """Let a letter wait here for a connection."""
        self._waiting.append(job)
        self.allowance.reserve_for(1)
        if not self.has_place:
            self._full_since = self._full_since or _seconds()
        self._changes.tell()

    async def give_back_waiting(self) -> None:
        """Give back all that waits for a connection."""
        waiting, self._waiting = list(self._waiting), deque()
        self._in_flight += len(waiting)
        await asyncio.gather(*map(self._handover.give_back, waiting))
        self._in_flight -= len(waiting)
        self._changes.tell()

    # --- connections ---

    def begin(self) -> list[asyncio.Task[None]]:
        """Start one task per connection; each works until it is cancelled."""
        return [asyncio.create_task(self._serve()) for _ in range(self._connections)]

    async def end(self) -> None:
        """End what runs beside the connections."""
        if self._resting is not None:
            self._resting.cancel()
            await asyncio.gather(self._resting, return_exceptions=True)

    async def _serve(self) -> None:
        """Hand letters over on one connection, for ever."""
        connection = _Connection(self._connect())
        try:
            while True:
                await self._changes.until(self._may_begin)
                await self._serve_one(connection, self._waiting.popleft())
        finally:
            with suppress(RelayError):
                await connection.relay.close()

    def _may_begin(self) -> bool:
        """Tell whether a connection may take a letter now."""
        return bool(self._waiting) and self._resting is None and self._busy < self._window.allows

    async def _serve_one(self, connection: _Connection, job: Job) -> None:
        """Bring one delivery to its next state; whatever happens, it is not kept."""
        window_began = self._window_began
        self._in_flight += 1
        self._busy += 1
        if self.has_place:
            self._full_since = None
        try:
            await self._deliver(connection, job)
        except BaseException:
            await self._handover.give_back(job)
            raise
        finally:
            self._in_flight -= 1
            self._busy -= window_began == self._window_began
            self._changes.tell()

    async def _deliver(self, connection: _Connection, job: Job) -> None:
        """Compose, open, take a token, hand over; what cannot be done now goes back to the queue."""
        if self._handover.is_off(job) or self.patience.is_over or self.providers.is_closed(job.group):
            return await self._handover.release(job)
        ready = await self._handover.compose(job)
        if ready is None:
            return None
        if not await self._open(connection) or not await self._take():
            return await self._handover.release(job)
        outcome = await self._handover.hand_over(connection.relay, job, ready)
        if outcome is None:
            return self.allowance.put_back()
        return await self._learn(connection, job, outcome)

    async def _open(self, connection: _Connection) -> bool:
        """Open the connection if it is not, one at a time: a login that is refused is not tried on each of them."""
        if connection.relay.is_open:
            return True
        async with self._opening:
            if self._resting is not None or self.patience.is_over:
                return False
            connection.answered = 0
            try:
                await connection.relay.open()
            except RelayError as error:
                self._rest(error)
                return False
            return True

    async def _take(self) -> bool:
        """Take the token of one letter; if there is none, what waits goes back as well."""
        if await self.allowance.take(len(self._waiting)):
            return True
        self.allowance.room = 0
        await self.give_back_waiting()
        return False

    async def _learn(self, connection: _Connection, job: Job, outcome: Outcome) -> None:
        """Draw from the relay's answer what it means for the next letters."""
        consequence, asked = outcome.decision.consequence, outcome.verdict.asked_pause
        if consequence is Consequence.RELAY_TROUBLE:
            self._suffer(connection, outcome)
            return
        connection.answered += 1
        if self._resting is None:
            self.patience.renew()
        if consequence is Consequence.THROTTLED:
            await self.providers.close(job.group, asked)
        elif outcome.decision.event is Event.ACCEPT:
            self.providers.note_accepted(job.group)
            self._window = self._window.succeed()

    def _suffer(self, connection: _Connection, outcome: Outcome) -> None:
        """Rest, unless only this connection ended after it was of use: many relays close them after some letters."""
        asked = outcome.verdict.asked_pause
        if outcome.verdict.phase is not Phase.MAIL:
            self._window = self._window.suffer()
        if connection.relay.is_open or asked is not None or not connection.answered:
            self._rest(RelayError(outcome.verdict.reason, asked_pause=asked))

    def _rest(self, error: RelayError) -> None:
        """Begin to rest; what several connections are told at once is one trouble."""
        if self._resting is None and not self.patience.is_over:
            self._resting = asyncio.create_task(self._sit_out(error))

    async def _sit_out(self, error: RelayError) -> None:
        """Give back what waits, wait, and let one letter try the relay."""
        try:
            await self.give_back_waiting()
            await self.patience.back_off(error)
        finally:
            self._resting = None
            self._window = self._window.begin_anew()
            self._window_began += 1
            self._busy = 0
            self._changes.tell()


def _seconds() -> float:
    """Return the loop's seconds, which no clock change moves."""
    return asyncio.get_running_loop().time()
