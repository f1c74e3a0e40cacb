"""What would a browser send of a form? Its boxes, choices and hidden fields as they stand, without any button."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_TASK = re.compile(r'<form method="post"[^>]*class="task".*?</form>', re.DOTALL)


def task_forms(page: str) -> list[dict[str, str]]:
    """Return the fields of each letter's form on a supporter's page."""
    return [form_fields(form) for form in _TASK.findall(page)]


def form_fields(html: str) -> dict[str, str]:
    """Return the fields of a form, or of all forms of a page; of a name that comes twice the last counts."""
    fields = _Fields()
    fields.feed(html)
    return {name: value for name, value in fields.found.items() if name}


class _Fields(HTMLParser):
    """Collects fields with their values."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element's value, or remember that it follows."""
        own = {name: value or "" for name, value in attrs}
        name = own.get("name", "")
        if tag == "select":
            self._select = name
        elif tag == "option" and ("selected" in own or self._select not in self.found):
            self.found[self._select] = own.get("value", "")
        elif tag == "textarea":
            self._area, self.found[name] = name, ""
        elif tag == "input" and (own.get("type") not in ("checkbox", "radio") or "checked" in own):
            self.found[name] = own.get("value", "on")

    def handle_data(self, data: str) -> None:
        """Take the words of a large box."""
        if self._area:
            self.found[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        """End a large box; the line break that it begins with is none of its words."""
        if tag == "textarea":
            self.found[self._area] = self.found[self._area].removeprefix("\n")
            self._area = ""
