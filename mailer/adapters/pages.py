"""How does a page for supporters come about? From its template and the words of one language.

Law: a page loads nothing from outside; its one style element is allowed by its hash.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping

from mailer.adapters.sandbox import make_environment, render_template
from mailer.core.plain import Plain
from mailer.core.revisions import Wording


class PageRenderer:
    """Renders the pages of supporters, in the languages of `wordings`."""

    def __init__(self, sources: Mapping[str, str], wordings: Mapping[str, Wording]) -> None:
        self._environments = {language: make_environment(sources, words) for language, words in wordings.items()}
        self._directions = {language: words.direction for language, words in wordings.items()}
        self._style = sources["pages/look.css"]

    @property
    def style_source(self) -> str:
        """Return the CSP source expression that allows the pages' one style element, and no other."""
        digest = hashlib.sha256(self._style.encode()).digest()
        return f"'sha256-{base64.b64encode(digest).decode()}'"

    def render(self, name: str, language: str, values: Mapping[str, Plain]) -> str:
        """Return the page `name` ("unsubscribe") in `language`, which must be one of those loaded.

        Raises:
            RenderingError: the template does not render; the message names file and line.
        """
        known = {"language": language, "direction": self._directions[language], "style": self._style}
        return render_template(self._environments[language], f"pages/{name}.html.j2", {**known, **values})
