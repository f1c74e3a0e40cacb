"""Who has written, so that nobody reminds them? Records an action after checking that it means something."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from mailer.core.progress import CampaignRecord
from mailer.core.revisions import Revision
from mailer.errors import NotFoundError


class ActionStore(Protocol):
    """Where actions are kept."""

    def record_action(self, campaign_id: str, email: str, *, target: str, source: str, now: datetime) -> None:
        """Record that somebody wrote, and cancel their queued reminders."""


class PublishedCampaigns(Protocol):
    """What checking an action needs of the campaigns."""

    def find(self, campaign_id: str) -> CampaignRecord | None:
        """Return one campaign, or None if it was never published."""

    def revision(self, campaign_id: str, number: int) -> Revision:
        """Return a kept revision."""


def record_action(
    campaign_id: str,
    email: str,
    *,
    target: str,
    store: ActionStore,
    campaigns: PublishedCampaigns,
    now: datetime,
) -> None:
    """Record, on an organiser's word, that the supporter with this address wrote; `target` may be empty.

    Raises:
        NotFoundError: there is no such campaign, target or supporter.
    """
    record = campaigns.find(campaign_id)
    if record is None:
        raise NotFoundError(f"there is no published campaign {campaign_id!r}: `mailer status` lists them")
    known = [each.id for each in campaigns.revision(record.id, record.revision).campaign.targets]
    if target and target not in known:
        raise NotFoundError(f"campaign {campaign_id} has no target {target!r}; it has {', '.join(known)}")
    store.record_action(campaign_id, email, target=target, source="organiser", now=now)
