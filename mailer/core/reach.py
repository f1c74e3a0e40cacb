"""Whom could the letters of a campaign not help? The audience without a channel, and the embassies' coverage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from mailer.core.audience import Cohort
from mailer.core.campaigns import Campaign, Mission
from mailer.core.links import Links
from mailer.core.missions import resolve_for
from mailer.core.pack import Pack
from mailer.core.packing import build_pack
from mailer.core.revisions import Revision
from mailer.core.schedule import campaign_end
from mailer.core.supporters import Person, PublicId, Supporter
from mailer.core.targets import Target

_ANYBODY = Person("supporter@audience.example", "Example Supporter")


@dataclass(frozen=True, slots=True)
class Coverage:
    """In how many of the audience's countries an own-country embassy can be written to.

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
        missing = f", {self.missing_people} people get none" if self.missing_people else ""
        return (
            f"embassy: e-mail or address for {self.with_address} of your {self.countries} countries, "
            f"{self.web_only_people} people get a web page only{missing}"
        )


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


def without_channel(
    revision: Revision, cohorts: Iterable[Cohort], *, now: datetime, retired: frozenset[str] = frozenset()
) -> tuple[Cohort, ...]:
    """Return the cohorts whose pack would be empty, judged by country and language."""
    return tuple(cohort for cohort in cohorts if not sample_pack(revision, cohort, now=now, retired=retired).todo)


def sample_pack(revision: Revision, cohort: Cohort, *, now: datetime, retired: frozenset[str] = frozenset()) -> Pack:
    """Return what anybody of a cohort would get; `retired` are addresses and numbers that are used no more."""
    anybody = Supporter(PublicId(b"audience"), _ANYBODY, country=cohort.country, language=cohort.language)
    ends_at = campaign_end(revision.campaign, now)
    return build_pack(revision, anybody, now=now, links=Links(), ends_at=ends_at, retired=retired)
