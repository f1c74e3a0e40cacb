"""Whom could the letters of a campaign not help? The audience without a channel, and the embassies' coverage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mailer.core.audience import Cohort
from mailer.core.campaigns import Campaign, Mission
from mailer.core.links import Links
from mailer.core.missions import resolve
from mailer.core.pack import Pack
from mailer.core.packing import build_pack
from mailer.core.revisions import Revision
from mailer.core.schedule import campaign_end
from mailer.core.supporters import Person, PublicId, Supporter

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
    """Return how well the embassies of a campaign are known in the audience's countries."""
    rows = (*campaign.missions, *directory)
    people: dict[str, int] = {}
    for cohort in cohorts:
        people[cohort.country] = people.get(cohort.country, 0) + cohort.count
    found = [
        (count, resolve(target.embassy_of, country, rows))
        for target in campaign.targets
        if target.embassy_of
        for country, count in people.items()
    ]
    reached = [(count, resolution.missions[0]) for count, resolution in found if resolution is not None]
    return Coverage(
        countries=len(found),
        with_address=sum(_has_address(mission) for _, mission in reached),
        web_only_people=sum(count for count, mission in reached if not _has_address(mission)),
        missing_people=sum(count for count, resolution in found if resolution is None),
    )


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
