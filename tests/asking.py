"""How do tests ask the pages? Over ASGI, as a browser would, of one installation whose clock they move."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
from starlette.types import ASGIApp

from mailer.core.enrolment import Applicant
from mailer.web.pages import create_app
from mailer.wiring import Installation
from tests.homes import CASE, furnish, installed, launch

START = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
PUBLIC = "https://a.example"
ANNA = Applicant("anna.canary@people.example", name="Anna Canary", language="en", country="GB")

Ask = Callable[..., httpx.Response]


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        """Return the moment that it shows."""
        return self.now

    def wait(self, time: timedelta) -> None:
        """Let time pass."""
        self.now += time


def open_home(folder: Path, clock: Clock, **variables: str) -> Installation:
    """Return the installation of a folder, with pages at `PUBLIC` and a relay that nothing is handed to."""
    given = {"MAILER_PUBLIC_URL": PUBLIC, "MAILER_RELAY_URL": "smtp+insecure://127.0.0.1:9", **variables}
    return installed(folder, clock, **given)


def settle(folder: Path, clock: Clock, *, rehearsal: bool = False) -> None:
    """Make a folder in which the sample campaign is launched and people can sign up."""
    furnish(folder)
    home = open_home(folder, clock)
    launch(home, ANNA, rehearsal=rehearsal)
    home.publish_service(home.catalog(), lambda _: None)
    home.engine.dispose()


def asking(app: Installation | ASGIApp) -> Ask:
    """Return a way to send one request; a fault that the pages let through is raised."""
    asgi = create_app(app) if isinstance(app, Installation) else app

    def ask(path: str, method: str = "GET", *, peer: str = "203.0.113.7", **options: object) -> httpx.Response:
        async def request() -> httpx.Response:
            transport = httpx.ASGITransport(app=asgi, client=(peer, 4711))
            async with httpx.AsyncClient(transport=transport, base_url=PUBLIC) as client:
                return await client.request(method, path, **options)

        return asyncio.run(request())

    return ask


def headings(page: str) -> list[str]:
    """Return the words of a page's headings of the first rank."""
    return re.findall(r"<h1>(.*?)</h1>", page)


def visible(page: str) -> str:
    """Return a page without its style element and its tags."""
    return re.sub(r"<[^>]*>", "", re.sub(r"<(style|script)>.*?</\1>", "", page, flags=re.DOTALL))


__all__ = ["ANNA", "CASE", "PUBLIC", "START", "Ask", "Clock", "asking", "headings", "open_home", "settle", "visible"]
