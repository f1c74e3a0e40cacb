"""How fast, at what cost of CPU and memory? A sender's processes and its sink's counter, read together as it runs.

Law: all contenders are measured by this code alone. Nobody's start or end is in a rate: from the counter's 20th to
its 90th percent, letters, seconds and CPU are taken from the same two readings, so that the time between readings
makes no difference. CPU is that of the sender's processes and their children, those that ended with them.
"""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from benchmarks.senders.machine import bound_to, cpu_of, family_of, memory_of, peak_of, sender_cores

EVERY_SECONDS = 0.05
FIRST, LAST = 0.2, 0.9  # the part of all letters that counts
NEVER_LONGER_SECONDS = 3600
LAST_WORDS = 1500  # characters of what a failed sender said


@dataclass(frozen=True, slots=True)
class Task:
    """What one contender runs: its programs, each a sender, their folder and environment.

    `beside` is a server of its own (a database), whose CPU is told apart.
    """

    commands: Sequence[Sequence[str]]
    folder: Path
    environment: Mapping[str, str]
    beside: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One look: seconds (monotonic), letters that the sink has taken, CPU seconds so far, and MB of memory in use."""

    at: float
    letters: int
    cpu: float
    memory: float
    beside: float = 0.0


@dataclass(frozen=True, slots=True)
class Measured:
    """What a run cost: `start` are the seconds before its first letter, `peak` is that of its memory, MB."""

    rate: float
    cpu_per_thousand: float
    beside_per_thousand: float
    peak: float
    start: float
    seconds: float
    readings: tuple[Reading, ...]


@dataclass(slots=True)
class Observer:
    """Looks at processes, and remembers the peak of each, those that are gone with them."""

    roots: Sequence[int]
    count: Callable[[], int]
    beside: int | None = None
    readings: list[Reading] = field(default_factory=list)
    peaks: dict[int, float] = field(default_factory=dict)

    def look(self) -> Reading:
        """Take one reading."""
        family = [pid for root in self.roots for pid in family_of(root)]
        for pid in family:
            self.peaks[pid] = max(self.peaks.get(pid, 0.0), peak_of(pid))
        others = sum(map(cpu_of, family_of(self.beside))) if self.beside else 0.0
        known = self.readings[-1].cpu if self.readings else 0.0
        cpu = max(known, sum(map(cpu_of, family)))  # a process that has just ended takes its figure along
        self.readings.append(Reading(time.monotonic(), self.count(), cpu, sum(map(memory_of, family)), others))
        return self.readings[-1]


def measure(task: Task, count: Callable[[], int], letters: int, *, every: float = EVERY_SECONDS) -> Measured:
    """Run a contender until all its programs have ended; return what it cost.

    Raises:
        RuntimeError: a program failed, or ended before the sink had all letters.
    """
    began = time.monotonic()
    observer = observe(task, count, every)
    if count() != letters:
        raise RuntimeError(f"{count()} of {letters} letters came from {task.commands[0]}")
    return summed_up(observer, began)


def observe(task: Task, count: Callable[[], int], every: float) -> Observer:
    """Look at a contender until all its programs have ended.

    Raises:
        RuntimeError: a program failed.
    """
    with running(task) as (processes, said):
        observer = Observer([process.pid for process in processes], count, task.beside)
        until = time.monotonic() + NEVER_LONGER_SECONDS
        while observer.look().at < until and any(process.poll() is None for process in processes):
            time.sleep(every)
        codes = [process.poll() for process in processes]
        if any(code != 0 for code in codes):
            raise RuntimeError(f"after {count()} letters, exit codes {codes}: {said()[-LAST_WORDS:]}")
    return observer


def finish(task: Task) -> None:
    """Run a contender to its end, where somebody else counts.

    Raises:
        RuntimeError: a program failed.
    """
    with running(task) as (processes, said):
        codes = [process.wait(NEVER_LONGER_SECONDS) for process in processes]
        if any(codes):
            raise RuntimeError(f"exit codes {codes}: {said()[-LAST_WORDS:]}")


def summed_up(observer: Observer, began: float) -> Measured:
    """Return what the readings tell."""
    readings = observer.readings
    first, last = window(readings)
    sent = last.letters - first.letters
    arrived = next(reading for reading in readings if reading.letters)
    return Measured(
        rate=sent / (last.at - first.at),
        cpu_per_thousand=1000 * (last.cpu - first.cpu) / sent,
        beside_per_thousand=1000 * (last.beside - first.beside) / sent,
        peak=sum(observer.peaks.values()),
        start=arrived.at - began,
        seconds=readings[-1].at - began,
        readings=tuple(readings),
    )


def window(readings: Sequence[Reading]) -> tuple[Reading, Reading]:
    """Return the readings between which letters count; a run that was too short for them counts from its begin."""
    total = readings[-1].letters
    first = next(reading for reading in readings if reading.letters >= FIRST * total)
    last = next(reading for reading in readings if reading.letters >= LAST * total)
    if first.letters < last.letters:
        return first, last
    return readings[0], last


@contextmanager
def running(task: Task) -> Iterator[tuple[list[subprocess.Popen[bytes]], Callable[[], str]]]:
    """Start a contender's programs on the senders' cores; whatever still runs in the end is killed."""
    with tempfile.TemporaryFile() as output, bound_to(sender_cores()):
        processes: list[subprocess.Popen[bytes]] = []

        def said() -> str:
            output.seek(0)
            return output.read().decode(errors="replace")

        try:
            for command in task.commands:
                processes.append(_started(command, task, output))  # noqa: PERF401 # those before one that fails are ended
            yield processes, said
        finally:
            for process in processes:
                end(process)


def _started(command: Sequence[str], task: Task, output: IO[bytes]) -> subprocess.Popen[bytes]:
    """Start one program, in a process group of its own."""
    return subprocess.Popen(  # noqa: S603 # our own words
        command,
        cwd=task.folder,
        env=task.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=output,
        start_new_session=True,
    )


def end(process: subprocess.Popen[bytes]) -> None:
    """Kill a program of ours and all that it started, if it still runs."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
