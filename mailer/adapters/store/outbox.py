"""Which letters may leave now, and what became of them? The durable queue of deliveries.

Crash safety: a claimed row was never written to a relay and goes back; a row that is `sending` may have
been, and becomes `uncertain`. A claim token proves that the row is still ours at each step. All acks and
intents of a moment share one transaction (group commit).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from secrets import token_hex
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Table, and_, exists, func, or_, select, update

from mailer.adapters.store.dialect import insert_new
from mailer.adapters.store.engine import reading, writing
from mailer.adapters.store.filling import may_be_written
from mailer.adapters.store.tables import (
    Moment,
    acted,
    campaigns,
    declined,
    deliveries,
    mailings,
    supporters,
    suppressions,
)
from mailer.core.brakes import suppression_brake
from mailer.core.campaigns import MailingKind, Status
from mailer.core.deliveries import (
    FINAL,
    MOST_RECOVERIES,
    Decision,
    Delivery,
    DeliveryId,
    Event,
    Obstacles,
    State,
    move,
    settle_refused_intent,
)
from mailer.flows.outbox import Ack, Intent

LEASE = timedelta(minutes=15)
REFUSED_PAUSE = timedelta(minutes=1)
_WAITING = (State.QUEUED, State.DEFERRED)


class SqlOutbox:
    """The queue of deliveries in SQL; `is_dead` tells whether a named worker is gone."""

    def __init__(self, engine: Engine, is_dead: Callable[[str], bool]) -> None:
        self._engine = engine
        self._is_dead = is_dead

    def claim(self, *, worker: str, limit: int, rehearsal: bool, now: datetime) -> tuple[Delivery, ...]:
        """Take up to `limit` due deliveries of running campaigns for `worker`, most urgent first."""
        token = token_hex(16)
        waiting = and_(deliveries.c.state.in_(_WAITING), deliveries.c.rehearsal == rehearsal)
        due = (
            select(deliveries.c.id)
            .join(mailings, mailings.c.id == deliveries.c.mailing)
            .join(campaigns, campaigns.c.id == mailings.c.campaign_id)
            .where(waiting, deliveries.c.not_before <= now, _may_send())
            .order_by(deliveries.c.priority, deliveries.c.not_before, deliveries.c.id)
            .limit(limit)
        )
        held = {"state": State.CLAIMED, "worker": worker, "claim": token, "lease_until": now + LEASE}
        with writing(self._engine) as connection:
            connection.execute(update(deliveries).where(deliveries.c.id.in_(due)).values(**held))
            return _read_claim(connection, token)

    def commit(self, intents: Sequence[Intent], acks: Sequence[Ack], *, now: datetime) -> frozenset[DeliveryId]:
        """Make acks and intents durable in one transaction; return the intents that were granted."""
        with writing(self._engine) as connection:
            for ack in acks:
                _settle(connection, ack, now)
            granted: set[DeliveryId] = set()
            for _, group in groupby(intents, key=_composition):
                granted |= _intend(connection, list(group), now)
            return frozenset(granted)

    def recover(self, *, now: datetime) -> int:
        """Give back what dead workers held, and queue lost letters of campaigns that resend once more."""
        with writing(self._engine) as connection:
            holding = deliveries.c.state.in_((State.CLAIMED, State.SENDING))
            workers = connection.execute(select(deliveries.c.worker).where(holding).distinct()).scalars().all()
            dead = [worker for worker in workers if self._is_dead(worker)]
            held = deliveries.c.worker.in_(dead)
            again = {"recoveries": deliveries.c.recoveries + 1}
            poison = held & (deliveries.c.recoveries + 1 >= MOST_RECOVERIES)
            failed = _change(connection, poison, State.CLAIMED, Event.FAIL, {"reply": "three senders died with it"})
            released = _change(connection, held, State.CLAIMED, Event.RELEASE, again)
            lost = _change(connection, held, State.SENDING, Event.LOSE, {"reply": "the sender died while sending"})
            return failed + released + lost + _resend_lost(connection, now)

    def apply_suppressions(self, mailing: int, *, now: datetime) -> str:
        """Write the pending suppressions of a mailing, or return why it must pause instead."""
        rows = deliveries.c.mailing == mailing
        with writing(self._engine) as connection:
            pending = rows & (deliveries.c.suppress != "")
            counted = _count(connection, pending)
            if not counted:
                return ""
            finished = _count(connection, rows & deliveries.c.state.in_((State.SENT, State.FAILED, State.UNCERTAIN)))
            unfinished = _count(connection, rows & deliveries.c.state.not_in([*FINAL, State.UNCERTAIN]))
            verdict = suppression_brake(finished=finished, unfinished=unfinished, pending=counted)
            if verdict == "":
                _suppress(connection, pending, now)
            return verdict or ""

    def pause_mailing(self, row: int, reason: str) -> None:
        """Hold one mailing, and say why; `resume` of its campaign lifts it."""
        with writing(self._engine) as connection:
            connection.execute(update(mailings).where(mailings.c.id == row).values(paused=True, reason=reason))

    def unfinished(self, *, rehearsal: bool) -> int:
        """Return how many deliveries wait to be tried again."""
        deferred = and_(deliveries.c.state == State.DEFERRED, deliveries.c.rehearsal == rehearsal)
        with reading(self._engine) as connection:
            return _count(connection, deferred)


def _may_send() -> ColumnElement[bool]:
    """Return the condition that a mailing's letters may leave; the closing leaves a closed campaign."""
    ready = and_(campaigns.c.status == Status.READY, campaigns.c.file_status == Status.READY)
    closing = and_(campaigns.c.status == Status.CLOSED, mailings.c.kind == MailingKind.CLOSING)
    return and_(~mailings.c.paused, or_(ready, closing))


