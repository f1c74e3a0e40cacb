"""How many letters are in which state, and what did the relay say last? Counts for `status`."""

from __future__ import annotations

from sqlalchemy import Engine, func, select

from mailer.adapters.store.engine import reading
from mailer.adapters.store.tables import deliveries, mailings
from mailer.core.deliveries import State


class SqlTallies:
    """Counts over the outbox; reads only."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def counts(self, campaign_id: str) -> dict[int, dict[State, int]]:
        """Return how many deliveries of each mailing (by its row) are in each state."""
        query = (
            select(deliveries.c.mailing, deliveries.c.state, func.count())
            .join(mailings, mailings.c.id == deliveries.c.mailing)
            .where(mailings.c.campaign_id == campaign_id)
            .group_by(deliveries.c.mailing, deliveries.c.state)
        )
        found: dict[int, dict[State, int]] = {}
        with reading(self._engine) as connection:
            for mailing, state, count in connection.execute(query):
                found.setdefault(mailing, {})[State(state)] = count
        return found

    def last_replies(self, campaign_id: str) -> dict[int, str]:
        """Return by the mailing's row the reply to its newest letter that has one and was not sent."""
        newest = (
            select(func.max(deliveries.c.id))
            .join(mailings, mailings.c.id == deliveries.c.mailing)
            .where(mailings.c.campaign_id == campaign_id, deliveries.c.reply != "", deliveries.c.state != State.SENT)
            .group_by(deliveries.c.mailing)
        )
        query = select(deliveries.c.mailing, deliveries.c.reply).where(deliveries.c.id.in_(newest))
        with reading(self._engine) as connection:
            return {row.mailing: row.reply for row in connection.execute(query)}
