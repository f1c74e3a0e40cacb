"""Does a supporter's whole life work, as they see it? A daemon, the mails it sends, and a browser on a telephone."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from tests.acceptance.cases import campaign_file
from tests.acceptance.clocked import FileClock
from tests.acceptance.workplace import Workplace
from tests.browsing import assert_fit, chromium, needs_browser, opened
from tests.smtp_server import SmtpServer, wait_until
from tests.website import links_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = needs_browser

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
OWN_WORDS = "These are my own words, typed on a telephone."
OTHER = "other@union.example"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody with a browser and a mailbox."""

    page: Page
    email: str
    script: bool
    server: SmtpServer

    def mails(self) -> list[EmailMessage]:
        """Return the mails that came to them, oldest first."""
        caught = [one.content for one in self.server.messages if one.recipients == (self.email,)]
        return [message_from_bytes(content, policy=policy.default) for content in caught]  # type: ignore[misc]

    def wait_for_mails(self, count: int) -> EmailMessage:
        """Wait for a mail to come; return the newest."""
        wait_until(lambda: len(self.mails()) >= count, seconds=40)
        assert len(self.mails()) == count, [mail["subject"] for mail in self.mails()]
        return self.mails()[-1]

    def open(self, mail: EmailMessage, folder: str) -> None:
        """Open one of a mail's links, as often as a scanner, and once more."""
        (url,) = {link for link in links_of(mail) if f"/{folder}/" in link}
        for _ in range(3):
            self.page.goto(url)
        assert_fit(self.page)

    def press(self, name: str) -> None:
        """Press the first button of this name, and wait for what comes."""
        self.page.get_by_role("button", name=name).first.click()
        self.page.wait_for_load_state()
        assert_fit(self.page)

    def heading(self) -> str:
        """Return what the page says first."""
        return self.page.locator("h1").inner_text()


@dataclass(frozen=True, slots=True)
class Life:
    """Two visitors, one of whom has no JavaScript, the clock, and the organiser's desk."""

    visitors: tuple[Visitor, ...]
    clock: FileClock
    office: Workplace
    home: str

    def later(self, span: timedelta) -> None:
        """Move the clock on."""
        self.clock.set(self.clock() + span)

    def each(self, step: Callable[[Life, Visitor], None]) -> None:
        """Let both do the same."""
        for visitor in self.visitors:
            step(self, visitor)

    def update(self, text: str) -> None:
        """Send news of the case to everybody."""
        self.office.write("text", text)
        self.office.run("update", "case", "--text", "text")


@pytest.fixture
def life(office: Workplace, smtp_server: SmtpServer, tmp_path) -> Iterator[Life]:
    """A running campaign with one supporter, whom nobody here plays."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        bind = f"127.0.0.1:{free.getsockname()[1]}"
    office.clock = FileClock(tmp_path / "clock")
    office.clock.set(NOON)
    office.settings |= {"PUBLIC_URL": f"http://{bind}", "WEB_BIND": bind}
    office.begin(campaign_file(NOON), [f"{OTHER},Other,en,GB"], launch=True)
    with office.daemon() as daemon, chromium() as browser, ExitStack() as pages:
        daemon.wait_for("running;")
        by_day = pages.enter_context(opened(browser, width=320, scheme="light"))
        by_night = pages.enter_context(opened(browser, width=320, scheme="dark", script=False))
        visitors = (
            Visitor(by_day, "with@people.example", True, smtp_server),
            Visitor(by_night, "without@people.example", False, smtp_server),
        )
        wait_until(lambda: len(smtp_server.messages) == 1, seconds=40)
        yield Life(visitors, office.clock, office, f"http://{bind}/")
        assert daemon.end() == 0
        assert '"level": "error"' not in daemon.told


def text_of(mail: EmailMessage) -> str:
    """Return the plain text of a mail."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def sign_up(life: Life, visitor: Visitor) -> None:
    """Fill the form in that is open, and send it after a while."""
    page = visitor.page
    for label, text in (("E-mail address", visitor.email), ("Name", "Wilhelmina Example"), ("Town", "Leeds")):
        page.get_by_label(label).fill(text)
    page.get_by_label("Country").select_option("GB")
    page.get_by_label("I agree.").check()
    life.later(timedelta(seconds=10))
    visitor.press("Sign up")
    assert visitor.heading() == "Please look into your mailbox"
    assert visitor.email not in page.content()


