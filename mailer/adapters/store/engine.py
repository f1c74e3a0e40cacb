"""How is the database reached? One engine per process; every transaction is a `writing` or a `reading`.

Law: a transaction that will write takes the write lock when it begins. On SQLite one that reads first
and then writes fails at once under contention, whatever the busy timeout; BEGIN IMMEDIATE waits. PostgreSQL
has no such lock: there each transaction locks the rows that its decision rests on.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from mailer.adapters.store import direct
from mailer.adapters.store.server import open_server
from mailer.errors import ConfigurationError, StoreError, StoreUnavailableError

BUSY_SECONDS = 10
AGAIN_SECONDS = 0.01  # what one who turns the file to WAL needs is less
# synchronous=FULL: NORMAL can forget commits at a power cut. secure_delete: deleted rows stay readable
# in the file otherwise. temp_store: no sorted rows in temporary files.
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "foreign_keys=ON", "temp_store=MEMORY")
_BEGIN = "mailer_begin"
_WRITING: dict[str, dict[str, Any]] = {
    "sqlite": {_BEGIN: "BEGIN IMMEDIATE"},
    "postgresql": {"isolation_level": "READ COMMITTED"},
}
_READING: dict[str, dict[str, Any]] = {
    "sqlite": {_BEGIN: "BEGIN"},
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}
_HINTS = {
    "disk is full": "make room and run the command again",
    "locked": f"another program held the database for more than {BUSY_SECONDS} s; try again",
    "readonly": "make the file and its folder writable for this user",
    "unable to open": "check that the folder exists and belongs to this user",
    "not a database": "the file holds something else; check MAILER_DATABASE_URL",
    "malformed": "the file is damaged; restore a backup",
    "no such table": "run `mailer db upgrade`",
}
# What passes by itself, or once somebody made room: the same transaction may then be run again.
_PASSES = ("locked", "disk is full", "readonly", "disk i/o error", "no free connection")
# connection lost, resources, shutdown, serialisation, deadlock, lock and statement time, standby, the server's disk
_PASSING_STATES = ("08", "53", "57P0", "57014", "40", "55P03", "25006", "58")
# A server that cannot be reached tells no SQLSTATE; these words say that it was, and wants nothing from us.
_REFUSALS = ("authentication failed", "does not exist", "pg_hba.conf", "no password supplied", "certificate")


def open_engine(url: str) -> Engine:
    """Return the engine for a database URL; an SQLite file and its folder are made private.

    Raises:
        ConfigurationError: the URL is none, or of a database that is not supported.
        StoreError: the file or its folder cannot be made.
    """
    parsed = _parse(url)
    if parsed.get_backend_name() != "sqlite":
        return open_server(parsed)
    _make_private_file(parsed)
    engine = create_engine(parsed, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_connection)
    event.listen(engine, "begin", _begin)
    return engine


@contextmanager
def writing(engine: Engine) -> Generator[Connection]:
    """Run a transaction that may write; it commits at the end, or leaves nothing.

    Raises:
        StoreError: the database refused; the message names it and says what would help.
        StoreUnavailableError: it is away, locked, full or read-only; whether a commit was made is unknown.
    """
    with _transaction(engine, _WRITING[engine.dialect.name]) as connection:
        yield connection


@contextmanager
def reading(engine: Engine) -> Generator[Connection]:
    """Run a transaction that only reads: one consistent picture, in nobody's way.

    Raises:
        StoreError: the database refused; the message names it and says what would help.
    """
    with _transaction(engine, _READING[engine.dialect.name]) as connection:
        yield connection


def truncate_log(engine: Engine) -> bool:
    """Empty SQLite's write-ahead log, so that nothing erased stays in it.

    False if a reader holds it, or if it is a server's, which keeps and recycles it as it likes.
    """
    if engine.dialect.name != "sqlite":
        return False
    with _told(engine), engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        assert raw is not None  # noqa: S101 # for the type checker: a connection is open here
        busy, _, _ = raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy


def file_of(engine: Engine) -> Path | None:
    """Return the file of an SQLite engine; None for other databases and for one in memory."""
    return _file_of(engine.url)


@contextmanager
def _transaction(engine: Engine, options: dict[str, Any]) -> Generator[Connection]:
    """Run one transaction, which begins as told, and translate what the database says."""
    with _told(engine), engine.connect() as connection:
        connection.execution_options(**options)
        with connection.begin():
            yield connection


@contextmanager
def _told(engine: Engine) -> Generator[None]:
    """Translate the library's errors; statements and parameters are never in the message."""
    try:
        yield
    except (DBAPIError, PoolTimeoutError) as error:
        said = _said(error)
        hint = next((f"; {hint}" for words, hint in _HINTS.items() if words in said.lower()), "")
        where = file_of(engine) or engine.url.set(query={}).render_as_string(hide_password=True)
        kind = StoreUnavailableError if _passes(error, said.lower()) else StoreError
        raise kind(f"database {where}: {said}{hint}") from (None if _holds_values(error) else error)


