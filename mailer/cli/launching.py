"""What does a person see and type before a launch? Relay, audience, who is left out, then name and count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.cli.terminal import ask, say
from mailer.errors import UsageError

if TYPE_CHECKING:
    from mailer.core.audience import Cohort
    from mailer.flows.publish import LaunchPlan


def tell_plan(plan: LaunchPlan, relay: str) -> None:
    """Tell on stderr what launching would do."""
    campaign, language = plan.campaign, plan.revision.organisation.fallback_language
    say(f"{campaign.id}: {campaign.title.text(language)}")
    say(f"  relay      {relay}")
    if plan.rehearsal:
        say("             DRY RUN: nothing leaves this machine")
    say(f"  audience   {plan.audience} supporters")
    for country, cohorts in _by_country(plan.cohorts).items():
        parts = ", ".join(f"{cohort.language or 'no language'} {cohort.count}" for cohort in cohorts)
        say(f"             {country or 'no country'}: {sum(c.count for c in cohorts)} ({parts})")
    if plan.excluded_countries:
        say(f"  excluded   everybody in {', '.join(plan.excluded_countries)} (safety)")
    for reason, count in plan.left_out.items():
        say(f"  left out   {count} {reason}")
    for cohort in plan.unreachable:
        who = f"{cohort.country or 'no country'}, {cohort.language or 'no language'}"
        say(f"  no channel {cohort.count} in {who}: nothing would arrive in time; they get no alert")
    for listing in plan.retired:
        say(f"  retired    {listing.value} ({listing.where}): it is in no letter; take it out of the file")
    for line in _warnings(plan):
        say(f"  note       {line}")


def _by_country(cohorts: tuple[Cohort, ...]) -> dict[str, list[Cohort]]:
    """Group an audience by country, the largest first."""
    grouped: dict[str, list[Cohort]] = {}
    for cohort in sorted(cohorts, key=lambda c: -c.count):
        grouped.setdefault(cohort.country, []).append(cohort)
    return dict(sorted(grouped.items(), key=lambda item: -sum(c.count for c in item[1])))


def _warnings(plan: LaunchPlan) -> list[str]:
    """Return what a person should know before agreeing."""
    told = [str(plan.coverage)]
    if not plan.audience:
        told.append("nobody is in the audience: import supporters, or widen `audience:`")
    return list(filter(None, told))


def confirm(plan: LaunchPlan) -> None:
    """Let the person type the campaign's name and the count.

    Raises:
        UsageError: they typed something else; nothing is done.
    """
    wanted = f"{plan.campaign.id} {plan.audience}"
    if ask(f"Type `{wanted}` to launch: ") != wanted:
        raise UsageError("nothing done: that was not the name and the count")
