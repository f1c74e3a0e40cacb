"""What do people put into their calendars? The trials of a case, and the pickets that they are invited to.

Law: an occasion has the same identity in every language, mail and page, whenever it is asked for, so that no calendar
doubles it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from mailer.core.campaigns import Campaign, Event, Picket
from mailer.core.schedule import earlier_into_window
from mailer.core.texts import LocalText

_A_DAY: Final = timedelta(days=1)
_ON_THE_WAY: Final = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Occasion:
    """One date of a case; `at` is UTC, `timezone` where it takes place, `uid` its identity (RFC 5545 3.8.4.7).

    `key` names it in a campaign. `where` tells that people come to it, those in `country` (ISO 3166), or everybody if
    that is empty; what only happens has neither.
    """

    key: str
    uid: str
    what: LocalText
    at: datetime
    timezone: str
    where: LocalText | None = None
    country: str = ""


@dataclass(frozen=True, slots=True)
class Invitation:
    """An occasion as one reader gets it: `reads` are their languages in order of wish, `zone` is their clock's (IANA).

    `now` is UTC; `url` is where everybody can read more, or empty.
    """

    occasion: Occasion
    campaign: Campaign
    reads: tuple[str, ...]
    zone: str
    now: datetime
    url: str = ""


def occasions_of(campaign: Campaign, country: str, now: datetime) -> tuple[Occasion, ...]:
    """Return what is still to come and concerns a supporter in `country` (ISO 3166), soonest first."""
    near = (each for each in public_occasions(campaign) if each.at > now and each.country in ("", country))
    return tuple(sorted(near, key=lambda each: each.at))


def public_occasions(campaign: Campaign) -> tuple[Occasion, ...]:
    """Return every date of a campaign that anybody may know."""
    events = (event_occasion(event, campaign) for event in campaign.events)
    return (*events, *(picket_occasion(picket, number, campaign) for number, picket in public_pickets(campaign)))


def public_pickets(campaign: Campaign) -> tuple[tuple[int, Picket], ...]:
    """Return the pickets that anybody may know, each with the number that pages, mails and files name it by."""
    return tuple(enumerate((picket for picket in campaign.pickets if picket.public), start=1))


def invites(picket: Picket, country: str, now: datetime) -> bool:
    """Tell whether a supporter in `country` is invited: only to what is public, still to come, and near."""
    return picket.public and picket.at > now and picket.country in ("", country)


def event_occasion(event: Event, campaign: Campaign) -> Occasion:
    """Return an event; it stays the same one when it is put off."""
    uid = _identity(f"{campaign.id}/event/{event.id}", campaign)
    return Occasion(f"event-{event.id}", uid, event.what, event.at, event.timezone)


def picket_occasion(picket: Picket, number: int, campaign: Campaign) -> Occasion:
    """Return a picket, the `number`th of those that are public: one at another time or place is another one."""
    place = next(iter(picket.where.by_language.values()))
    uid = _identity(f"{campaign.id}/{picket.at.isoformat()}/{place}", campaign)
    return Occasion(f"picket-{number}", uid, picket.what, picket.at, picket.timezone, picket.where, picket.country)


def alarms(occasion: Occasion, zone: str) -> tuple[timedelta, ...]:
    """Return how long before an occasion its reader is reminded: a day, and two hours where they have to go there.

    The first is earlier where the clocks in the reader's `zone` (IANA) show night: a court sits at 05:00 of theirs.
    """
    first = occasion.at - earlier_into_window(occasion.at - _A_DAY, zone)
    return (first, _ON_THE_WAY) if occasion.where else (first,)


def _identity(name: str, campaign: Campaign) -> str:
    """Return what tells an occasion from every other one, and nothing else."""
    return f"{sha256(name.encode()).hexdigest()[:32]}@{campaign.id}.invalid"
