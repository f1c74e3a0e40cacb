"""What does all this do? The embedded first run: a campaign played through in a minute on a clock of its own.

Law: everything is in a temporary folder and goes to a mail server inside this process; nothing leaves it,
and nothing is left behind.
"""

from __future__ import annotations

import asyncio
import os
import socket
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from mailer.adapters.catchall import CatchAll, CaughtMail
from mailer.adapters.starting import CONSENT, begin, campaigns_text, supporters_path
from mailer.adapters.supporter_csv import open_csv
from mailer.core.campaigns import Campaign, CountryRule, MailingKind, Status
from mailer.core.enrolment import Terms
from mailer.core.links import message_id
from mailer.core.supporters import Consent, ConsentStatement, Supporter
from mailer.flows.enrol import Filter, import_lines
from mailer.flows.send import Sender, SenderPlan
from mailer.settings import read_settings
from mailer.wiring import Installation

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from mailer.adapters.catalog import Catalog

ACTED = ("anna@people.example", "emma@people.example", "karine@people.example", "galina@people.example")
LEFT = ("noel@people.example",)
FIRST_DAY = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)  # the sample campaign has dates of its own: it plays in its time
Tell = Callable[[str], None]


class SimulatedClock:
    """A clock that stands still until it is moved, or until it is let go."""

    def __init__(self, start: datetime) -> None:
        self.now = start
        self._let_go_at: float | None = None

    def let_go(self) -> None:
        """Go on as fast as real time from now on."""
        self._let_go_at = monotonic()

    def __call__(self) -> datetime:
        """Return the simulated moment."""
        gone = 0.0 if self._let_go_at is None else monotonic() - self._let_go_at
        return self.now + timedelta(seconds=gone)


class _Quiet:
    """Tells nothing: the demo's table does."""

    def tell(self, event: str, **fields: object) -> None:
        """Drop the event."""


@dataclass(frozen=True, slots=True)
class Row:
    """What one supporter got, mailing by mailing, and why not more."""

    who: str
    where: str
    got: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Played:
    """What the demo did: a row per supporter, and how many mails of each kind were caught."""

    rows: tuple[Row, ...]
    counts: Mapping[str, int]


def run_demo(*, stay: bool, tell: Tell, show: Callable[[Played], None]) -> None:
    """Play the sample campaign and `show` who got what; then serve the inbox until Ctrl-C, if to `stay`."""
    clock = SimulatedClock(FIRST_DAY)
    with (
        tempfile.TemporaryDirectory(prefix="mailer-demo-") as folder,
        CatchAll(clock) as server,
        socket.create_server(("127.0.0.1", 0)) as inbox,
        socket.create_server(("127.0.0.1", 0)) as pages,
    ):
        installation = _install(Path(folder), server.relay_url, _url(pages), clock)
        daemon = _Daemon(installation, clock)
        campaign = _play(installation, clock, daemon, tell)
        rows = _rows(installation, campaign, server.messages)
        show(Played(tuple(rows), Counter(kind for row in rows for kind in row.got)))
        if stay:
            tell(f"look at the mails: {_url(inbox)} (Ctrl-C ends it and removes everything)")
            tell(f"join the list yourself, with any address: {_url(pages)}")
            clock.let_go()
            viewer = _inbox(server, _kind_finder(installation, campaign))
            _serve(_by_port({inbox: viewer, pages: _pages(installation)}), [inbox, pages], daemon)


def _url(listener: socket.socket) -> str:
    """Return the address of what is served on a socket."""
    return f"http://127.0.0.1:{listener.getsockname()[1]}"


def _install(folder: Path, relay_url: str, pages: str, clock: SimulatedClock) -> Installation:
    """Make an installation in `folder` whose relay is the demo's own server, and import the sample supporters."""
    environ = {
        "HOME": str(folder),
        "MAILER_RELAY_URL": relay_url,
        "MAILER_KEY_FILE": str(folder / "keys" / "keys.json"),
        "MAILER_DATABASE_URL": f"sqlite:///{folder / 'var' / 'mailer.db'}",
        "MAILER_PUBLIC_URL": pages,
    }
    settings = read_settings(environ, folder)
    begin(folder, settings.key_file, os.urandom)
    (folder / "campaigns.yaml").write_text(campaigns_text(), encoding="utf-8")
    installation = Installation(settings, clock=clock)
    _import(installation)
    return installation


def _import(installation: Installation) -> None:
    """Import the sample supporters with their statement of consent."""
    today = installation.clock().date()
    with open_csv(supporters_path()) as source:
        statement = ConsentStatement(CONSENT, today, source.name, source.sha256)
        import_lines(
            source.lines, installation.supporters, Terms(Consent.CONFIRMED, statement, today), installation.random_bytes
        )


def _play(installation: Installation, clock: SimulatedClock, daemon: _Daemon, tell: Tell) -> Campaign:
    """Launch the running sample campaign, let time pass, close it; return it."""
    catalog = installation.catalog()
    installation.publish_service(catalog, tell)
    campaign = next(c for c in catalog.campaigns.values() if c.status is Status.READY)
    publisher = installation.publisher(catalog)
    plan = publisher.plan_launch(campaign, rehearsal=False, now=clock())
    tell(f"campaign {campaign.id}: {campaign.title.text('en')}")
    publisher.launch(plan, now=clock(), hold=timedelta())
    daemon.live_a_day(tell, "the alert goes out")
    for email in ACTED:
        installation.supporters.record_action(campaign.id, email, target="", source="organiser", now=clock())
    for email in LEFT:
        installation.supporters.unsubscribe(email)
    tell(f"    {len(ACTED)} supporters say that they have written, {len(LEFT)} leaves")
    for what in (
        "nothing is due",
        "nothing is due",
        "reminders to those who have not written",
        "the same, further west",
    ):
        daemon.live_a_day(tell, what)
    _close(installation, catalog, campaign, clock)
    daemon.live_a_day(tell, "he is free: the campaign is closed, everybody gets the thanks")
    return campaign


