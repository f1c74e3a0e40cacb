"""How far was each database when letters last left this machine? A small file that no backup puts back.

Law: what it says of a database only grows. It is replaced as a whole, and is on the disk before a letter leaves.
"""

from __future__ import annotations

import errno
import fcntl
import os
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec

from mailer.adapters.durable import sync_folder
from mailer.errors import ConfigurationError, StoreUnavailableError

LOCK_SECONDS = 2
_PASSES = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ESTALE, errno.EAGAIN)
_HINT = "MAILER_EPOCHS_FILE names a file that can be written, and is not restored together with the database"


class EpochFile:
    """The file (0600): database id -> epoch, for all databases of this user."""

    def __init__(self, path: Path, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.path = path
        self._monotonic = monotonic

    def read(self) -> Mapping[str, int]:
        """Return the epochs; none if there is no file yet.

        Raises:
            ConfigurationError: it cannot be read, or is damaged.
        """
        try:
            return msgspec.json.decode(self.path.read_bytes(), type=dict[str, int])
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise ConfigurationError(f"epochs file {self.path} cannot be read: {error.strerror}; {_HINT}") from error
        except (ValueError, msgspec.MsgspecError):
            raise ConfigurationError(
                f"epochs file {self.path} is damaged: if no backup of the database was put back, remove the file"
            ) from None

    def raise_to(self, database_id: str, epoch: int) -> None:
        """Let the file say at least `epoch` of a database.

        Raises:
            ConfigurationError: the file cannot be written.
            StoreUnavailableError: not now: the disk is full, or the like.
        """
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with self._locked():
                known = self.read()
                if known.get(database_id, 0) < epoch:
                    self._replace({**known, database_id: epoch})
        except OSError as error:
            kind = StoreUnavailableError if error.errno in _PASSES else ConfigurationError
            raise kind(f"epochs file {self.path} cannot be written: {error.strerror}; {_HINT}") from error

    @contextmanager
    def _locked(self) -> Generator[None]:
        """Keep other writers out; one that was stopped while it wrote is not waited for longer than two seconds."""
        descriptor = os.open(self.path.with_suffix(".lock"), os.O_CREAT | os.O_RDWR, 0o600)
        until = self._monotonic() + LOCK_SECONDS
        try:
            while not _try_lock(descriptor) and self._monotonic() < until:
                time.sleep(0.02)
            yield
        finally:
            os.close(descriptor)

    def _replace(self, epochs: Mapping[str, int]) -> None:
        """Put the new content in the old one's place, on the disk."""
        fresh = self.path.with_suffix(f".{os.getpid()}")
        descriptor = os.open(fresh, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(msgspec.json.format(msgspec.json.encode(epochs)) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.path)
        sync_folder(self.path.parent)


def _try_lock(descriptor: int) -> bool:
    """Take the lock if it is free; tell whether it is ours now."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
