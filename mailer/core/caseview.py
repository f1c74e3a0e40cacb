"""What do people read of a case? Its summary, facts, people and events, its pickets and its end, as plain values.

Law: mails and pages tell a case by this one code; every text says which language it is in.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlsplit

from mailer.core.calendar import local_time, tell_moment, tell_time
from mailer.core.campaigns import Campaign, Closing, Event, Fact, Picket
from mailer.core.plain import Plain, Speaker, web_address


def case_view(campaign: Campaign, speaker: Speaker, now: datetime) -> Mapping[str, Plain]:
    """Return the case in a few lines."""
    return {
        "title": speaker.said(campaign.title),
        "number": campaign.case,
        "country": speaker.country(campaign.country),
        "summary": speaker.said(campaign.summary),
        "facts": tuple(_fact(fact, speaker) for fact in campaign.facts),
        "people": tuple(
            {"name": speaker.said(person.name), "role": speaker.said(person.role)} for person in campaign.people
        ),
        "events": tuple(_event(event, speaker) for event in campaign.events if event.at > now),
    }


def _fact(fact: Fact, speaker: Speaker) -> Mapping[str, Plain]:
    """Return one fact with its source; the source is named by its host."""
    source = web_address(fact.source)
    return {"text": speaker.said(fact.text), "source": source, "site": urlsplit(source).netloc}


def _event(event: Event, speaker: Speaker) -> Mapping[str, Plain]:
    """Return one event by both clocks; `there` is empty where they show the same, and only a time on the same day."""
    calendar = speaker.wording.calendar
    there, here = local_time(event.at, event.timezone), local_time(event.at, speaker.timezone)
    far = (
        tell_time(there.time(), calendar)
        if there.date() == here.date()
        else tell_moment(event.at, event.timezone, calendar)
    )
    return {
        "id": event.id,
        "what": speaker.said(event.what),
        "here": speaker.moment(event.at),
        "there": "" if there.utcoffset() == here.utcoffset() else far,
        "city": speaker.city(event.timezone),
    }


def picket_view(picket: Picket, speaker: Speaker) -> Mapping[str, Plain]:
    """Return one picket, told in the zone where it is held."""
    return {
        "what": speaker.said(picket.what),
        "where": speaker.said(picket.where),
        "at": tell_moment(picket.at, picket.timezone, speaker.wording.calendar),
        "city": speaker.city(picket.timezone),
    }


def ending_view(closing: Closing | None, speaker: Speaker) -> Plain:
    """Return how the campaign ended, or None."""
    if closing is None:
        return None
    statement = closing.statement
    return {
        "outcome": closing.outcome.value,
        "text": speaker.said(closing.text),
        "statement": {"by": speaker.said(statement.by), "text": speaker.said(statement.text)} if statement else None,
        "next": speaker.said(closing.next_title),
    }
