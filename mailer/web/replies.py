"""What does a supporter's browser get? A page in a language that they read, with headers that lock it in.

Law: a page loads nothing, stores nothing and tells no other site where it was. The page that tells of a fault
needs neither database nor file.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from mailer.adapters.pages import PageRenderer
from mailer.adapters.rendering import load_sources
from mailer.adapters.wording import load_wordings
from mailer.core.plain import Plain
from mailer.errors import MailerError

if TYPE_CHECKING:
    from mailer.core.campaigns import Organisation
    from mailer.wiring import Installation

HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
_NO_MORE = "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
_LAST_RESORT = "That did not work. The fault is ours, and nothing has changed. Please try again in a few minutes.\n"


class Replies:
    """Makes the pages of one installation; what they need is read when the first is asked for."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._known: Organisation | None = None

    def page(
        self, name: str, request: Request, status: int, *, language: str = "", values: Mapping[str, Plain] | None = None
    ) -> Response:
        """Return a page in the supporter's language, else in one that the browser asks for, else in English.

        `values` are what its template gets beside what all do; `kind`, where a page has any, is one of them.

        Raises:
            MailerError: database or templates cannot be read.
        """
        return self._render(name, status, self._chosen(language, request), values or {}, self._organisation())

    def trouble(self, request: Request) -> Response:
        """Say that the fault is ours; never raises for what is broken behind it."""
        try:
            return self._render("error", 503, self._chosen("", request), {"kind": "trouble"}, self._known)
        except Exception:  # the page is itself what is broken: a template, a catalogue, the folder that holds them
            return PlainTextResponse(_LAST_RESORT, 503, headers=HEADERS)

    def _render(
        self, name: str, status: int, language: str, values: Mapping[str, Plain], organisation: Organisation | None
    ) -> Response:
        """Return the page with its headers."""
        known = {
            "organisation": organisation.name if organisation else "",
            "reply_to": organisation.reply_to if organisation else "",
            "kind": "",
        }
        policy = f"default-src 'none'; style-src {self._renderer.style_source}; {_NO_MORE}"
        body = self._renderer.render(name, language, {**known, **values})
        return HTMLResponse(body, status, headers={**HEADERS, "Content-Security-Policy": policy})

    @cached_property
    def _renderer(self) -> PageRenderer:
        """The compiled pages, in every language that there is a catalogue of."""
        templates = self._installation.templates
        return PageRenderer(load_sources(templates, "pages"), load_wordings(templates, self._languages))

    @cached_property
    def _languages(self) -> tuple[str, ...]:
        """The languages of the pages, English first."""
        names = self._installation.templates.names("locale", "*/LC_MESSAGES/*.po")
        return ("en", *(name.split("/")[1] for name in names))

    def _chosen(self, language: str, request: Request) -> str:
        """Return the first language wished for that there are pages in; "de-at" is read as "de"."""
        wishes = (language, *_accepted(request))
        tags = (tag for wish in wishes for tag in (wish, wish.partition("-")[0]))
        return next((tag for tag in tags if tag in self._languages), "en")

    def _organisation(self) -> Organisation | None:
        """Return who writes, from a published campaign, else from the file; what was found is kept."""
        if self._known is None:
            self._known = self._published() or self._written
        return self._known

    def _published(self) -> Organisation | None:
        """Return the organisation of a published campaign."""
        campaigns = self._installation.campaigns
        numbers = ((record.id, record.revision) for record in campaigns.all() if record.revision)
        return next((campaigns.revision(*each).organisation for each in numbers), None)

    @cached_property
    def _written(self) -> Organisation | None:
        """The organisation of the campaign file, read once; None if it has none that is right."""
        try:
            return self._installation.catalog().organisation
        except MailerError:
            return None


def _accepted(request: Request) -> list[str]:
    """Return the languages that a browser asks for, a few at most."""
    given = request.headers.get("accept-language", "")[:200].split(",")[:10]
    return [part.split(";")[0].strip().lower() for part in given]
