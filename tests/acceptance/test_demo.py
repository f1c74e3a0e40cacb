"""Can somebody try everything in the demo? Its inbox, the pages behind the links, and joining the list there."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from time import monotonic, sleep

import httpx
import pytest

STAY = "from mailer.demo import run_demo; run_demo(stay=True, tell=lambda s: print(s, flush=True), show=lambda p: None)"
PATIENCE = 60  # seconds
FASTEST = 3.5  # seconds; whoever fills in a form faster is a machine


@dataclass(frozen=True, slots=True)
class Demo:
    """A demo that stays: where its inbox and its pages are."""

    inbox: str
    pages: str

    def newest(self) -> str:
        """Return the text view of the newest mail that is to somebody who joins."""
        numbers = re.findall(r'href="/mails/(\d+)', get(self.inbox))
        return get(f"{self.inbox}/mails/{max(map(int, numbers))}/text")


def get(url: str, **form: str) -> str:
    """Return a page; with a form it is posted."""
    answer = httpx.post(url, data=form, timeout=PATIENCE) if form else httpx.get(url, timeout=PATIENCE)
    return answer.text


def hidden(page: str) -> dict[str, str]:
    """Return the hidden fields of a page's form."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    """A demo in a process of its own; Ctrl-C ends it."""
    with subprocess.Popen([sys.executable, "-c", STAY], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        urls: list[str] = []
        while len(urls) < 2 and (line := process.stdout.readline()):
            urls += re.findall(r"http://127\.0\.0\.1:\d+", line)
        yield Demo(*urls)
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0


def test_every_link_of_a_mail_opens_a_page(demo):
    """The supporter's own page, their preferences, and leaving."""
    mail = get(f"{demo.inbox}/mails/1/text")
    links = set(re.findall(rf"{demo.pages}/\w+/[\w-]+", mail))

    assert {link.removeprefix(demo.pages)[:3] for link in links} == {"/a/", "/p/", "/u/"}
    for link in links:
        assert "<h1" in get(link)


def test_somebody_joins_and_confirms(demo):
    """The form is answered, the mail comes by itself, its button confirms: on a clock that goes on."""
    form = get(demo.pages)
    where = re.search(r'<form method="post" action="([^"]+)"', form)
    assert where is not None
    sleep(FASTEST)
    typed = {"email": "new@people.example", "name": "New", "language": "en", "country": "GB", "consent": "yes"}
    assert "mailbox" in get(demo.pages + unescape(where[1]), **hidden(form), **typed)

    until = monotonic() + PATIENCE
    while "new@people.example" not in get(demo.inbox) and monotonic() < until:
        sleep(0.2)
    (link,) = set(re.findall(rf"{demo.pages}/confirm/[\w-]+", demo.newest()))
    asked = get(link)
    assert get(link) == asked  # looking changes nothing

    get(link, **(hidden(asked) or {"do": "confirm"}))
    assert get(link) != asked  # it is used
