"""What is running now? `/`: the campaigns that need letters, and the form to join the list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mailer.core.publicview import Phase, Visit, card_view, phase_of
from mailer.web.entry_form import empty_form
from mailer.web.public import absolute, public_campaigns
from mailer.web.site import Site


def routes(site: Site) -> list[Route]:
    """Return the route of the first page."""

    async def show(request: Request) -> Response:
        """Show what is running, and the form."""
        language = await site.do(site.replies.language, request)
        values = await site.do(_values, site, language)
        return await site.show("home", request, public=True, **values)

    return [Route("/", site.guarded(show), methods=["GET"])]


def _values(site: Site, language: str) -> Mapping[str, Any]:
    """Return what the page shows: campaigns, the one that ends first in front, and an empty form."""
    visit = Visit(site.installation.clock(), site.replies.wording(language))
    shown = [each for each in public_campaigns(site) if phase_of(each, visit.now) is Phase.OPEN]
    shown.sort(key=lambda each: (each.ends_at is None, each.ends_at, each.campaign.id))
    return {
        "campaigns": tuple(card_view(each, visit) for each in shown),
        "form": empty_form(site, language),
        "wrong": {},
        "url": absolute(site, "/"),
    }
