"""What if PostgreSQL dies, restarts, or hangs up in the middle of a COMMIT? Nothing is lost or sent twice.

All of it by itself: the sender is the same process before, meanwhile and afterwards.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from shutil import copytree

import pytest

from tests.acceptance.faults.severing import severing
from tests.acceptance.faults.test_sqlite_faults import ended
from tests.acceptance.faults.test_stopped_senders import pass_until
from tests.postgres import PostgresServer, postgres_server

SIZE = 200
BEFORE = 40


@pytest.fixture
def own_server() -> Iterator[PostgresServer]:
    """A PostgreSQL for one test, which writes to the disk before it says so."""
    with postgres_server(fsync=True) as server:
        yield server


def test_a_server_that_dies_again_and_again(begin_ordeal, own_server):
    """Killed as by a power cut, and started again, three times while letters leave."""
    with own_server.database() as url:
        ordeal = begin_ordeal(SIZE, database=url, planned=True)
        ordeal.oracle.slow_down(0.05)
        sender = ordeal.start("serve")
        for number in range(1, 4):
            ordeal.wait_for(number * BEFORE)
            own_server.kill()
            time.sleep(0.5)
            own_server.start()
        assert "database away" in sender.told

        ended(ordeal)


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_line_that_is_cut_in_the_middle_of_commits(begin_ordeal, postgres_url, moment):
    """Made or not made, the sender hears nothing of it: it asks again, and no letter goes out twice."""
    with severing(postgres_url) as proxy:
        ordeal = begin_ordeal(SIZE, database=proxy.own_url, planned=True)
        ordeal.oracle.slow_down(0.05)
        ordeal.start("serve")
        for number in range(1, 9):
            ordeal.wait_for(number * 20)
            proxy.arm(moment)
        ended(ordeal)

        assert proxy.cuts == 8


def test_a_backend_that_is_ended_before_the_acks_commit(begin_ordeal, postgres, postgres_url):
    """pg_terminate_backend in the middle of the transaction that was to put accepted letters on record."""
    ordeal = begin_ordeal(SIZE, database=postgres_url, planned=True)
    ordeal.start("serve", at="before-ack-commit:20:hold")
    ordeal.wait_held()
    name = postgres_url.rpartition("/")[2]
    postgres.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")  # noqa: S608
    ordeal.go()

    ended(ordeal)


def test_a_sender_of_another_machine_that_died(begin_ordeal, postgres_url):
    """Its lock on the server is free, and nothing was heard of it for fifteen seconds: the others send its letters."""
    ordeal = begin_ordeal(SIZE, "taken:30:kill", database=postgres_url, planned=True)
    ordeal.clocks.pass_(timedelta())
    folder = ordeal.workplace.folder.parent / "elsewhere"
    copytree(ordeal.workplace.folder, folder, ignore=lambda *_: ["var"])
    copytree(ordeal.workplace.home, folder.parent / "elsewhere-home")
    elsewhere = replace(ordeal, workplace=replace(ordeal.workplace, folder=folder))
    ordeal.expect_death(elsewhere.start("serve"))
    sender = ordeal.start("serve")
    pass_until(ordeal, lambda: not ordeal.finding().missed)
    ordeal.stop_cleanly(sender)
    ordeal.drain()

    ordeal.judge()
