"""What did dead senders leave behind, and what can no longer leave? Given back, made uncertain, or ended.

Crash safety: a claimed row was never written to a relay and goes back; a row that is `sending` may have
been, and becomes `uncertain`. Rows are settled a page at a time and whoever comes first settles them, so that
a recovery may be repeated, cut off, and made by two at once.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, literal, select

from mailer.adapters.store.claiming import is_over, may_send
from mailer.adapters.store.statements import Given, Ready
from mailer.adapters.store.states import (
    IN_DOUBT,
    WAITING,
    at_most,
    change,
    change_some,
    changing_some,
    in_hand,
    literally,
)
from mailer.adapters.store.tables import Moment, campaigns, deliveries, mailings
from mailer.core.deliveries import MOST_RECOVERIES, Event, State

PAGE = 1_000
POISON = "three senders died with it"
DIED = "the sender died while sending"
ALONE_PAUSE = timedelta(minutes=1)
STALLED_PAUSE = timedelta(minutes=15)  # a worker that sleeps is given time to wake and tell what it did


def settle_dead(connection: Connection, workers: Collection[str], now: datetime) -> int:
    """Settle what dead workers held; return how many deliveries that were, a page of each sort at most.

    A letter that was alone with its sender when that died goes behind all others, and three times is poison: it
    fails, or stays uncertain if an earlier sender may have got it through.
    What a sender died with is handed over again, however often: it is the relay's losses that are repeated once.
    """
    theirs = _held_by(workers)
    again = {"recoveries": deliveries.c.recoveries + 1, "not_before": _behind(now)}
    poison, last_words = theirs & (deliveries.c.recoveries >= MOST_RECOVERIES), {"reply": POISON, "replied_at": now}
    failed = _change(connection, poison & ~deliveries.c.resent, State.CLAIMED, Event.FAIL, last_words)
    failed += _change(connection, poison, State.CLAIMED, Event.LOSE, last_words)
    released = _change(connection, theirs, State.CLAIMED, Event.RELEASE, again)
    sending = select(deliveries.c.id).where(theirs, literally(deliveries.c.state, (State.SENDING,)))
    free = sending.limit(at_most(PAGE)).with_for_update(skip_locked=True, of=deliveries)
    these = deliveries.c.id.in_(connection.execute(free).scalars().all())
    lost = change(connection, these, State.SENDING, Event.LOSE, again | {"reply": DIED, "replied_at": now})
    harmless = and_(these, deliveries.c.recoveries <= MOST_RECOVERIES, deliveries.c.mailing.in_(_resending()))
    change(connection, harmless, State.UNCERTAIN, Event.RESEND, {"resent": True})
    return failed + released + lost


def _behind(now: datetime) -> ColumnElement[datetime]:
    """Return when a letter that a sender died with is due again, by its recoveries up to now.

    One of a batch at once: most likely it was another's fault. One that was alone after a minute, doubling, so
    that a machine that is killed again and again does not take the same letter first each time.
    """
    later = {alone: now + ALONE_PAUSE * 2 ** (alone - 1) for alone in range(1, MOST_RECOVERIES + 1)}
    pauses = {count: literal(moment, Moment) for count, moment in later.items()}
    return case(pauses, value=deliveries.c.recoveries, else_=deliveries.c.not_before)


def settle_stalled(connection: Connection, workers: Collection[str], now: datetime) -> int:
    """Take from workers that have fallen silent what they hold; what they may be sending is left in doubt for long.

    It is no letter's fault that a worker was stopped, so that no recovery is counted.
    """
    theirs = _held_by(workers)
    doubt = {"reply": "the sender fell silent while sending", "replied_at": now, "not_before": now + STALLED_PAUSE}
    released = _change(connection, theirs, State.CLAIMED, Event.RELEASE, {})
    return released + _change(connection, theirs, State.SENDING, Event.LOSE, doubt)


def resend_lost(connection: Connection, now: datetime) -> int:
    """Queue uncertain letters once more, and only once, where the campaign says so and still runs."""
    return len(_resending_lost().run(connection, now=now).all())


@cache
def _resending_lost() -> Ready:
    """Return the statement that queues a page of uncertain letters once more."""
    once = and_(~deliveries.c.resent, deliveries.c.not_before <= Given("now"), deliveries.c.mailing.in_(_resending()))
    again = {"resent": True, "not_before": Given("now")}
    return Ready(changing_some(and_(IN_DOUBT, once), State.UNCERTAIN, Event.RESEND, again, most=PAGE))


def cancel_strays(connection: Connection) -> None:
    """Cancel what came back to the queue after its campaign was stopped or closed."""
    waiting = literally(deliveries.c.state, WAITING)
    for mailing in _with_strays().run(connection).scalars().all():
        for state in WAITING:
            _change(connection, and_(deliveries.c.mailing == mailing, waiting), state, Event.CANCEL, {})


@cache
def _with_strays() -> Ready:
    """Return the query of the mailings that are over and have letters that wait."""
    waiting = literally(deliveries.c.state, WAITING)
    one = select(deliveries.c.id).where(deliveries.c.mailing == mailings.c.id, waiting).limit(1).scalar_subquery()
    ended = select(mailings.c.id).join(campaigns, campaigns.c.id == mailings.c.campaign_id)
    return Ready(ended.where(is_over(), one.is_not(None)))


def _resending() -> Select[Any]:
    """Return the rows of the mailings whose letters in doubt are handed over again."""
    sending = mailings.join(campaigns, campaigns.c.id == mailings.c.campaign_id)
    return select(mailings.c.id).select_from(sending).where(campaigns.c.resend_uncertain, may_send())


def _held_by(workers: Collection[str]) -> ColumnElement[bool]:
    """Return the condition that one of `workers` holds a row."""
    return and_(in_hand(deliveries.c), deliveries.c.worker.in_(workers))


def _change(
    connection: Connection, condition: ColumnElement[bool], state: State, event: Event, values: dict[str, Any]
) -> int:
    """Change a page of rows, of those that nobody else is about to change."""
    return change_some(connection, condition, state, event, values, most=PAGE)
