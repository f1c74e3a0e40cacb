"""How fast may letters leave, as all senders know it? Token buckets in rows, taken from one at a time.

Law: what is drawn is gone for everybody the moment the transaction commits; a crash loses what was drawn
and not used, so that letters leave slower, never faster.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, select, update

from mailer.adapters.store.dialect import insert_new
from mailer.adapters.store.statements import Given, Ready
from mailer.adapters.store.tables import buckets
from mailer.core.rates import Bucket, burst_of, full, give_back, refill, take


class Kept(NamedTuple):
    """A row of `buckets`."""

    name: str
    tokens: float
    filled_at: datetime
    per_hour: float | None
    closed_until: datetime | None
    closings: int
    day: date | None
    days: int
    used_today: int


_LOCKED = Ready(select(buckets).where(buckets.c.name == Given("named")).with_for_update())


def draw(
    connection: Connection, name: str, wanted: int, per_hour: float, now: datetime, burst: float | None = None
) -> int:
    """Take up to `wanted` letters out of the bucket `name`, which begins full; return how many there were.

    It holds `burst`, a minute's worth if that is not told.
    """
    bucket, granted = take(_refilled(begun_row(connection, name, now), per_hour, now, burst), wanted)
    keep(connection, name, tokens=bucket.tokens, filled_at=bucket.filled_at, per_hour=per_hour)
    return granted


def refund(connection: Connection, name: str, count: int) -> None:
    """Put back what was drawn and not used; a bucket never holds more than its burst."""
    row = locked_row(connection, name)
    if row is None or row.per_hour is None:
        return
    bucket = give_back(Bucket(row.tokens, row.filled_at), count, burst_of(row.per_hour))
    keep(connection, name, tokens=bucket.tokens)


def as_of(connection: Connection, name: str, per_hour: float, now: datetime) -> Bucket:
    """Return a bucket as it is now, without taking anything."""
    row = connection.execute(select(buckets).where(buckets.c.name == name)).one_or_none()
    return _refilled(row, per_hour, now)


def begun_row(connection: Connection, name: str, now: datetime) -> Kept:
    """Return the row of a bucket, held until the transaction ends; it is made, without a rate yet, if there is none."""
    row = locked_row(connection, name)
    if row is None:
        insert_new(connection, buckets, [{"name": name, "tokens": 0.0, "filled_at": now}])
        row = locked_row(connection, name)
    assert row is not None  # noqa: S101 # for the type checker: it was made, and only old ones are forgotten
    return row


def locked_row(connection: Connection, name: str) -> Kept | None:
    """Return the row of a bucket, held until the transaction ends; None if there is none."""
    return next((Kept(*row) for row in _LOCKED.rows(connection, named=name)), None)


def hold(connection: Connection, names: Collection[str], now: datetime) -> None:
    """Take the rows of buckets that may be drawn from, all in one order, so that nobody waits for each other."""
    for name in sorted(names):
        begun_row(connection, name, now)


def keep(connection: Connection, name: str, **values: Any) -> None:
    """Write these columns of a bucket."""
    _keeping(tuple(values)).run(connection, named=name, **{f"new_{column}": value for column, value in values.items()})


@cache
def _keeping(columns: tuple[str, ...]) -> Ready:
    """Return the statement that writes these columns of a bucket."""
    changed = {column: Given(f"new_{column}") for column in columns}
    return Ready(update(buckets).where(buckets.c.name == Given("named")).values(changed))


def _refilled(row: Kept | Row[Any] | None, per_hour: float, now: datetime, burst: float | None = None) -> Bucket:
    """Return the bucket of a row as of `now`; one that had no rate before begins full."""
    begun = full(per_hour, now, burst)
    was = begun if row is None or row.per_hour is None else Bucket(row.tokens, row.filled_at)
    return refill(was, per_hour, begun.tokens, now)
