"""How does a page for supporters come about? From its template and the words of one language.

Law: a page loads nothing from outside; its one style element, and the one script that it may have, are allowed by
their hashes.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence

from mailer.adapters.rendering import load_sources
from mailer.adapters.sandbox import CompiledOnce, make_environment, render_template
from mailer.adapters.templates import Templates
from mailer.core.plain import Plain
from mailer.core.revisions import Wording

_SHARED = "mail/phrases.j2"  # sentences that mails and pages have in common
_NO_MORE = "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"


def page_sources(templates: Templates) -> Mapping[str, str]:
    """Return everything that pages are made of: template, style and script name -> source."""
    return {**load_sources(templates, "pages"), _SHARED: templates.read(_SHARED)}


class PageRenderer:
    """Renders the pages of supporters, in the languages of `wordings`."""

    def __init__(self, sources: Mapping[str, str], wordings: Mapping[str, Wording]) -> None:
        compiled = CompiledOnce()
        self.wordings = wordings
        self._sources = sources
        self._environments = {tag: make_environment(sources, words, compiled) for tag, words in wordings.items()}
        self._style = squeezed_style(sources["pages/look.css"])

    def policy(self, script: str = "") -> str:
        """Return the Content-Security-Policy of a page with this script ("act"), or with none."""
        styles = f"default-src 'none'; style-src {_hash_of(self._style)}"
        scripts = f"; script-src {_hash_of(self._script(script))}" if script else ""
        return f"{styles}{scripts}; {_NO_MORE}"

    def render(self, name: str, language: str, values: Mapping[str, Plain]) -> str:
        """Return the page `name` ("unsubscribe") in `language`, which must be one of those loaded.

        A `script` among the values is the name of one ("act"), which is put into the page.

        Raises:
            RenderingError: the template does not render; the message names file and line.
        """
        frame = {
            "language": language,
            "direction": self.wordings[language].direction,
            "style": self._style,
            "script": self._script(str(values.get("script") or "")),
        }
        return render_template(self._environments[language], f"pages/{name}.html.j2", {**values, **frame})

    def words(self, name: str, language: str, values: Mapping[str, Plain]) -> str:
        """Return the plain text `name` ("consent") in `language`.

        Raises:
            RenderingError: the template does not render; the message names file and line.
        """
        return render_template(self._environments[language], f"pages/{name}.txt.j2", values)

    def _script(self, name: str) -> str:
        """Return the text of a script, none without a name."""
        return squeezed_script(self._sources[f"pages/{name}.js"]) if name else ""


def tongues(wordings: Mapping[str, Wording], urls: Mapping[str, str]) -> Sequence[Mapping[str, Plain]]:
    """Return the languages of `urls` as a choice: each by its own name, with where it is had."""
    return tuple(
        {
            "language": tag,
            "direction": wordings[tag].direction,
            "name": capital(wordings[tag].languages.get(tag, tag)),
            "url": url,
        }
        for tag, url in urls.items()
    )


def capital(name: str) -> str:
    """Return the name of a language with a capital, as it stands in a list."""
    return name[:1].upper() + name[1:]


def squeezed_style(style: str) -> str:
    """Return a style sheet without comments and the blanks that mean nothing: it is in every page."""
    plain = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    return re.sub(r"([:,])\s+", r"\1", re.sub(r"\s*([{};])\s*", r"\1", plain)).strip()


def squeezed_script(script: str) -> str:
    """Return a script without indents and without lines that are comments alone."""
    lines = (line.strip() for line in script.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _hash_of(text: str) -> str:
    """Return the CSP source expression that allows an inline element with exactly this text."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
