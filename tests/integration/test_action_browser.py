"""The supporter's own page in a real browser: what its script makes nicer, and that nothing is missing without it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from mailer.core.enrolment import Applicant
from mailer.core.mailto import mailto
from mailer.core.tokens import Purpose, derive
from mailer.core.webmail import WEBMAILS, Draft, compose_link
from mailer.web.pages import create_app
from mailer.wiring import Installation
from tests.browsing import assert_fit, barriers, chromium, needs_browser, opened, served
from tests.databases import enter_all
from tests.homes import furnish, installed, supporter

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = needs_browser

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
CASE = "prisoner-2026"
EXAMPLE = Path(__file__).resolve().parent.parent / "design_example.yaml"
ANNA = Applicant("anna@people.example", name="Anna Example", language="en", country="GB")
GALINA = Applicant("galina@people.example", name="Галина Пример", language="ru", country="DE")
WORDS = "My own words: 100 % & “quotes”, it's + (more)*!\n\nСвободу! #1 = ?"
SCREENS = [(width, scheme) for width in (320, 700) for scheme in ("light", "dark")]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, str]]:
    """The example campaign with a smaller web form, launched, with its pages served on a free port."""
    folder = tmp_path_factory.mktemp("home")
    furnish(folder)
    example = EXAMPLE.read_text(encoding="utf-8").replace("max_chars: 2000", "max_chars: 200")
    (folder / "campaigns.yaml").write_text(example, encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        relay = "smtp+insecure://127.0.0.1:9"
        installation = installed(folder, lambda: NOW, MAILER_PUBLIC_URL=url, MAILER_RELAY_URL=relay)
        enter_all(installation.supporters, ANNA, GALINA)
        campaign, catalog = installation.campaign(CASE)
        publisher = installation.publisher(catalog)
        publisher.launch(publisher.plan_launch(campaign, rehearsal=False, now=NOW), now=NOW, hold=timedelta())
        with served(create_app(installation), listener):
            yield installation, url
        installation.engine.dispose()


@pytest.fixture(scope="module")
def browser(home: object) -> Iterator[Browser]:
    """Chromium."""
    with chromium() as running:
        yield running


def link(home: tuple[Installation, str], who: Applicant = ANNA) -> str:
    """Return the address of somebody's page."""
    installation, url = home
    token = derive(installation.token_key, Purpose.ACTION, CASE, supporter(installation, who).public_id)
    return f"{url}/a/{token}"


def family(page: Page) -> Locator:
    """Return the part of the page that is about one target."""
    return page.locator("#t-family")


def button(part: Locator) -> str:
    """Return where the mail button leads."""
    return part.locator("a.mailto").get_attribute("href") or ""


def expected(part: Locator, subject: str, text: str) -> Draft:
    """Return the draft that the boxes make."""
    address, cc = part.locator(".to").inner_text(), part.locator(".cc")
    return Draft(address, subject, text, tuple(cc.inner_text().split(", ")) if cc.count() else (), _bcc(part))


def _bcc(part: Locator) -> tuple[str, ...]:
    return (part.locator(".bcc").inner_text(),) if part.locator(".bcc").count() else ()


def test_links_follow_what_is_typed(home: tuple[Installation, str], browser: Browser) -> None:
    """The script's links are to the letter those that the server would make, for every webmail."""
    with opened(browser) as page:
        page.goto(link(home))
        part = family(page)
        part.locator("[name=subject]").fill("Zwei & zwei")
        part.locator("[name=text]").fill(WORDS)
        draft = expected(part, "Zwei & zwei", WORDS)

        assert button(part) == mailto(draft.to, subject=draft.subject, body=draft.body, cc=draft.cc, bcc=draft.bcc).url
        for webmail in WEBMAILS:
            page.locator("#mail").select_option(webmail.id)
            assert part.locator("a.webmail").get_attribute("href") == compose_link(webmail, draft).url
            assert part.locator("a.webmail").inner_text() == f"Open in {webmail.name}"
        page.locator("#mail").select_option("")
        assert part.locator("a.webmail").is_hidden()


def test_copies_can_be_left_out_without_losing_a_word(home: tuple[Installation, str], browser: Browser) -> None:
    """The link that does it on the server does it here at once, for every letter and every draft to come."""
    with opened(browser) as page:
        page.goto(link(home))
        part = family(page)
        part.locator("[name=text]").fill(WORDS)
        assert "bcc=" in button(part)
        page.locator("#uncount").click()

        assert part.locator("[name=text]").input_value() == WORDS
        assert not any("bcc=" in (each.get_attribute("href") or "") for each in page.locator("a.mailto").all())
        assert page.locator(".bcc").count() == 0
        assert page.get_by_text("go without the copy that counts them").is_visible()
        with page.expect_download() as draft:
            part.get_by_role("button", name="Draft").click()
        assert message_from_bytes(draft.value.path().read_bytes())["Bcc"] is None


def test_a_long_letter_is_left_out_of_links_at_once(home: tuple[Installation, str], browser: Browser) -> None:
    """The page then says that the text has to be copied, and takes it back when it fits again."""
    with opened(browser) as page:
        page.goto(link(home) + "?mail=outlook")
        part = family(page)
        part.locator("[name=text]").fill("слово " * 300)

        assert "body=" not in button(part)
        assert "body" not in unquote(unquote(part.locator("a.webmail").get_attribute("href") or ""))
        assert "too long for a link" in part.locator(".press").inner_text()

        part.locator("[name=text]").fill("Short")
        assert button(part).endswith("body=Short")
        assert "letter filled in" in part.locator(".press").inner_text()


