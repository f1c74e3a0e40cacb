"""Does anything run that somebody typed? Forty payloads, wherever pages and mails show what people or files say."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from mailer.core.enrolment import Applicant
from tests.browsing import chromium, needs_browser, opened, served
from tests.forms import task_forms
from tests.page_tour import Album, Pages
from tests.payloads import PAYLOADS, intruders
from tests.website import CASE, Website, from_, website

if TYPE_CHECKING:
    from playwright.sync_api import Page

HALVES = (range(0, len(PAYLOADS), 2), range(1, len(PAYLOADS), 2))  # for two workers: either takes half a minute
CONTROL = r"[\x00-\x09\x0b-\x1f\x7f-\x9f]"
ANNA = Applicant("anna@people.example", name="Anna Example", language="en", country="GB", city="London")
ORGANISATION = {
    "name": 'Solidarity <b onclick="alert(1)">&</b>',
    "from": "Example Solidarity <campaigns@solidarity.example>",
    "reply_to": "office@solidarity.example",
    "postal_address": "1 <script>alert(1)</script> Street\nLondon",
    "timezone": "Europe/London",
    "languages": ["en"],
}


def poisoned(number: int, payload: str) -> Mapping[str, Any]:
    """Return a campaign with a payload in every text that people read."""
    letter = payload.replace("{", "").replace("}", "")  # a letter's own signs are the file's, not an attacker's
    return {
        "id": f"case-{number}",
        "status": "ready",
        "case": payload[:40],
        "country": "KZ",
        "title": payload,
        "people": [{"name": payload, "role": payload, "agreed": payload}],
        "summary": payload,
        "facts": [{"text": payload, "source": "https://news.example/1"}],
        "demands": [{"id": "release", "text": payload}],
        "events": [{"id": "trial", "what": payload, "at": "2026-12-10 10:00", "timezone": "Asia/Almaty"}],
        "targets": [
            {"id": "court", "name": payload, "salutation": payload, "email": "court@justice.example"},
            {"id": "city", "name": payload, "web": {"url": "https://city.example/ask", "hint": payload}},
            {"id": "ministry", "name": payload, "post": payload, "post_days": 1},
        ],
        "letters": {"protest": {"en": dict.fromkeys(("subject", "opening", "body", "closing"), letter)}},
        "pickets": [{"what": payload, "where": payload, "country": "GB", "at": "2026-12-01 17:00", "public": True}],
        "links": [{"title": payload, "url": "https://news.example/video"}],
        "donate": {"url": "https://solidarity.example/donate", "for": payload},
        "safety": {"countries": {"KZ": "none"}, "notes": {"GB": payload}},
    }


def campaigns_text(numbers: Iterable[int]) -> str:
    """Return a campaign file; JSON is YAML."""
    cases = [poisoned(number, PAYLOADS[number]) for number in numbers]
    return json.dumps({"version": 1, "organisation": ORGANISATION, "campaigns": cases}, ensure_ascii=True)


@contextmanager
def a_page() -> Iterator[Page]:
    """An empty page of a browser of its own."""
    with chromium() as browser, opened(browser) as page:
        yield page


def run_in(pages: Pages) -> None:
    """Open pages in a browser: a dialog, a script that is not ours, or a request to outside fails."""
    album = Album(pages)
    with socket.create_server(("127.0.0.1", 0)) as listener, served(album, listener), a_page() as page:
        for number, name in enumerate(album.names):
            page.goto(f"http://127.0.0.1:{listener.getsockname()[1]}/{number}")
            page.wait_for_load_state()
            assert page.locator("h1").count() == 1, name


def assert_harmless(pages: Pages) -> None:
    """No page holds anything that only an attacker would put there."""
    found = {name: intruders(page.text, page.headers["content-security-policy"]) for name, page in pages.items()}

    assert {name: amiss for name, amiss in found.items() if amiss} == {}


def test_there_are_forty_and_most_would_be_seen() -> None:
    """What pages are searched for is found where a payload stands as it is, in a text or in an attribute."""
    seen = [each for each in PAYLOADS if intruders(f'<p>{each}</p><p title="{each}"></p>')]

    assert len(PAYLOADS) == len(set(PAYLOADS)) >= 40
    assert len(seen) >= 25


@needs_browser
@pytest.mark.parametrize("numbers", HALVES)
def test_nothing_runs_that_stands_in_a_campaign_file(tmp_path: Path, numbers: range) -> None:
    """On the first page, each campaign's page, a supporter's own, and in the HTML of the mail, which has no policy."""
    with website(tmp_path, campaigns=campaigns_text(numbers)) as site:
        catalog = site.installation.catalog()
        errors = [problem for problem in catalog.problems if problem.severity == "error"]
        wrong = {problem.where.partition(",")[0].removeprefix("campaign ") for problem in errors}
        right = [each for each in catalog.campaigns if each not in wrong]
        site.enter(ANNA)
        site.launch(*right)
        mails = site.live()
        pages: Pages = {"home": site.ask("/")}
        pages |= {f"/c/{each}": site.ask(f"/c/{each}?country=GB") for each in right}
        pages |= {f"/a/{each}": site.ask(site.action(ANNA, each)) for each in right}

    assert {page.status_code for page in pages.values()} == {200}
    assert len(right) >= 0.85 * len(numbers)
    assert {f"case-{number}" for number in numbers if re.search(CONTROL, PAYLOADS[number])} <= wrong
    assert len(mails) == len(right)
    assert_harmless(pages)
    run_in(pages)
    letters = {}
    for number, mail in enumerate(mails):
        body = mail.get_body(("html",))
        assert body is not None
        letters[f"mail {number}"] = httpx.Response(200, html=body.get_content())
        assert not any("\x1b" in part.get_content() for part in mail.walk() if part.get_content_maintype() == "text")
    run_in(letters)


@needs_browser
@pytest.mark.parametrize("numbers", HALVES)
def test_nothing_runs_that_is_typed_into_the_form(tmp_path: Path, numbers: range) -> None:
    """Typed as name, town and organisation: refused and shown again, or taken, confirmed, and then on every page."""
    with website(tmp_path) as site:
        site.launch(CASE)
        pages: Pages = {}
        for number in numbers:
            pages |= _join(from_(site, f"10.{number}.0.1"), number, PAYLOADS[number])

    assert sum(name.startswith("own") for name in pages) >= 0.5 * len(numbers)
    assert sum(name.startswith("refused") for name in pages) >= 0.1 * len(numbers)
    assert_harmless(pages)
    run_in({name: page for name, page in pages.items() if name.split()[0] in ("refused", "confirm", "own", "wishes")})


def _join(site: Website, number: int, payload: str) -> Pages:
    """Sign up with a payload; return the pages on the way."""
    who = Applicant(f"p{number}@people.example", name=payload, language="en", country="GB", city=payload)
    wrong = site.sign_up(who, email=payload, country=payload, language=payload, version=payload, organisation=payload)
    answer = site.sign_up(who, organisation=payload)
    pages = {f"wrong {number}": wrong}
    if answer.status_code != 200:
        return pages | {f"refused {number}": answer}
    site.live()
    (mail,) = site.mails_to(who.email)
    assert payload not in "".join(str(part.get_content()) for part in mail.walk() if not part.is_multipart())
    path = site.confirming(who)
    pages |= {f"confirm {number}": site.ask(path), f"confirmed {number}": site.post(path)}
    names = {"own": site.action(who), "wishes": site.preferences(who), "leave": site.leaving(who)}
    return pages | {f"{name} {number}": site.ask(path) for name, path in names.items()}


@needs_browser
def test_nothing_runs_that_is_typed_into_a_letter(tmp_path: Path) -> None:
    """As subject, text, signature, button and parameter; the page, its links and its files stay what they are."""
    with website(tmp_path) as site:
        site.enter(ANNA)
        site.launch(CASE)
        path = site.action(ANNA)
        form = task_forms(site.ask(path).text)[0]
        before = site.dump()
        pages: Pages = {}
        for number, payload in enumerate(PAYLOADS):
            typed = form | {"subject": payload, "text": payload, "sign": payload, "was": form.get("was", "")}
            query = httpx.QueryParams({"mail": payload, "letter": payload, "language": payload})
            pages[f"links {number}"] = site.post(f"{path}?{query}", typed | {"do": "links"})
            pages[f"deed {number}"] = site.post(path, typed | {"do": payload, "key": payload})
        assert site.dump() == before

    assert {page.status_code for page in pages.values()} == {200}
    assert_harmless(pages)
    run_in({name: page for name, page in pages.items() if name.startswith("links")})
