"""What did somebody write first into a mail? The first line that shows something, of the text or of the HTML.

Law: one look at each character of a bounded beginning, whatever it holds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from typing import Final

from mailer.core.received import Received

_MOST: Final = 64 * 1024  # characters; what mail programs put before the first word is styles, a few thousand
_UNSEEN = frozenset({"head", "style", "script", "title", "template"})
# What begins a line of its own; every other element stands within one.
_BLOCK = re.compile(
    r"/?(?:address|article|blockquote|body|br|center|d[dlt]|div|form|h[1-6r]|html|li|[ou]l|p|pre|section|t(?:able|body|[dhr]))/?"
)
_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<[!?][^<>]*>?|<(/?[a-z][a-z0-9:]*)[^<>]*>?|([^<]+|<)", re.IGNORECASE | re.DOTALL
)
_QUOTE = "> "


def first_line(received: Received) -> str:
    """Return the first line that shows something; it begins with ">" if it is quoted, and is empty if there is none."""
    for content_type, lines in (("text/plain", str.splitlines), ("text/html", _lines_of_html)):
        for part in received.parts:
            if part.content_type == content_type and not part.name:
                found = next(filter(None, map(_shown, lines(part.text[:_MOST]))), "")
                if found:
                    return found
    return ""


def _shown(line: str) -> str:
    """Return a line without the blanks around it, and without the signs that nobody sees."""
    return "".join(character for character in line if unicodedata.category(character) != "Cf").strip()


def _lines_of_html(html: str) -> Iterator[str]:
    """Yield the lines of a page; the first that is quoted begins with ">"."""
    texts: list[str] = []
    unseen = ""
    for token in _TOKEN.finditer(html):
        tag = (token[1] or "").lower()
        if unseen or tag in _UNSEEN:
            unseen = "" if tag == f"/{unseen}" else unseen or tag
        elif _BLOCK.fullmatch(tag):
            yield _line(texts)
            texts = [_QUOTE] if tag == "blockquote" else []
        else:
            texts.append(token[2] or "")
    yield _line(texts)


def _line(texts: list[str]) -> str:
    """Return the texts of one line, without line ends of their own."""
    return " ".join(unescape("".join(texts)).split())
