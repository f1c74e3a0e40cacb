"""What if two machines write to one PostgreSQL at the same moment? Each test holds one of them in the middle."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread

import pytest
from sqlalchemy import Engine, event, func, select

from mailer.adapters.store.campaigns import SqlCampaigns
from mailer.adapters.store.engine import open_engine, reading
from mailer.adapters.store.filling import SqlFilling
from mailer.adapters.store.keycheck import verify_ring
from mailer.adapters.store.outbox import SqlOutbox
from mailer.adapters.store.supporters import SqlSupporters
from mailer.adapters.store.tables import acted, deliveries, meta, suppressions
from mailer.adapters.vault import KeyRing
from mailer.core.audience import Selection
from mailer.core.brakes import FIRST_LETTERS
from mailer.core.campaigns import MailingKind, Status
from mailer.core.deliveries import Event as Step
from mailer.core.enrolment import Applicant
from mailer.core.schedule import Slot
from mailer.core.supporters import Consent, SuppressionReason
from mailer.core.verdicts import Decision
from mailer.errors import ConfigurationError, ConsentError, NotFoundError
from mailer.flows.enrol import Filter
from tests.casework import ALERT, Casework, case
from tests.databases import NOW, enter_all


class Other:
    """Another machine: it does one thing in a thread of its own, and keeps what came of it."""

    def __init__(self, postgres, work: Callable[[], object]) -> None:
        self.result: object = None
        self._postgres = postgres
        self._work = work
        self._thread = Thread(target=self._run)

    def start(self) -> None:
        """Begin, and return once it is done or has to wait for a lock."""
        self._thread.start()
        deadline = time.monotonic() + 30
        while self._thread.is_alive() and not self._waits():
            assert time.monotonic() < deadline, "neither done nor waiting"
            time.sleep(0.01)

    def end(self) -> object:
        """Return what came of it."""
        self._thread.join(30)
        assert not self._thread.is_alive()
        return self.result

    def _run(self) -> None:
        """Do the work."""
        try:
            self.result = self._work()
        except Exception as error:  # told to the test as its result
            self.result = error

    def _waits(self) -> bool:
        """Tell whether somebody waits for a lock."""
        ((waiting,),) = self._postgres.execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
        return bool(waiting)


@pytest.fixture
def other(postgres):
    """A way to let another machine do something."""
    return lambda work: Other(postgres, work)


@pytest.fixture
def work(tmp_path, migrated_postgres_url):
    """A case over PostgreSQL."""
    return Casework(tmp_path, url=migrated_postgres_url)


@contextmanager
def after(engine: Engine, words: str, act: Callable[[], object]) -> Iterator[None]:
    """Do something right after the first statement that begins with these words, before its transaction ends."""
    done = []

    def look(connection, cursor, statement, parameters, context, many) -> None:
        if statement.startswith(words) and not done:
            done.append(statement)
            act()

    event.listen(engine, "after_cursor_execute", look)
    try:
        yield
    finally:
        event.remove(engine, "after_cursor_execute", look)
    assert done, f"nothing began with {words}"


def elsewhere(work: Casework) -> Engine:
    """Return the engine of another machine."""
    return open_engine(work.url)


def people_of(work: Casework) -> SqlSupporters:
    """Return the supporters' store of another machine."""
    return SqlSupporters(elsewhere(work), work.vault)


def test_who_is_entered_at_the_same_time_is_not_passed_by(work, other):
    """Rows appear in the order of their ids: an alert that is being filled goes past nobody."""
    work.join("before")
    work.launch()
    second = other(lambda: enter_all(people_of(work), Applicant("late@union.example", name="late", country="GB")))

    def meanwhile() -> None:
        second.start()
        work.tick()

    first = people_of(work)
    with after(first._engine, "INSERT INTO supporters", meanwhile):
        enter_all(first, Applicant("early@union.example", name="early", country="GB"))
    second.end()
    work.tick()

    assert work.queued() == ["before", "early", "late"]


def test_nobody_is_entered_who_is_being_erased(work, other):
    """An import that read the list a moment before an erasure does not bring the person back."""
    anna = Applicant("anna@union.example", name="anna", country="GB")
    importing = other(lambda: enter_all(people_of(work), anna))
    people = people_of(work)
    with after(people._engine, "INSERT INTO suppressions", importing.start):
        people.erase(anna.email, now=NOW)

    assert isinstance(importing.end(), ConsentError)
    assert list(work.people.list(Filter())) == []


def test_an_import_does_not_undo_a_leave(work, other):
    """Who leaves while an import writes the same row has left."""
    work.join("anna")
    leaving = other(lambda: people_of(work).unsubscribe("anna@union.example"))
    people = people_of(work)
    with after(people._engine, "SELECT supporters", leaving.start):
        enter_all(people, Applicant("anna@union.example", name="Anna", country="DE"))

    assert leaving.end() is True
    assert [each.consent for each in work.people.list(Filter())] == [Consent.UNSUBSCRIBED]


def test_leaving_and_being_erased_do_not_wait_for_each_other(work, other):
    """Both lock the person first and the letters then: neither is sent away."""
    work.join("anna")
    work.launch()
    work.tick()
    leaving = other(lambda: people_of(work).unsubscribe("anna@union.example"))
    people = people_of(work)
    with after(people._engine, "WITH held AS", leaving.start):
        assert people.erase("anna@union.example", now=NOW).was_supporter

    assert leaving.end() is False
    assert [row.state for row in work.rows()] == ["suppressed"]


