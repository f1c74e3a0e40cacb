"""Where does a supporter act? `/a/TOKEN`: letters to edit and send, and buttons that tell us what became of them.

Law: GET shows. What is typed goes into the answer and nowhere else; only the buttons that say so write anything down.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mailer.adapters.documents import Documents
from mailer.core.actionview import ActionPage, action_view, page_wording
from mailer.core.calendar import local_time
from mailer.core.edits import Edit, clean
from mailer.core.eml import build_draft
from mailer.core.paper import Sender, on_paper
from mailer.core.visits import Choices
from mailer.errors import LinkError
from mailer.flows.acting import Acting, Deed, Outside, Visit
from mailer.web.replies import HEADERS
from mailer.web.site import Site, read_form

if TYPE_CHECKING:
    from mailer.wiring import Installation

LARGEST_FORM = 256 * 1024  # octets: 20,000 characters, each up to 12 when it is percent-encoded
_FILES = {"pdf": "application/pdf", "eml": "message/rfc822"}
Fields = Mapping[str, list[str]]


def routes(site: Site) -> list[Route]:
    """Return the route of these pages."""
    return [Route("/a/{token}", site.guarded(_ActionPages(site).answer), methods=["GET", "POST"])]


class _ActionPages:
    """The handlers of these pages."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._documents = Documents(site.installation.templates)
        self._acting: Acting | None = None

    async def answer(self, request: Request) -> Response:
        """Show the page to GET; at POST do what was pressed, and show what became of it."""
        fields = await read_form(request, largest=LARGEST_FORM) if request.method == "POST" else {}
        pressed, _, way = _first(fields, "do").partition(" ")
        try:
            page = await self._site.do(self._open, request, fields)
            if pressed in _FILES and (file := await self._site.do(self._file, page, pressed, fields)) is not None:
                return file
            notice = await self._site.do(self._act, page, Deed(pressed, page.key, way))
            if notice not in ("", "links", "gone"):
                page = await self._site.do(self._open, request, fields)
        except LinkError:
            return await self._site.refuse(request, "link")
        return await self._show(request, page, notice, way)

    async def _show(self, request: Request, page: ActionPage, notice: str, way: str) -> Response:
        """Return the page, in the language that it was made in."""
        values: dict[str, Any] = {**action_view(page), "notice": notice, "about": page.key, "way": way}
        language = page_wording(page).language
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
            choices=Choices(query.get("letter", ""), query.get("mail", "")),
            edit=_edit(fields) if "text" in fields else None,
            key=_first(fields, "key"),
        )
        return self._flow().open(visit, lambda own: self._site.replies.language(request, own))

    def _act(self, page: ActionPage, deed: Deed) -> str:
        """Do what was pressed; return what is told of it, empty where nothing was."""
        if deed.name in _FILES:
            return "gone"
        return deed.name if deed.name in ("", "links") else self._flow().act(page, deed)

    def _file(self, page: ActionPage, kind: str, fields: Fields) -> Response | None:
        """Return the letter as a file; None if there is no such letter, or it is too long."""
        task = page.task(page.key)
        if task is None or (page.edit is not None and page.edit.is_too_long):
            return None
        if kind == "eml":
            return _download(build_draft(task.draft), kind, task.key) if task.draft else None
        sender = Sender(_first(fields, "from"), _first(fields, "place"), task.sign, page.supporter.country)
        today = local_time(page.now, page.pack.timezone).date()
        wording = page.revision.wording(task.item.letter.language)
        return _download(self._documents.letter(on_paper(task.item, sender, today, wording)), kind, task.key)

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


def _download(content: bytes, kind: str, key: str) -> Response:
    """Return a file that the browser saves; its name is made of a target's id."""
    headers = {
        **HEADERS,
        "Content-Security-Policy": "default-src 'none'",
        "Content-Disposition": f'attachment; filename="letter-{key}.{kind}"',
    }
    return Response(content, media_type=_FILES[kind], headers=headers)
