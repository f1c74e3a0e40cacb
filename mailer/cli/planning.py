"""Which mailings are to come, in whose time? Joins the file, the database and the zones for `plan`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.adapters.catalog import Catalog
    from mailer.core.campaigns import Campaign
    from mailer.flows.report import PlannedMailing
    from mailer.wiring import Installation


def planned_mailings(installation: Installation, catalog: Catalog, now: datetime) -> tuple[PlannedMailing, ...]:
    """Return what is to come of every campaign that may still send, earliest first."""
    from mailer.core.campaigns import Status

    known = installation.has_database
    found: list[PlannedMailing] = []
    for campaign in catalog.campaigns.values():
        record = installation.campaigns.find(campaign.id) if known else None
        if campaign.status is Status.CLOSED or (record and record.status in (Status.STOPPED, Status.CLOSED)):
            continue
        launched_at = (record.real_launched_at or record.hold_until) if record else None
        found += _of_campaign(installation, campaign, launched_at or now, now)
    return tuple(sorted(found, key=lambda planned: (planned.due, planned.campaign, planned.id)))


def _of_campaign(
    installation: Installation, campaign: Campaign, launched_at: datetime, now: datetime
) -> tuple[PlannedMailing, ...]:
    """Return what is to come of one campaign."""
    from mailer.core.countries import capital_zone
    from mailer.flows.report import upcoming

    pairs = installation.filling.zones() if installation.has_database else ()
    zones = tuple((zone, country, zone or capital_zone(country) or "UTC") for zone, country in pairs)
    return upcoming(
        campaign, launched_at=launched_at, zones=zones, people=lambda one: _people(installation, one), now=now
    )


def _people(installation: Installation, campaign: Campaign) -> int:
    """Return how many are in the audience."""
    from mailer.core.audience import select

    if not installation.has_database:
        return 0
    tags = tuple(map(installation.vault.hash_tag, campaign.audience.tags))
    return sum(
        cohort.count for cohort in installation.filling.cohorts(select(campaign.audience, campaign.safety, tags))
    )
