"""Which target of which campaign has this address? All that letters are written to by e-mail, looked up by address.

Law: an office is known by its own domain only where nobody else has addresses: at a provider of private mailboxes,
and at the organisation itself, the address has to be the very one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from mailer.core.freemail import is_freemail
from mailer.core.incoming import Letter
from mailer.core.organisations import Organisation
from mailer.core.progress import CampaignRecord
from mailer.core.revisions import Revision
from mailer.core.targets import Target, Tone

Published = tuple[CampaignRecord, Revision]
MOST_LABELS = 10  # of a sender's domain that are looked at
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Office:
    """One address that letters to a target go to; `domain` is empty where others have addresses beside it."""

    letter: Letter
    address: str
    domain: str
    case: str
    is_over: bool
    counts_copies: bool
    began: datetime

    def likeness(self, sender: str, subject: str) -> tuple[bool, bool, bool, datetime]:
        """Return how well a mail fits to this office's campaign, to be compared with other offices."""
        names_case = bool(self.case) and self.case.casefold() in subject.casefold()
        return names_case, sender == self.address, not self.is_over, self.began


class Offices:
    """The offices of all published campaigns."""

    def __init__(self, published: Iterable[Published]) -> None:
        self._by_address: dict[str, list[Office]] = {}
        self._by_domain: dict[str, list[Office]] = {}
        for office in (office for record, revision in published for office in _offices_of(record, revision)):
            self._by_address.setdefault(office.address, []).append(office)
            if office.domain:
                self._by_domain.setdefault(office.domain, []).append(office)

    def answering(self, sender: str, subject: str) -> Office | None:
        """Return the office that somebody writes from, of the campaign that the mail fits to best; None if of none."""
        sender = sender.lower()
        domain = sender.rpartition("@")[2]
        speaking = list(self._by_address.get(sender, ()))
        for _ in range(MOST_LABELS):  # mail.office.example is of office.example, and not the other way round
            speaking += self._by_domain.get(domain, ())
            domain = domain.partition(".")[2]
        return max(speaking, key=lambda office: office.likeness(sender, subject), default=None)

    def written_to(self, addresses: Sequence[str], subject: str) -> tuple[Letter, ...]:
        """Return the letters that go to these addresses, one for each, of campaigns that count copies."""
        named = dict.fromkeys(address.lower() for address in addresses)
        return tuple(dict.fromkeys(filter(None, (self._letter_to(address, subject) for address in named))))

    def having(self, address: str) -> tuple[Letter, ...]:
        """Return all letters that would go to an address, of campaigns that are not over."""
        listed = (office.letter for office in self._by_address.get(address.lower(), ()) if not office.is_over)
        return tuple(dict.fromkeys(listed))

    def _letter_to(self, address: str, subject: str) -> Letter | None:
        """Return the letter of an address, of the campaign that its subject fits to best."""
        offices = self._by_address.get(address, ())
        fitting = [office for office in offices if office.counts_copies and not office.is_over]
        best = max(fitting, key=lambda office: office.likeness(address, subject), default=None)
        return best.letter if best else None


def _offices_of(record: CampaignRecord, revision: Revision) -> Iterator[Office]:
    """Yield the offices of one campaign."""
    campaign = revision.campaign
    for target in campaign.targets:
        for address in dict.fromkeys(map(str.lower, _addresses_of(target, revision))):
            yield Office(
                letter=Letter(campaign.id, target.id),
                address=address,
                domain=_own_domain(address, target, revision.organisation),
                case=campaign.case,
                is_over=record.is_over,
                counts_copies=campaign.count_copies,
                began=record.real_launched_at or _NEVER,
            )


def _addresses_of(target: Target, revision: Revision) -> Iterator[str]:
    """Yield the addresses by which somebody, wherever they live, could write to a target."""
    if target.email:
        yield target.email
    if target.mission_of:
        rows = (*revision.campaign.missions, *revision.missions)
        yield from (row.email for row in rows if row.of == target.mission_of and row.email)


def _own_domain(address: str, target: Target, organisation: Organisation) -> str:
    """Return the domain where every address is this office's; empty if there is none."""
    domain = address.rpartition("@")[2]
    ours = {each.rpartition("@")[2].lower() for each in (organisation.from_address, organisation.reply_to)}
    shared = is_freemail(address) or domain in ours or target.tone is Tone.SOLIDARITY
    return "" if shared else domain
