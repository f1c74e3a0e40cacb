"""What do supporters, scanners and attackers meet? An installation with its pages and a relay, in one process.

Law: time stands still until a test moves it; a mail is what the relay took, a page is what the app answered.
"""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import unescape
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import Engine, MetaData, Table, inspect, select
from starlette.applications import Starlette

from mailer.adapters.store.engine import reading
from mailer.core.campaigns import CampaignId
from mailer.core.enrolment import Applicant
from mailer.core.supporters import Supporter
from mailer.core.tokens import Purpose, derive
from mailer.flows.send import Sender, SenderPlan
from mailer.web.pages import create_app
from mailer.wiring import Installation
from tests.campaign_files import DESIGN_EXAMPLE
from tests.databases import enter_all
from tests.fakes import FakeReporter
from tests.homes import begin_with, installed
from tests.smtp_server import SmtpServer, running

START = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
CASE = CampaignId("prisoner-2026")
ENDED, HALTED, WAITING = (CampaignId(name) for name in ("ended", "halted", "waiting"))
READ_FOR = timedelta(seconds=10)  # how long somebody reads a form
Dump = Mapping[str, Sequence[tuple[Any, ...]]]
_LINK = re.compile(r'(?:https?|mailto|tel):[^\s"<>]+')
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')

_OTHER_CASE = """\
  - id: {id}
    status: ready
    country: KZ
    title: {{en: "The {id} case", ru: "Дело {id}"}}
    people: [{{name: B. Example, agreed: union}}]
    summary: {{en: "Jailed for a strike.", ru: "В тюрьме за забастовку."}}
    demands: [{{id: release, standard: release}}]
    write_until: 2026-12-20
    targets: [{{id: court, name: {{en: Court, ru: Суд}}, email: {id}@justice.example}}]
"""


def campaigns_text() -> str:
    """Return a file with four campaigns; one has every kind of channel."""
    text = DESIGN_EXAMPLE.read_text(encoding="utf-8").replace("max_per_week: 3 ", "max_per_week: 30 ")
    text = text.replace("    pace: {per_hour: 5000}\n", "")  # time stands still: a limit would never be lifted
    return text + "".join(_OTHER_CASE.format(id=name) for name in (ENDED, HALTED, WAITING))


