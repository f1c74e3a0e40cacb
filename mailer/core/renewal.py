"""What does a refresh of the directory change? Fresh rows take the place of those from the same source.

Law: a row that its source has no longer is marked with the day on which that was seen, and never dropped; an answer
that is empty, or lacks half of what was known, is no directory.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from mailer.core.campaigns import Mission
from mailer.errors import ServiceError

FEWEST: Final = 0.5  # of what was known; missions are closed one by one
COMPARED: Final = ("of", "host", "kind", "email", "phone", "fax", "post", "web", "accredited")


@dataclass(frozen=True, slots=True)
class Change:
    """A row before and after, and which of its columns differ."""

    before: Mission
    after: Mission
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Renewal:
    """The directory as it is to be, and how it differs from before in what a letter needs."""

    rows: tuple[Mission, ...]
    new: tuple[Mission, ...] = ()
    changed: tuple[Change, ...] = ()
    vanished: tuple[Mission, ...] = ()


def renew(old: Iterable[Mission], fresh: Iterable[Mission], today: date) -> Renewal:
    """Return the directory with `fresh` rows; each row is known by its source.

    Raises:
        ServiceError: there are too few to be the whole directory.
    """
    before, after = _by_source(old), _by_source(fresh)
    there = sum(row.gone is None for row in before.values())
    if not after or len(after) < there * FEWEST:
        raise ServiceError(
            f"the answer has {len(after):,} missions, and {there:,} are known: the directory stays as it was"
        )
    pairs = [(before[source], row) for source, row in after.items() if source in before]
    changes = (Change(past, row, _differing(past, row)) for past, row in pairs)
    left = [row for source, row in before.items() if source not in after]
    return Renewal(
        rows=(*after.values(), *(replace(row, gone=row.gone or today) for row in left)),
        new=tuple(row for source, row in after.items() if source not in before),
        changed=tuple(change for change in changes if change.columns),
        vanished=tuple(replace(row, gone=today) for row in left if row.gone is None),
    )


def _by_source(rows: Iterable[Mission]) -> Mapping[str, Mission]:
    """Return the rows by where they come from; of two from one place the first."""
    found: dict[str, Mission] = {}
    for row in rows:
        found.setdefault(row.source, row)
    return found


def _differing(before: Mission, after: Mission) -> tuple[str, ...]:
    """Return the columns in which two rows differ; a name that is spelled otherwise is no change of address."""
    found = [name for name in COMPARED if _compared(before, name) != _compared(after, name)]
    return tuple([*found, "gone"] if before.gone else found)


def _compared(row: Mission, column: str) -> object:
    """Return a column's value; a postal address without the name above it."""
    return row.post[1:] if column == "post" else getattr(row, column)
