"""How long does it take to claim 100 letters out of a million? Asked: 99 of 100 claims under 20 ms, on both databases.

PostgreSQL is started from the programs that the tests use; on a machine without any it is left out. Both are at rest:
what the filling left to do is done, as it is by itself some minutes later. `--all` measures the outbox in every state
by itself.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic, perf_counter

sys.path.insert(0, str(Path(__file__).parents[1]))

import psycopg
from sqlalchemy import Engine

from mailer.adapters.store.engine import open_engine
from mailer.adapters.store.liveness import Liveness
from mailer.adapters.store.migrations import upgrade
from mailer.adapters.store.outbox import SqlOutbox
from mailer.core.deliveries import Event, State
from mailer.core.verdicts import Decision
from mailer.flows.outbox import Ack, Intent
from tests.databases import NOW, in_state
from tests.fakes import FakeLocks
from tests.millions import ALONE, STATES, enter, fill_outbox
from tests.postgres import find_binaries, postgres_server

DELIVERIES = 1_000_000
BATCH = 100
CLAIMS = 1_000
RELEASE = Decision(Event.RELEASE, counts_as_attempt=False)
ACCEPT = Decision(Event.ACCEPT)


def measure(engine: Engine, state: str, settle: Callable[[], None]) -> list[float]:
    """Return how many milliseconds each of many claims took; a third is given back, the others leave."""
    fill_outbox(engine, DELIVERIES, state)
    enter(engine, range(1, DELIVERIES // len((STATES | ALONE)[state]) + 1))
    settle()
    outbox = SqlOutbox(engine, Liveness(engine, FakeLocks(), monotonic))
    took = []
    for _ in range(CLAIMS):
        begun = perf_counter()
        claimed = outbox.claim(worker="bench", limit=BATCH, rehearsal=False, now=NOW)
        took.append((perf_counter() - begun) * 1000)
        leaving, back = claimed[::3] + claimed[1::3], claimed[2::3]
        wishes = [Intent(each, NOW, 1, each.revision) for each in leaving]
        granted = outbox.commit(wishes, [Ack(each, RELEASE) for each in back], now=NOW)
        if len(granted) < len(leaving):
            raise SystemExit(f"only {len(granted)} of {len(leaving)} letters may leave: nothing here is as in use")
        outbox.commit([], [Ack(in_state(each, State.SENDING), ACCEPT) for each in leaving], now=NOW)
    return sorted(took)


@contextmanager
def sqlite() -> Iterator[tuple[str, Callable[[], None]]]:
    """Make an SQLite file that waits for the disk, as in use; return its URL, and what brings it to rest."""
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/mailer.db"
        yield f"sqlite:///{path}", lambda: checkpoint(path)


def checkpoint(path: str) -> None:
    """Write the log of an SQLite file into the file."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def postgresql() -> Iterator[tuple[str, Callable[[], None]]]:
    """Start a PostgreSQL that waits for the disk, as in use; return a database's URL, and what brings it to rest."""
    with postgres_server() as server, server.database() as url:

        def settle() -> None:
            with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as owner:
                owner.execute("VACUUM ANALYZE")
            server.execute("CHECKPOINT")

        yield url, settle


def main() -> None:
    """Measure and print."""
    states = [*STATES, *(ALONE if "--all" in sys.argv else ["all queued"])]
    kinds = {"SQLite": sqlite} | ({"PostgreSQL": postgresql} if find_binaries() else {})
    for kind, make in kinds.items():
        for state in states:
            with make() as (url, settle):
                engine = open_engine(url)
                upgrade(engine)
                took = measure(engine, state, settle)
                engine.dispose()
            half, most = took[len(took) // 2], took[len(took) * 99 // 100]
            print(
                f"{kind}, {DELIVERIES:,} deliveries, {state}: claim of {BATCH}: median {half:.1f} ms, p99 {most:.1f} ms"
            )
    print(f"load of this machine while measuring: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