class HandClock:
    """A clock that is moved by hand."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """Return the moment that it shows."""
        return self.now

    def forward(self, span: timedelta) -> None:
        """Move it on."""
        self.now += span


@dataclass(frozen=True, slots=True)
class Website:
    """An installation that sends to `relay`, its pages (`app`), and the clock that both read."""

    installation: Installation
    clock: HandClock
    relay: SmtpServer
    app: Starlette
    client: Mapping[str, Any] = field(default_factory=dict)

    def ask(self, path: str, method: str = "GET", **options: Any) -> httpx.Response:
        """Send one request to the pages; what they let through would be raised."""
        return self.ask_all([(path, method)], **options)[0]

    def post(self, path: str, fields: Mapping[str, str] | None = None, **options: Any) -> httpx.Response:
        """Send a form."""
        return self.ask(path, "POST", data=dict(fields or {}), **options)

    def ask_all(self, requests: Sequence[tuple[str, str]], **options: Any) -> list[httpx.Response]:
        """Send many requests (path, method), one after the other."""

        async def all_of_them() -> list[httpx.Response]:
            transport = httpx.ASGITransport(app=self.app, **self.client)
            async with httpx.AsyncClient(transport=transport, base_url=self.url) as client:
                return [await client.request(method, path, **options) for path, method in requests]

        return on_a_thread(lambda: asyncio.run(all_of_them()))

    @property
    def url(self) -> str:
        """Return where the pages are."""
        return self.installation.settings.public_url

    def path(self, url: str) -> str:
        """Return the path of one of our own links."""
        assert url.startswith(f"{self.url}/"), url
        return url.removeprefix(self.url)

    def launch(self, *campaigns: str) -> None:
        """Publish the service mails, and release campaigns without a hold."""
        catalog = self.installation.catalog()
        self.installation.publish_service(catalog, lambda words: None)
        publisher, now = self.installation.publisher(catalog), self.clock()
        for each in campaigns:
            campaign, _ = self.installation.campaign(each, catalog=catalog)
            publisher.launch(publisher.plan_launch(campaign, rehearsal=False, now=now), now=now, hold=timedelta())

    def close(self, campaign_id: str) -> None:
        """Close a campaign with the closing of the file, or a short one."""
        from mailer.core.campaigns import Closing, Outcome
        from mailer.core.texts import LocalText

        campaign, catalog = self.installation.campaign(campaign_id)
        closing = campaign.closing or Closing(
            Outcome.RELEASED, LocalText({"en": "She is free.", "ru": "Она свободна."})
        )
        self.installation.publisher(catalog).close(campaign, closing, now=self.clock())

    def live(self, span: timedelta = timedelta()) -> list[EmailMessage]:
        """Let time pass, then do what a daemon does until nothing is due; return the mails that left."""
        self.clock.forward(span)
        before = len(self.relay.messages)
        on_a_thread(self._tick_and_send)
        return [opened_mail(one.content) for one in self.relay.messages[before:]]

    def _tick_and_send(self) -> None:
        installation, now = self.installation, self.clock()
        installation.forgetting.tick(now)
        dispatcher = installation.dispatcher()
        while True:
            pages = (
                dispatcher.tick(rehearsal=False, now=now) + installation.sign_ups.tick(rehearsal=False, now=now).pages
            )
            plan = SenderPlan("test", rehearsal=False, connections=1, until_idle=True)
            asyncio.run(Sender(plan, installation.outside(FakeReporter()), asyncio.Event()).run())
            if not pages:
                return

    def sign_up(self, applicant: Applicant, **more: str) -> httpx.Response:
        """Read the form for a while, and send it filled in; `more` fields go before what the form would hold."""
        page = self.ask("/sign-up").text
        self.clock.forward(READ_FOR)
        given = {"email": applicant.email, "name": applicant.name, "language": applicant.language}
        given |= {"country": applicant.country, "city": applicant.city, "organisation": applicant.organisation}
        fields = hidden(page) | {name: value or "" for name, value in given.items()} | {"consent": "yes"} | more
        return self.post("/sign-up", fields)

    def enter(self, *applicants: Applicant) -> None:
        """Enter people as an organiser does."""
        enter_all(self.installation.supporters, *applicants)

    def standing(self, applicant: Applicant) -> Supporter:
        """Return a supporter as the database has them."""
        found = self.installation.supporters.standing(applicant.email).supporter
        assert found is not None
        return found

    def action(self, applicant: Applicant, campaign: str = CASE) -> str:
        """Return the path of a supporter's own page."""
        return f"/a/{self.token(applicant, Purpose.ACTION, campaign)}"

    def leaving(self, applicant: Applicant) -> str:
        """Return the path that a supporter leaves by."""
        return f"/u/{self.token(applicant, Purpose.UNSUBSCRIBE)}"

    def preferences(self, applicant: Applicant) -> str:
        """Return the path of a supporter's preferences, as a mail of this moment has it."""
        from mailer.core.dated_tokens import scope_of_day

        return f"/p/{self.token(applicant, Purpose.PREFERENCES, scope_of_day(self.clock()))}"

    def token(self, applicant: Applicant, purpose: Purpose, campaign: str = "") -> str:
        """Return one of a supporter's tokens."""
        return derive(self.installation.token_key, purpose, campaign, self.standing(applicant).public_id)

    def confirming(self, applicant: Applicant) -> str:
        """Return the path in the newest mail that asks somebody to confirm."""
        links = [url for mail in self.mails_to(applicant.email) for url in links_of(mail) if "/confirm/" in url]
        return self.path(links[-1])

    def mails_to(self, address: str) -> list[EmailMessage]:
        """Return the mails that the relay took for an address, oldest first."""
        return [opened_mail(one.content) for one in self.relay.messages if one.recipients == (address,)]

    def dump(self) -> Dump:
        """Return every row of every table."""
        return dump(self.installation.engine)


@contextmanager
def website(folder: Path, *, campaigns: str = "", url: str = "https://a.example", **settings: str) -> Iterator[Website]:
    """Set a website up in a folder; nothing is launched, nobody is on the list."""
    clock = HandClock()
    begin_with(folder, campaigns or campaigns_text())
    with running(SmtpServer()) as relay:
        installation = installed(folder, clock, MAILER_RELAY_URL=relay.url, MAILER_PUBLIC_URL=url, **settings)
        try:
            yield Website(installation, clock, relay, create_app(installation))
        finally:
            if "engine" in vars(installation):
                installation.engine.dispose()


def from_(website: Website, address: str) -> Website:
    """Return the same website as seen from a network address."""
    return replace(website, client={"client": (address, 12345)})


def on_a_thread(work: Any) -> Any:
    """Do what runs an event loop of its own on a thread of its own: a browser keeps one on the test's."""
    done: list[Any] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            done.append(work())
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]
    return done[0]


def opened_mail(content: bytes) -> EmailMessage:
    """Return a mail with its headers decoded."""
    return message_from_bytes(content, policy=policy.default)  # type: ignore[return-value]


def links_of(mail: EmailMessage) -> list[str]:
    """Return every address that a mail's text, HTML and list headers hold, each once."""
    parts = [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]
    headers = [str(mail.get(name, "")) for name in ("List-Unsubscribe", "List-Help", "List-Archive")]
    found = (unescape(link) for text in (*parts, *headers) for link in _LINK.findall(text))
    return list(dict.fromkeys(link.rstrip(".,;)") for link in found))


def hidden(page: str) -> dict[str, str]:
    """Return the hidden fields of a page's forms."""
    return {name: unescape(value) for name, value in _HIDDEN.findall(page)}


def dump(engine: Engine) -> Dump:
    """Return every row of every table that the database itself knows of, in an order that repeats."""
    found = {}
    with reading(engine) as connection:
        for name in sorted(inspect(connection).get_table_names()):
            table = Table(name, MetaData(), autoload_with=connection)
            found[name] = sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
    return found
