"""Which letters may leave now? A fair share of what is due in every mailing that may send, most urgent first.

Law: a claim reads what it takes, and one row more of each such mailing; what waits for later, or for a
paused mailing, is never looked at. No row is taken twice: who claims locks it, and everybody else skips it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache, partial
from typing import Any

from sqlalchemy import ColumnElement, Connection, Join, Select, and_, or_, select, text, update

from mailer.adapters.store.buckets import draw, hold, refund
from mailer.adapters.store.claimed import read_own
from mailer.adapters.store.statements import Among, Given, Ready
from mailer.adapters.store.states import WAITING, after, literally
from mailer.adapters.store.tables import campaigns, deliveries, mailings
from mailer.core.campaigns import MailingKind, Status
from mailer.core.deliveries import Delivery, Event, State
from mailer.core.progress import REAL_RUN
from mailer.core.shares import Demand, divide, hungry_after

_SUSPECTS = text("deliveries.recoveries > 0")  # written out, so that its partial index serves
_UNSUSPECTED = text("deliveries.recoveries = 0")
_IS_DUE = and_(literally(deliveries.c.state, WAITING), deliveries.c.not_before <= Given("now"))
_HOLDER = {"worker": Given("new_worker"), "claim": Given("new_claim"), "lease_until": Given("new_lease")}
TAKEN = after(State.QUEUED, Event.CLAIM, _HOLDER)
_TAKING_ONE = Ready(update(deliveries).where(deliveries.c.id == Given("delivery")).values(TAKEN))


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim that is being made: by whom, with which token, for which sort of mailing, as of when."""

    worker: str
    token: str
    lease_until: datetime
    rehearsal: bool
    now: datetime

    @property
    def values(self) -> dict[str, Any]:
        """Return what is written into a row that it takes."""
        return {"new_worker": self.worker, "new_claim": self.token, "new_lease": self.lease_until}


def may_send() -> ColumnElement[bool]:
    """Return the condition that a mailing's letters may leave; the closing leaves a closed campaign."""
    ready = and_(campaigns.c.status == Status.READY, campaigns.c.file_status == Status.READY)
    closing = and_(campaigns.c.status == Status.CLOSED, mailings.c.kind == MailingKind.CLOSING)
    return and_(~mailings.c.paused, or_(ready, closing))


def is_over() -> ColumnElement[bool]:
    """Return the condition that a mailing's letters never leave any more; the closing outlasts its campaign."""
    return and_(campaigns.c.status.in_((Status.STOPPED, Status.CLOSED)), mailings.c.kind != MailingKind.CLOSING)


def claim_due(connection: Connection, claim: Claim, *, limit: int, turn: int) -> tuple[Delivery, ...]:
    """Take one letter that a sender died with, else fair shares of all that is due; return what was taken.

    What one mailing leaves of its share is divided again among those that want more. A sender's first claim
    (`turn` 0) takes the others first: while it warms up, whatever kills it would be laid at one letter's door.
    """
    hungry = demands(connection, rehearsal=claim.rehearsal, now=claim.now)
    hold(connection, {pace_name(each.campaign_id) for each in hungry if each.pace_per_hour is not None}, claim.now)
    alone = partial(_claim_suspect, connection, claim)
    shared = partial(_claim_shares, connection, claim, hungry, limit, turn)
    first, then = (alone, shared) if turn else (shared, alone)
    if not first():
        then()
    return read_own(connection, worker=claim.worker, token=claim.token)


def _claim_shares(connection: Connection, claim: Claim, hungry: list[Demand], limit: int, turn: int) -> int:
    """Take fair shares of what is due in `hungry` mailings; return how many letters that were."""
    taken = 0
    while hungry and taken < limit:
        shares = divide(limit - taken, hungry, turn=turn)
        got = {each.mailing: _claim_share(connection, claim, each, shares.get(each.mailing, 0)) for each in hungry}
        taken += sum(got.values())
        hungry = hungry_after(hungry, shares, got)
    return taken


def demands(connection: Connection, *, rehearsal: bool, now: datetime) -> list[Demand]:
    """Return the mailings that may send and have letters due, in the order of their campaigns.

    Those whose campaign's pace lets nothing through now are among them.
    """
    rows = _demanding(rehearsal).rows(connection, now=now)
    return [Demand(*row) for row in rows if row[3] is not None]


