"""Which time is it in a process under test? The system's, moved by what stands in a file that the test writes.

The wall clock and the monotonic clock are moved each by its own; a process that was stopped for 20 minutes finds both
of them 20 minutes on when it wakes, and so does one whose file was moved while it was stopped.
"""

from __future__ import annotations

import mmap
import struct
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

_LAYOUT = struct.Struct("=dd")
_real = time.monotonic


@dataclass(frozen=True, slots=True)
class Offsets:
    """By how many seconds the clocks are off; every process that was started with this file sees them at once."""

    path: Path

    def set(self, *, wall: float, monotonic: float) -> None:
        """Move both clocks."""
        with self.path.open("r+b") as file, mmap.mmap(file.fileno(), _LAYOUT.size) as memory:
            memory[:] = _LAYOUT.pack(wall, monotonic)

    def get(self) -> tuple[float, float]:
        """Return (wall, monotonic)."""
        wall, monotonic = _LAYOUT.unpack(self.path.read_bytes())
        return wall, monotonic

    def pass_(self, span: timedelta) -> None:
        """Let time pass on both clocks."""
        wall, monotonic = self.get()
        self.set(wall=wall + span.total_seconds(), monotonic=monotonic + span.total_seconds())

    def jump(self, span: timedelta) -> None:
        """Set the wall clock on or back, as a person or a time server does; the monotonic clock does not move."""
        wall, monotonic = self.get()
        self.set(wall=wall + span.total_seconds(), monotonic=monotonic)

    @classmethod
    def make(cls, path: Path) -> Offsets:
        """Return new offsets of nothing."""
        path.write_bytes(_LAYOUT.pack(0.0, 0.0))
        return cls(path)


class MovedClocks:
    """The clocks of this process, as a file moves them."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._memory = mmap.mmap(file.fileno(), _LAYOUT.size, access=mmap.ACCESS_READ)

    def wall(self) -> datetime:
        """Return the moment (aware, UTC)."""
        return datetime.now(UTC) + timedelta(seconds=_LAYOUT.unpack(self._memory[:])[0])

    def monotonic(self) -> float:
        """Return the seconds of the monotonic clock."""
        return _real() + float(_LAYOUT.unpack(self._memory[:])[1])
