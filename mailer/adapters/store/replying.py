"""Which commands that came by mail were answered? One mail for each a day is queued, in a transaction that is open.

Law: once a day for each supporter and command, whatever comes in: two machines that write to each other stop at the
first answer.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, func, select

from mailer.adapters.store.dialect import insert_one
from mailer.adapters.store.service import slot_of
from mailer.adapters.store.tables import campaigns, deliveries, mailings, supporters, suppressions
from mailer.core.campaigns import Mailing, MailingId, MailingKind
from mailer.core.deliveries import State
from mailer.core.replies import Reply, daily_prefix
from mailer.core.signups import MAIL_LASTS, SERVICE

MOST_TOLD = 100  # a day, in all: whoever has a list of addresses could have us write to every one of them


def queue_reply(connection: Connection, supporter_id: int, reply: Reply, *, rehearsal: bool, now: datetime) -> bool:
    """Queue the mail that tells a supporter what was done; tell whether one is queued.

    None is if they had one for this command today, if they are gone, or before anything was published that it could
    be composed from; nor, where nothing was proven, if they are barred or many were told today. It goes to the
    supporter's own address, whatever address the command came from.
    """
    revision = connection.scalar(select(campaigns.c.revision).where(campaigns.c.id == SERVICE))
    held = select(supporters.c.id).where(supporters.c.id == supporter_id).with_for_update()
    if not revision or connection.scalar(held) is None:
        return False
    if _was_answered(connection, supporter_id, reply, now, rehearsal=rehearsal):
        return False
    if reply.command is None and not _may_be_told(connection, supporter_id, now, rehearsal=rehearsal):
        return False
    named = MailingId(reply.mailing_id(now.astimezone(UTC).date()))
    mailing = Mailing(named, MailingKind.REPLY, on_launch=True)
    slot = slot_of(connection, mailing, revision, rehearsal=rehearsal, now=now)
    row = {"mailing": slot, "supporter_id": supporter_id, "state": State.QUEUED, "rehearsal": rehearsal}
    return insert_one(connection, deliveries, row | {"not_before": now, "deadline": now + MAIL_LASTS})


def _may_be_told(connection: Connection, supporter_id: int, now: datetime, *, rehearsal: bool) -> bool:
    """Tell whether somebody whose address alone was named, by whomever, may be told how it is done."""
    address = select(supporters.c.address_hash).where(supporters.c.id == supporter_id).scalar_subquery()
    if connection.scalar(select(suppressions.c.since).where(suppressions.c.address_hash == address)) is not None:
        return False
    today = select(mailings.c.id).where(
        mailings.c.campaign_id == SERVICE, mailings.c.mailing_id == daily_prefix(None, now.astimezone(UTC).date())
    )
    told = select(func.count()).where(deliveries.c.mailing.in_(today), deliveries.c.rehearsal == rehearsal)
    return int(connection.scalar(told) or 0) < MOST_TOLD


def _was_answered(connection: Connection, supporter_id: int, reply: Reply, now: datetime, *, rehearsal: bool) -> bool:
    """Tell whether this command of theirs was answered today, whichever case it was about."""
    like_it = mailings.c.mailing_id.startswith(daily_prefix(reply.command, now.astimezone(UTC).date()))
    slots = select(mailings.c.id).where(mailings.c.campaign_id == SERVICE, like_it)
    theirs = (deliveries.c.supporter_id == supporter_id, deliveries.c.rehearsal == rehearsal)
    found = select(deliveries.c.id).where(deliveries.c.mailing.in_(slots), *theirs).limit(1)
    return connection.scalar(found) is not None
