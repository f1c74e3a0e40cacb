"""How does somebody who signed up join? `/confirm/TOKEN`: a page with a button, and its POST.

Law: only the button changes anything, and only once: whoever follows every link of a mail confirms nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mailer.core.plain import Plain, direction, paragraphs
from mailer.core.signups import CONFIRM_WITHIN, Confirmation, SignUp
from mailer.errors import LinkError
from mailer.web.site import Site, read_little

GONE = 410


def routes(site: Site) -> list[Route]:
    """Return the route of confirming."""
    return [Route("/confirm/{token}", site.guarded(_Confirming(site).answer), methods=["GET", "POST"])]


class _Confirming:
    """The handlers of these pages."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def answer(self, request: Request) -> Response:
        """Show a button to GET, and enter who signed up at POST; a link that is not ours is told so."""
        token, installation = request.path_params["token"], self._site.installation
        try:
            signup = await self._site.do(installation.sign_ups.find, token, now=installation.clock())
        except LinkError:
            return await self._site.refuse(request, "link")
        if signup is None:
            return await self._gone(request)
        language = signup.applicant.language or ""
        if request.method != "POST":
            return await self._site.show("confirm", request, language=language, consent=_consent(signup))
        return await self._confirm(request, token, language)

    async def _confirm(self, request: Request, token: str, language: str) -> Response:
        """Enter who signed up; two who press at once join once."""
        await read_little(request)
        # The page is made first: a fault in it says "nothing changed".
        welcome = await self._site.show("confirmed", request, language=language)
        installation = self._site.installation
        came = await self._site.do(installation.sign_ups.confirm, token, now=installation.clock())
        return welcome if came is Confirmation.CONFIRMED else await self._gone(request)

    async def _gone(self, request: Request) -> Response:
        """Say that the link was used or is too old."""
        return await self._site.show("confirm", request, GONE, kind="gone", days=CONFIRM_WITHIN.days)


def _consent(signup: SignUp) -> Mapping[str, Plain]:
    """Return what is agreed to: whoever typed the address in, the one who confirms has read it."""
    language = signup.consent_language
    return {"language": language, "direction": direction(language), "paragraphs": paragraphs(signup.consent)}
