"""Which addresses did the relay call dead, and may they be barred? Pending suppressions, mailing by mailing.

Law: no suppression is written before the brake has judged the whole mailing: a relay that calls
everybody dead would empty the list for good.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select, text, update

from mailer.adapters.store.census import is_unfinished
from mailer.adapters.store.leaving import bar
from mailer.adapters.store.statements import Ready
from mailer.adapters.store.states import at_most, in_nobodys_hand
from mailer.adapters.store.tables import deliveries, supporters
from mailer.core.brakes import suppression_brake, tells_apart
from mailer.core.deliveries import State

_PENDING = text("deliveries.suppress <> ''")  # written out, so that its partial index serves
_MEANWHILE = 1_000  # pending that other senders may add between two looks; were they more, the mailing would pause
_FINISHED = (State.SENT, State.FAILED, State.UNCERTAIN)


def mailings_with_pending(connection: Connection) -> list[int]:
    """Return the rows of the mailings that have pending suppressions."""
    return list(_WITH_PENDING.run(connection).scalars())


def bar_pending(connection: Connection, mailing: int, now: datetime) -> str | None:
    """Bar the pending addresses of a mailing if the brake lets them pass, so that no import revives them.

    Returns what the brake says: None to wait (or nothing is pending), empty if they are written, else why to pause.
    What other senders add meanwhile is left for the next look: only rows that were there are written.
    """
    rows = _hold_pending(connection, mailing)
    said = _judge(connection, mailing, tells_apart(len(rows) + _MEANWHILE)) if rows else None
    if said == "":
        bar(connection, [(address, reason) for _, address, reason in rows if address is not None], now)
        connection.execute(_WRITTEN, [{"row": row} for row, _, _ in rows])
    return said


def _hold_pending(connection: Connection, mailing: int) -> list[tuple[int, bytes | None, str]]:
    """Return (row, address, reason) of what is pending, held until the end; who was erased has no address."""
    pending = select(deliveries.c.id, supporters.c.address_hash, deliveries.c.suppress)
    whose = pending.join(supporters, supporters.c.id == deliveries.c.supporter_id, isouter=True)
    held = whose.where(deliveries.c.mailing == mailing, _PENDING).order_by(deliveries.c.id)
    return [tuple(row) for row in connection.execute(held.with_for_update(of=deliveries))]


def _judge(connection: Connection, mailing: int, most: int) -> str | None:
    """Return what the brake says of a mailing, all of it seen at one moment; at most `most` finished are counted."""
    of_mailing = deliveries.c.mailing == mailing
    pending = select(func.count()).where(of_mailing, _PENDING)
    ended = (of_mailing, in_nobodys_hand(deliveries.c), deliveries.c.state.in_(_FINISHED))
    finished = select(func.count()).select_from(select(deliveries.c.id).where(*ended).limit(at_most(most)).subquery())
    seen = select(pending.scalar_subquery(), finished.scalar_subquery(), is_unfinished(mailing))
    counts = [int(count) for count in connection.execute(seen).one()]
    return suppression_brake(pending=counts[0], finished=counts[1], unfinished=counts[2])


_WITH_PENDING = Ready(select(deliveries.c.mailing).where(_PENDING).distinct())
_WRITTEN = update(deliveries).where(deliveries.c.id == bindparam("row")).values(suppress="")
