"""How does a supporter leave? `/u/TOKEN`: a page with a button, and the one-click POST of mail programs.

Law: the token can only end consent, and does so before the next letter; twice is as once.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mailer.core.links import TEST_PUBLIC_ID
from mailer.core.supporters import PublicId
from mailer.core.tokens import Purpose, verify
from mailer.errors import LinkError
from mailer.web.site import Site, read_little


def routes(site: Site) -> list[Route]:
    """Return the routes of leaving."""
    return [Route("/u/{token}", site.guarded(_Leaving(site).answer), methods=["GET", "POST"])]


class _Leaving:
    """The handlers of these pages."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def answer(self, request: Request) -> Response:
        """Show a button to GET, and end consent at POST; a link that is not ours is told so."""
        try:
            public_id = self._verify(request)
        except LinkError:
            return await self._site.refuse(request, "link")
        return await (self._leave if request.method == "POST" else self._ask)(request, public_id)

    async def _ask(self, request: Request, public_id: PublicId) -> Response:
        """Show the button; nothing changes, however often a scanner looks."""
        kind = "test" if public_id == TEST_PUBLIC_ID else ""
        return await self._site.show("unsubscribe", request, reader=public_id, kind=kind)

    async def _leave(self, request: Request, public_id: PublicId) -> Response:
        """End consent; in force before the next letter. Source: RFC 8058 for the one-click POST."""
        await read_little(request)
        if public_id == TEST_PUBLIC_ID:
            return await self._site.refuse(request, "test", 200)
        goodbye = await self._site.show("goodbye", request, reader=public_id)  # first: a fault says "nothing changed"
        await self._site.do(self._site.installation.supporters.unsubscribe_by_id, public_id)
        return goodbye

    def _verify(self, request: Request) -> PublicId:
        """Return whose link this is.

        Raises:
            LinkError: nobody's.
        """
        return verify(request.path_params["token"], Purpose.UNSUBSCRIBE, "", self._site.installation.ring.token_keys)
