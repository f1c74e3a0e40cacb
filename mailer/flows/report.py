"""How do the campaigns stand, and what comes next? Values for `status` and `plan`; reads only.

Law: a rehearsal is always called one, and numbers come from the outbox, never from memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from mailer.core.campaigns import Campaign, MailingKind, Status
from mailer.core.deliveries import State
from mailer.core.progress import CampaignRecord, MailingRecord
from mailer.core.schedule import ZonedMoment, alert_due, first_due, zoned_moments


class Records(Protocol):
    """What reporting needs of the campaigns' store."""

    def last_trials(self) -> Mapping[str, datetime]:
        """Return when a test mail last went out, by campaign."""

    def all(self) -> tuple[CampaignRecord, ...]:
        """Return every campaign that was ever published."""

    def mailings(self, campaign_id: str, run: int | None = None) -> tuple[MailingRecord, ...]:
        """Return the slots of a campaign."""


class Tallies(Protocol):
    """What reporting needs of the outbox."""

    def counts(self, campaign_id: str) -> Mapping[int, Mapping[State, int]]:
        """Return how many deliveries of each mailing (by its row) are in each state."""

    def last_replies(self, campaign_id: str) -> Mapping[int, str]:
        """Return the newest reply that was not an acceptance, by the mailing's row."""


@dataclass(frozen=True, slots=True)
class MailingStatus:
    """One slot and its deliveries; `counts` has all ten states, `reason` says what holds it."""

    id: str
    kind: MailingKind
    due: datetime
    rehearsal: bool
    reason: str
    last_reply: str
    counts: Mapping[State, int]


@dataclass(frozen=True, slots=True)
class CampaignStatus:
    """One campaign and its mailings, earliest first; `launched_at` and `hold_until` are of the last launch."""

    id: str
    status: Status
    rehearsal: bool
    launched_at: datetime | None
    hold_until: datetime | None
    tested_at: datetime | None
    mailings: tuple[MailingStatus, ...]


def campaign_statuses(records: Records, tallies: Tallies, only: str | None = None) -> tuple[CampaignStatus, ...]:
    """Return how every campaign in the database stands, or only one."""
    tested = records.last_trials()
    chosen = (record for record in records.all() if only in (None, record.id))
    return tuple(_status(record, records, tallies, tested.get(record.id)) for record in chosen)


def _status(record: CampaignRecord, records: Records, tallies: Tallies, tested_at: datetime | None) -> CampaignStatus:
    """Return the status of one campaign."""
    counts, replies = tallies.counts(record.id), tallies.last_replies(record.id)
    return CampaignStatus(
        id=record.id,
        status=record.effective,
        rehearsal=record.real_launched_at is None,
        launched_at=record.launched_at,
        hold_until=record.hold_until,
        tested_at=tested_at,
        mailings=tuple(
            MailingStatus(
                id=slot.mailing_id,
                kind=slot.kind,
                due=slot.due,
                rehearsal=slot.is_rehearsal,
                reason=slot.reason,
                last_reply=replies.get(slot.row, ""),
                counts={state: counts.get(slot.row, {}).get(state, 0) for state in State},
            )
            for slot in records.mailings(record.id)
        ),
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """From when a campaign counts (UTC), whether it was launched for this sort of relay, and whether it rehearses."""

    began: datetime
    is_launched: bool
    is_rehearsal: bool


@dataclass(frozen=True, slots=True)
class PlannedMailing:
    """A mailing that is still to come: from when (UTC), until when in the last zone, to how many people.

    One that is not `launched` comes only if a person launches the campaign, and is told as if that were now.
    """

    campaign: str
    id: str
    kind: MailingKind
    due: datetime
    last: datetime
    local: tuple[ZonedMoment, ...]
    people: int
    launched: bool = True
    rehearsal: bool = False


def upcoming(
    campaign: Campaign, standing: Standing, *, zones: Iterable[tuple[str, str, str]], people: int, now: datetime
) -> tuple[PlannedMailing, ...]:
    """Return the mailings of a campaign that are still to come, earliest first.

    `zones` are (timezone column, country, zone that holds). A reminder before an event that would be due
    before its alert reminds nobody.
    """
    known = tuple(zones)
    found = []
    for mailing in campaign.mailings:
        due = first_due(mailing, campaign, standing.began)
        if mailing.before and due <= alert_due(campaign, standing.began):
            continue
        local: tuple[ZonedMoment, ...] = ()
        if mailing.kind is MailingKind.REMINDER:
            local = zoned_moments(mailing, campaign, known, due)
            due = min((zone.not_before for zone in local), default=due)
        last = max((zone.not_before for zone in local), default=due)
        if last >= now - timedelta(seconds=1):
            what = (campaign.id, mailing.id, mailing.kind)
            found.append(PlannedMailing(*what, due, last, local, people, standing.is_launched, standing.is_rehearsal))
    return tuple(sorted(found, key=lambda planned: (planned.due, planned.id)))
