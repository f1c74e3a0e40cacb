"""Where does a supporter act? `/a/TOKEN`: letters to edit and send, and buttons that tell us what became of them.

Law: GET shows. What is typed goes into the answer and nowhere else; only the buttons that say so write anything down.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mailer.core.actionview import ActionPage, action_view, as_mail, page_wording
from mailer.core.edits import Edit, clean
from mailer.core.occasions import occasions_of
from mailer.core.paper import Sender
from mailer.core.pieces import Piece, PieceKind, Way, piece_of
from mailer.core.targets import ChannelKind
from mailer.core.visits import Choices, Standing
from mailer.errors import LinkError, RenderingError
from mailer.flows.acting import Acting, Deed, Outside, Visit
from mailer.flows.pieces import CONTENT_TYPES, make_piece, reader_of
from mailer.web.replies import HEADERS
from mailer.web.site import Site, read_form

if TYPE_CHECKING:
    from mailer.wiring import Installation

LARGEST_FORM = 256 * 1024  # octets: 20,000 characters, each up to 12 when it is percent-encoded
_WAYS: Final[Mapping[str, ChannelKind]] = {  # what the buttons that make a file are called
    "pdf": ChannelKind.POST,
    "fax": ChannelKind.FAX,
    "eml": ChannelKind.EMAIL,
    "call": ChannelKind.PHONE,
    "form": ChannelKind.WEB,
}
_MEDIA: Final = {PieceKind.EML: "message/rfc822"}  # saved as it is, on its way to a mail program
Fields = Mapping[str, list[str]]


def routes(site: Site) -> list[Route]:
    """Return the routes of these pages."""
    pages = _ActionPages(site)
    return [
        Route("/a/{token}", site.guarded(pages.answer), methods=["GET", "POST"]),
        Route("/a/{token}/{date}.ics", site.guarded(pages.remind), methods=["GET"]),
    ]


class _ActionPages:
    """The handlers of these pages."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._acting: Acting | None = None
        self._one_at_a_time = asyncio.Lock()  # letters are printed so: who waits holds no thread that others need

    async def answer(self, request: Request) -> Response:
        """Show the page to GET; at POST do what was pressed, and show what became of it."""
        fields = await read_form(request, largest=LARGEST_FORM) if request.method == "POST" else {}
        pressed, _, way = _first(fields, "do").partition(" ")
        try:
            page = await self._site.do(self._open, request, fields)
            if (piece := _piece(page, pressed)) is not None:
                async with self._one_at_a_time:
                    return await self._site.do(self._download, piece, page, _typed(page, fields))
            notice = await self._site.do(self._act, page, Deed(pressed, page.key, way))
            if notice not in ("", "links", "gone"):
                page = await self._site.do(self._open, request, fields)
        except LinkError:
            return await self._site.refuse(request, "link")
        except RenderingError:
            notice = "unmade"
        return await self._show(request, page, notice, way)

    async def remind(self, request: Request) -> Response:
        """Return a trial or a picket as a file that calendars read."""
        try:
            page = await self._site.do(self._open, request, {})
        except LinkError:
            return await self._site.refuse(request, "link")
        piece = _date(page, request.path_params["date"])
        if piece is None:
            return await self._site.refuse(request, "missing")
        return await self._site.do(self._download, piece, page, Sender())

    async def _show(self, request: Request, page: ActionPage, notice: str, way: str) -> Response:
        """Return the page, in the language that it was made in."""
        values: dict[str, Any] = {**action_view(page), "notice": notice, "about": page.key, "way": way}
        values["token"] = request.path_params["token"]
        language = page_wording(page).language
        values["chosen"] = urlencode({"language": language, "letter": page.choices.letter, "mail": values["mail"]})
        script = "act" if values["tasks"] else ""
        return await self._site.show("action", request, script=script, language=language, **values)

    def _open(self, request: Request, fields: Fields) -> ActionPage:
        """Return the page as it is now, with what was typed.

        Raises:
            LinkError: the link opens none.
        """
        query = request.query_params
        visit = Visit(
            token=request.path_params["token"],
            now=self._site.installation.clock(),
            choices=Choices(query.get("letter", ""), query.get("mail", ""), query.get("copy") == "no"),
            edit=_edit(fields) if "text" in fields else None,
            key=_first(fields, "key"),
        )
        return self._flow().open(visit, lambda own: self._site.replies.language(request, own))

    def _act(self, page: ActionPage, deed: Deed) -> str:
        """Do what was pressed; return what is told of it, empty where nothing was."""
        if deed.name in _WAYS:
            return "gone"
        return deed.name if deed.name in ("", "links") else self._flow().act(page, deed)

    def _download(self, piece: Piece, page: ActionPage, typed: Sender) -> Response:
        """Return a file that the browser saves.

        Raises:
            RenderingError: it cannot be made.
        """
        workshop = self._site.installation.workshops.of(page.revision)
        headers = {
            **HEADERS,
            "Content-Security-Policy": "default-src 'none'",
            "Content-Disposition": f'attachment; filename="{piece.name}"',
        }
        content = make_piece(piece, reader_of(as_mail(page), typed), workshop)
        return Response(content, media_type=_MEDIA.get(piece.kind, CONTENT_TYPES[piece.kind]), headers=headers)

    def _flow(self) -> Acting:
        """Return the flow; what it needs is opened with the first page."""
        if self._acting is None:
            self._acting = Acting(_outside(self._site, self._site.installation))
        return self._acting


def _outside(site: Site, installation: Installation) -> Outside:
    """Return all that the flow reaches out to."""
    return Outside(
        published=site.replies.published,
        people=installation.supporters,
        answers=installation.answers,
        answering=installation.answering,
        out_of_use=installation.out_of_use,
        places=installation.places,
        key=installation.ring.token_key,
        token_keys=installation.ring.token_keys,
    )


def _edit(fields: Fields) -> Edit:
    """Return what was typed into the boxes of one letter, cleaned."""
    sign = _first(fields, "sign") if "sign" in fields else None
    return clean(Edit(_first(fields, "subject"), _first(fields, "text"), sign, _first(fields, "was")))


def _first(fields: Fields, name: str) -> str:
    """Return the first value of a field, empty if it has none."""
    return next(iter(fields.get(name, [])), "")


def _typed(page: ActionPage, fields: Fields) -> Sender:
    """Return what was typed for the head of a printed letter."""
    return Sender(_first(fields, "from"), _first(fields, "place"), page.signature, page.supporter.country)


def _piece(page: ActionPage, pressed: str) -> Piece | None:
    """Return the file that a button makes; None if it makes none, or there is no such letter, or it is too long.

    Every letter can be printed, also where no post arrives.
    """
    task, kind = page.task(page.key), _WAYS.get(pressed)
    if task is None or kind is None or (page.edit is not None and page.edit.is_too_long):
        return None
    way = Way(task.key, task.item, kind)
    return piece_of(way) if way.channel or kind is ChannelKind.POST else None


def _date(page: ActionPage, key: str) -> Piece | None:
    """Return the file of a date that the page tells; None if it tells none of this name."""
    campaign, country = page.revision.campaign, page.supporter.country
    dates = occasions_of(campaign, country, page.now) if page.standing is Standing.OPEN else ()
    return next((piece_of(date) for date in dates if date.key == key), None)
