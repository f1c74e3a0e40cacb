"""Is database work repeated until it is done, told once, and given up only when it has to be?"""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from mailer.errors import StoreError, StoreUnavailableError
from mailer.flows.perseverance import GIVES_UP_AFTER, Perseverance
from tests.fakes import FakeReporter

SOON = timedelta(milliseconds=1)


class Database:
    """Is away for the next `outages` calls."""

    def __init__(self, outages: int = 0, error: Exception | None = None) -> None:
        self.outages = outages
        self.error = error or StoreUnavailableError("database is locked")
        self.calls = 0

    def work(self) -> int:
        """Return how often it was asked, once it is back."""
        self.calls += 1
        if self.outages:
            self.outages -= 1
            raise self.error
        return self.calls


class Desk:
    """A process's perseverance, its stop, and what it told."""

    def __init__(self, gives_up_after: timedelta | None = None) -> None:
        self.stop = asyncio.Event()
        self.reporter = FakeReporter()
        self.now = 0.0
        self.perseverance = Perseverance(
            self.blocking,
            self.stop,
            self.reporter,
            gives_up_after=gives_up_after,
            first_pause=SOON,
            monotonic=lambda: self.now,
        )

    async def blocking(self, work):
        """Run what blocks here; each time takes ten seconds of a clock that nobody waits for."""
        self.now += 10
        return work()

    @property
    def told(self) -> list[str]:
        """What was told, in order."""
        return [event for event, _ in self.reporter.told]


def test_what_works_is_done_once():
    """No trouble, no words."""

    async def scene():
        desk, database = Desk(), Database()
        assert await desk.perseverance.until_done(database.work) == 1
        assert desk.told == []

    asyncio.run(scene())


def test_an_outage_is_outlasted_and_told_once():
    """Five failures are one outage: its beginning and its end are told, with the reason."""

    async def scene():
        desk, database = Desk(), Database(outages=5)
        assert await desk.perseverance.until_done(database.work) == 6
        assert desk.told == ["database away", "database back"]
        assert desk.reporter.told[0][1]["reason"] == "database is locked"

    asyncio.run(scene())


def test_several_who_wait_are_told_of_together():
    """Ledger and feeder share one outage; a second one is told anew."""

    async def scene():
        desk = Desk()
        databases = [Database(outages=3), Database(outages=3)]
        await asyncio.gather(*(desk.perseverance.until_done(each.work) for each in databases))
        assert desk.told == ["database away", "database back"]
        await desk.perseverance.until_done(Database(outages=1).work)
        assert desk.told == ["database away", "database back"] * 2

    asyncio.run(scene())


@pytest.mark.parametrize("error", [StoreError("no such column"), ZeroDivisionError()])
def test_what_would_fail_again_is_not_repeated(error):
    """A fault is told to whoever asked, at once."""

    async def scene():
        database = Database(outages=1, error=error)
        with pytest.raises(type(error)):
            await Desk().perseverance.until_done(database.work)
        assert database.calls == 1

    asyncio.run(scene())


def test_a_run_that_ends_when_idle_gives_up():
    """After half a minute it ends with what the database said, which is exit code 75."""

    async def scene():
        desk, database = Desk(GIVES_UP_AFTER), Database(outages=10**9)
        with pytest.raises(StoreUnavailableError, match="locked") as caught:
            await desk.perseverance.until_done(database.work)
        assert caught.value.exit_code == 75
        assert database.calls == 4

    asyncio.run(scene())


def test_patience_begins_anew_with_each_outage():
    """Time in which the database answered does not count against it."""

    async def scene():
        desk = Desk(GIVES_UP_AFTER)
        for _ in range(10):
            assert await desk.perseverance.until_done(Database(outages=3).work) == 4

    asyncio.run(scene())


def test_after_a_stop_it_is_tried_for_five_seconds_only():
    """A daemon ends within ten seconds, whatever the database does."""

    async def scene():
        desk, database = Desk(), Database(outages=10**9)
        desk.stop.set()
        with pytest.raises(StoreUnavailableError):
            await desk.perseverance.until_done(database.work)
        assert database.calls == 2

    asyncio.run(scene())


def test_a_stop_cuts_the_pause_and_still_tries():
    """The ack of a letter in flight gets its last chance when the daemon is asked to end."""

    async def scene():
        desk, database = Desk(), Database(outages=10**9)
        patient = Perseverance(desk.blocking, desk.stop, desk.reporter, first_pause=timedelta(hours=1))
        waiting = asyncio.create_task(patient.until_done(database.work))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        database.outages = 0
        desk.stop.set()
        assert await waiting == 2

    asyncio.run(asyncio.wait_for(scene(), 20))
