"""What are the mails to those who sign up composed from? A revision of no campaign, published as campaigns are.

Law: a mail that cannot be rendered is never published; until one is, those who sign up wait.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from mailer.core.campaigns import Campaign, Status
from mailer.core.progress import CampaignRecord
from mailer.core.revisions import Revision
from mailer.core.signups import SERVICE
from mailer.core.texts import LocalText


class ServiceStore(Protocol):
    """What publishing needs of the campaigns' store."""

    def find(self, campaign_id: str) -> CampaignRecord | None:
        """Return one campaign, or None if it was never published."""

    def publish(self, revision: Revision, *, now: datetime) -> int:
        """Keep `revision` as the current one; return its number."""

    def revision(self, campaign_id: str, number: int) -> Revision:
        """Return a kept revision."""


class Freezer(Protocol):
    """What publishing needs to make revisions."""

    def assemble(self, campaign: Campaign) -> Revision:
        """Return the revision of a campaign, complete in itself."""

    def prove(self, revision: Revision) -> None:
        """Raise if any mail of the revision could not be composed."""


def publish_service(store: ServiceStore, freezer: Freezer, *, now: datetime) -> int:
    """Publish what the mails to those who sign up are composed from; return its number.

    Raises:
        RenderingError: a template fails; what was published before stays.
    """
    revision = freezer.assemble(_service_campaign())
    record = store.find(SERVICE)
    if record is None or not record.revision or store.revision(SERVICE, record.revision) != revision:
        freezer.prove(revision)
    return store.publish(revision, now=now)


def _service_campaign() -> Campaign:
    """Return the campaign that is none: nobody is written to on its behalf, and it has no mailing of its own."""
    name = LocalText({"en": "Sign-up"})
    return Campaign(SERVICE, Status.READY, title=name, summary=name, country="", targets=(), mailings=())
