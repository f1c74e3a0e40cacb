"""Which senders of this machine are alive? Each holds a lock on a file of its own, which the system lets go with it.

Law: a lock is proof only where both see the same folder from the same machine; from anywhere else a free
lock says no more than that nobody holds it as far as can be seen. A lock is never taken from the living.
"""

from __future__ import annotations

import fcntl
import os
import re
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from types import TracebackType
from typing import Self

from mailer.core.liveness import Lock
from mailer.errors import OutputError

_UNSAFE = re.compile(r"[^A-Za-z0-9.-]")
_PLACE = "place"
_PLACE_BYTES = 4


def machine_name() -> str:
    """Return this machine's name, fit for a file's name."""
    return _UNSAFE.sub("-", socket.gethostname())[:40] or "localhost"


class LockFolder:
    """A folder of locks. Its name for itself is a random word in a file: machines may share a name, places do not."""

    def __init__(self, folder: Path, random_word: Callable[[int], str] = token_hex) -> None:
        self._folder = folder
        self._random_word = random_word

    def worker(self) -> WorkerLock:
        """Return the lock of a new worker, which is not held yet.

        Raises:
            OutputError: the folder cannot be written.
        """
        name = f"{machine_name()}-{self._place()}_{os.getpid()}_{self._random_word(3)}"
        return WorkerLock(name, self._file(name))

    def see(self, worker: str) -> Lock:
        """Return what can be told of a worker's lock."""
        machine, _, place = worker.partition("_")[0].rpartition("-")
        if not place or place != self._known_place():
            return Lock.UNSEEN
        try:
            descriptor = os.open(self._file(worker), os.O_RDWR)
        except FileNotFoundError:
            return Lock.ABSENT
        except OSError:
            return Lock.UNSEEN  # another user's: nothing can be told of it
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return Lock.HELD
        finally:
            os.close(descriptor)
        return Lock.FREE if machine == machine_name() else Lock.ABSENT

    def remove(self, worker: str) -> None:
        """Remove the file of a worker that is dead, if it is one of this folder's."""
        if self.see(worker) in (Lock.FREE, Lock.ABSENT):
            with suppress(OSError):
                self._file(worker).unlink(missing_ok=True)

    def _file(self, worker: str) -> Path:
        """Return the file of a worker's lock."""
        return self._folder / f"{worker}.lock"

    def _known_place(self) -> str:
        """Return the word of this folder, empty if it has none yet."""
        try:
            return (self._folder / _PLACE).read_text(encoding="ascii").strip()
        except OSError:
            return ""

    def _place(self) -> str:
        """Return the word of this folder; whoever comes first chooses it, whole or not at all."""
        draft = self._folder / f"{_PLACE}.{self._random_word(_PLACE_BYTES)}"
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not self._known_place():
                draft.write_text(self._random_word(_PLACE_BYTES), encoding="ascii")
                with suppress(FileExistsError):
                    os.link(draft, self._folder / _PLACE)
                draft.unlink()
        except OSError as error:
            raise OutputError(f"lock folder {self._folder} cannot be made: {error.strerror}") from error
        return self._known_place()


class WorkerLock:
    """This process's own lock, held from `__enter__` until it ends, however it ends.

    The file stays: that its lock is free tells the next worker at once that this one is gone.
    """

    def __init__(self, name: str, path: Path) -> None:
        self.name = name
        self._path = path
        self._descriptor = -1

    def __enter__(self) -> Self:
        """Take the lock.

        Raises:
            OutputError: the folder cannot be written.
        """
        try:
            self._descriptor = os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600)
        except OSError as error:
            raise OutputError(f"lock {self._path} cannot be made: {error.strerror}") from error
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let the lock go."""
        os.close(self._descriptor)
