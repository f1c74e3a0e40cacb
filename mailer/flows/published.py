"""What is published now? Every campaign with its current revision, without the words of its mails.

Law: where a campaign stands is read every time; a revision never changes, and so is read once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from mailer.core.offices import Published
from mailer.core.progress import CampaignRecord
from mailer.core.revisions import Revision
from mailer.core.texts import LetterLibrary


class Records(Protocol):
    """Where campaigns are kept."""

    def all(self) -> Sequence[CampaignRecord]:
        """Return every campaign that was ever published."""

    def revision(self, campaign_id: str, number: int) -> Revision:
        """Return a kept revision."""


class PublishedCampaigns:
    """The published campaigns, as a mailbox needs them: some hundred kilobytes of words a campaign are let go."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._kept: dict[str, tuple[int, Revision]] = {}

    def now(self) -> tuple[Published, ...]:
        """Return them as they are."""
        return tuple((record, self._revision(record)) for record in self._records.all() if record.revision)

    def _revision(self, record: CampaignRecord) -> Revision:
        """Return a campaign's current revision."""
        number, revision = self._kept.get(record.id, (0, None))
        if revision is None or number != record.revision:
            whole = self._records.revision(record.id, record.revision)
            revision = replace(whole, letters=LetterLibrary(), templates={}, wordings={})
            self._kept[record.id] = (record.revision, revision)
        return revision
