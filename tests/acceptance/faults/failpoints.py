"""Where does a sender die? At a named point, the nth time that it comes there; told by the environment.

Law: nothing in the shipped package reads these. The entry of the tests wraps what a sender is built of, and the
wrappers come by here.

`MAILER_FAULTS_AT=POINT:NUMBER:ACTION`: `kill` ends the own process group, as `kill -9` does; `stop` stops this process
(SIGSTOP) until somebody wakes it; `hold` writes `held` into the folder of faults and waits for `go`.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

POINTS = (
    "before-claim-commit",
    "after-claim-commit",
    "after-render",
    "before-intent-commit",
    "after-intent-commit",
    "before-ack-commit",
    "after-ack-commit",
    "inside-reaper",
    "after-reaper-commit",
    "before-page-commit",
    "after-page-commit",
)


@dataclass(slots=True)
class Failpoint:
    """One point, how often it may be passed before something happens, and what."""

    folder: Path
    point: str = ""
    number: int = 0
    action: str = ""
    passed: Counter[str] = field(default_factory=Counter)
    _local: threading.local = field(default_factory=threading.local)

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> Failpoint:
        """Return what the environment says; nothing happens without a word."""
        folder = Path(environ.get("MAILER_FAULTS_FOLDER", "."))
        if not (told := environ.get("MAILER_FAULTS_AT")):
            return cls(folder)
        point, number, action = told.split(":")
        if point not in POINTS:
            raise ValueError(f"no such point: {point}")
        return cls(folder, point, int(number), action)

    def reach(self, point: str) -> None:
        """Pass a point, or let happen what was told."""
        self.passed[point] += 1
        if (point, self.passed[point]) != (self.point, self.number):
            return
        if self.action == "kill":
            os.killpg(0, signal.SIGKILL)
        elif self.action == "stop":
            os.kill(os.getpid(), signal.SIGSTOP)
        else:
            self._hold()

    def _hold(self) -> None:
        """Wait until the test says go."""
        (self.folder / "held").touch()
        while not (self.folder / "go").exists():
            time.sleep(0.002)

    @contextmanager
    def doing(self, *works: str) -> Generator[None]:
        """Say what the transactions of this block are for; its end is after their commit."""
        self._local.works = works
        try:
            yield
        finally:
            self._local.works = ()
        for work in works:
            self.reach(f"after-{work}-commit")

    @property
    def works(self) -> tuple[str, ...]:
        """Return what this thread's transaction is for."""
        return getattr(self._local, "works", ())

    def watch(self) -> None:
        """Look at every transaction of this process."""
        event.listen(Engine, "commit", self._before_commit)
        event.listen(Engine, "after_cursor_execute", self._after_statement)

    def _before_commit(self, _: Any) -> None:
        """Come by before a COMMIT is executed."""
        for work in self.works:
            if work != "reaper":  # it commits at each look; `inside-reaper` is where it found something
                self.reach(f"before-{work}-commit")

    def _after_statement(self, _: Any, cursor: Any, statement: str, *__: Any) -> None:
        """Come by in the middle of a recovery that has changed rows."""
        if "reaper" in self.works and statement.startswith("UPDATE deliveries") and cursor.rowcount > 0:
            self.reach("inside-reaper")
