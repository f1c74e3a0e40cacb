"""Which campaigns are published, approved, paused or over? Their rows, revisions and mailings' slots.

Law: a revision is never changed, a slot is planned once, and `stopped` and `closed` are never undone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, FromClause, Select, case, func, insert, select, true, union_all, update

from mailer.adapters.store.census import HELD
from mailer.adapters.store.dialect import insert_new
from mailer.adapters.store.engine import reading, writing
from mailer.adapters.store.filling import fill_again
from mailer.adapters.store.freezing import freeze, thaw
from mailer.adapters.store.states import WAITING, change_in_order, in_nobodys_hand, literally
from mailer.adapters.store.tables import campaigns, deliveries, mailings, revisions, trials
from mailer.core.campaigns import Campaign, CampaignId, MailingKind, Status
from mailer.core.deliveries import Event, State
from mailer.core.progress import CampaignRecord, MailingRecord
from mailer.core.revisions import Revision
from mailer.core.schedule import Slot
from mailer.core.shares import priority_of
from mailer.core.signups import SERVICE
from mailer.errors import NotFoundError

_FINAL = (Status.STOPPED, Status.CLOSED)
_OPEN = (*WAITING, State.CLAIMED)
CANCEL_PAGE = 5_000  # rows of one transaction, when the queue of a campaign that ended is cancelled


class SqlCampaigns:
    """Campaigns, revisions and mailings in SQL; one transaction per method."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def all(self) -> tuple[CampaignRecord, ...]:
        """Return every campaign that was ever published, by id; what asks people to confirm is none."""
        query = select(campaigns).where(campaigns.c.id != SERVICE).order_by(campaigns.c.id)
        with reading(self._engine) as connection:
            return tuple(_campaign(row) for row in connection.execute(query))

    def find(self, campaign_id: str) -> CampaignRecord | None:
        """Return one campaign, or None if it was never published."""
        with reading(self._engine) as connection:
            row = connection.execute(select(campaigns).where(campaigns.c.id == campaign_id)).one_or_none()
            return _campaign(row) if row else None

    def publish(self, revision: Revision, *, now: datetime) -> int:
        """Keep `revision` and make it the campaign's current one; return its number.

        The same content again keeps its number; the file's status is taken over in any case.
        """
        content, digest = freeze(revision)
        campaign = revision.campaign
        with writing(self._engine) as connection:
            row = {"id": campaign.id, "status": Status.DRAFT, "file_status": campaign.status}
            insert_new(connection, campaigns, [row])
            mine = select(campaigns.c.id).where(campaigns.c.id == campaign.id)
            connection.execute(mine.with_for_update(key_share=True))  # one revision at a time gets the next number
            number, is_new = _keep(connection, campaign.id, content, digest, now)
            if is_new:
                _reopen(connection, campaign)
            changed = update(campaigns).where(campaigns.c.id == campaign.id)
            resend = campaign.on_uncertain == "resend"
            values = {"file_status": campaign.status, "resend_uncertain": resend, "pace_per_hour": campaign.per_hour}
            values["max_per_week"] = revision.organisation.max_per_week
            connection.execute(changed.values(revision=number, **values))
            return number

    def revision(self, campaign_id: str, number: int) -> Revision:
        """Return a kept revision.

        Raises:
            NotFoundError: there is no such revision.
        """
        chosen = (revisions.c.campaign_id == campaign_id) & (revisions.c.number == number)
        with reading(self._engine) as connection:
            content = connection.execute(select(revisions.c.content).where(chosen)).scalar_one_or_none()
        if content is None:
            raise NotFoundError(f"campaign {campaign_id} has no revision {number}")
        return thaw(content)

    def digests(self) -> Mapping[str, str]:
        """Return the SHA-256 (hex) of what each campaign's current revision holds."""
        current = (revisions.c.campaign_id == campaigns.c.id) & (revisions.c.number == campaigns.c.revision)
        query = select(campaigns.c.id, revisions.c.sha256).join(revisions, current).order_by(campaigns.c.id)
        with reading(self._engine) as connection:
            return {row.id: row.sha256 for row in connection.execute(query)}

    def approve(self, campaign_id: str, *, rehearsal: bool, now: datetime, hold_until: datetime) -> None:
        """Record a launch; the first that is no rehearsal opens run 0 and ends what is left of rehearsals.

        Once there was a real launch, what is stopped or closed stays so, and a rehearsal resumes nothing.
        """
        unlaunched = campaigns.c.real_launched_at.is_(None)
        chosen = (campaigns.c.id == campaign_id) & (unlaunched | campaigns.c.status.not_in(_FINAL))
        real = unlaunched if rehearsal else true()
        with writing(self._engine) as connection:
            connection.execute(
                update(campaigns)
                .where(chosen)
                .values(
                    status=case((real, Status.READY), else_=campaigns.c.status),
                    approvals=campaigns.c.approvals + 1,
                    rehearsal=rehearsal,
                    launched_at=now,
                    hold_until=hold_until,
                    reason="",
                )
            )
            if not rehearsal:
                connection.execute(update(campaigns).where(chosen, unlaunched).values(real_launched_at=hold_until))
            rehearsed = deliveries.c.id.in_(select(_unsent(connection, campaign_id).c.id)) & deliveries.c.rehearsal
            change_in_order(connection, rehearsed, _OPEN, Event.CANCEL)

    def set_status(self, campaign_id: str, status: Status, *, reason: str = "", now: datetime) -> None:
        """Command a campaign: in force when the first transaction ends; `stopped` and `closed` then cancel the queue.

        What is closed stays closed, and what is stopped can only be closed, whoever came first.
        """
        values: dict[str, Any] = {"status": status, "reason": reason}
        if status is Status.CLOSED:
            values["closed_at"] = now
        with writing(self._engine) as connection:
            final = [Status.CLOSED] if status in _FINAL else _FINAL
            chosen = (campaigns.c.id == campaign_id) & campaigns.c.status.not_in(final)
            if not connection.execute(update(campaigns).where(chosen).values(**values)).rowcount:
                return
            if status is Status.READY:
                held = (mailings.c.campaign_id == campaign_id) & mailings.c.paused
                connection.execute(update(mailings).where(held).values(paused=False, reason=""))
        if status in _FINAL:
            self._cancel_all(campaign_id)

    def _cancel_all(self, campaign_id: str) -> None:
        """Cancel the queue page by page, so that nobody waits for a long one; what a crash leaves, a sender cancels."""
        last: int | None = 0
        while last is not None:
            with writing(self._engine) as connection:
                unsent = _unsent(connection, campaign_id).c.id
                page = select(unsent).where(unsent > last).order_by(unsent)
                first, last = last, _last_of(connection, page.limit(CANCEL_PAGE))
                if last is not None:
                    these = deliveries.c.id.in_(select(unsent).where(unsent.between(first + 1, last)))
                    change_in_order(connection, these, _OPEN, Event.CANCEL)

    def plan(self, campaign_id: str, slots: Sequence[Slot], *, run: int, revision: int) -> None:
        """Make a row for each slot that has none in this run."""
        rows = [
            {
                "campaign_id": campaign_id,
                "mailing_id": slot.mailing_id,
                "run": run,
                "kind": slot.kind,
                "priority": priority_of(slot.kind),
                "due": slot.due,
                "revision": revision,
            }
            for slot in slots
        ]
        with writing(self._engine) as connection:
            insert_new(connection, mailings, rows)

    def mailings(self, campaign_id: str, run: int | None = None) -> tuple[MailingRecord, ...]:
        """Return the slots of a campaign, of one run or of all, earliest first."""
        query = select(mailings).where(mailings.c.campaign_id == campaign_id).order_by(mailings.c.due, mailings.c.id)
        if run is not None:
            query = query.where(mailings.c.run == run)
        with reading(self._engine) as connection:
            return tuple(_mailing(row) for row in connection.execute(query))

    def note_trial(self, campaign_id: str, *, now: datetime) -> None:
        """Remember when a test mail of a campaign last went out."""
        with writing(self._engine) as connection:
            insert_new(connection, trials, [{"campaign_id": campaign_id, "last_at": now}])
            connection.execute(update(trials).where(trials.c.campaign_id == campaign_id).values(last_at=now))

    def last_trials(self) -> Mapping[str, datetime]:
        """Return when a test mail last went out, by campaign."""
        with reading(self._engine) as connection:
            return {row.campaign_id: row.last_at for row in connection.execute(select(trials))}

    def reopen_late_alert(self, row: int, due: datetime) -> None:
        """Let a late alert go out after all, because a person launched it again."""
        with writing(self._engine) as connection:
            connection.execute(update(mailings).where(mailings.c.id == row).values(due=due, paused=False, reason=""))


