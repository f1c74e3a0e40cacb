"""What came into the mailbox? Each mail is read and decided in its own guard, kept as an event, and then moved.

Law: an event and all that follows from it are in one transaction, committed before the mail is moved. Who is killed in
between finds the event again and only moves; a mail that cannot be read goes to quarantine and stops nothing. What is
the matter with the database or the mailbox is no mail's fault: it ends the pass, and the next one goes on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from mailer.core.docket import Docket
from mailer.core.incoming import UNREADABLE, Finding, Matter, Place, decide
from mailer.core.offices import Published
from mailer.core.received import LARGEST_MAIL, Received
from mailer.errors import MailboxError, StoreError, StoreUnavailableError, TryAgainError
from mailer.flows.clues import Gathering, Tools

TOGETHER = 16  # mails of one transaction: waiting for the disk costs as much as all else of a mail
TRIES = 3  # a mail on which the mailbox breaks so often in a row is passed over until the others are done


@dataclass(frozen=True, slots=True)
class Waiting:
    """One mail of the inbox, not fetched yet; `identifier` is stable until it is moved."""

    identifier: str
    size: int


@dataclass(frozen=True, slots=True)
class Incoming:
    """One mail as it was fetched; of one larger than `LARGEST_MAIL` the octets are only the beginning."""

    source: str
    identifier: str
    size: int
    octets: bytes = field(repr=False)


class Mailbox(Protocol):
    """Where mails wait. All but `close` raise MailboxError when it cannot be reached."""

    @property
    def source(self) -> str:
        """Return the mailbox's stable name, without a password: "imap.example/user/INBOX;UIDVALIDITY=7"."""

    def pages(self) -> Iterator[Sequence[Waiting]]:
        """Return all that is in the inbox, oldest first, at most a few hundred a page."""

    def fetch(self, waiting: Waiting) -> Incoming | None:
        """Return a mail; None if somebody took it away meanwhile."""

    def move(self, identifiers: Sequence[str], place: Place) -> None:
        """Move mails out of the inbox; one that is there no more is no error."""

    def wait(self, seconds: float) -> None:
        """Return when something may have come, or after so long."""

    def close(self) -> None:
        """End the connection."""


class EventStore(Protocol):
    """Where events are kept. All raise StoreError."""

    def places(self, source: str, identifiers: Sequence[str]) -> Mapping[str, Place]:
        """Return where mails belong that were looked at already, by identifier."""

    def keep(self, source: str, found: Mapping[str, Finding], now: datetime) -> frozenset[str]:
        """Keep what mails are, by identifier, and do what follows, in one transaction; return who is new of them."""

    def forget_taken(self, source: str, seen: Collection[str]) -> int:
        """Forget the mails that waited and wait no more; return how many."""


class Warn(Protocol):
    """Where is told what mends itself; ids only, never a name, an address or a word of a mail."""

    def __call__(self, event: str, **fields: object) -> object:
        """Tell one event."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What one pass did: mails that are new by what they were, how many were moved, and how many wait for people.

    `is_complete` is False if it was stopped before the end.
    """

    counts: Mapping[Matter, int]
    moved: int = 0
    left: int = 0
    is_complete: bool = True


@dataclass(frozen=True, slots=True)
class Outside:
    """What a pass reaches out to."""

    store: EventStore
    published: Callable[[], Sequence[Published]]
    read: Callable[[bytes], Received]
    tools: Tools
    clock: Callable[[], datetime]
    warn: Warn


class Intake:
    """Works through a mailbox."""

    def __init__(self, outside: Outside) -> None:
        self._outside = outside
        self._tries: Counter[str] = Counter()

    def take(self, mailbox: Mailbox, should_stop: Callable[[], bool] = lambda: False) -> Taken:
        """Look at all that is new in the inbox, and move what belongs elsewhere.

        Raises:
            StoreError: the database cannot be read or written.
            MailboxError: the mailbox cannot be reached.
        """
        one_pass = _Pass(self._outside, mailbox, should_stop, self._tries)
        for page in mailbox.pages():
            one_pass.work(page)
            if should_stop():
                return one_pass.taken(is_complete=False)
        self._outside.store.forget_taken(mailbox.source, one_pass.left)
        self._tries.clear()
        return one_pass.taken(is_complete=True)


