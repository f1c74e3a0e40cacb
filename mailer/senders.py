"""Which processes send, and until when? One in this process, others beside it, until idle or until SIGTERM.

Crash safety: a sender whose parent died ends by itself, and what one that was killed held is settled by the others.
"""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
import signal
import sys
import threading
from collections.abc import Callable
from multiprocessing.context import SpawnProcess
from types import TracebackType
from typing import TYPE_CHECKING, Self

from mailer.adapters.logs import LogReporter, open_log
from mailer.errors import MailerError
from mailer.flows.send import Outside, Sender, SenderPlan
from mailer.wiring import Clock, Installation

if TYPE_CHECKING:
    from mailer.settings import Settings

HELP_AFTER_SECONDS = 2.0  # a run that is over by then would only have waited for its helpers to start
FEWER_LOOKS = 50_000  # objects: letters leave no cycles behind


def run_sender(installation: Installation, *, until_idle: bool, alone: bool = False) -> bool:
    """Send in this process until idle, or until SIGTERM or SIGINT; return whether it was told to stop.

    One that is `alone` on its machine opens as many connections as several together.
    """
    settings = installation.settings
    connections = settings.lone_connections if alone else settings.relay_connections
    with installation.epoch.raised(), installation.worker_lock() as lock:
        plan = SenderPlan(lock.name, settings.is_rehearsal, connections, until_idle, settings.smtp_window)
        outside = installation.outside(LogReporter(open_log(installation.clock)))
        with asyncio.Runner(loop_factory=loop_factory()) as runner:
            return runner.run(_send(plan, outside))


def loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """Return what makes the loop that letters are sent in; None for the standard one, where there is no other."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


async def _send(plan: SenderPlan, outside: Outside) -> bool:
    """Run a sender with signals that stop it cleanly, and end with the process that started it."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    watch = asyncio.create_task(_follow_parent(stop))
    try:
        await Sender(plan, outside, stop).run()
    finally:
        watch.cancel()
    return stop.is_set()


async def _follow_parent(stop: asyncio.Event) -> None:
    """Stop when the process that started this one is gone."""
    parent = multiprocessing.parent_process()
    while parent is not None and parent.is_alive():
        await asyncio.sleep(1)
    if parent is not None:
        stop.set()


# --- beside this process --------------------------------------------------------------------------


def start_sender(installation: Installation, *, until_idle: bool = False) -> SpawnProcess:
    """Start one sender process."""
    arguments = (installation.settings, installation.clock, until_idle)
    process = multiprocessing.get_context("spawn").Process(target=_sender_process, args=arguments)
    process.start()
    return process


def _sender_process(settings: Settings, clock: Clock, until_idle: bool) -> None:
    """Be a sender process: built from plain settings, without the libraries that read them."""
    gc.set_threshold(FEWER_LOOKS)
    try:
        run_sender(Installation(settings, clock=clock), until_idle=until_idle)
    except MailerError as error:
        if not until_idle:  # else whoever waits for it tells what is left
            open_log(clock).error("sender ended", error=type(error).__name__, reason=str(error))
        sys.exit(error.exit_code)


def send_until_idle(installation: Installation) -> None:
    """Send until nothing is due, in as many processes as are set; the others join when it takes more than a moment.

    Raises:
        TryAgainError: letters wait, or no relay can be reached.
        RelayPolicyError: the relay refuses us.
    """
    with Helpers(
        lambda: start_sender(installation, until_idle=True), installation.settings.sender_processes - 1
    ) as helpers:
        helpers.is_stopped = run_sender(installation, until_idle=True)
    if helpers.have_failed and not helpers.is_stopped:
        run_sender(installation, until_idle=True)  # it sends, or tells, what they left


class Helpers:
    """Sender processes that join a run which lasts; its end waits for theirs, a stop or an error ends them too."""

    def __init__(
        self, start: Callable[[], SpawnProcess], count: int, after_seconds: float = HELP_AFTER_SECONDS
    ) -> None:
        self._start = start
        self._count = count
        self._timer = threading.Timer(after_seconds, self._begin)
        self._processes: list[SpawnProcess] = []
        self.is_stopped = True  # until the run says otherwise

    def __enter__(self) -> Self:
        """Begin to count the time."""
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wait for those that were started."""
        self._timer.cancel()
        self._timer.join()
        for process in self._processes:
            if self.is_stopped:
                process.terminate()
            process.join()

    @property
    def have_failed(self) -> bool:
        """Tell whether any of them ended before nothing was due, or had to say something."""
        return any(process.exitcode != 0 for process in self._processes)

    def _begin(self) -> None:
        """Start them."""
        self._processes.extend(self._start() for _ in range(self._count))
