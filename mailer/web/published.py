"""What may pages show? The campaigns as they are published, and the organisation that publishes them.

Law: where a campaign stands is read for every page; a revision never changes, so that it is opened once.
"""

from __future__ import annotations

from collections import OrderedDict
from functools import cached_property
from time import monotonic
from typing import TYPE_CHECKING

from mailer.core.signups import SERVICE
from mailer.errors import MailerError

if TYPE_CHECKING:
    from mailer.core.organisations import Organisation
    from mailer.core.progress import CampaignRecord
    from mailer.core.revisions import Revision
    from mailer.wiring import Installation

MOST_KEPT = 64  # revisions; one has some hundred kilobytes
ORGANISATION_LASTS = 10.0  # seconds, until the organisation is looked up again


class Published:
    """The published campaigns of one installation."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._kept: OrderedDict[tuple[str, int], Revision] = OrderedDict()
        self._looked_at = float("-inf")
        self.known: Organisation | None = None

    def all(self) -> tuple[tuple[CampaignRecord, Revision], ...]:
        """Return every published campaign with its current revision, by id."""
        records = self._installation.campaigns.all()
        return tuple((record, self._revision(record)) for record in records if record.revision)

    def find(self, campaign_id: str) -> tuple[CampaignRecord, Revision] | None:
        """Return a published campaign with its current revision, or None."""
        record = self._installation.campaigns.find(campaign_id)
        return (record, self._revision(record)) if record and record.revision and record.id != SERVICE else None

    def organisation(self) -> Organisation | None:
        """Return who writes: as last published, else as the file says; it is looked up every ten seconds at most."""
        if self.known is None or monotonic() - self._looked_at > ORGANISATION_LASTS:
            self.known = self._published() or self._written
            self._looked_at = monotonic()
        return self.known

    def _published(self) -> Organisation | None:
        """Return the organisation of what sign-ups get, which every launch renews, else of any campaign."""
        campaigns = self._installation.campaigns
        service = campaigns.find(SERVICE)
        records = (*((service,) if service else ()), *campaigns.all())
        return next((self._revision(record).organisation for record in records if record.revision), None)

    def _revision(self, record: CampaignRecord) -> Revision:
        """Return the current revision of a campaign."""
        key = (record.id, record.revision)
        if key not in self._kept:
            self._kept[key] = self._installation.campaigns.revision(*key)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return self._kept[key]

    @cached_property
    def _written(self) -> Organisation | None:
        """The organisation of the campaign file, read once; None if it has none that is right."""
        try:
            return self._installation.catalog().organisation
        except MailerError:
            return None
