"""What runs by itself? A scheduler that ticks, senders, a reader of the mailbox, and the pages; until SIGTERM.

Crash safety: the daemon keeps nothing in memory that matters. A sender or reader that dies is started again; one
whose daemon died ends by itself; what either held is settled from the database.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from multiprocessing.context import SpawnProcess
from typing import TYPE_CHECKING, Any

from mailer.adapters.logs import open_log
from mailer.adapters.supervision import Supervised, Ticks
from mailer.core.history import file_remark
from mailer.errors import CampaignFileError, MailboxError, MailerError, TryAgainError
from mailer.readers import read_once, start_reader
from mailer.senders import send_until_idle, start_sender
from mailer.web.serving import Served, listen, serve_metrics, serve_pages
from mailer.wiring import Installation

if TYPE_CHECKING:
    from mailer.adapters.supervision import Log
    from mailer.flows.dispatch import Dispatcher
    from mailer.flows.signup import SignUps

TICK_SECONDS = 5
STOP_SECONDS = 9
Tell = Callable[[str], None]


def run_until_idle(installation: Installation, tell: Tell) -> None:
    """Read the mailbox once, then plan and send until nothing is due now.

    Raises:
        TryAgainError: letters wait, no relay can be reached, or the database was restored from a backup.
        RelayPolicyError: the relay refuses us.
    """
    _begin(installation, tell)
    log = open_log(installation.clock)
    _read_mailbox(installation, tell)
    while True:
        pages = _tick(installation, installation.dispatcher(), installation.sign_ups, log)
        send_until_idle(installation)
        if not pages:
            return


def _read_mailbox(installation: Installation, tell: Tell) -> None:
    """Take in what waits in the mailbox, if there is one; letters do not wait for one that cannot be read."""
    if not installation.settings.mailbox_url:
        return
    try:
        read_once(installation)
    except (MailboxError, TryAgainError) as error:
        tell(f"the mailbox was not read: {error}")


def _tick(installation: Installation, dispatcher: Dispatcher, sign_ups: SignUps, log: Log) -> int:
    """Plan and fill what is due, and ask who signed up to confirm; return how many pages that were.

    What supporters answered is forgotten in time.
    """
    rehearsal, now = installation.settings.is_rehearsal, installation.clock()
    installation.forgetting.tick(now)
    pages = dispatcher.tick(rehearsal=rehearsal, now=now)
    admitted = sign_ups.tick(rehearsal=rehearsal, now=now)
    if admitted.tripped:
        log.error("sign-up held", reason=admitted.tripped)
    return pages + admitted.pages


def run_daemon(installation: Installation, tell: Tell) -> None:
    """Run scheduler, senders and pages until SIGTERM or SIGINT; end within ten seconds.

    Raises:
        TryAgainError: the database was restored from a backup, before or meanwhile.
    """
    _begin(installation, tell)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    log = open_log(installation.clock)
    listener = listen(installation.settings.web_bind, "MAILER_WEB_BIND")
    servers = [one for one in (serve_metrics(installation), serve_pages(installation, listener)) if one is not None]
    scheduler = _start_scheduler(installation, stop, log)
    processes = _start_processes(installation, log)
    port = listener.getsockname()[1]
    host = installation.settings.web_bind.rpartition(":")[0]
    tell(f"running; pages on http://{host}:{port}, letters to {installation.relay_label}")
    try:
        while not stop.wait(0.5):
            for supervised in processes:
                supervised.keep_alive()
            if any(supervised.wants_another_try for supervised in processes):
                _end_if_restored(installation)
    finally:
        scheduler.shutdown(wait=False)
        _end([supervised.process for supervised in processes], servers)
        tell("ended; what was not sent waits in the database")


def _start_processes(installation: Installation, log: Log) -> list[Supervised[SpawnProcess]]:
    """Start the senders, and the reader of the mailbox if there is one."""
    start = partial(start_sender, installation)
    senders = [Supervised(start, log) for _ in range(installation.settings.sender_processes)]
    if not installation.settings.mailbox_url:
        return senders
    return [*senders, Supervised(partial(start_reader, installation), log, name="reader")]


def _end_if_restored(installation: Installation) -> None:
    """End the daemon if a process ended because a backup was put back under it."""
    notice = ""
    with suppress(MailerError):  # a database that is away is no reason to end
        notice = installation.restore_notice()
    if notice:
        raise TryAgainError(notice)


def _begin(installation: Installation, tell: Tell) -> None:
    """Take the campaign file over, and tell what will happen to letters.

    Raises:
        TryAgainError: the database was restored from a backup.
        ConfigurationError: the key that mails are signed with cannot be used.
    """
    installation.epoch.advance()
    if installation.signer is not None:  # a key that cannot be used is told now, and not by each sender
        tell(f"mails are signed with the key {installation.settings.dkim_selector} (DKIM)")
    if installation.settings.is_rehearsal:
        tell(f"DRY RUN: nothing leaves this machine; letters become files in {installation.relay_label[5:]}")
    _enter_file(installation, tell)
    for record in installation.campaigns.all():
        if record.is_running and record.real_launched_at is None and not installation.settings.is_rehearsal:
            tell(f"{record.id} was only rehearsed: nothing of it is sent before `mailer launch {record.id}`")
        if record.is_running and record.hold_until is not None and record.hold_until > installation.clock():
            tell(f"{record.id} is held until {record.hold_until:%H:%M:%S} UTC - undo: mailer stop {record.id}")


def _enter_file(installation: Installation, tell: Tell) -> None:
    """Publish the file's version of every campaign that was launched; one that is wrong stays as it was."""
    if not installation.settings.campaigns_file.exists():
        tell(f"no {installation.settings.campaigns_file}: going on with what is published")
        return
    try:
        catalog = installation.catalog()
    except CampaignFileError as error:
        tell(f"going on with what is published: {error}")
        return
    if catalog.organisation is None:
        tell(f"{installation.settings.campaigns_file} has errors: going on with what is published; see `mailer check`")
        return
    installation.publish_service(catalog, tell)
    publisher = installation.publisher(catalog)
    for record in installation.campaigns.all():
        campaign = catalog.campaigns.get(record.id)
        if campaign is None or not record.approvals or record.is_over:
            continue
        if remark := file_remark(campaign, record):
            tell(f"{record.id}: {remark}")
        try:
            publisher.enter(campaign, now=installation.clock())
        except MailerError as error:
            tell(f"{record.id} stays as it was published: {error}")


def _start_scheduler(installation: Installation, stop: threading.Event, log: Any) -> Any:
    """Start the ticking; the plan itself is in the database, so any number of daemons may tick."""
    from apscheduler.executors.pool import ThreadPoolExecutor
    from apscheduler.schedulers.background import BackgroundScheduler

    dispatcher, sign_ups = installation.dispatcher(stop.is_set), installation.signing_up(stop.is_set)
    tick = Ticks(lambda: _tick(installation, dispatcher, sign_ups, log), log)
    defaults = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    scheduler = BackgroundScheduler(timezone="UTC", executors={"default": ThreadPoolExecutor(1)}, job_defaults=defaults)
    tick()
    scheduler.add_job(tick, "interval", seconds=TICK_SECONDS)
    scheduler.start()
    return scheduler


def _end(processes: list[SpawnProcess], servers: list[Served]) -> None:
    """End processes and servers within one common time: kindly, then, if they are processes, not."""
    until = time.monotonic() + STOP_SECONDS
    for server in servers:
        server.begin_end()
    for process in processes:
        process.terminate()
    for server in servers:
        server.end(max(0.0, until - time.monotonic()))
    for process in processes:
        process.join(max(0.0, until - time.monotonic()))
        if process.is_alive():
            process.kill()
