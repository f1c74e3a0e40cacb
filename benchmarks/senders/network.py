"""How much does pipelining give where each reply takes 20 ms? At least 3 times aiosmtplib's rate per connection.

Run `python -m benchmarks.senders.network [--letters N] [--record]`. By turns, the shipped `mailer send` over SQLite
and aiosmtplib send the same letters to a relay that answers each command 20 ms after it came (`delayed.py` says
exactly what is delayed). aiosmtplib has as many connections as the mailer used, and its letters are made beforehand.
Letters a second and connection count, between the 20th and the 90th percent.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks.senders.compare import sample, say
from benchmarks.senders.delayed import Arrivals, DelayedSink, delayed_sink
from benchmarks.senders.measuring import Task, finish
from benchmarks.senders.office import ROOT, office
from benchmarks.senders.ours import Ours
from benchmarks.senders.page import record
from benchmarks.senders.sinks import MISSING, find

DELAY_SECONDS = 0.02
ROUNDS = 3
LETTERS = 6_000
FOREIGN_SHARE = 4  # one at a time, fewer letters take as long


@dataclass(slots=True)
class Speeds:
    """Letters a second of one sender, and how many connections it used."""

    rates: list[float] = field(default_factory=list)
    connections: int = 0

    def add(self, arrivals: Arrivals) -> None:
        """Take a round."""
        self.rates.append(arrivals.rate)
        self.connections = arrivals.connections

    @property
    def each(self) -> float:
        """Return the median of letters a second for each connection."""
        return median(self.rates) / self.connections

    @property
    def line(self) -> str:
        """Return the cells of the table."""
        spread = f"{min(self.rates):,.0f} to {max(self.rates):,.0f}"
        return f"{median(self.rates):,.0f} | {spread} | {self.connections} | {self.each:.1f}"


def main(words: Sequence[str]) -> None:
    """Measure, print, and put it into docs/speed.md if told to."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.senders.network")
    parser.add_argument("--letters", type=int, default=LETTERS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--record", action="store_true", help="write the table into docs/speed.md")
    given = parser.parse_args(words)
    if not find("smtp-sink"):  # which keeps the letter that aiosmtplib sends
        sys.exit(MISSING)
    told = measure(given.letters, given.rounds)
    print(told)
    if given.record:
        record("network", told)


def measure(letters: int, rounds: int, seconds: float = DELAY_SECONDS) -> str:
    """Let both take turns; return the table."""
    with tempfile.TemporaryDirectory() as name, delayed_sink(seconds) as sink:
        folder = Path(name)
        folder.chmod(0o755)
        base = office(folder / "base")
        base.begin(letters)
        base.fill()
        ours = Ours("mailer send", base, letters)
        message = folder / "message"
        message.write_bytes(sample(ours, folder).content.replace(b"\n", b"\r\n"))
        mine, other = Speeds(), Speeds()
        for number in range(rounds):
            mine.add(send(ours, letters, sink, folder / f"round-{number}"))
            other.add(send_one_by_one(max(1, letters // FOREIGN_SHARE), mine.connections, sink, message))
            say(f"round {number + 1}: mailer {mine.rates[-1]:,.0f} letters/s, aiosmtplib {other.rates[-1]:,.0f}")
    return table(mine, other, seconds)


def send(ours: Ours, letters: int, sink: DelayedSink, folder: Path) -> Arrivals:
    """Let the mailer send once."""
    with ours.begin(letters, sink.port, folder) as task:
        finish(task)
    return sink.arrivals()


def send_one_by_one(letters: int, connections: int, sink: DelayedSink, message: Path) -> Arrivals:
    """Let aiosmtplib send once."""
    words = [str(each) for each in (sink.port, letters, connections, message)]
    command = [sys.executable, "-m", "benchmarks.senders.one_by_one", *words]
    finish(Task([command], ROOT, {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}))
    return sink.arrivals()


def table(mine: Speeds, other: Speeds, seconds: float) -> str:
    """Return the table and the ratio."""
    return f"""\
| sender, each reply after {seconds * 1000:.0f} ms | letters/s | lowest to highest | connections | letters/s for each |
| --- | ---: | ---: | ---: | ---: |
| `mailer send`, SQLite | {mine.line} |
| aiosmtplib, one by one | {other.line} |

For each connection the mailer is {mine.each / other.each:.2f} times as fast."""


if __name__ == "__main__":
    main(sys.argv[1:])
