"""Can anybody tell that a statement went to SQLite's driver directly? Only by the time that it took."""

from __future__ import annotations

import sqlite3

import pytest
from sqlalchemy import Integer, event, insert, select, update
from sqlalchemy.exc import IntegrityError

from mailer.adapters.store import direct
from mailer.adapters.store.engine import reading, writing
from mailer.adapters.store.statements import Given, Ready
from mailer.adapters.store.tables import mailings, workers
from mailer.errors import StoreError, StoreUnavailableError
from tests.databases import NOW, make_campaign, make_engine

ADDING = Ready(update(workers).where(workers.c.name == Given("named")).values(beats=Given("beats", type_=Integer)))
FOUND = Ready(select(workers.c.name, workers.c.beats, workers.c.since).order_by(workers.c.name))


def listen(engine, *, heard: list[str]) -> None:
    """Listen to what is run."""
    event.listen(engine, "before_cursor_execute", lambda *told: heard.append(told[2]))


@pytest.fixture(params=["directly", "through the layers"])
def engine(tmp_path, request):
    """A database of which two workers are known."""
    made = make_engine(tmp_path)
    with writing(made) as connection:
        connection.execute(insert(workers), [{"name": name, "since": NOW} for name in ("a", "b")])
    if request.param != "directly":
        listen(made, heard=[])
    with reading(made) as connection:
        assert (direct.driver_of(connection) is not None) == (request.param == "directly")
    return made


def add_two(engine) -> None:
    """Write a number, and none, in one transaction."""
    with writing(engine) as connection:
        ADDING.count(connection, named="a", beats=3)
        ADDING.count(connection, named="b", beats=None)


def test_rows_are_counted_and_read(engine):
    """Either way."""
    with writing(engine) as connection:
        assert ADDING.count(connection, named="a", beats=3) == 1
        assert ADDING.count(connection, named="c", beats=3) == 0
        assert FOUND.rows(connection) == [["a", 3, NOW], ["b", 0, NOW]]
        assert [tuple(row)[:2] for row in FOUND.stored(connection)] == [("a", 3), ("b", 0)]


def test_a_refused_statement_is_told_in_the_same_words(engine):
    """And nothing of its transaction stays, nor are its values told."""
    with pytest.raises(StoreError, match=r"NOT NULL constraint failed: workers\.beats") as told:
        add_two(engine)

    assert isinstance(told.value.__cause__, IntegrityError)
    assert "'b'" not in str(told.value.__cause__)
    with reading(engine) as connection:
        assert FOUND.rows(connection)[0][1] == 0


def test_a_query_that_fails_is_told_in_the_same_words(engine):
    """As when a table is missing."""
    with writing(engine) as connection:
        connection.exec_driver_sql("DROP TABLE workers")
    with pytest.raises(StoreError, match="no such table: workers; run `mailer db upgrade`"), reading(engine) as one:
        FOUND.rows(one)


def test_a_locked_database_is_told_in_the_same_words(engine):
    """Whoever holds it for too long: a transaction does not even begin."""
    holder = sqlite3.connect(engine.url.database, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with engine.connect() as connection:
        connection.connection.dbapi_connection.execute("PRAGMA busy_timeout = 1")
    with pytest.raises(StoreUnavailableError, match="database is locked; another program"), writing(engine):
        pytest.fail("two write at once")
    holder.close()
    with writing(engine) as connection:
        assert ADDING.count(connection, named="a", beats=1) == 1


def test_who_listens_hears_all(tmp_path):
    """From the moment on at which they begin to."""
    made, heard = make_engine(tmp_path), []
    make_campaign(made)
    listen(made, heard=heard)
    with writing(made) as connection:
        Ready(update(mailings).values(revision=Given("number"))).count(connection, number=2)

    assert [words.split()[0] for words in heard] == ["BEGIN", "UPDATE"]
