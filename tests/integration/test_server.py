"""Is every session of a PostgreSQL set up as it must be, and does a server's refusal say clearly what is wrong?"""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import insert, select, text

from mailer.adapters.store.engine import open_engine, reading, writing
from mailer.adapters.store.tables import meta
from mailer.errors import ConfigurationError, StoreError, StoreUnavailableError


@pytest.fixture
def engine(migrated_postgres_url):
    """A server's database with the schema."""
    return open_engine(migrated_postgres_url)


def setting(connection, name: str) -> str:
    """Return a setting of a session."""
    return str(connection.scalar(text(f"SHOW {name}")))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("lock_timeout", "10s"),
        ("idle_in_transaction_session_timeout", "30s"),
        ("jit", "off"),
        ("application_name", "mailer"),
        ("client_encoding", "UTF8"),
    ],
)
def test_every_session_is_set_up(engine, name, value):
    """Locks, stopped transactions and dead networks hold nobody up for ever, in transactions of every kind."""
    for transaction in (writing, reading, writing):
        with transaction(engine) as connection:
            assert setting(connection, name) == value


@pytest.mark.parametrize(("kept", "then"), [("off", "on"), ("on", "on"), ("remote_apply", "remote_apply")])
def test_commits_wait_for_the_disk_whatever_the_server_says(postgres, migrated_postgres_url, kept, then):
    """A default that may forget commits is overruled; one that asks for more stays."""
    name = migrated_postgres_url.rpartition("/")[2]
    postgres.execute(f"ALTER DATABASE {name} SET synchronous_commit = {kept}")
    with reading(open_engine(migrated_postgres_url)) as connection:
        assert setting(connection, "synchronous_commit") == then


def test_the_url_has_the_last_word_on_how_to_connect(migrated_postgres_url):
    """A parameter of MAILER_DATABASE_URL replaces ours of the same name."""
    with reading(open_engine(f"{migrated_postgres_url}?application_name=second&keepalives_idle=5")) as connection:
        assert setting(connection, "application_name") == "second"


def test_a_reader_sees_one_picture_and_cannot_write(engine):
    """What is committed meanwhile shows in the next transaction; a write in a reading transaction is refused."""
    with reading(engine) as connection:
        assert connection.scalar(select(meta.c.value).where(meta.c.name == "a")) is None
        with writing(engine) as other:
            other.execute(insert(meta).values(name="a", value="x"))
        assert connection.scalar(select(meta.c.value).where(meta.c.name == "a")) is None
    with pytest.raises(StoreError, match="read-only transaction"), reading(engine) as connection:
        connection.execute(insert(meta).values(name="b", value="x"))
    with reading(engine) as connection:
        assert connection.scalars(select(meta.c.name)).all() == ["a"]


def test_a_writer_sees_what_was_committed_before_each_of_its_statements(engine):
    """A decision behind a lock rests on the newest rows, not on those of the transaction's beginning."""
    with writing(engine) as connection:
        assert connection.scalars(select(meta.c.name)).all() == []
        with writing(engine) as other:
            other.execute(insert(meta).values(name="a", value="x"))
        assert connection.scalars(select(meta.c.name)).all() == ["a"]


def test_errors_tell_no_values(engine):
    """What a statement carried is neither in the error nor in its cause: PostgreSQL's details would hold it."""
    with writing(engine) as connection:
        connection.execute(insert(meta).values(name="canary-name", value="x"))
    with pytest.raises(StoreError, match="duplicate key") as caught, writing(engine) as connection:
        connection.execute(insert(meta).values(name="canary-name", value="x"))

    assert "canary" not in f"{caught.value} {caught.value.__cause__}"
    assert "mailer:***@" in str(caught.value)


@pytest.mark.parametrize(
    "url",
    ["mailer:se@canary@db.example/mailer", "db.example/mailer?password=canary", "mailer:canary@db.example:x/mailer"],
)
def test_a_url_that_is_read_wrong_shows_nothing_of_itself(url):
    """A password with an @, in a parameter, or before a port that is none: the error tells what is right alone."""
    with pytest.raises(ConfigurationError, match="MAILER_DATABASE_URL") as caught:
        open_engine(f"postgresql+psycopg://{url}")

    assert "canary" not in str(caught.value)


def test_a_restarted_server_is_found_again(postgres, engine):
    """Connections that died in the pool are noticed before they are used."""
    with reading(engine) as connection:
        first = connection.scalar(text("SELECT pg_backend_pid()"))
    postgres.execute(f"SELECT pg_terminate_backend({first})")
    with reading(engine) as connection:
        assert connection.scalar(text("SELECT pg_backend_pid()")) != first


def test_a_lock_that_is_not_let_go_is_told_as_passing(engine):
    """Who waits too long is told to try again, and the database keeps nothing of it."""
    locked = "SELECT value FROM meta WHERE name = 'a' FOR UPDATE"
    with writing(engine) as connection:
        connection.execute(insert(meta).values(name="a", value="x"))
    with writing(engine) as holder:
        holder.execute(text(locked))
        with pytest.raises(StoreUnavailableError, match="lock timeout"), writing(engine) as connection:
            connection.execute(text(f"SET LOCAL lock_timeout = '50ms'; {locked}"))


def test_a_process_has_few_connections(engine, postgres):
    """Many threads of one process share eight; who gets none in time is told to try again, by the same error."""
    inside, release = threading.Semaphore(0), threading.Event()

    def hold() -> None:
        with reading(engine) as connection:
            connection.scalar(text("SELECT 1"))
            inside.release()
            release.wait(30)

    threads = [threading.Thread(target=hold) for _ in range(8)]
    for thread in threads:
        thread.start()
    for _ in threads:
        assert inside.acquire(timeout=30)
    engine.pool._timeout = 0.05
    try:
        with pytest.raises(StoreUnavailableError, match="no free connection"), reading(engine):
            pass
    finally:
        release.set()
        for thread in threads:
            thread.join()
