"""What do relays and providers still take? Token buckets, daily caps and gates that all senders share, in SQL.

Law: each step is one transaction that holds its row, so that any number of senders keep one limit.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Engine, select

from mailer.adapters.store.buckets import as_of, begun_row, draw, keep, locked_row, refund
from mailer.adapters.store.engine import reading, writing
from mailer.adapters.store.tables import buckets
from mailer.core.gates import Gate, close, grow
from mailer.core.rates import DAY, DayUse, Limits, hand_in, left_today, next_token_at, use_today
from mailer.flows.allowance import Standing

LONGEST_NAME = 150


class SqlRates:
    """The limits of relays and of provider groups in SQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def look(self, relay: str, limits: Limits, *, now: datetime) -> Standing:
        """Return how a relay stands; nothing is taken."""
        name = bucket_name(relay)
        with reading(self._engine) as connection:
            gates = _gates(connection, name, now)
            room, again_at = (None, None) if limits.are_none else _room(connection, name, limits, now)
        return Standing(room, again_at, gates)

    def draw(self, relay: str, limits: Limits, wanted: int, *, unused: int = 0, now: datetime) -> int:
        """Put `unused` back, then take up to `wanted` letters out of the hour's and the day's; return how many."""
        name, today = bucket_name(relay), now.date()
        with writing(self._engine) as connection:
            use = hand_in(_use(begun_row(connection, name, now)), unused, today)
            refund(connection, name, unused)
            left = left_today(use, limits.daily_caps, today)
            granted = wanted if left is None else min(wanted, left)
            if limits.per_hour is not None:
                granted = draw(connection, name, granted, limits.per_hour, now)
            used = use_today(use, granted, today)
            keep(connection, name, day=used.day, days=used.days, used_today=used.used)
        return granted

    def draw_group(self, relay: str, group: str, wanted: int, *, now: datetime) -> int:
        """Take up to `wanted` letters of a group; its learned rate grows with the quiet since the last time."""
        name = bucket_name(relay, group)
        with writing(self._engine) as connection:
            row = locked_row(connection, name)
            if row is None or row.per_hour is None:
                return wanted
            gate = grow(_gate(row), row.filled_at, now)
            keep(connection, name, per_hour=gate.per_hour, closings=gate.closings)
            return wanted if gate.per_hour is None else draw(connection, name, wanted, gate.per_hour, now)

    def throttle(
        self, relay: str, group: str, *, asked: timedelta | None, observed_per_hour: float, now: datetime
    ) -> Gate:
        """Close a group's gate for all senders; return it."""
        name = bucket_name(relay, group)
        with writing(self._engine) as connection:
            row = begun_row(connection, name, now)
            gate = close(
                grow(_gate(row), row.filled_at, now), asked=asked, observed_per_hour=observed_per_hour, now=now
            )
            values = {"per_hour": gate.per_hour, "closed_until": gate.closed_until, "closings": gate.closings}
            keep(connection, name, **values, tokens=0.0, filled_at=now)
        return gate


def bucket_name(relay: str, group: str = "") -> str:
    """Return the name of a relay's bucket, or of a group's at that relay; long labels are told apart by a hash."""
    label = relay if len(relay) <= LONGEST_NAME else f"{relay[:100]}~{sha256(relay.encode()).hexdigest()[:32]}"
    return f"relay:{label}|{group}" if group else f"relay:{label}"


def _room(connection: Connection, name: str, limits: Limits, now: datetime) -> tuple[int, datetime | None]:
    """Return how many letters may leave now and, if that is none, when there is room again."""
    row = connection.execute(select(buckets).where(buckets.c.name == name)).one_or_none()
    left = left_today(DayUse() if row is None else _use(row), limits.daily_caps, now.date())
    if left == 0:
        return 0, datetime.combine(now.date() + DAY, time(), UTC)
    if limits.per_hour is None:
        return left or 0, None
    bucket = as_of(connection, name, limits.per_hour, now)
    room = int(bucket.tokens) if left is None else min(int(bucket.tokens), left)
    return room, next_token_at(bucket, limits.per_hour) if not room else None


def _gates(connection: Connection, name: str, now: datetime) -> dict[str, Gate]:
    """Return the gates of all groups that were ever throttled at a relay."""
    rows = connection.execute(select(buckets).where(buckets.c.name.startswith(f"{name}|", autoescape=True)))
    return {row.name.removeprefix(f"{name}|"): grow(_gate(row), row.filled_at, now) for row in rows}


def _gate(row: Any) -> Gate:
    """Return the gate of a row."""
    return Gate(row.per_hour, row.closed_until, row.closings)


def _use(row: Any) -> DayUse:
    """Return the daily use of a row."""
    return DayUse(row.day, row.days, row.used_today)
