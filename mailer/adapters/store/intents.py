"""May this letter still leave? The last look before content is written, in the statement that says so.

Law: consent, suppression, campaign, revision, what the supporter did, their pause and their week are read in the very
transaction that makes the intent durable. Whatever was committed before it holds; what comes after it is too late.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.sql.dml import ReturningUpdate

from mailer.adapters.store.claiming import is_over, may_send
from mailer.adapters.store.resting import as_of, is_rested, week_of
from mailer.adapters.store.states import change
from mailer.adapters.store.tables import campaigns, deliveries, mailings, retired, supporters
from mailer.adapters.store.wishing import is_unneeded, is_welcome
from mailer.core.campaigns import MailingKind
from mailer.core.deliveries import LEASE, DeliveryId, Event, Obstacles, State, move, settle_refused_intent
from mailer.core.fatigue import held_until, put_off
from mailer.flows.outbox import Intent


def intend(connection: Connection, intents: Sequence[Intent], now: datetime) -> frozenset[DeliveryId]:
    """Grant the intents that nothing forbids, and settle the others; return those granted.

    An intent that was granted before, by a commit that nobody heard of, is looked at once more. No statement grants
    two letters to one supporter: the second has to see the first, which may fill their week.
    """
    granted: set[DeliveryId] = set()
    for alike, group in groupby(sorted(_in_turns(intents)), key=itemgetter(0)):
        granted |= _intend_alike(connection, alike, {delivery_id for _, delivery_id in group}, now)
    return frozenset(granted)


class _Composition(NamedTuple):
    """What the intents of one statement share; `repeats` tells that a letter was composed by an earlier try."""

    turn: int
    claim: str
    composed_at: datetime
    key_id: int
    revision: int
    repeats: bool
    retirements: int


def _in_turns(intents: Sequence[Intent]) -> Iterator[tuple[_Composition, DeliveryId]]:
    """Return intents with what they share with others; a supporter's second letter has another turn than the first."""
    turns: Counter[int] = Counter()
    for intent in sorted(intents, key=lambda each: each.delivery.id):
        own, repeats = intent.delivery, intent.delivery.composed_at is not None
        composed = (own.claim, intent.composed_at, intent.key_id, intent.revision, repeats, intent.retirements)
        yield _Composition(turns[own.supporter_id], *composed), own.id
        turns[own.supporter_id] += 1


def _intend_alike(
    connection: Connection, alike: _Composition, wished: set[DeliveryId], now: datetime
) -> set[DeliveryId]:
    """Grant intents of one composition, in one statement."""
    composed = {"moment": alike.composed_at, "key": alike.key_id, "number": alike.revision}
    given = _named(alike, wished) | composed | as_of(now)
    given |= {"fresh_until": now + LEASE / 2, "retirements": alike.retirements}
    granted = set(connection.execute(_granting(alike.repeats), given).scalars())
    if wished - granted:
        _settle_refused(connection, alike, wished - granted, now)
    return granted


@cache
def _granting(repeats: bool) -> ReturningUpdate[Any]:
    """Return the statement that grants intents; making it takes longer than running it.

    A letter that was tried before repeats its bytes, of its own revision.
    """
    slot = and_(mailings.c.id == deliveries.c.mailing, mailings.c.campaign_id == campaigns.c.id)
    reader = supporters.c.id == deliveries.c.supporter_id
    current = true() if repeats else campaigns.c.revision == bindparam("number")
    wanted = exists().where(slot, reader, may_send(), current, is_welcome(), ~is_unneeded(), is_rested())
    fresh_enough = deliveries.c.lease_until > bindparam("fresh_until")
    granting = update(deliveries).where(_ours(), wanted, _knows_of_all(), fresh_enough)
    composed: dict[str, Any] = {
        "composed_at": bindparam("moment"),
        "key_id": bindparam("key"),
        "revision": bindparam("number"),
    }
    state = move(State.CLAIMED, Event.INTEND)
    return granting.values(composed | {"state": state}).returning(deliveries.c.id)


def _named(alike: _Composition, ids: Collection[DeliveryId]) -> dict[str, Any]:
    """Return what `_ours` is asked with."""
    return {"ids": sorted(ids), "token": alike.claim, "moment": alike.composed_at}


def _ours() -> ColumnElement[bool]:
    """Return the condition that a delivery is claimed by us, or that this very intent of ours was granted before."""
    granted = and_(deliveries.c.state == State.SENDING, deliveries.c.composed_at == bindparam("moment"))
    named = deliveries.c.id.in_(bindparam("ids", expanding=True))
    return and_(named, deliveries.c.claim == bindparam("token"), or_(deliveries.c.state == State.CLAIMED, granted))


def _knows_of_all() -> ColumnElement[bool]:
    """Return the condition that nothing was retired which a letter, also one that repeats, may still have."""
    return select(func.count()).select_from(retired).scalar_subquery() <= bindparam("retirements", type_=Integer)


def _settle_refused(
    connection: Connection, alike: _Composition, refused: Collection[DeliveryId], now: datetime
) -> None:
    """Move the deliveries whose intent was refused to where the obstacle sends them.

    What waits for a paused campaign or mailing goes back as it was: no claim takes it before `resume`. What its
    reader's pause or week holds back goes back until then. A letter of an old revision, or of a claim that was held
    for too long, is claimed and composed anew at once.
    """
    for row in connection.execute(_obstacles(), _named(alike, refused)).all():
        event = settle_refused_intent(Obstacles(bool(row.over), bool(row.left), bool(row.unneeded)))
        later = _later(connection, row, now) if event is Event.RELEASE else {}
        this = deliveries.c.id == row.id
        if row.state == State.SENDING:  # granted before, but nobody heard of it: nothing was written
            anew = {} if alike.repeats else {"composed_at": None, "key_id": None}
            change(connection, this, State.SENDING, Event.REFUSE_FOR_NOW, anew | later)
            if event is not Event.RELEASE:
                change(connection, this, State.DEFERRED, event)
        else:
            change(connection, this, State.CLAIMED, event, later)


def _later(connection: Connection, row: Any, now: datetime) -> dict[str, Any]:
    """Return when a letter that its reader's pause or week holds back is looked at again; nothing if neither does."""
    kind = MailingKind(row.kind)
    until = held_until(kind, week_of(connection, row.id, now), row.paused_until, now)
    return {"not_before": put_off(kind, row.not_before, until, row.deadline)} if until is not None else {}


@cache
def _obstacles() -> Select[Any]:
    """Return the query of what stands against each refused delivery that is still ours; who was erased has left."""
    joined = (
        deliveries.join(mailings, mailings.c.id == deliveries.c.mailing)
        .join(campaigns, campaigns.c.id == mailings.c.campaign_id)
        .outerjoin(supporters, supporters.c.id == deliveries.c.supporter_id)
    )
    left = or_(supporters.c.id.is_(None), ~is_welcome())
    return (
        select(deliveries.c.id, deliveries.c.state, deliveries.c.not_before, deliveries.c.deadline, mailings.c.kind)
        .add_columns(supporters.c.paused_until, is_over().label("over"), left.label("left"))
        .add_columns(is_unneeded().label("unneeded"))
        .select_from(joined)
        .where(_ours())
        .order_by(deliveries.c.id)
    )
