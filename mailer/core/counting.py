"""What is told of what supporters did? Three numbers that are never mixed, and none that points at somebody.

Law: a count of answers that is under five is told as "a few"; letters sent out, "I have sent it" and copies
received are told beside each other and never added up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

A_FEW_BELOW: Final = 5
A_FEW: Final = "a few"
DEAD_AFTER: Final = 3  # supporters: one may have mistyped, two may share a mail provider
SENT: Final = "sent"  # what the counts of "I have sent it" are kept under
COPIED: Final = "copy"  # and those of copies that arrived


class ReportKind(StrEnum):
    """What a supporter says of a channel: it does not work at all, or nobody answered this time.

    `returned` is said by the report of a mail system that they forwarded: one is enough.
    """

    DEAD = "dead"
    BUSY = "busy"
    RETURNED = "returned"


ON_PAGES: Final = frozenset({ReportKind.DEAD, ReportKind.BUSY})  # what anybody may say who opens their page


@dataclass(frozen=True, slots=True)
class Answers:
    """What one supporter told of one campaign; `reported` holds (target, kind, value)."""

    acted: frozenset[str] = frozenset()
    declined: bool = False
    reported: frozenset[tuple[str, str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Reported:
    """How many supporters said the same of one channel of a target; `last_at` is UTC.

    The number is told as it is: three make a channel dead, or one whose letter came back; it is of an office's line,
    not of who wrote.
    """

    target: str
    value: str
    kind: ReportKind
    supporters: int
    last_at: datetime

    @property
    def is_dead(self) -> bool:
        """Tell whether the channel is used no more."""
        return self.kind is ReportKind.RETURNED or (self.kind is ReportKind.DEAD and self.supporters >= DEAD_AFTER)


@dataclass(frozen=True, slots=True)
class Spread:
    """Of which targets, from which countries (ISO 3166, empty where unknown) and on which days (UTC) copies came."""

    by_target: Mapping[str, int] = field(default_factory=dict)
    by_country: Mapping[str, int] = field(default_factory=dict)
    by_day: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Numbers:
    """What came of a campaign: mails of its alert that left, letters that supporters say they sent, copies received.

    `by_target` holds the letters said to be sent, by target; an empty target is the campaign's. `spread` is that of
    the copies, each way of counting them in all.
    """

    sent_out: int = 0
    by_target: Mapping[str, int] = field(default_factory=dict)
    copies: int = 0
    spread: Spread = field(default_factory=Spread)

    @property
    def said_sent(self) -> int:
        """Return how many letters supporters say they sent."""
        return sum(self.by_target.values())


def spread_of(rows: Iterable[tuple[str, str, date, int]]) -> Spread:
    """Return the spread of copies that are counted by target, country and day."""
    spread: tuple[dict[str, int], ...] = ({}, {}, {})
    for target, country, day, count in rows:
        for part, key in zip(spread, (target, country, day.isoformat()), strict=True):
            part[key] = part.get(key, 0) + count
    return Spread(*({key: part[key] for key in sorted(part)} for part in spread))


def numbers_of(sent_out: int, by_target: Mapping[str, int], spread: Spread) -> Numbers:
    """Return the three numbers."""
    return Numbers(sent_out, by_target, sum(spread.by_target.values()), spread)


def told(count: int) -> int | str:
    """Return a count of answers as it may be told: none, "a few", or how many."""
    return A_FEW if 0 < count < A_FEW_BELOW else count