def test_an_action_of_somebody_who_is_being_erased_finds_nobody(work, other):
    """The answer is that of an unknown person, not an error of the database."""
    work.join("anna")
    work.launch()
    action = {"target": "", "source": "organiser", "now": NOW}
    acting = other(lambda: people_of(work).record_action("case", "anna@union.example", **action))
    people = people_of(work)
    with after(people._engine, "DELETE FROM supporters", acting.start):
        people.erase("anna@union.example", now=NOW)

    assert isinstance(acting.end(), NotFoundError)
    with reading(work.engine) as connection:
        assert connection.scalar(select(func.count()).select_from(acted)) == 0


def test_the_second_of_two_revisions_gets_the_next_number(work, other):
    """Two machines that publish at once make two numbers, and the one that came last holds."""
    work.campaigns.publish(case(), now=NOW)
    paused, ready = case(country="DE"), case(country="GB")
    second = other(lambda: SqlCampaigns(elsewhere(work)).publish(ready, now=NOW))
    first = elsewhere(work)
    with after(first, "INSERT INTO revisions", second.start):
        assert SqlCampaigns(first).publish(paused, now=NOW) == 2

    assert second.end() == 3
    assert work.campaigns.find("case").revision == 3
    assert work.campaigns.revision("case", 3) == ready


def test_two_daemons_fill_one_slot_together(work, other):
    """The second one goes on where the first one ends its page; nobody gets two rows."""
    work.join(*"abcdef")
    work.launch()
    work.campaigns.plan("case", [Slot(NOW, ALERT.id, MailingKind.ALERT)], run=0, revision=1)
    (slot,) = work.campaigns.mailings("case")

    def fill(engine: Engine) -> bool:
        return SqlFilling(engine, 3).fill_from_supporters(slot, Selection(), not_before=NOW, deadline=None)

    second = other(lambda: fill(elsewhere(work)))
    first = elsewhere(work)
    with after(first, "INSERT INTO deliveries", second.start):
        fill(first)

    assert second.end() is False
    assert work.queued() == list("abcdef")


def test_a_stop_is_in_force_before_a_long_queue_is_cancelled(work, other):
    """A sender that asks while the queue is being cancelled is refused, and does not wait for its end."""
    work.join(*"abc")
    work.launch()
    work.tick()
    claimed = work.claim(limit=1)
    asked = []
    machine = elsewhere(work)

    with after(machine, "SELECT mailings.id", lambda: asked.append((work.intend(claimed), work.claim()))):
        SqlCampaigns(machine).set_status("case", Status.STOPPED, now=NOW)

    assert asked == [(frozenset(), ())]
    assert set(work.states().values()) == {"cancelled"}


def test_a_database_meets_one_ring_only(work, other):
    """Of two machines with two key files that begin at once, one is refused before anything is written."""
    rings = [KeyRing.generate(os.urandom) for _ in range(2)]
    second = other(lambda: verify_ring(elsewhere(work), rings[1]))
    first = elsewhere(work)
    with after(first, "INSERT INTO meta", second.start):
        verify_ring(first, rings[0])

    assert isinstance(second.end(), ConfigurationError)
    with reading(work.engine) as connection:
        kept = dict(connection.execute(select(meta.c.name, meta.c.value)).all())
    assert kept["address-key"] == rings[0].fingerprint


def test_who_begins_with_the_same_ring_at_once_is_welcome(work, other):
    """Two machines with one key file may open a new database together."""
    ring = KeyRing.generate(os.urandom)
    second = other(lambda: verify_ring(elsewhere(work), ring))
    first = elsewhere(work)
    with after(first, "INSERT INTO meta", second.start):
        verify_ring(first, ring)

    assert second.end() is None


def test_a_schema_is_made_once(postgres_url, other):
    """A machine that comes while the schema is being made waits for it, however long that takes."""
    from mailer.adapters.store.migrations import upgrade

    first, second = open_engine(postgres_url), open_engine(postgres_url)
    late = other(lambda: upgrade(second))
    with after(first, "\nCREATE TABLE supporters", late.start):
        assert upgrade(first) is True

    assert late.end() is False


def test_addresses_that_are_called_dead_meanwhile_are_judged_before_they_are_barred(work, other):
    """The brake sees a mailing at one moment; what another sender adds then waits for the next look."""
    work.join(*(f"p{n:03}" for n in range(FIRST_LETTERS + 20)))
    work.launch()
    work.tick()
    claimed = work.claim(limit=1000)
    work.intend(claimed)
    work.settle(claimed[:FIRST_LETTERS])
    dead = Decision(Step.REFUSE, suppress=SuppressionReason.BOUNCED)
    work.settle(claimed[FIRST_LETTERS : FIRST_LETTERS + 5], dead)
    others = claimed[FIRST_LETTERS + 5 :]
    machine = elsewhere(work)

    with after(machine, "WITH in_hand AS MATERIALIZED", lambda: work.settle(others, dead)):
        told = SqlOutbox(machine, work.outbox._liveness).apply_suppressions(1, now=NOW)

    assert told == ""
    with reading(work.engine) as connection:
        assert connection.scalar(select(func.count()).select_from(suppressions)) == 5
        assert connection.scalar(select(func.count()).where(deliveries.c.suppress != "")) == len(others)
