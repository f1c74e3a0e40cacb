"""Why does this address get mail, or none? Gathers what the store knows and lets core find the reasons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from mailer.core.enrolment import Standing
from mailer.core.explanation import (
    CampaignAnswer,
    Explanation,
    Traces,
    answer,
    asked_for,
    campaign_reason,
    general_reason,
)
from mailer.core.progress import CampaignRecord
from mailer.core.revisions import Revision
from mailer.core.supporters import SupporterId


class KnownSupporters(Protocol):
    """What explaining needs of the supporters."""

    def standing(self, email: str) -> Standing:
        """Return all that is known of an address."""

    def traces(self, supporter_id: SupporterId) -> Traces:
        """Return the deliveries and actions of one supporter."""

    def hash_tags(self, tags: Sequence[str]) -> frozenset[bytes]:
        """Return the keyed hashes of tags."""


class KnownCampaigns(Protocol):
    """What explaining needs of the published campaigns."""

    def all(self) -> tuple[CampaignRecord, ...]:
        """Return every campaign that was ever published."""

    def revision(self, campaign_id: str, number: int) -> Revision:
        """Return a kept revision."""


def explain(email: str, supporters: KnownSupporters, campaigns: KnownCampaigns, *, now: datetime) -> Explanation:
    """Return what holds for an address at this moment in general, and in each published campaign."""
    standing = supporters.standing(email)
    general = general_reason(standing, now)
    if standing.supporter is None:
        return Explanation(standing, general, ())
    traces = supporters.traces(standing.supporter.id)
    answers: list[CampaignAnswer] = []
    for record in campaigns.all():
        campaign = campaigns.revision(record.id, record.revision).campaign
        reason = general or campaign_reason(standing.supporter, campaign, record, supporters.hash_tags)
        answers.append(answer(record, reason, traces))
    return Explanation(standing, general, (*answers, *asked_for(traces)))
