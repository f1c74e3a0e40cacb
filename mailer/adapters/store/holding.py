"""Of which mailings did so many mails come back that nobody is barred for it? Held until a person has judged.

Law: a provider that calls everybody dead for an hour empties no list: how many it can bar before the brake holds is
bounded, and who was barred wrongly can be freed again. What a person judged is done in pages, and twice is as once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Engine, Row, delete, exists, func, select, update

from mailer.adapters.store import leaving
from mailer.adapters.store.dialect import insert_one
from mailer.adapters.store.engine import writing
from mailer.adapters.store.states import at_most, may_have_left
from mailer.adapters.store.tables import deliveries, held_returns, mailings, returned, supporters, suppressions
from mailer.core.bounce_rules import Returned, Verdict
from mailer.core.bounces import ReturnKind
from mailer.core.brakes import LEAST_RETURNED, ONE_IN, returns_brake
from mailer.core.supporters import SuppressionReason
from mailer.errors import NotFoundError

PAGE = 200


def holds(connection: Connection, back: Returned, now: datetime) -> bool:
    """Tell whether nobody is barred because mails of this mailing came back; from the one on that is too many."""
    verdict = connection.scalar(select(held_returns.c.verdict).where(held_returns.c.mailing == back.mailing))
    if verdict is not None:
        return bool(verdict != Verdict.DEAD)
    came_back = _came_back(connection, back)
    if came_back < LEAST_RETURNED or not returns_brake(came_back=came_back, sent=_sent(connection, back, came_back)):
        return False
    insert_one(connection, held_returns, {"mailing": back.mailing, "since": now, "verdict": ""})
    return True


def held(connection: Connection, campaign_id: str) -> Mapping[str, datetime]:
    """Return since when (UTC) mailings of a campaign are held, by their id; those that were judged are missing."""
    query = select(mailings.c.mailing_id, held_returns.c.since).join(mailings, mailings.c.id == held_returns.c.mailing)
    waits = query.where(mailings.c.campaign_id == campaign_id, held_returns.c.verdict == "")
    return {row.mailing_id: row.since for row in connection.execute(waits.order_by(mailings.c.id))}


class SqlHeldReturns:
    """What a person judges of mailings that are held; a transaction a page."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def judge(self, campaign_id: str, mailing_id: str, verdict: Verdict, now: datetime) -> int:
        """Keep what a person found of a mailing, and bar or free its readers; return how many.

        Raises:
            NotFoundError: it is not held, nor was it.
        """
        with writing(self._engine) as connection:
            of_campaign = select(mailings.c.id).where(
                mailings.c.campaign_id == campaign_id, mailings.c.mailing_id == mailing_id
            )
            found = update(held_returns).where(held_returns.c.mailing.in_(of_campaign)).values(verdict=verdict.value)
            row = connection.execute(found.returning(held_returns.c.mailing)).one_or_none()
            if row is None:
                raise NotFoundError(
                    f"mailing {mailing_id!r} of campaign {campaign_id!r} is not held: `mailer inbox held`"
                )
        return self._bar(row.mailing, now) if verdict is Verdict.DEAD else self._free(row.mailing)

    def _bar(self, mailing: int, now: datetime) -> int:
        """Bar all from whom a mailing came back for good; return how many."""
        came_back, count, after = _counted(mailing) & (returned.c.kind == ReturnKind.HARD), 0, 0
        while True:
            page = select(returned.c.supporter_id).where(came_back, returned.c.supporter_id > after)
            with writing(self._engine) as connection:
                rows = connection.execute(page.order_by(returned.c.supporter_id).limit(PAGE)).all()
                count += sum(_bar_one(connection, row, now) for row in rows)
            if not rows:
                return count
            after = rows[-1].supporter_id

    def _free(self, mailing: int) -> int:
        """Free all who were barred since for this mailing alone; return how many."""
        others = returned.alias()
        erred = select(held_returns.c.mailing).where(held_returns.c.verdict == Verdict.ALIVE.value)
        elsewhere = exists().where(
            others.c.supporter_id == returned.c.supporter_id, others.c.counts, others.c.mailing.not_in(erred)
        )
        whose = exists().where(
            supporters.c.address_hash == suppressions.c.address_hash,
            returned.c.supporter_id == supporters.c.id,
            _counted(mailing),
            returned.c.at <= suppressions.c.since,
            ~elsewhere,
        )
        with writing(self._engine) as connection:
            bounced = suppressions.c.reason == SuppressionReason.BOUNCED
            return connection.execute(delete(suppressions).where(bounced, whose)).rowcount


def _bar_one(connection: Connection, row: Row[tuple[int]], now: datetime) -> bool:
    """Bar one reader; tell whether they are still there."""
    whose = select(supporters.c.id).where(supporters.c.id == row.supporter_id).with_for_update()
    if connection.scalar(whose) is None:
        return False
    leaving.bar_reader(connection, row.supporter_id, SuppressionReason.BOUNCED, now)
    return True


def _counted(mailing: int) -> ColumnElement[bool]:
    """Return the condition on what came back of a mailing and may bar its reader."""
    return (returned.c.mailing == mailing) & returned.c.counts


def _came_back(connection: Connection, back: Returned) -> int:
    """Return from how many readers the mailing came back in the same way."""
    same = select(func.count()).where(_counted(back.mailing), returned.c.kind == back.kind.value)
    return int(connection.scalar(same) or 0)


def _sent(connection: Connection, back: Returned, came_back: int) -> int:
    """Return how many mails of the mailing left, counted no further than makes a difference."""
    left = select(deliveries.c.id).where(deliveries.c.mailing == back.mailing, may_have_left(deliveries.c))
    some = left.limit(at_most(came_back * ONE_IN)).subquery()
    return int(connection.scalar(select(func.count()).select_from(some)) or 0)
