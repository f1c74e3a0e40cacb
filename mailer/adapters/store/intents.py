"""May this letter still leave? The last look before content is written, in the statement that says so.

Law: consent, suppression, campaign, revision and what the supporter did are read in the very transaction
that makes the intent durable. Whatever was committed before it holds; what comes after it is too late.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, exists, or_, select, update

from mailer.adapters.store.claiming import may_send
from mailer.adapters.store.filling import may_be_written
from mailer.adapters.store.states import change
from mailer.adapters.store.tables import acted, campaigns, declined, deliveries, mailings, supporters
from mailer.core.campaigns import MailingKind, Status
from mailer.core.deliveries import DeliveryId, Event, Obstacles, State, move, settle_refused_intent
from mailer.flows.outbox import Intent

LEASE = timedelta(minutes=15)
REFUSED_PAUSE = timedelta(minutes=1)


def intend(connection: Connection, intents: Sequence[Intent], now: datetime) -> frozenset[DeliveryId]:
    """Grant the intents that nothing forbids, and settle the others; return those granted."""
    granted: set[DeliveryId] = set()
    for _, group in groupby(intents, key=_composition):
        granted |= _intend_alike(connection, list(group), now)
    return frozenset(granted)


def _composition(intent: Intent) -> tuple[str, datetime, int, int]:
    """Return what intents of one statement share."""
    return intent.delivery.claim, intent.composed_at, intent.key_id, intent.revision


def _intend_alike(connection: Connection, intents: list[Intent], now: datetime) -> set[DeliveryId]:
    """Grant intents of one composition, in one statement."""
    claim, composed_at, key_id, revision = _composition(intents[0])
    wished = {intent.delivery.id for intent in intents}
    ours = and_(deliveries.c.id.in_(wished), deliveries.c.claim == claim, deliveries.c.state == State.CLAIMED)
    values = {"state": move(State.CLAIMED, Event.INTEND), "composed_at": composed_at, "key_id": key_id}
    statement = update(deliveries).where(ours, _wanted(revision), deliveries.c.lease_until > now + LEASE / 2)
    granting = statement.values(**values, revision=revision).returning(deliveries.c.id)
    granted = set(connection.execute(granting).scalars())
    if wished - granted:
        _settle_refused(connection, wished - granted, claim, now)
    return granted


def _wanted(revision: int) -> ColumnElement[bool]:
    """Return the condition that a letter is still wanted: campaign, revision, consent, suppression, action."""
    supporter = exists().where(supporters.c.id == deliveries.c.supporter_id, *may_be_written())
    slot = and_(mailings.c.id == deliveries.c.mailing, mailings.c.campaign_id == campaigns.c.id)
    needed = or_(mailings.c.kind != MailingKind.REMINDER, ~_done())
    running = exists().where(slot, may_send(), needed, or_(_composed_before(), campaigns.c.revision == revision))
    return and_(supporter, running)


def _composed_before() -> ColumnElement[bool]:
    """Return the condition that the letter was tried before: it repeats its bytes, of its own revision."""
    return deliveries.c.composed_at.is_not(None)


def _done() -> ColumnElement[bool]:
    """Return the condition that a supporter has written, or said "not this case"."""
    return or_(*(_answered(table) for table in (acted, declined)))


def _answered(table: Table) -> ColumnElement[bool]:
    """Return the condition that `table` has a row for the delivery and campaign of the query around it."""
    same = and_(table.c.campaign_id == mailings.c.campaign_id, table.c.supporter_id == deliveries.c.supporter_id)
    return select(table.c.at).where(same).correlate(mailings, deliveries).exists()


def _settle_refused(connection: Connection, refused: Iterable[DeliveryId], claim: str, now: datetime) -> None:
    """Move the deliveries whose intent was refused to where the obstacle sends them.

    What waits for a paused campaign or mailing comes back later, so that it does not spin; a letter of an
    old revision, or of a claim that was held for too long, is claimed and composed anew at once.
    """
    for row in connection.execute(_obstacles(refused, claim)).all():
        event = settle_refused_intent(Obstacles(bool(row.over), bool(row.left), bool(row.unneeded)))
        held_back = event is Event.RELEASE and not row.sending
        later = {"not_before": now + REFUSED_PAUSE} if held_back else None
        change(connection, deliveries.c.id == row.id, State.CLAIMED, event, later)


def _obstacles(refused: Iterable[DeliveryId], claim: str) -> Any:
    """Return the query of what stands against each refused delivery that is still held by `claim`."""
    over = campaigns.c.status.in_((Status.STOPPED, Status.CLOSED)) & (mailings.c.kind != MailingKind.CLOSING)
    welcome = exists().where(supporters.c.id == deliveries.c.supporter_id, *may_be_written())
    unneeded = and_(mailings.c.kind == MailingKind.REMINDER, _done())
    current = mailings.join(campaigns, campaigns.c.id == mailings.c.campaign_id)
    return (
        select(deliveries.c.id, over.label("over"), (~welcome).label("left"), unneeded.label("unneeded"))
        .add_columns(may_send().label("sending"))
        .select_from(deliveries.join(current, mailings.c.id == deliveries.c.mailing))
        .where(deliveries.c.id.in_(refused), deliveries.c.claim == claim, deliveries.c.state == State.CLAIMED)
    )
