"""When does a mailing stop by itself? When the relay's refusals are about us, or are too many.

Law: a brake looks before anything is written that could not be taken back, above all suppressions.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from mailer.core.deliveries import Event
from mailer.core.verdicts import Consequence, Decision

WINDOW = 50
MOST_ABOUT_US = 3
MOST_REFUSED = 25
FIRST_LETTERS = 200
ONE_IN = 20  # 5 %
MOST_SUPPRESSED = FIRST_LETTERS // ONE_IN
_ACCEPTED = (False, False)
LEAST_RETURNED = 20  # of one mailing: fewer can be as many dead addresses as any list has


@dataclass(slots=True)
class RefusalBrake:
    """The last fifty outcomes of one mailing, as one sender saw them.

    `strangers` tells of a mailing to addresses that anybody may have typed in: who types in dead ones, however many,
    must not be able to hold it.
    """

    strangers: bool = False
    about_us: int = 0
    refused: int = 0
    outcomes: deque[tuple[bool, bool]] = field(default_factory=deque)

    def note_accepted(self) -> None:
        """Take in a letter that was taken; that leaves no more refusals than there were."""
        if self.refused or self.about_us or len(self.outcomes) < WINDOW:  # else one more of the same
            self._count(*_ACCEPTED)

    def note(self, decision: Decision, reason: str) -> str:
        """Take one outcome in; return why the mailing must pause, or an empty text."""
        self._count(decision.consequence is Consequence.ABOUT_US, decision.event is Event.REFUSE)
        if self.about_us >= MOST_ABOUT_US:
            return reason if decision.event is Event.FAIL else f"the relay refuses mail from us: {reason}"
        if not self.strangers and self.refused >= MOST_REFUSED:
            return f"{MOST_REFUSED} of the last {len(self.outcomes)} letters were refused: {reason}"
        return ""

    def _count(self, about_us: bool, refused: bool) -> None:
        """Count an outcome in, and the oldest of too many out; this is done for every letter."""
        self.outcomes.append((about_us, refused))
        self.about_us += about_us
        self.refused += refused
        if len(self.outcomes) > WINDOW:
            about_us, refused = self.outcomes.popleft()
            self.about_us -= about_us
            self.refused -= refused


def suppression_brake(*, finished: int, unfinished: int, pending: int) -> str | None:
    """Return what to do with a mailing's pending suppressions.

    None means wait, an empty text means write them, another text is why the mailing must pause instead.
    Source: a list that is more than 5 % dead in its first 200 letters, or wholly dead, is a fault of ours.
    """
    too_many = pending > MOST_SUPPRESSED and pending * ONE_IN > finished
    if too_many or (pending == finished >= MOST_ABOUT_US and unfinished == 0):
        return f"{pending} of the first {finished} addresses were called dead by the relay"
    return "" if finished >= FIRST_LETTERS or unfinished == 0 else None


def returns_brake(*, came_back: int, sent: int) -> bool:
    """Tell whether so many mails of one mailing came back the same way that it tells of a provider, or of us.

    A provider that calls everybody dead for an hour would empty the list for good.
    """
    return came_back >= LEAST_RETURNED and came_back * ONE_IN > sent


def tells_apart(pending: int) -> int:
    """Return up to how many finished letters make a difference to the brake, with at most so many pending."""
    return max(FIRST_LETTERS, pending * ONE_IN)
