"""What may a supporter choose about their mail, and what do they become by it? A form is read, checked and applied.

Law: nothing is stored that was not offered; what is wrong is told by its field, and then nothing of the form is stored.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from mailer.core.countries import capital_zone, supporter_zone
from mailer.core.enrolment import MOST_TAGS
from mailer.core.localtime import resolve_local
from mailer.core.supporters import SafetyLevel, Supporter
from mailer.core.targets import ChannelKind

WAYS = tuple(kind.value for kind in (ChannelKind.EMAIL, ChannelKind.FAX, ChannelKind.PHONE, ChannelKind.POST))
MOST_A_WEEK = 7
LONGEST_PAUSE = timedelta(days=366)
REST = timedelta(weeks=4)  # the pause of those who ask for one by a single word
Form = Mapping[str, Sequence[str]]
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What somebody chose. `paused_until` is the day on which mail begins again, in their own zone.

    A `country`, `language` or `best_way` may be empty, `max_per_week` None: then it is not told.
    """

    language: str = ""
    country: str = ""
    safety: SafetyLevel = SafetyLevel.FULL
    best_way: str = ""
    topics: frozenset[str] = frozenset()
    discreet: bool = False
    max_per_week: int | None = None
    paused_until: date | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """What somebody can choose from: languages and topics (tags), and as of which day (in their zone) they pause.

    `zone` is the clock of those whose own is not known; `room` is how many topics they have place for.
    """

    languages: tuple[str, ...]
    topics: tuple[str, ...]
    zone: str
    today: date
    room: int = MOST_TAGS

    @property
    def last_day(self) -> date:
        """Return the latest day on which mail may begin again."""
        return self.today + LONGEST_PAUSE


@dataclass(frozen=True, slots=True)
class Reading:
    """What a form says; `wrong` names the fields that say nothing that was offered, and stay as they were."""

    wishes: Wishes
    wrong: tuple[str, ...] = ()


def make_offer(
    supporter: Supporter, *, languages: Sequence[str], topics: Sequence[str], zone: str, now: datetime
) -> Offer:
    """Return what a supporter can choose from; the language that they have stays in the choice."""
    known = tuple(dict.fromkeys((*languages, *filter(None, (supporter.language,)))))
    today = now.astimezone(ZoneInfo(supporter_zone(supporter, zone))).date()
    others = sum(tag not in topics for tag in supporter.person.tags)
    return Offer(known, tuple(topics), zone, today, max(0, MOST_TAGS - others))


def wishes_of(supporter: Supporter, offer: Offer) -> Wishes:
    """Return what a supporter has chosen so far; a pause that is over is none."""
    person = supporter.person
    return Wishes(
        language=supporter.language,
        country=supporter.country,
        safety=person.safety,
        best_way=person.best_way,
        topics=frozenset(person.tags).intersection(offer.topics),
        discreet=person.discreet,
        max_per_week=supporter.max_per_week,
        paused_until=_paused_day(supporter, offer),
    )


def _paused_day(supporter: Supporter, offer: Offer) -> date | None:
    """Return the day on which mail begins again, None if that is not to come."""
    if supporter.paused_until is None:
        return None
    day = supporter.paused_until.astimezone(ZoneInfo(supporter_zone(supporter, offer.zone))).date()
    return day if day > offer.today else None


def read_wishes(form: Form, offer: Offer, before: Wishes) -> Reading:
    """Return what a form says; a choice among several that it does not have stays as `before`.

    A box that is not ticked is not sent: topics and discreet subjects are off where the form lacks them.
    """
    read: dict[str, Any] = {}
    wrong = []
    for name, reader in _READERS.items():
        try:
            read[name] = reader(form.get(name, ()), offer, getattr(before, name))
        except ValueError:
            wrong.append(name)
    return Reading(replace(before, **read), tuple(wrong))


def apply_wishes(supporter: Supporter, wishes: Wishes, offer: Offer) -> Supporter:
    """Return the supporter as they wish to be. Tags that are no topics stay; a move ends the clock of the old place."""
    others = tuple(tag for tag in supporter.person.tags if tag not in offer.topics)
    chosen = tuple(tag for tag in offer.topics if tag in wishes.topics)
    person = replace(
        supporter.person,
        safety=wishes.safety,
        best_way=wishes.best_way,
        tags=others + chosen,
        discreet=wishes.discreet,
    )
    moved = replace(
        supporter,
        person=person,
        language=wishes.language,
        country=wishes.country,
        timezone=supporter.timezone if wishes.country == supporter.country else "",
        max_per_week=wishes.max_per_week,
    )
    return replace(moved, paused_until=_morning(wishes.paused_until, supporter_zone(moved, offer.zone)))


def rested(supporter: Supporter, offer: Offer) -> Supporter:
    """Return the supporter with a pause of four weeks from today, or with their own if that is longer."""
    wishes = wishes_of(supporter, offer)
    day = max(filter(None, (wishes.paused_until, offer.today + REST)))
    return apply_wishes(supporter, replace(wishes, paused_until=day), offer)


def _morning(day: date | None, zone: str) -> datetime | None:
    """Return the moment (UTC) at which `day` begins in `zone`."""
    return None if day is None else resolve_local(datetime.combine(day, time()), zone)


def _one(given: Sequence[str], before: str) -> str:
    """Return the one value of a field, `before` if there is none."""
    if len(given) > 1:
        raise ValueError("more than one value")
    return given[0].strip() if given else before


def _read_language(given: Sequence[str], offer: Offer, before: str) -> str:
    return _among(_one(given, before), (*offer.languages, before))


def _read_country(given: Sequence[str], offer: Offer, before: str) -> str:
    code = _one(given, before)
    return code if code == before or capital_zone(code) else _among(code, ("",))


def _read_safety(given: Sequence[str], offer: Offer, before: SafetyLevel) -> SafetyLevel:
    return SafetyLevel(_one(given, before))


def _read_way(given: Sequence[str], offer: Offer, before: str) -> str:
    return _among(_one(given, before), ("", *WAYS, before))


def _read_topics(given: Sequence[str], offer: Offer, before: frozenset[str]) -> frozenset[str]:
    topics = frozenset(_among(tag, offer.topics) for tag in given)
    if len(topics) > offer.room:
        raise ValueError("more topics than there is place for")
    return topics


def _read_discreet(given: Sequence[str], offer: Offer, before: bool) -> bool:
    return _among(_one(given, ""), ("", "on")) == "on"


def _read_cap(given: Sequence[str], offer: Offer, before: int | None) -> int | None:
    text = _one(given, str(before or ""))
    return int(_among(text, tuple(map(str, range(1, MOST_A_WEEK + 1))))) if text else None


def _read_pause(given: Sequence[str], offer: Offer, before: date | None) -> date | None:
    text = _one(given, before.isoformat() if before else "")
    if not text:
        return None
    if not _DAY.fullmatch(text):
        raise ValueError("no day")
    day = date.fromisoformat(text)
    if not offer.today < day <= offer.last_day:
        raise ValueError("not a day of the coming year")
    return day


def _among(text: str, offered: Sequence[str]) -> str:
    """Return what was chosen among what was offered."""
    if text not in offered:
        raise ValueError("not offered")
    return text


_READERS: Mapping[str, Callable[[Sequence[str], Offer, Any], Any]] = {
    "language": _read_language,
    "country": _read_country,
    "safety": _read_safety,
    "best_way": _read_way,
    "topics": _read_topics,
    "discreet": _read_discreet,
    "max_per_week": _read_cap,
    "paused_until": _read_pause,
}
FIELDS = tuple(_READERS)
