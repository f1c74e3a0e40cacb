"""What does the file say about the organisation?"""

from __future__ import annotations

from pydantic import Field

from mailer.adapters.catalog.contacts import Address, Barred, SenderText
from mailer.adapters.catalog.places import Language, Zone
from mailer.adapters.catalog.scalars import Line, Positive, Tag, Words
from mailer.adapters.catalog.schema.entry import Entry, Heading


class TopicEntry(Entry):
    """Something that people may want to hear of."""

    tag: Tag = Field(description="The tag that supporters get who choose it; a campaign's `audience` names it.")
    title: Heading = Field(description="What the form calls it.")


class OrganisationEntry(Entry):
    """The group whose supporters get the mails, and which answers them."""

    name: Line = Field(description="The organisation's name, as supporters know it.")
    sender: SenderText = Field(alias="from", description='Who mails come from: "Name <address>".')
    reply_to: Address = Field(
        description="Where answers go. A person reads it. With MAILER_MAILBOX_URL, let it arrive in that mailbox: "
        "then the mailer obeys the words that mails name, and leaves the rest to the person."
    )
    postal_address: Words = Field(description="A postal address; it stands at the foot of every mail.")
    timezone: Zone = Field(description="The organisation's IANA time zone; dates without a zone are meant in it.")
    languages: list[Language] = Field(
        min_length=1,
        description="The languages of its mails. The first is the fallback: every text must have it.",
    )
    copies_address: Address | None = Field(None, description="The mailbox that counts copies of letters.")
    plus_addresses: bool = Field(
        True,
        description="Whether that mailbox takes mail to name+anything@domain, as most do. If not (`false`), copies go "
        "to its plain address, and are counted by whom they come from.",
    )
    max_per_week: Positive | None = Field(
        None, description="Most mails to one supporter in a week; reminders are held first."
    )
    never_target: list[Barred] = Field([], description="Addresses and domains that no campaign may list.")
    topics: list[TopicEntry] = Field([], description="Tags that people may choose when they sign up.")
    confirmations_per_hour: Positive = Field(
        1_000, description="If more people than this sign up within an hour, sign-up is held until you resume it."
    )
