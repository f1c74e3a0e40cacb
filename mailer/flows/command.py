"""How is a campaign held, freed and stopped? Commands that need no file, in force within the letters in flight.

Law: what was stopped or closed stays so; nothing is commanded that was never launched.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from mailer.core.campaigns import CampaignId, Status
from mailer.core.progress import CampaignRecord
from mailer.errors import NotFoundError, UsageError


class Records(Protocol):
    """Where campaigns are found."""

    def find(self, campaign_id: str) -> CampaignRecord | None:
        """Return one campaign, or None if it was never published."""


class Commanded(Records, Protocol):
    """Where campaigns are found and commanded."""

    def set_status(self, campaign_id: str, status: Status, *, reason: str = "", now: datetime) -> None:
        """Command a campaign."""


def require(records: Records, campaign_id: CampaignId) -> CampaignRecord:
    """Return the record of a published campaign.

    Raises:
        NotFoundError: it was never published.
    """
    record = records.find(campaign_id)
    if record is None:
        raise NotFoundError(f"campaign {campaign_id} was never launched; `mailer launch {campaign_id}` does that")
    return record


def command(records: Commanded, campaign_id: CampaignId, status: Status, *, now: datetime) -> CampaignRecord:
    """Pause, resume or stop a campaign; return how it stands then.

    Raises:
        UsageError: it was stopped or closed, which is final, or it was never launched.
        NotFoundError: it was never published.
    """
    record = require(records, campaign_id)
    if record.status is Status.CLOSED or (record.status is Status.STOPPED and status is not Status.STOPPED):
        raise UsageError(f"campaign {campaign_id} is {record.status}, which is final: a new case needs a new id")
    if not record.approvals:
        raise UsageError(f"campaign {campaign_id} was never launched; `mailer launch {campaign_id}` does that")
    records.set_status(campaign_id, status, now=now)
    return require(records, campaign_id)
