"""Whose turn is it among several relays, and how many letters may be on their way to one?"""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from mailer.core.concurrency import Window, wide_open
from mailer.core.turns import Turns

WEIGHTS = st.dictionaries(st.sampled_from("abcd"), st.integers(1, 9), min_size=1)


@given(WEIGHTS, st.integers(1, 200))
def test_turns_keep_the_weights_at_every_moment(weights, count):
    """After any number of turns everybody has had a share by weight, to less than two turns."""
    turns = Turns()
    got = Counter(turns.next(weights) for _ in range(count))

    for name, weight in weights.items():
        assert abs(got[name] - count * weight / sum(weights.values())) < 2


def test_a_weight_is_not_had_in_a_row():
    """Three to one is spread: a a b a."""
    turns = Turns()

    assert "".join(turns.next({"a": 3, "b": 1}) for _ in range(8)) == "aabaaaba"


@given(st.lists(st.booleans(), max_size=60))
def test_who_was_away_gets_nothing_back(presences):
    """However often a relay is away, the others go on, and it has at most its weight in a row afterwards."""
    turns = Turns()
    for there in presences:
        assert turns.next({"a": 1, "b": 1} if there else {"b": 1}) in "ab"
    following = [turns.next({"a": 1, "b": 1}) for _ in range(6)]

    assert 2 <= following.count("a") <= 4


@given(st.integers(1, 100), st.lists(st.booleans(), max_size=200))
def test_a_window_stays_between_one_and_the_connections(connections, outcomes):
    """Whatever happens, at least one letter tries the relay."""
    window = wide_open(connections)
    for good in outcomes:
        window = window.succeed() if good else window.suffer()
        assert 1 <= window.allows <= connections


def test_trouble_lowers_at_once_and_success_raises_slowly():
    """Half of the window goes at one trouble; each window's worth of successes brings one back."""
    window = wide_open(8).suffer()
    assert window.allows == 4
    for _ in range(5):
        window = window.succeed()

    assert window.allows == 5
    assert window.begin_anew() == Window(8, 1.0)


@given(st.integers(1, 100), st.lists(st.integers(0, 120), max_size=20))
def test_a_relay_that_takes_few_connections_bounds_the_window(connections, shown):
    """Never more than it has shown, never none; what it may take again is reached by successes only."""
    window = wide_open(connections)
    for count in shown:
        window = window.narrow(count)
        assert 1 <= window.allows <= max(1, count)
        window = window.succeed().widen(connections)
        assert window.allows <= max(1, count) + 1