def _read_claim(connection: Connection, token: str) -> tuple[Delivery, ...]:
    """Return what a claim got, with what composing needs to know of the supporter's alert."""
    alert = deliveries.alias("alert")
    current = mailings.join(campaigns, campaigns.c.id == mailings.c.campaign_id)
    joined = deliveries.join(current, mailings.c.id == deliveries.c.mailing)
    query = (
        select(deliveries, mailings.c.campaign_id, mailings.c.mailing_id, mailings.c.run)
        .add_columns(campaigns.c.revision.label("newest"), alert.c.revision.label("alert_revision"))
        .add_columns(func.coalesce(alert.c.sent_at, alert.c.composed_at, type_=Moment).label("alert_at"))
        .select_from(joined.outerjoin(alert, alert.c.id == _alert_of_same_run()))
        .where(deliveries.c.claim == token)
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
            sent.c.state.in_((State.SENT, State.UNCERTAIN)),
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
    )


def _composition(intent: Intent) -> tuple[str, datetime, int, int]:
    """Return what intents of one statement share."""
    return intent.delivery.claim, intent.composed_at, intent.key_id, intent.revision


def _intend(connection: Connection, intents: list[Intent], now: datetime) -> set[DeliveryId]:
    """Grant the intents that nothing forbids, in one statement, and settle the others."""
    claim, composed_at, key_id, revision = _composition(intents[0])
    wished = {intent.delivery.id for intent in intents}
    still_ours = and_(deliveries.c.id.in_(wished), deliveries.c.claim == claim, deliveries.c.state == State.CLAIMED)
    values = {"state": State.SENDING, "composed_at": composed_at, "key_id": key_id, "revision": revision}
    statement = update(deliveries).where(still_ours, _wanted(), deliveries.c.lease_until > now + LEASE / 2)
    granted = set(connection.execute(statement.values(**values).returning(deliveries.c.id)).scalars())
    if wished - granted:
        _settle_refused(connection, wished - granted, claim, now)
    return granted


def _wanted() -> ColumnElement[bool]:
    """Return the condition that a letter is still wanted: campaign, consent, suppression, action."""
    supporter = exists().where(supporters.c.id == deliveries.c.supporter_id, *may_be_written())
    slot = and_(mailings.c.id == deliveries.c.mailing, mailings.c.campaign_id == campaigns.c.id)
    running = exists().where(slot, _may_send(), or_(mailings.c.kind != MailingKind.REMINDER, ~_done()))
    return and_(supporter, running)


def _done() -> ColumnElement[bool]:
    """Return the condition that a supporter has written, or said "not this case"."""
    return or_(*(_answered(table) for table in (acted, declined)))


