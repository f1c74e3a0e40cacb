"""The inbox viewer, asked over ASGI as a browser would ask it."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import html
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import httpx
import pytest

from mailer.adapters.catchall import CaughtMail
from mailer.web.framed import FRAME_POLICY
from mailer.web.inbox import MAILS_ON_A_PAGE, create_inbox_app

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ANNA = "anna@people.example"
ATTACK = "</title></pre></bdi><script>alert(1)</script><img src=x onerror=alert(1)>"

Ask = Callable[..., httpx.Response]


def mail(number: int, recipient: str = ANNA, subject: str = "Free A. Example", body: str = "") -> CaughtMail:
    """A caught mail with a text and an HTML part."""
    content = (
        f"From: a@solidarity.example\r\nTo: {recipient}\r\nSubject: {subject}\r\n"
        'Content-Type: multipart/alternative; boundary="b"\r\n\r\n'
        f"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nDear friend {body}\r\n"
        f"--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<head></head><h1>Dear friend</h1>{body}\r\n--b--\r\n"
    )
    received = NOON + timedelta(minutes=number)
    return CaughtMail(number, received, "bounces@solidarity.example", recipient, content.encode())


def asking(*mails: CaughtMail, mailing_of: Callable[[CaughtMail], str] = lambda _mail: "alert") -> Ask:
    """A way to send one request to a viewer of `mails`."""
    app = create_inbox_app(lambda: mails, mailing_of=mailing_of)

    def ask(path: str, method: str = "GET") -> httpx.Response:
        async def request() -> httpx.Response:
            transport = httpx.ASGITransport(app=app)
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
                return await client.request(method, path)

        return asyncio.run(request())

    return ask


class _Elements(HTMLParser):
    """Collects the start tags of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def elements(page: str) -> list[tuple[str, dict[str, str | None]]]:
    """The elements of a page with their attributes, as a browser would build them."""
    parser = _Elements()
    parser.feed(page)
    return parser.found


def test_the_list_shows_the_latest_first() -> None:
    """Each row tells when, to whom, what and of which mailing, and leads to the mail."""
    page = asking(mail(1, subject="First"), mail(2, "ben@people.example", "Second"))("/").text

    assert page.index("Second") < page.index("First")
    assert "Mon 23 Nov 2026, 12:02 UTC" in page
    assert "2 mails to 2 people" in page
    assert 'href="/mails/2/html"' in page
    assert '<span class="tag">alert</span>' in page


def test_an_empty_inbox_says_what_to_do() -> None:
    """Before the first mail the page is no blank table."""
    assert "No mail has come in yet" in asking()("/").text


def test_the_list_can_be_narrowed() -> None:
    """Only the mails of one mailing, or only those to one person."""
    kinds = {1: "alert", 2: "closing"}
    ask = asking(
        mail(1, subject="Begin"), mail(2, "b+c@people.example", "End"), mailing_of=lambda one: kinds[one.number]
    )

    by_mailing, by_person = ask("/?mailing=closing").text, ask("/?to=b%2Bc%40people.example").text

    for page in (by_mailing, by_person):
        assert "End" in page
        assert "Begin" not in page
    assert "No mail matches" in ask("/?mailing=update").text


def test_every_link_of_the_list_leads_somewhere() -> None:
    """Filters, recipients, mails and older pages all answer 200, odd characters included."""
    ask = asking(*(mail(n, f"b+{n}&c@people.example") for n in range(1, MAILS_ON_A_PAGE + 3)))
    links = {str(at["href"]) for tag, at in elements(ask("/").text) if tag == "a" and at["href"] != "#content"}

    assert any("before=" in link for link in links)
    assert {ask(html.unescape(link)).status_code for link in sorted(links)[::20]} == {200}


def test_long_lists_come_in_pages_without_gaps() -> None:
    """Following "older" shows every mail exactly once."""
    ask = asking(*(mail(number) for number in range(1, 2 * MAILS_ON_A_PAGE + 6)))
    seen: list[int] = []
    path: str | None = "/"
    while path:
        found = elements(ask(path).text)
        seen += [
            int(m[1]) for tag, at in found if tag == "a" and (m := re.match(r"/mails/(\d+)/html", str(at["href"])))
        ]
        path = next((at["href"] for tag, at in found if at.get("rel") == "next"), None)

    assert seen == list(range(2 * MAILS_ON_A_PAGE + 5, 0, -1))


@pytest.mark.parametrize("before", ["x", "-1", "٣", "9" * 30, ""])
def test_a_nonsensical_page_is_the_first(before: str) -> None:
    """What is no number in the address bar is ignored, not an error."""
    assert "Free A. Example" in asking(mail(1))(f"/?before={before}").text


