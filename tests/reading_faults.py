"""How is a reader of the mailbox killed at a named point? It is built of its own parts, which come by here.

Law: nothing in the shipped package knows of it. The process is forked from one that has read the libraries, so that a
test can afford many.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from mailer.adapters.mailbox import MailboxSettings, open_mailbox
from mailer.core.incoming import Place
from mailer.flows.intake import Incoming, Waiting
from mailer.readers import Passes, Stop
from tests.certificates import client_context
from tests.postbag import open_office

POINTS = ("listed", "fetched", "before-commit", "after-commit", "before-move", "in-move", "after-move", "marked")
_READ_BEFORE = (
    "tests.reading_faults", "alembic.command", "babel.messages.pofile", "dotenv", "pydantic_settings", "structlog",
    "sqlalchemy.dialects.sqlite", "mailer.adapters.command_words", "mailer.adapters.mailbox.imap",
    "mailer.adapters.mailbox.maildir", "mailer.adapters.store.epoch", "mailer.adapters.store.migrations",
)  # fmt: skip
_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(list(_READ_BEFORE))


class Point:
    """One point, and how often it may be passed before the process dies there as by `kill -9`."""

    def __init__(self, name: str = "", number: int = 0) -> None:
        self._name, self._number = name, number
        self._passed: Counter[str] = Counter()

    def reach(self, name: str) -> None:
        """Pass a point, or die."""
        self._passed[name] += 1
        if (name, self._passed[name]) == (self._name, self._number):
            os.kill(os.getpid(), signal.SIGKILL)


class FaultyMailbox:
    """A mailbox that comes by the points."""

    def __init__(self, inner: Any, point: Point) -> None:
        self._inner, self._point = inner, point
        if hasattr(inner, "_client"):
            inner._client = FaultyClient(inner._client, point)

    def __getattr__(self, name: str) -> Any:
        """Do everything else as it does."""
        return getattr(self._inner, name)

    def pages(self) -> Iterator[Sequence[Waiting]]:
        """Return the pages, and come by at each."""
        for page in self._inner.pages():
            self._point.reach("listed")
            yield page

    def fetch(self, waiting: Waiting) -> Incoming | None:
        """Fetch, and come by."""
        found: Incoming | None = self._inner.fetch(waiting)
        self._point.reach("fetched")
        return found

    def move(self, identifiers: Sequence[str], place: Place) -> None:
        """Move, and come by before, after, and, where each mail goes by itself, in between."""
        self._point.reach("before-move")
        for some in [identifiers] if hasattr(self._inner, "_client") else [[one] for one in identifiers]:
            self._inner.move(some, place)
            self._point.reach("in-move")
        self._point.reach("after-move")


class FaultyClient:
    """A connection to a server that comes by when what was copied is not deleted yet, and when it is only marked."""

    def __init__(self, inner: Any, point: Point) -> None:
        self._inner, self._point = inner, point

    def __getattr__(self, name: str) -> Any:
        """Do everything else as it does."""
        return getattr(self._inner, name)

    def __setattr__(self, name: str, value: Any) -> None:
        """Set what belongs to the connection there."""
        object.__setattr__(self if name in ("_inner", "_point") else self._inner, name, value)

    def add_flags(self, *arguments: Any, **named: Any) -> Any:
        """Come by, and mark as deleted."""
        self._point.reach("in-move")
        done = self._inner.add_flags(*arguments, **named)
        self._point.reach("marked")
        return done


class FaultyStore:
    """The events, which come by before and after each of their commits."""

    def __init__(self, inner: Any, engine: Engine, point: Point) -> None:
        self._inner, self._point = inner, point
        self._keeps = False
        event.listen(engine, "commit", self._before_commit)

    def __getattr__(self, name: str) -> Any:
        """Do everything else as it does."""
        return getattr(self._inner, name)

    def keep(self, *arguments: Any) -> Any:
        """Keep, and come by."""
        self._keeps = True
        new = self._inner.keep(*arguments)
        self._keeps = False
        self._point.reach("after-commit")
        return new

    def _before_commit(self, _: Any) -> None:
        """Come by before events are committed."""
        if self._keeps:
            self._point.reach("before-commit")


def start(folder: Path, *, certificate: Path | None = None, at: str = "", **variables: str) -> Any:
    """Start one pass over the mailbox of an office; `at` is POINT:NUMBER, the nth time that it comes there."""
    process = _PROCESSES.Process(target=_read, args=(folder, certificate, at, variables))
    process.start()
    return process


def _read(folder: Path, certificate: Path | None, at: str, variables: dict[str, str]) -> None:
    """Make one pass, and die on the way."""
    name, _, number = at.partition(":")
    point = Point(name, int(number or 0))
    trust = client_context(certificate) if certificate else None

    def opened(settings: MailboxSettings, should_stop: Stop) -> Any:
        return FaultyMailbox(open_mailbox(settings, should_stop, trust), point)

    home = open_office(folder, **variables)
    home.incoming = FaultyStore(home.incoming, home.engine, point)  # type: ignore[assignment]
    Passes(home, lambda: False, opened).once()
