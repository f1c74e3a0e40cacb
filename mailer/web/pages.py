"""How does a supporter leave, and is the daemon alive? `/u/TOKEN`, `/livez` and `/readyz`.

Law: GET shows, POST changes. No cookie, no redirect, nothing from outside, and no token in any log: a fault is
told by its kind and by its place in the code.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from mailer.adapters.logs import open_log
from mailer.core.links import TEST_PUBLIC_ID
from mailer.core.supporters import PublicId
from mailer.core.tokens import Purpose, verify
from mailer.errors import LinkError, MailerError
from mailer.web.replies import HEADERS, Replies

if TYPE_CHECKING:
    from mailer.wiring import Installation

LARGEST_BODY = 64 * 1024
Answer = Callable[[Request], Awaitable[Response]]


def create_app(installation: Installation) -> Starlette:
    """Return the pages of one installation; nothing is opened before the first request."""
    pages = _Pages(installation)
    routes = [
        Route("/u/{token}", pages.guarded(pages.answer), methods=["GET", "POST"]),
        Route("/livez", _alive, methods=["GET"]),
        Route("/readyz", pages.guarded(pages.ready), methods=["GET"]),
    ]
    app = Starlette(routes=routes, exception_handlers={HTTPException: pages.show_refusal})
    app.router.redirect_slashes = False  # a redirect would carry the token to whatever host the request names
    return app


async def _alive(_: Request) -> Response:
    """Tell that the process answers."""
    return PlainTextResponse("alive\n", headers=HEADERS)


class _Pages:
    """The handlers of one installation's pages."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._replies = Replies(installation)

    def guarded(self, answer: Answer) -> Answer:
        """Return `answer` with every fault turned into a page and told to the log.

        Without this Starlette raises it once more, and uvicorn prints it with whatever its message holds.
        """

        async def endpoint(request: Request) -> Response:
            try:
                return await answer(request)
            except HTTPException:
                raise
            except ClientDisconnect:
                return Response(status_code=400)  # nobody is there to read it
            except Exception as error:
                self._tell(error)
                return await asyncio.to_thread(self._replies.trouble, request)

        return endpoint

    async def answer(self, request: Request) -> Response:
        """Show a button to GET, and end consent at POST; a link that is not ours is told so."""
        try:
            public_id = self._verify(request)
        except LinkError:
            return await self._show("error", request, 404, kind="link")
        return await (self._leave if request.method == "POST" else self._ask)(request, public_id)

    async def _ask(self, request: Request, public_id: PublicId) -> Response:
        """Show the button; nothing changes, however often a scanner looks."""
        kind = "test" if public_id == TEST_PUBLIC_ID else ""
        return await self._show("unsubscribe", request, 200, reader=public_id, kind=kind)

    async def _leave(self, request: Request, public_id: PublicId) -> Response:
        """End consent; in force before the next letter. Source: RFC 8058 for the one-click POST."""
        await _read_little(request)
        if public_id == TEST_PUBLIC_ID:
            return await self._show("error", request, 200, kind="test")
        goodbye = await self._show("goodbye", request, 200, reader=public_id)  # first: a fault says "nothing changed"
        await asyncio.to_thread(self._installation.supporters.unsubscribe_by_id, public_id)
        return goodbye

    async def ready(self, _: Request) -> Response:
        """Tell whether the database answers."""
        try:
            await asyncio.to_thread(self._ask_database)
        except MailerError:
            return PlainTextResponse("the database does not answer\n", 503, headers=HEADERS)
        return PlainTextResponse("ready\n", headers=HEADERS)

    def _ask_database(self) -> None:
        """Open the database, if that was not done yet, and read from it."""
        self._installation.campaigns.all()

    async def show_refusal(self, request: Request, error: Exception) -> Response:
        """Say that there is no such page, or none that takes this method or so large a body."""
        status, headers = (error.status_code, error.headers) if isinstance(error, HTTPException) else (404, None)

        async def refuse(request: Request) -> Response:
            return await self._show("error", request, status, kind="missing")

        page = await self.guarded(refuse)(request)
        page.headers.update(headers or {})
        return page

    def _verify(self, request: Request) -> PublicId:
        """Return whose link this is.

        Raises:
            LinkError: nobody's.
        """
        return verify(request.path_params["token"], Purpose.UNSUBSCRIBE, "", self._installation.ring.token_keys)

    async def _show(
        self, name: str, request: Request, status: int, *, reader: PublicId | None = None, kind: str = ""
    ) -> Response:
        """Return a page in the language of its reader, where we know who that is."""

        def page() -> Response:
            language = self._installation.supporters.language_of(reader) if reader is not None else ""
            return self._replies.page(name, request, status, language=language, kind=kind)

        return await asyncio.to_thread(page)

    def _tell(self, error: Exception) -> None:
        """Tell of a fault; its message is left out, it may hold what somebody sent or is."""
        place = extract_tb(error.__traceback__)[-1]
        where = f"{Path(place.filename).name}:{place.lineno}"
        open_log(self._installation.clock).error("page failed", error=type(error).__name__, where=where)


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
