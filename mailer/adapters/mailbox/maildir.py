"""How is a Maildir read? One file is one mail; what lies beside mails is left alone.

Crash safety: a mail goes from folder to folder in one step of the system (rename), so that it is always in exactly
one. Law: a link, a device or a folder under a mail's name is no mail, and is neither opened nor moved.

Source: Maildir as its author describes it; folders within it as Maildir++ has them (Courier, Dovecot). The standard
library's reader lists all of it for every mail that it looks for: 50,000 mails would take hours.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from heapq import nsmallest
from pathlib import Path

from mailer.adapters.mailbox.places import BEGINNING, FOLDERS, PAGE, STOP_SECONDS
from mailer.core.incoming import Place
from mailer.core.received import LARGEST_MAIL
from mailer.errors import MailboxUnavailableError
from mailer.flows.intake import Incoming, Waiting

NAMES_AT_ONCE = 5_000  # whatever the mailbox holds, no more of its names are in memory
LONGEST_NAME = 240  # octets; file systems take 255
_INBOX = ("new", "cur")
_ONLY_A_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class MaildirMailbox:
    """A Maildir of this machine. A mail's identifier is its unique name and its size: neither changes in the inbox."""

    def __init__(self, folder: Path, should_stop: Callable[[], bool] = lambda: False) -> None:
        self._folder = folder
        self._should_stop = should_stop
        self._paths: dict[str, Path] = {}
        with self._translated():
            self._seen = self._times()

    @property
    def source(self) -> str:
        """Return the folder."""
        return str(self._folder)

    def pages(self) -> Iterator[Sequence[Waiting]]:
        """Return all that is in the inbox, oldest first as names go; what comes meanwhile may be among it."""
        with self._translated():
            self._seen = self._times()
        after = ""
        while names := self._names(after):
            for start in range(0, len(names), PAGE):
                yield self._page(names[start : start + PAGE])
            after = names[-1][0]

    def fetch(self, waiting: Waiting) -> Incoming | None:
        """Return a mail; None if it is there no more. Of one that may not be read there is not a letter."""
        path = self._path(waiting.identifier)
        if path is None:
            return None
        with self._translated():
            try:
                descriptor = os.open(path, _ONLY_A_FILE)
            except FileNotFoundError:
                return None
            except PermissionError:
                return Incoming(self.source, waiting.identifier, waiting.size, b"")
            with os.fdopen(descriptor, "rb") as file:
                size = os.fstat(descriptor).st_size
                octets = file.read(BEGINNING if size > LARGEST_MAIL else LARGEST_MAIL + 1)
        return Incoming(self.source, waiting.identifier, max(size, len(octets)), octets)

    def move(self, identifiers: Sequence[str], place: Place) -> None:
        """Move mails out of the inbox; one that is there no more is no error."""
        if place is Place.INBOX:
            return
        with self._translated():
            aim = None if place is Place.GONE else self._made(FOLDERS[place])
            for identifier in identifiers:
                path = self._path(identifier)
                if path is not None:
                    _take_away(path, aim)

    def wait(self, seconds: float) -> None:
        """Return when the inbox is another than when its pages were last asked for, or after so long."""
        until = time.monotonic() + seconds
        with self._translated():
            while (left := until - time.monotonic()) > 0 and not self._should_stop() and self._times() == self._seen:
                time.sleep(min(STOP_SECONDS, left))

    def close(self) -> None:
        """Do nothing: no connection is open."""

    def _times(self) -> tuple[int, ...]:
        """Return when something last came or went."""
        return tuple((self._folder / name).stat().st_mtime_ns for name in _INBOX)

    def _names(self, after: str) -> list[tuple[str, str]]:
        """Return the next mails by unique name, each with its file's path."""
        with self._translated():
            return nsmallest(NAMES_AT_ONCE, (found for found in self._entries() if found[0] > after))

    def _entries(self) -> Iterator[tuple[str, str]]:
        """Return what could be a mail by its name."""
        for folder in _INBOX:
            with os.scandir(self._folder / folder) as entries:
                for entry in entries:
                    if not entry.name.startswith(".") and entry.name.isprintable():
                        yield entry.name.partition(":")[0], entry.path

    def _page(self, names: Sequence[tuple[str, str]]) -> tuple[Waiting, ...]:
        """Return those that are mails, and remember where they are."""
        found = []
        for unique, path in ((unique, Path(path)) for unique, path in names):
            with suppress(OSError):
                status = path.lstat()
                if stat.S_ISREG(status.st_mode):
                    found.append((Waiting(f"{unique}/{status.st_size}", status.st_size), path))
        self._paths = {waiting.identifier: path for waiting, path in found}
        return tuple(waiting for waiting, _ in found)

    def _path(self, identifier: str) -> Path | None:
        """Return where a mail is now: a mail program renames it when it is looked at, or answered."""
        path = self._paths.get(identifier)
        if path is not None and path.exists():
            return path
        unique, _, size = identifier.rpartition("/")
        with self._translated():
            there = [Path(path) for name, path in self._entries() if name == unique]
            return next((path for path in there if str(path.lstat().st_size) == size), None)

    def _made(self, name: str) -> Path:
        """Return the place for mails in a folder of the Maildir, which is made if it lacks."""
        folder = self._folder / f".{name}"
        aim = folder / "cur"
        if not aim.is_dir():
            for part in ("tmp", "new", "cur"):
                (folder / part).mkdir(mode=0o700, parents=True, exist_ok=True)
            (folder / "maildirfolder").touch(mode=0o600)
        return aim

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn a fault of the file system into our error: the mails are still there."""
        try:
            yield
        except OSError as error:
            told = f"maildir:{self._folder}: {error.strerror or type(error).__name__}"
            hint = "; a Maildir has the folders new, cur and tmp" if isinstance(error, FileNotFoundError) else ""
            raise MailboxUnavailableError(told + hint) from error


def _take_away(path: Path, aim: Path | None) -> None:
    """Move a file to a folder under a name that is free there, or delete it; one that is gone is no error."""
    with suppress(FileNotFoundError):
        if aim is None:
            return path.unlink()
        unique, colon, flags = _short(path.name).partition(":")
        names = (f"{unique}{number}:{flags if colon else '2,'}" for number in ("", *(f".{n}" for n in range(2, 1000))))
        path.rename(next(aim / name for name in names if not os.path.lexists(aim / name)))
    return None


def _short(name: str) -> str:
    """Return a file's name, or one made of it where it leaves no room for flags and a number."""
    octets = os.fsencode(name)
    return name if len(octets) <= LONGEST_NAME else sha256(octets).hexdigest()
