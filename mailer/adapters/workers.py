"""Which senders are alive? Each holds a lock on a file of its own, which the system lets go when it dies.

Law: only a worker of this machine can be called dead from here; a lock is never taken from the living.
"""

from __future__ import annotations

import fcntl
import os
import re
import socket
from pathlib import Path
from types import TracebackType
from typing import Self

from mailer.errors import OutputError

_UNSAFE = re.compile(r"[^A-Za-z0-9.-]")


def machine_name() -> str:
    """Return this machine's name, fit for a file's name."""
    return _UNSAFE.sub("-", socket.gethostname())[:40] or "localhost"


class WorkerLock:
    """This process's own lock, held from `__enter__` until it ends, however it ends."""

    def __init__(self, folder: Path, suffix: str) -> None:
        self.name = f"{machine_name()}_{os.getpid()}_{suffix}"
        self._path = folder / f"{self.name}.lock"
        self._descriptor = -1

    def __enter__(self) -> Self:
        """Take the lock.

        Raises:
            OutputError: the folder cannot be written.
        """
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._descriptor = os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600)
        except OSError as error:
            raise OutputError(f"lock {self._path} cannot be made: {error.strerror}") from error
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let the lock go and remove its file."""
        self._path.unlink(missing_ok=True)
        os.close(self._descriptor)


def is_dead(folder: Path, name: str) -> bool:
    """Tell whether the worker `name` of this machine is gone; its lock file goes then too."""
    if not name.startswith(f"{machine_name()}_"):
        return False
    try:
        descriptor = os.open(folder / f"{name}.lock", os.O_RDWR)
    except FileNotFoundError:
        return True
    except PermissionError:
        return False  # another user's: nothing can be told of it
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        (folder / f"{name}.lock").unlink(missing_ok=True)
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)
    return True
