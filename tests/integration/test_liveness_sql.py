"""Do beats and session locks of a real database tell who is gone?"""

from __future__ import annotations

from itertools import count

import pytest
from sqlalchemy import insert, select, text

from mailer.adapters.store.engine import open_engine, reading, writing
from mailer.adapters.store.liveness import Liveness, Lost, lock_key
from mailer.adapters.store.outbox import SqlOutbox
from mailer.adapters.store.tables import workers
from mailer.core.liveness import DEAD_AFTER, STALLED_AFTER, Lock
from tests.casework import Casework
from tests.databases import NOW
from tests.fakes import FakeLocks


@pytest.fixture
def work(tmp_path, store_url):
    """Three alerts in the queue."""
    work = Casework(tmp_path, url=store_url)
    work.join(*"abc")
    work.launch()
    work.tick()
    return work


@pytest.fixture
def remote(tmp_path, migrated_postgres_url):
    """The same, in PostgreSQL."""
    work = Casework(tmp_path, url=migrated_postgres_url)
    work.join(*"abc")
    work.launch()
    work.tick()
    return work


def observer(work: Casework, **seen: Lock) -> tuple[Liveness, FakeLocks]:
    """Return what another machine sees: no file of any worker, unless told otherwise; a look takes a second."""
    locks = FakeLocks()
    locks.seen = seen
    locks.see = lambda worker: locks.seen.get(worker, Lock.UNSEEN)
    return Liveness(work.engine, locks, count().__next__), locks


def look(liveness: Liveness, seconds: int) -> Lost:
    """Look for so long; return what was told in the end."""
    for _ in range(seconds):
        liveness.look()
    return liveness.look()


def test_a_worker_that_beats_is_known_by_its_beats(work):
    """One row for each, that counts."""
    for _ in range(3):
        work.outbox.beat("one", now=NOW)
    work.outbox.beat("two", now=NOW)

    with reading(work.engine) as connection:
        rows = connection.execute(select(workers).order_by(workers.c.name)).all()
    assert [(row.name, row.beats, row.since) for row in rows] == [("one", 3, NOW), ("two", 1, NOW)]


def test_who_is_dead_is_forgotten_when_nothing_of_it_is_left(work):
    """Its row goes with what it held, its file at last."""
    liveness, locks = observer(work, gone=Lock.FREE, one=Lock.HELD)
    outbox = SqlOutbox(work.engine, liveness)
    with writing(work.engine) as connection:
        connection.execute(insert(workers).values(name="gone", since=NOW))
    work.claim(worker="gone")
    assert [outbox.recover(now=NOW) for _ in range(3)] == [3, 0, 0]

    assert liveness.look() == Lost()
    assert locks.removed == ["gone"]


def test_a_worker_that_never_beat_is_seen_by_what_it_holds(work):
    """Its silence counts like everybody's."""
    work.claim(worker="mute")
    liveness, _ = observer(work, mute=Lock.HELD)

    assert look(liveness, int(STALLED_AFTER.total_seconds()) - 1) == Lost()
    assert look(liveness, 1) == Lost(stalled=("mute",))


def test_a_session_lock_keeps_a_worker_of_another_machine_alive(remote):
    """Its file cannot be seen and it does not beat; it falls silent after a minute, but is not dead."""
    remote.outbox.beat("far", now=NOW)
    liveness, _ = observer(remote)

    assert look(liveness, 59) == Lost()
    assert look(liveness, 1) == Lost(stalled=("far",))


def test_a_worker_of_another_machine_whose_session_ended_is_dead_after_a_silence(remote):
    """The server let its lock go; that nobody beats for it for 15 seconds is the rest of the proof."""
    remote.outbox.beat("far", now=NOW)
    liveness, _ = observer(remote)
    assert look(liveness, 1) == Lost()
    cut_off(remote)

    assert look(liveness, int(DEAD_AFTER.total_seconds()) - 3) == Lost()
    assert look(liveness, 1) == Lost(dead=("far",))


def test_a_free_file_is_believed_only_when_no_session_is_held(remote):
    """A machine that was copied has the same names: what lives elsewhere is not killed from here."""
    remote.outbox.beat("one", now=NOW)
    liveness, _ = observer(remote, one=Lock.FREE)
    assert liveness.look() == Lost()
    cut_off(remote)

    assert liveness.look() == Lost(dead=("one",))


def test_a_session_lock_that_was_lost_is_taken_again(remote):
    """The server was started anew, and the worker lives: its next beat takes the lock on a new connection."""
    remote.outbox.beat("far", now=NOW)
    cut_off(remote)
    assert held(remote) == []
    remote.outbox.beat("far", now=NOW)
    assert held(remote) == [lock_key("far")]

    remote.outbox.beat("far", now=NOW)
    assert held(remote) == [lock_key("far")]


def test_a_session_lock_is_taken_once_the_old_session_is_gone(remote):
    """A server that has not noticed yet that a connection is lost still holds the lock for it."""
    engine = open_engine(remote.url)
    lingering = Liveness(engine, FakeLocks(), count().__next__)
    lingering.beat("far", now=NOW)
    remote.outbox.beat("far", now=NOW)
    assert held(remote) == [lock_key("far")]
    cut_off(remote)
    remote.outbox.beat("far", now=NOW)

    assert held(remote) == [lock_key("far")]
    engine.dispose()


def test_every_name_has_a_key_of_its_own_that_fits():
    """63 bits, the same on every machine."""
    keys = {lock_key(f"worker-{number}") for number in range(1000)}

    assert len(keys) == 1000
    assert all(0 <= key < 2**63 for key in keys)
    assert lock_key("one") == lock_key("one")


def cut_off(work: Casework) -> None:
    """Let the server end every session that holds a worker's lock."""
    ending = "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory' AND database = (%s)"
    mine = "SELECT oid FROM pg_database WHERE datname = current_database()"
    with work.engine.begin() as connection:
        assert connection.exec_driver_sql(ending % mine).all() != []


def held(work: Casework) -> list[int]:
    """Return the keys of all session locks of this database."""
    keys = "SELECT (classid::bigint << 32) | objid::bigint FROM pg_locks WHERE locktype = 'advisory'"
    here = " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    with work.engine.begin() as connection:
        return list(connection.execute(text(keys + here)).scalars())
