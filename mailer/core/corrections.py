"""Who got a wrong address? What two revisions of a campaign tell differently, by the supporter's country."""

from __future__ import annotations

from mailer.core.listings import channels_of
from mailer.core.missions import resolve_for
from mailer.core.revisions import Revision
from mailer.core.targets import Target

Addresses = tuple[tuple[str, ...], tuple[str, ...]]


def withdrawn_addresses(old: Revision, new: Revision, country: str) -> Addresses:
    """Return the addresses that a supporter in `country` was given and that no longer hold, and their targets.

    Both are in the order of the old campaign's targets; a target may have left the campaign altogether.
    """
    valid = {target.id: set(addresses(target, new, country)) for target in new.campaign.targets}
    wrong: list[str] = []
    touched: list[str] = []
    for target in old.campaign.targets:
        gone = [address for address in addresses(target, old, country) if address not in valid.get(target.id, set())]
        wrong += gone
        touched += [target.id] if gone else []
    return tuple(wrong), tuple(touched)


def addresses(target: Target, revision: Revision, country: str) -> tuple[str, ...]:
    """Return all that somebody in `country` could have written to for `target`."""
    if target.mission_of:
        return _embassy_addresses(target, revision, country)
    return channels_of(target)


def _embassy_addresses(target: Target, revision: Revision, country: str) -> tuple[str, ...]:
    """Return the addresses of the mission that is resolved for `country`."""
    resolution = resolve_for(target, country, (*revision.campaign.missions, *revision.missions))
    found = resolution.missions if resolution else ()
    return tuple(filter(None, (part for m in found for part in (m.email, m.fax, m.phone, "\n".join(m.post), m.web))))


def corrected_pairs(old: dict[int, Revision], new: Revision, countries: tuple[str, ...]) -> tuple[tuple[int, str], ...]:
    """Return the (revision number, country) pairs whose supporters were given a wrong address."""
    return tuple(
        (number, country)
        for number, revision in old.items()
        for country in countries
        if withdrawn_addresses(revision, new, country)[0]
    )
