"""What is told of what supporters did? Three numbers that are never mixed, and none that points at somebody.

Law: a count of answers that is under five is told as "a few"; letters sent out, "I have sent it" and copies
received are told beside each other and never added up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

A_FEW_BELOW: Final = 5
A_FEW: Final = "a few"
DEAD_AFTER: Final = 3  # supporters: one may have mistyped, two may share a mail provider
SENT: Final = "sent"  # what the counts of "I have sent it" are kept under


class ReportKind(StrEnum):
    """What a supporter says of a channel: it does not work at all, or nobody answered this time."""

    DEAD = "dead"
    BUSY = "busy"


@dataclass(frozen=True, slots=True)
class Answers:
    """What one supporter told of one campaign; `reported` holds (target, kind, value)."""

    acted: frozenset[str] = frozenset()
    declined: bool = False
    reported: frozenset[tuple[str, str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Reported:
    """How many supporters said the same of one channel of a target; `last_at` is UTC.

    The number is told as it is: three make a channel dead, and it is of an office's line, not of who wrote.
    """

    target: str
    value: str
    kind: ReportKind
    supporters: int
    last_at: datetime

    @property
    def is_dead(self) -> bool:
        """Tell whether the channel is used no more."""
        return self.kind is ReportKind.DEAD and self.supporters >= DEAD_AFTER


@dataclass(frozen=True, slots=True)
class Numbers:
    """What came of a campaign: mails of its alert that left, letters that supporters say they sent, copies received.

    `by_target` holds the letters said to be sent, by target; an empty target is the campaign's.
    """

    sent_out: int = 0
    by_target: Mapping[str, int] = field(default_factory=dict)
    copies: int = 0

    @property
    def said_sent(self) -> int:
        """Return how many letters supporters say they sent."""
        return sum(self.by_target.values())


def told(count: int) -> int | str:
    """Return a count of answers as it may be told: none, "a few", or how many."""
    return A_FEW if 0 < count < A_FEW_BELOW else count