def _keep(connection: Connection, campaign_id: str, content: bytes, digest: str, now: datetime) -> tuple[int, bool]:
    """Insert a revision unless the newest is equal; return the number, and whether it is new."""
    newest = select(revisions.c.number, revisions.c.sha256).where(revisions.c.campaign_id == campaign_id)
    last = connection.execute(newest.order_by(revisions.c.number.desc()).limit(1)).one_or_none()
    if last is not None and last.sha256 == digest:
        return int(last.number), False
    number = 1 if last is None else int(last.number) + 1
    row = {"campaign_id": campaign_id, "number": number, "sha256": digest, "made_at": now, "content": content}
    connection.execute(insert(revisions), [row])
    return number, True


def _reopen(connection: Connection, campaign: Campaign) -> None:
    """Let alerts, and the reminders after them, be filled on: the audience or the deadline may have grown."""
    growing = [m.id for m in campaign.mailings if m.kind is MailingKind.ALERT or m.after is not None]
    slots = (mailings.c.campaign_id == campaign.id) & mailings.c.mailing_id.in_(growing)
    connection.execute(update(mailings).where(slots).values(planned=False))
    fill_again(connection, mailings.c.campaign_id == campaign.id)


def _unsent(connection: Connection, campaign_id: str) -> FromClause:
    """Return the ids of the campaign's deliveries that have not left; those in flight are their senders'."""
    rows = connection.execute(select(mailings.c.id).where(mailings.c.campaign_id == campaign_id)).scalars().all()
    waits = (in_nobodys_hand(deliveries.c), literally(deliveries.c.state, WAITING))
    waiting = select(deliveries.c.id).where(deliveries.c.mailing.in_(rows), *waits)
    claimed = select(HELD.c.id).where(HELD.c.mailing.in_(rows), HELD.c.state == State.CLAIMED)
    return union_all(waiting, claimed).subquery("unsent")


def _last_of(connection: Connection, page: Select[Any]) -> int | None:
    """Return the last id of a page, None if it is empty."""
    found: int | None = connection.scalar(select(func.max(page.subquery().c.id)))
    return found


def _campaign(row: Any) -> CampaignRecord:
    """Return the value of a row of `campaigns`."""
    return CampaignRecord(
        id=CampaignId(row.id),
        status=Status(row.status),
        file_status=Status(row.file_status),
        revision=row.revision,
        approvals=row.approvals,
        rehearsal=row.rehearsal,
        launched_at=row.launched_at,
        hold_until=row.hold_until,
        real_launched_at=row.real_launched_at,
        closed_at=row.closed_at,
        reason=row.reason,
        pace_per_hour=row.pace_per_hour,
        resends=row.resend_uncertain,
    )


def _mailing(row: Any) -> MailingRecord:
    """Return the value of a row of `mailings`."""
    return MailingRecord(
        row=row.id,
        campaign_id=CampaignId(row.campaign_id),
        mailing_id=row.mailing_id,
        run=row.run,
        kind=MailingKind(row.kind),
        due=row.due,
        revision=row.revision,
        cursor=row.cursor,
        planned=row.planned,
        paused=row.paused,
        reason=row.reason,
    )
