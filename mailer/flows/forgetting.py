"""Whose answers are no longer needed? Deleted once they decide about no letter any more; what was counted stays.

Law: actions and reports go when the closing has gone out, or 30 days after letters stopped mattering; who said "not
this case" is remembered until the closing has gone out, because only then nothing more can come. What came to the
mailbox goes by its age.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from mailer.core.campaigns import Campaign, Status
from mailer.core.keeping import kept_until
from mailer.core.progress import CampaignRecord
from mailer.core.revisions import Revision


class Records(Protocol):
    """What forgetting needs of the campaigns' store."""

    def all(self) -> tuple[CampaignRecord, ...]:
        """Return every campaign that was ever published."""

    def revision(self, campaign_id: str, number: int) -> Revision:
        """Return a kept revision."""


class KeptAnswers(Protocol):
    """Where answers are kept."""

    def answered(self) -> frozenset[str]:
        """Return the campaigns of which actions or reports are kept."""

    def refused(self) -> frozenset[str]:
        """Return the campaigns that somebody does not want."""

    def said_goodbye(self, campaign_id: str, run: int) -> bool:
        """Tell whether a campaign's closing has gone out to everybody whom it is for."""

    def forget(self, campaign_id: str, *, declines: bool = True) -> None:
        """Delete the answers of a campaign; what was counted stays."""


class KeptMail(Protocol):
    """Where is kept what came to the mailbox."""

    def forget(self, now: datetime) -> None:
        """Delete what decides about nothing any more."""


class Forgetting:
    """Deletes answers in time; called by every tick, so that what came late goes too."""

    def __init__(self, records: Records, answers: KeptAnswers, mail: KeptMail) -> None:
        self._records = records
        self._answers = answers
        self._mail = mail
        self._read: dict[str, tuple[int, Campaign]] = {}

    def tick(self, now: datetime) -> None:
        """Forget what is not needed by `now` (UTC)."""
        self._mail.forget(now)
        answered, refused = self._answers.answered(), self._answers.refused()
        for record in self._records.all() if answered or refused else ():
            if record.id in answered | refused and self._is_over(record):
                self._answers.forget(record.id)
            elif record.id in answered and self._is_past(record, now):
                self._answers.forget(record.id, declines=False)

    def _is_over(self, record: CampaignRecord) -> bool:
        """Tell whether nothing more can come of a campaign."""
        run = record.run(rehearsal=record.real_launched_at is None)
        return record.status is Status.CLOSED and run is not None and self._answers.said_goodbye(record.id, run)

    def _is_past(self, record: CampaignRecord, now: datetime) -> bool:
        """Tell whether letters stopped mattering long ago."""
        until = kept_until(self._campaign(record), record)
        return until is not None and now >= until

    def _campaign(self, record: CampaignRecord) -> Campaign:
        """Return what the campaign says; a revision is read once."""
        number, campaign = self._read.get(record.id, (0, None))
        if campaign is None or number != record.revision:
            campaign = self._records.revision(record.id, record.revision).campaign
            self._read[record.id] = (record.revision, campaign)
        return campaign