def join(life: Life, visitor: Visitor) -> None:
    """From the first page by the mail to the list; the alert that is open comes at once."""
    visitor.page.goto(life.home)
    assert_fit(visitor.page)
    sign_up(life, visitor)
    mail = visitor.wait_for_mails(1)
    assert "Wilhelmina" not in mail.as_string()
    visitor.open(mail, "confirm")
    assert "Nothing has changed yet" in visitor.page.content()
    visitor.press("Yes, I want to join")
    assert visitor.heading() == "You are on the list"
    assert "Free A. Example" in str(visitor.wait_for_mails(2)["subject"])
    visitor.page.reload()  # sends the POST once more
    assert len(visitor.mails()) == 2


def write(life: Life, visitor: Visitor) -> None:
    """Edit the letter, take the links that hold the own words, and tell that it is sent."""
    visitor.open(visitor.mails()[-1], "a")
    page = visitor.page
    assert "Wilhelmina Example" not in page.content()
    assert visitor.email not in page.content()
    box = page.locator("section.first textarea[name=text]")
    box.fill(OWN_WORDS)
    if not visitor.script:
        visitor.press("Update my links")
    link = page.locator("section.first a.mailto").get_attribute("href") or ""
    assert OWN_WORDS in unquote(link)
    assert link.startswith("mailto:")
    visitor.press("I have sent it")
    assert "Thank you" in page.locator("section.first .good").inner_text()
    assert page.locator("section.first textarea[name=text]").input_value().strip() == OWN_WORDS


def choose(life: Life, visitor: Visitor) -> None:
    """Another language, discreet subjects, and a pause of two days."""
    visitor.open(visitor.mails()[-1], "p")
    page = visitor.page
    page.get_by_label("Language that you read").select_option("ru")
    page.get_by_label(re.compile("Subjects say only")).check()
    page.get_by_label(re.compile("Pause until")).fill(f"{life.clock() + timedelta(days=2):%Y-%m-%d}")
    visitor.press("Save")
    assert visitor.heading() in ("Saved", "Сохранено")


def leave(life: Life, visitor: Visitor) -> None:
    """By the link of the newest mail: a question, a button, a goodbye in the reader's language, and a way back."""
    visitor.open(visitor.mails()[-1], "u")
    assert visitor.page.locator("html").get_attribute("lang") == "ru"
    visitor.page.locator("main form button").click()
    visitor.page.wait_for_load_state()
    assert_fit(visitor.page)
    assert visitor.page.locator("main form button").count() == 0


def come_back(life: Life, visitor: Visitor) -> None:
    """From the goodbye by the form and one more mail to the list."""
    mails = len(visitor.mails())
    visitor.page.locator("main a").last.click()
    visitor.page.wait_for_load_state()
    visitor.page.goto(visitor.page.url.split("?")[0].split("#")[0] + "?language=en")
    sign_up(life, visitor)
    visitor.open(visitor.wait_for_mails(mails + 1), "confirm")
    visitor.page.locator("main form button").click()
    visitor.page.wait_for_load_state()
    assert visitor.heading() in ("You are on the list", "Вы в списке")


@pytest.mark.timeout(400)
def test_from_the_first_page_to_the_way_back(life: Life) -> None:
    """Sign up, act, be left in peace, choose, leave and return: with JavaScript by day, and without it by night."""
    office, (first, _) = life.office, life.visitors
    life.each(join)
    life.each(write)
    life.later(timedelta(days=3))
    wait_until(lambda: [to for to in first.server.recipients if to == OTHER] == [OTHER] * 2, seconds=40)  # reminded
    life.each(choose)
    life.update("The court has met.")
    wait_until(lambda: [to for to in first.server.recipients if to == OTHER] == [OTHER] * 3, seconds=40)
    assert [len(visitor.mails()) for visitor in life.visitors] == [2, 2]  # no reminder, and held by the pause

    life.later(timedelta(days=2, hours=1))
    for visitor in life.visitors:
        held = visitor.wait_for_mails(3)
        assert "A. Example" not in str(held["subject"])
        assert "The court has met." in text_of(held)
    life.each(leave)
    life.update("She was seen by a doctor.")
    wait_until(lambda: [to for to in first.server.recipients if to == OTHER] == [OTHER] * 4, seconds=40)
    life.each(come_back)
    life.update("They thank you for every letter.")
    for visitor in life.visitors:
        assert "every letter" in text_of(visitor.wait_for_mails(5))
    assert [row["consent"] for row in office.json("supporters", "list")] == ["confirmed"] * 3
    assert office.json("status", "case")["campaigns"][0]["numbers"]["said_sent"] == "a few"
