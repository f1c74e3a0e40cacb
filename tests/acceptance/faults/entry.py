"""What is `mailer` with faults in it? The same parts, wrapped, so that it dies where a test says.

Usage: python -m tests.acceptance.faults.entry WORD...

`run` plans and sends until idle, `send` only sends, `serve` sends until it is ended, `tick` only plans; all other words
are the command line's own. The environment: `MAILER_FAULTS_AT` (see failpoints), `MAILER_FAULTS_FOLDER`,
`MAILER_FAULTS_PAGE` (supporters in a page of filling), `MAILER_FAULTS_BUSY` (milliseconds to wait for SQLite's lock),
`MAILER_FAULTS_POISON` (a recipient whose letter kills who composes it), `MAILER_FAULTS_PLAIN` (not empty: letters are
not composed, but all of one text, so that a million take an hour or two). In the folder: `clocks` (see clocks); `full`
and `readonly`: as long as they are there, the database may not grow, or not be written; `committed` is written by
commands: the monotonic nanosecond before the last commit that changed something.
"""

from __future__ import annotations

import asyncio.base_events
import os
import signal
import sys
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.acceptance.faults.clocks import MovedClocks

FOLDER = Path(os.environ.get("MAILER_FAULTS_FOLDER", "."))
if (FOLDER / "clocks").exists():
    CLOCKS = MovedClocks(FOLDER / "clocks")
    time.monotonic = CLOCKS.monotonic  # before anything else asks for it: asyncio's loop goes by it too
    asyncio.base_events.MAXIMUM_SELECT_TIMEOUT = 0.05  # the loop notices soon that its clock was moved
    sys.modules["uvloop"] = None  # type: ignore[assignment] # its clock cannot be moved

from sqlalchemy import Engine, event  # noqa: E402

from mailer.adapters.store.filling import PAGE, SqlFilling  # noqa: E402
from mailer.cli.main import main  # noqa: E402
from mailer.core.deliveries import Delivery, DeliveryId  # noqa: E402
from mailer.core.links import message_id  # noqa: E402
from mailer.core.supporters import Supporter  # noqa: E402
from mailer.daemon import run_until_idle  # noqa: E402
from mailer.errors import MailerError  # noqa: E402
from mailer.flows.outbox import Ack, Intent  # noqa: E402
from mailer.flows.relaying import Envelope  # noqa: E402
from mailer.senders import run_sender  # noqa: E402
from mailer.settings import read_settings  # noqa: E402
from mailer.wiring import Installation, system_clock  # noqa: E402
from tests.acceptance.faults.failpoints import Failpoint  # noqa: E402

SMALLEST_DATABASE = 1  # pages: SQLite takes the present size for the limit if that is larger
LARGEST_DATABASE = 1 << 30
PLAIN_TEXT = "Please write to the office that is named below, in your own words.\r\n" * 60  # 4 KB, as a letter has


class FaultyOutbox:
    """The queue, which comes by its failpoints."""

    def __init__(self, inner: Any, failpoint: Failpoint) -> None:
        self._inner, self._failpoint = inner, failpoint

    def __getattr__(self, name: str) -> Any:
        """Do everything else as the queue does."""
        return getattr(self._inner, name)

    def claim(self, **terms: Any) -> Any:
        """Claim, and come by."""
        with self._failpoint.doing("claim"):
            return self._inner.claim(**terms)

    def commit(self, intents: Sequence[Intent], acks: Sequence[Ack], *, now: datetime) -> frozenset[DeliveryId]:
        """Commit, and come by."""
        works = [*(["intent"] if intents else []), *(["ack"] if acks else [])]
        with self._failpoint.doing(*works):
            granted: frozenset[DeliveryId] = self._inner.commit(intents, acks, now=now)
            return granted

    def recover(self, **terms: Any) -> int:
        """Recover, and come by if there was anything."""
        with self._failpoint.doing("reaper"):
            return int(self._inner.recover(**terms))


class FaultyFilling(SqlFilling):
    """What fills mailings, which comes by its failpoints at each page."""

    def __init__(self, engine: Engine, page: int, failpoint: Failpoint) -> None:
        super().__init__(engine, page)
        self._failpoint = failpoint

    def fill_from_supporters(self, *terms: Any, **more: Any) -> bool:
        """Fill a page, and come by."""
        with self._failpoint.doing("page"):
            return super().fill_from_supporters(*terms, **more)


