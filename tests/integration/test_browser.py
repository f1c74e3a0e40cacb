"""Mails and pages in a real browser: what is pressed, what is seen, and that nothing is asked for from outside.

Mails are looked at here, and the demo's inbox; the pages of a supporter's life have tests of their own.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

from mailer.adapters.catchall import CatchAll, CaughtMail
from mailer.core.enrolment import Applicant
from mailer.core.supporters import Consent
from mailer.web.inbox import create_inbox_app
from mailer.web.pages import create_app
from mailer.wiring import Installation
from tests.browsing import assert_fit, chromium, needs_browser, opened, served
from tests.homes import CASE, furnish, installed, launch, send, supporter

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = needs_browser

START = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
ANNA = Applicant("anna@people.example", name="Anna Example", language="en", country="GB", city="London")
GALINA = Applicant("galina@people.example", name="Галина Пример", language="ru", country="DE", city="Berlin")
VELI = Applicant("veli@people.example", name="Veli Example", language="en", country="TR", best_way="phone")
SCREENS = [(width, scheme) for width in (320, 700) for scheme in ("light", "dark")]
KINDS = ("alert", "reminder", "closing")


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that was sent and is served: an installation, its pages, and the mails by kind and recipient."""

    installation: Installation
    url: str
    inbox: str
    mails: dict[tuple[str, str], bytes]

    def html(self, kind: str, applicant: Applicant) -> str:
        """Return the HTML of a caught mail."""
        body = message_from_bytes(self.mails[kind, applicant.email], policy=policy.default).get_body(("html",))
        assert body is not None
        return str(body.get_content())


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        """Return the moment that it shows."""
        return self.now


