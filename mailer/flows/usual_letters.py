"""How does a reader with a usual name get the letter of their cohort? Their few values, put into one row of octets.

Law: the letter is the one that the cohort's skeleton fills, octet for octet; who is not usual after all gets None here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from mailer.core.addresses import is_mailbox
from mailer.core.calendar import tell_day
from mailer.core.flat_mails import FlatMail
from mailer.core.multipart import boundary_of
from mailer.core.revisions import Calendar
from mailer.core.signatures import initials
from mailer.core.supporters import PublicId, Supporter
from mailer.core.usual_texts import usual_day, usual_mailbox
from mailer.flows.relaying import Envelope
from mailer.flows.workbench import Signer


@dataclass(frozen=True, slots=True, eq=False)
class Ids:
    """How the mails of a cohort are named, each by its reader: those of a mailing, and what they follow."""

    name: Callable[[PublicId], str]
    answered: Callable[[PublicId], str] | None
    domain: str


@dataclass(frozen=True, slots=True, eq=False)
class UsualLetters:
    """The letters of a cohort to its usual readers, and whether they tell initials and days."""

    mail: FlatMail
    ids: Ids
    calendar: Calendar
    tells_initials: bool
    tells_day: bool
    days: dict[date | None, bytes | None] = field(default_factory=lambda: {None: b""})

    def letter(self, supporter: Supporter, now: datetime, retirements: int, signer: Signer | None) -> Envelope | None:
        """Return the letter of one reader whose texts are usual, None if something else of theirs is not."""
        person, public_id, ids = supporter.person, supporter.public_id, self.ids
        joined = self._joined(supporter.joined_on) if self.tells_day else b""
        email, written, name = person.email, person.name.encode(), ids.name(public_id)
        if joined is None or not is_mailbox(email):
            return None
        own = [
            usual_mailbox(written, email.encode()),
            f"<{name}@{ids.domain}>".encode(),
            f"<{ids.answered(public_id)}@{ids.domain}>".encode() if ids.answered else b"",
            boundary_of("alternative", name).encode(),
            boundary_of("mixed", name).encode() if self.mail.is_mixed else b"",
            written,
            initials(person.name).encode() if self.tells_initials else b"",
            person.city.encode(),
            person.organisation.encode(),
            joined,
        ]  # in the order of `FlatValues`
        filled = self.mail.fill(own, public_id, supporter.seed)
        if filled is None:
            return None
        sender, content, is_dotless = filled
        if signer:
            return Envelope.of_checked(sender, email, signer.sign(content, now), name, retirements)
        return Envelope.of_checked(sender, email, content, name, retirements, is_dotless=is_dotless)

    def _joined(self, day: date | None) -> bytes | None:
        """Return the day on which a reader joined, in words, None if those are not usual; each day is told once."""
        if day not in self.days:
            self.days[day] = usual_day(tell_day(day, self.calendar, year=True)) if day else b""
        return self.days[day]