class FaultyDesk:
    """The composer, which comes by its failpoint."""

    def __init__(self, inner: Any, failpoint: Failpoint) -> None:
        self._inner, self._failpoint = inner, failpoint

    def load(self, supporter_ids: Collection[int]) -> Mapping[int, Any]:
        """Load as ever."""
        found: Mapping[int, Any] = self._inner.load(supporter_ids)
        return found

    def key_id(self, delivery: Delivery) -> int:
        """Name the key as ever."""
        return int(self._inner.key_id(delivery))

    def envelope(self, delivery: Delivery, supporter: Supporter, now: datetime) -> Envelope | None:
        """Compose, and come by."""
        letter: Envelope | None = self._inner.envelope(delivery, supporter, now)
        if supporter.person.email == os.environ.get("MAILER_FAULTS_POISON"):
            os.killpg(0, signal.SIGKILL)
        self._failpoint.reach("after-render")
        return letter


class PlainDesk(FaultyDesk):
    """A composer of letters that differ in their recipient and Message-ID only."""

    def envelope(self, delivery: Delivery, supporter: Supporter, now: datetime) -> Envelope:
        """Write the letter."""
        run = (delivery.campaign_id, delivery.mailing_id, delivery.run)
        name, to = message_id(*run, supporter.public_id, "solidarity.example"), supporter.person.email
        head = f"From: campaign@solidarity.example\r\nTo: {to}\r\nMessage-ID: {name}\r\nSubject: Please write\r\n\r\n"
        return Envelope(
            "campaign@solidarity.example", to, (head + PLAIN_TEXT).encode(), name.strip("<>").partition("@")[0]
        )


class FaultyInstallation(Installation):
    """An installation whose parts come by failpoints."""

    failpoint = Failpoint.read(os.environ)

    @cached_property
    def outbox(self) -> Any:
        """The queue."""
        return FaultyOutbox(super().outbox, self.failpoint)

    @cached_property
    def filling(self) -> SqlFilling:
        """What fills mailings, in small pages if the test says so."""
        return FaultyFilling(self.engine, int(os.environ.get("MAILER_FAULTS_PAGE", PAGE)), self.failpoint)

    def desk(self, reporter: Any = None) -> Any:
        """What composes."""
        make = PlainDesk if os.environ.get("MAILER_FAULTS_PLAIN") else FaultyDesk
        return make(super().desk(reporter), self.failpoint)


def tick(installation: Installation) -> None:
    """Plan what is due now."""
    installation.dispatcher().tick(rehearsal=installation.settings.is_rehearsal, now=installation.clock())


def send(installation: Installation, *, until_idle: bool) -> None:
    """Send in this process."""
    run_sender(installation, until_idle=until_idle)


VERBS: dict[str, Callable[[Installation], None]] = {
    "run": lambda installation: run_until_idle(installation, tell),
    "send": lambda installation: send(installation, until_idle=True),
    "serve": lambda installation: send(installation, until_idle=False),
    "tick": tick,
}


def tell(words: str) -> None:
    """Say something to people."""
    sys.stderr.write(f"{words}\n")


def spoil_disk(connection: Any) -> None:
    """Let the disk be full or read-only, or not, for the transaction that begins."""
    if connection.dialect.name != "sqlite":
        return
    pages = SMALLEST_DATABASE if (FOLDER / "full").exists() else LARGEST_DATABASE
    pragmas = [f"max_page_count={pages}", f"query_only={int((FOLDER / 'readonly').exists())}"]
    if busy := os.environ.get("MAILER_FAULTS_BUSY"):
        pragmas.append(f"busy_timeout={busy}")
    for pragma in pragmas:
        connection.connection.dbapi_connection.execute(f"PRAGMA {pragma}").fetchone()


class Commits:
    """Writes down when a transaction that changed something was about to be committed."""

    def __init__(self) -> None:
        self._changed = False

    def statement(self, _: Any, __: Any, statement: str, *___: Any) -> None:
        """Note whether a statement changes anything."""
        self._changed = self._changed or statement.split(" ", 1)[0] in ("INSERT", "UPDATE", "DELETE")

    def commit(self, _: Any) -> None:
        """Note the moment."""
        if self._changed:
            (FOLDER / "committed").write_text(str(time.clock_gettime_ns(time.CLOCK_MONOTONIC)))
        self._changed = False


def perform(words: Sequence[str]) -> int:
    """Do one verb; return the exit code."""
    try:
        VERBS[words[0]](FaultyInstallation(read_settings(), clock=clock()))
    except MailerError as error:
        tell(str(error))
        return error.exit_code
    return 0


def clock() -> Callable[[], datetime]:
    """Return the clock of this process."""
    return CLOCKS.wall if (FOLDER / "clocks").exists() else system_clock


if __name__ == "__main__":
    FaultyInstallation.failpoint.watch()
    event.listen(Engine, "begin", spoil_disk)
    if sys.argv[1] in VERBS:
        sys.exit(perform(sys.argv[1:]))
    commits = Commits()
    event.listen(Engine, "before_cursor_execute", commits.statement)
    event.listen(Engine, "commit", commits.commit)
    main(sys.argv[1:], clock=clock())