def play(installation: Installation, clock: Clock, caught: CatchAll) -> dict[tuple[str, str], bytes]:
    """Send alert, reminder and closing of the sample campaign; return the mails by kind and recipient."""
    mails: dict[tuple[str, str], bytes] = {}

    def collect(kind: str, since: int) -> None:
        mails.update({(kind, mail.recipient): mail.content for mail in caught.messages[since:]})

    launch(installation, ANNA, GALINA, VELI, rehearsal=False)
    send(installation, rehearsal=False)
    collect("alert", 0)
    clock.now = START + timedelta(days=4)
    send(installation, rehearsal=False)
    collect("reminder", 3)
    campaign, catalog = installation.campaign(CASE)
    assert campaign.closing is not None
    installation.publisher(catalog).close(campaign, campaign.closing, now=clock())
    send(installation, rehearsal=False)
    collect("closing", 6)
    return mails


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The sample campaign, sent whole over SMTP to three supporters, with pages and inbox served on free ports."""
    folder, clock = tmp_path_factory.mktemp("site"), Clock()
    furnish(folder)
    with (
        CatchAll(clock) as caught,
        socket.create_server(("127.0.0.1", 0)) as pages,
        socket.create_server(("127.0.0.1", 0)) as inbox,
    ):
        url, viewer = (f"http://127.0.0.1:{each.getsockname()[1]}" for each in (pages, inbox))
        installation = installed(folder, clock, MAILER_RELAY_URL=caught.relay_url, MAILER_PUBLIC_URL=url)
        mails = play(installation, clock, caught)
        with (
            served(create_app(installation), pages),
            served(create_inbox_app(lambda: caught.messages, mailing_of=kind_of(mails)), inbox),
        ):
            yield Site(installation, url, viewer, mails)
        installation.engine.dispose()


def kind_of(mails: dict[tuple[str, str], bytes]) -> Any:
    """Return what names the mailing of a caught mail."""
    kinds = {content: kind for (kind, _), content in mails.items()}
    return lambda mail: kinds.get(mail.content, "") if isinstance(mail, CaughtMail) else ""


@pytest.fixture(scope="module")
def browser(site: Site) -> Iterator[Browser]:
    """Chromium. It is started after the mails were sent: Playwright keeps an event loop on this thread."""
    with chromium() as running:
        yield running


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
@pytest.mark.parametrize("applicant", [ANNA, GALINA, VELI], ids=["en-GB", "ru-DE", "en-TR"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_mail_can_be_read_and_pressed(
    site: Site, browser: Browser, kind: str, applicant: Applicant, width: int, scheme: str
) -> None:
    """On a telephone and on a desk, by day and by night; and it asks for nothing from anywhere."""
    with opened(browser, width=width, scheme=scheme) as page:
        page.set_content(site.html(kind, applicant), wait_until="load")

        assert_fit(page)
        assert page.locator("a").count() >= 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_mail_whose_style_element_was_stripped_still_fits(
    site: Site, browser: Browser, kind: str, scheme: str
) -> None:
    """Mail programs that drop the style element keep a mail that is legible and not too wide."""
    html = re.sub(r"<style>.*?</style>", "", site.html(kind, GALINA), flags=re.DOTALL)
    with opened(browser, scheme=scheme) as page:
        page.set_content(html, wait_until="load")

        assert_fit(page)


def test_the_first_thing_to_do_is_on_the_first_screens_of_a_telephone(site: Site, browser: Browser) -> None:
    """The button of what to do first is reached with one swipe, above every detail of the case."""
    with opened(browser, width=360) as page:
        page.set_content(site.html("alert", ANNA), wait_until="load")
        box = page.locator("a.press").first.bounding_box()

    assert box is not None
    assert box["y"] + box["height"] < 2 * 640


def test_names_of_buttons_differ(site: Site, browser: Browser) -> None:
    """Whoever hears only the links of a mail can tell the offices apart."""
    with opened(browser) as page:
        page.set_content(site.html("alert", ANNA), wait_until="load")
        names = page.locator("a.press").all_inner_texts()

    assert len(names) == 2
    assert len(set(names)) == 2


@pytest.mark.parametrize("script", [False, True], ids=["no script", "script"])
@pytest.mark.parametrize("applicant", [ANNA, GALINA], ids=["en-GB", "ru-DE"])
def test_a_supporter_leaves_from_a_mail(site: Site, browser: Browser, applicant: Applicant, script: bool) -> None:
    """Opening the link changes nothing, pressing its button does; no cookie is set, and no script is needed."""
    link = unescape(re.findall(r'href="(http[^"]*/u/[^"]*)"', site.html("alert", applicant))[0])
    _stay(site, applicant)
    with opened(browser, width=320, script=script) as page:
        for _ in range(3):
            page.goto(link)
        assert supporter(site.installation, applicant).consent is Consent.CONFIRMED

        page.get_by_role("button").click()
        page.wait_for_load_state()

        assert page.locator("form, main button").count() == 0
        assert page.url == link
        assert page.context.cookies() == []
        assert page.locator("html").get_attribute("lang") == applicant.language
    assert supporter(site.installation, applicant).consent is Consent.UNSUBSCRIBED


def _stay(site: Site, applicant: Applicant) -> None:
    """Put a supporter back on the list, as a new sign-up would."""
    from sqlalchemy import update

    from mailer.adapters.store.engine import writing
    from mailer.adapters.store.tables import supporters

    chosen = supporters.c.id == supporter(site.installation, applicant).id
    with writing(site.installation.engine) as connection:
        connection.execute(update(supporters).where(chosen).values(consent=Consent.CONFIRMED.value))


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_the_pages_can_be_read_and_pressed(site: Site, browser: Browser, width: int, scheme: str) -> None:
    """The question, the goodbye and the page of a link that does not work."""
    link = unescape(re.findall(r'href="(http[^"]*/u/[^"]*)"', site.html("alert", VELI))[0])
    with opened(browser, width=width, scheme=scheme) as page:
        page.goto(link)
        assert_fit(page)
        page.get_by_role("button").click()
        page.wait_for_load_state()
        assert_fit(page)
        page.goto(f"{site.url}/u/cut")
        assert_fit(page)


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_the_demo_s_inbox_can_be_read_and_pressed(site: Site, browser: Browser, width: int, scheme: str) -> None:
    """List, text, source and HTML of a real mail, in the same window as its frame."""
    with opened(browser, width=width, scheme=scheme) as page:
        for path in ("/", "/?mailing=alert", "/mails/1/text", "/mails/1/source", "/mails/1/html"):
            page.goto(site.inbox + path)
            assert_fit(page)
        assert page.frame_locator("iframe").locator("h1").inner_text() == "Free Ainur Kurmanov"
