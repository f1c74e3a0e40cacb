"""What does a database do for a query? PostgreSQL's plan, node by node, and the steps that SQLite takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Engine


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Return a plan's nodes."""
    yield plan
    for below in plan.get("Plans", []):
        yield from nodes(below)


def steps_of(engine: Engine, work: Callable[[Engine], object]) -> int:
    """Return how many hundreds of steps of its machine SQLite takes for some work."""
    taken = [0]

    def step() -> int:
        taken[0] += 1
        return 0

    connection = engine.raw_connection()
    connection.dbapi_connection.set_progress_handler(step, 100)
    connection.close()  # the pool hands the same connection out again
    work(engine)
    return taken[0]
