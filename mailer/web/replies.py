"""What does a supporter's browser get? A page in a language that they read, with headers that lock it in.

Law: a page loads nothing, stores nothing and tells no other site where it was. The page that tells of a fault
needs neither database nor file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from mailer.adapters.pages import PageRenderer, capital, page_sources, tongues
from mailer.adapters.wording import load_wordings
from mailer.core.plain import Plain, lines
from mailer.core.revisions import Wording
from mailer.web.published import Published

if TYPE_CHECKING:
    from mailer.core.organisations import Organisation
    from mailer.wiring import Installation

HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
_LAST_RESORT = "That did not work. The fault is ours, and nothing has changed. Please try again in a few minutes.\n"
_MOST_KEPT = 5  # parameters of an address that a change of language keeps
_LONGEST_KEPT = 64  # characters of each


class Replies:
    """Makes the pages of one installation; what they need is read when the first is asked for."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self.published = Published(installation)

    def page(
        self, name: str, request: Request, status: int, *, language: str = "", values: Mapping[str, Plain] | None = None
    ) -> Response:
        """Return a page in the language that is asked for, else in `language`, else in one that the browser names.

        `values` are what its template gets beside what all do; they may override what all get.

        Raises:
            MailerError: database or templates cannot be read.
        """
        chosen = self.language(request, language)
        known = {**_frame(self.published.organisation()), "tongues": self._tongues(request), **(values or {})}
        return self._render(name, status, chosen, known)

    def trouble(self, request: Request) -> Response:
        """Say that the fault is ours; never raises for what is broken behind it."""
        try:
            values = {**_frame(self.published.known), "kind": "trouble"}
            return self._render("error", 503, self.language(request), values)
        except Exception:  # the page is itself what is broken: a template, a catalogue, the folder that holds them
            return PlainTextResponse(_LAST_RESORT, 503, headers=HEADERS)

    def language(self, request: Request, own: str = "") -> str:
        """Return the language of a page: the one chosen on it, else the reader's `own`, else the browser's first.

        Of all only those count that there are pages in; "de-at" is read as "de".
        """
        wishes = (request.query_params.get("language", "").lower(), own, *_accepted(request))
        tags = (tag for wish in wishes for tag in (wish, wish.partition("-")[0]))
        return next((tag for tag in tags if tag in self._languages), "en")

    def wording(self, language: str) -> Wording:
        """Return the words of one of the languages that there are pages in."""
        return self._renderer.wordings[language]

    def words(self, name: str, language: str) -> str:
        """Return a text of the pages ("consent") in one of their languages, as it is kept: plain, not HTML."""
        return self._renderer.words(name, language, _frame(self.published.organisation()))

    def name_of(self, tag: str, wording: Wording) -> str:
        """Return a language's own name where there are pages in it, else its name in `wording`."""
        own = self._renderer.wordings.get(tag, wording)
        return capital(own.languages.get(tag, tag))

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the pages, English first."""
        return self._languages

    def _render(self, name: str, status: int, language: str, values: Mapping[str, Plain]) -> Response:
        """Return the page with its headers."""
        body = self._renderer.render(name, language, {"home": self.home, **values})
        policy = self._renderer.policy(str(values["script"] or ""))
        headers = {**HEADERS, "Content-Security-Policy": policy}
        if values["public"]:
            del headers["X-Robots-Tag"]
        return HTMLResponse(body, status, headers=headers)

    @property
    def home(self) -> str:
        """The path of the first page: what the public address has behind its name."""
        return urlsplit(self._installation.settings.public_url).path.rstrip("/") + "/"

    @cached_property
    def _renderer(self) -> PageRenderer:
        """The compiled pages, in every language that there is a catalogue of."""
        templates = self._installation.templates
        return PageRenderer(page_sources(templates), load_wordings(templates, self._languages))

    @cached_property
    def _languages(self) -> tuple[str, ...]:
        """The languages of the pages, English first."""
        names = self._installation.templates.names("locale", "*/LC_MESSAGES/*.po")
        return ("en", *(name.split("/")[1] for name in names))

    def _tongues(self, request: Request) -> Sequence[Mapping[str, Plain]]:
        """Return the choice of languages; the answer to a form has none, it cannot be asked for again."""
        if request.method not in ("GET", "HEAD") or len(self._languages) == 1:
            return ()
        given = request.query_params.multi_items()
        kept = [(name[:_LONGEST_KEPT], value[:_LONGEST_KEPT]) for name, value in given if name != "language"]
        urls = {tag: "?" + urlencode([*kept[:_MOST_KEPT], ("language", tag)]) for tag in self._languages}
        return tongues(self._renderer.wordings, urls)


def _frame(organisation: Organisation | None) -> Mapping[str, Plain]:
    """Return what every page gets: who writes, and that it is none of the special kinds."""
    return {
        "organisation": organisation.name if organisation else "",
        "reply_to": organisation.reply_to if organisation else "",
        "address": lines(organisation.postal_address) if organisation else (),
        "kind": "",
        "public": False,
        "script": "",
        "tongues": (),
    }


def _accepted(request: Request) -> list[str]:
    """Return the languages that a browser asks for, a few at most."""
    given = request.headers.get("accept-language", "")[:200].split(",")[:10]
    return [part.split(";")[0].strip().lower() for part in given]
