"""How does an official who asked for it disappear from every campaign? By a value that no letter has any more.

Law: in force before the next letter, also of what is queued and of missions; published campaigns are not changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from mailer.core.listings import listings
from mailer.core.progress import CampaignRecord
from mailer.core.retirement import Retired, RetiredValue, spelled_alike
from mailer.core.revisions import Revision
from mailer.errors import NotFoundError, UsageError


class RetirementStore(Protocol):
    """Where is kept what is used no more."""

    def retire(self, value: RetiredValue) -> bool:
        """Keep an address or number that is used no more; tell whether it is new."""


class ReportStore(Protocol):
    """Where reports are kept."""

    def dismiss(self, campaign_id: str, target: str) -> int:
        """Forget all reports of a target; return how many there were."""


class Published(Protocol):
    """What retiring needs of the campaigns' store."""

    def all(self) -> tuple[CampaignRecord, ...]:
        """Return every campaign that was ever published."""

    def find(self, campaign_id: str) -> CampaignRecord | None:
        """Return one campaign, or None if it was never published."""

    def revision(self, campaign_id: str, number: int) -> Revision:
        """Return a kept revision."""


@dataclass(frozen=True, slots=True)
class Retirement:
    """What retiring did; `campaigns` are the published ones that had the value, also those that are over."""

    value: str
    is_new: bool
    campaigns: tuple[str, ...]


def retire(value: str, reason: str, *, store: RetirementStore, campaigns: Published, now: datetime) -> Retirement:
    """Take an address or number out of every letter that is composed from now on, in whatever way it is spelled.

    Raises:
        UsageError: nothing is named, or no reason.
    """
    try:
        retired = RetiredValue(spelled_alike(value), " ".join(reason.split()), now)
    except ValueError as error:
        raise UsageError(str(error)) from error
    is_new = store.retire(retired)
    return Retirement(retired.value, is_new, _having(retired.value, campaigns))


def dismiss_reports(campaign_id: str, target: str, *, store: ReportStore, campaigns: Published) -> int:
    """Forget what supporters reported of a target, because it is wrong; return how many reports there were.

    Raises:
        NotFoundError: there is no such campaign, or nobody reported the target.
    """
    if campaigns.find(campaign_id) is None:
        raise NotFoundError(f"there is no published campaign {campaign_id!r}: `mailer status` lists them")
    count = store.dismiss(campaign_id, target)
    if not count:
        raise NotFoundError(
            f"nobody reported target {target!r} of campaign {campaign_id}: `mailer targets reports {campaign_id}` "
            "shows what was reported"
        )
    return count


def _having(value: str, campaigns: Published) -> tuple[str, ...]:
    """Return the published campaigns that list a value."""
    retired = Retired(frozenset({value}))
    current = (campaigns.revision(record.id, record.revision) for record in campaigns.all() if record.revision)
    return tuple(each.campaign.id for each in current if retired.among(listings(each.campaign, each.missions)))
