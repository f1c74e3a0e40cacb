"""How is said what SQLite and PostgreSQL say differently, or what only one of them has?

Law: whoever asks for one need not know which database it is. How each is opened stands in `engine` and `server`.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, FromClause, Select, Table, Values, column, func, select, text, values
from sqlalchemy.types import String

from mailer.adapters.store.tables import Moment
from mailer.core.schedule import ZonedMoment
from mailer.errors import ConfigurationError

OLDEST_SERVER = 15


def take_turns(connection: Connection, subject: str, *, patiently: bool = False) -> None:
    """Let one transaction at a time deal with `subject`, until it ends; SQLite has one writer anyway.

    `patiently` is for what may take long: then the session's bound for waiting does not hold.
    """
    if connection.dialect.name != "postgresql":
        return
    if patiently:
        connection.execute(text("SET LOCAL lock_timeout = 0"))
    number = int.from_bytes(sha256(f"turns:{subject}".encode()).digest()[:8], signed=True)
    connection.execute(select(func.pg_advisory_xact_lock(number)))


def refuse_unfit(connection: Connection) -> None:
    """Refuse a server that is too old, and a database that cannot hold every language.

    Raises:
        ConfigurationError: with what would be right.
    """
    if connection.dialect.name != "postgresql":
        return
    version = str(connection.scalar(text("SHOW server_version")))
    if int(version.partition(".")[0]) < OLDEST_SERVER:
        raise ConfigurationError(f"PostgreSQL {version} is too old: {OLDEST_SERVER} or later is needed")
    encoding = connection.scalar(text("SHOW server_encoding"))
    if encoding != "UTF8":
        raise ConfigurationError(
            f"the database's encoding is {encoding}, which cannot hold every language: "
            "make it with `createdb --encoding=UTF8 --template=template0`"
        )


def insert_new(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert `rows`; those whose key is there already stay as they are."""
    if rows:
        connection.execute(_insert(connection, table).on_conflict_do_nothing(), rows)


def insert_again(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert `rows` of keys alone; one that is there is waited for if somebody is about to delete it."""
    if rows:
        keys = list(table.primary_key.columns)
        same = {key.name: key for key in keys}  # writing nothing new takes the row's lock all the same
        connection.execute(_insert(connection, table).on_conflict_do_update(index_elements=keys, set_=same), rows)


def insert_from(connection: Connection, table: Table, columns: list[str], query: Select[Any]) -> int:
    """Insert what `query` selects, skipping what is there already; return how many rows came."""
    statement = _insert(connection, table).from_select(columns, query).on_conflict_do_nothing()
    return connection.execute(statement).rowcount


def insert_one(connection: Connection, table: Table, row: dict[str, Any]) -> bool:
    """Insert `row` unless its key is there; tell whether it was not. Of two who do so at once, one is told so."""
    return connection.execute(_inserting_one(connection.dialect.name, table), row).one_or_none() is not None


def count_one(connection: Connection, table: Table, keys: dict[str, Any]) -> None:
    """Add one to the column `count` of the row with these keys, which begins with one."""
    connection.execute(_counting_one(connection.dialect.name, table), keys | {"count": 1})


@cache
def _inserting_one(dialect: str, table: Table) -> Any:
    """Return the statement that inserts a row whose key is not there; made once, because each mail runs several."""
    return _insert_into(dialect, table).on_conflict_do_nothing().returning(*table.primary_key.columns)


@cache
def _counting_one(dialect: str, table: Table) -> Any:
    """Return the statement that inserts a count, or adds one to it."""
    keys, more = list(table.primary_key.columns), {"count": table.c.count + 1}
    return _insert_into(dialect, table).on_conflict_do_update(index_elements=keys, set_=more)


def _insert(connection: Connection, table: Table) -> Any:
    """Return the INSERT of a connection's dialect."""
    return _insert_into(connection.dialect.name, table)


def _insert_into(dialect: str, table: Table) -> Any:
    """Return the dialect's INSERT, which knows ON CONFLICT; no dialect is loaded but the one that is used."""
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table)
    from sqlalchemy.dialects import sqlite

    return sqlite.insert(table)


def moments_table(moments: tuple[ZonedMoment, ...]) -> FromClause:
    """Return a table (timezone, country, not_before) that a query can join."""
    listed: Values = values(
        column("timezone", String), column("country", String), column("not_before", Moment), name="moments"
    ).data([(m.timezone, m.country, m.not_before) for m in moments])
    return listed.cte("zoned")


_SESSION_LOCKS = text(
    "SELECT (classid::bigint << 32) | objid::bigint FROM pg_locks"
    " WHERE locktype = 'advisory' AND objsubid = 1 AND granted"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


def session_locks(connection: Connection) -> frozenset[int] | None:
    """Return the keys of all advisory locks that somebody's session holds; None where there are no such locks.

    Source: PostgreSQL, "pg_locks": a key of 64 bits is shown in two halves, with objsubid 1.
    """
    if connection.dialect.name != "postgresql":
        return None
    return frozenset(connection.execute(_SESSION_LOCKS).scalars())
