"""How do hundreds of rows come at little cost? SQLite tells them in one JSON text, which is read at once.

Law: they are the rows, as they are stored and in the order, that come one by one from a server. (Each row that SQLite's
driver brings lets go of the interpreter and waits for it again.) They hold whole numbers and words, or nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, func, select

from mailer.adapters.store.statements import Ready

_decoder = msgspec.json.Decoder(list[list[Any]])


class Bundle:
    """A query for many rows."""

    def __init__(self, query: Select[Any]) -> None:
        self._rows = Ready(query)
        self._text = Ready(_as_text(query))

    def stored(self, connection: Connection, **given: Any) -> Sequence[Sequence[Any]]:
        """Return all rows of the query with what is given, as they are stored: moments are microseconds."""
        if connection.dialect.name != "sqlite":
            return self._rows.stored(connection, **given)
        ((text,),) = self._text.stored(connection, **given)
        return _decoder.decode(text)


def _as_text(query: Select[Any]) -> Select[Any]:
    """Return the query for all rows as one text: an array of arrays.

    SQLite hands the rows to such a function in the order of the query below it; its planner leaves that order alone for
    every function but those that cannot tell it.
    """
    listed = query.subquery("listed")
    return select(func.json_group_array(func.json_array(*listed.columns)))
