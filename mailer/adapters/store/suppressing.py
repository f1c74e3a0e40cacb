"""Which addresses did the relay call dead, and may they be barred? Pending suppressions, mailing by mailing.

Law: no suppression is written before the brake has judged the whole mailing: a relay that calls
everybody dead would empty the list for good.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, exists, func, select, text, update

from mailer.adapters.store.dialect import insert_new
from mailer.adapters.store.tables import deliveries, supporters, suppressions
from mailer.core.brakes import suppression_brake
from mailer.core.deliveries import FINAL, State

_PENDING = text("deliveries.suppress <> ''")  # written out, so that its partial index serves
_FINISHED = (State.SENT, State.FAILED, State.UNCERTAIN)
_UNFINISHED = tuple(state for state in State if state not in FINAL and state is not State.UNCERTAIN)


def mailings_with_pending(connection: Connection) -> list[int]:
    """Return the rows of the mailings that have pending suppressions."""
    return list(connection.execute(select(deliveries.c.mailing).where(_PENDING).distinct()).scalars())


def judge_pending(connection: Connection, mailing: int) -> str | None:
    """Return what the brake says: None to wait (or nothing is pending), empty to write, else why to pause."""
    pending = _count(connection, and_(deliveries.c.mailing == mailing, _PENDING))
    if not pending:
        return None
    finished = _count(connection, and_(deliveries.c.mailing == mailing, deliveries.c.state.in_(_FINISHED)))
    waiting = exists().where(deliveries.c.mailing == mailing, deliveries.c.state.in_(_UNFINISHED))
    unfinished = int(connection.execute(select(waiting)).scalar_one())
    return suppression_brake(finished=finished, unfinished=unfinished, pending=pending)


def suppress_pending(connection: Connection, mailing: int, now: datetime) -> None:
    """Turn pending suppressions into rows that no import revives."""
    pending = and_(deliveries.c.mailing == mailing, _PENDING)
    query = select(supporters.c.address_hash, deliveries.c.suppress)
    rows = connection.execute(query.join(deliveries, deliveries.c.supporter_id == supporters.c.id).where(pending))
    insert_new(connection, suppressions, [{"address_hash": h, "reason": reason, "since": now} for h, reason in rows])
    connection.execute(update(deliveries).where(pending).values(suppress=""))


def _count(connection: Connection, condition: ColumnElement[bool]) -> int:
    """Return how many deliveries meet `condition`."""
    return int(connection.execute(select(func.count()).select_from(deliveries).where(condition)).scalar_one())
