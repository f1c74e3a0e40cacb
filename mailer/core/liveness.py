"""Which senders are dead, and which have only fallen silent? From their locks, and from beats that stay away.

Law: silence is what one observer has itself witnessed, look after look. A clock that jumps, a database
that was away and an observer that was stopped therefore make nobody look dead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

BEAT_EVERY = timedelta(seconds=5)
DEAD_AFTER = timedelta(seconds=15)
STALLED_AFTER = timedelta(seconds=60)
# Who looks more seldom than workers beat has not witnessed a silence: in the meantime nobody could beat, or it slept.
LONGEST_GAP = timedelta(seconds=5)
_NONE = timedelta()


class Lock(StrEnum):
    """What can be told of a worker's lock from here."""

    HELD = "held"
    FREE = "free"  # this machine's system let it go: proof
    ABSENT = "absent"  # nobody holds it, as far as can be seen; the connection that held it may be coming back
    UNSEEN = "unseen"  # it is not kept where it could be seen


class Life(StrEnum):
    """How a worker is."""

    ALIVE = "alive"
    STALLED = "stalled"  # it may wake, and end what it began
    DEAD = "dead"  # it writes nothing any more


@dataclass(frozen=True, slots=True)
class Watch:
    """What one observer has seen of all workers: their beats, and how long each has been silent since.

    `looked_at` is the observer's monotonic clock at the last look; None before the first.
    """

    looked_at: timedelta | None = None
    beats: Mapping[str, int] = field(default_factory=dict)
    silences: Mapping[str, timedelta] = field(default_factory=dict)

    def look(self, beats: Mapping[str, int], at: timedelta) -> Watch:
        """Return the watch after a look that found `beats`, the monotonic clock being at `at`.

        A gap longer than `LONGEST_GAP` begins every count anew.
        """
        gap = _NONE if self.looked_at is None else at - self.looked_at
        unbroken = _NONE <= gap <= LONGEST_GAP
        silences = {
            name: self.silence(name) + gap if unbroken and self.beats.get(name) == count else _NONE
            for name, count in beats.items()
        }
        return Watch(at, dict(beats), silences)

    def silence(self, name: str) -> timedelta:
        """Return for how long a worker has been seen not to beat."""
        return self.silences.get(name, _NONE)


def judge(file: Lock, session: Lock, silence: timedelta) -> Life:
    """Return how a worker is, by the lock of its file, that of its database session, and its silence.

    A lock that is held keeps it from being called dead for ever: it may be stopped, and wake.
    """
    if Lock.HELD not in (file, session):
        if file is Lock.FREE:
            return Life.DEAD
        if Lock.ABSENT in (file, session) and silence >= DEAD_AFTER:
            return Life.DEAD
    return Life.STALLED if silence >= STALLED_AFTER else Life.ALIVE
