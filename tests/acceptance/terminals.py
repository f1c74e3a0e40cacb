"""How does somebody at a terminal use a command? It is started with one, shown what it says, and typed to.

Law: the terminal is a real one (pty); nothing is typed before what it answers was said.
"""

from __future__ import annotations

import os
import pty
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any


class Terminal:
    """One end of a terminal at which a process works; `told` is what it has shown so far."""

    def __init__(self, process: subprocess.Popen[bytes], end: int) -> None:
        self.process = process
        self.told = b""
        self._end = end

    def read(self) -> bytes:
        """Return what is shown next; nothing at the end."""
        chunk = b""
        with suppress(OSError):  # Linux: the other end is closed
            chunk = os.read(self._end, 65536)
        self.told += chunk
        return chunk

    def read_until(self, words: bytes) -> None:
        """Wait until these words are shown."""
        while words not in self.told:
            assert self.read(), self.told

    def read_all(self) -> bytes:
        """Return all that is shown, to the end."""
        while self.read():
            pass
        return self.told

    def type(self, keys: bytes) -> None:
        """Type these keys."""
        os.write(self._end, keys)


@contextmanager
def at_a_terminal(workplace: Any, *words: str, stdout: int | None = None, **more: str) -> Iterator[Terminal]:
    """Start a command at a terminal, which shows its stdout too unless that goes elsewhere."""
    ours, its = pty.openpty()
    process = subprocess.Popen(
        workplace.command(*words),
        cwd=workplace.folder,
        env=workplace.environment | more,
        stdin=its,
        stdout=its if stdout is None else stdout,
        stderr=its,
    )
    os.close(its)
    try:
        yield Terminal(process, ours)
    finally:
        os.close(ours)
