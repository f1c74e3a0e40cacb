"""Time that passes as fast as a test can wait for it: an event loop with a clock of its own, and limits in memory.

Law: nothing sleeps. When no task can go on, the loop's clock jumps to the next timer; database work, which a
sender does in a thread, is done in place.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from mailer.core.gates import OPEN, Gate, close, grow
from mailer.core.rates import (
    Bucket,
    DayUse,
    Limits,
    burst_of,
    full,
    give_back,
    hand_in,
    left_today,
    next_token_at,
    refill,
    take,
    use_today,
)
from mailer.flows.allowance import Standing

_T = TypeVar("_T")


class _Jumping(selectors.DefaultSelector):
    """A selector that does not wait: it tells the loop how long it would have waited."""

    def __init__(self, passed: Callable[[float], None]) -> None:
        super().__init__()
        self._passed = passed

    def select(self, timeout: float | None = None) -> list[Any]:
        """Return what is ready; if nothing is, let the time pass."""
        ready = super().select(0)
        if not ready and timeout is None:
            raise AssertionError("everybody waits, and no timer will wake anybody")
        if not ready and timeout:
            self._passed(timeout)
        return ready


class SimulatedLoop(asyncio.SelectorEventLoop):
    """A loop whose seconds pass at once; `now` is the moment that goes with them.

    Work in a thread takes what `work_seconds` says, one piece after the other; it is done, and told, at its end.
    """

    def __init__(self, start: datetime, work_seconds: Callable[[], float] = lambda: 0.0) -> None:
        self._start = start
        self._work_seconds = work_seconds
        self._free_at = 0.0
        self.passed = 0.0
        super().__init__(_Jumping(self._let_pass))

    def _let_pass(self, seconds: float) -> None:
        self.passed += seconds + 1e-9  # a timer that is due by less than the clock's resolution would not run

    def time(self) -> float:
        """Return the seconds since the loop began."""
        return self.passed

    def now(self) -> datetime:
        """Return the moment (UTC)."""
        return self._start + timedelta(seconds=self.passed)

    def run_in_executor(self, executor: Any, func: Callable[..., _T], *args: Any) -> asyncio.Future[_T]:
        """Do the work in its turn, and let others run before its result is seen."""
        future: asyncio.Future[_T] = self.create_future()
        if seconds := self._work_seconds():
            self._free_at = max(self._free_at, self.passed) + seconds
            self.call_at(self._free_at, self._work, future, func, *args)
        else:
            self._work(future, func, *args)
        return future

    def _work(self, future: asyncio.Future[_T], func: Callable[..., _T], *args: Any) -> None:
        """Do the work in place."""
        try:
            result = func(*args)
        except Exception as raised:
            error = raised
            self.call_soon(lambda: future.done() or future.set_exception(error))
        else:
            self.call_soon(lambda: future.done() or future.set_result(result))

    def play(self, main: Coroutine[Any, Any, _T]) -> _T:
        """Run `main` to its end, and close the loop."""
        with asyncio.Runner(loop_factory=lambda: self) as runner:
            return runner.run(main)


class FakeRates:
    """The limits of relays and groups in dictionaries; keeps what `Rates` promises, for all senders of one test."""

    def __init__(self) -> None:
        self.buckets: dict[str, Bucket] = {}
        self.uses: dict[str, DayUse] = {}
        self.gates: dict[tuple[str, str], Gate] = {}
        self.touched: dict[tuple[str, str], datetime] = {}
        self.drawn: list[tuple[datetime, str, int]] = []

    def look(self, relay: str, limits: Limits, *, now: datetime) -> Standing:
        """Return how a relay stands."""
        gates = {group: self._grown(relay, group, now) for label, group in self.gates if label == relay}
        left = left_today(self.uses.get(relay, DayUse()), limits.daily_caps, now.date())
        if limits.per_hour is None:
            tomorrow = datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), now.tzinfo)
            return Standing(left, tomorrow if left == 0 else None, gates)
        bucket = self._refilled(relay, limits.per_hour, now)
        room = min(int(bucket.tokens), int(bucket.tokens) if left is None else left)
        return Standing(room, None if room else next_token_at(bucket, limits.per_hour), gates)

    def draw(self, relay: str, limits: Limits, wanted: int, *, unused: int = 0, now: datetime) -> int:
        """Put back and take letters."""
        use = hand_in(self.uses.get(relay, DayUse()), unused, now.date())
        if limits.per_hour is not None and relay in self.buckets:
            self.buckets[relay] = give_back(self.buckets[relay], unused, burst_of(limits.per_hour))
        left = left_today(use, limits.daily_caps, now.date())
        granted = wanted if left is None else min(left, wanted)
        if limits.per_hour is not None:
            self.buckets[relay], granted = take(self._refilled(relay, limits.per_hour, now), granted)
        self.uses[relay] = use_today(use, granted, now.date())
        self.drawn.append((now, relay, granted))
        return granted

    def draw_group(self, relay: str, group: str, wanted: int, *, now: datetime) -> int:
        """Take letters of a group whose rate was learned."""
        gate = self.gates[relay, group] = self._grown(relay, group, now)
        self.touched[relay, group] = now
        if gate.per_hour is None:
            return wanted
        name = f"{relay}|{group}"
        self.buckets[name], granted = take(self._refilled(name, gate.per_hour, now), wanted)
        return granted

    def throttle(
        self, relay: str, group: str, *, asked: timedelta | None, observed_per_hour: float, now: datetime
    ) -> Gate:
        """Close a gate."""
        gate = close(self._grown(relay, group, now), asked=asked, observed_per_hour=observed_per_hour, now=now)
        self.gates[relay, group], self.touched[relay, group] = gate, now
        self.buckets[f"{relay}|{group}"] = Bucket(0.0, now)
        return gate

    def _grown(self, relay: str, group: str, now: datetime) -> Gate:
        gate = self.gates.get((relay, group), OPEN)
        return grow(gate, self.touched.get((relay, group), now), now)

    def _refilled(self, name: str, per_hour: float, now: datetime) -> Bucket:
        bucket = self.buckets.get(name, full(per_hour, now))
        return refill(replace(bucket), per_hour, burst_of(per_hour), now)
