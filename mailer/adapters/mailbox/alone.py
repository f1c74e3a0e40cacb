"""Does nobody else on this machine read the mailbox? A lock on a file, which the system lets go with its process.

Law: two readers would do no harm, since each event is kept once; but each would move mails away under the other.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mailer.errors import OutputError


@contextmanager
def alone(path: Path) -> Iterator[bool]:
    """Hold the lock of the one that reads, and tell whether it could be had; its file stays.

    Raises:
        OutputError: the file cannot be made.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise OutputError(f"lock {path} cannot be made: {error.strerror}") from error
    try:
        yield _taken(descriptor)
    finally:
        os.close(descriptor)


def _taken(descriptor: int) -> bool:
    """Tell whether the lock is ours now."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
