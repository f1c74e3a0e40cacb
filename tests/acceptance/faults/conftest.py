"""What do ordeals share? A way to begin one, and the seed of everything that is drawn."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from tests.acceptance.workplace import Workplace

pytest.register_assert_rewrite("tests.acceptance.faults.ordeal")
from tests.acceptance.faults.ordeal import Ordeal, ordeal  # noqa: E402 # after its asserts were told to explain themselves


@pytest.fixture
def begin_ordeal(workplace: Workplace) -> Iterator[Callable[..., Ordeal]]:
    """A way to launch a mailing to many people before an oracle with traps."""
    with ExitStack() as stack:

        def begin(size: int, *traps: str, connections: int = 4, database: str = "", **campaign: Any) -> Ordeal:
            if database:
                workplace.settings["DATABASE_URL"] = database
            made = stack.enter_context(ordeal(workplace, size, *traps, connections=connections))
            made.begin(**campaign)
            return made

        yield begin


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """The URL of a new PostgreSQL database; empty for the SQLite file of the workplace: one test for each kind."""
    return "" if request.param == "sqlite" else str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def seed(record_property: Callable[[str, object], None]) -> int:
    """The seed of a test: `MAILER_TESTS_SEED`, else a new one; it is told at the end of the run."""
    chosen = int(os.environ.get("MAILER_TESTS_SEED") or random.SystemRandom().randrange(1_000_000))
    record_property("told", f"MAILER_TESTS_SEED={chosen}")
    return chosen
