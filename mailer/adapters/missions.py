"""Which missions are known? The directory that is shipped, or the refreshed one beside the database, and our own rows.

The rows are facts, each with its source and the day on which it was read there; they are shown with both, for
missions move. A row without any channel is kept too: that a mission is known, and cannot be reached, is worth knowing.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from mailer.core.campaigns import Mission
from mailer.errors import ConfigurationError

SHIPPED = Path(__file__).with_name("missions.csv")
OURS = Path(__file__).with_name("missions_extra.csv")
REFRESHED = "missions.csv"
OPENSTREETMAP = "missions_osm.csv"
COLUMNS = (
    *("of", "in", "kind", "city", "name", "email", "phone", "fax", "address", "web"),
    *("accredited", "source", "checked", "gone"),
)


@dataclass(frozen=True, slots=True)
class Directory:
    """The files of the directory; those in `folder`, where a refresh puts them, go before the one that is shipped."""

    folder: Path | None = None
    shipped: Path = SHIPPED
    ours: Path = OURS

    @property
    def main(self) -> Path:
        """Return the file with the rows from Wikidata: the refreshed one, if there is one."""
        refreshed = self.folder / REFRESHED if self.folder else self.shipped
        return refreshed if refreshed.is_file() else self.shipped

    @property
    def openstreetmap(self) -> Path | None:
        """Return the file with the rows from OpenStreetMap, if there is one."""
        path = self.folder / OPENSTREETMAP if self.folder else None
        return path if path and path.is_file() else None

    def of(self, countries: Collection[str], *, barred: tuple[str, ...] = ()) -> tuple[Mission, ...]:
        """Return the missions of the countries (ISO 3166): ours first, then file by file in the files' order.

        They are without what is `barred`: addresses and domains that no campaign may list. Anybody can write into the
        sources of the other files: their rows answer in their own host country alone, not as a ministry.

        Raises:
            ConfigurationError: a file cannot be read; the message names it.
        """
        strangers = (
            row for path in filter(None, (self.main, self.openstreetmap)) for row in load_rows(path, countries)
        )
        rows = (*load_rows(self.ours, countries), *map(_in_its_place, filter(_is_no_ministry, strangers)))
        return tuple(_without_barred(row, barred) for row in rows) if barred else rows


def _is_no_ministry(row: Mission) -> bool:
    """Tell whether a row could not answer for every country in the world."""
    return row.kind != "ministry"


def _in_its_place(row: Mission) -> Mission:
    """Return a row that answers in no country but its host."""
    return replace(row, accredited=()) if row.accredited else row


def _without_barred(row: Mission, barred: tuple[str, ...]) -> Mission:
    """Return a row without an address or page that no campaign may list."""
    from mailer.adapters.catalog.contacts import is_barred

    email = "" if row.email and is_barred(row.email, barred) else row.email
    web = "" if row.web and is_barred(urlsplit(row.web).hostname or "", barred) else row.web
    return row if (email, web) == (row.email, row.web) else replace(row, email=email, web=web)


def load_rows(path: Path, of: Collection[str] | None = None) -> tuple[Mission, ...]:
    """Return the rows of one file, all of them or those of the countries `of`, in its order.

    Raises:
        ConfigurationError: the file cannot be read; the message names it.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            lines = _of_countries(_lines(file), of)
            return tuple(_mission(cells) for cells in csv.reader(lines, strict=True))
    except (OSError, ValueError, csv.Error) as error:
        raise ConfigurationError(f"the directory of missions {path} cannot be read: {error}") from error


def _lines(file: Iterator[str]) -> Iterator[str]:
    """Yield the lines of the rows, behind what the file says of itself.

    Raises:
        ValueError: its columns are not those that there should be.
    """
    head = next((line for line in file if not line.startswith("#")), "")
    if head.strip() != ",".join(COLUMNS):
        raise ValueError(f"its columns should be {','.join(COLUMNS)}")
    return file


def _of_countries(lines: Iterator[str], of: Collection[str] | None) -> Iterator[str]:
    """Return the lines that begin with one of the countries: no row has a line feed in it, and most are not parsed."""
    if of is None:
        return lines
    beginnings = tuple(f"{country}," for country in of)
    return (line for line in lines if line.startswith(beginnings))


def _mission(cells: list[str]) -> Mission:
    """Return one row as a value; the postal address begins with the mission's name.

    Raises:
        ValueError: it has too many cells or too few, or a day that is none.
    """
    of, host, kind, city, name, email, phone, fax, address, web, accredited, source, checked, gone = cells
    full = name if city in name else f"{name}, {city}"
    post = (name, address) if address else ()
    told = f"Wikidata {source}" if source[:1] == "Q" else _told_source(source)
    served = tuple(accredited.split()) if accredited else ()
    read, gone_on = _day(checked) if checked else None, _day(gone) if gone else None
    # By position: by name, ten thousand rows take a seventh longer.
    return Mission(of, host, kind, city, full, email, fax, phone, post, web, (), served, read, told, gone_on)


@lru_cache(64)
def _day(text: str) -> date:
    """Return a day; rows share few of them."""
    return date.fromisoformat(text)


def _told_source(source: str) -> str:
    """Return where a row that is not Wikidata's comes from: an object of OpenStreetMap, or an address."""
    return source if "://" in source else f"OpenStreetMap {source}"
