"""Do the processes of one `mailer run --until-idle` share its letters, and end together?"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.smtp_server import wait_until

SIZE = 240


def children(pid: int) -> list[str]:
    """Return the processes that a process has started and that run."""
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


@pytest.mark.soak
def test_a_run_that_lasts_gets_help_and_nobody_gets_two(begin_ordeal):
    """Two processes over a slow relay: the second joins after two seconds, both end when nothing is due."""
    ordeal = begin_ordeal(SIZE, connections=2, planned=True)
    ordeal.workplace.settings["SENDER_PROCESSES"] = "2"
    ordeal.oracle.slow_down(0.1)
    running = ordeal.start("run")
    wait_until(lambda: len(children(running.process.pid)) == 2, seconds=30)  # the sender, and what multiprocessing adds
    assert running.wait() == 0, running.told

    assert ordeal.judge().doubled == 0
    assert len({letter.connection for letter in ordeal.oracle.accepted}) == 2 * ordeal.connections
