"""How many letters does a sender take at a time?"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mailer.core.batches import FEWEST, MOST, next_batch


@given(st.lists(st.floats(0, 1e6)))
def test_a_batch_has_its_bounds(lasted):
    """However long the batches take, none is smaller than a hundred, none larger than five."""
    size = FEWEST
    for seconds in lasted:
        size = next_batch(size, seconds)
        assert FEWEST <= size <= MOST


def test_quick_letters_are_taken_in_large_batches_and_slow_ones_in_small():
    """Doubled where a batch left within a second, halved where it took more than ten, else left alone."""
    assert [next_batch(size, 0.5) for size in (100, 200, 400, 500)] == [200, 400, 500, 500]
    assert [next_batch(500, seconds) for seconds in (1.0, 1.1, 10.0, 10.1)] == [500, 500, 500, 250]
    assert next_batch(100, 3600) == 100
