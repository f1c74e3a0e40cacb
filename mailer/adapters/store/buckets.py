"""How fast may letters leave, as all senders know it? Token buckets in rows, taken from one at a time.

Law: what is drawn is gone for everybody the moment the transaction commits; a crash loses what was drawn
and not used, so that letters leave slower, never faster.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from mailer.adapters.store.dialect import insert_new
from mailer.adapters.store.tables import buckets
from mailer.core.rates import Bucket, burst_of, full, give_back, refill, take


def draw(
    connection: Connection, name: str, wanted: int, per_hour: float, now: datetime, burst: float | None = None
) -> int:
    """Take up to `wanted` letters out of the bucket `name`, which begins full; return how many there were.

    It holds `burst`, a minute's worth if that is not told.
    """
    begin_bucket(connection, name, now)
    bucket, granted = take(_refilled(locked_row(connection, name), per_hour, now, burst), wanted)
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


def begin_bucket(connection: Connection, name: str, now: datetime) -> None:
    """Make the row of a bucket, without a rate yet, if there is none."""
    insert_new(connection, buckets, [{"name": name, "tokens": 0.0, "filled_at": now}])


def locked_row(connection: Connection, name: str) -> Any:
    """Return the row of a bucket, held until the transaction ends; None if there is none."""
    return connection.execute(select(buckets).where(buckets.c.name == name).with_for_update()).one_or_none()


def hold(connection: Connection, names: Collection[str], now: datetime) -> None:
    """Take the rows of buckets that may be drawn from, all in one order, so that nobody waits for each other."""
    for name in sorted(names):
        begin_bucket(connection, name, now)
        locked_row(connection, name)


def keep(connection: Connection, name: str, **values: Any) -> None:
    """Write these columns of a bucket."""
    connection.execute(update(buckets).where(buckets.c.name == name).values(**values))


def _refilled(row: Any, per_hour: float, now: datetime, burst: float | None = None) -> Bucket:
    """Return the bucket of a row as of `now`; one that had no rate before begins full."""
    begun = full(per_hour, now, burst)
    known = row is not None and row.per_hour is not None
    return refill(Bucket(row.tokens, row.filled_at) if known else begun, per_hour, begun.tokens, now)
