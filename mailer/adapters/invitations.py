"""How does a picket get into people's calendars? As an iCalendar file. Source: RFC 5545.

Law: the same picket has the same identity in every language and at every download, so that no calendar doubles it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256

from icalendar import Calendar, Event

from mailer.core.campaigns import Campaign, Picket
from mailer.core.languages import reading_order


def picket_file(picket: Picket, campaign: Campaign, *, language: str, now: datetime, url: str) -> bytes:
    """Return the file, in `language` where the campaign has it; `now` is UTC, `url` the campaign's page, or empty."""
    order = reading_order(language)
    event = Event()
    event.add("uid", _identity(picket, campaign))
    event.add("dtstamp", now)
    event.add("dtstart", picket.at.astimezone(UTC))
    event.add("summary", f"{picket.what.text(*order)}: {campaign.title.text(*order)}")
    event.add("location", picket.where.text(*order))
    if url:
        event.add("url", url)
    calendar = Calendar()
    calendar.add("prodid", "-//solidarity-mailer//pickets//EN")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _identity(picket: Picket, campaign: Campaign) -> str:
    """Return what tells this picket from every other one, and nothing else."""
    name = f"{campaign.id}/{picket.at.isoformat()}/{next(iter(picket.where.by_language.values()))}"
    return f"{sha256(name.encode()).hexdigest()[:32]}@{campaign.id}.invalid"
