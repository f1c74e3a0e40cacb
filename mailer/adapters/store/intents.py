"""May this letter still leave? The last look before content is written, in the statement that says so.

Law: consent, suppression, campaign, revision and what the supporter did are read in the very transaction
that makes the intent durable. Whatever was committed before it holds; what comes after it is too late.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, exists, or_, select, true, update

from mailer.adapters.store.claiming import is_over, may_send
from mailer.adapters.store.filling import may_be_written
from mailer.adapters.store.states import change
from mailer.adapters.store.tables import acted, campaigns, declined, deliveries, mailings, supporters
from mailer.core.campaigns import MailingKind
from mailer.core.deliveries import LEASE, DeliveryId, Event, Obstacles, State, move, settle_refused_intent
from mailer.flows.outbox import Intent


def intend(connection: Connection, intents: Sequence[Intent], now: datetime) -> frozenset[DeliveryId]:
    """Grant the intents that nothing forbids, and settle the others; return those granted.

    An intent that was granted before, by a commit that nobody heard of, is looked at once more.
    """
    granted: set[DeliveryId] = set()
    for alike, group in groupby(sorted(intents, key=_order), key=_composition):
        granted |= _intend_alike(connection, alike, {intent.delivery.id for intent in group}, now)
    return frozenset(granted)


class _Composition(NamedTuple):
    """What the intents of one statement share; `repeats` tells that a letter was composed by an earlier try."""

    claim: str
    composed_at: datetime
    key_id: int
    revision: int
    repeats: bool


def _composition(intent: Intent) -> _Composition:
    """Return what an intent shares with others."""
    repeats = intent.delivery.composed_at is not None
    return _Composition(intent.delivery.claim, intent.composed_at, intent.key_id, intent.revision, repeats)


def _order(intent: Intent) -> tuple[_Composition, DeliveryId]:
    """Return what brings those together that share a statement."""
    return _composition(intent), intent.delivery.id


def _intend_alike(
    connection: Connection, alike: _Composition, wished: set[DeliveryId], now: datetime
) -> set[DeliveryId]:
    """Grant intents of one composition, in one statement."""
    fresh_enough = deliveries.c.lease_until > now + LEASE / 2
    statement = update(deliveries).where(_ours(alike, wished), _wanted(alike), fresh_enough)
    values = {"state": move(State.CLAIMED, Event.INTEND), "composed_at": alike.composed_at, "key_id": alike.key_id}
    granting = statement.values(**values, revision=alike.revision).returning(deliveries.c.id)
    granted = set(connection.execute(granting).scalars())
    if wished - granted:
        _settle_refused(connection, alike, wished - granted, now)
    return granted


def _ours(alike: _Composition, ids: Collection[DeliveryId]) -> ColumnElement[bool]:
    """Return the condition that a delivery is claimed by us, or that this very intent of ours was granted before."""
    granted = and_(deliveries.c.state == State.SENDING, deliveries.c.composed_at == alike.composed_at)
    ours = and_(deliveries.c.id.in_(ids), deliveries.c.claim == alike.claim)
    return and_(ours, or_(deliveries.c.state == State.CLAIMED, granted))


def _wanted(alike: _Composition) -> ColumnElement[bool]:
    """Return the condition that a letter is still wanted: campaign, revision, consent, suppression, action.

    One that was tried before repeats its bytes, of its own revision.
    """
    supporter = exists().where(supporters.c.id == deliveries.c.supporter_id, *may_be_written())
    slot = and_(mailings.c.id == deliveries.c.mailing, mailings.c.campaign_id == campaigns.c.id)
    needed = or_(mailings.c.kind != MailingKind.REMINDER, ~_done())
    current = true() if alike.repeats else campaigns.c.revision == alike.revision
    return and_(supporter, exists().where(slot, may_send(), needed, current))


def _done() -> ColumnElement[bool]:
    """Return the condition that a supporter has written, or said "not this case"."""
    return or_(*(_answered(table) for table in (acted, declined)))


def _answered(table: Table) -> ColumnElement[bool]:
    """Return the condition that `table` has a row for the delivery and campaign of the query around it."""
    same = and_(table.c.campaign_id == mailings.c.campaign_id, table.c.supporter_id == deliveries.c.supporter_id)
    return select(table.c.at).where(same).correlate(mailings, deliveries).exists()


def _settle_refused(
    connection: Connection, alike: _Composition, refused: Collection[DeliveryId], now: datetime
) -> None:
    """Move the deliveries whose intent was refused to where the obstacle sends them.

    What waits for a paused campaign or mailing goes back as it was: no claim takes it before `resume`. A letter
    of an old revision, or of a claim that was held for too long, is claimed and composed anew at once.
    """
    for row in connection.execute(_obstacles(_ours(alike, refused))).all():
        event = settle_refused_intent(Obstacles(bool(row.over), bool(row.left), bool(row.unneeded)))
        this = deliveries.c.id == row.id
        if row.state == State.SENDING:  # granted before, but nobody heard of it: nothing was written
            anew = {} if alike.repeats else {"composed_at": None, "key_id": None}
            change(connection, this, State.SENDING, Event.REFUSE_FOR_NOW, anew)
            if event is not Event.RELEASE:
                change(connection, this, State.DEFERRED, event)
        else:
            change(connection, this, State.CLAIMED, event)


def _obstacles(ours: ColumnElement[bool]) -> Select[Any]:
    """Return the query of what stands against each refused delivery that is still ours."""
    welcome = exists().where(supporters.c.id == deliveries.c.supporter_id, *may_be_written())
    unneeded = and_(mailings.c.kind == MailingKind.REMINDER, _done())
    current = mailings.join(campaigns, campaigns.c.id == mailings.c.campaign_id)
    return (
        select(deliveries.c.id, deliveries.c.state, is_over().label("over"), (~welcome).label("left"))
        .add_columns(unneeded.label("unneeded"))
        .select_from(deliveries.join(current, mailings.c.id == deliveries.c.mailing))
        .where(ours)
        .order_by(deliveries.c.id)
    )
