"""How does one provider's throttling slow its letters, and how does that end?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.core.gates import FORGOTTEN_PER_HOUR, OPEN, SLOWEST_PER_HOUR, Gate, close, grow

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def closed(gate: Gate, at: datetime, asked: timedelta | None = None, observed: float = 3600.0) -> Gate:
    """Return the gate after a throttling."""
    return close(gate, asked=asked, observed_per_hour=observed, now=at)


def test_the_pause_that_was_asked_for_is_kept():
    """Closed to the second, open at its end."""
    gate = closed(OPEN, NOW, timedelta(seconds=300))

    assert gate.is_closed(NOW + timedelta(seconds=299))
    assert not gate.is_closed(NOW + timedelta(seconds=300))


def test_without_a_wish_pauses_double_to_an_hour():
    """One minute, two, four, and never more than sixty; an hour of quiet begins anew."""
    gate, at, pauses = OPEN, NOW, []
    for _ in range(9):
        gate = closed(gate, at)
        pauses.append((gate.closed_until - at) / MINUTE)
        at = gate.closed_until
    rested = closed(gate, at + timedelta(hours=1, seconds=1))

    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert rested.closings == 1


def test_one_throttling_that_many_connections_are_told_of_counts_once():
    """A closed gate is neither halved again nor closed for twice as long; only a longer wish lengthens it."""
    gate = closed(OPEN, NOW)
    told_again = closed(gate, NOW + timedelta(seconds=1))
    asked_longer = closed(gate, NOW + timedelta(seconds=1), timedelta(minutes=9))

    assert told_again == gate
    assert asked_longer.closed_until == NOW + timedelta(minutes=9, seconds=1)
    assert asked_longer.per_hour == gate.per_hour == 1800.0


@given(st.floats(0, 10**6), st.integers(1, 40))
def test_no_rate_is_learned_that_lets_nothing_through(observed, times):
    """However often a provider throttles, one letter a minute is tried."""
    gate, at = OPEN, NOW
    for _ in range(times):
        gate = closed(gate, at, observed=observed)
        at = gate.closed_until

    assert gate.per_hour >= SLOWEST_PER_HOUR


@given(st.lists(st.floats(0, 600), min_size=1, max_size=6))
def test_growing_in_steps_is_growing_at_once(steps):
    """It does not matter how often somebody looks: +10 % for five quiet minutes."""
    gate, at = Gate(600.0, NOW), NOW
    for seconds in steps:
        gate, at = grow(gate, at, at + timedelta(seconds=seconds)), at + timedelta(seconds=seconds)

    assert gate.per_hour == pytest.approx(600.0 * 1.1 ** ((at - NOW) / timedelta(minutes=5)))


def test_nothing_grows_while_the_gate_is_closed():
    """Quiet counts from the opening."""
    gate = Gate(600.0, NOW + timedelta(minutes=30))

    assert grow(gate, NOW, NOW + timedelta(minutes=30)) == gate
    assert grow(gate, NOW, NOW + timedelta(minutes=35)).per_hour == pytest.approx(660.0)


def test_a_long_quiet_forgets():
    """A rate that has become large is none any more."""
    assert grow(Gate(600.0, NOW, 3), NOW, NOW + timedelta(days=2)) == OPEN
    assert grow(Gate(FORGOTTEN_PER_HOUR * 0.5, NOW), NOW, NOW + MINUTE).per_hour is not None


def test_a_clock_that_was_wrong_keeps_no_gate_closed():
    """A gate that is closed for longer than anybody may ask is open."""
    assert not Gate(600.0, NOW + timedelta(days=3)).is_closed(NOW)