def test_one_name_signs_every_letter_that_may_have_one(home: tuple[Installation, str], browser: Browser) -> None:
    """The name replaces the one below each letter, in its box and its link, and safety keeps the others as they are."""
    with opened(browser) as page:
        page.goto(link(home))
        guarded = page.locator("#t-prosecutor [name=text]").input_value()
        page.locator("#sign").fill("Anna Beispiel")
        page.locator("#sign").press("Tab")

        assert page.locator("#t-court [name=text]").input_value().endswith("\nAnna Beispiel\nUnited Kingdom")
        assert "Anna%20Beispiel" in button(family(page))
        assert page.locator("#t-prosecutor [name=text]").input_value() == guarded


def test_the_text_for_a_form_is_signed_too_and_gives_way_to_own_words(
    home: tuple[Installation, str], browser: Browser
) -> None:
    """What a small form takes has the new name at once; it is not shown beside words that it is no part of."""
    with opened(browser) as page:
        page.goto(link(home))
        part = page.locator("#t-city")
        page.locator("#sign").fill("Anna Beispiel")
        page.locator("#sign").press("Tab")

        short, whole = part.locator("[name=short]"), part.locator("[name=text]")
        assert short.input_value().endswith("\n\nAnna Beispiel\nUnited Kingdom")
        assert len(short.input_value()) < len(whole.input_value())
        whole.press_sequentially("!")
        assert short.is_hidden()


def test_copying_is_told_to_who_does_not_see_it(home: tuple[Installation, str], browser: Browser) -> None:
    """Address, subject and text go to the clipboard as they are now, and a status says so."""
    from playwright.sync_api import expect

    with opened(browser) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(link(home))
        part = family(page)
        part.locator("[name=text]").fill("Mine now")
        for field, words in (("to", "family@solidarity.example"), ("text", "Mine now")):
            part.locator(f"[data-copy={field}]").click()
            expect(page.locator("#spoken")).to_have_text("Copied")
            assert page.evaluate("navigator.clipboard.readText()") == words
        assert page.locator("#spoken").get_attribute("role") == "status"


def test_the_buttons_fit_the_target(home: tuple[Installation, str], browser: Browser) -> None:
    """No address is offered for copying where there is none, and nothing that a script does better is in the way."""
    with opened(browser) as page:
        page.goto(link(home))

        assert page.locator("#t-court [data-copy=to]").is_hidden()
        assert page.locator("#t-court [data-copy=text]").is_visible()
        assert family(page).locator("[data-copy=to]").is_visible()
        assert family(page).get_by_role("button", name="Update my links").is_hidden()
        shares = page.evaluate("Boolean(navigator.share)")
        assert family(page).locator(".share").is_visible() == shares


@pytest.mark.parametrize("script", [False, True], ids=["no script", "script"])
def test_a_supporter_writes_and_says_so(home: tuple[Installation, str], browser: Browser, script: bool) -> None:
    """Edited words come in links, draft and PDF; "I have sent it" is noted, told in its place, and taken back."""
    with opened(browser, width=320, script=script) as page:
        page.goto(link(home) + "?mail=gmail")
        part = family(page)
        part.locator("[name=text]").fill("My own words")
        if not script:
            assert "My%20own" not in button(part)
            part.get_by_role("button", name="Update my links").click()
        assert parse_qs(urlsplit(button(part)).query)["body"] == ["My own words"]
        assert "My%2520own%2520words" in (part.locator("a.webmail").get_attribute("href") or "")

        with page.expect_download() as draft:
            part.get_by_role("button", name="Draft").click()
        assert "My own words" in str(message_from_bytes(Path(draft.value.path()).read_bytes(), policy=policy.default))
        with page.expect_download() as printed:
            part.get_by_role("button", name="PDF").click()
        assert printed.value.suggested_filename == "letter-family.pdf"

        part.get_by_role("button", name="I have sent it").click()
        assert "Noted: you have sent this letter" in part.get_by_role("status").inner_text()
        assert part.locator("[name=text]").input_value() == "My own words"
        assert page.url.endswith("#t-family")
        part.get_by_role("button", name="take it back").click()
        assert "Taken back" in part.get_by_role("status").inner_text()


def test_the_return_key_says_nothing_to_us(home: tuple[Installation, str], browser: Browser) -> None:
    """Who presses Return in a box has the links renewed, and has not told us that a letter was sent."""
    installation, _ = home
    with opened(browser) as page:
        page.goto(link(home))
        family(page).locator("[name=subject]").press("Enter")
        page.wait_for_load_state()

        assert "Nothing of what you wrote was stored" in family(page).get_by_role("status").inner_text()
    assert installation.answers.counts(CASE).get("family", 0) == 0


def test_choices_need_no_script(home: tuple[Installation, str], browser: Browser) -> None:
    """Webmail and language of the letters are chosen by a form, and kept in the page's address only."""
    with opened(browser, script=False) as page:
        page.goto(link(home))
        page.locator("#mail").select_option("yandex")
        page.locator("#letter").select_option("ru")
        page.get_by_role("button", name="Show them so").click()

        assert family(page).locator("a.webmail").inner_text() == "Open in Yandex"
        assert "Уважаемые" in page.locator("#t-court [name=text]").input_value()
        assert page.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
@pytest.mark.parametrize("who", [ANNA, GALINA], ids=["en", "ru"])
def test_it_can_be_read_and_pressed(
    home: tuple[Installation, str], browser: Browser, who: Applicant, width: int, scheme: str
) -> None:
    """On a telephone and on a desk, by day and by night, with every part open; axe finds no barrier."""
    with opened(browser, width=width, scheme=scheme) as page:
        page.goto(link(home, who) + "?mail=office")
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")

        assert_fit(page)
        assert barriers(page) == []
