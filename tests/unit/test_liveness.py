"""Is a sender called dead when it is, and never because a clock, a database or the observer failed?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.core.liveness import BEAT_EVERY, DEAD_AFTER, LONGEST_GAP, STALLED_AFTER, Life, Lock, Watch, judge

SECOND = timedelta(seconds=1)
LONG = timedelta(days=1)
gaps = st.one_of(
    st.sampled_from([timedelta(), SECOND, LONGEST_GAP, LONGEST_GAP + timedelta(microseconds=1), LONG]),
    st.timedeltas(timedelta(), timedelta(minutes=2)),
)


def watch_for(*steps: tuple[timedelta, int]) -> Watch:
    """Return the watch after looks at one worker, each so long after the last, that found so many beats."""
    watch, at = Watch(), timedelta(hours=1)
    for gap, beats in steps:
        at += gap
        watch = watch.look({"one": beats}, at)
    return watch


@pytest.mark.parametrize("session", Lock)
@pytest.mark.parametrize("silence", [timedelta(), LONG])
def test_a_free_lock_of_this_machine_is_proof_at_once(session, silence):
    """The system lets a lock go only with its process; only a session that is still held makes it wait."""
    held = session is Lock.HELD

    assert (judge(Lock.FREE, session, silence) is Life.DEAD) == (not held)


@pytest.mark.parametrize(
    ("silence", "life"),
    [
        (timedelta(), Life.ALIVE),
        (DEAD_AFTER - SECOND, Life.ALIVE),
        (DEAD_AFTER, Life.DEAD),
        (LONG, Life.DEAD),
    ],
)
@pytest.mark.parametrize("locks", [(Lock.UNSEEN, Lock.ABSENT), (Lock.ABSENT, Lock.UNSEEN), (Lock.ABSENT, Lock.ABSENT)])
def test_a_lock_that_nobody_is_seen_to_hold_needs_silence(locks, silence, life):
    """Elsewhere a connection may be coming back: only who does not beat either is dead."""
    assert judge(*locks, silence) is life


@pytest.mark.parametrize(
    "locks", [pair for pair in product(Lock, Lock) if Lock.HELD in pair] + [(Lock.UNSEEN, Lock.UNSEEN)]
)
def test_who_holds_a_lock_is_never_dead(locks):
    """After a minute without a beat it is stalled; so is one of whom nothing at all can be seen."""
    assert judge(*locks, STALLED_AFTER - SECOND) is Life.ALIVE
    assert judge(*locks, LONG) is Life.STALLED


def test_silence_is_the_sum_of_what_was_witnessed():
    """Look by look, from the first that found the same beats."""
    assert watch_for((SECOND, 7)).silence("one") == timedelta()
    assert watch_for((SECOND, 7), (SECOND, 7), (3 * SECOND, 7)).silence("one") == 4 * SECOND
    assert watch_for((SECOND, 7), (SECOND, 7), (SECOND, 8)).silence("one") == timedelta()
    assert watch_for((SECOND, 7)).silence("two") == timedelta()


@given(st.lists(st.tuples(gaps, st.integers(0, 1)), min_size=1, max_size=30))
def test_no_gap_makes_anybody_silent(steps):
    """A stopped observer, or a database that was away for hours, adds nothing: silence is at most what looks span."""
    silence = watch_for(*steps).silence("one")
    unbroken = timedelta()
    for (_, before), (gap, beats) in pairwise([(timedelta(), -1), *steps]):
        unbroken = unbroken + gap if gap <= LONGEST_GAP and beats == before else timedelta()

    assert silence == unbroken


@given(st.lists(gaps, max_size=20), st.timedeltas(-LONG, -timedelta(microseconds=1)))
def test_a_clock_that_goes_back_makes_nobody_silent(before, jump):
    """Not even a monotonic one that is not."""
    watch = watch_for(*((gap, 7) for gap in before))
    if watch.looked_at is not None:
        watch = watch.look({"one": 7}, watch.looked_at + jump)

    assert watch.silence("one") == timedelta()


def tries(first: timedelta) -> Iterator[timedelta]:
    """Return when a worker tries to beat whose first try failed: after 0.1 s, doubling, every 5 s in the end."""
    pause = timedelta(seconds=0.1)
    while True:
        yield first
        first, pause = first + pause, min(2 * pause, 5 * SECOND)


@given(
    outage=st.one_of(st.timedeltas(timedelta(), 20 * SECOND), st.timedeltas(timedelta(), timedelta(hours=2))),
    begins=st.timedeltas(timedelta(), BEAT_EVERY),
    every=st.timedeltas(timedelta(seconds=0.2), 2 * SECOND),
)
def test_a_worker_that_waits_for_the_database_never_looks_dead(outage, begins, every):
    """Whatever the outage's length: by its own looks nobody is silent for long enough before it beats again."""
    back = begins + outage
    beats_again = next(moment for moment in tries(BEAT_EVERY) if not begins <= moment < back)
    looks = [every * number for number in range(int((begins + SECOND) / every) + 1)]
    looks += [back + every * number for number in range(int((beats_again - back + SECOND) / every) + 1)]
    watch, worst = Watch().look({"one": 1}, timedelta()), timedelta()
    for at in looks:
        if at < begins or back <= at < beats_again:
            watch = watch.look({"one": 1}, at)
            worst = max(worst, watch.silence("one"))

    assert worst < DEAD_AFTER - SECOND


def test_who_is_gone_from_the_table_is_forgotten():
    """A worker of the same name that came back begins anew."""
    watch = watch_for((SECOND, 7), (SECOND, 7)).look({}, timedelta(hours=2))

    assert watch.silence("one") == timedelta()
