"""How does SQLite's own driver get a statement that is run for every few letters? Directly, past the layers above it.

Law: it is told by the time alone. Errors are those of the layers, and as long as anybody listens to statements, all of
them go through the layers. (A statement costs 2 us instead of 26, measured; what SQLite itself does is beside that.)
"""

from __future__ import annotations

import sqlite3
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError


def driver_of(connection: Connection) -> sqlite3.Connection | None:
    """Return SQLite's own connection; None for a server's, or while anybody listens to what is run."""
    if connection.dialect.name != "sqlite":
        return None
    heard = connection.engine.dispatch
    if heard.before_cursor_execute or heard.after_cursor_execute:
        return None
    raw: Any = connection.connection.dbapi_connection
    return raw if isinstance(raw, sqlite3.Connection) else None


def count(driver: sqlite3.Connection, statement: str, values: Any = ()) -> int:
    """Run a statement that returns no rows; return how many it changed.

    Raises:
        DBAPIError: what the layers would raise.
    """
    try:
        return driver.execute(statement, values).rowcount
    except sqlite3.Error as error:
        raise _told(error, statement) from error


def fetch(driver: sqlite3.Connection, statement: str, values: Any) -> list[Any]:
    """Run a query; return all rows.

    Raises:
        DBAPIError: what the layers would raise.
    """
    try:
        return driver.execute(statement, values).fetchall()
    except sqlite3.Error as error:
        raise _told(error, statement) from error


def _told(error: sqlite3.Error, statement: str) -> BaseException:
    """Return a driver's error as the layers tell it, without values."""
    told: Any = DBAPIError.instance(statement, None, error, sqlite3.Error, hide_parameters=True)
    return told  # type: ignore[no-any-return]
