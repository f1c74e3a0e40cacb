"""Which mailings are to come, in whose time? Joins the file, the database and the zones for `plan`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.core.campaigns import Status

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.adapters.catalog import Catalog
    from mailer.core.campaigns import Campaign
    from mailer.flows.upcoming import PlannedMailing
    from mailer.wiring import Installation


def planned_mailings(installation: Installation, catalog: Catalog, now: datetime) -> tuple[PlannedMailing, ...]:
    """Return what is to come of every campaign that may still send, earliest first."""
    from mailer.core.schedule import campaign_end

    found: list[PlannedMailing] = []
    for campaign in catalog.campaigns.values():
        record = installation.campaigns.find(campaign.id) if installation.has_database else None
        began = record.began(rehearsal=installation.settings.is_rehearsal) if record and record.is_running else None
        was_real = record is not None and record.real_launched_at is not None and record.is_over
        is_over = campaign.status is Status.CLOSED or was_real
        if not is_over and campaign_end(campaign, began or now) > now:
            found += _of_campaign(installation, catalog, campaign, began=began, now=now)
    return tuple(sorted(found, key=lambda planned: (planned.due, planned.campaign, planned.id)))


def _of_campaign(
    installation: Installation, catalog: Catalog, campaign: Campaign, *, began: datetime | None, now: datetime
) -> tuple[PlannedMailing, ...]:
    """Return what is to come of one campaign; one that is not launched is told as if it were launched now."""
    from mailer.core.audience import audience_of
    from mailer.core.countries import zone_that_holds
    from mailer.flows.upcoming import Standing, upcoming

    default = catalog.organisation.timezone if catalog.organisation else "UTC"
    zones: tuple[tuple[str, str, str], ...] = ()
    people = 0
    if installation.has_database:
        audience = audience_of(campaign, installation.vault.hash_tag)
        pairs = installation.filling.zones(audience)
        zones = tuple((zone, country, zone_that_holds(zone, country, default)) for zone, country in pairs)
        people = sum(cohort.count for cohort in installation.filling.cohorts(audience))
    standing = Standing(began or now, began is not None, installation.settings.is_rehearsal)
    return upcoming(campaign, standing, zones=zones, people=people, now=now)
