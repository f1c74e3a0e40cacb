"""Is the database opened as safely as it must be, and does it say clearly what is wrong?"""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text

from mailer.adapters.store import engine as engines
from mailer.adapters.store.engine import file_of, open_engine, reading, truncate_log, writing
from mailer.adapters.store.tables import meta
from mailer.errors import ConfigurationError, StoreError
from tests.databases import make_engine


@pytest.fixture
def engine(tmp_path):
    """A new, migrated database."""
    return make_engine(tmp_path)


def put(engine, name: str) -> None:
    """Write one row in a transaction of its own."""
    with writing(engine) as connection:
        connection.execute(insert(meta).values(name=name, value="x"))


def names(engine) -> list[str]:
    """Return what was committed."""
    with reading(engine) as connection:
        return list(connection.scalars(select(meta.c.name).order_by(meta.c.name)))


def test_folder_and_file_are_private(engine):
    """Nobody else on the machine can read folder, database, log or shared memory."""
    put(engine, "a")
    file = file_of(engine)

    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert {each.stat().st_mode & 0o777 for each in file.parent.iterdir()} == {0o600}
    assert len(list(file.parent.iterdir())) == 3


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("secure_delete", 1), ("foreign_keys", 1)]
)
def test_every_connection_is_set_up(engine, pragma, value):
    """Durable commits, real deletion and references hold in every transaction, of every kind."""
    for transaction in (writing, reading, writing):
        with transaction(engine) as connection:
            assert connection.scalar(text(f"PRAGMA {pragma}")) == value


def test_a_transaction_commits_at_its_end_or_leaves_nothing(engine):
    """An error inside takes back everything, also what changed the schema."""
    put(engine, "a")

    def fail() -> None:
        with writing(engine) as connection:
            connection.execute(insert(meta).values(name="b", value="x"))
            connection.execute(text("CREATE TABLE extra (x INTEGER)"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert names(engine) == ["a"]
    with reading(engine) as connection:
        assert connection.scalar(text("SELECT count(*) FROM sqlite_master WHERE name = 'extra'")) == 0


def test_a_writer_that_reads_first_waits_for_its_turn(engine):
    """Two transactions that read and then write both succeed; a plain BEGIN fails one of them at once."""
    inside, failures = threading.Barrier(2, timeout=20), []

    def count_up() -> None:
        try:
            inside.wait()
            for _ in range(20):
                with writing(engine) as connection:
                    known = connection.scalar(text("SELECT count(*) FROM meta"))
                    connection.execute(insert(meta).values(name=f"row {known}", value="x"))
        except StoreError as error:
            failures.append(error)

    threads = [threading.Thread(target=count_up) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert len(names(engine)) == 40


def test_a_reader_sees_one_picture_and_keeps_nobody_waiting(engine):
    """What is committed meanwhile shows in the next transaction, not in this one."""
    put(engine, "a")
    with reading(engine) as connection:
        before = connection.scalar(text("SELECT count(*) FROM meta"))
        put(engine, "b")
        assert connection.scalar(text("SELECT count(*) FROM meta")) == before
    assert names(engine) == ["a", "b"]


def test_a_held_lock_is_told_with_file_and_remedy(engine, monkeypatch):
    """Another program that holds the database is named as the reason, not a stack trace."""
    monkeypatch.setattr(engines, "BUSY_SECONDS", 0)
    impatient = open_engine(str(engine.url))
    holder = sqlite3.connect(file_of(engine), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(StoreError, match=r"mailer\.db: database is locked; another program"):
            put(impatient, "a")
    finally:
        holder.close()


def test_who_comes_while_a_new_file_is_written_to_waits(tmp_path):
    """Turning a new file to WAL is refused at once while another writes; the command waits instead of ending."""
    holder = sqlite3.connect(tmp_path / "mailer.db", isolation_level=None, check_same_thread=False)
    holder.execute("CREATE TABLE meta (name TEXT, value TEXT)")
    holder.execute("BEGIN IMMEDIATE")
    late = open_engine(f"sqlite:///{tmp_path}/mailer.db")
    release = threading.Timer(0.2, holder.close)
    release.start()
    try:
        with reading(late) as connection:
            assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
    finally:
        release.join()


def test_a_full_disk_is_told_and_loses_nothing(engine):
    """SQLite's own limit stands in for the disk: what was committed stays, the error says what to do."""
    put(engine, "a")

    def fill() -> None:
        with writing(engine) as connection:
            connection.execute(text(f"PRAGMA max_page_count = {connection.scalar(text('PRAGMA page_count'))}"))
            connection.execute(insert(meta), [{"name": f"n{i}", "value": "x" * 4000} for i in range(50)])

    with pytest.raises(StoreError, match="full; make room"):
        fill()
    assert names(engine) == ["a"]


def test_a_file_that_is_no_database_is_told(tmp_path):
    """A wrong path in the settings is recognised by what the file holds."""
    other = tmp_path / "notes.db"
    other.write_text("these are notes, and no database at all\n" * 100)

    with (
        pytest.raises(StoreError, match="not a database; the file holds something else"),
        reading(open_engine(f"sqlite:///{other}")),
    ):
        pass


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    """The path and the system's reason are in the message."""
    (tmp_path / "file").write_text("")

    with pytest.raises(StoreError, match=r"file/data/mailer\.db: cannot be made"):
        open_engine(f"sqlite:///{tmp_path}/file/data/mailer.db")


@pytest.mark.parametrize("url", ["", "mailer.db", "mysql://host/db", "postgresql://host/db", "sqlite+nothing:///x"])
def test_only_known_databases_are_opened(url):
    """The message shows what would be right, and never the URL, which may hold a password."""
    with pytest.raises(ConfigurationError, match="MAILER_DATABASE_URL: right would be sqlite:///"):
        open_engine(url)


def test_errors_tell_no_values(engine):
    """What a statement carried is neither in the error nor in its cause."""
    put(engine, "canary-value")
    with pytest.raises(StoreError) as caught:
        put(engine, "canary-value")
    assert "canary" not in f"{caught.value} {caught.value.__cause__}"


def test_truncating_empties_the_log_unless_a_reader_holds_it(engine, monkeypatch):
    """The answer is honest: False as long as somebody still reads from the log."""
    monkeypatch.setattr(engines, "BUSY_SECONDS", 0)
    engine = open_engine(str(engine.url))
    put(engine, "a")
    log = Path(f"{file_of(engine)}-wal")
    with reading(engine) as connection:
        connection.scalar(text("SELECT count(*) FROM meta"))
        put(engine, "b")
        assert not truncate_log(engine)
        assert log.stat().st_size > 0

    assert truncate_log(engine)
    assert log.stat().st_size == 0
