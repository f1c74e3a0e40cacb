"""May one more letter go to this relay? What its limits leave, shared with all senders.

Law: a letter is written only with a token that was drawn for it from the database moments ago; what was drawn
and not used within `KEPT_FOR` is not used at all. It is handed in with the next draw, once: a crash, or a draw that
nobody heard of, makes letters slower, never faster.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol

from mailer.core.gates import Gate
from mailer.core.rates import KEPT_FOR, Limits
from mailer.flows.perseverance import Blocking


@dataclass(frozen=True, slots=True)
class Standing:
    """How a relay stands in the database: how many letters may leave now (None: no limit), and its groups.

    `again_at` is when there is room again, where there is none now.
    """

    room: int | None = None
    again_at: datetime | None = None
    gates: Mapping[str, Gate] = field(default_factory=dict)


class Rates(Protocol):
    """The limits as all senders share them; a relay is known by its label."""

    def look(self, relay: str, limits: Limits, *, now: datetime) -> Standing:
        """Return how a relay stands; nothing is taken."""

    def draw(self, relay: str, limits: Limits, wanted: int, *, unused: int = 0, now: datetime) -> int:
        """Put back what was drawn today and not used, then take up to `wanted` letters; return how many are granted."""

    def draw_group(self, relay: str, group: str, wanted: int, *, now: datetime) -> int:
        """Take up to `wanted` letters of a group whose rate was learned; all of them where none was."""

    def throttle(
        self, relay: str, group: str, *, asked: timedelta | None, observed_per_hour: float, now: datetime
    ) -> Gate:
        """Close a group's gate, because its provider asks for fewer letters; return it."""


@dataclass(slots=True)
class Reserve:
    """Tokens that were drawn and not used yet."""

    count: int = 0
    drawn_at: datetime | None = None

    def fill(self, count: int, now: datetime) -> None:
        """Replace what there was."""
        self.count, self.drawn_at = count, now

    def take(self, now: datetime) -> bool:
        """Use one, if there is one that is still good: drawn a moment ago, and on this day (UTC)."""
        if not self.count or self.drawn_at is None or self.drawn_at.date() != now.date():
            return False
        if not self.drawn_at <= now < self.drawn_at + KEPT_FOR:
            return False
        self.count -= 1
        return True

    def hand_in(self, today: date) -> int:
        """Give up what is left; return how much of it is of this day (UTC)."""
        count, self.count = self.count, 0
        return count if self.drawn_at is not None and self.drawn_at.date() == today else 0


class Allowance:
    """What one sender may give to one relay; `run` does database work."""

    def __init__(self, relay: str, limits: Limits, rates: Rates, clock: Callable[[], datetime], run: Blocking) -> None:
        self._relay = relay
        self._limits = limits
        self.is_boundless = limits.are_none  # no letter needs a token
        self._rates = rates
        self._clock = clock
        self._run = run
        self._reserve = Reserve()
        self._drawing = asyncio.Lock()
        self.room: int | None = None  # letters that may leave, as of the last look; None: no limit
        self.again_at: datetime | None = None

    def note(self, standing: Standing) -> None:
        """Remember how the relay stands."""
        self.room, self.again_at = standing.room, standing.again_at

    def reserve_for(self, letters: int) -> None:
        """Count letters in that will ask for their tokens soon."""
        if self.room is not None:
            self.room = max(0, self.room - letters)

    async def take(self, waiting: int) -> bool:
        """Take the token of one letter; `waiting` others will be asked for soon."""
        if self.is_boundless:
            return True
        async with self._drawing:
            if self._reserve.take(self._clock()):
                return True
            now, wanted = self._clock(), 1 + waiting
            self._reserve.fill(await self._run(lambda: self._draw(wanted, now)), now)
            return self._reserve.take(self._clock())

    def put_back(self) -> None:
        """Keep the token of a letter that was not written after all."""
        if not self.is_boundless:
            self._reserve.count += 1

    def _draw(self, wanted: int, now: datetime) -> int:
        """Draw from the database; if it is repeated, nothing is handed in a second time."""
        unused = self._reserve.hand_in(now.date())
        return self._rates.draw(self._relay, self._limits, wanted, unused=unused, now=now)
