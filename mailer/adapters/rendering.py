"""How does a mail get its words? From the templates that its revision froze, as text and as HTML.

Law: what a mail says is decided in core; a template only puts it down, and both parts say the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from jinja2 import Environment

from mailer.adapters.marked_sandbox import make_marked_environment
from mailer.adapters.sandbox import CompiledOnce, make_environment, render_template
from mailer.adapters.templates import Templates
from mailer.core.mailview import MailContext, Rendered, mail_view, thread_topic
from mailer.core.plain import header_text
from mailer.core.revisions import Revision, Wording
from mailer.core.specimen import specimens
from mailer.errors import RenderingError


def load_sources(templates: Templates, folder: str = "mail") -> Mapping[str, str]:
    """Return template name -> source for everything in `folder`, to be frozen into a revision."""
    return {name: templates.read(name) for name in templates.names(folder)}


class MailRenderer:
    """Renders the mails of one revision; each template is compiled once."""

    def __init__(self, revision: Revision) -> None:
        self._sources = revision.templates
        self._compiled = CompiledOnce()
        self._environments: dict[tuple[str, bool], Environment] = {}

    def render(self, context: MailContext) -> Rendered:
        """Return subject, text and HTML of one mail.

        Raises:
            RenderingError: a template is missing or does not render; the message names file and line.
        """
        environment = self._environment(context.wording, marked=context.by.is_marked)
        view = context.by.shown(mail_view(context))
        written = render_template(environment, f"mail/{context.kind.value}.txt.j2", view)
        subject, text = _part(written, f"mail/{context.kind.value}.txt.j2")
        html = render_template(environment, f"mail/{context.kind.value}.html.j2", {**view, "subject": subject})
        return Rendered(subject, text, _without_empty_lines(html), thread_topic(context, subject))

    def _environment(self, wording: Wording, *, marked: bool) -> Environment:
        """Return the environment that speaks the language of `wording`; with marks, one that can only show them."""
        make = make_marked_environment if marked else make_environment
        key = wording.language, marked
        if key not in self._environments:
            self._environments[key] = make(self._sources, wording, self._compiled)
        return self._environments[key]


def check_templates(revision: Revision, *, now: datetime, renderer: MailRenderer | None = None) -> None:
    """Do nothing if every kind of mail renders with all that it can hold; one language is enough.

    What a translation may put in is checked when its catalogue is read.

    Raises:
        RenderingError: a template does not render; the message names file and line.
    """
    renderer = renderer or MailRenderer(revision)
    for context in specimens(revision, now=now):
        renderer.render(context)


def _part(written: str, name: str) -> tuple[str, str]:
    """Part a text template's "Subject:" line from its text, and leave at most one empty line anywhere.

    Raises:
        RenderingError: the first line is no subject.
    """
    first, _, rest = written.lstrip().partition("\n")
    label, _, subject = first.partition(":")
    if label != "Subject" or not subject.strip():
        raise RenderingError(f'{name}:1: the first line must be "Subject: ..."')
    return header_text(subject), _tidy(rest)


def _tidy(text: str) -> str:
    """Return `text` without trailing blanks and with at most one empty line in a row."""
    lines = [line.rstrip() for line in text.strip().splitlines()]
    kept = [line for number, line in enumerate(lines) if line or lines[number - 1]]
    return "\n".join(kept) + "\n"


def _without_empty_lines(html: str) -> str:
    """Return `html` without the lines that templates leave empty: they count where mail programs cut."""
    return "".join(f"{line}\n" for line in html.split("\n") if line.strip())
