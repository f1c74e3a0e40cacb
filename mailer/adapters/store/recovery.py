"""What did dead senders leave behind, and what can no longer leave? Given back, made uncertain, or ended.

Crash safety: a claimed row was never written to a relay and goes back; a row that is `sending` may have
been, and becomes `uncertain`. Each row is settled by itself, so that a recovery may be repeated.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, and_, select

from mailer.adapters.store.claiming import may_send
from mailer.adapters.store.states import HELD, WAITING, change, literally
from mailer.adapters.store.tables import campaigns, deliveries, mailings
from mailer.core.campaigns import MailingKind, Status
from mailer.core.deliveries import MOST_RECOVERIES, Event, State


def recover_held(connection: Connection, is_dead: Callable[[str], bool]) -> int:
    """Settle what dead workers held; return how many deliveries that were."""
    held = literally(deliveries.c.state, HELD)
    holding = and_(held, deliveries.c.state.in_((State.CLAIMED, State.SENDING)))
    workers = connection.execute(select(deliveries.c.worker).where(holding).distinct()).scalars().all()
    dead = [worker for worker in workers if is_dead(worker)]
    if not dead:
        return 0
    theirs = and_(held, deliveries.c.worker.in_(dead))
    again = {"recoveries": deliveries.c.recoveries + 1}
    poison = theirs & (deliveries.c.recoveries + 1 >= MOST_RECOVERIES)
    failed = change(connection, poison, State.CLAIMED, Event.FAIL, again | {"reply": "three senders died with it"})
    released = change(connection, theirs, State.CLAIMED, Event.RELEASE, again)
    lost = change(connection, theirs, State.SENDING, Event.LOSE, again | {"reply": "the sender died while sending"})
    return failed + released + lost


def resend_lost(connection: Connection, now: datetime) -> int:
    """Queue uncertain letters once more, and only once, where the campaign says so and still runs."""
    sending = mailings.join(campaigns, campaigns.c.id == mailings.c.campaign_id)
    resending = select(mailings.c.id).select_from(sending).where(campaigns.c.resend_uncertain, may_send())
    lost = and_(literally(deliveries.c.state, HELD), ~deliveries.c.resent, deliveries.c.mailing.in_(resending))
    return change(connection, lost, State.UNCERTAIN, Event.RESEND, {"resent": True, "not_before": now})


def cancel_strays(connection: Connection) -> None:
    """Cancel what came back to the queue after its campaign was stopped or closed."""
    over = campaigns.c.status.in_((Status.STOPPED, Status.CLOSED)) & (mailings.c.kind != MailingKind.CLOSING)
    ended = select(mailings.c.id).join(campaigns, campaigns.c.id == mailings.c.campaign_id).where(over)
    for state in WAITING:
        change(connection, deliveries.c.mailing.in_(ended), state, Event.CANCEL)
