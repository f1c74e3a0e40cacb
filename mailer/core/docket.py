"""What do the campaigns know of a mail that came? Their tokens' scopes, offices and words, and which still count.

Law: a campaign counts answers only once it went out, and as long as they mean something.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from mailer.core.incoming import Letter
from mailer.core.keeping import takes_answers
from mailer.core.mail_commands import Words, letter_of, unmistakable
from mailer.core.offices import Offices, Published
from mailer.core.signups import SERVICE


class Docket:
    """The published campaigns at one moment."""

    def __init__(self, published: Sequence[Published], words: Words, now: datetime) -> None:
        self._open: dict[str, Published] = {record.id: (record, revision) for record, revision in published}
        self.offices = Offices(published)
        self.scopes = (*self._open, SERVICE)
        self.copy_scopes = {
            f"{record.id}/{target.id}": Letter(record.id, target.id)
            for record, revision in published
            for target in revision.campaign.targets
        }
        organisations = [revision.organisation for _, revision in published]
        self.senders = frozenset(each.from_address.lower() for each in organisations)
        self.plain_copies = frozenset(
            each.copies_address.lower() for each in organisations if each.copies_address and not each.plus_addresses
        )
        self.zone = organisations[0].timezone if organisations else "UTC"
        titles = [title for _, revision in published for title in revision.campaign.title.by_language.values()]
        self.words = unmistakable(words, (*titles, *(each.name for each in organisations)))
        self._now = now

    def counting(self, letters: Iterable[Letter]) -> tuple[Letter, ...]:
        """Return the letters of campaigns that went out and still take answers."""
        return tuple(letter for letter in letters if self.takes_answers(letter.campaign_id))

    def takes_answers(self, campaign_id: str) -> bool:
        """Tell whether a campaign went out, and still takes answers."""
        if campaign_id not in self._open:
            return False
        record, revision = self._open[campaign_id]
        return record.real_launched_at is not None and takes_answers(revision.campaign, record, self._now)

    def only_target(self, campaign_id: str) -> str:
        """Return to which target somebody wrote who names none."""
        return letter_of(self._open[campaign_id][1].campaign)

    def revision(self, campaign_id: str) -> int:
        """Return the number of a campaign's current revision; 0 where there is no such campaign."""
        return self._open[campaign_id][0].revision if campaign_id in self._open else 0