def _close(installation: Installation, catalog: Catalog, campaign: Campaign, clock: SimulatedClock) -> None:
    """Close the campaign with what the file says of its outcome."""
    if campaign.closing is None:
        raise RuntimeError(f"the sample campaign {campaign.id} has no closing")
    installation.publisher(catalog).close(campaign, campaign.closing, now=clock())


class _Daemon:
    """What `mailer run` does, on the demo's clock: plan and send, four times a day."""

    def __init__(self, installation: Installation, clock: SimulatedClock) -> None:
        self._outside = installation.outside(_Quiet())
        self._dispatcher = installation.dispatcher()
        self._sign_ups = installation.sign_ups
        self._clock = clock

    def live_a_day(self, tell: Tell, what: str) -> None:
        """Let one day pass; what is due in it goes out."""
        tell(f"  {self._clock():%A %d %B}: {what}")
        for _ in range(4):
            self._work()
            self._clock.now += timedelta(hours=6)

    def live_on(self, stop: threading.Event) -> None:
        """Plan and send once a second until stopped: whoever joins on the pages is asked to confirm."""
        while not stop.wait(1):
            self._work()

    def _work(self) -> None:
        """Plan and send what is due."""
        self._dispatcher.tick(rehearsal=False, now=self._clock())
        self._sign_ups.tick(rehearsal=False, now=self._clock())
        asyncio.run(self._send())

    async def _send(self) -> None:
        """Send what is due now."""
        plan = SenderPlan("demo", rehearsal=False, connections=2, until_idle=True)
        await Sender(plan, self._outside, asyncio.Event()).run()


def _rows(installation: Installation, campaign: Campaign, mails: tuple[CaughtMail, ...]) -> list[Row]:
    """Return what each supporter got, in the order of joining."""
    kind_of = _kind_finder(installation, campaign)
    got: dict[str, list[str]] = {}
    for mail in mails:
        got.setdefault(mail.recipient, []).append(kind_of(mail))
    return [
        _row(supporter, campaign, tuple(got.get(supporter.person.email, ())))
        for supporter in installation.supporters.walk(Filter())
    ]


def _row(supporter: Supporter, campaign: Campaign, got: tuple[str, ...]) -> Row:
    """Return one supporter's row."""
    person = supporter.person
    where = f"{supporter.country}, {supporter.language}"
    return Row(person.name or person.email, where, got, _why(supporter, campaign, got))


def _why(supporter: Supporter, campaign: Campaign, got: tuple[str, ...]) -> str:
    """Return in words why a supporter got what they got."""
    rule = campaign.safety.countries.get(supporter.country)
    if supporter.consent is Consent.UNSUBSCRIBED:
        return "left after the alert: nothing more"
    if rule is CountryRule.NONE:
        return f"nobody in {supporter.country} is mailed (safety)"
    if not got:
        return "wishes solidarity letters only, and this case has none"
    if supporter.person.email in ACTED:
        return "has written: no reminder"
    return f"has not written; signs with initials in {supporter.country} (safety)" if rule else "has not written"


def _kind_finder(installation: Installation, campaign: Campaign) -> Callable[[CaughtMail], str]:
    """Return what tells a caught mail's mailing, by its Message-ID; who joins on the pages is asked to confirm."""
    catalog = installation.catalog()
    domain = catalog.organisation.from_address.rpartition("@")[2] if catalog.organisation else ""
    kinds = {mailing.id: mailing.kind for mailing in campaign.mailings} | {"closing": MailingKind.CLOSING}
    known = {
        message_id(campaign.id, mailing, 0, supporter.public_id, domain).encode(): kind.value
        for supporter in installation.supporters.walk(Filter())
        for mailing, kind in kinds.items()
    }

    def kind_of(mail: CaughtMail) -> str:
        head = mail.content.partition(b"\r\n\r\n")[0]
        line = next((one for one in head.split(b"\r\n") if one.lower().startswith(b"message-id:")), b"")
        otherwise = MailingKind.CONFIRM.value if b"\r\nAuto-Submitted:" in head else ""
        return known.get(line.partition(b":")[2].strip(), otherwise)

    return kind_of


def _inbox(server: CatchAll, kind_of: Callable[[CaughtMail], str]) -> ASGIApp:
    """Return the viewer of what was caught."""
    from mailer.web.inbox import create_inbox_app

    return create_inbox_app(lambda: server.messages, mailing_of=kind_of)


def _pages(installation: Installation) -> ASGIApp:
    """Return the pages that links in mails lead to."""
    from mailer.web.pages import create_app

    return create_app(installation)


def _by_port(apps: Mapping[socket.socket, ASGIApp]) -> ASGIApp:
    """Return one app that is another on each socket."""
    by_port = {listener.getsockname()[1]: app for listener, app in apps.items()}

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        await by_port[scope["server"][1]](scope, receive, send)

    return serve


def _serve(app: ASGIApp, listeners: list[socket.socket], daemon: _Daemon) -> None:
    """Serve until Ctrl-C, while the daemon works on."""
    import uvicorn

    viewer = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off"))
    stop = threading.Event()
    works = threading.Thread(target=daemon.live_on, args=(stop,), name="demo")
    works.start()
    with suppress(KeyboardInterrupt):
        viewer.run(sockets=listeners)
    stop.set()
    works.join()
