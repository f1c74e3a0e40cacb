"""How do hundreds of rows become values at little cost? SQLite tells them in one JSON text, which is read at once.

Law: they are the values, in the order, that the rows would give one by one, as a server's do. (Each row that SQLite's
driver brings lets go of the interpreter and waits for it again.) A query's columns are named as the values' fields.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

import msgspec
from sqlalchemy import ColumnElement, Connection, Integer, Select, String, func, literal, select, type_coerce
from sqlalchemy.sql.elements import KeyedColumnElement

from mailer.adapters.store.columns import Moment
from mailer.adapters.store.statements import Ready

Value = TypeVar("Value")


class Bundle(Generic[Value]):
    """A query for values of one `kind`; `make` makes one of a row, where rows come one by one."""

    def __init__(self, query: Select[Any], kind: type[Value], make: Callable[[Sequence[Any]], Value]) -> None:
        self._make = make
        self._rows = Ready(query)
        self._text = Ready(_as_text(query))
        self._decoder = msgspec.json.Decoder(list[kind])  # type: ignore[valid-type]

    def read(self, connection: Connection, **given: Any) -> list[Value]:
        """Return all values of the query with what is given."""
        if connection.dialect.name != "sqlite":
            return [self._make(row) for row in self._rows.rows(connection, **given)]
        ((text,),) = self._text.stored(connection, **given)
        return self._decoder.decode(text)


def _as_text(query: Select[Any]) -> Select[Any]:
    """Return the query for all rows as one text: an array of objects.

    SQLite hands the rows to such a function in the order of the query below it; its planner leaves that order alone for
    every function but those that cannot tell it.
    """
    listed = query.subquery("listed")
    told = [part for column in listed.columns for part in (literal(column.name, String), _as_told(column))]
    return select(func.json_group_array(func.json_object(*told)))


def _as_told(column: KeyedColumnElement[Any]) -> ColumnElement[Any]:
    """Return a column's value as JSON has it; a moment is told in words (ISO 8601), whatever century it is of."""
    if not isinstance(column.type, Moment):
        return column
    stored = type_coerce(column, Integer)
    fraction = (stored % 1_000_000 + 1_000_000) % 1_000_000
    seconds = func.strftime("%Y-%m-%dT%H:%M:%S", (stored - fraction) // 1_000_000, "unixepoch")
    return seconds.op("||")(func.printf(".%06dZ", fraction))
