"""Does the cost of a letter stay flat up to a million of them, and the memory? At most 1.1 times, and 120 MB.

Run `python -m benchmarks.senders.million [--letters N] [--small N] [--record]`. So many supporters are imported, the
dispatcher fills the mailing, and one shipped `mailer send` sends it to smtp-sink, over SQLite: that is the run which is
drawn, looked at each second. The same is done with few letters some times, and the CPU that a letter costs between the
20th and the 90th percent is compared. Law: everything is by default settings; as under the daemon, dispatcher and
sender are processes of their own, and the peak is the sender's.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median

from benchmarks.senders.chart import Band, Line, draw
from benchmarks.senders.compare import say
from benchmarks.senders.measuring import EVERY_SECONDS, Measured, Reading, measure, observe
from benchmarks.senders.office import office
from benchmarks.senders.page import PAGE, record
from benchmarks.senders.sinks import MISSING, find, smtp_sink

LETTERS = 1_000_000
SMALL = 10_000
ROUNDS = 3
EACH_SECOND = 1.0
PICTURE = "speed-million.svg"


@dataclass(frozen=True, slots=True)
class Run:
    """One run: what the dispatcher was seen to use while it filled, and what sending cost."""

    letters: int
    filling: Sequence[Reading]
    sending: Measured

    @property
    def filled(self) -> float:
        """Return how many seconds filling took, with the start of its process."""
        return self.filling[-1].at - self.filling[0].at

    @property
    def cells(self) -> str:
        """Return the cells of the table."""
        sent = self.sending
        cost = f"{sent.rate:,.0f} | {sent.cpu_per_thousand:.3f} | {sent.peak:.0f} MB"
        return f"{self.letters:,} | {self.filled:,.1f} s | {sent.seconds:,.1f} s | {cost}"

    @property
    def picture(self) -> str:
        """Return the run over time."""
        readings = [each for each in (*self.filling, *self.sending.readings) if each.memory]
        begin = readings[0].at
        rate = [(b.at - begin, (b.letters - a.letters) / (b.at - a.at)) for a, b in pairwise(readings)]
        memory = [(each.at - begin, each.memory) for each in readings]
        bands = [Band("filling", 0, self.filled)]
        title = f"{self.letters:,} letters, filled and then sent by one sender, over SQLite"
        return draw(title, Line("letters per second", rate), Line("memory in use, MB", memory), bands)


@dataclass(frozen=True, slots=True)
class Found:
    """The large run, and the small ones."""

    large: Run
    small: Sequence[Run]

    @property
    def table(self) -> str:
        """Return what it cost, and the ratio."""
        costs = [run.sending.cpu_per_thousand for run in self.small]
        ratio = self.large.sending.cpu_per_thousand / median(costs)
        middle = sorted(self.small, key=lambda run: run.sending.cpu_per_thousand)[len(self.small) // 2]
        told = ", ".join(f"{cost:.3f}" for cost in costs)
        return f"""\
| letters | filled in | sent in | letters/s | CPU s per 1,000 | the sender's peak memory |
| ---: | ---: | ---: | ---: | ---: | ---: |
| {middle.cells} |
| {self.large.cells} |

A letter of {self.large.letters:,} costs {ratio:.2f} times the CPU of one of {middle.letters:,} \
({told} s per 1,000 in {len(costs)} runs)."""


def main(words: Sequence[str]) -> None:
    """Measure, print, and put it into docs/ if told to."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.senders.million")
    parser.add_argument("--letters", type=int, default=LETTERS)
    parser.add_argument("--small", type=int, default=SMALL, help="letters of the runs that it is compared with")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how many of those there are")
    parser.add_argument("--picture", type=Path, help="write the drawing there")
    parser.add_argument("--record", action="store_true", help="write the table and the drawing into docs/")
    given = parser.parse_args(words)
    if not find("smtp-sink"):
        sys.exit(MISSING)
    found = run(given.letters, given.small, given.rounds)
    print(found.table)
    if given.picture:
        given.picture.write_text(found.large.picture, encoding="utf-8")
    if given.record:
        (PAGE.parent / PICTURE).write_text(found.large.picture, encoding="utf-8")
        record("million", f"{found.table}\n\n![Letters per second, and the memory in use]({PICTURE})")


def run(letters: int, few: int, rounds: int) -> Found:
    """Run the small ones, then the large one."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        small = [one_run(folder / f"small-{number}", few, EVERY_SECONDS) for number in range(rounds)]
        return Found(one_run(folder / "large", letters, EACH_SECOND), small)


def one_run(folder: Path, letters: int, every: float) -> Run:
    """Import so many supporters, then fill and send."""
    began = time.monotonic()
    begun = office(folder)
    begun.begin(letters)
    say(f"{letters:,} supporters are there after {time.monotonic() - began:.0f} s")
    filling = observe(begun.filling(), lambda: 0, every).readings
    say(f"filled after {filling[-1].at - filling[0].at:.1f} s")
    with smtp_sink(folder) as sink:
        sent = measure(begun.sending(sink.port), sink.count, letters, every=every)
    say(f"{letters:,} letters: {sent.rate:,.0f}/s, {sent.cpu_per_thousand:.3f} s of CPU per 1,000")
    return Run(letters, filling, sent)


if __name__ == "__main__":
    main(sys.argv[1:])
