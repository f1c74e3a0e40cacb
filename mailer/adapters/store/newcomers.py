"""Who came into audiences behind the cursors of open alerts? Noted with their change, admitted by the next tick.

Law: a note is written in the transaction of the change that it tells of, and goes in the one that lets its supporter
into every open alert. Who changes again meanwhile waits for that one, and is noted anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Select, and_, delete, select

from mailer.adapters.store.dialect import insert_again
from mailer.adapters.store.tables import deliveries, newcomers
from mailer.core.deliveries import State
from mailer.core.supporters import SupporterId


def note(connection: Connection, ids: Iterable[SupporterId]) -> None:
    """Remember supporters who may have come into an audience; in the order of their ids, so that nobody deadlocks."""
    insert_again(connection, newcomers, [{"supporter_id": each} for each in sorted(ids)])


def are_waiting(connection: Connection) -> bool:
    """Tell whether anybody is to be admitted."""
    return connection.execute(select(newcomers.c.supporter_id).limit(1)).one_or_none() is not None


def take(connection: Connection, limit: int) -> Sequence[int]:
    """Return the first of them by id; nobody else takes or notes the same before this transaction ends."""
    query = select(newcomers.c.supporter_id).order_by(newcomers.c.supporter_id).limit(limit)
    return connection.scalars(query.with_for_update()).all()


def drop(connection: Connection, taken: Sequence[int]) -> None:
    """Forget those who were admitted."""
    connection.execute(delete(newcomers).where(newcomers.c.supporter_id.in_(taken)))


def begin_anew(connection: Connection, mailing: int, came: Select[Any]) -> None:
    """Take away what leaving ended for those who came back, before anything of it was written to a relay."""
    unwritten = and_(deliveries.c.state == State.SUPPRESSED, deliveries.c.composed_at.is_(None))
    theirs = and_(deliveries.c.mailing == mailing, deliveries.c.supporter_id.in_(came))
    connection.execute(delete(deliveries).where(theirs, unwritten))
