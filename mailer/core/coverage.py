"""Where does an embassy answer? Country by country, by which rule, and for how many of an audience.

Law: an answer is the one that a pack gives; nothing is shown as known that no row says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum

from mailer.core.audience import Cohort
from mailer.core.campaigns import Campaign, Mission
from mailer.core.missions import OWN, Resolution, reachable, resolve, resolve_for
from mailer.core.targets import Target


@dataclass(frozen=True, slots=True)
class Found:
    """What answers in one country for its `people` (None: nobody counted them); `silent` rows there reach nobody."""

    country: str
    people: int | None
    resolution: Resolution | None = None
    silent: tuple[Mission, ...] = ()

    @property
    def mission(self) -> Mission | None:
        """Return the mission that answers, or None."""
        return self.resolution.missions[0] if self.resolution else None

    @property
    def is_enough(self) -> bool:
        """Tell whether letters reach a mission in the country itself."""
        row = self.mission if self.resolution and self.resolution.rule == OWN else None
        return row is not None and bool(row.email or row.fax or row.post)


def look_up(of: str, countries: Mapping[str, int | None], rows: Iterable[Mission]) -> tuple[Found, ...]:
    """Return what answers in each of the countries, those with most people first."""
    usable = [row for row in rows if row.of == of]
    order = sorted(countries.items(), key=lambda pair: (-(pair[1] or 0), pair[0]))
    return tuple(
        Found(country, people, resolve(of, country, usable), _silent(country, usable)) for country, people in order
    )


def _silent(country: str, rows: Iterable[Mission]) -> tuple[Mission, ...]:
    """Return the missions in a country that are known, but cannot be reached, or are gone."""
    return tuple(row for row in rows if country and row.host == country and not reachable(row))


@dataclass(frozen=True, slots=True)
class Coverage:
    """In how many of the audience's countries the mission that answers can be written to.

    `with_address` have an e-mail, fax, phone or postal address; `web_only_people` get a web page alone,
    and `missing_people` no embassy at all.
    """

    countries: int = 0
    with_address: int = 0
    web_only_people: int = 0
    missing_people: int = 0

    def __str__(self) -> str:
        """Return it in a sentence, empty where all of the audience's countries have an address."""
        if self.with_address == self.countries:
            return ""
        poorly = (self.web_only_people, "a web page only"), (self.missing_people, "none")
        told = "".join(f", {_people(count)} {what}" for count, what in poorly if count)
        return f"embassy: e-mail or address for {self.with_address} of your {self.countries} countries{told}"


def _people(count: int) -> str:
    """Return how many people get something."""
    return "1 person gets" if count == 1 else f"{count} people get"


def coverage_of(campaign: Campaign, directory: Iterable[Mission], cohorts: Iterable[Cohort]) -> Coverage:
    """Return how well embassies are known in the audience's countries; of a campaign's targets the worst counts."""
    rows = (*campaign.missions, *directory)
    people: dict[str, int] = {}
    for cohort in cohorts:
        people[cohort.country] = people.get(cohort.country, 0) + cohort.count
    targets = [target for target in campaign.targets if target.mission_of]
    ways = {country: min(_way_to(target, country, rows) for target in targets) for country in people if targets}
    return Coverage(
        countries=len(ways),
        with_address=sum(way is _Way.ADDRESS for way in ways.values()),
        web_only_people=sum(people[country] for country, way in ways.items() if way is _Way.PAGE),
        missing_people=sum(people[country] for country, way in ways.items() if way is _Way.NONE),
    )


class _Way(IntEnum):
    """How an embassy is reached at best, the worst first."""

    NONE = 0
    PAGE = 1
    ADDRESS = 2


def _way_to(target: Target, country: str, rows: Iterable[Mission]) -> _Way:
    """Return how the mission that answers for `target` is reached from `country`."""
    found = resolve_for(target, country, rows)
    if found is None:
        return _Way.NONE
    return _Way.ADDRESS if _has_address(found.missions[0]) else _Way.PAGE


def _has_address(mission: Mission) -> bool:
    """Tell whether a mission can be reached by more than a web page."""
    return bool(mission.email or mission.fax or mission.phone or mission.post)
