"""How many letters does one provider take from one relay? Closed for a while when it asks for fewer, then slower.

Law: a throttled group of providers slows itself alone, one throttling that several connections are told of
counts once, and a rate that was learned is forgotten again by quiet.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

FIRST_CLOSING = timedelta(minutes=1)
LONGEST_CLOSING = timedelta(hours=1)
LONGEST_BELIEVED = timedelta(hours=5)  # nobody makes us wait for so long: what says so is a clock that was wrong
SLOWEST_PER_HOUR = 60.0
FORGOTTEN_PER_HOUR = 100_000.0
GROWTH = 1.1
GROWS_EVERY = timedelta(minutes=5)
_MOST_DOUBLINGS = 6


@dataclass(frozen=True, slots=True)
class Gate:
    """How a group of providers stands at one relay; `per_hour` was learned, None is no limit that is known.

    `closings` are those in a row, with less than an hour of quiet between them.
    """

    per_hour: float | None = None
    closed_until: datetime | None = None
    closings: int = 0

    def is_closed(self, now: datetime) -> bool:
        """Tell whether nothing may leave for this group."""
        return self.closed_until is not None and now < self.closed_until <= now + LONGEST_BELIEVED


OPEN = Gate()


def close(gate: Gate, *, asked: timedelta | None, observed_per_hour: float, now: datetime) -> Gate:
    """Return the gate after a throttling: closed as long as was asked for, else a minute, doubling to an hour.

    The rate is halved, or begins at half of what was observed.
    """
    if gate.is_closed(now) and gate.closed_until is not None:
        return replace(gate, closed_until=max(gate.closed_until, now + (asked or timedelta())))
    quiet = gate.closed_until is None or now - gate.closed_until > LONGEST_CLOSING
    closings = 1 if quiet else gate.closings + 1
    pause = asked or min(FIRST_CLOSING * (1 << min(closings - 1, _MOST_DOUBLINGS)), LONGEST_CLOSING)
    halved = max(SLOWEST_PER_HOUR, (gate.per_hour or observed_per_hour) / 2)
    return Gate(halved, now + pause, closings)


def grow(gate: Gate, since: datetime, now: datetime) -> Gate:
    """Return the gate with the rate that the quiet from `since`, or from its opening, until `now` allows.

    Growing in two steps is growing in one. A rate that has become large is no limit any more.
    """
    if gate.per_hour is None:
        return gate
    quiet = now - max(since, gate.closed_until or since)
    if quiet <= timedelta():
        return gate
    per_hour = gate.per_hour * GROWTH ** min(quiet / GROWS_EVERY, 1000.0)
    return replace(gate, per_hour=per_hour) if per_hour < FORGOTTEN_PER_HOUR else Gate()
