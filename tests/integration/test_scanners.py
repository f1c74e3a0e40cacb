"""What do link scanners change? Nothing: every link of a thousand mails is fetched by all that only looks."""

from __future__ import annotations

import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from email.message import EmailMessage
from itertools import product
from pathlib import Path

import pytest

from mailer.core.enrolment import Applicant
from mailer.core.supporters import Consent
from tests.browsing import chromium, needs_browser, opened, served
from tests.forms import form_fields
from tests.website import CASE, ENDED, HALTED, WAITING, Website, links_of, website

LOOKS = ("GET", "HEAD", "OPTIONS")
TIMES = 3
COUNTRIES = {"GB": "en", "DE": "ru", "FR": "en", "PL": "ru"}
SUPPORTERS = [
    Applicant(f"person{n}@people.example", name=f"Person {n}", country=list(COUNTRIES)[n % 4], language=tongue)
    for n, tongue in enumerate(list(COUNTRIES.values()) * 25)
]
NEWCOMERS = [Applicant(f"new{n}@people.example", name=f"New {n}", country="GB", language="en") for n in range(20)]
try:
    from playwright.sync_api import Error as PlaywrightError
except ImportError:  # the one test that needs it is skipped
    PlaywrightError = Exception  # type: ignore[assignment,misc]

FOLDERS = {"a", "p", "u", "confirm"}


@dataclass(slots=True)
class Mailbag:
    """Mails that were sent, the links of ours that were in them, and those of them that were fetched already."""

    mails: list[EmailMessage] = field(default_factory=list)
    fetched: set[str] = field(default_factory=set)

    def new_paths(self, website: Website) -> list[str]:
        """Return the paths of our links that were not fetched yet."""
        own = (link for mail in self.mails for link in links_of(mail) if link.startswith(website.url))
        paths = dict.fromkeys(website.path(link) for link in own)
        return [path for path in paths if path not in self.fetched]


@pytest.fixture(scope="module", params=[24, pytest.param(100, marks=pytest.mark.soak)])
def begun(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Website, Mailbag]]:
    """Four campaigns at many supporters, and twenty people who have just signed up; all links are fresh."""
    with website(tmp_path_factory.mktemp("scanned")) as site:
        site.enter(*SUPPORTERS[: request.param])
        site.launch(CASE, ENDED, HALTED, WAITING)
        mails = site.live()
        mails += site.live(timedelta(days=3, hours=4))
        for each in NEWCOMERS:
            assert site.sign_up(each).status_code == 200
        mails += site.live()
        yield site, Mailbag(mails)


def scan(site: Website, bag: Mailbag) -> Counter[tuple[str, int]]:
    """Fetch every link that was not fetched yet, by all methods, three times; return the answers by method."""
    paths = bag.new_paths(site)
    requests = [(path, method) for _, path, method in product(range(TIMES), paths, LOOKS)]
    answers = site.ask_all(requests)
    bag.fetched.update(paths)
    return Counter((method, answer.status_code) for (_, method), answer in zip(requests, answers, strict=True))


def paths_of(mails: list[EmailMessage], site: Website, folder: str) -> list[str]:
    """Return the paths of one kind of link in these mails."""
    links = [link for mail in mails for link in links_of(mail)]
    return list(dict.fromkeys(site.path(link) for link in links if link.startswith(f"{site.url}/{folder}/")))


def folders(paths: set[str]) -> set[str]:
    """Return the kinds of pages that these paths lead to."""
    return {path.split("/")[1] for path in paths}


def test_hundreds_of_mails_are_scanned_and_nothing_changes(begun: tuple[Website, Mailbag]) -> None:
    """GET, HEAD and OPTIONS on every link of ours, three times each, leave every row of every table as it was.

    The mails are of all kinds; while letters are wanted, and once more when one campaign is closed, another stopped.
    """
    site, bag = begun
    before = site.dump()
    told = scan(site, bag)
    assert site.dump() == before

    bag.mails += site.live(timedelta(days=4))
    bag.mails += site.live(timedelta(days=3))
    bag.mails += site.live(timedelta(days=1))
    site.close(CASE)
    site.close(ENDED)
    site.close(WAITING)
    bag.mails += site.live()
    before = site.dump()
    told += scan(site, bag)

    assert site.dump() == before
    assert len(bag.mails) >= 250
    assert folders(bag.fetched) == FOLDERS
    assert set(told) == {("GET", 200), ("HEAD", 200), ("OPTIONS", 405)}
    assert told["GET", 200] == told["HEAD", 200] == told["OPTIONS", 405] == TIMES * len(bag.fetched)


def test_after_the_scan_every_button_still_works(begun: tuple[Website, Mailbag]) -> None:
    """The first link of each kind does what it is for, once somebody presses its button."""
    site, bag = begun
    leaving, wishes = (paths_of(bag.mails[:1], site, folder)[0] for folder in ("u", "p"))
    (asked,) = {str(mail["to"]) for mail in bag.mails[:1]}
    somebody = next(each for each in SUPPORTERS if each.email in asked)
    joining = [path for each in NEWCOMERS for path in [site.confirming(each)]]

    form = form_fields(site.ask(wishes).text)
    assert site.post(wishes, form | {"do": "save", "language": "fr"}).status_code == 200
    assert site.standing(somebody).language == "fr"
    assert site.post(leaving, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert site.standing(somebody).consent is Consent.UNSUBSCRIBED
    assert {site.post(path).status_code for path in joining} == {410}  # eight days later


@needs_browser
def test_a_browser_that_follows_every_kind_of_link_changes_nothing(tmp_path: Path) -> None:
    """A scripted one, as some scanners are: it runs what the page brings, scrolls, waits, and goes back and forth."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with website(tmp_path, url=url) as site, served(site.app, listener), chromium() as browser:
            site.enter(SUPPORTERS[0])
            site.launch(CASE, ENDED)
            mails = site.live()
            site.sign_up(NEWCOMERS[0])
            mails += site.live()
            paths = [paths_of(mails, site, folder)[0] for folder in sorted(FOLDERS)]
            before = site.dump()
            with opened(browser) as page:
                for path in (*paths, *(f"{path}{below}" for path in paths for below in ("/data", "/erase"))):
                    page.goto("about:blank")
                    with suppress(PlaywrightError):  # a download is no page
                        page.goto(url + path, wait_until="networkidle")
                        page.mouse.wheel(0, 20_000)
                        page.reload(wait_until="networkidle")
                        page.go_back()
                        page.go_forward()
            assert site.dump() == before
            assert site.post(site.confirming(NEWCOMERS[0])).status_code == 200
