"""What is filled in by those who are not us? Our own letter, with marks for all that is a supporter's own.

Law: with the values of supporter 0 it is our letter to supporter 0 again, but for the tokens.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from benchmarks.senders.letters import Kept, bodies_of
from benchmarks.senders.office import COUNTRIES, address, country, embassy, name

_TOKEN = re.compile(r"(?<=\.example/)([uap])/([\w-]{34})")


@dataclass(frozen=True, slots=True)
class Template:
    """Our letter with a mark `@@name@@` wherever a value of the supporter's own stands."""

    subject: str
    text: str
    html: str

    def written(self, left: str, right: str) -> Template:
        """Return it with the marks of another language, as `{{ name }}`."""
        text, html = (re.sub(r"@@(\w+)@@", rf"{left}\1{right}", body) for body in (self.text, self.html))
        return Template(self.subject, text, html)

    def save(self, path: Path) -> None:
        """Write it as JSON."""
        path.write_text(json.dumps({"subject": self.subject, "text": self.text, "html": self.html}), encoding="utf-8")


def template_of(letter: Kept) -> Template:
    """Return what a letter to supporter 0 is made of."""
    message = letter.message
    bodies = bodies_of(message)
    tokens = {f"token_{kind}": token for kind, token in _TOKEN.findall(bodies["text/plain"])}
    values = {key: value for key, value in values_of(0).items() if not key.startswith("token")}
    text, html = (marked(bodies[kind], {**tokens, **values}) for kind in ("text/plain", "text/html"))
    return Template(str(message["Subject"]), text, html)


def values_of(number: int) -> dict[str, str]:
    """Return what is one supporter's own; longer values come first, as they may hold shorter ones."""
    where = country(number)
    return {
        "email": address(number),
        "name_in_link": quote(name(number)),
        "name": name(number),
        "country_in_link": quote(COUNTRIES[where]),
        "country": COUNTRIES[where],
        "embassy": embassy(where),
        **{f"token_{kind}": f"{kind}{number:033}" for kind in "uap"},
    }


def write_rows(path: Path, letters: int) -> Path:
    """Write the values of so many supporters, a JSON object in each line."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(values_of(number)) + "\n" for number in range(letters))
    return path


def marked(body: str, values: Mapping[str, str]) -> str:
    """Return a text with marks in the place of these values."""
    for mark, value in values.items():
        body = body.replace(value, f"@@{mark}@@")
    return body
