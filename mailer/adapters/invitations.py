"""How does a trial or a picket get into people's calendars? As an iCalendar file. Source: RFC 5545.

Law: every calendar shows it at the right hour, also in a year in which a country changes its clocks: the file brings
the rules of its time zone along.
"""

from __future__ import annotations

from datetime import UTC, date, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Component, Event, Timezone

from mailer.core.occasions import Invitation, alarms

_UTC = ("", "UTC", "Etc/UTC")
_ZONES_AT_HAND = 64


def calendar_file(invitation: Invitation) -> bytes:
    """Return the file; a later one of the same identity takes the place of an earlier one (RFC 5546 2.1.5)."""
    occasion = invitation.occasion
    calendar = Calendar()
    calendar.add("prodid", "-//solidarity-mailer//dates//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if occasion.timezone not in _UTC:
        calendar.add_component(_zone(occasion.timezone, occasion.at.year))
    calendar.add_component(_event(invitation))
    return bytes(calendar.to_ical())


def _event(invitation: Invitation) -> Event:
    """Return the date itself; nobody knows how long a trial takes, so it has a beginning only."""
    occasion, campaign, reads = invitation.occasion, invitation.campaign, invitation.reads
    summary = f"{occasion.what.text(*reads)}: {campaign.title.text(*reads)}"
    zone = UTC if occasion.timezone in _UTC else ZoneInfo(occasion.timezone)
    event = Event()
    event.add("uid", occasion.uid)
    event.add("dtstamp", invitation.now)
    event.add("dtstart", occasion.at.astimezone(zone))
    event.add("summary", summary)
    event.add("description", campaign.summary.text(*reads).strip())
    if occasion.where:
        event.add("location", occasion.where.text(*reads))
    if invitation.url:
        event.add("url", invitation.url)
    for before in alarms(occasion, invitation.zone):
        event.add_component(_alarm(summary, before))
    return event


def _alarm(words: str, before: timedelta) -> Alarm:
    """Return a reminder that shows `words` so long before."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words)
    alarm.add("trigger", -before)
    return alarm


@lru_cache(maxsize=_ZONES_AT_HAND)
def _zone(name: str, year: int) -> Component:
    """Return the rules of a time zone (IANA) in a year and its neighbours; they are looked up for up to 20 ms."""
    zone = Timezone.from_tzid(name, first_date=date(year - 1, 1, 1), last_date=date(year + 2, 1, 1))
    zone.pop("comment", None)
    return zone
