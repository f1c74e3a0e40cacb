"""Which process reads the mailbox, and until when? One at a time: a pass, or pass after pass until SIGTERM.

Crash safety: what was read is kept before it is moved; a reader that dies is started again, and one whose daemon died
ends by itself. Law: a mailbox that cannot be reached holds up no letter.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.context import SpawnProcess
from typing import TYPE_CHECKING, Protocol

from mailer.adapters.logs import open_log
from mailer.adapters.mailbox import MailboxSettings, open_mailbox, parse_mailbox_url
from mailer.adapters.mailbox.alone import alone
from mailer.errors import MailboxError, MailboxPolicyError, MailerError, StoreUnavailableError, TryAgainError
from mailer.wiring import Clock, Installation

if TYPE_CHECKING:
    from mailer.adapters.supervision import Log
    from mailer.flows.intake import Mailbox, Taken
    from mailer.settings import Settings

LOOK_SECONDS = 60.0  # how long a mail may wait where the server does not tell that it came
FIRST_PAUSE_SECONDS = 5.0
LONGEST_PAUSE_SECONDS = 300.0
REFUSED_PAUSE_SECONDS = 900.0  # a wrong password that is tried again and again locks the account
NAP_SECONDS = 0.5

Stop = Callable[[], bool]


def read_once(installation: Installation, should_stop: Stop = lambda: False) -> Taken:
    """Read the mailbox once; return what was in it.

    Raises:
        TryAgainError: another process reads it.
        MailboxError: it cannot be read.
    """
    with alone(installation.reader_lock) as is_alone:
        if not is_alone:
            raise TryAgainError("another process reads the mailbox: `mailer run` does so by itself")
        return Passes(installation, should_stop).once()


def read_on(installation: Installation, should_stop: Stop, log: Log) -> None:
    """Read whatever comes until a stop is asked; while another process reads, wait for its end."""
    while not should_stop():
        with alone(installation.reader_lock) as is_alone:
            if is_alone:
                Patience(Passes(installation, should_stop), should_stop, log).run()
        nap(NAP_SECONDS, should_stop)


def nap(seconds: float, should_stop: Stop) -> None:
    """Let time pass, but not beyond a stop."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0 and not should_stop():
        time.sleep(min(NAP_SECONDS, left))


class Passes:
    """Passes over the mailbox of an installation; of each it is noted when it was, or why there was none."""

    def __init__(
        self,
        installation: Installation,
        should_stop: Stop,
        open_: Callable[[MailboxSettings, Stop], Mailbox] = open_mailbox,
    ) -> None:
        self._installation = installation
        self._settings = parse_mailbox_url(installation.settings.mailbox_url)
        self._should_stop = should_stop
        self._open_mailbox = open_

    def once(self) -> Taken:
        """Make one pass on a connection of its own."""
        with self._open() as mailbox:
            return self._pass(mailbox)

    def many(self, tell: Callable[[Taken], None]) -> None:
        """Make pass after pass on one connection, until a stop is asked."""
        with self._open() as mailbox:
            while not self._should_stop():
                tell(self._pass(mailbox))
                mailbox.wait(LOOK_SECONDS)

    def _pass(self, mailbox: Mailbox) -> Taken:
        """Take in all that waits."""
        taken = self._installation.intake.take(mailbox, should_stop=self._should_stop)
        if taken.is_complete:
            self._installation.incoming.note_reading(self._installation.clock())
        return taken

    @contextmanager
    def _open(self) -> Iterator[Mailbox]:
        """Open the mailbox, and close it; what is wrong with it is noted where `mailer status` finds it."""
        try:
            mailbox = self._open_mailbox(self._settings, self._should_stop)
            try:
                yield mailbox
            finally:
                mailbox.close()
        except MailboxError as error:
            self._installation.incoming.note_reading(self._installation.clock(), trouble=str(error))
            raise


class ManyPasses(Protocol):
    """What is gone on with."""

    def many(self, tell: Callable[[Taken], None]) -> None:
        """Make pass after pass, and tell what each found, until a stop is asked."""


class Patience:
    """Reading that goes on whatever happens to mailbox or database; trouble is told once, and its end."""

    def __init__(
        self, passes: ManyPasses, should_stop: Stop, log: Log, rest: Callable[[float, Stop], None] = nap
    ) -> None:
        self._passes = passes
        self._should_stop = should_stop
        self._log = log
        self._rest = rest
        self._pause = FIRST_PAUSE_SECONDS
        self._trouble = ""

    def run(self) -> None:
        """Read until a stop is asked."""
        while not self._should_stop():
            try:
                self._passes.many(self._tell)
            except (MailboxError, StoreUnavailableError) as error:
                self._note(error)
                self._rest(self._wait_after(error), self._should_stop)

    def _tell(self, taken: Taken) -> None:
        """Tell what a pass found, if it found something."""
        if self._trouble:
            self._log.info("mailbox is read again")
        self._pause, self._trouble = FIRST_PAUSE_SECONDS, ""
        if taken.counts:
            self._log.info("mailbox read", **{matter.value: count for matter, count in taken.counts.items()})

    def _note(self, error: MailerError) -> None:
        """Tell a trouble that is new."""
        if str(error) != self._trouble:
            self._log.error("mailbox not read", error=type(error).__name__, reason=str(error))
        self._trouble = str(error)

    def _wait_after(self, error: MailerError) -> float:
        """Return after how long to try again: a database that is back is noticed soon."""
        if isinstance(error, StoreUnavailableError):
            return FIRST_PAUSE_SECONDS
        if isinstance(error, MailboxPolicyError):
            return REFUSED_PAUSE_SECONDS
        wait, self._pause = self._pause, min(self._pause * 2, LONGEST_PAUSE_SECONDS)
        return wait


# --- beside this process --------------------------------------------------------------------------


class Signals:
    """Whether this process was told to stop, or was left by the one that started it."""

    def __init__(self) -> None:
        self._is_told = False
        self._parent = multiprocessing.parent_process()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)

    def __call__(self) -> bool:
        """Tell whether to stop."""
        return self._is_told or (self._parent is not None and not self._parent.is_alive())

    def _stop(self, *_: object) -> None:
        """Remember that a stop was asked."""
        self._is_told = True


def start_reader(installation: Installation) -> SpawnProcess:
    """Start the process that reads the mailbox."""
    arguments = (installation.settings, installation.clock)
    process = multiprocessing.get_context("spawn").Process(target=_reader_process, args=arguments)
    process.start()
    return process


def _reader_process(settings: Settings, clock: Clock) -> None:
    """Be the process that reads: built from plain settings, without the libraries that read them."""
    stop, log = Signals(), open_log(clock)
    try:
        read_on(Installation(settings, clock=clock), stop, log)
    except MailerError as error:
        log.error("reader ended", error=type(error).__name__, reason=str(error))
        sys.exit(error.exit_code)
