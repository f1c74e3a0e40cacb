"""How long are supporters' answers kept? As long as they decide about a letter, and no longer.

Law: who said "not this case" gets nothing more of it, so that this is kept until nothing more can come.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from mailer.core.campaigns import Campaign, Status
from mailer.core.progress import CampaignRecord
from mailer.core.schedule import alert_due, campaign_end

KEPT_AFTER_END = timedelta(days=30)


def kept_until(campaign: Campaign, record: CampaignRecord) -> datetime | None:
    """Return until when (UTC) a campaign's actions and reports are kept; None if it was never launched."""
    began = record.real_launched_at or record.hold_until
    if began is None:
        return None
    return campaign_end(campaign, alert_due(campaign, began)) + KEPT_AFTER_END


def takes_answers(campaign: Campaign, record: CampaignRecord, now: datetime) -> bool:
    """Tell whether an answer still means something; one that came later would be counted after it was forgotten."""
    until = kept_until(campaign, record)
    return record.status is not Status.CLOSED and (until is None or now < until)
