"""How does a supporter choose what they get? `/p/TOKEN`: a form, all that is kept of them, and how to be erased.

Law: GET shows, also for those who left; POST changes. The link comes by mail alone and ends after thirty days; what
is kept is told in full in the download only.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mailer.core.dated_tokens import verify_preferences
from mailer.core.links import TEST_PUBLIC_ID
from mailer.core.own_data import own_data
from mailer.core.supporters import PublicId
from mailer.errors import LinkError, LinkExpiredError
from mailer.flows.preferring import Shown, look, save
from mailer.web.preference_form import choices_of, form_values
from mailer.web.replies import HEADERS
from mailer.web.site import Site, read_form, read_little

Page = Callable[[Request, PublicId], Awaitable[Response]]


def routes(site: Site) -> list[Route]:
    """Return the routes of preferences."""
    pages = _Preferring(site)
    both = ["GET", "POST"]
    return [
        Route("/p/{token}", site.guarded(pages.opened(pages.prefer)), methods=both),
        Route("/p/{token}/data", site.guarded(pages.opened(pages.download)), methods=["GET"]),
        Route("/p/{token}/erase", site.guarded(pages.opened(pages.erase)), methods=both),
    ]


class _Preferring:
    """The handlers of these pages."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def opened(self, page: Page) -> Callable[[Request], Awaitable[Response]]:
        """Return what answers with `page` where the link opens one, and says why where it does not."""

        async def answer(request: Request) -> Response:
            try:
                public_id = self._verify(request)
            except LinkExpiredError:
                return await self._site.refuse(request, "old")
            except LinkError:
                return await self._site.refuse(request, "link")
            if public_id == TEST_PUBLIC_ID:
                return await self._site.refuse(request, "test", 200)
            return await page(request, public_id)

        return answer

    async def prefer(self, request: Request, public_id: PublicId) -> Response:
        """Show what was chosen to GET; at POST store what the form says, unless something in it is wrong."""
        fields = await read_form(request) if request.method == "POST" else {}
        store, now = self._site.installation.preferences, self._site.installation.clock()
        choices = await self._site.do(choices_of, self._site)
        if "save" not in fields.get("do", ()):
            shown = await self._site.do(look, store, public_id, choices, now)
            return await self._show(request, "preferences", shown)
        shown = await self._site.do(save, store, public_id, fields, choices, now)
        if shown is not None and shown.wrong:
            return await self._show(request, "preferences", shown, 422)
        return await self._show(request, "preferences_saved", shown)

    async def download(self, request: Request, public_id: PublicId) -> Response:
        """Return all that is kept of somebody, as a file."""
        known = await self._site.do(self._site.installation.preferences.known, public_id)
        if known is None:
            return await self._site.refuse(request, "link")
        told = json.dumps(own_data(known), ensure_ascii=False, indent=2) + "\n"
        headers = {**HEADERS, "Content-Disposition": 'attachment; filename="my-data.json"'}
        return Response(told, headers=headers, media_type="application/json")

    async def erase(self, request: Request, public_id: PublicId) -> Response:
        """Ask with a button at GET; at POST delete all that is kept of somebody, at once."""
        installation = self._site.installation
        own = await self._site.do(installation.supporters.language_of, public_id)
        if request.method != "POST":
            return await self._site.show("erase", request, language=own, back=_back(request))
        await read_little(request)
        page = await self._site.show("erased", request, language=own)  # first: a fault says "nothing changed"
        done = await self._site.do(installation.preferences.erase, public_id, now=installation.clock())
        return page if done.was_supporter else await self._site.refuse(request, "link")

    async def _show(self, request: Request, name: str, shown: Shown | None, status: int = 200) -> Response:
        """Return a page that tells what somebody chose, in the language of their mails."""
        if shown is None:
            return await self._site.refuse(request, "link")
        own = shown.supporter.language
        language = await self._site.do(self._site.replies.language, request, own)
        values = await self._site.do(form_values, self._site, shown, language)
        return await self._site.show(name, request, status, language=own, here=_here(request), **values)

    def _verify(self, request: Request) -> PublicId:
        """Return whose link this is.

        Raises:
            LinkError: nobody's, or it is too old.
        """
        installation = self._site.installation
        return verify_preferences(request.path_params["token"], installation.ring.token_keys, installation.clock())


def _here(request: Request) -> str:
    """Return the last part of the page's path: other pages of the same link are named from there."""
    return str(request.path_params["token"])


def _back(request: Request) -> str:
    """Return the way from a page below to the preferences."""
    return f"../{_here(request)}"
