"""Which mailings are due, and who gets them? One tick: plan slots, fill them with deliveries, page by page.

Law: a tick may be repeated, interrupted, or run by many daemons at once; the unique keys of slots and
deliveries decide, not the daemon.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from mailer.core.audience import Opening, Selection, audience_of
from mailer.core.campaigns import Campaign, Mailing, MailingKind, Status
from mailer.core.corrections import corrected_pairs
from mailer.core.countries import zone_that_holds
from mailer.core.progress import CampaignRecord, MailingRecord
from mailer.core.revisions import Revision
from mailer.core.schedule import (
    NEWS_LASTS,
    Slot,
    ZonedMoment,
    alert_due,
    campaign_end,
    is_late_alert,
    plan_mailings,
    reminder_deadline,
    zoned_moments,
)
from mailer.flows.compose import CLOSING_ID, mailing_of

_EVER = datetime(1970, 1, 1, tzinfo=UTC)
LATE = "it is more than 6 hours late: `mailer launch` releases it"


class Slots(Protocol):
    """What dispatching needs of the campaigns' store."""

    def all(self) -> tuple[CampaignRecord, ...]:
        """Return every campaign that was ever published."""

    def revision(self, campaign_id: str, number: int) -> Revision:
        """Return a kept revision."""

    def plan(self, campaign_id: str, slots: list[Slot], *, run: int, revision: int) -> None:
        """Make a row for each slot that has none in this run."""

    def mailings(self, campaign_id: str, run: int | None = None) -> tuple[MailingRecord, ...]:
        """Return the slots of a campaign in one run."""


class Filling(Protocol):
    """What dispatching needs to fill slots; each `fill_` does one page and tells whether it was the end."""

    def zones(self) -> tuple[tuple[str, str], ...]:
        """Return the distinct (timezone, country) of supporters who may be written to."""

    def fill_from_supporters(
        self, slot: MailingRecord, selection: Selection, *, not_before: datetime, deadline: datetime | None
    ) -> bool:
        """Fill one page of an alert."""

    def fill_from_alerts(
        self,
        slot: MailingRecord,
        *,
        not_before: datetime,
        deadline: datetime | None,
        composed_from: tuple[tuple[int, str], ...] | None = None,
    ) -> bool:
        """Fill one page of an update, correction or closing."""

    def fill_reminder_before(
        self, slot: MailingRecord, moments: tuple[ZonedMoment, ...], *, deadline: datetime | None
    ) -> bool:
        """Fill one page of a reminder before an event."""

    def fill_reminder_after(
        self, slot: MailingRecord, moments: tuple[ZonedMoment, ...], *, sent_until: datetime, deadline: datetime | None
    ) -> bool:
        """Fill one page of a reminder after the alert."""

    def has_newcomers(self) -> bool:
        """Tell whether anybody came into an audience behind the cursors."""

    def fill_newcomers(self, openings: Sequence[Opening]) -> None:
        """Let one page of newcomers into every open alert that began, and forget that they were new."""

    def mark_planned(self, slot: MailingRecord) -> None:
        """Record that filling is complete."""


class Brake(Protocol):
    """What dispatching needs to hold a mailing."""

    def pause_mailing(self, row: int, reason: str) -> None:
        """Hold one mailing, and say why."""


@dataclass(frozen=True, slots=True)
class _Case:
    """One campaign in one run, at one moment."""

    record: CampaignRecord
    revision: Revision
    run: int
    began: datetime
    now: datetime

    @property
    def campaign(self) -> Campaign:
        """Return the campaign of the current revision."""
        return self.revision.campaign

    @property
    def ends_at(self) -> datetime:
        """Return when letters stop mattering."""
        return campaign_end(self.campaign, alert_due(self.campaign, self.began))


