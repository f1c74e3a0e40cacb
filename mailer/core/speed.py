"""How fast do a mailing's letters leave, and when is the last one gone? Arithmetic on what the outbox knows.

Law: what is not known is None, never a guess; without a letter of late there is no speed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

WINDOW = timedelta(minutes=1)
ENOUGH = 10  # letters in the window from which on their number is a speed and not chance
_PACES_OF_SILENCE = 3


@dataclass(frozen=True, slots=True)
class Flow:
    """How the letters of one mailing leave; moments are UTC, None where there is no such letter.

    `lately` left in the last minute. `next_due` and `last_due` are the first and the last moment from which
    one of those that wait may leave.
    """

    lately: int = 0
    first_sent: datetime | None = None
    last_sent: datetime | None = None
    next_due: datetime | None = None
    last_due: datetime | None = None


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """Seconds until the letters that are due have left, and until all have; None for unknown."""

    due: float | None
    all: float | None

    @property
    def is_drawn_out(self) -> bool:
        """Tell whether some letters leave much later than those that are due."""
        return bool(self.due) and self.all is not None and self.all >= (self.due or 0) * 1.5 + 60


STILL = Flow()
UNKNOWN = TimeLeft(None, None)


def per_second(flow: Flow, now: datetime) -> float:
    """Return the letters a second of the last minute, or since the first letter where that is less ago."""
    if flow.first_sent is None:
        return 0.0
    seconds = min(WINDOW, now - flow.first_sent).total_seconds()
    return flow.lately / max(seconds, 1.0)


def time_left(remaining: int, deferred: int, flow: Flow, *, pace_per_hour: int | None, now: datetime) -> TimeLeft:
    """Return how long the `remaining` letters, `deferred` ones among them, take at the present speed.

    Nothing is faster than the campaign's pace. A letter that waits for a later moment keeps the mailing open
    until then; where all of them do, no speed is needed to say when.
    """
    if not remaining:
        return TimeLeft(0.0, 0.0)
    wait = max((flow.last_due - now).total_seconds(), 0.0) if flow.last_due else 0.0
    if flow.next_due is not None and flow.next_due > now:
        return TimeLeft(0.0, wait)
    speed = _speed(flow, pace_per_hour, now)
    if not speed:
        return UNKNOWN
    return TimeLeft((remaining - deferred) / speed, max(remaining / speed, wait))


def _speed(flow: Flow, pace_per_hour: int | None, now: datetime) -> float:
    """Return the letters a second to count on; 0 if none left of late."""
    measured = per_second(flow, now)
    if not pace_per_hour:
        return measured
    pace = pace_per_hour / 3600
    if flow.lately >= ENOUGH:
        return min(measured, pace)
    silence = max(WINDOW, timedelta(seconds=_PACES_OF_SILENCE / pace))
    return pace if flow.last_sent is not None and now - flow.last_sent < silence else 0.0


def about(seconds: float | None) -> str:
    """Return a duration as people say it: "about 12 min", "-" where it is unknown."""
    if seconds is None:
        return "-"
    minutes = ceil(seconds / 60)
    if minutes <= 1:
        return "under a minute"
    if minutes <= 90:
        return f"about {minutes} min"
    hours = round(minutes / 60)
    return f"about {hours} h" if hours <= 36 else f"about {round(hours / 24)} days"


def time_left_in_words(left: TimeLeft) -> str:
    """Return when the letters that are due have left and, where that is much later, when the last one has.

    Empty where it is not known.
    """
    if left.all is None:
        return ""
    if left.is_drawn_out:
        return f"{about(left.due)} left, the last in {about(left.all)}"
    return f"{about(left.all)} left"
