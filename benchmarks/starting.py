"""How much does starting cost? CPU of `mailer --help`, `status` and `send --until-idle`, and an idle sender's memory.

Prints medians of user and system time: a busy machine changes them little. The figures that must hold: `--help` under
0.25 s, `status` under 0.5 s, an idle sender under 120 MB. The installation has one launched campaign and no letters.
"""

from __future__ import annotations

import os
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
COMMANDS = (("--help",), ("status",), ("send", "--until-idle"))
ROUNDS = 9
IDLE_SECONDS = 5
CONSENT = ("--consent", "signed the list at the branch meeting")
SUPPORTERS = "email,country\nperson@union.example,GB\n"


class Office:
    """An installation in a folder, and how its commands are started."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "work"
        self._environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": str(ROOT)}

    def begin(self) -> None:
        """Begin as an organiser does: a campaign that is launched as a rehearsal, and its letter sent."""
        self._folder.mkdir()
        self.spent("init")
        file = self._folder / "campaigns.yaml"
        file.write_text(file.read_text(encoding="utf-8").replace("status: draft", "status: ready", 1), encoding="utf-8")
        (self._folder / "people.csv").write_text(SUPPORTERS, encoding="utf-8")
        self.spent("supporters", "import", "people.csv", *CONSENT)
        self.spent("launch", "jailing-2010", "--yes")
        self.spent("run", "--until-idle")

    def spent(self, *words: str) -> float:
        """Return the seconds of CPU that one command takes."""
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        with self._start(*words) as process:
            told = process.communicate()[1]
        if process.returncode:
            raise SystemExit(f"mailer {' '.join(words)}: {told.decode()}")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    def idle_memory(self) -> int:
        """Return the megabytes of memory that a sender takes which waits for letters."""
        with self._start("send") as sender:
            try:
                time.sleep(IDLE_SECONDS)
                status = Path(f"/proc/{sender.pid}/status").read_text()
                return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) // 1024
            finally:
                sender.send_signal(signal.SIGTERM)

    def _start(self, *words: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "mailer", *words]
        told = subprocess.PIPE
        return subprocess.Popen(  # noqa: S603 - our own commands
            command, cwd=self._folder, env=self._environment, stdout=told, stderr=told
        )


def main() -> None:
    """Make an installation, start each command several times, and print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder))
        office.begin()
        for words in COMMANDS:
            office.spent(*words)  # fills caches
            spent = statistics.median(office.spent(*words) for _ in range(ROUNDS))
            sys.stdout.write(f"mailer {' '.join(words):<18} {spent:.3f} s of CPU\n")
        sys.stdout.write(f"an idle sender takes {office.idle_memory()} MB\n")


if __name__ == "__main__":
    main()