class Dispatcher:
    """Plans and fills what is due; owns no clock, and stops between pages when told to."""

    def __init__(
        self,
        slots: Slots,
        filling: Filling,
        brake: Brake,
        hash_tag: Callable[[str], bytes],
        should_stop: Callable[[], bool] = lambda: False,
    ) -> None:
        self._slots = slots
        self._filling = filling
        self._brake = brake
        self._hash_tag = hash_tag
        self._should_stop = should_stop
        self._revisions: dict[str, tuple[int, Revision]] = {}

    def tick(self, *, rehearsal: bool, now: datetime) -> int:
        """Do all that is due by `now`; return how many pages were filled."""
        records = self._slots.all()
        at_work = (record for record in records if record.is_running or record.status is Status.CLOSED)
        cases = (self._case(record, rehearsal=rehearsal, now=now) for record in at_work)
        return sum(self._tick_case(case) for case in cases if case is not None) + self._admit(records, now)

    def _admit(self, records: Sequence[CampaignRecord], now: datetime) -> int:
        """Let newcomers into every open alert, also what is paused or rehearsed; return how many pages they were."""
        pages = 0
        while not self._should_stop() and self._filling.has_newcomers():
            self._filling.fill_newcomers(tuple(self._openings(records, now)))
            pages += 1
        return pages

    def _openings(self, records: Sequence[CampaignRecord], now: datetime) -> Iterator[Opening]:
        """Return the alerts that are open."""
        live = [record for record in records if not record.is_over]
        cases = [self._case(record, rehearsal=rehearsal, now=now) for record in live for rehearsal in (False, True)]
        for case in cases:
            if case is None or now >= case.ends_at:
                continue
            for slot in self._slots.mailings(case.record.id, case.run):
                if slot.kind is MailingKind.ALERT and _belongs(slot, case):
                    yield self._opening(slot, case)

    def _opening(self, slot: MailingRecord, case: _Case) -> Opening:
        """Return whom an alert is open for, and the bounds of their letters."""
        rule = audience_of(case.campaign, self._hash_tag)
        return Opening(slot, rule, not_before=max(slot.due, case.began), deadline=case.ends_at)

    def _case(self, record: CampaignRecord, *, rehearsal: bool, now: datetime) -> _Case | None:
        """Return a campaign in the run of this sort, or None if there was no launch for it."""
        run, began = record.run(rehearsal=rehearsal), record.began(rehearsal=rehearsal)
        if run is None or began is None:
            return None
        return _Case(record, self._revision(record), run, began, now)

    def _revision(self, record: CampaignRecord) -> Revision:
        """Return the current revision; it is read once."""
        number, kept = self._revisions.get(record.id, (0, None))
        if kept is None or number != record.revision:
            kept = self._slots.revision(record.id, record.revision)
            self._revisions[record.id] = (record.revision, kept)
        return kept

    def _tick_case(self, case: _Case) -> int:
        """Plan the slots of one campaign and fill those that are due."""
        self._slots.plan(case.record.id, list(_due_slots(case)), run=case.run, revision=case.record.revision)
        pages = 0
        for slot in self._slots.mailings(case.record.id, case.run):
            if slot.planned or slot.paused or slot.due > case.now or not _belongs(slot, case):
                continue
            pages += self._fill(slot, case)
        return pages

    def _fill(self, slot: MailingRecord, case: _Case) -> int:
        """Fill one slot to its end, page by page."""
        mailing = mailing_of(case.campaign, slot.mailing_id)
        if _waits_for_launch(slot, mailing, case):
            self._brake.pause_mailing(slot.row, LATE)
            return 0
        page = self._page_of(slot, mailing, case)
        pages = 0
        while not self._should_stop():
            if page():
                if _fills_once(mailing) or case.now >= case.ends_at:
                    self._filling.mark_planned(slot)
                break
            pages += 1
        return pages

    def _page_of(self, slot: MailingRecord, mailing: Mailing, case: _Case) -> Callable[[], bool]:
        """Return what fills the next page of this kind of mailing."""
        if mailing.kind is MailingKind.ALERT:
            opening = self._opening(slot, case)
            return lambda: self._filling.fill_from_supporters(
                slot, opening.selection, not_before=opening.not_before, deadline=opening.deadline
            )
        if mailing.kind is MailingKind.REMINDER:
            return self._reminder_page(slot, mailing, case)
        pairs = self._corrected(case) if mailing.kind is MailingKind.CORRECTION else None
        until = max(slot.due, case.now) + NEWS_LASTS
        return lambda: self._filling.fill_from_alerts(slot, not_before=slot.due, deadline=until, composed_from=pairs)

    def _reminder_page(self, slot: MailingRecord, mailing: Mailing, case: _Case) -> Callable[[], bool]:
        """Return what fills the next page of a reminder, in each zone's window."""
        default = case.revision.organisation.timezone
        moments = zoned_moments(mailing, case.campaign, _effective(self._filling.zones(), default), case.now)
        deadline = reminder_deadline(mailing, case.campaign, case.ends_at)
        if mailing.after is None:
            return lambda: self._filling.fill_reminder_before(slot, moments, deadline=deadline)
        until = case.now - mailing.after
        return lambda: self._filling.fill_reminder_after(slot, moments, sent_until=until, deadline=deadline)

    def _corrected(self, case: _Case) -> tuple[tuple[int, str], ...]:
        """Return which (revision, country) pairs of alerts told a wrong address."""
        older = {n: self._slots.revision(case.record.id, n) for n in range(1, case.record.revision)}
        countries = tuple(sorted({country for _, country in self._filling.zones()}))
        return corrected_pairs(older, case.revision, countries)


def _due_slots(case: _Case) -> Iterable[Slot]:
    """Return the slots of a campaign that are due: all of a running one, the closing of a closed one."""
    if case.record.status is Status.CLOSED:
        closed_at = case.record.closed_at or case.now
        return [Slot(closed_at, CLOSING_ID, MailingKind.CLOSING)] if case.campaign.closing else []
    return plan_mailings(case.campaign, launched_at=case.began, after=_EVER, until=max(case.now, case.began))


def _belongs(slot: MailingRecord, case: _Case) -> bool:
    """Tell whether a slot may be filled in the campaign's present state; a rehearsal's may be of an older file."""
    if slot.kind is MailingKind.CLOSING or case.record.status is Status.CLOSED:
        return slot.kind is MailingKind.CLOSING and case.record.status is Status.CLOSED
    return any(mailing.id == slot.mailing_id for mailing in case.campaign.mailings)


def _waits_for_launch(slot: MailingRecord, mailing: Mailing, case: _Case) -> bool:
    """Tell whether an alert is too late, or was moved while it waited as late; a launch dates its slot anew."""
    if mailing.kind is not MailingKind.ALERT or mailing.at is None or slot.cursor or slot.due > mailing.at:
        return False
    return slot.due < mailing.at or is_late_alert(mailing, case.now, launched_at=case.began)


def _fills_once(mailing: Mailing) -> bool:
    """Tell whether filling ends; alerts and reminders after them go on for those who join later."""
    return mailing.kind is not MailingKind.ALERT and mailing.after is None


def _effective(zones: Iterable[tuple[str, str]], default: str) -> tuple[tuple[str, str, str], ...]:
    """Return (timezone column, country, zone that holds): the own zone, else the capital's, else the default."""
    return tuple((zone, country, zone_that_holds(zone, country, default)) for zone, country in zones)
