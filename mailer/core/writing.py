"""What may a letter say? Who writes to whom, and the values that its words are filled with.

Law: nothing that the target must not see of the supporter is among the values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from mailer.core.authors import Author, author_of
from mailer.core.calendar import tell_day
from mailer.core.campaigns import Campaign, Demand
from mailer.core.languages import comma, reading_order, same_language
from mailer.core.revisions import Revision
from mailer.core.salutations import salutation
from mailer.core.signatures import Exposure, one_line
from mailer.core.supporters import Supporter
from mailer.core.targets import Target

Values = Mapping[str, str | tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Writing:
    """Who writes to whom: all that the words of a letter depend on.

    `target` already has its mission's name and channels. `languages` are what the office is said to read,
    best first; `assumed` those of its host country, which nobody vouched for. `until` is UTC. The `author` is the
    supporter, or who stands for their cohort.
    """

    revision: Revision
    supporter: Supporter
    target: Target
    shown: Exposure = Exposure.FULL
    languages: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    until: datetime | None = None
    author: Author | None = None

    @property
    def by(self) -> Author:
        """Return who writes."""
        return self.author or author_of(self.supporter)

    def longest(self, measure: Callable[[str], int]) -> Writing:
        """Return who decides whether this letter fits: the longest of those that differ in their authors alone."""
        return replace(self, author=self.by.longest(measure))

    @property
    def campaign(self) -> Campaign:
        """Return the campaign that the letter is part of."""
        return self.revision.campaign

    @property
    def fallback(self) -> str:
        """Return the language that every text has."""
        return self.revision.organisation.fallback_language

    def part(self, name: str) -> str:
        """Return the full name of a part of this letter, by which its author chooses.

        It holds no language, so that languages with equally many variants pair by position.
        """
        return f"{self.campaign.id}\0{self.target.id}\0{name}"


def demands_of(target: Target, campaign: Campaign) -> tuple[Demand, ...]:
    """Return what `target` is asked for: what it lists, else all that are no slogans."""
    if target.demands is None:
        return tuple(demand for demand in campaign.demands if not demand.slogan)
    by_id = {demand.id: demand for demand in campaign.demands}
    return tuple(by_id[demand_id] for demand_id in dict.fromkeys(target.demands) if demand_id in by_id)


def speaks_in(writing: Writing, language: str) -> bool:
    """Tell whether the campaign's words for this letter are in `language`, or their lack was warned of."""
    if language in writing.revision.organisation.languages:
        return True
    texts = (writing.campaign.summary, *(demand.text for demand in demands_of(writing.target, writing.campaign)))
    return all(language in text.by_language for text in texts)


def letter_values(writing: Writing, language: str, *, spoken: bool = False) -> Values:
    """Return what a letter in `language` may put in.

    On the telephone (`spoken`) a supporter who shows initials only gives no name at all.
    """
    order = reading_order(language, writing.fallback)
    campaign, target = writing.campaign, writing.target
    return {
        **_sender_values(writing, language, spoken=spoken),
        "person": comma(language).join(one_line(person.name.text(*order)) for person in campaign.people),
        "case": campaign.case,
        "title": campaign.title.text(*order),
        "summary": campaign.summary.text(*order),
        "demands": tuple(one_line(demand.text.text(*order)) for demand in demands_of(target, campaign)),
        "facts": tuple(one_line(fact.text.text(*order)) for fact in campaign.facts),
        "target": target.name.text(*order),
        "salutation": salutation(target, language, writing.revision.letters),
        "deadline": _deadline(writing, language),
    }


def sender_country(writing: Writing, language: str) -> str:
    """Return the name of the supporter's country in `language`, or an empty text."""
    country = writing.supporter.country
    return writing.revision.wording(*reading_order(language)).countries.get(country, "") if country else ""


def _sender_values(writing: Writing, language: str, *, spoken: bool) -> dict[str, str]:
    """Return what the target may know of the supporter, empty where it may not."""
    author, full = writing.by, writing.shown is Exposure.FULL
    initials = author.initials if writing.shown is not Exposure.UNSIGNED and not spoken else ""
    return {
        "name": author.name if full else initials,
        "initials": initials,
        "city": author.city if full else "",
        "organisation": author.organisation if full else "",
        "sender_country": sender_country(writing, language) if full else "",
    }


def _deadline(writing: Writing, language: str) -> str:
    """Return the last day in words of `language` (in digits where it has none), or an empty text."""
    if writing.until is None:
        return ""
    zone = ZoneInfo(writing.revision.organisation.timezone)
    last = (writing.until - timedelta(microseconds=1)).astimezone(zone).date()
    wording = writing.revision.wording(*reading_order(language))
    return tell_day(last, wording.calendar) if same_language(wording.language, language) else last.isoformat()
