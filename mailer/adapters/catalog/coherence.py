"""Do the parts of a campaign fit together? Ids that are taken, offices listed twice, fallbacks in a circle."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from mailer.adapters.catalog.conversion import Desk
from mailer.adapters.catalog.document import Path
from mailer.adapters.catalog.library import check_length
from mailer.adapters.catalog.places import UNKNOWN_COUNTRY
from mailer.adapters.catalog.scalars import shown
from mailer.adapters.catalog.schema.campaign import CampaignEntry
from mailer.adapters.catalog.targets import refuse_barred_copies
from mailer.core.campaigns import Campaign, Status
from mailer.core.signups import NAME
from mailer.core.targets import Target


def check_coherence(desk: Desk, entry: CampaignEntry, campaign: Campaign) -> None:
    """Report what is wrong between the parts of a campaign."""
    if entry.id == NAME:
        taken = f"{shown(NAME)} is what commands call the mails to those who sign up"
        desk.ledger.error((*entry.path, "id"), taken, "choose another id")
    for key, kind in (("targets", "target"), ("demands", "demand"), ("events", "event")):
        report_taken_ids(desk, desk.ledger.document.ids((*entry.path, key)), kind)
    for language, title in entry.title.items():
        check_length((*entry.path, "title", language) if language else (*entry.path, "title"), title, desk.ledger)
    refuse_barred_copies(desk, (*entry.path, "copies_to"), entry.copies_to)
    _check_country(desk, entry)
    _check_targets(desk, entry, campaign)
    if entry.count_copies and not desk.organisation.copies_address:
        hint = "give organisation.copies_address, the mailbox that receives them"
        desk.ledger.error((*entry.path, "count_copies"), "copies cannot be counted without a mailbox for them", hint)


def report_taken_ids(desk: Desk, ids: Iterable[tuple[str, Path]], kind: str) -> None:
    """Report ids that another of the same kind has."""
    first: dict[str, Path] = {}
    for name, path in ids:
        if name in first:
            line = desk.ledger.document.mark(first[name]).line
            desk.ledger.error(path, f"the id {shown(name)} is taken by the {kind} in line {line}", "choose another")
        first.setdefault(name, path)


def _check_country(desk: Desk, entry: CampaignEntry) -> None:
    """Report a campaign that does not say where it happens."""
    if entry.country == UNKNOWN_COUNTRY:
        path, message = (*entry.path, "country"), "nobody has said yet in which country this is"
        _report(desk, entry)(path, message, "two capital letters of ISO 3166: GB, KZ, TR")


def _report(desk: Desk, entry: CampaignEntry) -> Callable[[Path, str, str], None]:
    """Return how to report what a draft may still lack."""
    return desk.ledger.warn if entry.status == Status.DRAFT.value else desk.ledger.error


def _check_targets(desk: Desk, entry: CampaignEntry, campaign: Campaign) -> None:
    """Report a campaign that moves nobody, writes twice to one office, or falls back in a circle."""
    if not entry.targets and not entry.lost("targets"):
        _report(desk, entry)((*entry.path, "targets"), "the campaign has no target", "list one at least")
    paths = {each.id: each.path for each in entry.targets}
    _warn_of_same_address(desk, campaign.targets, paths)
    others = (target for target in campaign.targets if target.fallback_for != target.id)
    following: dict[str, str] = {target.id: target.fallback_for for target in others}
    for target_id in following:
        if _leads_back(target_id, following):
            hint = "one of them must stand first"
            desk.ledger.error((*paths[target_id], "fallback_for"), "fallback_for goes in a circle", hint)


def _warn_of_same_address(desk: Desk, targets: Iterable[Target], paths: Mapping[str, Path]) -> None:
    """Warn of a second target with the same mail address: its office would get two letters from everyone."""
    first: dict[str, str] = {}
    for target in targets:
        address = target.email.lower()
        if address in first:
            message = f"{target.email} is also the address of target {first[address]}"
            desk.ledger.warn((*paths[target.id], "email"), message, "one letter to each office is enough: join them")
        elif address:
            first[address] = target.id


def _leads_back(start: str, following: Mapping[str, str]) -> bool:
    """Tell whether following the fallbacks from `start` comes to `start` again."""
    seen: set[str] = set()
    current = following.get(start, "")
    while current and current not in seen and current != start:
        seen.add(current)
        current = following.get(current, "")
    return current == start
