"""How does one relay get its letters? Over several connections, as many at once as it takes, within its limits.

Law: a relay in trouble gives back what waits for it and is tried again with one letter at a time; what it does
is nothing to the other relays.
BUGS: letters that a lane gives back lose their place in the queue.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice

from mailer.core.rates import Limits
from mailer.core.verdicts import Consequence, Phase
from mailer.errors import RelayError
from mailer.flows.allowance import Allowance, Standing
from mailer.flows.carrying import Carrier
from mailer.flows.changes import Changes, loop_seconds
from mailer.flows.crew import Crew
from mailer.flows.handover import Handover, Job, Outcome, Ready
from mailer.flows.outbox import Ack
from mailer.flows.patience import Patience
from mailer.flows.providers import Providers
from mailer.flows.relaying import Relay
from mailer.flows.together import Together

QUEUED_PER_CONNECTION = 8
STUCK_AFTER = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Route:
    """One relay: its label, how to make a connection to it, its share of the letters, and its limits."""

    label: str
    connect: Callable[[], Relay]
    weight: int = 1
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Terms:
    """What decides whether a lane may hand over: the relay's allowance, its providers, and our patience with it.

    `connections` are opened at most, each with `window` letters whose acks may still be missing.
    """

    allowance: Allowance
    providers: Providers
    patience: Patience
    connections: int
    window: int = 1


class Lane:
    """One relay, as one sender uses it."""

    def __init__(self, route: Route, terms: Terms, handover: Handover, changes: Changes) -> None:
        self.label = route.label
        self.weight = route.weight
        self.limits = route.limits
        self.allowance = terms.allowance
        self.providers = terms.providers
        self.is_closed_to = terms.providers.is_closed  # its provider was throttled
        self.patience = terms.patience
        self.may_pipeline = terms.allowance.is_boundless  # a letter that needs a token of the limits draws it late
        carriers = [Carrier(route.connect(), self, handover, terms.window) for _ in range(terms.connections)]
        self._crew = Crew(carriers, self._has_work, self._may_open, self._rest, changes)
        self._handover = handover
        self._together = Together(handover.compose, handover.seconds)
        self._changes = changes
        self._waiting: deque[Job] = deque()
        self._returning = 0
        self._resting: asyncio.Task[None] | None = None
        self._is_full = False  # from then on until half of them have left
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
        if self._resting is not None or self.allowance.room == 0 or self.patience.is_over:
            return False
        return not self.patience.is_tried or not (self._waiting or self._crew.busy)

    @property
    def is_free(self) -> bool:
        """Tell whether the lane takes any number of letters, so that more may be claimed before it asks for them."""
        return self.allowance.is_boundless and self._resting is None and not self.patience.is_tried

    @property
    def is_idle(self) -> bool:
        """Tell whether nothing is here, not even on its way back to the queue."""
        return not self._waiting and self._crew.is_idle and not self._returning

    def appetite(self, most: int) -> int:
        """Return how many letters may be claimed for this lane, at most `most`."""
        if not self.is_usable:
            return 0
        room = self.allowance.room
        return min(most if room is None else room, 1 if self.patience.is_tried else most)

    @property
    def has_place(self) -> bool:
        """Tell whether one letter more may wait here."""
        return len(self._waiting) < self._places

    @property
    def open_places(self) -> int:
        """Return how many letters more may wait here without anything being asked of each: none where limits hold."""
        if not self.is_free or self.providers.ask_of_each:
            return 0
        return max(0, self._places - len(self._waiting))

    @property
    def _places(self) -> int:
        """Return how many letters may wait here."""
        return 1 if self.patience.is_tried else QUEUED_PER_CONNECTION * self._crew.allows

    @property
    def is_stuck(self) -> bool:
        """Tell whether the lane has had no place for so long that others take its turns."""
        since = self._full_since
        return since is not None and loop_seconds() - since >= STUCK_AFTER.total_seconds()

    def put(self, *jobs: Job) -> None:
        """Let letters wait here for a connection."""
        self._waiting.extend(jobs)
        self.allowance.reserve_for(len(jobs))
        if not self.has_place:
            self._is_full = True
            self._full_since = self._full_since or loop_seconds()
        self._crew.call_one()

    async def give_back_waiting(self) -> None:
        """Give back all that waits for a connection."""
        waiting, self._waiting, self._full_since = list(self._waiting), deque(), None
        self._together.forget()
        self._returning += len(waiting)
        await asyncio.gather(*map(self._handover.give_back, waiting))
        self._returning -= len(waiting)
        self._changes.tell()

    # --- connections ---

    def begin(self) -> list[asyncio.Task[None]]:
        """Start one task per connection; each works until it is cancelled."""
        return self._crew.begin()

    async def end(self) -> None:
        """End what runs beside the connections."""
        if self._resting is not None:
            self._resting.cancel()
            await asyncio.gather(self._resting, return_exceptions=True)

    def _has_work(self) -> bool:
        """Tell whether a letter waits that may be taken."""
        return bool(self._waiting) and not (self._handover.is_stopping() or self.is_at_rest)

    def _may_open(self) -> bool:
        """Tell whether the relay is neither in trouble nor given up."""
        return not self.is_at_rest

    # --- what a connection asks ---

    def take(self, began: int) -> Job | None:
        """Return the next letter, if a connection that is at work since `began` is still one of those allowed."""
        if not self._crew.keeps(began) or not self._has_work():
            return None
        job = self._waiting.popleft()
        if self._is_full:
            self._make_place()
        return job

    def compose(self, job: Job) -> Ready | Ack:
        """Return the letter of a job that was taken, or how its delivery ends without one.

        Where any number may leave, as many are composed together as there are connections at work.
        """
        return self._together.letter(job, islice(self._waiting, self._crew.busy if self.is_free else 0))

    def _make_place(self) -> None:
        """Note that there is a place; who feeds brings many letters at once, and is told when half of them left."""
        waiting, places = len(self._waiting), self._places
        if waiting < places:
            self._full_since = None
        if 2 * waiting <= places:
            self._is_full = False
            self._changes.tell()

    @property
    def is_at_rest(self) -> bool:
        """Tell whether no letter may be written now: the relay is in trouble, or given up."""
        return self._resting is not None or self.patience.is_over

    async def open(self, carrier: Carrier) -> bool:
        """Open a connection."""
        return await self._crew.open(carrier)

    async def admit(self) -> bool:
        """Take the token of one letter; if there is none, what waits goes back as well."""
        if await self.allowance.take(len(self._waiting)):
            return True
        self.allowance.room = 0
        await self.give_back_waiting()
        return False

    def put_back(self) -> None:
        """Keep the token of a letter that was not written after all."""
        self.allowance.put_back()

    def succeed(self, carrier: Carrier, job: Job) -> None:
        """Draw from a letter that the relay took what it means for the next ones."""
        self._note_answer(carrier)
        self.providers.note_accepted(job.group)
        self._crew.succeed()

    async def learn(self, carrier: Carrier, job: Job, outcome: Outcome) -> None:
        """Draw from any other answer of the relay what it means for the next letters."""
        if outcome.decision.consequence is Consequence.RELAY_TROUBLE:
            return self._suffer(carrier, outcome)
        self._note_answer(carrier)
        if outcome.decision.consequence is Consequence.THROTTLED:
            await self.providers.close(job.group, outcome.verdict.asked_pause)
        return None

    def _note_answer(self, carrier: Carrier) -> None:
        """Note that the relay is of use."""
        carrier.answered += 1
        if self.patience.is_tried and self._resting is None:
            self.patience.renew()

    def _suffer(self, carrier: Carrier, outcome: Outcome) -> None:
        """Rest, unless only this connection ended after it was of use: many relays close them after some letters."""
        asked = outcome.verdict.asked_pause
        if outcome.verdict.phase is not Phase.MAIL:
            self._crew.suffer()
        if carrier.relay.is_open or asked is not None or not carrier.answered:
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
            self._crew.begin_anew()
            self._changes.tell()
