"""Which addresses and numbers does a campaign list? Those of its targets, of who gets copies, and of missions.

Law: a number is told as it is dialled, an address block with line feeds, as a pack tells them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mailer.core.campaigns import Campaign, Mission
from mailer.core.numbers import compact_number
from mailer.core.targets import Target


@dataclass(frozen=True, slots=True)
class Listing:
    """That a campaign lists a value, and where: a target's id, `copies_to`, or a mission in words."""

    where: str
    value: str


def listings(campaign: Campaign, directory: Iterable[Mission] = ()) -> tuple[Listing, ...]:
    """Return all that a campaign lists, in its order, and then what it takes from `directory`."""
    own = [(target.id, value) for target in campaign.targets for value in (*channels_of(target), *target.copies_to)]
    desks = [("copies_to", value) for value in campaign.copies_to]
    rows = [(_name_of(row), value) for row in (*campaign.missions, *directory) for value in channels_of_mission(row)]
    return tuple(Listing(where, value) for where, value in (*own, *desks, *rows))


def values_of(target: Target, rows: Iterable[Mission]) -> frozenset[str]:
    """Return all by which somebody, wherever they live, could reach a target."""
    answering = [row for row in rows if target.mission_of and row.of == target.mission_of]
    return frozenset(channels_of(target)).union(*map(channels_of_mission, answering))


def channels_of(target: Target) -> tuple[str, ...]:
    """Return the values of a target's own channels."""
    number, page = target.phone.number if target.phone else "", target.web.url if target.web else ""
    return tuple(filter(None, (target.email, target.fax, number, "\n".join(target.post), page)))


def channels_of_mission(mission: Mission) -> tuple[str, ...]:
    """Return the values of a mission's channels."""
    fax, phone = compact_number(mission.fax), compact_number(mission.phone)
    return tuple(filter(None, (mission.email, fax, phone, "\n".join(mission.post), mission.web)))


def _name_of(mission: Mission) -> str:
    """Return how a mission is told from others."""
    return f"mission of {mission.of} in {mission.host or mission.of}"
