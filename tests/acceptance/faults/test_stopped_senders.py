"""What if a sender stands still (SIGSTOP) past its lease, or the clock jumps? Time is moved by `clocks`.

A process that was stopped for twenty minutes finds both clocks twenty minutes on; here they are moved while it stands.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.acceptance.faults.ordeal import Ordeal, Running
from tests.smtp_server import wait_until

SIZE = 60
FASTER = 10
LONGEST_STEP = timedelta(seconds=4)  # who looks each second sees no gap of five
HOUR = timedelta(hours=1)


def pass_until(ordeal: Ordeal, holds: Callable[[], bool]) -> None:
    """Let time pass ten times as fast until something holds, in steps that no timeout is near to."""
    last = time.monotonic()

    def later() -> bool:
        nonlocal last
        now, before = time.monotonic(), last
        last = now
        ordeal.clocks.pass_(min(FASTER * timedelta(seconds=now - before), LONGEST_STEP))
        return holds()

    wait_until(later, seconds=60)


def sleep_for_twenty_minutes(ordeal: Ordeal) -> None:
    """Let others send all that is not in doubt, then let the doubt's time pass while they hold nothing, to its end."""
    pass_until(ordeal, lambda: states(ordeal) <= {"sent", "uncertain"})
    ordeal.clocks.pass_(timedelta(minutes=20))
    wait_until(lambda: states(ordeal) == {"sent"}, seconds=60)


def states(ordeal: Ordeal) -> set[str]:
    """Return the states that there are."""
    return {row.state for row in ordeal.rows}


def stopped(ordeal: Ordeal, running: Running) -> None:
    """Wait until a process stands still."""
    wait_until(lambda: running.is_stopped, seconds=60)


def end_of(ordeal: Ordeal, *all_running: Running) -> None:
    """End senders, and send what is left."""
    ordeal.stop_cleanly(*all_running)
    ordeal.drain()


@pytest.mark.parametrize("point", ["after-claim-commit:1", "after-render:1", "after-intent-commit:5"])
def test_stopped_before_content_and_woken_it_writes_nothing_that_another_has_sent(begin_ordeal, point):
    """It holds a claim, or even a granted intent, for longer than the lease; others send its letters; then it wakes."""
    ordeal = begin_ordeal(SIZE, connections=1, planned=True)
    ordeal.clocks.pass_(timedelta())
    sleeper = ordeal.start("serve", at=f"{point}:stop")
    stopped(ordeal, sleeper)
    other = ordeal.start("serve")
    sleep_for_twenty_minutes(ordeal)
    sleeper.signal(signal.SIGCONT)
    end_of(ordeal, sleeper, other)

    assert ordeal.judge().doubled == 0


def test_stopped_between_the_word_data_and_the_content_it_writes_nothing(begin_ordeal):
    """The relay has said "go ahead"; the process sleeps for twenty minutes, and another sends the letter meanwhile."""
    ordeal = begin_ordeal(SIZE, "data:5:hold", connections=1, planned=True)
    ordeal.clocks.pass_(timedelta())
    sleeper = ordeal.start("serve")
    ordeal.wait_held()
    wait_until(lambda: sum(row.state == "sent" for row in ordeal.rows) == 4, seconds=60)
    sleeper.signal(signal.SIGSTOP)
    other = ordeal.start("serve")
    sleep_for_twenty_minutes(ordeal)
    ordeal.go()
    sleeper.signal(signal.SIGCONT)
    end_of(ordeal, sleeper, other)

    assert ordeal.judge().doubled == 0


def test_stopped_after_the_dot_and_woken_in_time_its_late_answer_counts(begin_ordeal):
    """Nobody sends the letter again before fifteen minutes of doubt are over; the sleeper settles it first."""
    ordeal = begin_ordeal(SIZE, "taken:5:hold", connections=1, planned=True)
    ordeal.clocks.pass_(timedelta())
    sleeper = ordeal.start("serve")
    ordeal.wait_held()
    sleeper.signal(signal.SIGSTOP)
    other = ordeal.start("serve")
    pass_until(ordeal, lambda: states(ordeal) == {"sent", "uncertain"})
    ordeal.clocks.pass_(timedelta(minutes=5))
    ordeal.go()
    sleeper.signal(signal.SIGCONT)
    wait_until(lambda: states(ordeal) == {"sent"}, seconds=60)
    end_of(ordeal, sleeper, other)

    assert ordeal.judge().doubled == 0


def test_stopped_after_the_dot_for_good_the_letter_comes_once_more(begin_ordeal):
    """After fifteen minutes of doubt it is sent again, once, and listed; what the sleeper says then is too late."""
    ordeal = begin_ordeal(SIZE, "taken:5:hold", connections=1, planned=True)
    ordeal.clocks.pass_(timedelta())
    sleeper = ordeal.start("serve")
    ordeal.wait_held()
    sleeper.signal(signal.SIGSTOP)
    other = ordeal.start("serve")
    sleep_for_twenty_minutes(ordeal)
    ordeal.go()
    sleeper.signal(signal.SIGCONT)
    ordeal.doubts += 1
    end_of(ordeal, sleeper, other)

    assert ordeal.judge().doubled == 1


def test_two_that_settle_a_dead_ones_letters_settle_each_once(begin_ordeal):
    """One holds still in the middle of it; the other comes; what the dead one held was recovered once."""
    ordeal = begin_ordeal(SIZE, "taken:20:kill", planned=True)
    ordeal.expect_death(ordeal.start("serve"))
    first = ordeal.start("serve", at="inside-reaper:1:hold")
    ordeal.wait_held()
    second = ordeal.start("serve")
    ordeal.go()
    ordeal.wait_for(SIZE)
    end_of(ordeal, first, second)

    finding = ordeal.judge()
    assert finding.doubled <= ordeal.connections
    assert ordeal.most("recoveries") == 1


def test_the_clock_an_hour_on_and_back_while_it_sends(begin_ordeal):
    """Set on and back by an hour in the middle of a mailing: everybody has one letter, and nobody was needed."""
    ordeal = begin_ordeal(SIZE, planned=True)
    ordeal.clocks.pass_(timedelta())
    ordeal.oracle.slow_down(0.02)
    sender = ordeal.start("serve")
    for number, jump in enumerate((HOUR, -HOUR, -HOUR, HOUR), start=1):
        ordeal.wait_for(number * SIZE // 6)
        ordeal.clocks.jump(jump)
    ordeal.wait_for(SIZE)
    end_of(ordeal, sender)

    assert ordeal.judge().doubled == 0
