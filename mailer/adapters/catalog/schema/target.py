"""What does the file say about a target and its channels?"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from mailer.adapters.catalog.contacts import Address, PhoneNumber
from mailer.adapters.catalog.moments import Day, Deadline
from mailer.adapters.catalog.places import Country, Language, Zone
from mailer.adapters.catalog.scalars import Line, OfficeHours, Positive, Slug, WebUrl, Words
from mailer.adapters.catalog.schema.entry import Entry, Heading, Text

MissionKind = Literal[
    "embassy",
    "high commission",
    "nunciature",
    "liaison office",
    "representative office",
    "interests section",
    "consulate general",
    "consulate",
    "honorary consulate",
    "permanent mission",
    "ministry",
]


class PhoneEntry(Entry):
    """A telephone and when somebody answers it."""

    number: PhoneNumber = Field(description="The international number, with + and country code.")
    hours: OfficeHours | None = Field(None, description='Office hours on working days, "HH:MM-HH:MM".')
    timezone: Zone | None = Field(None, description="The zone of the hours; omitted: that of the country's capital.")
    ask_at_most: Positive | None = Field(
        None,
        description="At most so many of all supporters are asked to ring, chosen evenly; the others are not shown the "
        "number, nor is anybody on public pages. To keep it so, fewer are asked: 36 for 50, 5 for 10. Counted when "
        "the campaign is launched or revised.",
    )


class WebEntry(Entry):
    """A web page with a form."""

    url: WebUrl = Field(description="The page's address.")
    max_chars: Positive | None = Field(
        None,
        description="How many characters the form takes. A longer letter leaves out whole paragraphs: its closing, its "
        "opening, then what is not a demand. The end of a line is counted as two.",
    )
    asks_for: list[Line] = Field([], description="What the form asks the sender for: name, phone, ...")
    hint: Text | None = Field(None, description="How to find the right place on the page.")


def _number_alone(value: object) -> object:
    """Return a number as the map that it is short for."""
    return value if isinstance(value, dict) else {"number": value}


def _url_alone(value: object) -> object:
    """Return a web address as the map that it is short for."""
    return value if isinstance(value, dict) else {"url": value}


PhoneChannel = Annotated[PhoneEntry, BeforeValidator(_number_alone, json_schema_input_type=PhoneEntry | str)]
WebChannel = Annotated[WebEntry, BeforeValidator(_url_alone, json_schema_input_type=WebEntry | str)]


class TargetEntry(Entry):
    """The person or office to be moved, with the channels that reach them."""

    id: Slug = Field(description="A short id, unique in the campaign; it may not change once mails went out.")
    name: Heading | None = Field(None, description="The office's name. Only an embassy may do without.")
    letter: Literal["protest", "solidarity"] = Field(
        "protest", description="Which letter is sent; a solidarity letter makes no demands."
    )
    salutation: Heading | None = Field(None, description="How the letter begins: Dear Prosecutor.")
    languages: list[Language] = Field([], description="What the office reads, best first.")
    demands: list[Slug] | None = Field(
        None, description="Ids of the demands for this target; omitted: all but the slogans."
    )
    risk: Literal["normal", "high"] = Field(
        "normal", description="high for a security service and the like: letters carry initials only, no address."
    )
    public: bool | None = Field(
        None, description="Whether public pages may show it; omitted: yes for protest, no for solidarity."
    )
    email: Address | None = Field(None, description="A mail address of the office.")
    fax: PhoneNumber | None = Field(None, description="An international fax number.")
    phone: PhoneChannel | None = Field(None, description="A number, or a map with number and hours.")
    post: Words | None = Field(
        None,
        description="A postal address, one line each; printed letters have the name above it unless it stands there.",
    )
    post_days: Positive = Field(7, description="How many days post takes; dropped when it would be late.")
    web: WebChannel | None = Field(None, description="A web form: its address, or a map with url and hints.")
    embassy_of: Country | None = Field(
        None, description="The embassy of this country, found for each supporter's own country."
    )
    via_embassy: Country | None = Field(
        None,
        description="The letter is for this target, and goes through the embassy of this country, found for each "
        "supporter's own country: it begins with a line that asks to forward it.",
    )
    consulates: Literal["nearest"] | None = Field(
        None,
        description="nearest: with embassy_of or via_embassy, the consulate nearest to the supporter is offered too.",
    )
    until: Deadline | None = Field(None, description="When this target stops mattering: a date, time or event.")
    fallback_for: Slug | None = Field(None, description="The target whose place this one takes when it is dead.")
    copies_to: list[Address] = Field([], description="Who gets a copy (cc) of letters to this target.")


class MissionEntry(Entry):
    """One row of the directory of missions, as the campaign knows it better."""

    of: Country = Field(description="The country that sends the mission.")
    host: Country | None = Field(None, alias="in", description="The country that it is in; a ministry has none.")
    kind: MissionKind = Field("embassy", description="What it is; the ministry is the sending country's own.")
    city: Line | None = Field(None, description="The city that it is in.")
    name: Line | None = Field(None, description="Its full name.")
    email: Address | None = Field(None, description="Its mail address.")
    fax: PhoneNumber | None = Field(None, description="Its international fax number.")
    phone: PhoneNumber | None = Field(None, description="Its international telephone number.")
    post: Words | None = Field(None, description="Its postal address, one line each.")
    web: WebUrl | None = Field(None, description="Its web page.")
    languages: list[Language] = Field([], description="What it reads, best first.")
    accredited: list[Country] = Field([], description="Further countries that it serves.")
    checked: Day | None = Field(None, description="The day on which this row was last seen right.")
