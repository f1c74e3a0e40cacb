"""Which missions are known? A small directory that is shipped as a file; a campaign's own rows go before it.

The rows are facts from Wikidata (CC0), each with its item and the day on which it was read; they are
shown with both, for missions move. A row without any channel is not in the file.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path

from mailer.core.campaigns import Mission
from mailer.errors import ConfigurationError

_DIRECTORY = Path(__file__).with_name("missions.csv")


def load_directory(of: Collection[str], path: Path = _DIRECTORY) -> tuple[Mission, ...]:
    """Return the missions of the countries `of` (ISO 3166), in the order of the file.

    Raises:
        ConfigurationError: the directory cannot be read; the message names the file.
    """
    wanted = frozenset(of)
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return tuple(_mission(row) for row in csv.DictReader(file) if row["of"] in wanted)
    except (OSError, KeyError, TypeError, ValueError, csv.Error) as error:
        raise ConfigurationError(f"the directory of missions {path} cannot be read: {error!r}") from error


def _mission(row: Mapping[str, str]) -> Mission:
    """Return one row as a value; the postal address begins with the mission's name."""
    name = ", ".join(filter(None, [row["name"], row["city"]]))
    return Mission(
        of=row["of"],
        host=row["in"],
        kind=row["kind"],
        city=row["city"],
        name=name,
        email=row["email"],
        phone=row["phone"],
        post=(row["name"], row["address"]) if row["address"] else (),
        web=row["web"],
        checked=date.fromisoformat(row["checked"]),
        source=f"Wikidata {row['wikidata']}",
    )
