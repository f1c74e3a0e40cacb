"""How much is in the database? Counts for who watches the daemon, all of one moment.

Law: reads only, and counts letters by an index, so that a scrape is in nobody's way.
"""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Connection, Engine, func, select

from mailer.adapters.store.census import letters_by_state
from mailer.adapters.store.engine import reading
from mailer.adapters.store.tables import action_counts, campaigns, mailings, signups
from mailer.core.campaigns import Status, ceiling
from mailer.core.figures import Figures, MailingFigures
from mailer.core.progress import REAL_RUN
from mailer.core.signups import SERVICE


def read_figures(engine: Engine) -> Figures:
    """Return the figures of this moment."""
    with reading(engine) as connection:
        return Figures(_mailings(connection), _campaigns(connection), _signups(connection), _actions(connection))


def _mailings(connection: Connection) -> tuple[MailingFigures, ...]:
    """Return every mailing with its letters by state."""
    counted = letters_by_state(connection, select(mailings.c.id))
    letters = {row: {state.value: count for state, count in counts.items()} for row, counts in counted.items()}
    slots = connection.execute(select(mailings).order_by(mailings.c.id))
    return tuple(
        MailingFigures(slot.campaign_id, slot.mailing_id, slot.run != REAL_RUN, slot.paused, letters.get(slot.id, {}))
        for slot in slots
    )


def _campaigns(connection: Connection) -> dict[str, int]:
    """Return how many campaigns are in force by status: the more restrictive of file and database."""
    statuses = select(campaigns.c.file_status, campaigns.c.status).where(campaigns.c.id != SERVICE)
    return dict(
        Counter(ceiling(Status(file), Status(database)).value for file, database in connection.execute(statuses))
    )


def _signups(connection: Connection) -> dict[str, int]:
    """Return how many sign-ups wait for their mail, and how many for an answer."""
    asked = signups.c.mailing.is_not(None)
    rows = connection.execute(select(asked, func.count()).group_by(asked))
    counts = {bool(was_asked): int(count) for was_asked, count in rows}
    return {"mail": counts.get(False, 0), "answer": counts.get(True, 0)}


def _actions(connection: Connection) -> dict[tuple[str, str], int]:
    """Return what supporters told, by campaign and kind."""
    columns = (action_counts.c.campaign_id, action_counts.c.kind)
    query = select(*columns, func.sum(action_counts.c.count)).group_by(*columns)
    return {(campaign, kind): int(count) for campaign, kind, count in connection.execute(query)}
