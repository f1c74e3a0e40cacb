"""What is a whole campaign? Its entry as core's value, made of the values of its parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from mailer.adapters.catalog import case
from mailer.adapters.catalog.coherence import check_coherence
from mailer.adapters.catalog.conversion import Desk
from mailer.adapters.catalog.demands import StandardDemands
from mailer.adapters.catalog.document import Path
from mailer.adapters.catalog.library import own_letters
from mailer.adapters.catalog.mailings import Placed, mailings_of
from mailer.adapters.catalog.order import check_order
from mailer.adapters.catalog.schema.campaign import CampaignEntry
from mailer.adapters.catalog.targets import Known, deadline_of, mission_of, target_of
from mailer.core.campaigns import Campaign, CampaignId, Event, Status
from mailer.core.texts import LetterLibrary
from mailer.errors import Problem


@dataclass(frozen=True, slots=True)
class Shipped:
    """What every campaign may use: standard demands, letters, and the ids of all campaigns of the file.

    `problems` are those of the shipped files.
    """

    demands: StandardDemands = field(default_factory=StandardDemands)
    letters: LetterLibrary = field(default_factory=LetterLibrary)
    campaigns: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()


def campaign_of(desk: Desk, entry: CampaignEntry, shipped: Shipped) -> Campaign:
    """Return a campaign, with everything wrong about it reported."""
    events = tuple(case.event_of(desk, each) for each in entry.events)
    placed = mailings_of(desk, entry, events)
    campaign = _campaign(desk, entry, shipped, (events, placed))
    check_coherence(desk, entry, campaign)
    check_order(desk, campaign, entry.path, placed)
    return campaign


def with_next_titles(campaigns: Sequence[tuple[Path, Campaign]]) -> list[tuple[Path, Campaign]]:
    """Return campaigns whose closings tell the title of the campaign that goes on, where the file has it."""
    titles = {campaign.id: campaign.title for _, campaign in campaigns}
    return [
        (path, replace(each, closing=replace(each.closing, next_title=titles.get(CampaignId(each.closing.next)))))
        if each.closing
        else (path, each)
        for path, each in campaigns
    ]


def _campaign(
    desk: Desk, entry: CampaignEntry, shipped: Shipped, dated: tuple[tuple[Event, ...], tuple[Placed, ...]]
) -> Campaign:
    """Return the campaign of an entry and its dated parts."""
    path, (events, placed) = entry.path, dated
    people = tuple(case.person_of(desk, each) for each in entry.people)
    known = _known(desk, entry, events, shipped.demands.embassies)
    return Campaign(
        id=CampaignId(entry.id),
        status=Status(entry.status),
        title=desk.text((*path, "title"), entry.title),
        summary=desk.text((*path, "summary"), entry.summary),
        country=entry.country,
        targets=tuple(target_of(desk, each, entry, known) for each in entry.targets),
        mailings=tuple(each.mailing for each in placed),
        case=entry.case or "",
        people=people,
        facts=tuple(case.fact_of(desk, each) for each in entry.facts),
        demands=tuple(case.demand_of(desk, each, people, shipped.demands) for each in entry.demands),
        events=events,
        write_until=_write_until(desk, entry, events, known),
        copies_to=tuple(dict.fromkeys(entry.copies_to)),
        count_copies=entry.count_copies,
        letters=own_letters(entry.letters, shipped.letters, (*path, "letters"), desk.ledger),
        missions=tuple(mission_of(desk, each) for each in entry.missions),
        closing=case.closing_of(desk, entry, shipped.campaigns),
        audience=case.audience_of(entry.audience),
        safety=case.safety_of(desk, entry.safety),
        pickets=tuple(case.picket_of(desk, each) for each in entry.pickets),
        links=tuple(case.link_of(desk, each) for each in entry.links),
        donate=case.donation_of(desk, entry.donate),
        attach=tuple(dict.fromkeys(entry.attach)),
        per_hour=entry.pace.per_hour if entry.pace else None,
        on_uncertain=entry.on_uncertain,
    )


def _known(desk: Desk, entry: CampaignEntry, events: tuple[Event, ...], embassies: Mapping[str, str]) -> Known:
    """Return what can be referred to: every id that the file has, though its entry may be wrong elsewhere."""

    def ids(key: str) -> Iterator[str]:
        return (name for name, _ in desk.ledger.document.ids((*entry.path, key)))

    moments: dict[str, datetime | None] = dict.fromkeys(ids("events"))
    moments.update({event.id: event.at for event in events})
    return Known(frozenset(ids("demands")), frozenset(ids("targets")), moments, embassies)


def _write_until(desk: Desk, entry: CampaignEntry, events: tuple[Event, ...], known: Known) -> datetime | None:
    """Return the deadline (UTC): the file's, else the first event, else None for 21 days after the alert."""
    if entry.write_until is not None:
        return deadline_of(desk, (*entry.path, "write_until"), entry.write_until, known)
    return min((event.at for event in events), default=None)
