"""Which embassy does a supporter write to? A chain of steps; a step without a row is skipped.

Law: no step answers without a row by which somebody can be reached, and the answer says which step it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final

from mailer.core.campaigns import Mission
from mailer.core.targets import Target

OWN: Final = "own"
ACCREDITED: Final = "accredited"
GENEVA: Final = "geneva"
NEW_YORK: Final = "new york"
MINISTRY: Final = "ministry"

CAMPAIGN_ROW: Final = "campaign"
OPENSTREETMAP_CREDIT: Final = "OpenStreetMap (© OpenStreetMap contributors, ODbL 1.0)"
_GENEVA_NAMES: Final = frozenset(
    "geneva genève geneve genf ginevra ginebra genebra genewa cenevre женева جنيف".split()  # noqa: SIM905 - a list of words reads better as words
)
_NEW_YORK_NAMES: Final = frozenset(
    {"new york", "new york city", "nueva york", "nova york", "nova iorque", "nowy jork", "нью-йорк", "نيويورك"}
)
_EMBASSIES: Final = frozenset({"embassy", "high commission", "nunciature"})
# A deputy high commissioner heads what others call a consulate; a region's or a trade office speaks for no state.
_CONSULAR: Final = ("consul", "assistant high commission", "deputy high commission")
_SPEAKS_FOR_NO_STATE: Final = frozenset({"trade office", "quebec government office"})


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


def resolve_for(target: Target, country: str, rows: Iterable[Mission], *, city: str = "") -> Resolution | None:
    """Return the missions that a letter to `target` goes to, or None; nobody forwards a letter by telephone."""
    usable = (replace(row, phone="") for row in rows) if target.via_embassy else rows
    return resolve(target.mission_of, country, usable, city=city, consulates=target.consulates)


def reachable(row: Mission) -> bool:
    """Tell whether the row may answer: it speaks for its state, is still there, and has a channel, be it a web page."""
    speaks = row.gone is None and row.kind.casefold() not in _SPEAKS_FOR_NO_STATE
    return speaks and bool(row.email or row.fax or row.phone or row.post or row.web)


def _steps(country: str) -> tuple[tuple[str, Callable[[Mission], bool]], ...]:
    """Return the rules in their order, each with the rows that it may answer with."""
    return (
        (OWN, lambda row: bool(country) and row.host == country != row.of and not _is_permanent(row)),
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


def credit(source: str) -> str:
    """Return whom a row's facts come from, as its licence asks for; nothing for the campaign's own rows."""
    if source.startswith("OpenStreetMap"):
        return OPENSTREETMAP_CREDIT
    if "://" in source:
        return source.split("/")[2].removeprefix("www.")
    return source.partition(" ")[0] if source != CAMPAIGN_ROW else ""


def is_consulate(row: Mission) -> bool:
    """Tell whether the row is a consulate of any rank."""
    return any(word in row.kind.casefold() for word in _CONSULAR)


def is_embassy(row: Mission) -> bool:
    """Tell whether the row may be called an embassy: not a consulate, a liaison office, a permanent mission."""
    return row.kind.casefold() in _EMBASSIES


def _preference(row: Mission) -> tuple[bool, bool, bool, bool, int]:
    """Order rows: the campaign's own, embassies, other offices, consulates, honorary ones; better channels first."""
    channels = (row.email, row.fax, row.phone, row.post)
    quality = next((rank for rank, channel in enumerate(channels) if channel), len(channels))
    is_honorary = "honorary" in row.kind.casefold()
    return row.source != CAMPAIGN_ROW, is_honorary, is_consulate(row), not is_embassy(row), quality


def _in_city(city: str, country: str, rows: Iterable[Mission]) -> tuple[Mission, ...]:
    """Return the best consulate in the supporter's own city, if a row says that there is one."""
    here = [
        row
        for row in rows
        if city and row.host == country and row.city.casefold() == city.strip().casefold() and is_consulate(row)
    ]
    return tuple(sorted(here, key=_preference)[:1])
