"""What does the file say about mailings and the closing?"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from mailer.adapters.catalog.moments import AlertTime, Moment
from mailer.adapters.catalog.scalars import Duration, Slug
from mailer.adapters.catalog.schema.entry import Entry, Heading, Text

Piece = Literal["pdf", "eml", "ics"]


class ReminderEntry(Entry):
    """When those who have not written are reminded: after the alert, or before an event."""

    after: Duration | None = Field(None, description="So long after the supporter's own alert was sent: 3d.")
    before: Slug | None = Field(None, description="The id of an event.")
    by: Duration | None = Field(None, description="With before: so long before the event, 24h.")


class UpdateEntry(Entry):
    """News for everyone who got the alert."""

    id: Slug | None = Field(None, description="A short id; omitted: update-1, update-2 and so on.")
    at: Moment = Field(description="When it goes out, in the organisation's zone.")
    text: Text = Field(description="What is new.")
    attach: list[Piece] = Field([], description="Which pieces it carries beside those of the campaign.")


class MailingEntry(Entry):
    """One mailing: exactly one of alert, reminder and update."""

    alert: AlertTime | None = Field(None, description="on-launch, or a time in the organisation's zone.")
    reminder: ReminderEntry | None = Field(None, description="A reminder: {after: 3d} or {before: trial, by: 24h}.")
    update: UpdateEntry | None = Field(None, description="An update with its own text.")


class StatementEntry(Entry):
    """What the freed person, or who speaks for the case, says."""

    by: Heading = Field(description="Who says it.")
    text: Text = Field(description="Their words.")


class ClosingEntry(Entry):
    """How the campaign ended."""

    outcome: Literal["released", "won", "partly", "lost", "ended"] = Field(description="How it ended.")
    text: Text = Field(description="The news in a few lines.")
    statement: StatementEntry | None = Field(None, description="A statement by the person.")
    next: Slug | None = Field(None, description="The id of a campaign that goes on.")
