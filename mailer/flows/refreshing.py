"""How is the directory of missions brought up to date? Ask one public source, compare, keep what it says.

Law: what is kept is one whole answer of the source, or nothing is changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from mailer.core.campaigns import Mission
from mailer.core.renewal import Renewal, renew


@dataclass(frozen=True, slots=True)
class Reading:
    """What a source says: its rows, and how many values of each column were no addresses, numbers or names."""

    rows: tuple[Mission, ...]
    dropped: Mapping[str, int] = field(default_factory=dict)


class Source(Protocol):
    """A public source of facts about missions."""

    def read(self, today: date) -> Reading:
        """Return what it says now.

        Raises:
            ServiceError: it does not answer as it should.
        """


class Shelf(Protocol):
    """Where the rows of one source are kept."""

    def rows(self) -> tuple[Mission, ...]:
        """Return what is known."""

    def keep(self, rows: Iterable[Mission], today: date) -> None:
        """Put the rows in the place of what is known.

        Raises:
            OutputError: they cannot be written.
        """


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did."""

    renewal: Renewal
    dropped: Mapping[str, int]


def refresh(source: Source, shelf: Shelf, today: date) -> Refreshed:
    """Bring one shelf up to date.

    Raises:
        ServiceError: the source does not answer, or with too little; nothing was changed.
        OutputError: the rows cannot be written; nothing was changed.
    """
    reading = source.read(today)
    renewal = renew(shelf.rows(), reading.rows, today)
    shelf.keep(renewal.rows, today)
    return Refreshed(renewal, reading.dropped)
