"""How does a mailing go through its ordeal? Senders in process groups of their own, killed, started, drained, judged.

Law: what was started here is ended here, by its pid; and who was missed is told by the oracle's journal alone.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from bisect import bisect
from collections.abc import Generator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path

from tests.acceptance.cases import MAILINGS, addresses, campaign_file, people, today
from tests.acceptance.faults.clocks import Offsets
from tests.acceptance.faults.judge import Accepted, Finding, Row, contradictions, judge, most, read_journal, read_rows
from tests.acceptance.workplace import ROOT, Done, Workplace
from tests.smtp_server import wait_until

TRY_AGAIN = 75
MOST_DRAINS = 12
NO_MORE_THAN_SECONDS = 60
_NUMBERS = count(1)


@dataclass(slots=True)
class Oracle:
    """The SMTP server of an ordeal; it may be ended and started again on the same port."""

    folder: Path
    process: subprocess.Popen[bytes] | None = None
    _counted: int = 0
    _counted_to: int = 0  # octets of the journal

    def start(self, *traps: str) -> None:
        """Listen, with these traps set."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.acceptance.faults.oracle", str(self.folder), *traps],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        wait_until((self.folder / "port").exists, seconds=NO_MORE_THAN_SECONDS)

    def end(self) -> None:
        """End it."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(10)
            self.process = None

    @property
    def url(self) -> str:
        """Return the relay URL."""
        return f"smtp+insecure://127.0.0.1:{(self.folder / 'port').read_text()}"

    @property
    def accepted(self) -> list[Accepted]:
        """Return all that it took so far."""
        return read_journal(self.folder / "journal")

    @property
    def count(self) -> int:
        """Return how many letters it took so far."""
        with suppress(FileNotFoundError), (self.folder / "journal").open("rb") as journal:
            journal.seek(self._counted_to)
            more = journal.read()
            self._counted += more.count(b"\n")
            self._counted_to += len(more)
        return self._counted

    def slow_down(self, seconds: float) -> None:
        """Let each letter take so long from now on."""
        part = self.folder / "slowness.part"
        part.write_text(str(seconds))
        part.replace(self.folder / "slowness")


@dataclass(slots=True)
class Running:
    """One process of the product, in a process group of its own."""

    process: subprocess.Popen[bytes]
    log: Path
    began: int  # when (monotonic nanoseconds)

    @property
    def told(self) -> str:
        """Return what it said so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    @property
    def is_alive(self) -> bool:
        """Tell whether it runs, or is stopped."""
        return self.process.poll() is None

    @property
    def is_stopped(self) -> bool:
        """Tell whether it is stopped (SIGSTOP)."""
        return Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to its process group."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)

    def kill(self) -> None:
        """Kill it and all that it started: SIGKILL."""
        self.signal(signal.SIGKILL)
        self.process.wait(10)

    def wait(self, seconds: float = NO_MORE_THAN_SECONDS) -> int:
        """Wait for its end; return the exit code."""
        return self.process.wait(seconds)


