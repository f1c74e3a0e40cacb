"""What does the file say about a campaign? Its keys, and the small maps that only it has."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from mailer.adapters.catalog.contacts import Address
from mailer.adapters.catalog.moments import Deadline, Moment
from mailer.adapters.catalog.places import Country, Language, Scene, Zone
from mailer.adapters.catalog.scalars import Line, Positive, Slug, WebUrl
from mailer.adapters.catalog.schema.entry import Entry, Heading, Text, Variants
from mailer.adapters.catalog.schema.mailing import ClosingEntry, MailingEntry, Piece
from mailer.adapters.catalog.schema.organisation import OrganisationEntry
from mailer.adapters.catalog.schema.target import MissionEntry, TargetEntry


class PersonEntry(Entry):
    """Somebody whom the campaign is about."""

    name: Heading = Field(description="The name as letters give it.")
    role: Heading | None = Field(None, description="What they do: strike organiser.")
    agreed: Line | None = Field(None, description="Who agreed to publicity: self, family, lawyer, union.")


class FactEntry(Entry):
    """One fact of the case."""

    text: Text = Field(description="The fact in one sentence.")
    source: WebUrl | None = Field(None, description="Where it can be read.")


class DemandEntry(Entry):
    """One thing that targets are asked to do: a standard demand, or a text of your own."""

    id: Slug = Field(description="A short id, unique in the campaign.")
    standard: Slug | None = Field(
        None,
        description="A shipped demand: release, drop-charges, fair-trial, lawyer, medical-care, inquiry, "
        "end-violence, reinstate.",
    )
    text: Text | None = Field(None, description="The demand in your own words, as it continues a list.")
    kind: Literal["demand", "slogan"] = Field(
        "demand", description="A slogan is shown in the case, and in a letter only if its target lists it."
    )


class EventEntry(Entry):
    """A moment that matters to the case."""

    id: Slug = Field(description="A short id, unique in the campaign.")
    what: Heading = Field(description="What happens: Trial.")
    at: Moment = Field(description="When, on the clocks of its zone.")
    timezone: Zone | None = Field(None, description="Its zone; omitted: the organisation's.")


class PicketEntry(Entry):
    """A gathering."""

    what: Heading = Field(description="What is held.")
    where: Heading = Field(description="Where people meet.")
    at: Moment = Field(description="When, on the clocks of its zone.")
    timezone: Zone | None = Field(None, description="Its zone; omitted: the organisation's.")
    country: Country | None = Field(None, description="The country whose supporters are told.")
    public: bool = Field(False, description="Whether mails and pages may show it.")


class LinkEntry(Entry):
    """A page on the web about the case."""

    title: Heading = Field(description="What the link is called.")
    url: WebUrl = Field(description="Its address.")


class DonateEntry(Entry):
    """Where money can be given."""

    url: WebUrl = Field(description="The page for donations.")
    purpose: Text | None = Field(None, alias="for", description="What the money is for.")


class AudienceEntry(Entry):
    """Whom the campaign writes to; an empty list means everyone."""

    countries: list[Country] = Field([], description="Only supporters in these countries.")
    languages: list[Language] = Field([], description="Only supporters who read one of these.")
    tags: list[Line] = Field([], description="Only supporters who have one of these tags.")


class SafetyEntry(Entry):
    """What is too dangerous for supporters in some countries."""

    countries: dict[Country, Literal["none", "solidarity", "initials"]] = Field(
        {}, description="none: not mailed; solidarity: those letters only; initials: letters show no full name."
    )
    notes: dict[Country, Text] = Field({}, description="A note for the supporters in a country.")


class PaceEntry(Entry):
    """How fast mails go out."""

    per_hour: Positive = Field(description="Most mails of this campaign in an hour.")


class LetterEntry(Entry):
    """The letter in one language; one of each list is chosen for each supporter. A missing key: the default's."""

    subject: Variants | None = Field(None, description="Subjects.")
    greeting: Line | None = Field(None, description="How it begins where the target has no salutation.")
    opening: Variants | None = Field(None, description="First paragraphs.")
    body: Variants | None = Field(None, description="The body, which never varies; {{ demands }} lists the demands.")
    closing: Variants | None = Field(None, description="Last paragraphs.")
    machine: Variants | None = Field(None, description="phone: what to say to an answering machine; it never varies.")
    forward: Variants | None = Field(
        None, description="protest: what stands before a letter that an embassy is asked to pass on; it never varies."
    )


LetterTone = Literal["protest", "solidarity", "phone"]


class CampaignEntry(Entry):
    """One campaign."""

    id: Slug = Field(description="A short id, unique for all time: a new case needs a new id.")
    status: Literal["draft", "ready", "paused", "stopped", "closed"] = Field(
        "draft", description="The most that the campaign may do; commands can only restrict it further."
    )
    title: Heading = Field(description="The subject of its mails: what is wanted, in a few words.")
    summary: Text = Field(description="The case in two or three sentences.")
    country: Scene = Field(description="Where it happens, ISO 3166; a draft may have ZZ until that is known.")
    case: Line | None = Field(None, description="A reference, quoted in letters and subjects.")
    people: list[PersonEntry] = Field([], description="Whom it is about.")
    facts: list[FactEntry] = Field([], description="What is known, with sources.")
    demands: list[DemandEntry] = Field([], description="What targets are asked to do.")
    events: list[EventEntry] = Field([], description="Moments that matter: a trial, a vote.")
    write_until: Deadline | None = Field(
        None,
        description="A date (its end), a time or an event; omitted: the first event, or 21 days after the alert.",
    )
    targets: list[TargetEntry] = Field(description="Who is to be moved.", json_schema_extra={"minItems": 1})
    copies_to: list[Address] = Field([], description="Who gets a copy (cc) of protest letters.")
    count_copies: bool = Field(
        False, description="Adds a blind copy to the organisation's copies_address, explained to the supporter."
    )
    letters: dict[LetterTone, dict[Language, LetterEntry]] = Field(
        {}, description="Own letters as tone, then language; omitted: the shipped ones."
    )
    missions: list[MissionEntry] = Field([], description="Embassies that this campaign knows better.")
    mailings: list[MailingEntry] | None = Field(
        None,
        description="What is sent when; omitted: an alert on launch, a reminder after 3d, "
        "a reminder 24h before the first event.",
    )
    closing: ClosingEntry | None = Field(None, description="How it ended; sent by `mailer close`.")
    audience: AudienceEntry | None = Field(None, description="Whom it writes to; omitted: everyone.")
    safety: SafetyEntry | None = Field(None, description="What is too dangerous where.")
    pickets: list[PicketEntry] = Field([], description="Gatherings.")
    links: list[LinkEntry] = Field([], description="Pages on the web.")
    donate: DonateEntry | None = Field(None, description="Where money can be given.")
    attach: list[Piece] = Field(
        [],
        description="Which pieces alert, reminders and updates carry, 200 KB at most: letters to print (`pdf`), drafts "
        "(`eml`), trials and pickets (`ics`). Who likes fax or post best always gets those letters to print.",
    )
    pace: PaceEntry | None = Field(None, description="How fast mails go out.")
    on_uncertain: Literal["resend", "hold"] = Field(
        "resend", description="What happens to a mail that may have been sent: once more, or held."
    )


class CampaignFile(Entry):
    """The whole file."""

    version: Literal[1] = Field(description="The version of this format: 1.")
    organisation: OrganisationEntry = Field(description="Who runs the campaigns.")
    campaigns: list[CampaignEntry] = Field([], description="The campaigns.")
