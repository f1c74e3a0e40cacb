"""How do people join the list? `/sign-up`: a form, and one answer to all who fill it in.

Law: the answer tells nobody who is on the list. What is right is only put down; what a machine sent is dropped, and
answered alike.
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mailer.core.enrolment import Applicant
from mailer.core.signups import SignUp
from mailer.core.supporters import PUBLIC_ID_BYTES, PublicId
from mailer.core.visitors import check_stamp
from mailer.flows.signup import Arrival
from mailer.flows.signup_batches import SignUpBatches
from mailer.web.entry_form import Entry, Offer, empty_form, form_values, offered, read_entry
from mailer.web.networks import visitor_network
from mailer.web.site import Site, read_form

AFTER_AN_HOUR = {"Retry-After": "3600"}


def routes(site: Site) -> list[Route]:
    """Return the route of the form."""
    return [Route("/sign-up", site.guarded(_SigningUp(site).answer), methods=["GET", "POST"])]


class _SigningUp:
    """The handlers of these pages."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._batches: SignUpBatches | None = None  # belongs to the event loop of the first request

    async def answer(self, request: Request) -> Response:
        """Show the form to GET, and to a POST that only begins; take what was filled in."""
        language = await self._site.do(self._site.replies.language, request)
        fields = await read_form(request) if request.method == "POST" else {}
        if not fields or "begin" in fields or not self._site.installation.settings.public_url:
            email = fields.get("email", [""])[-1]
            form = await self._site.do(empty_form, self._site, language, email)
            return await self._site.show("signup", request, form=form, wrong={})
        return await self._take(request, fields, await self._site.do(offered, self._site, language))

    async def _take(self, request: Request, fields: Mapping[str, list[str]], offer: Offer) -> Response:
        """Put a sign-up down, unless something is wrong with it, or a machine sent it."""
        entry = await self._site.do(read_entry, fields, offer)
        if entry.applicant is None:
            form = await self._site.do(form_values, self._site, offer, entry)
            return await self._site.show("signup", request, 422, form=form, wrong=entry.wrong)
        if self._is_by_hand(entry) and not await self._put(request, entry.applicant, offer):
            later = await self._site.show("signed_up", request, 429, kind="later")
            later.headers.update(AFTER_AN_HOUR)
            return later
        return await self._site.show("signed_up", request)

    def _is_by_hand(self, entry: Entry) -> bool:
        """Tell whether a person read the page: it was shown a while ago, and the hidden field is empty."""
        installation = self._site.installation
        stamp = entry.typed.get("stamp", "")
        return not entry.trapped and check_stamp(stamp, installation.ring.token_keys, installation.clock())

    async def _put(self, request: Request, applicant: Applicant, offer: Offer) -> bool:
        """Put a sign-up down; False if its network has sent too many."""
        installation = self._site.installation
        own = PublicId(installation.random_bytes(PUBLIC_ID_BYTES))
        signup = SignUp(own, applicant, offer.consent, offer.language)
        network = visitor_network(request, installation.settings.trusted_proxies)
        self._batches = self._batches or SignUpBatches(installation.sign_ups.take_all)
        return await self._batches.put(Arrival(signup, network, installation.clock()))
