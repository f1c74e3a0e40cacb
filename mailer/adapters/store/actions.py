"""What did supporters do about a campaign? They wrote, or do not want it; in a transaction that is open already.

Law: a letter is counted once, by the very row that says so; what that row ends, ends in the same transaction. A
count outlives its row: it names nobody.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, func, select, update

from mailer.adapters.store import leaving
from mailer.adapters.store.dialect import count_one, insert_one
from mailer.adapters.store.tables import acted, action_counts, campaigns, copies, declined, supporters
from mailer.core.counting import COPIED, SENT, Spread, spread_of
from mailer.errors import NotFoundError


def note_action(
    connection: Connection, campaign_id: str, whom: ColumnElement[bool], target: str, source: str, now: datetime
) -> bool:
    """Note that somebody wrote, count it, and cancel their queued reminders; tell whether it is new.

    What only a copy told so far is told anew: then they say so, too.

    Raises:
        NotFoundError: there is no such campaign or supporter.
    """
    supporter = hold(connection, campaign_id, whom)
    row = {"campaign_id": campaign_id, "supporter_id": supporter.id, "target": target}
    told = {"source": source, "at": now}
    is_new = insert_one(connection, acted, row | told)
    if not is_new:
        by_copy = _of(acted, campaign_id, supporter.id) & (acted.c.target == target) & (acted.c.source == COPIED)
        is_new = connection.execute(update(acted).where(by_copy).values(told)).rowcount == 1
    leaving.cancel_reminders(connection, supporter.id, campaign_id)
    if is_new:  # last: everybody's next action waits for the row of the day
        _count(connection, row, supporter.country, SENT, now)
    return is_new


def note_copy(connection: Connection, campaign_id: str, whom: ColumnElement[bool], target: str, now: datetime) -> bool:
    """Note that a copy of somebody's letter came, count it among the copies, and cancel their queued reminders.

    Tells whether it is new. What they say themselves stays as it is: the two numbers are never mixed.

    Raises:
        NotFoundError: there is no such campaign or supporter.
    """
    supporter = hold(connection, campaign_id, whom)
    row = {"campaign_id": campaign_id, "supporter_id": supporter.id, "target": target}
    if not insert_one(connection, copies, row | {"at": now}):
        return False
    insert_one(connection, acted, row | {"source": COPIED, "at": now})
    leaving.cancel_reminders(connection, supporter.id, campaign_id)
    _count(connection, row, supporter.country, COPIED, now)
    return True


def undo_action(connection: Connection, campaign_id: str, whom: ColumnElement[bool], target: str) -> bool:
    """Forget that somebody wrote, and count one less; tell whether it was noted. Cancelled reminders stay so.

    A copy that came stays counted: it is in nobody's word.
    """
    supporter = hold(connection, campaign_id, whom)
    mine = _of(acted, campaign_id, supporter.id) & (acted.c.target == target)
    noted = connection.execute(delete(acted).where(mine).returning(acted.c.at, acted.c.source)).one_or_none()
    if noted is not None and noted.source != COPIED:
        _count_one_less(connection, campaign_id, target, supporter.country, noted.at)
    return noted is not None


def note_decline(connection: Connection, campaign_id: str, whom: ColumnElement[bool], now: datetime) -> bool:
    """Note that somebody does not want this campaign, and cancel all that is queued of it; tell whether it is new.

    Raises:
        NotFoundError: there is no such campaign or supporter.
    """
    supporter = hold(connection, campaign_id, whom)
    row = {"campaign_id": campaign_id, "supporter_id": supporter.id, "at": now}
    is_new = insert_one(connection, declined, row)
    leaving.cancel_all(connection, supporter.id, campaign_id)
    return is_new


def undo_decline(connection: Connection, campaign_id: str, whom: ColumnElement[bool]) -> bool:
    """Forget that somebody does not want this campaign; tell whether it was noted. What was cancelled stays so."""
    supporter = hold(connection, campaign_id, whom)
    return connection.execute(delete(declined).where(_of(declined, campaign_id, supporter.id))).rowcount == 1


def hold(connection: Connection, campaign_id: str, whom: ColumnElement[bool]) -> Any:
    """Return id, country and consent of the supporter that `whom` finds; they are not erased meanwhile.

    Raises:
        NotFoundError: there is no such campaign or supporter.
    """
    if connection.scalar(select(campaigns.c.id).where(campaigns.c.id == campaign_id)) is None:
        raise NotFoundError(f"there is no published campaign {campaign_id!r}: `mailer status` lists them")
    found = select(supporters.c.id, supporters.c.country, supporters.c.consent).where(whom)
    supporter = connection.execute(found.with_for_update(read=True, key_share=True)).one_or_none()
    if supporter is None:
        raise NotFoundError("no supporter has this address")
    return supporter


def said_sent(connection: Connection, campaign_id: str) -> dict[str, int]:
    """Return how many letters supporters say they sent, by target."""
    c = action_counts.c
    query = select(c.target, func.sum(c.count)).where(c.campaign_id == campaign_id, c.kind == SENT)
    rows = connection.execute(query.group_by(c.target).order_by(c.target))
    return {target: int(count) for target, count in rows if count}


def copies_received(connection: Connection, campaign_id: str) -> Spread:
    """Return how many copies of letters arrived, by target, country and day."""
    c = action_counts.c
    kept = select(c.target, c.country, c.day, c.count).where(
        c.campaign_id == campaign_id, c.kind == COPIED, c.count > 0
    )
    return spread_of((row[0], row[1], row[2], row[3]) for row in connection.execute(kept))


def _count(connection: Connection, row: dict[str, Any], country: str, kind: str, now: datetime) -> None:
    """Count one more of a kind: of the row's campaign and target, from a country, on this day."""
    day = now.astimezone(UTC).date()
    keys = {"campaign_id": row["campaign_id"], "target": row["target"], "country": country, "day": day, "kind": kind}
    count_one(connection, action_counts, keys)


def _count_one_less(connection: Connection, campaign_id: str, target: str, country: str, at: datetime) -> None:
    """Take one from the count of that day: of the supporter's country, or of the one that they moved from."""
    c = action_counts.c
    day = (c.campaign_id == campaign_id, c.target == target, c.day == at.astimezone(UTC).date(), c.kind == SENT)
    counted = select(c.country).where(*day, c.count > 0).order_by(c.country != country, c.country).limit(1)
    there = connection.scalar(counted.with_for_update())
    connection.execute(update(action_counts).where(*day, c.country == there).values(count=c.count - 1))


def _of(table: Table, campaign_id: str, supporter_id: int) -> ColumnElement[bool]:
    """Return the condition on what one supporter told of one campaign."""
    return (table.c.campaign_id == campaign_id) & (table.c.supporter_id == supporter_id)
