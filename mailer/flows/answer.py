"""What does a supporter answer, or an organiser on their word? Looked at before it is written down.

Law: an answer is of a campaign that still takes answers, of a target that it has, and of a channel of that target:
nothing that somebody made up is kept.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from mailer.core.campaigns import Campaign
from mailer.core.counting import ReportKind
from mailer.core.keeping import takes_answers
from mailer.core.listings import values_of
from mailer.core.progress import CampaignRecord
from mailer.core.revisions import Revision
from mailer.core.supporters import PublicId
from mailer.errors import NotFoundError

BY_PAGE = "page"
BY_ORGANISER = "organiser"
BY_MAIL = "mail"


class ActionStore(Protocol):
    """Where actions are kept by address."""

    def record_action(self, campaign_id: str, email: str, *, target: str, source: str, now: datetime) -> None:
        """Record that somebody wrote, and cancel their queued reminders."""


class AnswerStore(Protocol):
    """Where answers are kept by the id in a supporter's links; each tells whether it changed anything."""

    def record(self, campaign_id: str, public_id: PublicId, target: str, source: str, now: datetime) -> bool:
        """Note that somebody wrote to a target."""

    def undo(self, campaign_id: str, public_id: PublicId, target: str) -> bool:
        """Forget that somebody wrote to a target."""

    def decline(self, campaign_id: str, public_id: PublicId, now: datetime) -> bool:
        """Note that somebody does not want this campaign."""

    def rejoin(self, campaign_id: str, public_id: PublicId) -> bool:
        """Forget that somebody does not want this campaign."""

    def report(self, campaign_id: str, public_id: PublicId, target: str, kind: str, value: str, now: datetime) -> bool:
        """Note what somebody says of a channel."""


class PublishedCampaigns(Protocol):
    """What checking an answer needs of the campaigns."""

    def find(self, campaign_id: str) -> CampaignRecord | None:
        """Return one campaign, or None if it was never published."""

    def revision(self, campaign_id: str, number: int) -> Revision:
        """Return a kept revision."""


class Answering:
    """What supporters tell by their own pages. Each method tells whether the campaign still takes it.

    Each raises:
        NotFoundError: there is no such campaign, target, channel or supporter.
    """

    def __init__(self, store: AnswerStore, campaigns: PublishedCampaigns) -> None:
        self._store = store
        self._campaigns = campaigns

    def sent(self, campaign_id: str, public_id: PublicId, target: str, *, now: datetime) -> bool:
        """Note that somebody wrote to a target; twice is as once."""
        record, revision = _published(self._campaigns, campaign_id)
        _refuse_unknown(revision.campaign, target)
        takes = takes_answers(revision.campaign, record, now)
        if takes:
            self._store.record(campaign_id, public_id, target, BY_PAGE, now)
        return takes

    def undo(self, campaign_id: str, public_id: PublicId, target: str, *, now: datetime) -> bool:
        """Forget that somebody wrote to a target, because they say they did not."""
        record, revision = _published(self._campaigns, campaign_id)
        takes = takes_answers(revision.campaign, record, now)
        if takes:
            self._store.undo(campaign_id, public_id, target)
        return takes

    def decline(self, campaign_id: str, public_id: PublicId, *, now: datetime) -> bool:
        """Note that somebody wants nothing more of a campaign, whatever its age; only a closed one has nothing more."""
        record, revision = _published(self._campaigns, campaign_id)
        self._store.decline(campaign_id, public_id, now)
        return takes_answers(revision.campaign, record, now)

    def rejoin(self, campaign_id: str, public_id: PublicId, *, now: datetime) -> bool:
        """Forget that somebody wants nothing more of a campaign."""
        record, revision = _published(self._campaigns, campaign_id)
        self._store.rejoin(campaign_id, public_id)
        return takes_answers(revision.campaign, record, now)

    def report(
        self, campaign_id: str, public_id: PublicId, target: str, kind: ReportKind, value: str, *, now: datetime
    ) -> bool:
        """Note what somebody says of a target's channel, which is told by its value in the pack."""
        record, revision = _published(self._campaigns, campaign_id)
        _refuse_unknown(revision.campaign, target)
        _refuse_unlisted(revision, target, value)
        takes = takes_answers(revision.campaign, record, now)
        if takes:
            self._store.report(campaign_id, public_id, target, kind, value, now)
        return takes


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
    _, revision = _published(campaigns, campaign_id)
    if target:
        _refuse_unknown(revision.campaign, target)
    store.record_action(campaign_id, email, target=target, source=BY_ORGANISER, now=now)


def _published(campaigns: PublishedCampaigns, campaign_id: str) -> tuple[CampaignRecord, Revision]:
    """Return a campaign as it stands, and what it says.

    Raises:
        NotFoundError: it was never published.
    """
    record = campaigns.find(campaign_id)
    if record is None:
        raise NotFoundError(f"there is no published campaign {campaign_id!r}: `mailer status` lists them")
    return record, campaigns.revision(record.id, record.revision)


def _refuse_unknown(campaign: Campaign, target: str) -> None:
    """Raise unless the campaign has this target."""
    known = [each.id for each in campaign.targets]
    if target not in known:
        raise NotFoundError(f"campaign {campaign.id} has no target {target!r}; it has {', '.join(known)}")


def _refuse_unlisted(revision: Revision, target: str, value: str) -> None:
    """Raise unless the value is a channel of the target, for anybody; it is not repeated: somebody typed it."""
    (chosen,) = (each for each in revision.campaign.targets if each.id == target)
    if value not in values_of(chosen, (*revision.campaign.missions, *revision.missions)):
        raise NotFoundError(f"target {target!r} of campaign {revision.campaign.id} has no such channel")
