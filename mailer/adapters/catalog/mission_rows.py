"""Which rows of missions has an organiser to fill in? YAML for a campaign, with what is known already in it.

Law: what is printed can be put into the campaign file as it is; what is not known is empty, and never guessed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from mailer.adapters.catalog.places import country_name
from mailer.core.coverage import Found

_BLANK = {
    "email": "# fill in",
    "phone": "# with + and country code",
    "fax": "",
    "post": '# "Street 1\\nCity"',
    "checked": "# the day on which you saw it, e.g. 2026-11-01",
}


def mission_template(of: str, found: Iterable[Found]) -> str:
    """Return `missions:` with a row for each country in which no letter reaches a mission of `of` yet."""
    answers = tuple(found)
    missing = [answer for answer in answers if not answer.is_enough and answer.country != of]
    done = [answer.country for answer in answers if answer.is_enough]
    head = [f"# Letters already reach a mission in: {', '.join(done)}"] if done else []
    rows = [line for answer in missing for line in _row(of, answer)]
    return "\n".join([*head, "missions:" if rows else "missions: []", *rows])


def _row(of: str, answer: Found) -> Iterator[str]:
    """Yield the lines of one row, with what the directory knows of the mission there."""
    people = "" if answer.people is None else f", supporters: {answer.people:,}"
    yield f"  # {country_name(answer.country, 'en') or answer.country}{people}"
    yield f"  - of: {json.dumps(of)}"  # in quotes: a reader of YAML 1.1 takes NO for false
    yield f"    in: {json.dumps(answer.country)}"
    mission = answer.mission if answer.mission and answer.mission.host == answer.country else None
    here = mission or next(iter(answer.silent), None)
    known = {"city": here.city, "name": here.name, "phone": here.phone, "web": here.web} if here else {}
    for key in ("city", "name", "web"):
        yield f"    {key}:{_value(known.get(key, ''))}"
    for key, hint in _BLANK.items():
        yield f"    {key}:{_value(known.get(key, '')) or f' {hint}'.rstrip()}"


def _value(text: str) -> str:
    """Return a text as YAML has it behind a colon, or nothing."""
    return f" {json.dumps(text, ensure_ascii=False)}" if text else ""
