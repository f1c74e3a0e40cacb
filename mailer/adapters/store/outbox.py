"""What became of which letter? The durable queue of deliveries, as senders use it.

Crash safety: a claim token proves at each step that the row is still ours. All acks and intents of a
moment share one transaction (group commit).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from secrets import token_hex
from typing import Any

from sqlalchemy import Connection, Engine, and_, func, select, update

from mailer.adapters.store.claiming import due, due_suspect, may_send, read_claimed
from mailer.adapters.store.engine import reading, writing
from mailer.adapters.store.intents import LEASE, intend
from mailer.adapters.store.recovery import cancel_strays, recover_held, resend_lost
from mailer.adapters.store.states import change
from mailer.adapters.store.suppressing import judge_pending, mailings_with_pending, suppress_pending
from mailer.adapters.store.tables import campaigns, deliveries, mailings
from mailer.core.deliveries import Decision, Delivery, DeliveryId, Event, State
from mailer.flows.outbox import Ack, Intent


class SqlOutbox:
    """The queue of deliveries in SQL; `is_dead` tells whether a named worker is gone."""

    def __init__(self, engine: Engine, is_dead: Callable[[str], bool]) -> None:
        self._engine = engine
        self._is_dead = is_dead

    def claim(self, *, worker: str, limit: int, rehearsal: bool, now: datetime) -> tuple[Delivery, ...]:
        """Take up to `limit` due deliveries of running campaigns for `worker`, or one alone that a sender died with."""
        held = {"state": State.CLAIMED, "worker": worker, "claim": token_hex(16), "lease_until": now + LEASE}
        claiming = update(deliveries).values(**held).returning(deliveries.c.id)
        with writing(self._engine) as connection:
            for chosen in (due_suspect(rehearsal=rehearsal, now=now), due(limit=limit, rehearsal=rehearsal, now=now)):
                claimed = connection.execute(claiming.where(deliveries.c.id.in_(chosen))).scalars().all()
                if claimed:
                    return read_claimed(connection, claimed)
            return ()

    def commit(self, intents: Sequence[Intent], acks: Sequence[Ack], *, now: datetime) -> frozenset[DeliveryId]:
        """Make acks and intents durable in one transaction; return the intents that were granted."""
        with writing(self._engine) as connection:
            for ack in acks:
                _settle(connection, ack, now)
            return intend(connection, intents, now)

    def recover(self, *, now: datetime) -> int:
        """Settle what dead workers, ended campaigns and other senders left; return how much was given back."""
        with writing(self._engine) as connection:
            found = recover_held(connection, self._is_dead)
            resent = resend_lost(connection, now)
            cancel_strays(connection)
            for mailing in mailings_with_pending(connection):
                if judge_pending(connection, mailing) == "":
                    suppress_pending(connection, mailing, now)
            return found + resent

    def apply_suppressions(self, mailing: int, *, now: datetime) -> str:
        """Write the pending suppressions of a mailing, or return why it must pause instead."""
        with writing(self._engine) as connection:
            verdict = judge_pending(connection, mailing)
            if verdict == "":
                suppress_pending(connection, mailing, now)
            return verdict or ""

    def pause_mailing(self, row: int, reason: str) -> None:
        """Hold one mailing, and say why; `resume` of its campaign lifts it."""
        with writing(self._engine) as connection:
            connection.execute(update(mailings).where(mailings.c.id == row).values(paused=True, reason=reason))

    def unfinished(self, *, rehearsal: bool) -> int:
        """Return how many deliveries of running campaigns wait to be tried again."""
        running = select(mailings.c.id).join(campaigns, campaigns.c.id == mailings.c.campaign_id).where(may_send())
        deferred = and_(deliveries.c.mailing.in_(running), deliveries.c.state == State.DEFERRED)
        query = select(func.count()).where(deferred, deliveries.c.rehearsal == rehearsal)
        with reading(self._engine) as connection:
            return int(connection.execute(query).scalar_one())


def _settle(connection: Connection, ack: Ack, now: datetime) -> None:
    """Write what became of one delivery, if it is still held by its claim."""
    decision, delivery = ack.decision, ack.delivery
    ours = (deliveries.c.id == delivery.id) & (deliveries.c.claim == delivery.claim)
    values = {"reply": ack.reply, **_consequences(decision, now)}
    if decision.counts_as_attempt:
        values["attempts"] = deliveries.c.attempts + 1
    change(connection, ours, delivery.state, decision.event, values)


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
