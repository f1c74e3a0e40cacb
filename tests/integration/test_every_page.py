"""Can everybody read and press every page? Each is opened in a browser, in every state that somebody may see it in."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.browsing import barriers, chromium, misfits, needs_browser, opened, served
from tests.page_tour import Album, Pages, tour
from tests.payloads import intruders
from tests.website import website

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NARROW = 320
SCREENS = [(width, scheme) for width in (NARROW, 1000) for scheme in ("light", "dark")]
LARGEST = 30 * 1024  # octets, as they travel
STATUS = {"sign-up with errors": 422, "sign-up changed": 422, "confirm again": 410, "preferences with errors": 422}
STATUS |= {"wrong link": 404, "no page": 404, "no method": 405, "old link": 404, "later": 429}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """Every page by name."""
    with website(tmp_path_factory.mktemp("tour")) as site:
        return tour(site)


@dataclass(frozen=True, slots=True)
class Shown:
    """The pages by name, where they are shown, and in what."""

    browser: Browser
    urls: dict[str, str]


@pytest.fixture(scope="module")
def shown(pages: Pages) -> Iterator[Shown]:
    """All pages, to be looked at in Chromium."""
    album = Album(pages)
    with socket.create_server(("127.0.0.1", 0)) as listener, served(album, listener), chromium() as browser:
        base = f"http://127.0.0.1:{listener.getsockname()[1]}"
        yield Shown(browser, {name: f"{base}/{number}" for number, name in enumerate(album.names)})


def test_the_tour_has_seen_every_page(pages: Pages) -> None:
    """Each is answered with the status that it should have, and every template of a page was used."""
    assert {name: page.status_code for name, page in pages.items() if page.status_code != 200} == STATUS
    assert len(pages) >= 46
    assert len({page.text for page in pages.values()}) >= len(pages) - 6  # a test's or an ended case's may be alike


def test_every_page_is_locked_in_and_sets_no_cookie(pages: Pages) -> None:
    """No page is kept, framed or told of to others; only the action page may have its one script."""
    for name, page in pages.items():
        policy = page.headers["content-security-policy"].split("; ")
        assert policy[0] == "default-src 'none'", name
        assert {"base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"} <= set(policy), name
        assert not any("unsafe" in rule or "*" in rule or "http" in rule for rule in policy), name
        assert any(rule.startswith("script-src") for rule in policy) == ("<script>" in page.text), name
        assert (page.headers["cache-control"], page.headers["referrer-policy"]) == ("no-store", "no-referrer"), name
        assert not {"set-cookie", "location", "refresh", "link"} & set(page.headers), name


def test_every_page_is_made_of_nothing_but_our_elements(pages: Pages) -> None:
    """No page holds an element, an attribute or an address that only an attacker would put there."""
    found = {name: intruders(page.text, page.headers["content-security-policy"]) for name, page in pages.items()}

    assert {name: amiss for name, amiss in found.items() if amiss} == {}


def test_a_page_is_small(pages: Pages) -> None:
    """A telephone on a bad line has every page in a few seconds: so many octets travel."""
    sizes = {name: int(page.headers["content-length"]) for name, page in pages.items()}

    assert {name: size for name, size in sizes.items() if size > LARGEST} == {}


@needs_browser
@pytest.mark.timeout(400)
def test_every_page_can_be_read_and_pressed_by_everybody(shown: Shown) -> None:
    """By day and by night, on telephone and desk: nothing too wide, too small or too pale; axe finds nothing."""
    found = {}
    with opened(shown.browser) as page:
        for name, url in shown.urls.items():
            page.goto(url)
            amiss = [] if page.locator("h1").count() == 1 else ["not one heading"]
            for width, scheme in SCREENS:
                page.set_viewport_size({"width": width, "height": 900})
                page.emulate_media(color_scheme=scheme)
                amiss += misfits(page)
                if width == NARROW:  # where most is said in least room; axe takes a second
                    amiss += barriers(page, looks_alone=scheme == "dark")
            found[name] = amiss

    assert {name: amiss for name, amiss in found.items() if amiss} == {}


@needs_browser
def test_every_page_works_without_a_script(shown: Shown) -> None:
    """With JavaScript off nothing that is needed is missing: each form has its button, and fits a telephone."""
    found = {}
    with opened(shown.browser, width=NARROW, script=False) as page:
        for name, url in shown.urls.items():
            page.goto(url)
            found[name] = misfits(page)
            buttonless = page.locator("form:not(:has(button:visible))").count()
            found[name] += [f"{buttonless} forms without a button"] if buttonless else []

    assert {name: amiss for name, amiss in found.items() if amiss} == {}
