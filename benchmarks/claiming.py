"""How long does it take to claim 100 letters out of a million? Asked: 99 of 100 claims under 20 ms, on both databases.

PostgreSQL is started from the programs that the tests use; on a machine without any it is left out. `--all`
measures the outbox in every state by itself.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, perf_counter

sys.path.insert(0, str(Path(__file__).parents[1]))

from sqlalchemy import Engine

from mailer.adapters.store.engine import open_engine
from mailer.adapters.store.liveness import Liveness
from mailer.adapters.store.migrations import upgrade
from mailer.adapters.store.outbox import SqlOutbox
from mailer.core.deliveries import Event
from mailer.core.verdicts import Decision
from mailer.flows.outbox import Ack
from tests.databases import NOW
from tests.fakes import FakeLocks
from tests.millions import ALONE, STATES, fill_outbox
from tests.postgres import find_binaries, postgres_server

DELIVERIES = 1_000_000
BATCH = 100
CLAIMS = 300
RELEASE = Decision(Event.RELEASE, counts_as_attempt=False)


def measure(engine: Engine, state: str) -> list[float]:
    """Return how many milliseconds each of many claims took; a third of what is claimed is given back."""
    fill_outbox(engine, DELIVERIES, state)
    outbox = SqlOutbox(engine, Liveness(engine, FakeLocks(), monotonic))
    took = []
    for _ in range(CLAIMS):
        begun = perf_counter()
        claimed = outbox.claim(worker="bench", limit=BATCH, rehearsal=False, now=NOW)
        took.append((perf_counter() - begun) * 1000)
        outbox.commit([], [Ack(each, RELEASE) for each in claimed[::3]], now=NOW)
    return sorted(took)


@contextmanager
def sqlite() -> Iterator[str]:
    """Make an SQLite file that waits for the disk, as in use."""
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{folder}/mailer.db"


@contextmanager
def postgresql() -> Iterator[str]:
    """Start a PostgreSQL that waits for the disk, as in use."""
    with postgres_server() as server, server.database() as url:
        yield url


def main() -> None:
    """Measure and print."""
    states = [*STATES, *(ALONE if "--all" in sys.argv else ["all queued"])]
    kinds = {"SQLite": sqlite} | ({"PostgreSQL": postgresql} if find_binaries() else {})
    for kind, make in kinds.items():
        for state in states:
            with make() as url:
                engine = open_engine(url)
                upgrade(engine)
                took = measure(engine, state)
                engine.dispose()
            half, most = took[len(took) // 2], took[len(took) * 99 // 100]
            print(
                f"{kind}, {DELIVERIES:,} deliveries, {state}: claim of {BATCH}: median {half:.1f} ms, p99 {most:.1f} ms"
            )
    print(f"load of this machine while measuring: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
