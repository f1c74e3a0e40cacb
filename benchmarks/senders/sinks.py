"""Who takes the letters? Postfix's `smtp-sink`, bound to one core; it counts, and where it is told to it keeps them.

Law: every contender meets the same program with the same options, on a port and with a counter of its own. Its
counter is what smtp-sink itself writes after each letter (`-c`), into a file, so that no reader makes it wait.
"""

from __future__ import annotations

import os
import re
import shutil
import smtplib
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.senders.machine import bound_to, sink_cores
from benchmarks.senders.measuring import end

BACKLOG = 1000
TAIL_BYTES = 200
NOBODY = "nobody"
MISSING = "there is no smtp-sink: install Debian's package postfix (apt-get install --no-install-recommends postfix)"
_COUNT = re.compile(rb"mesg=(\d+)")


@dataclass(frozen=True, slots=True)
class Sink:
    """A sink that runs: its port, its counter, and the file that it keeps letters in, if it does."""

    port: int
    counter: Path
    kept: Path

    def count(self) -> int:
        """Return how many letters it has taken."""
        with self.counter.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - TAIL_BYTES))
            found = _COUNT.findall(file.read())
        return int(found[-1]) if found else 0


def find(name: str) -> str:
    """Return where a program of Postfix is, empty if it is not there."""
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin") or ""


@contextmanager
def smtp_sink(folder: Path, *, keep: bool = False) -> Iterator[Sink]:
    """Run smtp-sink for as long as the block lasts, with its files in `folder`.

    Raises:
        RuntimeError: it is not installed, or does not answer.
    """
    program = find("smtp-sink")
    if not program:
        raise RuntimeError(MISSING)
    place = folder / f"sink-{time.monotonic_ns()}"
    place.mkdir(parents=True)
    place.chmod(0o777)  # as root it becomes another user before it writes
    made = Sink(_free_port(), place / "count", place / "kept")
    who = ["-u", NOBODY] if os.geteuid() == 0 else []
    kept = ["-D", str(made.kept)] if keep else []
    with made.counter.open("wb") as counter, bound_to(sink_cores()):
        process = subprocess.Popen(  # noqa: S603 # our own words
            [program, *who, "-c", *kept, f"127.0.0.1:{made.port}", str(BACKLOG)], stdout=counter, start_new_session=True
        )
    try:
        _wait_for(made.port)
        yield made
    finally:
        end(process)


def _free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    """Wait until somebody answers, and take leave."""
    until = time.monotonic() + 10
    while True:
        try:
            smtplib.SMTP("127.0.0.1", port, timeout=5).quit()
        except (OSError, smtplib.SMTPException):
            if time.monotonic() > until:
                raise RuntimeError("smtp-sink does not answer") from None
            time.sleep(0.02)
        else:
            return
