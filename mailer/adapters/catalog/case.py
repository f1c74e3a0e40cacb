"""What is the case? People, facts, demands, events and all else that is not a target, letter or mailing."""

from __future__ import annotations

from datetime import datetime

from mailer.adapters.catalog.conversion import Desk
from mailer.adapters.catalog.demands import StandardDemands
from mailer.adapters.catalog.document import Path
from mailer.adapters.catalog.scalars import shown
from mailer.adapters.catalog.schema.campaign import (
    AudienceEntry,
    CampaignEntry,
    DemandEntry,
    DonateEntry,
    EventEntry,
    FactEntry,
    LinkEntry,
    PersonEntry,
    PicketEntry,
    SafetyEntry,
)
from mailer.adapters.catalog.schema.mailing import ClosingEntry, StatementEntry
from mailer.adapters.catalog.wrong_values import did_you_mean
from mailer.core.campaigns import (
    AudienceRule,
    Closing,
    CountryRule,
    Demand,
    Donation,
    Event,
    Fact,
    Link,
    Outcome,
    Person,
    Picket,
    Safety,
    Statement,
)
from mailer.core.texts import LocalText


def person_of(desk: Desk, entry: PersonEntry) -> Person:
    """Return a person; one who is named without anybody's agreement is told."""
    if not entry.has("agreed"):
        hint = "agreed: self, family, lawyer or union; leave the name out if nobody did"
        desk.ledger.warn(entry.path, "nobody is said to have agreed that this name is public", hint)
    name, role = desk.text((*entry.path, "name"), entry.name), desk.maybe_text((*entry.path, "role"), entry.role)
    return Person(name, role, entry.agreed or "")


def fact_of(desk: Desk, entry: FactEntry) -> Fact:
    """Return a fact."""
    return Fact(desk.text((*entry.path, "text"), entry.text), entry.source or "")


def demand_of(desk: Desk, entry: DemandEntry, people: tuple[Person, ...], standard: StandardDemands) -> Demand:
    """Return a demand; a standard one in all languages that it is shipped in."""
    return Demand(entry.id, _demand_text(desk, entry, people, standard), entry.kind == "slogan")


def _demand_text(desk: Desk, entry: DemandEntry, people: tuple[Person, ...], standard: StandardDemands) -> LocalText:
    """Return the words of a demand from exactly one of `text` and `standard`."""
    if entry.standard is not None and entry.text is not None:
        desk.ledger.error(entry.path, "both 'standard' and 'text' are given", "give one of them")
    if entry.text is not None:
        return desk.text((*entry.path, "text"), entry.text)
    if entry.standard is None:
        if not entry.has("standard", "text"):
            desk.ledger.error(entry.path, "the demand has no words", "standard: release, or a text of your own")
        return LocalText({desk.languages[0]: entry.id})
    return _standard_text(desk, (*entry.path, "standard"), entry.standard, people, standard)


def _standard_text(
    desk: Desk, path: Path, demand: str, people: tuple[Person, ...], standard: StandardDemands
) -> LocalText:
    """Return the words of a standard demand, the organisation's languages first."""
    if demand not in standard.ids:
        hint = did_you_mean(demand, sorted(standard.ids))
        desk.ledger.error(path, f"there is no standard demand {shown(demand)}", hint)
        return LocalText({desk.languages[0]: demand})
    lacking = [language for language in desk.languages if language not in standard.languages(demand)]
    text = standard.text(demand, [person.name for person in people], desk.languages)
    if lacking:
        used = text.best(*desk.languages)[0]
        hint = f"{used} is used; write a text of your own to have it in {', '.join(lacking)}"
        desk.ledger.warn(path, f"the standard demand is not shipped in {', '.join(lacking)}", hint)
    return text


def event_of(desk: Desk, entry: EventEntry) -> Event:
    """Return an event."""
    zone = entry.timezone or desk.organisation.timezone
    return Event(entry.id, desk.text((*entry.path, "what"), entry.what), _moment(desk, entry, zone), zone)


def picket_of(desk: Desk, entry: PicketEntry) -> Picket:
    """Return a picket."""
    zone = entry.timezone or desk.organisation.timezone
    return Picket(
        what=desk.text((*entry.path, "what"), entry.what),
        where=desk.text((*entry.path, "where"), entry.where),
        at=_moment(desk, entry, zone),
        timezone=zone,
        country=entry.country or "",
        public=entry.public,
    )


def _moment(desk: Desk, entry: EventEntry | PicketEntry, zone: str) -> datetime:
    """Return when something is held (UTC)."""
    return desk.moment((*entry.path, "at"), entry.at, zone)


def link_of(desk: Desk, entry: LinkEntry) -> Link:
    """Return a link."""
    return Link(desk.text((*entry.path, "title"), entry.title), entry.url)


def donation_of(desk: Desk, entry: DonateEntry | None) -> Donation | None:
    """Return where money can be given, if anywhere."""
    if entry is None:
        return None
    return Donation(entry.url, desk.maybe_text((*entry.path, "for"), entry.purpose))


def audience_of(entry: AudienceEntry | None) -> AudienceRule:
    """Return whom the campaign writes to."""
    if entry is None:
        return AudienceRule()
    return AudienceRule(tuple(entry.countries), tuple(entry.languages), tuple(entry.tags))


def safety_of(desk: Desk, entry: SafetyEntry | None) -> Safety:
    """Return the rules and notes by country."""
    if entry is None:
        return Safety()
    rules = {country: CountryRule(rule) for country, rule in entry.countries.items()}
    notes = {tag: desk.text((*entry.path, "notes", tag), text) for tag, text in entry.notes.items()}
    return Safety(rules, notes)


def closing_of(desk: Desk, campaign: CampaignEntry, all_campaigns: frozenset[str]) -> Closing | None:
    """Return how the campaign ended, if it did; a next campaign may still be missing."""
    entry = campaign.closing
    if entry is None:
        return None
    _check_next(desk, entry, campaign, all_campaigns)
    text = desk.text((*entry.path, "text"), entry.text)
    return Closing(Outcome(entry.outcome), text, _statement(desk, entry.statement), entry.next or "")


def _check_next(desk: Desk, entry: ClosingEntry, campaign: CampaignEntry, all_campaigns: frozenset[str]) -> None:
    """Report a next campaign that is this one, or is not there yet."""
    if entry.next == campaign.id:
        desk.ledger.error((*entry.path, "next"), "a campaign cannot go on as itself", "the id of another campaign")
    elif entry.next and entry.next not in all_campaigns:
        hint = "the closing will not mention it until the file has it"
        desk.ledger.warn((*entry.path, "next"), f"there is no campaign {shown(entry.next)} in this file", hint)


def _statement(desk: Desk, entry: StatementEntry | None) -> Statement | None:
    """Return the statement, if there is one."""
    if entry is None:
        return None
    return Statement(desk.text((*entry.path, "by"), entry.by), desk.text((*entry.path, "text"), entry.text))