class _Pass:
    """One way through the inbox."""

    def __init__(
        self, outside: Outside, mailbox: Mailbox, should_stop: Callable[[], bool], tries: Counter[str]
    ) -> None:
        self._tries = tries
        self._outside = outside
        self._mailbox = mailbox
        self._should_stop = should_stop
        self._counts: Counter[Matter] = Counter()
        self._moved = 0
        self.left: set[str] = set()

    def taken(self, *, is_complete: bool) -> Taken:
        """Return what was done so far."""
        return Taken(dict(self._counts), self._moved, len(self.left), is_complete)

    def work(self, page: Sequence[Waiting]) -> None:
        """Decide what is new of a page, and move all of it that belongs elsewhere."""
        outside, source = self._outside, self._mailbox.source
        places = dict(outside.store.places(source, [waiting.identifier for waiting in page]))
        new = [waiting for waiting in page if waiting.identifier not in places]
        docket = Docket(outside.published() if new else (), outside.tools.words, outside.clock())
        for start in range(0, len(new), TOGETHER):
            found = dict(self._found(new[start : start + TOGETHER], docket))
            places |= self._keep(found)
        self._move(places)

    def _found(self, batch: Sequence[Waiting], docket: Docket) -> Iterator[tuple[str, Finding]]:
        """Yield what mails are, by identifier, until a stop is asked."""
        for waiting in batch:
            incoming = None if self._should_stop() else self._fetched(waiting)
            if incoming is not None:
                yield incoming.identifier, self._decide(incoming, docket)

    def _fetched(self, waiting: Waiting) -> Incoming | None:
        """Return a mail; None if it is gone, or if the mailbox broke on it again and again."""
        if self._tries[waiting.identifier] >= TRIES:
            self._outside.warn("a mail is passed over: the mailbox breaks on it", mail=waiting.identifier)
            return None
        self._tries[waiting.identifier] += 1
        incoming = self._mailbox.fetch(waiting)
        del self._tries[waiting.identifier]
        return incoming

    def _keep(self, found: Mapping[str, Finding]) -> Mapping[str, Place]:
        """Keep what mails are; return where they belong.

        If that fails for whatever hostile reason, each is kept by itself, so that one does not hold up the others.
        """
        try:
            return self._commit(found) if found else {}
        except (StoreUnavailableError, TryAgainError):
            raise
        except Exception:
            alone = [self._keep_alone(identifier, finding) for identifier, finding in found.items()]
            return {identifier: place for kept in alone for identifier, place in kept.items()}

    def _keep_alone(self, identifier: str, finding: Finding) -> Mapping[str, Place]:
        """Keep what one mail is; what cannot be done of it is left out, and a person looks at it."""
        try:
            return self._commit({identifier: finding})
        except (StoreUnavailableError, TryAgainError):
            raise
        except Exception as error:
            self._tell(identifier, error)
            return self._commit({identifier: UNREADABLE})  # fails again if the database is at fault

    def _commit(self, found: Mapping[str, Finding]) -> Mapping[str, Place]:
        """Keep what mails are, in one transaction; return where they belong."""
        store, source = self._outside.store, self._mailbox.source
        new = store.keep(source, found, self._outside.clock())
        self._counts.update(found[identifier].matter for identifier in new)
        places = {identifier: finding.place for identifier, finding in found.items()}
        others = [identifier for identifier in found if identifier not in new]  # another reader was quicker
        return places | dict(store.places(source, others)) if others else places

    def _decide(self, incoming: Incoming, docket: Docket) -> Finding:
        """Return what a mail is, in its own guard."""
        if incoming.size > LARGEST_MAIL:
            return UNREADABLE
        try:
            received = self._outside.read(incoming.octets)
            return decide(Gathering(received, docket, self._outside.tools).clues())
        except (StoreError, MailboxError, TryAgainError):
            raise
        except Exception as error:
            self._tell(incoming.identifier, error)
            return UNREADABLE

    def _tell(self, identifier: str, error: Exception) -> None:
        """Log that a mail could not be read: what went wrong, and nothing that stands in it."""
        self._outside.warn("a mail goes to quarantine", mail=identifier, error=type(error).__name__)

    def _move(self, places: Mapping[str, Place]) -> None:
        """Move mails to where they belong."""
        for place in Place:
            mails = [identifier for identifier, belongs in places.items() if belongs is place]
            if place is Place.INBOX:
                self.left.update(mails)
            elif mails:
                self._mailbox.move(mails, place)
                self._moved += len(mails)
