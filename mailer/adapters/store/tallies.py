"""How many letters are in which state, how fast do they leave, what did the relay say, and what is in doubt?

Law: reads only, and every question is answered by an index, so that `status --watch` is in nobody's way:
one entry for each letter is read to count them, and otherwise only what was sent in the last minute.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, TextClause, func, select, text

from mailer.adapters.store import holding, returns
from mailer.adapters.store.census import letters_by_state
from mailer.adapters.store.engine import reading
from mailer.adapters.store.states import IN_DOUBT, WAITING, literally
from mailer.adapters.store.tables import buckets, deliveries, mailings, supporters
from mailer.core.deliveries import State
from mailer.core.doubts import Doubt
from mailer.core.speed import WINDOW, Flow
from mailer.flows.report import ClosedGate, Tally

_REPLIED = "deliveries.reply <> ''"  # in the words of its partial index, which serves no others
_RELAY = "relay:"


class SqlTallies:
    """Counts over the outbox; reads only."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def returned(self, campaign_id: str) -> Mapping[str, Mapping[str, int]]:
        """Return from how many readers the mails of each mailing came back, by kind ("hard", "soft", "complaint")."""
        with reading(self._engine) as connection:
            return returns.counted(connection, campaign_id)

    def held(self, campaign_id: str) -> Mapping[str, datetime]:
        """Return since when (UTC) nobody is barred because mails of a mailing came back, by its id."""
        with reading(self._engine) as connection:
            return holding.held(connection, campaign_id)

    def of(self, campaign_id: str, *, now: datetime) -> dict[int, Tally]:
        """Return what the outbox knows of each mailing of a campaign, by the mailing's row."""
        with reading(self._engine) as connection:
            counts = letters_by_state(connection, _rows_of(campaign_id))
            doubts = _doubts(connection, campaign_id)
            return {
                row.id: Tally(counts.get(row.id, {}), _flow(row), row.reply or "", tuple(doubts.get(row.id, ())))
                for row in connection.execute(_flows(campaign_id, now))
            }

    def gates(self, *, now: datetime) -> tuple[ClosedGate, ...]:
        """Return the relays, and the provider groups at relays, that wait at `now`, by name."""
        query = select(buckets.c.name, buckets.c.closed_until).where(buckets.c.closed_until > now)
        with reading(self._engine) as connection:
            rows = connection.execute(query.order_by(buckets.c.name)).all()
        named = [(*name.removeprefix(_RELAY).partition("|"), until) for name, until in rows if name.startswith(_RELAY)]
        return tuple(ClosedGate(relay, group, until) for relay, _, group, until in named)


def _doubts(connection: Connection, campaign_id: str) -> dict[int, list[Doubt]]:
    """Return the letters in doubt of each mailing, oldest first."""
    query = (
        select(deliveries, supporters.c.public_id)
        .select_from(deliveries.outerjoin(supporters, supporters.c.id == deliveries.c.supporter_id))
        .where(deliveries.c.mailing.in_(_rows_of(campaign_id)), IN_DOUBT)
        .order_by(deliveries.c.mailing, deliveries.c.id)
    )
    found: dict[int, list[Doubt]] = {}
    for row in connection.execute(query):
        found.setdefault(row.mailing, []).append(_doubt(row))
    return found


def _doubt(row: Any) -> Doubt:
    """Return the value of a row in doubt."""
    lost_at = row.replied_at if row.state == State.UNCERTAIN else None
    return Doubt(
        delivery=row.id,
        supporter=row.public_id.hex() if row.public_id else "",
        state=State(row.state),
        resent=row.resent,
        since=lost_at or row.composed_at or row.not_before,
        not_before=row.not_before,
        why=row.reply,
    )


def _flows(campaign_id: str, now: datetime) -> Select[Any]:
    """Return the query of how each mailing's letters leave, and of the newest reply that was no acceptance."""
    letters, left = deliveries.c, deliveries.c.sent_at.is_not(None)
    waits = literally(letters.state, WAITING)
    return select(
        mailings.c.id,
        _of_mailing(func.count(), letters.sent_at > now - WINDOW).scalar_subquery().label("lately"),
        _of_mailing(func.min(letters.sent_at), left).scalar_subquery().label("first_sent"),
        _of_mailing(func.max(letters.sent_at), left).scalar_subquery().label("last_sent"),
        _of_mailing(func.min(letters.not_before), waits).scalar_subquery().label("next_due"),
        _of_mailing(func.max(letters.not_before), waits).scalar_subquery().label("last_due"),
        _of_mailing(letters.reply, text(_REPLIED))
        .order_by(letters.replied_at.desc())
        .limit(1)
        .scalar_subquery()
        .label("reply"),
    ).where(mailings.c.campaign_id == campaign_id)


def _of_mailing(value: ColumnElement[Any], condition: ColumnElement[bool] | TextClause) -> Select[Any]:
    """Return the query of a value over the deliveries of the mailing around it."""
    return select(value).where(deliveries.c.mailing == mailings.c.id, condition).correlate(mailings)


def _flow(row: Any) -> Flow:
    """Return the value of a row of `_flows`."""
    return Flow(row.lately, row.first_sent, row.last_sent, row.next_due, row.last_due)


def _rows_of(campaign_id: str) -> Select[tuple[int]]:
    """Return the query of a campaign's mailings."""
    return select(mailings.c.id).where(mailings.c.campaign_id == campaign_id)