@cache
def _demanding(rehearsal: bool) -> Ready:
    """Return the query for demands: mailing, campaign, priority, the oldest letter's moment, and pace."""
    oldest = (
        select(deliveries.c.not_before)
        .where(deliveries.c.mailing == mailings.c.id, _IS_DUE)
        .order_by(deliveries.c.not_before, deliveries.c.id)
        .limit(1)
        .correlate(mailings)
        .scalar_subquery()
    )
    mailing = select(mailings.c.id, mailings.c.campaign_id, mailings.c.priority, oldest, campaigns.c.pace_per_hour)
    sending = mailing.select_from(_slots()).where(_of_sort(rehearsal), may_send())
    return Ready(sending.order_by(mailings.c.campaign_id, mailings.c.id))


def _claim_suspect(connection: Connection, claim: Claim) -> int:
    """Take one due delivery that a sender died with, if there is any; return how many that were.

    It is claimed alone, so that the next death tells whether it is the cause: a batch that was merely
    beside it is never failed. One that waits for its campaign's pace hides nobody's.
    """
    passed: list[str] = []
    waiting = _suspected(claim.rehearsal)
    while (found := waiting.run(connection, now=claim.now, passed=passed).one_or_none()) is not None:
        if _draw(connection, claim, found.campaign_id, found.pace_per_hour, 1):
            return _TAKING_ONE.count(connection, delivery=found.id, **claim.values)
        passed.append(found.campaign_id)
    return 0


@cache
def _suspected(rehearsal: bool) -> Ready:
    """Return the query for the first due delivery that a sender died with, of a campaign that was not `passed`."""
    whose = select(deliveries.c.id, mailings.c.campaign_id, campaigns.c.pace_per_hour)
    joined = whose.select_from(_slots().join(deliveries, deliveries.c.mailing == mailings.c.id))
    may_leave = and_(_of_sort(rehearsal), may_send(), ~Among(mailings.c.campaign_id, "passed"))
    return Ready(_first(joined.where(_SUSPECTS, _IS_DUE, may_leave), 1))


def _claim_share(connection: Connection, claim: Claim, demand: Demand, share: int) -> int:
    """Take the share of one mailing, as far as the pace of its campaign lets it through; return how many that were."""
    drawn = _draw(connection, claim, demand.campaign_id, demand.pace_per_hour, share)
    if not drawn:
        return 0
    given = {"mailing": demand.mailing, "now": claim.now, **claim.values}
    is_server = connection.dialect.name == "postgresql"
    taken = _taking(drawn, is_server=is_server).count(connection, **given)
    if demand.pace_per_hour is not None and taken < drawn and not claim.rehearsal:
        refund(connection, pace_name(demand.campaign_id), drawn - taken)
    return taken


@lru_cache(maxsize=64)
def _taking(most: int, *, is_server: bool) -> Ready:
    """Return the statement that takes the first letters of a mailing; the count is in it, for the plan to know it.

    A server asks once which they are, because they stand before it; SQLite's driver counts no rows of such a statement.
    """
    due = select(deliveries.c.id).where(deliveries.c.mailing == Given("mailing"), _IS_DUE, _UNSUSPECTED)
    first = _first(due, most)
    chosen = first.cte("chosen") if is_server else first.subquery("chosen")
    return Ready(update(deliveries).where(deliveries.c.id == chosen.c.id).values(TAKEN))


def _draw(connection: Connection, claim: Claim, campaign_id: str, per_hour: int | None, wanted: int) -> int:
    """Return how many of the wanted letters the pace of their campaign lets through; a rehearsal has none."""
    if per_hour is None or claim.rehearsal or not wanted:
        return wanted
    return draw(connection, pace_name(campaign_id), wanted, per_hour, claim.now)


def pace_name(campaign_id: str) -> str:
    """Return the name of the bucket that holds a campaign's pace."""
    return f"campaign:{campaign_id}"


def _first(query: Select[Any], count: int) -> Select[Any]:
    """Return the query for the first of its deliveries, those that nobody else is taking at this moment."""
    first = query.order_by(deliveries.c.not_before, deliveries.c.id).limit(count)
    return first.with_for_update(skip_locked=True, of=deliveries)


def _slots() -> Join:
    """Return mailings with their campaigns."""
    return mailings.join(campaigns, campaigns.c.id == mailings.c.campaign_id)


def _of_sort(rehearsal: bool) -> ColumnElement[bool]:
    """Return the condition on a mailing that it is a rehearsal, or that it is real."""
    return mailings.c.run != REAL_RUN if rehearsal else mailings.c.run == REAL_RUN
