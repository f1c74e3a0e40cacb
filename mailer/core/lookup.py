"""What would supporters get for an embassy, country by country? By which rule, and what is known besides.

Law: an answer is the one that a pack gives; nothing is shown as known that no row says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mailer.core.campaigns import Mission
from mailer.core.missions import OWN, Resolution, reachable, resolve


@dataclass(frozen=True, slots=True)
class Found:
    """What answers in one country for its `people` (None: nobody counted them); `silent` rows there reach nobody."""

    country: str
    people: int | None
    resolution: Resolution | None = None
    silent: tuple[Mission, ...] = ()

    @property
    def mission(self) -> Mission | None:
        """Return the mission that answers, or None."""
        return self.resolution.missions[0] if self.resolution else None

    @property
    def is_enough(self) -> bool:
        """Tell whether letters reach a mission in the country itself."""
        row = self.mission if self.resolution and self.resolution.rule == OWN else None
        return row is not None and bool(row.email or row.fax or row.post)


def look_up(of: str, countries: Mapping[str, int | None], rows: Iterable[Mission]) -> tuple[Found, ...]:
    """Return what answers in each of the countries, those with most people first."""
    usable = [row for row in rows if row.of == of]
    order = sorted(countries.items(), key=lambda pair: (-(pair[1] or 0), pair[0]))
    return tuple(
        Found(country, people, resolve(of, country, usable), _silent(country, usable)) for country, people in order
    )


def _silent(country: str, rows: Iterable[Mission]) -> tuple[Mission, ...]:
    """Return the missions in a country that are known, but cannot be reached, or are gone."""
    return tuple(row for row in rows if country and row.host == country and not reachable(row))
