"""How does the mailer take part? The shipped `mailer send --until-idle` over a fresh copy of a queue that is full.

Law: its settings are those of its `Office`, and nothing else is told to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.senders.measuring import Task
from benchmarks.senders.office import Office
from tests.postgres import PostgresServer


@dataclass(slots=True)
class Ours:
    """Some senders of ours over one database; `base` is an installation whose queue is full."""

    name: str
    base: Office
    most: int
    senders: int = 1
    server: PostgresServer | None = None
    trial: int = 5_000
    missing: str = ""

    @contextmanager
    def begin(self, letters: int, port: int, folder: Path) -> Iterator[Task]:
        """Copy the installation."""
        with self.copied(letters, folder) as office:
            yield self.task(office, port)

    @contextmanager
    def copied(self, letters: int, folder: Path) -> Iterator[Office]:
        """Return a copy of the installation that has so many letters in its queue."""
        if self.server is None:
            yield self._cut(self.base.copy(folder), letters)
            return
        with self.server.database(self.base.database.rpartition("/")[2]) as url:
            yield self._cut(self.base.copy(folder, url), letters)

    def _cut(self, office: Office, letters: int) -> Office:
        """Leave so many letters in a copy."""
        office.keep(letters)
        return office

    def task(self, office: Office, port: int) -> Task:
        """Return what is run over a copy; a database server's CPU is told beside it."""
        made = office.sending(port, senders=self.senders)
        return replace(made, beside=_pid_of(self.server)) if self.server else made


def _pid_of(server: PostgresServer) -> int:
    """Return the process that all processes of a server descend from."""
    return int((server.folder / "data" / "postmaster.pid").read_text(encoding="ascii").split()[0])
