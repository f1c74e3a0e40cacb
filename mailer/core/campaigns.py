"""What is a campaign? Its people, demands, targets, letters, mailings, deadline and outcome, as values.

The values are complete: dates and events are resolved to UTC, standard demands to their texts, letters
to segments. They are made by the catalogue, frozen into revisions, and refuse nonsense when made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NewType

CampaignId = NewType("CampaignId", str)
TargetId = NewType("TargetId", str)
MailingId = NewType("MailingId", str)


class Status(StrEnum):
    """What a campaign may do; `ceiling` tells which of two wins. The order is from open to shut."""

    READY = "ready"
    PAUSED = "paused"
    DRAFT = "draft"
    STOPPED = "stopped"
    CLOSED = "closed"


class Tone(StrEnum):
    """How a letter speaks to its reader."""

    PROTEST = "protest"
    SOLIDARITY = "solidarity"


class ChannelKind(StrEnum):
    """How a target is reached."""

    EMAIL = "email"
    FAX = "fax"
    PHONE = "phone"
    POST = "post"
    WEB = "web"


class Risk(StrEnum):
    """How dangerous it is to be known to a target; `high` gets initials and no address."""

    NORMAL = "normal"
    HIGH = "high"


class CountryRule(StrEnum):
    """What supporters in a country get: nothing, solidarity letters only, or letters with initials."""

    NONE = "none"
    SOLIDARITY = "solidarity"
    INITIALS = "initials"


class MailingKind(StrEnum):
    """What a mailing is for. A correction goes to those who got a wrong address."""

    ALERT = "alert"
    REMINDER = "reminder"
    UPDATE = "update"
    CLOSING = "closing"
    CORRECTION = "correction"


class Outcome(StrEnum):
    """How a campaign ended."""

    RELEASED = "released"
    WON = "won"
    PARTLY = "partly"
    LOST = "lost"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class LocalText:
    """One text that people read, in one or more languages; the first entry is the fallback.

    Languages are lower-case BCP 47 tags ("en", "ru").
    """

    by_language: Mapping[str, str]

    def __post_init__(self) -> None:
        if not self.by_language:
            raise ValueError("a text needs at least one language")

    def best(self, *languages: str) -> tuple[str, str]:
        """Return (language, text) for the first of `languages` that there is, else the fallback."""
        for language in languages:
            if language in self.by_language:
                return language, self.by_language[language]
        return next(iter(self.by_language.items()))

    def text(self, *languages: str) -> str:
        """Return the text alone, chosen as by `best`."""
        return self.best(*languages)[1]


@dataclass(frozen=True, slots=True)
class Segment:
    """One piece of a letter's text: `text`, `value`, `list` or `if`.

    `text` holds literal words in `name`; `value` and `list` name what is put in (a list is numbered,
    one line each); `if` shows `then` when the named value is not empty, else `otherwise`.
    """

    kind: str
    name: str
    then: tuple[Segment, ...] = ()
    otherwise: tuple[Segment, ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in ("text", "value", "list", "if"):
            raise ValueError(f"not a kind of segment: {self.kind!r}")


Segments = tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class LetterTemplate:
    """The text of a letter in one language, with its variants.

    One of `subjects`, of `openings` and of `closings` is chosen per supporter and target; `body` never
    varies. Phone scripts have no subject.
    """

    openings: tuple[Segments, ...]
    body: Segments
    closings: tuple[Segments, ...]
    subjects: tuple[Segments, ...] = ()


@dataclass(frozen=True, slots=True)
class LetterLibrary:
    """Letter templates as tone ("protest", "solidarity", "phone") -> language -> template."""

    templates: Mapping[str, Mapping[str, LetterTemplate]] = field(default_factory=dict)

    def languages(self, tone: str) -> tuple[str, ...]:
        """Return the languages that `tone` exists in."""
        return tuple(self.templates.get(tone, {}))

    def find(self, tone: str, language: str) -> LetterTemplate | None:
        """Return the template of `tone` in exactly `language`, or None."""
        return self.templates.get(tone, {}).get(language)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom the campaign is about; `agreed` tells who agreed to publicity."""

    name: str
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
class Phone:
    """A telephone: E.164 number, and hours from `opens` to `closes` on working days in `timezone`.

    `display` is the number as people write it, or empty.
    """

    number: str
    opens: time | None = None
    closes: time | None = None
    timezone: str = ""
    ask_at_most: int | None = None
    display: str = ""


@dataclass(frozen=True, slots=True)
class WebForm:
    """A page with a form: what it asks for, how long a text it takes, and how to find the field."""

    url: str
    max_chars: int | None = None
    asks_for: tuple[str, ...] = ()
    hint: LocalText | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """The person or office to be moved, with its channels.

    `languages` are what the office reads, best first. `demands` are ids; None means all that are no
    slogans. `until` (UTC) is when this target stops mattering; None means the campaign's own end. With
    `embassy_of` (ISO 3166) the channels come from the mission in the supporter's country. `fax` is
    E.164 (`fax_display` as people write it, or empty); `post` holds address lines and arrives after `post_days`.
    """

    id: TargetId
    name: LocalText
    tone: Tone = Tone.PROTEST
    salutation: LocalText | None = None
    languages: tuple[str, ...] = ()
    demands: tuple[str, ...] | None = None
    risk: Risk = Risk.NORMAL
    public: bool = True
    email: str = ""
    fax: str = ""
    fax_display: str = ""
    phone: Phone | None = None
    post: tuple[str, ...] = ()
    post_days: int = 7
    web: WebForm | None = None
    embassy_of: str = ""
    consulates: bool = False
    until: datetime | None = None
    fallback_for: str = ""
    copies_to: tuple[str, ...] = ()

    @property
    def has_channel(self) -> bool:
        """Tell whether anybody could ever reach this target."""
        return bool(self.email or self.fax or self.phone or self.post or self.web or self.embassy_of)


@dataclass(frozen=True, slots=True)
class Mailing:
    """One message of a campaign to its audience, and the rule that says when.

    Exactly one rule holds: `on_launch`, `at` (UTC), `after` the supporter's own alert was sent, or `by`
    before the event `before`. An `update` brings its `text`.
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

    def __post_init__(self) -> None:
        rules = (self.on_launch, self.at is not None, self.after is not None, bool(self.before))
        if sum(rules) != 1:
            raise ValueError(f"mailing {self.id!r} needs exactly one rule, not {sum(rules)}")


@dataclass(frozen=True, slots=True)
class Statement:
    """What the freed person, or who speaks for the case, says at the end."""

    by: str
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
    right, `source` where it comes from ("campaign" for the organiser's own rows).
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


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who runs the campaigns; `languages[0]` is the fallback language, `timezone` its own zone."""

    name: str
    from_name: str
    from_address: str
    reply_to: str
    postal_address: str
    timezone: str
    languages: tuple[str, ...]
    copies_address: str = ""
    max_per_week: int | None = None
    never_target: tuple[str, ...] = ()

    @property
    def fallback_language(self) -> str:
        """Return the language that every text has."""
        return self.languages[0]


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