def _said(error: DBAPIError | PoolTimeoutError) -> str:
    """Return what the database said, on one line; PostgreSQL's details hold a row's values and are left out."""
    if isinstance(error, PoolTimeoutError):
        return "no free connection"
    primary = getattr(getattr(error.orig, "diag", None), "message_primary", None)
    return " ".join(str(primary or error.orig).split())


def _holds_values(error: DBAPIError | PoolTimeoutError) -> bool:
    """Tell whether the library's error would tell a row's values to who prints its causes."""
    return bool(getattr(getattr(getattr(error, "orig", None), "diag", None), "message_detail", None))


def _passes(error: DBAPIError | PoolTimeoutError, said: str) -> bool:
    """Tell whether the database is only away, busy or full for now."""
    if isinstance(error, PoolTimeoutError) or any(words in said for words in _PASSES):
        return True
    if type(error.orig).__module__.startswith("sqlite3"):
        return False
    state = getattr(error.orig, "sqlstate", None)
    if state:
        return str(state).startswith(_PASSING_STATES)
    lost = error.connection_invalidated or isinstance(error, OperationalError)
    return lost and not any(words in said for words in _REFUSALS)


def _parse(url: str) -> URL:
    """Return the URL in its parts; none of them is in an error, since what is read wrong may be a password."""
    try:
        parsed = make_url(url)
        supported = parsed.drivername in ("sqlite", "sqlite+pysqlite", "postgresql+psycopg")
    except (ArgumentError, ValueError):
        supported = False
    if not supported:
        raise ConfigurationError(
            "MAILER_DATABASE_URL: right would be sqlite:///var/mailer.db or postgresql+psycopg://..."
        )
    if "@" in (parsed.host or "") or "password" in parsed.query:
        raise ConfigurationError(
            "MAILER_DATABASE_URL: the password belongs between the colon and the @, with its own signs written as "
            "%40 for @, %2F for / and %25 for %"
        )
    return parsed


def _file_of(url: URL) -> Path | None:
    """Return the file that an SQLite URL names."""
    if url.get_backend_name() != "sqlite" or url.database in (None, "", ":memory:"):
        return None
    return Path(str(url.database))


def _make_private_file(url: URL) -> None:
    """Make folder (0700) and file (0600) where they are missing; what is there keeps its rights."""
    path = _file_of(url)
    if path is None:
        return
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreError(f"database {path}: cannot be made: {error.strerror}") from error


def _prepare_connection(connection: Any, record: Any) -> None:
    """Take transaction control from the driver and set what every connection needs.

    Source: SQLAlchemy, "Enabling Non-Legacy SQLite Transactional Modes".
    """
    connection.isolation_level = None
    for pragma in PRAGMAS:
        _set_pragma(connection, pragma)


def _set_pragma(connection: sqlite3.Connection, pragma: str) -> None:
    """Set one pragma, and wait for it: of several who turn a new file to WAL at once, SQLite refuses all but one.

    There it does not use its own busy timeout, since two who wait for each other would wait for ever.
    """
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute(f"PRAGMA {pragma}")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(AGAIN_SECONDS)
        else:
            return


def _begin(connection: Connection) -> None:
    """Begin as the transaction asked to; a plain one that nobody asked for cannot lock anybody out."""
    begin = connection.get_execution_options().get(_BEGIN, "BEGIN")
    driver = direct.driver_of(connection)
    if driver is None:
        connection.exec_driver_sql(begin)
    else:
        direct.count(driver, begin)
