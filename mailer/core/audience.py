"""To whom does a campaign write? The rule as a value that the store turns into a query.

Law: nobody is in an audience without confirmed consent, or in a country whose rule is `none`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from mailer.core.campaigns import AudienceRule, Campaign, CountryRule, Safety
from mailer.core.progress import MailingRecord
from mailer.core.supporters import Consent, Supporter


@dataclass(frozen=True, slots=True)
class Selection:
    """Which supporters a mailing may go to; an empty tuple of the first three means all.

    `tag_hashes` are keyed hashes: the database does not know the tags themselves.
    """

    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    tag_hashes: tuple[bytes, ...] = ()
    excluded_countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cohort:
    """How many supporters of one country and language an audience holds."""

    country: str
    language: str
    count: int


@dataclass(frozen=True, slots=True)
class Opening:
    """An alert that is open for those who come into its audience, and the bounds of their letters."""

    slot: MailingRecord
    selection: Selection
    not_before: datetime
    deadline: datetime | None


def may_have_come_in(before: Supporter, after: Supporter) -> bool:
    """Tell whether a change may bring somebody into an audience that they were not in."""
    told = (before.consent, before.country, before.language, frozenset(before.person.tags))
    tells = (after.consent, after.country, after.language, frozenset(after.person.tags))
    return after.consent is Consent.CONFIRMED and told != tells


def audience_of(campaign: Campaign, hash_tag: Callable[[str], bytes]) -> Selection:
    """Return whom a campaign writes to; tags are known by their keyed hashes alone."""
    return select(campaign.audience, campaign.safety, tuple(map(hash_tag, campaign.audience.tags)))


def select(rule: AudienceRule, safety: Safety, tag_hashes: tuple[bytes, ...]) -> Selection:
    """Return whom the campaign writes to, without the countries that must not be mailed."""
    excluded = tuple(sorted(c for c, held in safety.countries.items() if held is CountryRule.NONE))
    return Selection(rule.countries, rule.languages, tag_hashes, excluded)


def exclusion(selection: Selection, supporter: Supporter, tag_hashes: frozenset[bytes]) -> str:
    """Return why a supporter gets nothing of a campaign, or an empty text if they are in its audience."""
    if supporter.consent is not Consent.CONFIRMED:
        return f"consent is {supporter.consent}"
    if supporter.country in selection.excluded_countries:
        return f"nobody in {supporter.country} is mailed (safety)"
    if selection.countries and supporter.country not in selection.countries:
        return "country is not in the audience"
    if selection.languages and supporter.language not in selection.languages:
        return "language is not in the audience"
    if selection.tag_hashes and not tag_hashes.intersection(selection.tag_hashes):
        return "has none of the audience's tags"
    return ""
