"""What does the machine give to whom, and what is used? Cores that programs are bound to, and the kernel's figures.

Law: the sink has the second of two cores, every sender both: two senders need them, and so does a database. What a
program uses is told by /proc, children included; one that is gone uses nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


@cache
def cores() -> tuple[int, ...]:
    """Return the two cores that are used, or the only one; first asked before anything is bound to one of them."""
    return tuple(sorted(os.sched_getaffinity(0))[:2])


def sender_cores() -> set[int]:
    """Return where every sender may run, with its database: on both, as two processes need them."""
    return set(cores())


def sink_cores() -> set[int]:
    """Return where the sink runs: on the second one."""
    return {cores()[-1]}


@contextmanager
def bound_to(chosen: set[int]) -> Iterator[None]:
    """Let what is started in the block run on these cores only."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, chosen)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def family_of(pid: int) -> list[int]:
    """Return a process and all that descend from it."""
    found = [pid]
    for each in found:
        for task in Path(f"/proc/{each}/task").glob("*/children"):
            with suppress(OSError):
                found += map(int, task.read_text(encoding="ascii").split())
    return found


def cpu_of(pid: int) -> float:
    """Return the CPU seconds of a process and of those children that have ended; 0 if it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / TICKS  # utime, stime, cutime, cstime: proc(5)


def memory_of(pid: int) -> float:
    """Return how many MB of memory a process uses."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * PAGE / 1e6
    except OSError:
        return 0.0


def peak_of(pid: int) -> float:
    """Return how many MB a process used at most: the kernel's own figure (VmHWM)."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024 / 1e6
    return 0.0
