"""What does everybody see of a campaign? `/c/CAMPAIGN`: the case, letters that nobody signed yet, pickets, the end.

Law: a campaign without a page, one with nothing public and one that there never was are the same to who asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from time import monotonic
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mailer.adapters.invitations import calendar_file
from mailer.core.counting import Numbers, numbers_of
from mailer.core.countries import capital_zone
from mailer.core.languages import reading_order
from mailer.core.occasions import Invitation, public_occasions
from mailer.core.pieces import PieceKind, piece_of
from mailer.core.plain import Plain
from mailer.core.publicview import Phase, Visit, campaign_view, numbers_view, phase_of
from mailer.core.retirement import NOTHING_OUT_OF_USE
from mailer.flows.pieces import CONTENT_TYPES
from mailer.web.public import absolute, choice_of_countries, find_campaign
from mailer.web.replies import HEADERS
from mailer.web.site import Site

SENT_OUT_LASTS = 60.0  # seconds: it is counted over every letter of the alert


def routes(site: Site) -> list[Route]:
    """Return the routes of the pages of campaigns."""
    pages = _CampaignPages(site)
    return [
        Route("/c/{campaign}", site.guarded(pages.show), methods=["GET"]),
        Route("/c/{campaign}/{date}.ics", site.guarded(pages.invite), methods=["GET"]),
    ]


class _CampaignPages:
    """The handlers of these pages."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._sent_out: dict[str, tuple[float, int]] = {}

    async def show(self, request: Request) -> Response:
        """Show a campaign; the country that the reader chose is in the address, and nowhere else."""
        language = await self._site.do(self._site.replies.language, request)
        found = await self._site.do(self._gather, request, language)
        if found is None:
            return await self._site.refuse(request, "missing")
        return await self._site.show("campaign", request, public=True, **found)

    async def invite(self, request: Request) -> Response:
        """Return a trial or a picket as a file that calendars read."""
        language = await self._site.do(self._site.replies.language, request)
        found = await self._site.do(self._date, request, language)
        if found is None:
            return await self._site.refuse(request, "missing")
        name, file = found
        headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{name}"'}
        return Response(file, headers=headers, media_type=CONTENT_TYPES[PieceKind.ICS])

    def _gather(self, request: Request, language: str) -> Mapping[str, Any] | None:
        """Return all that the page shows, None if there is no such page."""
        site, now = self._site, self._site.installation.clock()
        public = find_campaign(site, request.path_params["campaign"])
        phase = phase_of(public, now) if public else None
        if public is None or phase is None:
            return None
        visit = Visit(now, site.replies.wording(language), _country(request), request.query_params.get("target", ""))
        is_open = phase is Phase.OPEN
        out_of_use = site.installation.out_of_use(public.campaign.id) if is_open else NOTHING_OUT_OF_USE
        view = campaign_view(public, phase, visit, out_of_use)
        return {
            **view,
            "place": _place(view, visit),
            "numbers": numbers_view(self._numbers(public.campaign.id)),
            "can_sign_up": bool(site.installation.settings.public_url),
            "url": absolute(site, f"/c/{public.campaign.id}"),
        }

    def _numbers(self, campaign_id: str) -> Numbers:
        """Return what came of a campaign; what has left is counted once a minute."""
        answers = self._site.installation.answers
        counted_at, sent_out = self._sent_out.get(campaign_id, (float("-inf"), 0))
        if monotonic() - counted_at > SENT_OUT_LASTS:
            sent_out = answers.sent_out(campaign_id)
            self._sent_out[campaign_id] = (monotonic(), sent_out)
        return numbers_of(sent_out, answers.counts(campaign_id), answers.copies(campaign_id))

    def _date(self, request: Request, language: str) -> tuple[str, bytes] | None:
        """Return the file of a trial or a public picket of a campaign that is open, by name; None if there is none."""
        now, key = self._site.installation.clock(), request.path_params["date"]
        public = find_campaign(self._site, request.path_params["campaign"])
        if public is None or phase_of(public, now) is not Phase.OPEN:
            return None
        occasion = next((each for each in public_occasions(public.campaign) if each.key == key), None)
        if occasion is None:
            return None
        url, reads = absolute(self._site, f"/c/{public.campaign.id}"), reading_order(language)
        invitation = Invitation(occasion, public.campaign, reads, occasion.timezone, now, url)
        return piece_of(occasion).name, calendar_file(invitation)


def _place(view: Mapping[str, Plain], visit: Visit) -> Mapping[str, Plain]:
    """Return what depends on where the reader lives; a choice only where one would change anything."""
    matters = bool(view["embassies"] or view["careful"])
    names = ("country", "country_name", "embassies", "careful", "rule", "note")
    return {
        **{name: view[name] for name in names},
        "language": visit.wording.language,
        "countries": choice_of_countries(visit.wording) if matters and not visit.country else (),
        "change": f"?language={visit.wording.language}",
        "here": "?" + urlencode([("language", visit.wording.language), ("country", visit.country)]),
    }


def _country(request: Request) -> str:
    """Return the country that was chosen, empty for none and for what is none."""
    chosen = request.query_params.get("country", "").upper()
    return chosen if capital_zone(chosen) else ""
