"""What if the database file cannot be written for a while? Nothing is lost or sent twice, it is told, and work goes on.

All of it by itself: the sender is the same process before, meanwhile and afterwards.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
import time
from contextlib import closing

import pytest

from tests.acceptance.faults.ordeal import Ordeal
from tests.smtp_server import wait_until

SIZE = 400  # enough that the database has to grow
BEFORE = 40


def begun(begin_ordeal) -> Ordeal:
    """A mailing that is being sent, slowly enough to be disturbed."""
    ordeal = begin_ordeal(SIZE, planned=True)
    ordeal.oracle.slow_down(0.02)
    ordeal.start("serve", busy=300)
    ordeal.wait_for(BEFORE)
    return ordeal


def ended(ordeal: Ordeal) -> None:
    """The same sender sends the rest; then everybody has one letter."""
    ordeal.oracle.slow_down(0)
    ordeal.wait_for(ordeal.size)
    (sender,) = (running for running in ordeal.started if running.is_alive)
    ordeal.stop_cleanly(sender)

    assert ordeal.judge().doubled == 0


def stands_still(ordeal: Ordeal) -> None:
    """Wait until no letter was taken for a while."""
    wait_until(lambda: _is_quiet(ordeal), seconds=30)
    assert ordeal.oracle.count < ordeal.size


def _is_quiet(ordeal: Ordeal) -> bool:
    """Tell whether nothing was taken for half a second."""
    before = ordeal.oracle.count
    time.sleep(0.5)
    return ordeal.oracle.count == before


@pytest.mark.parametrize(("fault", "words"), [("full", "disk is full"), ("readonly", "readonly database")])
def test_a_disk_that_cannot_be_written_for_a_while(begin_ordeal, fault, words):
    """Full, or read-only: the sender tells why, writes no letter that it could not put on record, and goes on."""
    ordeal = begun(begin_ordeal)
    (ordeal.faults / fault).touch()
    stands_still(ordeal)
    assert words in ordeal.started[-1].told
    (ordeal.faults / fault).unlink()

    ended(ordeal)


def test_a_storm_of_locks(begin_ordeal, seed):
    """Another process takes the write lock again and again, and once for longer than anybody waits for it."""
    ordeal = begun(begin_ordeal)
    rng = random.Random(seed)
    with closing(sqlite3.connect(ordeal.workplace.database, isolation_level=None, timeout=5)) as other:
        for span in (*(rng.uniform(0.02, 0.3) for _ in range(12)), 1.5):
            other.execute("BEGIN IMMEDIATE")
            time.sleep(span)
            other.execute("COMMIT")
            time.sleep(rng.uniform(0, 0.05))
    assert "locked" in ordeal.started[-1].told

    ended(ordeal)


def test_a_reader_that_holds_the_log(begin_ordeal):
    """Somebody reads one old picture of the database for as long as the mailing lasts: it is sent all the same."""
    ordeal = begun(begin_ordeal)
    with closing(sqlite3.connect(ordeal.workplace.database, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        before = reader.execute("SELECT count(*) FROM deliveries WHERE state = 'sent'").fetchone()
        ordeal.oracle.slow_down(0)
        ordeal.wait_for(SIZE)
        assert reader.execute("SELECT count(*) FROM deliveries WHERE state = 'sent'").fetchone() == before

    ended(ordeal)


def test_a_restored_backup_sends_nothing_without_a_person(begin_ordeal):
    """A copy from before the mailing is back, and would send everything again. It does not before somebody says so."""
    ordeal = begin_ordeal(SIZE, planned=True)
    with closing(sqlite3.connect(ordeal.workplace.database)) as source:
        source.execute("VACUUM INTO ?", (str(ordeal.faults / "backup"),))
    ordeal.drain()
    for path in ordeal.workplace.database.parent.glob("mailer.db*"):
        path.unlink()
    shutil.copy(ordeal.faults / "backup", ordeal.workplace.database)

    for verb in ("run", "send"):
        done = ordeal.do(verb)
        assert (done.code, ordeal.oracle.count) == (75, SIZE)
        assert "resume --after-restore" in done.stderr
    assert f" {SIZE} " in ordeal.workplace.run("resume", "--after-restore", code=64).stdout
    assert (ordeal.do("run").code, ordeal.oracle.count) == (75, SIZE)
    ordeal.workplace.run("resume", "--after-restore", "--yes")
    assert ordeal.do("run").code == 0
    assert ordeal.oracle.count == 2 * SIZE
