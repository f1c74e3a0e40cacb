"""Why does somebody get mail, or none? What is known of an address, told campaign by campaign.

Law: the reasons are those that the queries for an audience go by, in the order in which they hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from mailer.core.audience import exclusion, select
from mailer.core.campaigns import Campaign, MailingKind
from mailer.core.countries import supporter_zone
from mailer.core.enrolment import Standing
from mailer.core.progress import CampaignRecord
from mailer.core.signups import NAME, SERVICE
from mailer.core.supporters import Consent, Supporter


@dataclass(frozen=True, slots=True)
class DeliveryTrace:
    """One delivery to a supporter as it stands; moments are UTC. `came_back` tells how, and with which status."""

    campaign_id: str
    mailing_id: str
    kind: str
    rehearsal: bool
    state: str
    not_before: datetime
    sent_at: datetime | None = None
    reply: str = ""
    came_back: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActionTrace:
    """That somebody wrote, to one target or (empty) to the campaign's; `at` is UTC."""

    campaign_id: str
    target: str
    source: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Traces:
    """All that the outbox and the answers hold of one supporter; `declined` are campaigns that they do not want."""

    deliveries: tuple[DeliveryTrace, ...] = ()
    actions: tuple[ActionTrace, ...] = ()
    declined: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CampaignAnswer:
    """What one campaign does for one supporter; `reason` says why no mail comes, and is empty if it may."""

    campaign_id: str
    status: str
    reason: str
    deliveries: tuple[DeliveryTrace, ...]
    actions: tuple[ActionTrace, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer to `why`; `reason` holds for every campaign, and is empty if mail may come."""

    standing: Standing
    reason: str
    campaigns: tuple[CampaignAnswer, ...]


def general_reason(standing: Standing, now: datetime) -> str:
    """Return why an address gets no mail from any campaign at this moment (UTC), or an empty text."""
    if standing.suppression is not None:
        return f"the address is suppressed ({standing.suppression.reason}) since {standing.suppression.since:%Y-%m-%d}"
    if standing.supporter is not None and standing.supporter.consent is Consent.CONFIRMED:
        return _pause(standing.supporter, now)
    known = f"consent is {standing.supporter.consent}" if standing.supporter else "no supporter has this address"
    waits_since = standing.signed_up_at
    return (
        f"{known}: somebody signed up with it on {waits_since:%Y-%m-%d} and has not confirmed" if waits_since else known
    )


def _pause(supporter: Supporter, now: datetime) -> str:
    """Return until which day, in their own zone, somebody pauses; empty if they do not."""
    if supporter.paused_until is None or supporter.paused_until <= now:
        return ""
    day = supporter.paused_until.astimezone(ZoneInfo(supporter_zone(supporter, "UTC")))
    return f"pauses until {day.day} {day:%B %Y}"


def campaign_reason(
    supporter: Supporter,
    campaign: Campaign,
    record: CampaignRecord,
    hash_tags: Callable[[tuple[str, ...]], frozenset[bytes]],
) -> str:
    """Return why a supporter who is not suppressed gets no mail of this campaign, or an empty text."""
    wanted = select(campaign.audience, campaign.safety, tuple(sorted(hash_tags(campaign.audience.tags))))
    if reason := exclusion(wanted, supporter, hash_tags(supporter.person.tags)):
        return reason
    if record.approvals == 0:
        return "the campaign was not launched"
    return "" if record.is_running else f"the campaign is {record.effective}"


def answer(record: CampaignRecord, reason: str, traces: Traces) -> CampaignAnswer:
    """Return what one campaign did for a supporter, with the reason for what it does not."""
    mine = tuple(each for each in traces.deliveries if each.campaign_id == record.id)
    actions = tuple(each for each in traces.actions if each.campaign_id == record.id)
    if record.id in traces.declined:
        reason = reason or 'said "not this case": nothing more of it'
    elif actions:
        reason = reason or "has acted: no reminders"
    return CampaignAnswer(record.id, record.effective, reason, mine, actions)


def asked_for(traces: Traces) -> Iterator[CampaignAnswer]:
    """Return what became of the mails of no campaign: those that asked to confirm, those that answered a command."""
    for kind, told in _ASKED_FOR.items():
        mine = tuple(each for each in traces.deliveries if each.campaign_id == SERVICE and each.kind == kind)
        if mine:
            yield CampaignAnswer(NAME, "service", told, mine, ())


_ASKED_FOR = {
    MailingKind.CONFIRM: "asks to confirm what was typed into the form, and nothing else",
    MailingKind.REPLY: "answers what came by e-mail, and nothing else",
}
