"""Does the daemon go on by itself when the database was away, with nothing lost and nothing sent twice for it?"""

from __future__ import annotations

import signal
import sqlite3
import time
from collections import Counter
from contextlib import closing

import pytest

from tests.acceptance.cases import addresses, campaign_file, people, today
from tests.postgres import postgres_server
from tests.smtp_server import wait_until
from tests.smtp_steps import Step, packets

COUNT = 60
CONNECTIONS = 4


def slowly(_: bytes) -> Step:
    """Take a letter, and let a moment pass before saying so."""
    return packets(b"250 2.0.0 ", b"ta", b"ken", b"\r\n")


@pytest.fixture
def slow(office, smtp_server):
    """An office whose relay takes its time, so that an outage falls into the middle of a mailing."""
    smtp_server.always("content", slowly)
    office.settings |= {"WEB_BIND": "127.0.0.1:0", "RELAY_CONNECTIONS": str(CONNECTIONS)}
    return office


def test_a_database_that_another_program_holds_is_waited_for(slow, smtp_server):
    """Longer than the daemon waits for a lock: it says so once, and goes on by itself; nobody gets a letter twice."""
    slow.begin(campaign_file(today()), people(COUNT), launch=True)
    with slow.daemon() as daemon:
        wait_until(lambda: len(smtp_server.messages) >= 8, seconds=30)
        with closing(sqlite3.connect(slow.database, isolation_level=None, timeout=30)) as other:
            other.execute("BEGIN IMMEDIATE")
            daemon.wait_for("database away")
            held = len(smtp_server.messages)
            assert held < COUNT
            time.sleep(1)
            assert len(smtp_server.messages) == held
        wait_until(lambda: len(smtp_server.messages) >= COUNT, seconds=60)
        assert daemon.end(signal.SIGTERM) == 0
        assert daemon.told.count("database away") == daemon.told.count("database back") == 1

    assert sorted(smtp_server.recipients) == addresses(range(COUNT))
    assert slow.counts("alert") == {"sent": COUNT}


def test_an_until_idle_run_gives_up_on_a_database_that_stays_away(slow, smtp_server):
    """Exit 75 with the reason; the next run sends the rest."""
    slow.begin(campaign_file(today()), people(3), launch=True)
    with closing(sqlite3.connect(slow.database, isolation_level=None, timeout=30)) as other:
        other.execute("BEGIN IMMEDIATE")
        held = slow.run("run", "--until-idle", code=75)
    assert "database is locked; another program held the database" in held.stderr
    assert smtp_server.recipients == []

    slow.run("run", "--until-idle")
    assert sorted(smtp_server.recipients) == addresses(range(3))


def test_a_server_that_is_killed_again_and_again_is_outlasted(slow, smtp_server):
    """Everybody has the letter; the daemon was never started anew; what was in doubt is bounded by the kills."""
    kills = 3
    with postgres_server(fsync=True) as server, server.database() as url:
        slow.settings["DATABASE_URL"] = url
        slow.write("campaigns.yaml", campaign_file(today()))
        slow.run("init")
        slow.bring(people(COUNT))
        slow.run("launch", "case", "--yes")
        with slow.daemon() as daemon:
            for kill in range(1, kills + 1):
                wait_until(lambda kill=kill: len(smtp_server.messages) >= kill * 12, seconds=60)
                server.kill()
                time.sleep(1)
                server.start()
            wait_until(lambda: len(set(smtp_server.recipients)) == COUNT, seconds=90)
            wait_until(lambda: slow.counts("alert") == {"sent": COUNT}, seconds=60)
            assert daemon.end(signal.SIGTERM) == 0
            assert 1 <= daemon.told.count("database away") == daemon.told.count("database back")
    often = Counter(smtp_server.recipients)

    assert sorted(often) == addresses(range(COUNT))
    assert sum(often.values()) == COUNT
