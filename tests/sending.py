"""Everything around one sender: a queue, supporters, relays in memory, limits, and time that passes at once."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec import structs

from mailer.core.deliveries import Delivery, DeliveryId, State
from mailer.core.rates import Limits
from mailer.core.supporters import Person, PublicId, Supporter
from mailer.core.verdicts import Phase, Verdict
from mailer.flows.lanes import Route
from mailer.flows.send import Outside, Sender, SenderPlan
from tests.fakes import ACCEPTED, FakeComposer, FakeOutbox, FakeRelay, FakeReporter, Wire
from tests.simulated import FakeRates, SimulatedLoop

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
DEAD = Verdict(550, "5.1.1", "5.1.1 no such user", Phase.RCPT)
SPAM = Verdict(554, "5.7.1", "5.7.1 we take nothing from you", Phase.CONTENT)
BUSY = Verdict(451, "4.3.0", "4.3.0 later", Phase.CONTENT)
CLOSING_DOWN = Verdict(421, "4.3.2", "4.3.2 going down", Phase.MAIL)
LOST_BEFORE = Verdict(0, "", "connection lost", Phase.DATA)
LOST_AFTER = Verdict(0, "", "connection lost", Phase.CONTENT)
PLAN = SenderPlan("worker", rehearsal=False, connections=1, until_idle=True, first_backoff=timedelta(microseconds=1))


def delivery(number: int, **changes: Any) -> Delivery:
    """Return a queued alert to supporter `number`."""
    waiting = Delivery(DeliveryId(number), "case", 1, "alert", 0, number, State.QUEUED)
    return structs.replace(waiting, **changes)


def supporter(number: int, domain: str = "people.example") -> Supporter:
    """Return a supporter."""
    return Supporter(PublicId(bytes(8)), Person(f"s{number}@{domain}"))


class Stage:
    """Everything around one sender, and what it did; its only relay is `wire` unless `add_relay` makes others."""

    def __init__(self, *deliveries: Delivery) -> None:
        self.outbox = FakeOutbox(deliveries, NOW)
        self.composer = FakeComposer({each.supporter_id: supporter(each.supporter_id) for each in deliveries})
        self.wire = Wire()
        self.routes: list[Route] = []
        self.rates = FakeRates()
        self.reporter = FakeReporter()
        self.stop = asyncio.Event()
        self.moment = NOW
        self.is_live = False  # whether the clock goes
        self.work_seconds: Callable[[], float] = lambda: 0.0  # how long the database takes
        self.clock: Callable[[], datetime] = lambda: self.moment
        self.seconds: Callable[[], float] = lambda: asyncio.get_running_loop().time()

    def add_relay(self, label: str, *, weight: int = 1, **limits: Any) -> Wire:
        """Add a relay; the first one takes the place of `wire`."""
        wire = Wire()
        self.routes.append(Route(label, lambda: FakeRelay(wire), weight, Limits(**limits)))
        return wire

    def move(self, domain: str, *numbers: int) -> None:
        """Let these supporters have their mailboxes at `domain`."""
        self.composer.people |= {number: supporter(number, domain) for number in numbers}

    def answer(self, **verdicts: Verdict) -> None:
        """Let the relay answer letters by their recipients ("s1"), and accept all others."""
        self.wire.answer = lambda envelope: verdicts.get(envelope.recipient.partition("@")[0], ACCEPTED)

    def now(self) -> datetime:
        """Return the moment."""
        return self.clock()

    def sender(self, **changes: Any) -> Sender:
        """Return the sender; its monotonic clock is the loop's, unless `seconds` was replaced."""
        routes = tuple(self.routes) or (Route("relay", lambda: FakeRelay(self.wire)),)
        known = (self.outbox, self.composer, self.rates, routes, self.now, self.reporter)
        return Sender(replace(PLAN, **changes), Outside(*known, self.seconds), self.stop)

    def run(self, *, hours: float = 1, **changes: Any) -> float:
        """Send until idle; return the seconds that it took."""
        return self.play(self.sender(**changes).run(), hours=hours)

    def play(self, story: Coroutine[Any, Any, None], *, hours: float = 1) -> float:
        """Let something happen, in simulated time; return the seconds that it took."""
        loop = SimulatedLoop(self.moment, self.work_seconds)
        if self.is_live:
            self.clock = loop.now
        try:
            loop.play(asyncio.wait_for(story, hours * 3600))
        finally:
            self.moment = loop.now() if self.is_live else self.moment
            self.stop = asyncio.Event()  # one belongs to the loop that first waited for it
        return loop.passed

    @property
    def states(self) -> dict[int, State]:
        """Return where every delivery stands."""
        return self.outbox.states

    @property
    def totals(self) -> Counter[State]:
        """Return how many deliveries are in each state."""
        return Counter(self.states.values())

    def reply(self, number: int) -> str:
        """Return what `status` would show of one delivery."""
        return self.outbox.rows[number].reply


def many(count: int, **changes: Any) -> Stage:
    """Return a stage with `count` queued deliveries."""
    return Stage(*(delivery(number, **changes) for number in range(1, count + 1)))


def live(count: int) -> Stage:
    """Return a stage with `count` queued deliveries whose clock goes."""
    stage = many(count)
    stage.is_live = True
    return stage


async def until(condition: Callable[[], bool], *, every: float = 0.01) -> None:
    """Wait until `condition` holds, looking at it so often; the time that `play` allows ends a wait in vain."""
    while not condition():
        await asyncio.sleep(every)
