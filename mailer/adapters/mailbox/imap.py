"""How is an IMAP mailbox read? By unique ids, each mail's size before its text, and nothing marked as seen.

Crash safety: where a server offers MOVE, a mail is always in exactly one folder; elsewhere it is copied before it is
deleted, so that a crash can leave it in both, and never in none. What we delete is marked as ours in the same step, so
that the next pass expunges what a crash left marked.

Source: RFC 9051, RFC 3501; RFC 2177 (IDLE), RFC 4315 (UIDPLUS), RFC 6851 (MOVE).
"""

from __future__ import annotations

import ssl
import time
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

from imapclient import DELETED
from imapclient.exceptions import IMAPClientError

from mailer.adapters.mailbox.opening import cut, open_client, translated
from mailer.adapters.mailbox.places import BEGINNING, FOLDERS, PAGE, STOP_SECONDS
from mailer.adapters.mailbox.settings import MailboxSettings
from mailer.core.incoming import Place
from mailer.core.received import LARGEST_MAIL
from mailer.flows.intake import Incoming, Waiting

INBOX = "INBOX"
GOODBYE_SECONDS = 3
OURS = b"$MailerDone"  # beside \\Deleted; what people delete has no such mark, and is never expunged for them
_LISTED_AT_ONCE = 500  # ids in a command: servers take lines of 8,000 characters at least


class ImapMailbox:
    """The inbox of an account, over one connection. A mail's identifier is its UID, which UIDVALIDITY stands for."""

    def __init__(
        self,
        settings: MailboxSettings,
        should_stop: Callable[[], bool] = lambda: False,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self._settings = settings
        self._should_stop = should_stop
        self._client = open_client(settings, trust)
        try:
            with translated(settings.label):
                self._prefix = self._personal_prefix()
                for name in FOLDERS.values():
                    self._make(name)
                self._select()
        except BaseException:
            cut(self._client)
            raise

    @property
    def source(self) -> str:
        """Return server, account and folder, with the number that says for how long UIDs hold."""
        where = f"{self._settings.host}:{self._settings.port}/{self._settings.username}"
        return f"{where}/{INBOX};UIDVALIDITY={self._validity}"

    def pages(self) -> Iterator[Sequence[Waiting]]:
        """Return all that is in the inbox now, oldest first; `source` is right when this has returned."""
        with translated(self._settings.label):
            count = self._select()
            if left := self._client.search(["DELETED", "KEYWORD", OURS]):
                self._expunge(left)
                count = self._select()
            uids, sizes = self._listed(count)
        return (
            tuple(Waiting(str(uids[n]), sizes[n]) for n in range(start, min(start + PAGE, len(uids))))
            for start in range(0, len(uids), PAGE)
        )

    def fetch(self, waiting: Waiting) -> Incoming | None:
        """Return a mail; None if somebody took it away meanwhile."""
        most = BEGINNING if waiting.size > LARGEST_MAIL else LARGEST_MAIL + 1
        uid = int(waiting.identifier)
        with translated(self._settings.label):
            found = self._client.fetch([uid], [f"BODY.PEEK[]<0.{most}>"]).get(uid, {})
        octets = found.get(b"BODY[]<0>")
        if octets is None:
            return None
        return Incoming(self.source, waiting.identifier, max(waiting.size, len(octets)), octets)

    def move(self, identifiers: Sequence[str], place: Place) -> None:
        """Move mails out of the inbox; one that is there no more is no error."""
        if place is Place.INBOX:
            return
        uids = [int(identifier) for identifier in identifiers]
        with translated(self._settings.label):
            for start in range(0, len(uids), _LISTED_AT_ONCE):
                self._move(uids[start : start + _LISTED_AT_ONCE], place)

    def wait(self, seconds: float) -> None:
        """Return when the server tells that something came or went, or after so long."""
        until = time.monotonic() + seconds
        with translated(self._settings.label):
            if self._client.has_capability("IDLE"):
                return self._idle(until)
        while (left := until - time.monotonic()) > 0 and not self._should_stop():
            time.sleep(min(STOP_SECONDS, left))
        return None

    def close(self) -> None:
        """End the connection."""
        try:
            self._client.socket().settimeout(GOODBYE_SECONDS)
            self._client.logout()
        except (OSError, IMAPClientError):
            cut(self._client)

    def _select(self) -> int:
        """Open the inbox as it is now; return how many mails are in it."""
        told = self._client.select_folder(INBOX)
        self._validity = int(told.get(b"UIDVALIDITY", 0))
        self._marks = [DELETED, OURS] if rb"\*" in told.get(b"PERMANENTFLAGS", ()) else [DELETED]
        return int(told.get(b"EXISTS", 0))

    def _listed(self, count: int) -> tuple[array[int], array[int]]:
        """Return UID and size of each of the first `count` mails that is not marked as deleted.

        They are asked for by their place in the folder: all UIDs in one answer would be a line without bounds.
        """
        uids, sizes = array("Q"), array("Q")
        self._client.use_uid = False
        try:
            for start in range(1, count + 1, _LISTED_AT_ONCE):
                wanted = range(start, min(start + _LISTED_AT_ONCE, count + 1))
                for told in self._client.fetch(wanted, ["UID", "RFC822.SIZE", "FLAGS"]).values():
                    if b"UID" in told and DELETED not in told.get(b"FLAGS", ()):
                        uids.append(told[b"UID"])
                        sizes.append(told.get(b"RFC822.SIZE", 0))
        finally:
            self._client.use_uid = True
        return uids, sizes

    def _move(self, uids: list[int], place: Place) -> None:
        """Move a few mails, by whatever the server offers."""
        if place is Place.GONE:
            return self._delete(uids)
        aim = self._prefix + FOLDERS[place]
        if self._client.has_capability("MOVE"):
            self._client.move(uids, aim)
            return None
        self._client.copy(uids, aim)
        return self._delete(uids)

    def _delete(self, uids: list[int]) -> None:
        """Delete mails."""
        self._client.add_flags(uids, self._marks, silent=True)
        self._expunge(uids)

    def _expunge(self, uids: Sequence[int]) -> None:
        """Expunge what is marked; without UIDPLUS only if that deletes none that somebody else has marked."""
        if self._client.has_capability("UIDPLUS"):
            self._client.uid_expunge(uids)
        elif set(self._client.search("DELETED")) <= set(uids):
            self._client.expunge()

    def _personal_prefix(self) -> str:
        """Return what the names of an account's own folders begin with: nothing, or "INBOX." on some servers."""
        if not self._client.has_capability("NAMESPACE"):
            return ""
        personal = self._client.namespace().personal
        return str(personal[0][0]) if personal else ""

    def _make(self, name: str) -> None:
        """Make a folder if it lacks."""
        folder = self._prefix + name
        if not self._client.folder_exists(folder):
            self._client.create_folder(folder)
            with suppress(IMAPClientError):  # so that mail programs show it; not all servers know of it
                self._client.subscribe_folder(folder)

    def _idle(self, until: float) -> None:
        """Listen until something is told, until then, or until a stop is asked; a connection that ended says so."""
        self._client.idle()
        while (left := until - time.monotonic()) > 0 and not self._should_stop():
            began, slice_ = time.monotonic(), min(STOP_SECONDS, left)
            told = self._client.idle_check(timeout=slice_)
            is_early = time.monotonic() - began < slice_ / 2
            if any(line[0] != b"OK" for line in told) or (not told and is_early):
                break
        self._client.idle_done()
