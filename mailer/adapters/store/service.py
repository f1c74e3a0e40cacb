"""Which mailings ask people to confirm, and answer their commands? Some a day, of a campaign that nobody launches.

Law: what holds one day's mails holds the next day's too, until a person resumes them. When that was stands in
`hold_until` of the campaign's row, which has no other use here.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, exists, func, select, update

from mailer.adapters.store.dialect import insert_new
from mailer.adapters.store.tables import campaigns, deliveries, mailings
from mailer.core.campaigns import Mailing, MailingId, MailingKind, Status
from mailer.core.progress import REAL_RUN
from mailer.core.shares import URGENT
from mailer.core.signups import MAIL_LASTS, SERVICE, confirm_mailing_id
from mailer.flows.signup import Admission

REHEARSED_RUN = 1
HOUR = timedelta(hours=1)


def asking(*, rehearsal: bool) -> Any:
    """Return the query of the mailings that ask to confirm, in this run."""
    run = _run(rehearsal=rehearsal)
    ours = (mailings.c.campaign_id == SERVICE, mailings.c.kind == MailingKind.CONFIRM, mailings.c.run == run)
    return select(mailings.c.id).where(*ours)


def is_held(connection: Connection, *, rehearsal: bool) -> bool:
    """Tell whether a brake, or a person, holds the confirmations; a new day does not free them."""
    paused = exists().where(mailings.c.id.in_(asking(rehearsal=rehearsal)), mailings.c.paused)
    return bool(connection.scalar(select(paused)))


def resumed_at(connection: Connection) -> datetime | None:
    """Return when a person last let confirmations go on; None if nobody ever had to."""
    moment: datetime | None = connection.scalar(select(campaigns.c.hold_until).where(campaigns.c.id == SERVICE))
    return moment


def asked_lately(connection: Connection, admission: Admission, resumed: datetime | None) -> int:
    """Return how many were asked within the hour, without those whom a person let go on."""
    since = max(admission.now - HOUR, resumed or admission.now - HOUR)
    ours = deliveries.c.mailing.in_(asking(rehearsal=admission.rehearsal))
    count = select(func.count()).select_from(deliveries).where(ours, deliveries.c.deadline > since + MAIL_LASTS)
    return int(connection.scalar(count) or 0)


def slot_of_today(connection: Connection, admission: Admission) -> int:
    """Return the row of today's mailing that asks to confirm."""
    asks = Mailing(
        MailingId(confirm_mailing_id(admission.now.astimezone(UTC).date())), MailingKind.CONFIRM, on_launch=True
    )
    return slot_of(connection, asks, admission.revision, rehearsal=admission.rehearsal, now=admission.now)


def slot_of(connection: Connection, mailing: Mailing, revision: int, *, rehearsal: bool, now: datetime) -> int:
    """Return the row of one of the day's mailings; it is made if there is none, and so is the campaign's approval."""
    now, run = now.astimezone(UTC), _run(rehearsal=rehearsal)
    begun = {"status": Status.READY, "file_status": Status.READY, "approvals": 1, "rehearsal": rehearsal}
    draft = (campaigns.c.id == SERVICE, campaigns.c.approvals == 0)
    connection.execute(update(campaigns).where(*draft).values(**begun, launched_at=now))
    if not rehearsal:
        real = (campaigns.c.id == SERVICE, campaigns.c.real_launched_at.is_(None))
        connection.execute(update(campaigns).where(*real).values(real_launched_at=now, rehearsal=False))
    row = {"campaign_id": SERVICE, "mailing_id": mailing.id, "run": run, "kind": mailing.kind, "priority": URGENT}
    row |= {"due": now.replace(hour=0, minute=0, second=0, microsecond=0), "revision": revision}
    insert_new(connection, mailings, [row | {"planned": True}])
    same = (mailings.c.campaign_id == SERVICE, mailings.c.mailing_id == mailing.id, mailings.c.run == run)
    return int(connection.execute(select(mailings.c.id).where(*same)).scalar_one())


def resume(connection: Connection, now: datetime) -> bool:
    """Let confirmations leave again, and all that wait by now; the hour counts anew. Tell whether there are any."""
    service = update(campaigns).where(campaigns.c.id == SERVICE, campaigns.c.approvals > 0)
    if not connection.execute(service.values(status=Status.READY, reason="", hold_until=now)).rowcount:
        return False
    connection.execute(update(mailings).where(mailings.c.campaign_id == SERVICE).values(paused=False, reason=""))
    return True


def _run(*, rehearsal: bool) -> int:
    """Return the run that mails over a relay of this sort belong to."""
    return REHEARSED_RUN if rehearsal else REAL_RUN
