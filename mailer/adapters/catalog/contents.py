"""What does the campaign file hold? The organisation, the campaigns that are right, and all that is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from mailer.adapters.catalog.nodes import Mark
from mailer.adapters.catalog.problems import ERROR
from mailer.core.campaigns import Campaign, CampaignId
from mailer.core.organisations import Organisation
from mailer.errors import Problem


@dataclass(frozen=True, slots=True)
class Catalog:
    """What the file holds: the organisation, the campaigns without errors, and all problems in the file's order.

    `by_campaign` has the problems of each id that stands in the file; `marks` those that are "# check"
    comments, which keep a campaign from being launched; `places` tells where each id stands in `file`.
    `organisation` is None, and no campaign usable, if anything outside of the campaigns has errors.
    """

    organisation: Organisation | None
    campaigns: Mapping[CampaignId, Campaign]
    problems: tuple[Problem, ...]
    by_campaign: Mapping[CampaignId, tuple[Problem, ...]] = field(default_factory=dict)
    marks: Mapping[CampaignId, tuple[Problem, ...]] = field(default_factory=dict)
    file: str = ""
    places: Mapping[CampaignId, Mark] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Tell whether there is no error, warnings aside."""
        return not has_errors(self.problems)

    def problems_of(self, campaign_id: str) -> tuple[Problem, ...]:
        """Return the problems of one campaign, none for an id that the file does not have."""
        return self.by_campaign.get(CampaignId(campaign_id), ())

    def problem_at(self, campaign_id: str, message: str, *, hint: str = "", severity: str = ERROR) -> Problem:
        """Return a problem that was found elsewhere (in the database, say), told at the campaign's id."""
        mark = self.places.get(CampaignId(campaign_id), Mark(1, 1))
        return Problem(severity, self.file, mark.line, mark.column, f"campaign {campaign_id}", message, hint)


def has_errors(problems: Iterable[Problem]) -> bool:
    """Tell whether any problem is an error."""
    return any(problem.severity == ERROR for problem in problems)
