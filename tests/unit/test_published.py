"""What is published now, as a mailbox needs it?"""

from __future__ import annotations

from dataclasses import replace

from mailer.core.campaigns import CampaignId, Status
from mailer.core.progress import CampaignRecord
from mailer.core.revisions import Revision
from mailer.flows.published import PublishedCampaigns
from tests.casework import case


class Records:
    """Campaigns in memory; `read` are the revisions that were asked for."""

    def __init__(self) -> None:
        self.number = 1
        self.read: list[tuple[str, int]] = []

    def all(self) -> tuple[CampaignRecord, ...]:
        """Return a campaign that is published, and one that is not."""
        return tuple(
            CampaignRecord(CampaignId(name), Status.READY, Status.READY, number)
            for name, number in (("case", self.number), ("draft", 0))
        )

    def revision(self, campaign_id: str, number: int) -> Revision:
        """Return a revision with the words of a mail."""
        self.read.append((campaign_id, number))
        return replace(case(case=str(number)), templates={"mail/alert.txt.j2": "Hello"})


def test_a_revision_is_read_once_and_without_its_words():
    """It never changes; only where a campaign stands does. What was never published is not there."""
    records = Records()
    published = PublishedCampaigns(records)

    first, again = published.now(), published.now()
    records.number = 2
    later = published.now()

    assert [(record.id, revision.campaign.case) for record, revision in first] == [("case", "1")]
    assert again == first
    assert [revision.campaign.case for _, revision in later] == ["2"]
    assert later[0][1].templates == {}
    assert records.read == [("case", 1), ("case", 2)]
