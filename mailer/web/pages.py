"""How does a supporter leave, and is the daemon alive? `/u/TOKEN`, `/livez` and `/readyz`.

Law: GET shows, POST changes. No cookie, no redirect, nothing from outside, and no token in any log.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import cached_property
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from mailer.adapters.pages import PageRenderer
from mailer.adapters.rendering import load_sources
from mailer.adapters.wording import load_wordings
from mailer.core.links import TEST_PUBLIC_ID
from mailer.core.supporters import PublicId
from mailer.core.tokens import Purpose, verify
from mailer.errors import LinkError, MailerError

if TYPE_CHECKING:
    from mailer.core.campaigns import Organisation
    from mailer.wiring import Installation

LARGEST_BODY = 64 * 1024
_NO_MORE = "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


def create_app(installation: Installation) -> Starlette:
    """Return the pages of one installation; nothing is opened before the first request."""
    pages = _Pages(installation)
    routes = [
        Route("/u/{token}", pages.ask, methods=["GET"]),
        Route("/u/{token}", pages.leave, methods=["POST"]),
        Route("/livez", _alive, methods=["GET"]),
        Route("/readyz", pages.ready, methods=["GET"]),
    ]
    handlers: dict[type[Exception] | int, Callable[[Request, Exception], Awaitable[Response]]] = {
        HTTPException: pages.show_missing,
        LinkError: pages.show_bad_link,
        Exception: pages.show_trouble,
    }
    return Starlette(routes=routes, exception_handlers=handlers)


async def _alive(_: Request) -> Response:
    """Tell that the process answers."""
    return PlainTextResponse("alive\n", headers=_HEADERS)


class _Pages:
    """The handlers of one installation's pages."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    @cached_property
    def _renderer(self) -> PageRenderer:
        """The compiled pages, in every language that there is a catalogue of."""
        templates = self._installation.templates
        return PageRenderer(load_sources(templates, "pages"), load_wordings(templates, self._languages))

    @cached_property
    def _languages(self) -> tuple[str, ...]:
        """The languages of the pages, English first."""
        names = self._installation.templates.names("locale", "*/LC_MESSAGES/*.po")
        return ("en", *(name.split("/")[1] for name in names))

    async def ask(self, request: Request) -> Response:
        """Show a button; nothing changes, however often a scanner looks."""
        public_id = self._verify(request)
        language = await asyncio.to_thread(self._language_of, public_id)
        return self._page("unsubscribe", request, 200, language=language)

    async def leave(self, request: Request) -> Response:
        """End consent; in force before the next letter. Source: RFC 8058 for the one-click POST."""
        public_id = self._verify(request)
        await _read_little(request)
        language = await asyncio.to_thread(self._language_of, public_id)
        if public_id == TEST_PUBLIC_ID:
            return self._page("error", request, 200, language=language, kind="test")
        await asyncio.to_thread(self._installation.supporters.unsubscribe_by_id, public_id)
        return self._page("goodbye", request, 200, language=language)

    async def ready(self, _: Request) -> Response:
        """Tell whether the database answers."""
        try:
            await asyncio.to_thread(self._installation.campaigns.all)
        except MailerError:
            return PlainTextResponse("the database does not answer\n", 503, headers=_HEADERS)
        return PlainTextResponse("ready\n", headers=_HEADERS)

    async def show_missing(self, request: Request, error: Exception) -> Response:
        """Say that there is no such page, or that it cannot be used so."""
        status = error.status_code if isinstance(error, HTTPException) else 404
        return self._page("error", request, status, kind="missing" if status == 404 else "trouble")

    async def show_bad_link(self, request: Request, _: Exception) -> Response:
        """Say that the link is cut or too old."""
        return self._page("error", request, 404, kind="link")

    async def show_trouble(self, request: Request, _: Exception) -> Response:
        """Say that the fault is ours."""
        return self._page("error", request, 503, kind="trouble")

    def _verify(self, request: Request) -> PublicId:
        """Return whose link this is."""
        return verify(request.path_params["token"], Purpose.UNSUBSCRIBE, "", self._installation.ring.token_keys)

    def _language_of(self, public_id: PublicId) -> str:
        """Return the language that a supporter reads, empty for somebody who is gone."""
        return self._installation.supporters.language_of(public_id)

    def _page(self, name: str, request: Request, status: int, *, language: str = "", kind: str = "") -> Response:
        """Return a page in the supporter's language, else in one that the browser asks for."""
        wished = [language, *(part.split(";")[0].strip().lower() for part in _accepted(request))]
        chosen = next((one for wish in wished for one in (wish, wish[:2]) if one in self._languages), "en")
        organisation = self._organisation
        values = {
            "organisation": organisation.name if organisation else "",
            "reply_to": organisation.reply_to if organisation else "",
            "kind": kind,
        }
        policy = f"default-src 'none'; style-src {self._renderer.style_source}; {_NO_MORE}"
        body = self._renderer.render(name, chosen, values)
        return HTMLResponse(body, status, headers={**_HEADERS, "Content-Security-Policy": policy})

    @cached_property
    def _organisation(self) -> Organisation | None:
        """Who writes: from the newest published campaign, else from the file."""
        for record in self._installation.campaigns.all():
            if record.revision:
                return self._installation.campaigns.revision(record.id, record.revision).organisation
        return None


def _accepted(request: Request) -> list[str]:
    """Return the languages that a browser asks for, a few at most."""
    return request.headers.get("accept-language", "")[:200].split(",")[:10]


async def _read_little(request: Request) -> None:
    """Read the body up to a bound; what it says does not matter.

    Raises:
        HTTPException: it is too large.
    """
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > LARGEST_BODY:
            raise HTTPException(413)
