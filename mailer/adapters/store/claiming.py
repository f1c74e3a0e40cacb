"""Which letters may leave now? The due deliveries of every mailing that may send, most urgent first.

Law: a claim reads at most its limit from each such mailing; what waits for later, or for a paused
mailing, is never looked at.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select, text

from mailer.adapters.store.states import WAITING, literally, may_have_left
from mailer.adapters.store.tables import Moment, campaigns, deliveries, mailings
from mailer.core.campaigns import MailingKind, Status
from mailer.core.deliveries import Delivery, DeliveryId, State
from mailer.core.progress import REAL_RUN


def may_send() -> ColumnElement[bool]:
    """Return the condition that a mailing's letters may leave; the closing leaves a closed campaign."""
    ready = and_(campaigns.c.status == Status.READY, campaigns.c.file_status == Status.READY)
    closing = and_(campaigns.c.status == Status.CLOSED, mailings.c.kind == MailingKind.CLOSING)
    return and_(~mailings.c.paused, or_(ready, closing))


def due(*, limit: int, rehearsal: bool, now: datetime) -> Select[Any]:
    """Return the ids of up to `limit` deliveries that may be claimed."""
    waiting = deliveries.alias("waiting")
    of_mailing = (
        select(waiting.c.id)
        .where(waiting.c.mailing == mailings.c.id, literally(waiting.c.state, WAITING), waiting.c.not_before <= now)
        .order_by(waiting.c.not_before, waiting.c.id)
        .limit(limit)
        .correlate(mailings)
    )
    sending = mailings.join(campaigns, campaigns.c.id == mailings.c.campaign_id)
    return (
        select(deliveries.c.id)
        .select_from(sending.join(deliveries, deliveries.c.id.in_(of_mailing)))
        .where(_of_sort(rehearsal), may_send())
        .order_by(deliveries.c.priority, deliveries.c.not_before, deliveries.c.id)
        .limit(limit)
    )


def due_suspect(*, rehearsal: bool, now: datetime) -> Select[Any]:
    """Return the id of one due delivery that a sender died with, if there is any.

    It is claimed alone, so that the next death tells whether it is the cause: a batch that was merely
    beside it is never failed.
    """
    sending = mailings.join(campaigns, campaigns.c.id == mailings.c.campaign_id)
    waiting = and_(text("deliveries.recoveries > 0"), literally(deliveries.c.state, WAITING))
    return (
        select(deliveries.c.id)
        .select_from(deliveries.join(sending, mailings.c.id == deliveries.c.mailing))
        .where(waiting, deliveries.c.not_before <= now, _of_sort(rehearsal), may_send())
        .order_by(deliveries.c.not_before, deliveries.c.id)
        .limit(1)
    )


def _of_sort(rehearsal: bool) -> ColumnElement[bool]:
    """Return the condition on a mailing that it is a rehearsal, or that it is real."""
    return mailings.c.run != REAL_RUN if rehearsal else mailings.c.run == REAL_RUN


def read_claimed(connection: Connection, ids: Collection[int]) -> tuple[Delivery, ...]:
    """Return what a claim got, with what composing needs to know of the supporter's alert."""
    alert = deliveries.alias("alert")
    current = mailings.join(campaigns, campaigns.c.id == mailings.c.campaign_id)
    joined = deliveries.join(current, mailings.c.id == deliveries.c.mailing)
    query = (
        select(deliveries, mailings.c.campaign_id, mailings.c.mailing_id, mailings.c.run)
        .add_columns(campaigns.c.revision.label("newest"), alert.c.revision.label("alert_revision"))
        .add_columns(func.coalesce(alert.c.sent_at, alert.c.composed_at, type_=Moment).label("alert_at"))
        .select_from(joined.outerjoin(alert, alert.c.id == _alert_of_same_run()))
        .where(deliveries.c.id.in_(ids))
        .order_by(deliveries.c.priority, deliveries.c.not_before, deliveries.c.id)
    )
    return tuple(_delivery(row) for row in connection.execute(query))


def _alert_of_same_run() -> ColumnElement[int]:
    """Return the id of the alert that this delivery's supporter got in the same run, if it left."""
    sent, its = deliveries.alias("sent"), mailings.alias("its")
    query = (
        select(func.max(sent.c.id))
        .join(its, its.c.id == sent.c.mailing)
        .where(
            its.c.campaign_id == mailings.c.campaign_id,
            its.c.run == mailings.c.run,
            its.c.kind == MailingKind.ALERT,
            sent.c.supporter_id == deliveries.c.supporter_id,
            sent.c.id != deliveries.c.id,
            may_have_left(sent.c),
        )
    )
    return query.scalar_subquery()


def _delivery(row: Any) -> Delivery:
    """Return the value of a claimed row; a first try gets the campaign's newest revision."""
    return Delivery(
        id=DeliveryId(row.id),
        campaign_id=row.campaign_id,
        mailing=row.mailing,
        mailing_id=row.mailing_id,
        run=row.run,
        supporter_id=row.supporter_id,
        state=State(row.state),
        claim=row.claim,
        lease_until=row.lease_until,
        attempts=row.attempts,
        revision=row.revision if row.composed_at is not None else row.newest,
        composed_at=row.composed_at,
        key_id=row.key_id,
        deadline=row.deadline,
        alert_sent_at=row.alert_at,
        alert_revision=row.alert_revision or 0,
        recoveries=row.recoveries,
    )
