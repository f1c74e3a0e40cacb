"""How does an organiser work with `mailer`? Processes in a folder and a home of their own, and what they said.

Law: nothing of the product is called in this process; what it did is seen in its output, exit code and mails.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from shutil import copytree
from typing import Any

from tests.acceptance.clocked import FileClock
from tests.acceptance.warm import Warm
from tests.smtp_server import wait_until

ROOT = Path(__file__).resolve().parents[2]
CONSENT = ("--consent", "signed the list at the branch meeting")
_NUMBERS = count(1)


@dataclass(frozen=True, slots=True)
class Done:
    """What one command did."""

    code: int
    stdout: str
    stderr: str

    @property
    def json(self) -> Any:
        """Return what stdout says to a program; that it is nothing but JSON is proven here."""
        return json.loads(self.stdout)


@dataclass(slots=True)
class Workplace:
    """A folder to work in, and the environment of its commands; `clock` replaces the system's.

    `stock` is a folder of workplaces that were begun alike, `warm` what commands are forked from.
    """

    folder: Path
    stock: Path
    warm: Warm
    settings: dict[str, str] = field(default_factory=dict)
    clock: FileClock | None = None

    @property
    def home(self) -> Path:
        """Return the user's home, which is not beside the database."""
        return self.folder.parent / f"{self.folder.name}-home"

    @property
    def environment(self) -> dict[str, str]:
        """Return all that a command gets to know of the machine."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "XDG_CONFIG_HOME": str(self.home / "config"),
            "PYTHONPATH": str(ROOT),
            "MAILER_WEB_BIND": "127.0.0.1:0",  # the default port is for one daemon at a time
            "MAILER_SENDER_PROCESSES": "1",  # one starts sooner than one for each core
            **{f"MAILER_{name}": value for name, value in self.settings.items()},
        }

    @property
    def key_file(self) -> Path:
        """Return where the key is."""
        return Path(self.environment["XDG_CONFIG_HOME"]) / "mailer" / "keys.json"

    @property
    def database(self) -> Path:
        """Return where the database is."""
        return self.folder / "var" / "mailer.db"

    def command(self, *words: str) -> list[str]:
        """Return the command line."""
        return [sys.executable, "-m", *self._module(*words)]

    def _module(self, *words: str) -> list[str]:
        """Return the module that is run, and what it is told."""
        return [*(["mailer"] if self.clock is None else ["tests.acceptance.clocked", str(self.clock.path)]), *words]

    def try_(self, *words: str, stdin: str = "") -> Done:
        """Run a command to its end, in a process of its own, without a terminal."""
        done = Done(*self.warm.run(self._module(*words), self.folder, self.environment, stdin))
        assert "Traceback" not in done.stderr, done.stderr
        return done

    def run(self, *words: str, code: int = 0) -> Done:
        """Run a command that has to end with `code`."""
        done = self.try_(*words)
        assert done.code == code, f"{words}: {done}"
        return done

    def json(self, *words: str, code: int = 0) -> Any:
        """Run a command and return what it says to programs."""
        return self.run(*words, "--json", code=code).json

    def write(self, name: str, text: str) -> Path:
        """Write a file of the folder."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def begin(self, campaigns: str, rows: Sequence[str] = (), *, launch: bool = False) -> None:
        """Write the campaign file, make the key, import supporters if there are rows, launch if told to.

        What was begun alike before is copied: a test need not wait for what another one has proven.
        """
        moment = self.clock() if self.clock else None
        alike = repr((campaigns, list(rows), launch, moment, self.settings.get("RELAY_URL", "file:").partition(":")[0]))
        kept = self.stock / hashlib.sha256(alike.encode()).hexdigest()
        if kept.exists():
            copytree(kept / "work", self.folder, dirs_exist_ok=True)
            copytree(kept / "home", self.home)
            return
        self.begin_anew(campaigns, rows, launch=launch)
        copytree(self.home, kept / "home")
        copytree(self.folder, kept / "work")

    def begin_anew(self, campaigns: str, rows: Sequence[str], *, launch: bool) -> None:
        """Do by commands what `begin` promises, with a database that nothing is kept of."""
        self.write("campaigns.yaml", campaigns)
        self.run("init")
        if rows:
            self.bring(rows)
        if launch:
            self.run("launch", "case", "--yes")

    def bring(self, rows: Sequence[str]) -> None:
        """Import supporters: `email,name,language,country` each."""
        self.write("supporters.csv", "\n".join(["email,name,language,country", *rows, ""]))
        self.run("supporters", "import", "supporters.csv", *CONSENT)

    def mailing(self, name: str, campaign: str = "case", *, rehearsal: bool = False) -> dict[str, Any]:
        """Return what `status` says of one mailing; the newest if it was rehearsed several times."""
        (found,) = self.json("status", campaign)["campaigns"]
        return [one for one in found["mailings"] if (one["id"], one["rehearsal"]) == (name, rehearsal)][-1]

    def counts(self, name: str, campaign: str = "case", *, rehearsal: bool = False) -> dict[str, int]:
        """Return the states of one mailing that have letters."""
        return {s: n for s, n in self.mailing(name, campaign, rehearsal=rehearsal)["counts"].items() if n}

    @contextmanager
    def daemon(self, *words: str, **settings: str) -> Iterator[Daemon]:
        """Run the daemon for as long as the block lasts."""
        daemon = Daemon(self, words or ("run",), settings)
        try:
            yield daemon
        finally:
            daemon.kill()


class Daemon:
    """A command that runs until it is told to end, in a process group of its own."""

    def __init__(self, workplace: Workplace, words: Sequence[str], settings: dict[str, str]) -> None:
        more = {f"MAILER_{name}": value for name, value in settings.items()}
        self._log = workplace.folder.parent / f"daemon-{next(_NUMBERS)}.log"
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                workplace.command(*words),
                cwd=workplace.folder,
                env=workplace.environment | more,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                start_new_session=True,
            )

    @property
    def told(self) -> str:
        """Return what it has said so far."""
        return self._log.read_text(encoding="utf-8")

    @property
    def has_processes(self) -> bool:
        """Tell whether it, or anything that it started, still runs."""
        try:
            os.killpg(self.process.pid, 0)
        except ProcessLookupError:
            return False
        return True

    def wait_for(self, words: str) -> None:
        """Wait until it has said these words."""
        wait_until(lambda: words in self.told, seconds=30)

    def end(self, number: signal.Signals = signal.SIGTERM, *, seconds: float = 10) -> int:
        """Ask it to end; return its exit code."""
        self.process.send_signal(number)
        return self.process.wait(seconds)

    def kill(self) -> None:
        """Kill it and all that it started, at once."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)
        if self.process.stdout is not None:
            self.process.stdout.close()


def nobody_listens() -> str:
    """Return the URL of a relay that is not there."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return f"smtp+insecure://127.0.0.1:{free.getsockname()[1]}"