@dataclass(slots=True)
class Ordeal:
    """One launched mailing to `size` people, its oracle, and the senders that were started."""

    workplace: Workplace
    size: int
    faults: Path
    oracle: Oracle
    connections: int = 4
    started: list[Running] = field(default_factory=list)
    doubts: int = 0  # letters that kills so far may have left in doubt: one per connection

    @property
    def clocks(self) -> Offsets:
        """Return the clocks of all processes that are started from now on."""
        path = self.faults / "clocks"
        return Offsets(path) if path.exists() else Offsets.make(path)

    @property
    def database_url(self) -> str:
        """Return the database's URL."""
        return self.workplace.settings.get("DATABASE_URL") or f"sqlite:///{self.workplace.database}"

    def begin(self, *, mailings: str = MAILINGS, launch: bool = True, planned: bool = False) -> None:
        """Import the people, launch the campaign unless told not to, and plan its mailing if told to."""
        text, rows = campaign_file(today(), mailings=mailings), people(self.size)
        if "DATABASE_URL" in self.workplace.settings:
            self.workplace.begin_anew(text, rows, launch=launch)
        else:
            self.workplace.begin(text, rows, launch=launch)
        if planned:
            self._plan()

    def _plan(self) -> None:
        """Plan the mailing; where another test has planned one of this size, its database is taken."""
        kept = self.workplace.stock / f"planned-{self.size}.db"
        is_file = "DATABASE_URL" not in self.workplace.settings
        if is_file and kept.exists():
            return _copy(kept, self.workplace.database)
        done = self.do("tick", seconds=NO_MORE_THAN_SECONDS + self.size)
        assert done.code == 0, done
        return _copy(self.workplace.database, kept) if is_file else None

    def command_line(self, *words: str, **faults: object) -> tuple[list[str], dict[str, str]]:
        """Return the command line of a process with these faults, and its environment."""
        more = {f"MAILER_FAULTS_{name.upper()}": str(value) for name, value in faults.items()}
        environment = self.workplace.environment | {"MAILER_FAULTS_FOLDER": str(self.faults)} | more
        return [sys.executable, "-m", "tests.acceptance.faults.entry", *words], environment

    def start(self, *words: str, **faults: object) -> Running:
        """Start a process; the oracle's traps are for the one that was started last."""
        line, environment = self.command_line(*words, **faults)
        log, began = self.faults / f"{words[0]}-{next(_NUMBERS)}.log", time.monotonic_ns()
        with log.open("wb") as file:
            process = subprocess.Popen(
                line,
                cwd=self.workplace.folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
                start_new_session=True,
            )
        part = self.oracle.folder / "victim.part"
        part.write_text(str(process.pid))
        part.replace(self.oracle.folder / "victim")
        self.started.append(Running(process, log, began))
        return self.started[-1]

    def do(self, *words: str, seconds: float = 2 * NO_MORE_THAN_SECONDS, **faults: object) -> Done:
        """Run a process to its end."""
        running = self.start(*words, **faults)
        code = running.wait(seconds)
        assert "Traceback" not in running.told, running.told
        return Done(code, "", running.told)

    def kill(self, running: Running) -> None:
        """Kill a sender; one letter per connection may be in doubt from now on."""
        running.kill()
        self.doubts += self.connections

    def expect_death(self, running: Running) -> None:
        """Wait until a sender has died at its failpoint."""
        assert running.wait() == -signal.SIGKILL, running.told
        self.doubts += self.connections

    def drain(self, verb: str = "send") -> None:
        """Run until nothing is due; what was deferred is waited for on the clock."""
        for _ in range(MOST_DRAINS):
            done = self.do(verb, seconds=NO_MORE_THAN_SECONDS + self.size)  # a letter a second, at the slowest
            if done.code == 0:
                return
            assert done.code == TRY_AGAIN, done
            self.clocks.pass_(timedelta(hours=1))
        raise AssertionError("it never becomes idle")

    def command(self, *words: str) -> int:
        """Run a command that changes something; return when (monotonic nanoseconds) its commit was about to be made."""
        done = self.do(*words)
        assert done.code == 0, done
        return int((self.faults / "committed").read_text())

    def taken_after(self, moment: int) -> int:
        """Return how many letters the oracle took after a moment (monotonic nanoseconds)."""
        return sum(letter.at > moment for letter in self.oracle.accepted)

    def wait_for(self, count: int, *, seconds: float = NO_MORE_THAN_SECONDS) -> None:
        """Wait until so many letters were taken in all."""
        wait_until(lambda: self.oracle.count >= count, seconds=seconds)

    def wait_held(self) -> None:
        """Wait until somebody holds still at a point, and waits for `go`."""
        wait_until(lambda: any((folder / "held").exists() for folder in self._folders), seconds=NO_MORE_THAN_SECONDS)

    def go(self) -> None:
        """Let whoever holds still go on."""
        for folder in self._folders:
            (folder / "go").touch()

    @property
    def _folders(self) -> tuple[Path, Path]:
        """Return where those that hold still say so."""
        return self.faults, self.oracle.folder

    def stop_cleanly(self, *all_running: Running) -> None:
        """Ask senders to end, and wait until they did what they must."""
        for running in all_running:
            running.signal(signal.SIGTERM)
        for running in all_running:
            assert running.wait() == 0, running.told

    @property
    def rows(self) -> list[Row]:
        """Return the deliveries."""
        return read_rows(self.database_url)

    def most(self, column: str) -> int:
        """Return the largest number in a column of the deliveries."""
        return most(self.database_url, column)

    def pauses(self) -> list[float]:
        """Return, of each sender but the first, how many seconds it took from its start to a letter; one at a time."""
        starts = [running.began for running in self.started if running.log.name.startswith("serve")]
        moments = [letter.at for letter in self.oracle.accepted]
        found = []
        for began, ended in zip(starts[1:], [*starts[2:], moments[-1]], strict=True):
            after = bisect(moments, began)
            if after < len(moments) and moments[after] <= ended:
                found.append((moments[after] - began) / 1e9)
        return found

    def finding(self) -> Finding:
        """Return what the journal tells of everybody."""
        return judge(self.oracle.accepted, addresses(range(self.size)))

    def judge(self, *, all_sent: bool = True) -> Finding:
        """Demand that nobody was missed and nothing came twice that no kill excuses; return what was found."""
        finding, rows = self.finding(), self.rows
        assert finding.wrongs == ()
        assert finding.doubled <= self.doubts
        assert contradictions(self.oracle.accepted, finding, rows) == []
        if all_sent:
            assert {row.state for row in rows} == {"sent"}
        assert len(rows) == self.size
        return finding

    def unlisted(self, finding: Finding) -> set[int]:
        """Return the deliveries that came again, and that `status` does not list as handed over twice."""
        again = {row.id for row in self.rows if row.message_id in finding.again}
        return again - {one["delivery"] for one in self.workplace.mailing("alert")["uncertain"] if one["resent"]}

    def end(self) -> None:
        """End all that was started."""
        for running in self.started:
            running.kill()
        self.oracle.end()


def _copy(source: Path, target: Path) -> None:
    """Copy an SQLite database as a whole, its log with it."""
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
        one.backup(other)


@contextmanager
def ordeal(workplace: Workplace, size: int, *traps: str, connections: int = 4) -> Generator[Ordeal]:
    """Prepare an ordeal, and end everything that it started."""
    folder = workplace.folder.parent
    faults, oracle = folder / "faults", Oracle(folder / "oracle")
    faults.mkdir()
    oracle.folder.mkdir()
    with ExitStack() as ends:
        ends.callback(oracle.end)
        oracle.start(*traps)
        workplace.settings |= {"RELAY_URL": oracle.url, "RELAY_CONNECTIONS": str(connections)}
        made = Ordeal(workplace, size, faults, oracle, connections)
        ends.callback(made.end)
        yield made
