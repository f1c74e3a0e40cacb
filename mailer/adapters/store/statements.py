"""How does a statement that is run for every few letters cost next to nothing? It is written out once, and kept.

Law: what is not given by name stands in the text. A partial index serves only a query that says its words, and
SQLite plans a statement anew, each time, whose values such an index might depend on (0.2 ms for intents, measured).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from sqlalchemy import BindParameter, Boolean, ColumnElement, Connection, CursorResult, Dialect, TypeDecorator
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import NullType

from mailer.adapters.store import direct

_numbers = msgspec.json.Encoder()


class _Listed(TypeDecorator[Sequence[Any]]):
    """Numbers or words as one value: JSON for SQLite, an array for PostgreSQL."""

    impl = NullType
    cache_ok = True

    def process_bind_param(self, value: Sequence[Any] | None, dialect: Dialect) -> Any:
        """Return the value as the database takes it."""
        listed = list(value or ())
        if dialect.name == "postgresql":
            return listed
        return json.dumps(listed) if listed and isinstance(listed[0], str) else _numbers.encode(listed).decode()


class Given(BindParameter[Any]):
    """A value that is named when a statement is run."""

    inherit_cache = True


class Among(ColumnElement[bool]):
    """The condition that a column is one of the numbers or words that are given as one value, however many."""

    inherit_cache = False
    type = Boolean()

    def __init__(self, column: ColumnElement[Any], name: str) -> None:
        self.column = column
        self.listed = Given(name, type_=_Listed())

    def self_group(self, against: Any = None) -> Any:
        """Stand beside other conditions as it is."""
        return self


class Ready:
    """A statement that is written out when it is run first, for each sort of database."""

    def __init__(self, statement: Executable) -> None:
        self._statement = statement
        self._written: dict[str, _Written] = {}

    def run(self, connection: Connection, **given: Any) -> CursorResult[Any]:
        """Run the statement with what is given; what comes back is as it is stored: moments are microseconds."""
        written = self._for(connection.dialect)
        return connection.exec_driver_sql(written.text, written.values(given))

    def count(self, connection: Connection, **given: Any) -> int:
        """Run the statement, which returns no rows, with what is given; return how many rows it changed."""
        written = self._for(connection.dialect)
        driver = direct.driver_of(connection)
        if driver is None:
            return connection.exec_driver_sql(written.text, written.values(given)).rowcount
        return direct.count(driver, written.text, written.values(given))

    def stored(self, connection: Connection, **given: Any) -> Sequence[Any]:
        """Run the query with what is given; return all rows as they are stored: moments are microseconds."""
        return self._found(connection, given)[0]

    def rows(self, connection: Connection, **given: Any) -> list[list[Any]]:
        """Run the query with what is given; return all rows, in values of the types of their columns."""
        return self._for(connection.dialect).read(*self._found(connection, given))

    def _found(self, connection: Connection, given: dict[str, Any]) -> tuple[Sequence[Any], Sequence[Any]]:
        """Return all rows as they are stored, and which types the driver brought, if it tells."""
        written = self._for(connection.dialect)
        driver = direct.driver_of(connection)
        if driver is not None:
            return direct.fetch(driver, written.text, written.values(given)), ()
        result = connection.exec_driver_sql(written.text, written.values(given))
        kinds = [column[1] for column in result.context.cursor.description]
        return result.all(), kinds

    def _for(self, dialect: Dialect) -> _Written:
        """Return the statement in a database's words."""
        if dialect.name not in self._written:
            self._written[dialect.name] = _Written(self._statement, dialect)
        return self._written[dialect.name]


class _Written:
    """A statement in the words of one sort of database."""

    def __init__(self, statement: Any, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect, compile_kwargs={"literal_binds": True})
        self.text = str(compiled)
        self._dialect = dialect
        self._order: Sequence[str] | None = compiled.positiontup
        binds = {name: bind.type.dialect_impl(dialect) for name, bind in compiled.binds.items()}
        made = {name: kind.bind_processor(dialect) for name, kind in binds.items()}
        self._binders = {name: convert for name, convert in made.items() if convert is not None}
        self._kinds = [column.type.dialect_impl(dialect) for column in statement.exported_columns]
        self._readers: list[tuple[int, Callable[[Any], Any]]] | None = None

    def values(self, given: dict[str, Any]) -> Any:
        """Return what is given as the driver takes it: by place, or by name."""
        for name, convert in self._binders.items():
            given[name] = convert(given[name])
        return given if self._order is None else tuple([given[name] for name in self._order])

    def read(self, found: Sequence[Any], brought: Sequence[Any] = ()) -> list[list[Any]]:
        """Return all rows in values of their types; a driver that tells which types it `brought` may need no help."""
        if self._readers is None:
            self._readers = self._find_readers(brought or [None] * len(self._kinds))
        rows = list(map(list, found))
        for place, convert in self._readers:
            for row in rows:
                row[place] = convert(row[place])
        return rows

    def _find_readers(self, brought: Sequence[Any]) -> list[tuple[int, Callable[[Any], Any]]]:
        """Return what converts the columns that do not come as they are, by place."""
        made = (kind.result_processor(self._dialect, code) for kind, code in zip(self._kinds, brought, strict=True))
        return [(place, convert) for place, convert in enumerate(made) if convert is not None]


@compiles(Given)
def _write_given(element: Given, compiler: SQLCompiler, **options: Any) -> str:
    return str(compiler.visit_bindparam(element, **(options | {"literal_binds": False})))  # type: ignore[no-untyped-call]


@compiles(Among, "sqlite")
def _write_among(element: Among, compiler: SQLCompiler, **options: Any) -> str:
    column, listed = compiler.process(element.column, **options), compiler.process(element.listed, **options)
    return f"{column} IN (SELECT value FROM json_each({listed}))"  # noqa: S608 # both were written by the compiler


@compiles(Among, "postgresql")
def _write_among_array(element: Among, compiler: SQLCompiler, **options: Any) -> str:
    column, listed = compiler.process(element.column, **options), compiler.process(element.listed, **options)
    return f"{column} = ANY ({listed})"
