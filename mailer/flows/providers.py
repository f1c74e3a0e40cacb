"""May one more letter go to this provider, over this relay? Gates that throttling closes, and learned rates.

Law: a letter that has to wait for its provider waits in the database, each until a moment of its own: what is
put off together would come back together, again and again.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping
from datetime import datetime, timedelta

from mailer.core.gates import OPEN, Gate
from mailer.core.rates import HOUR
from mailer.flows.allowance import Rates, Reserve
from mailer.flows.handover import Clocks
from mailer.flows.perseverance import Blocking

LATELY = timedelta(minutes=1)
LONGEST_POSTPONEMENT = timedelta(hours=1)


class Providers:
    """The groups of providers, as one sender knows them at one relay; `run` does database work."""

    def __init__(self, relay: str, rates: Rates, clocks: Clocks, run: Blocking) -> None:
        self._relay = relay
        self._rates = rates
        self._clock = clocks.now
        self._seconds = clocks.monotonic
        self._run = run
        self._gates: dict[str, Gate] = {}
        self._reserves: dict[str, Reserve] = defaultdict(Reserve)
        self._dry_until: dict[str, datetime] = {}
        self._postponed_to: dict[str, datetime] = {}
        self._accepted: dict[str, deque[float]] = defaultdict(lambda: deque(maxlen=1000))  # by the monotonic clock

    def note(self, gates: Mapping[str, Gate]) -> None:
        """Remember how the groups stand."""
        self._gates = dict(gates)

    @property
    def ask_of_each(self) -> bool:
        """Tell whether any group has a gate, or had one, so that it matters of which group a letter is."""
        return bool(self._gates or self._dry_until)

    def is_open(self, group: str) -> bool:
        """Tell whether letters of a group may leave over this relay now."""
        if self.is_closed(group):
            return False
        return group not in self._dry_until or self._dry_until[group] <= self._clock()

    def is_metered(self, group: str) -> bool:
        """Tell whether a rate was learned, so that each letter has to be admitted."""
        return group in self._gates and self._gates[group].per_hour is not None

    def is_closed(self, group: str) -> bool:
        """Tell whether a group was throttled a while ago, so that not one letter may leave."""
        return group in self._gates and self._gates[group].is_closed(self._clock())

    async def admit(self, group: str, waiting: int) -> bool:
        """Count one letter in, if its group has not used up what was learned; `waiting` others are in hand."""
        if not self.is_metered(group) or self._reserves[group].take(self._clock()):
            return True
        now, wanted = self._clock(), 1 + waiting
        drawn = await self._run(lambda: self._rates.draw_group(self._relay, group, wanted, now=now))
        self._reserves[group].fill(drawn, now)
        if self._reserves[group].take(self._clock()):
            return True
        self._dry_until[group] = now + self._spacing(group)
        return False

    def postpone(self, group: str) -> datetime:
        """Return when a letter whose group has to wait is tried again: at most an hour after the gate opens."""
        now = self._clock()
        gate = self._gate(group)
        opens = gate.closed_until if gate.closed_until is not None and gate.is_closed(now) else now
        following = max(opens, self._postponed_to.get(group, now)) + self._spacing(group)
        self._postponed_to[group] = min(following, opens + LONGEST_POSTPONEMENT)
        return self._postponed_to[group]

    def note_accepted(self, group: str) -> None:
        """Remember that a letter of a group was taken."""
        self._accepted[group].append(self._seconds())

    async def close(self, group: str, asked: timedelta | None) -> Gate:
        """Close a group's gate for all senders, because it was throttled; return it."""
        now, lately = self._clock(), self._seconds() - LATELY.total_seconds()
        observed = sum(at > lately for at in self._accepted[group]) * (HOUR / LATELY)
        gate = await self._run(
            lambda: self._rates.throttle(self._relay, group, asked=asked, observed_per_hour=observed, now=now)
        )
        self._gates[group] = gate
        return gate

    def _gate(self, group: str) -> Gate:
        """Return the gate of a group."""
        return self._gates.get(group, OPEN)

    def _spacing(self, group: str) -> timedelta:
        """Return how far letters of a group are apart at its rate."""
        per_hour = self._gate(group).per_hour
        return HOUR / per_hour if per_hour else timedelta()
