"""Where do SQLite and PostgreSQL differ? Here only."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, FromClause, Select, Table, Values, column, values
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import String

from mailer.adapters.store.tables import Moment
from mailer.core.schedule import ZonedMoment


def insert_new(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert `rows`; those whose key is there already stay as they are."""
    if rows:
        connection.execute(_insert(connection, table).on_conflict_do_nothing(), rows)


def insert_from(connection: Connection, table: Table, columns: list[str], query: Select[Any]) -> int:
    """Insert what `query` selects, skipping what is there already; return how many rows came."""
    statement = _insert(connection, table).from_select(columns, query).on_conflict_do_nothing()
    return connection.execute(statement).rowcount


def _insert(connection: Connection, table: Table) -> Any:
    """Return the dialect's INSERT, which knows ON CONFLICT."""
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)


def moments_table(moments: tuple[ZonedMoment, ...]) -> FromClause:
    """Return a table (timezone, country, not_before) that a query can join."""
    listed: Values = values(
        column("timezone", String), column("country", String), column("not_before", Moment), name="moments"
    ).data([(m.timezone, m.country, m.not_before) for m in moments])
    return listed.cte("zoned")
