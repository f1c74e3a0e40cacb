"""Whom could the letters of a campaign not help? The audience without a channel, and the embassies' coverage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mailer.core.audience import Cohort
from mailer.core.campaigns import ChannelKind
from mailer.core.links import Links
from mailer.core.pack import Pack, PackItem
from mailer.core.packing import build_pack
from mailer.core.revisions import Revision
from mailer.core.schedule import campaign_end
from mailer.core.supporters import Person, PublicId, Supporter

_ANYBODY = Person("supporter@audience.example", "Example Supporter")


@dataclass(frozen=True, slots=True)
class Reach:
    """What an audience could do.

    `without_channel` are the cohorts whose pack would be empty. Of the `countries` with an own-country
    embassy target, `embassies_with_address` have an e-mail, fax, phone or postal address for it;
    `web_only_people` would get a web page alone.
    """

    without_channel: tuple[Cohort, ...] = ()
    countries: int = 0
    embassies_with_address: int = 0
    web_only_people: int = 0

    @property
    def people_without_channel(self) -> int:
        """Return how many supporters would have nothing to do."""
        return sum(cohort.count for cohort in self.without_channel)


def reach_of(revision: Revision, cohorts: Iterable[Cohort], *, now: datetime) -> Reach:
    """Return what the audience could do, judged by country and language."""
    packs = [(cohort, sample_pack(revision, cohort, now=now)) for cohort in cohorts]
    embassy_ids = {target.id for target in revision.campaign.targets if target.embassy_of}
    covered: dict[str, bool] = {}
    web_only = 0
    for cohort, pack in packs:
        embassies = [item for item in pack.items if item.target.partition("/")[0] in embassy_ids]
        if embassy_ids:
            covered[cohort.country] = any(map(_has_address, embassies))
            web_only += cohort.count if embassies and not covered[cohort.country] else 0
    empty = tuple(cohort for cohort, pack in packs if not pack.todo)
    return Reach(empty, len(covered), sum(covered.values()), web_only)


def sample_pack(revision: Revision, cohort: Cohort, *, now: datetime) -> Pack:
    """Return what anybody of a cohort would get."""
    anybody = Supporter(PublicId(b"audience"), _ANYBODY, country=cohort.country, language=cohort.language)
    return build_pack(revision, anybody, now=now, links=Links(), ends_at=campaign_end(revision.campaign, now))


def _has_address(item: PackItem) -> bool:
    """Tell whether an embassy can be reached by more than a web page."""
    return any(channel.kind is not ChannelKind.WEB for channel in item.channels)


def coverage_in_words(reach: Reach) -> str:
    """Return the embassies' coverage in a sentence, empty where all of the audience's countries are covered."""
    if reach.embassies_with_address == reach.countries:
        return ""
    return (
        f"embassy: e-mail or address for {reach.embassies_with_address} of your {reach.countries} countries, "
        f"{reach.web_only_people} people get a web page only"
    )
