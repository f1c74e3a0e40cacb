"""Which letters may have arrived twice, or not at all, and what happens to them next?

Law: a letter is in doubt from the moment that a connection or a sender was lost after its content was
written. What is handed over again has the same Message-ID and the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mailer.core.deliveries import UNFINISHED, State


@dataclass(frozen=True, slots=True)
class Doubt:
    """One delivery that is uncertain, or was handed over a second time (`resent`).

    `supporter` is the public id in hex, empty once that person was erased; `since` (UTC) is when it was lost
    or, once it went out again, when it was first handed over; it may leave again from `not_before` on.
    """

    delivery: int
    supporter: str
    state: State
    resent: bool
    since: datetime
    not_before: datetime
    why: str = ""


class Prospect(StrEnum):
    """What happens next to a letter in doubt."""

    AGAIN = "again"  # it will be handed over once more
    HELD = "held"  # the campaign says `on_uncertain: hold`
    WAITS = "waits"  # the campaign or the mailing is paused
    OVER = "over"  # the campaign ended before it could be repeated
    TWICE = "twice"  # it was accepted the second time
    LOST_TWICE = "lost twice"  # nobody tries a third time
    GIVEN_UP = "given up"  # refused, cancelled or too late when it was to be repeated


@dataclass(frozen=True, slots=True)
class Course:
    """What decides about a campaign's letters in doubt: are they repeated, may letters leave, is it over."""

    campaign: str
    resends: bool
    sends: bool
    is_over: bool


def prospect(doubt: Doubt, course: Course) -> Prospect:
    """Return what happens next to a letter in doubt."""
    if doubt.state is State.SENT:
        return Prospect.TWICE
    if doubt.resent and doubt.state is State.UNCERTAIN:
        return Prospect.LOST_TWICE
    if doubt.state not in (State.UNCERTAIN, *UNFINISHED):
        return Prospect.GIVEN_UP
    if course.is_over and not course.sends:
        return Prospect.OVER
    if doubt.state is State.UNCERTAIN and not course.resends:
        return Prospect.HELD
    return Prospect.AGAIN if course.sends else Prospect.WAITS


_WORDS = {
    Prospect.AGAIN: "is sent once more{at}",
    Prospect.HELD: "held: `on_uncertain: hold` in the file - set resend and `mailer revise {campaign}`",
    Prospect.WAITS: "is sent once more when the campaign goes on",
    Prospect.OVER: "is not sent again: the campaign is over",
    Prospect.TWICE: "was sent again: may have arrived twice, same Message-ID",
    Prospect.LOST_TWICE: "was lost once more and is not sent again: may have arrived, same Message-ID",
    Prospect.GIVEN_UP: "is not sent again ({state}): may have arrived once",
}


def what_next(doubt: Doubt, course: Course, *, now: datetime, tell: Callable[[datetime], str]) -> str:
    """Return in words what happens next to a letter in doubt; `tell` writes a moment."""
    at = f" at {tell(doubt.not_before)}" if doubt.not_before > now else " as soon as a sender works"
    return _WORDS[prospect(doubt, course)].format(at=at, campaign=course.campaign, state=doubt.state.value)
