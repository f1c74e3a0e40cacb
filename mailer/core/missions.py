"""Which embassy does a supporter write to? A chain of steps; a step without a row is skipped.

Law: no step answers without a row by which somebody can be reached, and the answer says which step it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from mailer.core.campaigns import Mission

OWN: Final = "own"
ACCREDITED: Final = "accredited"
GENEVA: Final = "geneva"
NEW_YORK: Final = "new york"
MINISTRY: Final = "ministry"

CAMPAIGN_ROW: Final = "campaign"
_GENEVA_NAMES: Final = frozenset({"geneva", "genève", "geneve", "genf", "ginevra", "женева"})
_NEW_YORK_NAMES: Final = frozenset({"new york", "new york city", "нью-йорк"})


@dataclass(frozen=True, slots=True)
class Resolution:
    """The missions that answer, the embassy first and then any consulate in the supporter's city, and by which rule."""

    missions: tuple[Mission, ...]
    rule: str


def resolve(
    of: str, country: str, rows: Iterable[Mission], *, city: str = "", consulates: bool = False
) -> Resolution | None:
    """Return the mission of `of` for a supporter in `country`, or None if no step has a row.

    `rows` may hold missions of any country. With `consulates` a consulate in the supporter's own `city` is
    added to the embassy: the nearest that can honestly be told from a name.
    """
    usable = [row for row in rows if row.of == of and reachable(row)]
    for rule, answers in _steps(country):
        found = sorted(filter(answers, usable), key=_preference)
        if found:
            nearby = _in_city(city, country, usable) if consulates else ()
            return Resolution(tuple(dict.fromkeys((found[0], *nearby))), rule)
    return None


def reachable(row: Mission) -> bool:
    """Tell whether the row has any channel, be it only a web page."""
    return bool(row.email or row.fax or row.phone or row.post or row.web)


def _steps(country: str) -> tuple[tuple[str, Callable[[Mission], bool]], ...]:
    """Return the rules in their order, each with the rows that it may answer with."""
    return (
        (OWN, lambda row: bool(country) and row.host == country and not _is_permanent(row)),
        (ACCREDITED, lambda row: bool(country) and country in row.accredited),
        (GENEVA, lambda row: _to_united_nations(row) and row.city.casefold() in _GENEVA_NAMES),
        (NEW_YORK, lambda row: _to_united_nations(row) and row.city.casefold() in _NEW_YORK_NAMES),
        (MINISTRY, lambda row: row.kind == "ministry"),
    )


def _is_permanent(row: Mission) -> bool:
    """Tell whether the row is accredited to an organisation, not to its host country."""
    return "permanent" in row.kind.casefold()


def _to_united_nations(row: Mission) -> bool:
    """Tell whether the row is a permanent mission; directories call those in Geneva embassies."""
    return _is_permanent(row) or (row.kind == "embassy" and row.city.casefold() in _GENEVA_NAMES)


def is_consulate(row: Mission) -> bool:
    """Tell whether the row is a consulate of any rank."""
    return "consul" in row.kind.casefold()


def _preference(row: Mission) -> tuple[bool, bool, bool, int]:
    """Order rows: the campaign's own, embassies, consulates, honorary ones; each with the better channels first."""
    channels = (row.email, row.fax, row.phone, row.post)
    quality = next((rank for rank, channel in enumerate(channels) if channel), len(channels))
    return row.source != CAMPAIGN_ROW, "honorary" in row.kind.casefold(), is_consulate(row), quality


def _in_city(city: str, country: str, rows: Iterable[Mission]) -> tuple[Mission, ...]:
    """Return the best consulate in the supporter's own city, if a row says that there is one."""
    here = [
        row
        for row in rows
        if city and row.host == country and row.city.casefold() == city.strip().casefold() and is_consulate(row)
    ]
    return tuple(sorted(here, key=_preference)[:1])
