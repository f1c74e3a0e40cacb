"""Which mailings of a campaign are still to come, when, and to how many people? Values for `plan`; reads only.

Law: one that waits for a person is told as such, and a rehearsal is always called one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from mailer.core.campaigns import Campaign, MailingKind
from mailer.core.schedule import ZonedMoment, alert_due, first_due, zoned_moments


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