def test_a_mail_has_three_views() -> None:
    """Text, HTML in its frame, and source, with the current one marked."""
    ask = asking(mail(1))

    assert "<pre" in ask("/mails/1/text").text
    assert 'src="/mails/1/frame"' in ask("/mails/1/html").text
    assert "Content-Type: multipart/alternative" in ask("/mails/1/source").text
    for view in ("text", "html", "source"):
        current = [at["href"] for tag, at in elements(ask(f"/mails/1/{view}").text) if at.get("aria-current") == "page"]
        assert current == [f"/mails/1/{view}"]


def test_a_mail_leads_to_its_neighbours() -> None:
    """From the middle one the way goes to both; at the ends only to one."""
    ask = asking(mail(1), mail(2), mail(3))

    assert [at["href"] for _, at in elements(ask("/mails/2/text").text) if at.get("rel") in ("prev", "next")] == [
        "/mails/1/text",
        "/mails/3/text",
    ]
    assert [at["href"] for _, at in elements(ask("/mails/1/text").text) if at.get("rel")] == ["/mails/2/text"]


def test_the_short_address_leads_to_the_html() -> None:
    """A mail can be named by its number alone."""
    response = asking(mail(1))("/mails/1")

    assert (response.status_code, response.headers["location"]) == (303, "/mails/1/html")


@pytest.mark.parametrize(
    "path", ["/mails/2/html", "/mails/2", "/mails/2/frame", "/mails/1/other", "/mails/x/html", "/no"]
)
def test_what_is_not_there_is_404(path: str) -> None:
    """A wrong address gets a page that leads back to the list."""
    response = asking(mail(1))(path)

    assert response.status_code == 404
    assert 'href="/"' in response.text


@pytest.mark.parametrize("path", ["/", "/mails/1/html", "/mails/1/frame"])
def test_the_viewer_changes_nothing(path: str) -> None:
    """Only GET and HEAD are answered."""
    ask = asking(mail(1))

    assert ask(path, "HEAD").status_code == 200
    assert {ask(path, method).status_code for method in ("POST", "PUT", "DELETE")} == {405}


@pytest.mark.parametrize("path", ["/", "/mails/1/html", "/mails/1/text", "/mails/1/source", "/no"])
def test_pages_may_load_nothing_but_their_style_and_frame(path: str) -> None:
    """The policy allows exactly the style element that is in the page, by its hash, and no script at all."""
    response = asking(mail(1))(path)
    policy = response.headers["content-security-policy"]
    style = re.search(r"<style>(.*)</style>", response.text, re.DOTALL)

    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'; frame-src 'self'; " in policy
    assert "script" not in policy
    assert "unsafe" not in policy
    assert (response.headers["x-content-type-options"], response.headers["referrer-policy"]) == (
        "nosniff",
        "no-referrer",
    )
    assert "set-cookie" not in response.headers


def test_the_frame_is_locked_in_twice() -> None:
    """The sandbox stands at the frame and in its response, so that opening it alone gains nothing."""
    ask = asking(mail(1))
    [frame] = [at for tag, at in elements(ask("/mails/1/html").text) if tag == "iframe"]

    assert frame["sandbox"] == "allow-popups allow-popups-to-escape-sandbox"
    assert ask("/mails/1/frame").headers["content-security-policy"] == FRAME_POLICY


@pytest.mark.parametrize("path", ["/", "/mails/1/html", "/mails/1/text", "/mails/1/source"])
def test_a_hostile_mail_is_only_text(path: str) -> None:
    """Markup in subject, address and body makes no element outside the frame."""
    ask = asking(mail(1, f'"{ATTACK}"@people.example', ATTACK, ATTACK), mailing_of=lambda _mail: ATTACK)
    tags = [tag for tag, _ in elements(ask(path).text)]

    assert "script" not in tags
    assert "img" not in tags
    assert not [at for _, at in elements(ask(path).text) if any(name.startswith("on") for name in at)]


def test_a_mail_that_crashes_the_parser_has_its_source() -> None:
    """The one poison mail is told, shown as source, and the others are listed beside it."""
    poison = CaughtMail(1, NOON, "", ANNA, b'From: "\r\nSubject: Poison\r\n\r\n<b>bold</b>')
    ask = asking(poison, mail(2))

    page = ask("/mails/1/html").text
    assert "This mail cannot be read" in page
    assert "&lt;b&gt;bold&lt;/b&gt;" in page
    assert "<iframe" not in page
    assert "Poison" in ask("/").text
    assert "Free A. Example" in ask("/").text
    assert "no HTML part" in ask("/mails/1/frame").text


@pytest.mark.parametrize("path", ["/", "/mails/1/html", "/mails/1/text", "/no"])
def test_pages_are_whole_documents(path: str) -> None:
    """Language, direction, a title, one main heading, and a frame and regions that have names."""
    found = elements(asking(mail(1))(path).text)

    assert ("html", {"lang": "en", "dir": "ltr"}) in found
    assert [tag for tag, _ in found].count("h1") == 1
    assert [tag for tag, _ in found].count("title") == 1
    assert all(at.get("aria-label") for tag, at in found if tag == "nav")
    assert all(at.get("title") for tag, at in found if tag == "iframe")
