"""What does the file say about the organisation?"""

from __future__ import annotations

from pydantic import Field

from mailer.adapters.catalog.contacts import Address, Barred, SenderText
from mailer.adapters.catalog.places import Language, Zone
from mailer.adapters.catalog.scalars import Line, Positive, Words
from mailer.adapters.catalog.schema.entry import Entry


class OrganisationEntry(Entry):
    """The group whose supporters get the mails, and which answers them."""

    name: Line = Field(description="The organisation's name, as supporters know it.")
    sender: SenderText = Field(alias="from", description='Who mails come from: "Name <address>".')
    reply_to: Address = Field(description="Where answers go. A person reads it.")
    postal_address: Words = Field(description="A postal address; it stands at the foot of every mail.")
    timezone: Zone = Field(description="The organisation's IANA time zone; dates without a zone are meant in it.")
    languages: list[Language] = Field(
        min_length=1,
        description="The languages of its mails. The first is the fallback: every text must have it.",
    )
    copies_address: Address | None = Field(None, description="The mailbox that counts copies of letters.")
    max_per_week: Positive | None = Field(
        None, description="Most mails to one supporter in a week; reminders are held first."
    )
    never_target: list[Barred] = Field([], description="Addresses and domains that no campaign may list.")
