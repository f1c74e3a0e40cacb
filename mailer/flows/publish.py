"""How does a campaign enter the database, and how is it changed there? Launch, revise, update, correct, close.

Law: nothing is sent before a person launched the campaign, and what a person stopped or closed is final.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from mailer.core.audience import Cohort, Selection, audience_of
from mailer.core.callers import audience_to_keep, has_few_callers
from mailer.core.campaigns import Campaign, CampaignId, Closing, Mailing, MailingId, MailingKind, Status
from mailer.core.coverage import Coverage, coverage_of
from mailer.core.enclosures import Enclosure
from mailer.core.history import carry_over, commanded_id, contradictions
from mailer.core.listings import Listing, listings
from mailer.core.progress import HOLD, CampaignRecord, MailingRecord
from mailer.core.reach import without_channel
from mailer.core.retirement import Retired
from mailer.core.revisions import Revision
from mailer.core.schedule import campaign_end
from mailer.core.texts import LocalText
from mailer.errors import UsageError
from mailer.flows.command import require
from mailer.flows.compose import alert_of


class CampaignStore(Protocol):
    """What publishing needs of the store."""

    def all(self) -> tuple[CampaignRecord, ...]:
        """Return every campaign that was ever published, by id."""

    def find(self, campaign_id: str) -> CampaignRecord | None:
        """Return one campaign, or None if it was never published."""

    def publish(self, revision: Revision, *, now: datetime) -> int:
        """Keep `revision` as the current one; return its number."""

    def revision(self, campaign_id: str, number: int) -> Revision:
        """Return a kept revision."""

    def approve(self, campaign_id: str, *, rehearsal: bool, now: datetime, hold_until: datetime) -> None:
        """Record a launch."""

    def set_status(self, campaign_id: str, status: Status, *, reason: str = "", now: datetime) -> None:
        """Command a campaign."""

    def mailings(self, campaign_id: str, run: int | None = None) -> tuple[MailingRecord, ...]:
        """Return the slots of a campaign, of one run or of all."""

    def reopen_late_alert(self, row: int, due: datetime) -> None:
        """Let a late alert go out after all."""


class Audience(Protocol):
    """What publishing needs to know of supporters: how many, where, reading what."""

    def cohorts(self, selection: Selection) -> tuple[Cohort, ...]:
        """Return the audience counted by country and language."""

    def left_out(self, selection: Selection) -> Mapping[str, int]:
        """Return how many supporters are not in the audience, by reason."""


class Freezer(Protocol):
    """What publishing needs to make revisions."""

    def assemble(self, campaign: Campaign) -> Revision:
        """Return the revision of a campaign, complete in itself."""

    def prove(self, revision: Revision) -> None:
        """Raise if any mail of the revision could not be composed."""


@dataclass(frozen=True, slots=True)
class LaunchPlan:
    """What a person approves: the campaign, its alert, its audience, and where the letters would go.

    `unreachable` are the cohorts to whom no channel is open, `retired` what the campaign lists and nobody is told.
    """

    campaign: Campaign
    revision: Revision
    alert: Mailing
    cohorts: tuple[Cohort, ...]
    excluded_countries: tuple[str, ...]
    left_out: Mapping[str, int]
    unreachable: tuple[Cohort, ...]
    coverage: Coverage
    rehearsal: bool
    retired: tuple[Listing, ...] = ()

    @property
    def audience(self) -> int:
        """Return how many supporters would get the alert."""
        return sum(cohort.count for cohort in self.cohorts)


class Publisher:
    """Brings campaigns from the file into the database, and carries out people's commands."""

    def __init__(
        self,
        store: CampaignStore,
        audience: Audience,
        freezer: Freezer,
        hash_tag: Callable[[str], bytes],
        permit: Callable[[Campaign], None] = lambda campaign: None,
        retired: Callable[[], frozenset[str]] = frozenset,
    ) -> None:
        self._store = store
        self._audience = audience
        self._freezer = freezer
        self._hash_tag = hash_tag
        self._permit = permit
        self._retired = retired

    def plan_launch(self, campaign: Campaign, *, rehearsal: bool, now: datetime) -> LaunchPlan:
        """Return what launching would do, without doing it.

        Raises:
            UsageError: the file or the database forbids the launch.
            RenderingError: a template fails; the campaign is not released.
        """
        self._permit(campaign)
        record = self._store.find(campaign.id)
        _refuse_launch(campaign, record, waiting=self._late_alert(campaign.id), now=now)
        revision = self._revise(campaign, record if record and record.real_launched_at else None)
        rule = audience_of(campaign, self._hash_tag)
        cohorts = self._audience.cohorts(rule)
        retired = self._retired()
        return LaunchPlan(
            campaign=campaign,
            revision=revision,
            alert=alert_of(campaign),
            cohorts=cohorts,
            excluded_countries=rule.excluded_countries,
            left_out=self._audience.left_out(rule),
            unreachable=without_channel(revision, cohorts, now=now, retired=retired),
            coverage=coverage_of(campaign, revision.missions, cohorts),
            rehearsal=rehearsal,
            retired=Retired(retired).among(listings(campaign, revision.missions)),
        )

    def launch(self, plan: LaunchPlan, *, now: datetime, hold: timedelta = HOLD) -> None:
        """Approve the campaign and release its alert after `hold`."""
        self._store.publish(plan.revision, now=now)
        late = self._late_alert(plan.campaign.id)
        self._store.approve(plan.campaign.id, rehearsal=plan.rehearsal, now=now, hold_until=now + hold)
        if late is not None and not plan.rehearsal:
            self._store.reopen_late_alert(late.row, max(now + hold, plan.alert.at or now))

    def enter(self, campaign: Campaign, *, now: datetime) -> int:
        """Publish the file's campaign as a revision; return the number.

        Raises:
            UsageError: it contradicts what has gone out.
        """
        self._permit(campaign)
        record = self._store.find(campaign.id)
        if record is not None:
            _refuse(contradictions(campaign, record, self._store.mailings(campaign.id)))
        return self._store.publish(self._revise(campaign, record), now=now)

    def update(
        self, campaign: Campaign, text: LocalText, *, now: datetime, answers: tuple[Enclosure, ...] = ()
    ) -> MailingId:
        """Add an update that goes out at once, with what officials answered; return its id."""
        return self._add(campaign, MailingKind.UPDATE, text, now, answers)

    def correct(self, campaign: Campaign, text: LocalText, *, now: datetime) -> MailingId:
        """Add a correction for those who got an address that no longer holds; return its id."""
        return self._add(campaign, MailingKind.CORRECTION, text, now)

    def close(self, campaign: Campaign, closing: Closing, *, now: datetime) -> None:
        """End a campaign: all that is queued is cancelled, and the closing goes out."""
        self._permit(campaign)
        record = require(self._store, campaign.id)
        if record.status is Status.CLOSED:
            raise UsageError(f"campaign {campaign.id} was closed on {record.closed_at:%Y-%m-%d}; nothing done")
        self._store.publish(self._revise(replace(campaign, closing=closing), record), now=now)
        self._store.set_status(campaign.id, Status.CLOSED, now=now)

    def _add(
        self,
        campaign: Campaign,
        kind: MailingKind,
        text: LocalText,
        now: datetime,
        answers: tuple[Enclosure, ...] = (),
    ) -> MailingId:
        """Publish the campaign with one more mailing, due now."""
        record = require(self._store, campaign.id)
        if record.status in (Status.STOPPED, Status.CLOSED):
            raise UsageError(f"campaign {campaign.id} is {record.status}: no {kind} can go out any more")
        kept = self._store.revision(campaign.id, record.revision).campaign
        name = commanded_id(kind, now, [mailing.id for mailing in kept.mailings])
        mailing = Mailing(name, kind, at=now, text=text, answers=answers)
        self.enter(replace(campaign, mailings=(*campaign.mailings, mailing)), now=now)
        return mailing.id

    def _revise(self, campaign: Campaign, record: CampaignRecord | None) -> Revision:
        """Return the frozen content, with what commands added since `record`; what is new in it is proven first."""
        if record is None or not record.revision:
            revision = self._counted(self._freezer.assemble(campaign))
        else:
            kept = self._store.revision(campaign.id, record.revision)
            closed = record.status is Status.CLOSED
            assembled = self._freezer.assemble(carry_over(campaign, kept.campaign, closed=closed))
            revision = self._counted(assembled, before=kept.audience)
            if revision == kept:
                return kept
        self._freezer.prove(revision)
        return revision

    def _counted(self, revision: Revision, before: int = 0) -> Revision:
        """Return `revision` with the size of its audience, where a target is rung by only so many of it."""
        if not has_few_callers(revision.campaign):
            return revision
        cohorts = self._audience.cohorts(audience_of(revision.campaign, self._hash_tag))
        return replace(revision, audience=audience_to_keep(before, sum(cohort.count for cohort in cohorts)))

    def _late_alert(self, campaign_id: CampaignId) -> MailingRecord | None:
        """Return the alert that waits because it came too late, if there is one."""
        slots = self._store.mailings(campaign_id, run=0)
        return next(
            (slot for slot in slots if slot.kind is MailingKind.ALERT and slot.paused and not slot.cursor), None
        )


def _refuse(reasons: Sequence[str]) -> None:
    """Raise the reasons, if there are any."""
    if reasons:
        raise UsageError("; ".join(reasons))


def _refuse_launch(
    campaign: Campaign,
    record: CampaignRecord | None,
    *,
    waiting: MailingRecord | None,
    now: datetime,
) -> None:
    """Refuse a launch that the file or the past forbids.

    Raises:
        UsageError: with what to do instead.
    """
    if campaign.status is not Status.READY:
        raise UsageError(f"campaign {campaign.id} is {campaign.status} in the file: set `status: ready` to launch it")
    if campaign_end(campaign, now) <= now:
        raise UsageError(f"campaign {campaign.id} ended: its `write_until` is past, letters would come too late")
    if record is None or record.real_launched_at is None:
        return  # rehearsals, stopped and closed ones too, use up nothing
    if record.status in (Status.STOPPED, Status.CLOSED):
        raise UsageError(f"campaign {campaign.id} is {record.status}, which is final: a new case needs a new id")
    if waiting is None:
        raise UsageError(
            f"campaign {campaign.id} was launched on {record.real_launched_at:%Y-%m-%d %H:%M} UTC; nothing done "
            "(`mailer update` sends news, `mailer revise` takes a changed file over)"
        )
