"""What does all this do? The embedded first run: a campaign played through in a minute on a clock of its own.

Law: everything is in a temporary folder and goes to a mail server inside this process; nothing leaves it,
and nothing is left behind.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from mailer.adapters.catchall import CatchAll, CaughtMail
from mailer.adapters.starting import CONSENT, begin, campaigns_text, supporters_path
from mailer.adapters.supporter_csv import open_csv
from mailer.core.campaigns import Campaign, MailingKind, Status
from mailer.core.enrolment import Terms
from mailer.core.links import message_id
from mailer.core.supporters import Consent, ConsentStatement, Supporter
from mailer.flows.enrol import Filter, import_lines
from mailer.flows.send import Outside, Sender, SenderPlan
from mailer.settings import read_settings
from mailer.wiring import Installation, system_clock

if TYPE_CHECKING:
    from mailer.adapters.catalog import Catalog

ACTED = ("anna@people.example", "emma@people.example", "karine@people.example", "galina@people.example")
LEFT = ("noel@people.example",)
Tell = Callable[[str], None]


class SimulatedClock:
    """A clock that stands still until it is moved."""

    def __init__(self, start: datetime) -> None:
        self.now = start

    def __call__(self) -> datetime:
        """Return the simulated moment."""
        return self.now


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


def run_demo(*, stay: bool, tell: Tell = lambda line: print(line, file=sys.stderr)) -> None:  # noqa: T201 - the terminal
    """Play the sample campaign; then print who got what, and show the inbox until Ctrl-C."""
    from mailer.cli.terminal import print_table

    clock = SimulatedClock(system_clock())
    with tempfile.TemporaryDirectory(prefix="mailer-demo-") as folder, CatchAll(clock) as server:
        installation = _install(Path(folder), server, clock)
        campaign = _play(installation, clock, tell)
        rows = _rows(installation, campaign, server.messages)
        print_table(("supporter", "country, language", *_KINDS, "why"), _cells(rows))
        counted = Counter(kind for row in rows for kind in row.got)
        tell(f"{len(server.messages)} mails were sent: {', '.join(f'{n} {kind}' for kind, n in counted.items())}")
        if stay and sys.stdin.isatty() and sys.stdout.isatty():
            _show_inbox(server, _kind_finder(installation, campaign), tell)


_KINDS = ("alert", "reminder", "closing")


def _install(folder: Path, server: CatchAll, clock: SimulatedClock) -> Installation:
    """Make an installation in `folder` whose relay is the demo's own server, and import the sample supporters."""
    environ = {
        "HOME": str(folder),
        "MAILER_RELAY_URL": server.relay_url,
        "MAILER_KEY_FILE": str(folder / "keys" / "keys.json"),
        "MAILER_DATABASE_URL": f"sqlite:///{folder / 'var' / 'mailer.db'}",
        "MAILER_PUBLIC_URL": "http://127.0.0.1:8080",
    }
    settings = read_settings(environ, folder)
    begin(folder, settings.key_file, os.urandom)
    (folder / "campaigns.yaml").write_text(campaigns_text(), encoding="utf-8")
    installation = Installation(replace(settings, campaigns_file=folder / "campaigns.yaml"), clock=clock)
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


def _play(installation: Installation, clock: SimulatedClock, tell: Tell) -> Campaign:
    """Launch the running sample campaign, let time pass, close it; return it."""
    catalog = installation.catalog()
    campaign = next(c for c in catalog.campaigns.values() if c.status is Status.READY)
    publisher = installation.publisher(catalog)
    plan = publisher.plan_launch(campaign, rehearsal=False, now=clock())
    tell(f"campaign {campaign.id}: {campaign.title.text('en')}")
    publisher.launch(plan, now=clock(), hold=timedelta())
    _tick(installation, tell, "the alert goes out")
    for email in ACTED:
        installation.supporters.record_action(campaign.id, email, target="", source="organiser", now=clock())
    for email in LEFT:
        installation.supporters.unsubscribe(email)
    tell(f"  {len(ACTED)} supporters say that they have written, {len(LEFT)} leaves")
    for day in range(1, 5):
        clock.now += timedelta(days=1)
        _tick(installation, tell, f"day {day}")
    _close(installation, catalog, campaign, clock)
    _tick(installation, tell, "the campaign is closed")
    return campaign


def _close(installation: Installation, catalog: Catalog, campaign: Campaign, clock: SimulatedClock) -> None:
    """Close the campaign with what the file says of its outcome."""
    if campaign.closing is None:
        raise RuntimeError(f"the sample campaign {campaign.id} has no closing")
    installation.publisher(catalog).close(campaign, campaign.closing, now=clock())


def _tick(installation: Installation, tell: Tell, what: str) -> None:
    """Plan and send what is due now, hour by hour until everybody's window has opened."""
    clock = installation.clock
    if not isinstance(clock, SimulatedClock):
        raise TypeError("a demo runs on a simulated clock")
    tell(f"  {clock():%A %d %B %H:%M} UTC: {what}")
    start = clock()
    for hour in range(24):
        clock.now = start + timedelta(hours=hour)
        installation.dispatcher().tick(rehearsal=False, now=clock())
        asyncio.run(_send(installation))
    clock.now = start


async def _send(installation: Installation) -> None:
    """Send what is due now."""
    plan = SenderPlan("demo", rehearsal=False, connections=2, until_idle=True)
    outside = Outside(installation.outbox, installation.desk(), installation.connect, installation.clock, _Quiet())
    await Sender(plan, outside, asyncio.Event()).run()


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
    if not got:
        return f"nobody in {supporter.country} is mailed (safety)" if rule else "nothing could be done from there"
    if supporter.person.email in ACTED:
        return "has written: no reminder"
    if rule:
        return f"safety rule of {supporter.country}: {rule}"
    return "solidarity letters only, as they wished" if supporter.person.safety == "solidarity" else ""


def _cells(rows: list[Row]) -> list[list[str]]:
    """Return the table's cells: a tick for each mailing that arrived."""
    return [[row.who, row.where, *("yes" if kind in row.got else "-" for kind in _KINDS), row.why] for row in rows]


def _kind_finder(installation: Installation, campaign: Campaign) -> Callable[[CaughtMail], str]:
    """Return what tells a caught mail's mailing, by its Message-ID."""
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
        return known.get(line.partition(b":")[2].strip(), "")

    return kind_of


def _show_inbox(server: CatchAll, kind_of: Callable[[CaughtMail], str], tell: Tell) -> None:
    """Serve the inbox on a free port of this machine until Ctrl-C."""
    import socket

    import uvicorn

    from mailer.web.inbox import create_inbox_app

    app = create_inbox_app(lambda: server.messages, mailing_of=kind_of)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        viewer = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
        thread = threading.Thread(target=viewer.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        tell(f"look at the mails: http://127.0.0.1:{port} (Ctrl-C ends it and removes everything)")
        try:
            thread.join()
        except KeyboardInterrupt:
            viewer.should_exit = True
            thread.join(5)
