"""What has a claim taken? Each delivery with what composing needs to know of its mailing and its supporter's alert.

Law: it tells what the database holds, so that a claim whose commit was never answered may be asked for once more.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, func, select

from mailer.adapters.store.bundles import Bundle
from mailer.adapters.store.columns import as_moment
from mailer.adapters.store.statements import Among, Given, Ready
from mailer.adapters.store.states import in_hand, may_have_left
from mailer.adapters.store.tables import campaigns, deliveries, mailings
from mailer.core.campaigns import ASKED_FOR, MailingKind
from mailer.core.deliveries import Delivery, State

_FOLLOWING = frozenset(MailingKind) - ASKED_FOR - {MailingKind.ALERT}
_NO_ALERT = (None, 0)


def read_own(connection: Connection, *, worker: str, token: str) -> tuple[Delivery, ...]:
    """Return what a claim has taken, with what composing needs to know of the supporter's alert.

    That is nothing if its commit was never answered because it was not made. A first try gets the campaign's newest
    revision.
    """
    found = _claimed().stored(connection, worker=worker, claim=token)
    slots = {row[0]: _Slot(*row) for row in _slots_of().stored(connection, ids=sorted({row[1] for row in found}))}
    follow = any(slot.kind in _FOLLOWING for slot in slots.values())
    followed = _alerts().stored(connection, worker=worker, claim=token) if follow else ()
    alerts = {letter: (left_at, revision) for letter, left_at, revision in followed}
    moments = _Moments({None: None})
    return tuple([_as_delivery(row, slots[row[1]], token, moments, alerts.get(row[0], _NO_ALERT)) for row in found])


class _Slot(NamedTuple):
    """A mailing with what its letters have in common; `revision` is the campaign's newest."""

    mailing: int
    campaign_id: str
    mailing_id: str
    run: int
    revision: int
    kind: str


class _Moments(dict[int | None, datetime | None]):
    """Moments by how they are stored: letters of a claim share theirs."""

    def __missing__(self, stored: int) -> datetime:
        """Return a moment that is new."""
        self[stored] = moment = as_moment(stored)
        return moment


def _as_delivery(
    row: Sequence[Any], slot: _Slot, token: str, moments: _Moments, alert: tuple[int | None, int]
) -> Delivery:
    """Return the delivery of a row of `_claimed`, whose supporter's alert left at a moment and of a revision."""
    number, _, supporter, attempts, revision, composed_at, key_id, deadline, recoveries = row
    mailing, campaign_id, mailing_id, run, newest, _ = slot
    alert_at, alerted = alert
    return Delivery(
        number,
        campaign_id,
        mailing,
        mailing_id,
        run,
        supporter,
        State.CLAIMED,
        token,
        attempts,
        newest if composed_at is None else revision,
        moments[composed_at],
        key_id,
        moments[deadline],
        moments[alert_at],
        alerted,
        recoveries,
    )


@cache
def _slots_of() -> Ready:
    """Return the query for the slots of mailings."""
    own = (mailings.c.id, mailings.c.campaign_id, mailings.c.mailing_id, mailings.c.run)
    known = select(*own, campaigns.c.revision, mailings.c.kind)
    joined = known.join(campaigns, campaigns.c.id == mailings.c.campaign_id)
    return Ready(joined.where(Among(mailings.c.id, "ids")))


@cache
def _claimed() -> Bundle:
    """Return the query for what a `worker` took by a `claim`: all that its letters do not share."""
    c = deliveries.c
    own = (c.id, c.mailing, c.supporter_id, c.attempts, c.revision, c.composed_at, c.key_id, c.deadline, c.recoveries)
    return Bundle(select(*own).where(_is_taken()).order_by(c.not_before, c.id))


@cache
def _alerts() -> Bundle:
    """Return the query for the alerts that what a `worker` took by a `claim` follows: of which letter, when, and how.

    It is asked only where a mail may follow one: each letter's supporter is looked up for it.
    """
    alert = deliveries.alias("alert")
    left_at = func.coalesce(alert.c.sent_at, alert.c.composed_at).label("left_at")
    joined = deliveries.join(mailings, mailings.c.id == deliveries.c.mailing)
    query = select(deliveries.c.id, left_at, alert.c.revision)
    return Bundle(query.select_from(joined.join(alert, alert.c.id == _alert_of_same_run())).where(_is_taken()))


def _is_taken() -> ColumnElement[bool]:
    """Return the condition that a `worker` took a delivery by a `claim`."""
    c = deliveries.c
    return and_(in_hand(c), c.state == State.CLAIMED, c.worker == Given("worker"), c.claim == Given("claim"))


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
