"""What is deleted of those who never answered? Their sign-ups, their rows, and the buckets of their networks.

So are our answers to commands, a week after they were sent: they tell who did what.

Law: who agreed to anything, be it in a file, is not deleted; nor is who was asked within the last thirty days, so that
nobody is asked more often than they may be.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Engine, Table, and_, delete, exists, select

from mailer.adapters.store import leaving
from mailer.adapters.store.engine import reading, writing
from mailer.adapters.store.tables import buckets, deliveries, mailings, signups, supporters
from mailer.core.campaigns import MailingKind
from mailer.core.signups import CONFIRM_WITHIN, SERVICE, WINDOW
from mailer.core.supporters import Consent

BUCKETS = "sign-up "  # the beginning of their names; no relay and no campaign has a space in its own
PAGE = 500  # rows of one transaction
REPLIES_LAST = timedelta(days=7)
_BUCKETS_LAST = timedelta(days=1)  # after two hours one is full again


def expire(engine: Engine, now: datetime) -> int:
    """Delete what was not confirmed in time, page by page; return how many sign-ups and people that were."""
    with writing(engine) as connection:
        old = (buckets.c.name.startswith(BUCKETS), buckets.c.filled_at < now - _BUCKETS_LAST)
        connection.execute(delete(buckets).where(*old))
    _forget_replies(engine, now)
    late = signups.c.at <= now - CONFIRM_WITHIN
    return _delete_all(engine, signups, late) + _delete_all(engine, supporters, _never_answered(now))


def _delete_all(engine: Engine, table: Table, chosen: ColumnElement[bool]) -> int:
    """Delete the rows that meet `chosen`; they are looked for where nobody has to wait, and looked at once more."""
    count = 0
    while True:
        with reading(engine) as connection:
            ids = connection.scalars(select(table.c.id).where(chosen).limit(PAGE)).all()
        if not ids:
            return count
        with writing(engine) as connection:
            leaving.take_turns_entering(connection)
            count += connection.execute(delete(table).where(table.c.id.in_(ids), chosen)).rowcount


def _forget_replies(engine: Engine, now: datetime) -> None:
    """Delete the answers to commands that are old, and their mailings."""
    replies = (
        mailings.c.campaign_id == SERVICE,
        mailings.c.kind == MailingKind.REPLY,
        mailings.c.due < now - REPLIES_LAST,
    )
    with writing(engine) as connection:
        old = connection.scalars(select(mailings.c.id).where(*replies)).all()
        if old:
            connection.execute(delete(deliveries).where(deliveries.c.mailing.in_(old)))
            connection.execute(delete(mailings).where(mailings.c.id.in_(old)))


def _never_answered(now: datetime) -> ColumnElement[bool]:
    """Return the condition that somebody's address was typed in, and nothing came of it for thirty days."""
    agreed_to_nothing = and_(supporters.c.consent == Consent.UNCONFIRMED, supporters.c.consent_id.is_(None))
    old = supporters.c.joined_on < (now - WINDOW).astimezone(UTC).date()
    asks = select(mailings.c.id).where(mailings.c.campaign_id == SERVICE, mailings.c.kind == MailingKind.CONFIRM)
    lately = and_(deliveries.c.mailing.in_(asks), deliveries.c.deadline > now - WINDOW)
    asked = exists().where(deliveries.c.supporter_id == supporters.c.id, lately)
    waits = exists().where(signups.c.address_hash == supporters.c.address_hash)
    return and_(agreed_to_nothing, old, ~asked, ~waits)
