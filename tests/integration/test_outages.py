"""Is a database that is away for now told from one that will refuse for good, on both kinds?"""

from __future__ import annotations

import re
import sqlite3
import threading
import time

import pytest
from sqlalchemy import insert, text

from mailer.adapters.store import engine as engines
from mailer.adapters.store.engine import file_of, open_engine, reading, writing
from mailer.adapters.store.tables import meta
from mailer.errors import StoreError, StoreUnavailableError
from tests.databases import make_engine
from tests.postgres import postgres_server


def trouble(engine, *statements: str) -> StoreError:
    """Return what a transaction with these statements ends with."""

    def act() -> None:
        with writing(engine) as connection:
            for words in statements:
                connection.execute(text(words))

    with pytest.raises(StoreError) as caught:
        act()
    return caught.value


def passes(error: StoreError) -> bool:
    """Tell whether the same may work later."""
    assert error.exit_code == (75 if isinstance(error, StoreUnavailableError) else 74)
    return isinstance(error, StoreUnavailableError)


# --- SQLite ---------------------------------------------------------------------------------------


def test_a_lock_of_another_program_passes(tmp_path, monkeypatch):
    """The sender waits for the other one's end."""
    monkeypatch.setattr(engines, "BUSY_SECONDS", 0)
    engine = make_engine(tmp_path)
    holder = sqlite3.connect(file_of(engine), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        assert passes(trouble(engine, "SELECT 1"))
    finally:
        holder.close()
    with writing(engine) as connection:
        assert connection.scalar(text("SELECT 1")) == 1


def test_a_full_disk_passes(tmp_path):
    """Somebody makes room, and the work goes on."""
    engine = make_engine(tmp_path)
    with reading(engine) as connection:
        pages = connection.scalar(text("PRAGMA page_count"))
    filling = "INSERT INTO meta SELECT hex(randomblob(20)), hex(zeroblob(9000)) FROM sqlite_master"

    assert passes(trouble(engine, f"PRAGMA max_page_count = {pages}", filling, filling))


def test_a_file_that_is_read_only_for_now_passes(tmp_path):
    """A file system that was mounted read-only after a fault is mended by a person, while the daemon waits."""
    engine = make_engine(tmp_path)

    assert passes(trouble(engine, "PRAGMA query_only = ON", "DELETE FROM meta"))


@pytest.mark.parametrize("words", ["SELECT nothing", "SELECT * FROM nowhere", "INSERT INTO meta (name) VALUES ('x')"])
def test_a_fault_of_ours_does_not_pass(store_url, words):
    """Repeating it for ever would hide it."""
    assert not passes(trouble(make_engine(None, url=store_url), words))


def test_a_file_of_something_else_does_not_pass(tmp_path):
    """A wrong path in the settings stays wrong."""
    other = tmp_path / "notes.db"
    other.write_text("these are notes, and no database at all\n" * 100)

    assert not passes(trouble(open_engine(f"sqlite:///{other}"), "SELECT 1"))


# --- PostgreSQL -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statements",
    [
        ("SELECT pg_terminate_backend(pg_backend_pid())",),
        ("SET LOCAL statement_timeout = 10", "SELECT pg_sleep(5)"),
        ("SET TRANSACTION READ ONLY", "DELETE FROM meta"),
        ("DO $$ BEGIN RAISE EXCEPTION 'full' USING ERRCODE = '53100'; END $$",),
        ("DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$",),
        ("DO $$ BEGIN RAISE EXCEPTION 'unknown' USING ERRCODE = '40003'; END $$",),
        ("DO $$ BEGIN RAISE EXCEPTION 'disk' USING ERRCODE = '58030'; END $$",),
    ],
)
def test_what_a_server_may_do_again_passes(migrated_postgres_url, statements):
    """Shutdown, cancellation, a standby, a full disk, a conflict with another transaction."""
    engine = open_engine(migrated_postgres_url)

    assert passes(trouble(engine, *statements))
    with writing(engine) as connection:
        assert connection.scalar(text("SELECT 1")) == 1


def test_a_deadlock_passes(migrated_postgres_url):
    """One of the two is told to begin again, and then finds its turn."""
    engine = open_engine(migrated_postgres_url)
    with writing(engine) as connection:
        connection.execute(insert(meta), [{"name": name, "value": ""} for name in "ab"])
    both, errors = threading.Barrier(2, timeout=20), []

    def touch(first: str, second: str) -> None:
        change = text("UPDATE meta SET value = value || 'x' WHERE name = :name")
        try:
            with writing(engine) as connection:
                connection.execute(change, {"name": first})
                both.wait()
                connection.execute(change, {"name": second})
        except StoreError as error:
            errors.append(error)

    threads = [threading.Thread(target=touch, args=names) for names in ("ab", "ba")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [passes(error) for error in errors] == [True]


def test_a_server_that_is_killed_passes_and_is_used_again_when_it_is_back():
    """In the middle of a transaction, while it is away, and after it came back by itself."""
    with postgres_server(fsync=False) as server, server.migrated() as url:
        engine = open_engine(url)

        def cut() -> None:
            with writing(engine) as connection:
                connection.execute(text("SELECT 1"))
                server.kill()
                connection.execute(text("SELECT 1"))

        with pytest.raises(StoreUnavailableError):
            cut()
        away = trouble(engine, "SELECT 1")
        server.start()

        assert passes(away)
        assert re.search(r"database postgresql\+psycopg://\S+: connection failed", str(away))
        assert _soon(engine) == 1


def _soon(engine) -> int:
    """Return what the server says once it has recovered."""
    while True:
        try:
            with reading(engine) as connection:
                return int(connection.scalar(text("SELECT 1")) or 0)
        except StoreUnavailableError:
            time.sleep(0.1)


@pytest.mark.parametrize(
    ("what", "by"), [(r"//[^@]*@", "//nobody:wrong@"), (r"/[^/]*$", "/nothing")], ids=["user", "database"]
)
def test_a_server_that_refuses_us_does_not_pass(postgres_url, what, by):
    """A wrong user or database in the settings stays wrong; the password is not in the message."""
    error = trouble(open_engine(re.sub(what, by, postgres_url)), "SELECT 1")

    assert not passes(error)
    assert "wrong" not in str(error)


def test_errors_tell_no_values_and_stay_on_one_line(store_url):
    """What a statement carried, or a row holds, is neither in the error nor in what caused it."""
    engine = make_engine(None, url=store_url)
    twice = "INSERT INTO meta (name, value) VALUES ('canary', 'canary')"
    error = trouble(engine, twice, twice)

    assert "canary" not in f"{error} {error.__cause__}".replace(twice, "")
    assert "\n" not in str(error)
