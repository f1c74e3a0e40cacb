"""Which pages are there to be looked at? Each in every state that somebody may see it in, as the app answered.

Law: a page is collected once, with its headers, and looked at as often as wanted: looking changes nothing any more.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import httpx
from starlette.types import Receive, Scope, Send

from mailer.core.enrolment import Applicant
from mailer.core.links import TEST_PUBLIC_ID
from mailer.core.tokens import Purpose, derive
from tests.forms import form_fields, task_forms
from tests.website import CASE, ENDED, HALTED, WAITING, Website

ANNA = Applicant("anna@people.example", name="Anna Example", language="en", country="GB", city="London")
GALINA = Applicant("galina@people.example", name="Галина Пример", language="ru", country="DE", city="Berlin")
VELI = Applicant("veli@people.example", name="Veli Example", language="en", country="TR", best_way="phone")
NEW = Applicant("new@people.example", name="New Example", language="en", country="GB")
GONE = Applicant("gone@people.example", name="Gone Example", language="en", country="GB")
LONG = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"

_OF_THE_TRANSFER = (b"content-length", b"content-encoding")
Pages = dict[str, httpx.Response]


def tour(site: Website) -> Pages:
    """Return every page by name; the website is new, and is lived in by this."""
    pages: Pages = {"home before": site.ask("/")}
    site.enter(ANNA, GALINA, VELI, GONE)
    site.launch(CASE, ENDED, HALTED, WAITING)
    site.live()
    pages |= _public(site) | _joining(site)
    pages |= _acting(site) | _preferring(site)
    pages |= _errors(site)
    pages |= _ended(site)
    return pages | _leaving(site)


def _public(site: Website) -> Pages:
    """Return the pages that everybody may open."""
    paths = {
        "home": "/",
        "home in Russian": "/?language=ru",
        "campaign": f"/c/{CASE}",
        "campaign in a country": f"/c/{CASE}?country=GB",
        "campaign in Russian": f"/c/{CASE}?language=ru&country=DE",
        "campaign where it is not safe": f"/c/{CASE}?country=TR",
        "sign-up": "/sign-up",
    }
    return {name: site.ask(path) for name, path in paths.items()}


def _joining(site: Website) -> Pages:
    """Return the pages from the form to the list."""
    pages = {
        "sign-up with errors": site.sign_up(NEW, email="nobody", country="", name=LONG * 3, consent=""),
        "sign-up changed": site.sign_up(NEW, version="old"),
        "check your mail": site.sign_up(NEW),
    }
    site.live()
    path = site.confirming(NEW)
    pages["confirm"] = site.ask(path)
    pages["confirmed"] = site.post(path)
    pages["confirm again"] = site.ask(path)
    return pages


def _acting(site: Website) -> Pages:
    """Return a supporter's own page in the states that it has while letters are wanted."""
    path = site.action(ANNA)
    first = site.ask(path)
    forms = task_forms(first.text)
    edited = forms[0] | {"subject": f"My own words {LONG}", "text": f"{LONG}\n\nPlease release him.", "do": "links"}
    return {
        "action": first,
        "action in Russian": site.ask(site.action(GALINA)),
        "action by phone": site.ask(site.action(VELI)),
        "action with webmail": site.ask(f"{path}?mail=gmail&letter=ru"),
        "action edited": site.post(path, edited),
        "action too long": site.post(path, forms[0] | {"text": "long " * 5000, "do": "links"}),
        "action sent": site.post(path, forms[0] | {"do": "sent"}),
        "action busy": site.post(path, forms[-1] | {"do": "busy phone"}),
        "action dead": site.post(path, forms[0] | {"do": "dead email"}),
        "action of a test": site.ask(f"/a/{derive(site.installation.token_key, Purpose.ACTION, CASE, TEST_PUBLIC_ID)}"),
        "action declined": site.post(site.action(GALINA), {"do": "decline"}),
        "action declined, later": site.ask(site.action(GALINA)),
    }


def _preferring(site: Website) -> Pages:
    """Return the pages of what somebody wants."""
    path = site.preferences(ANNA)
    shown = site.ask(path)
    fields = form_fields(shown.text)
    return {
        "preferences": shown,
        "preferences in Russian": site.ask(site.preferences(GALINA)),
        "preferences with errors": site.post(path, fields | {"do": "save", "pause": "never", "paused_until": "never"}),
        "preferences saved": site.post(path, fields | {"do": "save"}),
        "erase": site.ask(f"{path}/erase"),
        "erased": site.post(f"{site.preferences(GONE)}/erase"),
    }


def _errors(site: Website) -> Pages:
    """Return what is answered to links that open nothing."""
    old = site.preferences(ANNA)
    site.clock.forward(timedelta(days=40))
    too_old = site.ask(old)
    site.clock.forward(timedelta(days=-40))
    return {
        "wrong link": site.ask("/u/cut"),
        "no page": site.ask("/nothing"),
        "no method": site.ask("/", "DELETE"),
        "old link": too_old,
        "later": _refused(site),
    }


def _refused(site: Website) -> httpx.Response:
    """Return what a network gets that sends too much."""
    for number in range(100):
        answer = site.sign_up(Applicant(f"many{number}@people.example", name="", language="en", country="GB"))
        site.clock.forward(timedelta(seconds=-10))
        if answer.status_code != 200:
            return answer
    raise AssertionError("a hundred were taken")


def _ended(site: Website) -> Pages:
    """Return the pages of campaigns that are closed, stopped, paused or past."""
    from mailer.core.campaigns import Status

    site.close(CASE)
    site.close(ENDED)
    store, now = site.installation.campaigns, site.clock()
    store.set_status(HALTED, Status.STOPPED, now=now)
    store.set_status(WAITING, Status.PAUSED, now=now)
    names = {"closed": CASE, "stopped": HALTED, "paused": WAITING}
    public = {f"campaign {name}": site.ask(f"/c/{campaign}") for name, campaign in names.items()}
    return public | {f"action {name}": site.ask(site.action(ANNA, campaign)) for name, campaign in names.items()}


def _leaving(site: Website) -> Pages:
    """Return the last pages."""
    path = site.leaving(ANNA)
    test = f"/u/{derive(site.installation.token_key, Purpose.UNSUBSCRIBE, '', TEST_PUBLIC_ID)}"
    return {
        "leave": site.ask(path),
        "goodbye": site.post(path),
        "leave a test": site.ask(test),
        "test": site.post(test),
    }


class Album:
    """An app that shows collected pages, each as it was answered: `/0`, `/1` and so on."""

    def __init__(self, pages: Mapping[str, httpx.Response]) -> None:
        self.names = list(pages)
        self._pages = list(pages.values())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a page and its headers."""
        number = scope["path"].strip("/")
        page = self._pages[int(number)] if number.isdigit() else httpx.Response(404)
        headers = [pair for pair in page.headers.raw if pair[0].lower() not in _OF_THE_TRANSFER]
        await send({"type": "http.response.start", "status": page.status_code, "headers": headers})
        await send({"type": "http.response.body", "body": page.content})
