"""How is a refreshed directory kept? In a new file that takes the old one's place whole, or not at all.

Law: whoever reads meanwhile finds the old file or the new one; the old one stays beside it as `.old`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path

from mailer.adapters.durable import put_in_place
from mailer.adapters.missions import COLUMNS, load_rows
from mailer.core.campaigns import Mission
from mailer.errors import OutputError


@dataclass(frozen=True, slots=True)
class RowFile:
    """The rows of one source: read from `known`, if there is such a file, and kept in `path`."""

    path: Path
    known: Path | None
    about: str

    def rows(self) -> tuple[Mission, ...]:
        """Return what is known.

        Raises:
            ConfigurationError: the file cannot be read.
        """
        return load_rows(self.known) if self.known else ()

    def keep(self, rows: Iterable[Mission], today: date) -> None:
        """Put the rows in the place of what is known.

        Raises:
            OutputError: they cannot be written.
        """
        keep_rows(self.path, rows, f"{self.about} Read on {today.isoformat()}.")


def keep_rows(path: Path, rows: Iterable[Mission], about: str) -> None:
    """Write the rows, headed by what they are and by their licence; the file that was there is kept as `.old`.

    Raises:
        OutputError: the file cannot be written; what was there is untouched.
    """
    text = "".join(_text(rows, about))
    try:  # facts: whoever runs the mailer may read them
        put_in_place(path, text, mode=0o644, aside=path.with_name(f"{path.name}.old"))
    except OSError as error:
        raise OutputError(f"the directory of missions cannot be written to {path}: {error.strerror}") from error


def _text(rows: Iterable[Mission], about: str) -> Iterator[str]:
    """Yield the file: what it is, its columns, and the rows by country, so that two versions can be compared."""
    yield f"# {' '.join(about.split())}\n"
    made = StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(sorted(map(_cells, rows)))
    yield made.getvalue()


def _cells(row: Mission) -> tuple[str, ...]:
    """Return one row as the file has it: a source in short, the name without its city."""
    return (
        *(row.of, row.host, row.kind, row.city, row.name.removesuffix(f", {row.city}")),
        *(row.email, row.phone, row.fax, ", ".join(row.post[1:]), row.web),
        " ".join(row.accredited),
        row.source.removeprefix("Wikidata ").removeprefix("OpenStreetMap "),
        *(_day(row.checked), _day(row.gone)),
    )


def _day(day: date | None) -> str:
    """Return a day in ISO 8601, or nothing."""
    return day.isoformat() if day else ""
