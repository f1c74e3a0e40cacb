"""What becomes of a part of the daemon that fails? A process is started again, a tick tried again; each is told once.

Law: nothing here gives up. Only a person, or a database that was restored, ends the daemon.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from mailer.errors import TryAgainError

FIRST_PAUSE_SECONDS = 1
LONGEST_PAUSE_SECONDS = 60
LONGEST_PAUSE_WHILE_AWAY_SECONDS = 5  # a database that is back is noticed soon
STEADY_AFTER_SECONDS = 60


class Log(Protocol):
    """Where trouble is told."""

    def info(self, event: str, **fields: object) -> object:
        """Tell what is well."""

    def warning(self, event: str, **fields: object) -> object:
        """Tell what mends itself."""

    def error(self, event: str, **fields: object) -> object:
        """Tell what is wrong."""


class Process(Protocol):
    """What is supervised."""

    @property
    def exitcode(self) -> int | None:
        """Return how it ended."""

    def is_alive(self) -> bool:
        """Tell whether it runs."""


P = TypeVar("P", bound=Process)


class Supervised(Generic[P]):
    """One process that is started again when it dies, after a pause that doubles until one holds for a minute."""

    def __init__(
        self, start: Callable[[], P], log: Log, monotonic: Callable[[], float] = time.monotonic, name: str = "sender"
    ) -> None:
        self._start = start
        self._log = log
        self._name = name
        self._monotonic = monotonic
        self._pause = FIRST_PAUSE_SECONDS
        self._again_at: float | None = None
        self._begin()

    @property
    def wants_another_try(self) -> bool:
        """Tell whether it ended because something else has to change first."""
        return self.process.exitcode == TryAgainError.exit_code

    def keep_alive(self) -> None:
        """Start the process again if it died and its pause is over; to be called often."""
        if self.process.is_alive():
            return
        now = self._monotonic()
        if self._again_at is None:
            self._again_at = now + self._note_death(now)
        if now >= self._again_at:
            self._begin()

    def _begin(self) -> None:
        """Start the process."""
        self.process = self._start()
        self._began_at, self._again_at = self._monotonic(), None

    def _note_death(self, now: float) -> int:
        """Tell it; return after how many seconds the next one starts."""
        if now - self._began_at >= STEADY_AFTER_SECONDS:
            self._pause = FIRST_PAUSE_SECONDS
        wait = min(self._pause, LONGEST_PAUSE_WHILE_AWAY_SECONDS) if self.wants_another_try else self._pause
        self._pause = min(self._pause * 2, LONGEST_PAUSE_SECONDS)
        self._log.warning(f"{self._name} died", exit_code=self.process.exitcode, again_in_seconds=wait)
        return wait


class Ticks:
    """Work that is repeated for ever; trouble is told when it begins, when it changes and when it is over."""

    def __init__(self, work: Callable[[], object], log: Log) -> None:
        self._work = work
        self._log = log
        self._trouble = ""

    def __call__(self) -> None:
        """Do it once; whatever goes wrong, the next time comes."""
        try:
            self._work()
        except Exception as error:
            trouble = f"{type(error).__name__}: {error}"
            if trouble != self._trouble:
                self._log.error("tick failed", error=type(error).__name__, reason=str(error))
            self._trouble = trouble
        else:
            if self._trouble:
                self._log.info("tick works again")
            self._trouble = ""