def _answered(table: Table) -> ColumnElement[bool]:
    """Return the condition that `table` has a row for the delivery and campaign of the query around it."""
    same = and_(table.c.campaign_id == mailings.c.campaign_id, table.c.supporter_id == deliveries.c.supporter_id)
    return select(table.c.at).where(same).correlate(mailings, deliveries).exists()


def _settle_refused(connection: Connection, refused: Iterable[DeliveryId], claim: str, now: datetime) -> None:
    """Move the deliveries whose intent was refused to where the obstacle sends them; those that wait do not spin."""
    over = campaigns.c.status.in_((Status.STOPPED, Status.CLOSED)) & (mailings.c.kind != MailingKind.CLOSING)
    welcome = exists().where(supporters.c.id == deliveries.c.supporter_id, *may_be_written())
    unneeded = and_(mailings.c.kind == MailingKind.REMINDER, _done())
    current = mailings.join(campaigns, campaigns.c.id == mailings.c.campaign_id)
    query = (
        select(deliveries.c.id, over.label("over"), (~welcome).label("left"), unneeded.label("unneeded"))
        .select_from(deliveries.join(current, mailings.c.id == deliveries.c.mailing))
        .where(deliveries.c.id.in_(refused), deliveries.c.claim == claim, deliveries.c.state == State.CLAIMED)
    )
    for row in connection.execute(query).all():
        event = settle_refused_intent(Obstacles(bool(row.over), bool(row.left), bool(row.unneeded)))
        later = {"not_before": now + REFUSED_PAUSE} if event is Event.RELEASE else None
        _change(connection, deliveries.c.id == row.id, State.CLAIMED, event, later)


def _settle(connection: Connection, ack: Ack, now: datetime) -> None:
    """Write what became of one delivery, if it is still held by its claim."""
    decision, delivery = ack.decision, ack.delivery
    ours = (deliveries.c.id == delivery.id) & (deliveries.c.claim == delivery.claim)
    values = {"reply": ack.reply, **_consequences(decision, now)}
    if decision.counts_as_attempt:
        values["attempts"] = deliveries.c.attempts + 1
    _change(connection, ours & (deliveries.c.state == delivery.state), delivery.state, decision.event, values)


def _consequences(decision: Decision, now: datetime) -> dict[str, Any]:
    """Return the columns that a decision sets beside the state."""
    values: dict[str, Any] = {}
    if decision.not_before is not None:
        values["not_before"] = decision.not_before
    if decision.event is Event.ACCEPT:
        values["sent_at"] = now
    if decision.suppress is not None:
        values["suppress"] = decision.suppress
    return values


def _change(
    connection: Connection,
    condition: ColumnElement[bool],
    state: State,
    event: Event,
    values: dict[str, Any] | None = None,
) -> int:
    """Move the rows that meet `condition` from `state` by `event`; return how many there were."""
    statement = update(deliveries).where(condition, deliveries.c.state == state)
    return connection.execute(statement.values(state=move(state, event), **(values or {}))).rowcount


def _resend_lost(connection: Connection, now: datetime) -> int:
    """Queue uncertain letters once more, and only once, where the campaign says so."""
    resending = select(mailings.c.id).join(campaigns).where(campaigns.c.resend_uncertain)
    lost = and_(~deliveries.c.resent, deliveries.c.mailing.in_(resending))
    return _change(connection, lost, State.UNCERTAIN, Event.RESEND, {"resent": True, "not_before": now})


def _suppress(connection: Connection, pending: ColumnElement[bool], now: datetime) -> None:
    """Turn pending suppressions into rows that no import revives."""
    query = select(supporters.c.address_hash, deliveries.c.suppress)
    rows = connection.execute(query.join(deliveries, deliveries.c.supporter_id == supporters.c.id).where(pending))
    insert_new(connection, suppressions, [{"address_hash": h, "reason": reason, "since": now} for h, reason in rows])
    connection.execute(update(deliveries).where(pending).values(suppress=""))


def _count(connection: Connection, condition: ColumnElement[bool]) -> int:
    """Return how many deliveries meet `condition`."""
    return int(connection.execute(select(func.count()).select_from(deliveries).where(condition)).scalar_one())
