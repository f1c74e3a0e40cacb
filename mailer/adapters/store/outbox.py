"""What became of which letter? The durable queue of deliveries, as senders use it.

Crash safety: a claim token proves at each step that the row is still ours. All acks and intents of a
moment share one transaction (group commit). Every step may be repeated when nobody knows whether its commit
was made: a claim returns what it has taken, an ack changes nothing twice, an intent is looked at once more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from secrets import token_hex

from sqlalchemy import ColumnElement, Engine, and_, func, or_, select, update

from mailer.adapters.store.claimed import read_own
from mailer.adapters.store.claiming import Claim, claim_due, demands, may_send
from mailer.adapters.store.engine import reading, writing
from mailer.adapters.store.intents import intend
from mailer.adapters.store.liveness import Liveness
from mailer.adapters.store.recovery import cancel_strays, resend_lost, settle_dead, settle_stalled
from mailer.adapters.store.resting import hold_readers
from mailer.adapters.store.settling import settle
from mailer.adapters.store.states import WAITING, hold_in_order, in_nobodys_hand, literally
from mailer.adapters.store.suppressing import bar_pending, mailings_with_pending
from mailer.adapters.store.tables import campaigns, deliveries, mailings
from mailer.core.deliveries import LEASE, Delivery, DeliveryId, State
from mailer.errors import MailerError
from mailer.flows.outbox import Ack, Intent


class SqlOutbox:
    """The queue of deliveries in SQL; `liveness` tells which workers are gone.

    `before_letters` is called before intents are granted; what it raises keeps letters from leaving.
    """

    def __init__(self, engine: Engine, liveness: Liveness, before_letters: Callable[[], None] = lambda: None) -> None:
        self._engine = engine
        self._liveness = liveness
        self._before_letters = before_letters
        self._turn = 0
        self._unanswered = ""  # the token of a claim whose commit may have been made

    def claim(self, *, worker: str, limit: int, rehearsal: bool, now: datetime) -> tuple[Delivery, ...]:
        """Take up to `limit` due deliveries of running campaigns for `worker`, or one alone that a sender died with."""
        repeated, token = self._unanswered, self._unanswered or token_hex(16)
        self._unanswered = token
        made = Claim(worker, token, now + LEASE, rehearsal, now)
        with writing(self._engine) as connection:
            claimed = read_own(connection, worker=worker, token=repeated) if repeated else ()
            claimed = claimed or claim_due(connection, made, limit=limit, turn=self._turn)
        self._unanswered = ""
        self._turn += 1
        return claimed

    def has_due(self, *, rehearsal: bool, now: datetime) -> bool:
        """Tell whether anything is due, also if it only waits for its campaign's pace."""
        with reading(self._engine) as connection:
            return bool(demands(connection, rehearsal=rehearsal, now=now))

    def commit(self, intents: Sequence[Intent], acks: Sequence[Ack], *, now: datetime) -> frozenset[DeliveryId]:
        """Make acks and intents durable in one transaction; return the intents that were granted."""
        if intents:
            self._permit(acks, now)
        with writing(self._engine) as connection:
            hold_readers(connection, {e.delivery.id for e in intents})
            hold_in_order(connection, {e.delivery.id for e in acks} | {e.delivery.id for e in intents})
            settle(connection, acks, now)
            return intend(connection, intents, now)

    def _permit(self, acks: Sequence[Ack], now: datetime) -> None:
        """Ask whether letters may leave; what has left already is written down in any case."""
        try:
            self._before_letters()
        except MailerError:
            if acks:
                self.commit([], acks, now=now)
            raise

    def beat(self, worker: str, *, now: datetime) -> None:
        """Say that a worker lives."""
        self._liveness.beat(worker, now=now)

    def recover(self, *, now: datetime) -> int:
        """Settle what dead workers, ended campaigns and other senders left; return how much was given back."""
        found = self._take_from_lost(now)
        with writing(self._engine) as connection:
            found += resend_lost(connection, now)
            cancel_strays(connection)
            pending = mailings_with_pending(connection)
        for mailing in pending:
            self._bar(mailing, now)
        return found

    def _take_from_lost(self, now: datetime) -> int:
        """Take from dead and silent workers what they hold; return how much that was."""
        lost = self._liveness.look()
        if not lost.dead and not lost.stalled:
            return 0
        with writing(self._engine) as connection:
            found = settle_dead(connection, lost.dead, now)
            silent = settle_stalled(connection, lost.stalled, now)
        if lost.dead and not found:
            self._liveness.forget(lost.dead)
        return found + silent

    def apply_suppressions(self, mailing: int, *, now: datetime) -> str:
        """Write the pending suppressions of a mailing, or return why it must pause instead."""
        return self._bar(mailing, now) or ""

    def _bar(self, mailing: int, now: datetime) -> str | None:
        """Write the pending suppressions of a mailing if the brake lets them pass; return what it says."""
        with writing(self._engine) as connection:
            return bar_pending(connection, mailing, now)

    def pause_mailing(self, row: int, reason: str) -> None:
        """Hold one mailing, and say why; `resume` of its campaign lifts it."""
        with writing(self._engine) as connection:
            connection.execute(update(mailings).where(mailings.c.id == row).values(paused=True, reason=reason))

    def unfinished(self, *, rehearsal: bool) -> int:
        """Return how many deliveries of running campaigns wait to be tried again."""
        again = or_(deliveries.c.state == State.DEFERRED, deliveries.c.recoveries > 0)
        waits = and_(in_nobodys_hand(deliveries.c), literally(deliveries.c.state, WAITING))
        with reading(self._engine) as connection:
            return int(
                connection.execute(select(func.count()).where(_of_running(rehearsal), waits, again)).scalar_one()
            )


def _of_running(rehearsal: bool) -> ColumnElement[bool]:
    """Return the condition that a delivery is of this sort, and its mailing's letters may leave."""
    running = select(mailings.c.id).join(campaigns, campaigns.c.id == mailings.c.campaign_id).where(may_send())
    return and_(deliveries.c.mailing.in_(running), deliveries.c.rehearsal == rehearsal)
