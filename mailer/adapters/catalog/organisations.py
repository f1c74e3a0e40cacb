"""Who runs the campaigns? The organisation's entry as core's value."""

from __future__ import annotations

from collections.abc import Sequence

from mailer.adapters.catalog.coherence import report_taken_ids
from mailer.adapters.catalog.conversion import Desk
from mailer.adapters.catalog.problems import Ledger
from mailer.adapters.catalog.schema.organisation import OrganisationEntry, TopicEntry
from mailer.core.organisations import Organisation, Topic

# What stands in for a required key that is missing or wrong, so that the campaigns can still be checked.
STAND_INS = {
    "name": "-",
    "from": "nobody@nowhere.example",
    "reply_to": "nobody@nowhere.example",
    "postal_address": "-",
    "timezone": "UTC",
    "languages": ["en"],
}
UNKNOWN = Organisation(
    name="-",
    from_name="",
    from_address="nobody@nowhere.example",
    reply_to="nobody@nowhere.example",
    postal_address="-",
    timezone="UTC",
    languages=("en",),
)


def organisation_of(entry: OrganisationEntry) -> Organisation:
    """Return the organisation; without a name in `from`, mails come from the organisation's name."""
    return Organisation(
        name=entry.name,
        from_name=entry.sender.name or entry.name,
        from_address=entry.sender.address,
        reply_to=entry.reply_to,
        postal_address=entry.postal_address,
        timezone=entry.timezone,
        languages=tuple(dict.fromkeys(entry.languages)),
        copies_address=entry.copies_address or "",
        plus_addresses=entry.plus_addresses,
        max_per_week=entry.max_per_week,
        never_target=tuple(entry.never_target),
        confirmations_per_hour=entry.confirmations_per_hour,
    )


def warn_of_copies(ledger: Ledger, organisation: Organisation) -> None:
    """Warn of a key about a mailbox that is not given."""
    if not organisation.plus_addresses and not organisation.copies_address:
        message = "`plus_addresses` is about the mailbox that counts copies of letters, and none is given"
        ledger.warn(("organisation", "plus_addresses"), message, "give organisation.copies_address, or leave it out")


def topics_of(desk: Desk, entries: Sequence[TopicEntry]) -> tuple[Topic, ...]:
    """Return what people may choose; a tag that is there twice is reported."""
    report_taken_ids(desk, [(each.tag, each.path) for each in entries], "topic")
    return tuple(Topic(each.tag, desk.text((*each.path, "title"), each.title)) for each in entries)
