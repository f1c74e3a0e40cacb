"""What is a campaign? Its people, demands, targets, letters, mailings, deadline and outcome, as values.

The values are complete: dates and events are resolved to UTC, standard demands to their texts, letters
to segments. They are made by the catalogue, frozen into revisions, and refuse nonsense when made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType

from mailer.core.enclosures import Enclosure
from mailer.core.targets import Target
from mailer.core.texts import LetterLibrary, LocalText

CampaignId = NewType("CampaignId", str)
MailingId = NewType("MailingId", str)


class Status(StrEnum):
    """What a campaign may do; `ceiling` tells which of two wins. The order is from open to shut."""

    READY = "ready"
    PAUSED = "paused"
    DRAFT = "draft"
    STOPPED = "stopped"
    CLOSED = "closed"


class CountryRule(StrEnum):
    """What supporters in a country get: nothing, solidarity letters only, or letters with initials."""

    NONE = "none"
    SOLIDARITY = "solidarity"
    INITIALS = "initials"


class MailingKind(StrEnum):
    """What a mailing is for.

    A correction goes to those who got a wrong address, `confirm` to who signed up, `reply` to who wrote a command.
    """

    ALERT = "alert"
    REMINDER = "reminder"
    UPDATE = "update"
    CLOSING = "closing"
    CORRECTION = "correction"
    CONFIRM = "confirm"
    REPLY = "reply"


# Mails of no campaign: single ones that somebody asked for just now.
ASKED_FOR = frozenset({MailingKind.CONFIRM, MailingKind.REPLY})


class Outcome(StrEnum):
    """How a campaign ended."""

    RELEASED = "released"
    WON = "won"
    PARTLY = "partly"
    LOST = "lost"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom the campaign is about; `agreed` tells who agreed to publicity."""

    name: LocalText
    role: LocalText | None = None
    agreed: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of the case with its source (an https address, or empty)."""

    text: LocalText
    source: str = ""


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing that a target is asked to do. A slogan is in a letter only if its target lists it."""

    id: str
    text: LocalText
    slogan: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """A moment that matters to the case; `at` is UTC, `timezone` the zone it is told in."""

    id: str
    what: LocalText
    at: datetime
    timezone: str


@dataclass(frozen=True, slots=True)
class Mailing:
    """One message of a campaign to its audience, and the rule that says when.

    Exactly one rule holds: `on_launch`, `at` (UTC), `after` the supporter's own alert was sent, or `by`
    before the event `before`. An `update` brings its `text`, and perhaps `answers` of officials to it.
    """

    id: MailingId
    kind: MailingKind
    on_launch: bool = False
    at: datetime | None = None
    after: timedelta | None = None
    before: str = ""
    by: timedelta = timedelta()
    text: LocalText | None = None
    attach: tuple[str, ...] = ()
    answers: tuple[Enclosure, ...] = ()

    def __post_init__(self) -> None:
        rules = (self.on_launch, self.at is not None, self.after is not None, bool(self.before))
        if sum(rules) != 1:
            raise ValueError(f"mailing {self.id!r} needs exactly one rule, not {sum(rules)}")


@dataclass(frozen=True, slots=True)
class Statement:
    """What the freed person, or who speaks for the case, says at the end."""

    by: LocalText
    text: LocalText


@dataclass(frozen=True, slots=True)
class Closing:
    """How the campaign ended, in words; `next` names a campaign that goes on, `next_title` tells its title if known."""

    outcome: Outcome
    text: LocalText
    statement: Statement | None = None
    next: str = ""
    next_title: LocalText | None = None


@dataclass(frozen=True, slots=True)
class Picket:
    """A public gathering; `at` is UTC, `timezone` where it is held, `country` ISO 3166."""

    what: LocalText
    where: LocalText
    at: datetime
    timezone: str
    country: str = ""
    public: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """An address on the web that supports the case."""

    title: LocalText
    url: str


@dataclass(frozen=True, slots=True)
class Donation:
    """Where money can be given, and for what."""

    url: str
    purpose: LocalText | None = None


@dataclass(frozen=True, slots=True)
class AudienceRule:
    """Whom a campaign writes to; an empty tuple means everyone."""

    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Safety:
    """Rules and notes by the supporter's country (ISO 3166)."""

    countries: Mapping[str, CountryRule] = field(default_factory=dict)
    notes: Mapping[str, LocalText] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mission:
    """A mission of one country in another, from the campaign's rows or the directory.

    `of` and `host` are ISO 3166, `accredited` the further countries that it serves; `host` is empty and
    `kind` "ministry" for the sending state's own ministry. `checked` is the day the row was last seen
    right, `source` where it comes from ("campaign" for the organiser's own rows), `gone` the day on which
    that source had it no longer.
    """

    of: str
    host: str
    kind: str = "embassy"
    city: str = ""
    name: str = ""
    email: str = ""
    fax: str = ""
    phone: str = ""
    post: tuple[str, ...] = ()
    web: str = ""
    languages: tuple[str, ...] = ()
    accredited: tuple[str, ...] = ()
    checked: date | None = None
    source: str = ""
    gone: date | None = None


@dataclass(frozen=True, slots=True)
class Campaign:
    """A cause: people, demands, targets, letters, mailings, a deadline, an outcome.

    `write_until` is UTC; None means 21 days after the alert. `closing` is set once the outcome is known.
    """

    id: CampaignId
    status: Status
    title: LocalText
    summary: LocalText
    country: str
    targets: tuple[Target, ...]
    mailings: tuple[Mailing, ...]
    case: str = ""
    people: tuple[Person, ...] = ()
    facts: tuple[Fact, ...] = ()
    demands: tuple[Demand, ...] = ()
    events: tuple[Event, ...] = ()
    write_until: datetime | None = None
    copies_to: tuple[str, ...] = ()
    count_copies: bool = False
    letters: LetterLibrary = field(default_factory=LetterLibrary)
    missions: tuple[Mission, ...] = ()
    closing: Closing | None = None
    audience: AudienceRule = AudienceRule()
    safety: Safety = field(default_factory=Safety)
    pickets: tuple[Picket, ...] = ()
    links: tuple[Link, ...] = ()
    donate: Donation | None = None
    attach: tuple[str, ...] = ()
    per_hour: int | None = None
    on_uncertain: str = "resend"

    def event(self, event_id: str) -> Event:
        """Return the event with this id.

        Raises:
            KeyError: there is none.
        """
        return {event.id: event for event in self.events}[event_id]

    def mailing(self, mailing_id: str) -> Mailing:
        """Return the mailing with this id.

        Raises:
            KeyError: there is none.
        """
        return {mailing.id: mailing for mailing in self.mailings}[MailingId(mailing_id)]


def ceiling(file: Status, database: Status) -> Status:
    """Return the more restrictive of the file's and the database's status."""
    order = list(Status)
    return max(file, database, key=order.index)
