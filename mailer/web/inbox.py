"""What did the demo send? A page that lists the caught mails, and shows each as text, HTML and source.

A mail is a stranger's text. It is escaped everywhere but in one response of its own, which the browser keeps
in a sandbox: no script, no form, nothing loaded from outside, and no way into the page around it.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import FunctionLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from mailer.adapters.catchall import CaughtMail
from mailer.adapters.templates import Templates
from mailer.web.framed import FRAME_POLICY, framed
from mailer.web.opened import open_mail, read_subject, source_of

MAILS_ON_A_PAGE = 100
VIEWS = ("text", "html", "source")
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-DNS-Prefetch-Control": "off",
}


def create_inbox_app(
    mails: Callable[[], Sequence[CaughtMail]],
    *,
    mailing_of: Callable[[CaughtMail], str] = lambda _mail: "",
    templates: Templates | None = None,
) -> Starlette:
    """Return the viewer of what `mails` returns, oldest first; it is asked again for every page.

    `mailing_of` names the mailing that a mail belongs to ("alert"), or is empty where that is not known.
    """
    inbox = _Inbox(mails, mailing_of, _Pages(templates or Templates()))
    routes = [
        Route("/", inbox.show_list, name="list"),
        Route("/mails/{number:int}", inbox.show_first_view),
        Route("/mails/{number:int}/frame", inbox.show_frame, name="frame"),
        Route("/mails/{number:int}/{view}", inbox.show_mail, name="mail"),
    ]
    app = Starlette(routes=routes, exception_handlers={HTTPException: inbox.show_error})
    app.router.redirect_slashes = False  # no redirect goes where a request's Host header says
    return app


class _Pages:
    """The templates of this app, and the policy that lets nothing but them work."""

    def __init__(self, templates: Templates) -> None:
        self._environment = ImmutableSandboxedEnvironment(
            loader=FunctionLoader(templates.read),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._style = templates.read("inbox/look.css")
        digest = base64.b64encode(hashlib.sha256(self._style.encode()).digest()).decode()
        self._policy = (
            f"default-src 'none'; style-src 'sha256-{digest}'; frame-src 'self'; "
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )

    def respond(self, name: str, values: Mapping[str, Any], status: int = 200) -> Response:
        """Return the page `name` filled with `values`."""
        html = self._environment.get_template(f"inbox/{name}.html.j2").render(**values, style=self._style)
        return HTMLResponse(html, status, {**_HEADERS, "Content-Security-Policy": self._policy})


@dataclass(frozen=True, slots=True)
class _Chosen:
    """Which mails a list shows: of one mailing, to one recipient, older than one number; empty means all."""

    mailing: str = ""
    recipient: str = ""
    before: int | None = None


@dataclass(frozen=True, slots=True)
class _Inbox:
    """The pages. All are read-only: GET and HEAD are all that they answer."""

    mails: Callable[[], Sequence[CaughtMail]]
    mailing_of: Callable[[CaughtMail], str]
    pages: _Pages

    def show_list(self, request: Request) -> Response:
        """Show the mails, latest first, in pages."""
        chosen = _chosen(request.query_params)
        named = [(mail, self.mailing_of(mail)) for mail in self.mails()]
        wanted = [(mail, mailing) for mail, mailing in reversed(named) if _is_wanted(mail, mailing, chosen)]
        values = {
            "rows": [_row(mail, mailing) for mail, mailing in wanted[:MAILS_ON_A_PAGE]],
            "total": len(named),
            "people": len({mail.recipient for mail, _ in named}),
            "mailings": Counter(mailing for _, mailing in named if mailing),
            "chosen": chosen,
            "older": wanted[MAILS_ON_A_PAGE - 1][0].number if len(wanted) > MAILS_ON_A_PAGE else None,
        }
        return self.pages.respond("list", values)

    def show_first_view(self, request: Request) -> Response:
        """Lead to the HTML, which is what most people see."""
        number = self._mail(request).number
        return RedirectResponse(request.url_for("mail", number=number, view="html").path, 303, _HEADERS)

    def show_mail(self, request: Request) -> Response:
        """Show one mail with its headers, in one of the three views; a broken one has its source only."""
        mail, view = self._mail(request), request.path_params["view"]
        if view not in VIEWS:
            raise HTTPException(404)
        opened = open_mail(mail.content)
        values = {
            "mail": _row(mail, self.mailing_of(mail)),
            "envelope_from": mail.envelope_from,
            "opened": opened,
            "size": len(mail.content),
            "views": ("source",) if opened.broken else VIEWS,
            "view": "source" if opened.broken else view,
            "source": source_of(mail.content),
            "newer": self._number_beside(mail, 1),
            "older": self._number_beside(mail, -1),
        }
        return self.pages.respond("mail", values)

    def show_frame(self, request: Request) -> Response:
        """Serve the HTML of one mail alone, for the sandboxed frame; opened directly it is sandboxed as well."""
        html = open_mail(self._mail(request).content).html
        return HTMLResponse(framed(html), headers={**_HEADERS, "Content-Security-Policy": FRAME_POLICY})

    def show_error(self, _request: Request, error: Exception) -> Response:
        """Say that there is no such page, or that a method is not known."""
        status = error.status_code if isinstance(error, HTTPException) else 500
        return self.pages.respond("error", {"status": status}, status)

    def _mail(self, request: Request) -> CaughtMail:
        number = request.path_params["number"]
        for mail in self.mails():
            if mail.number == number:
                return mail
        raise HTTPException(404)

    def _number_beside(self, mail: CaughtMail, step: int) -> int | None:
        numbers = [each.number for each in self.mails()]
        place = numbers.index(mail.number) + step
        return numbers[place] if 0 <= place < len(numbers) else None


def _chosen(query: Mapping[str, str]) -> _Chosen:
    """Read a list's query; nonsense is read as nothing."""
    before = query.get("before", "")
    older_than = int(before) if before.isascii() and before.isdigit() and len(before) < 10 else None
    return _Chosen(query.get("mailing", ""), query.get("to", ""), older_than)


def _is_wanted(mail: CaughtMail, mailing: str, chosen: _Chosen) -> bool:
    """Tell whether a list that shows `chosen` holds this mail."""
    return (
        chosen.mailing in ("", mailing)
        and chosen.recipient in ("", mail.recipient)
        and (chosen.before is None or mail.number < chosen.before)
    )


def _row(mail: CaughtMail, mailing: str) -> Mapping[str, str | int]:
    """Return what stands in one row of the list."""
    return {
        "number": mail.number,
        "machine_time": mail.received_at.isoformat(),
        "time": f"{mail.received_at:%a %d %b %Y, %H:%M} {mail.received_at.tzname()}",
        "recipient": mail.recipient,
        "subject": read_subject(mail.content),
        "mailing": mailing,
    }
