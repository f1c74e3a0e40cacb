"""Which texts does the campaign file take? Slugs, words, web addresses, durations and hours, each checked.

Each reader takes what stands in the file and returns the value, or refuses with what would be right.
"""

from __future__ import annotations

import re
from datetime import time, timedelta
from typing import Annotated, NamedTuple
from urllib.parse import urlsplit

from pydantic import AfterValidator, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from mailer.core.enrolment import LONGEST

LONGEST_TEXT = 20_000
LONGEST_TAG = LONGEST["tags"]
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DURATION = re.compile(r"([1-9][0-9]{0,3})\s?([wdhm])")
_UNITS = {"w": timedelta(weeks=1), "d": timedelta(days=1), "h": timedelta(hours=1), "m": timedelta(minutes=1)}
_HOURS = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])\s?[-\u2013]\s?([01]?[0-9]|2[0-4]):([0-5][0-9])")
# Line feeds and tabs are allowed in texts; C0, C1, DEL, the line separators and direction overrides are not.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")


def refused(message: str, hint: str = "") -> PydanticCustomError:
    """Return the error that a reader raises: what is wrong, and what would be right."""
    return PydanticCustomError("refused", "{what}", {"what": message, "hint": hint})


def shown(value: object) -> str:
    """Return a value of the file as a message shows it: short, and without control characters."""
    text = _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", str(value)).replace("\n", " ")
    return f"'{text[:60]}...'" if len(text) > 60 else f"'{text}'"


def json_text(form: str, **constraints: object) -> WithJsonSchema:
    """Return the JSON Schema of a text; the reference calls its `form` so."""
    return WithJsonSchema({"type": "string", **constraints, "x-form": form})


def as_text(value: object, example: str) -> str:
    """Return `value` if it is a text, stripped; refuse numbers, which YAML has shortened already."""
    if isinstance(value, str) and value.strip():
        return value.strip()
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise refused(f"this is read as the number {value}", f'put it in quotes, e.g. "{example}"')
    raise refused("this should be a text", f"e.g. {example}")


def read_slug(value: object) -> str:
    """Return an id: small Latin letters, digits and single hyphens, at most 40 characters."""
    text = as_text(value, "trial-2026")
    if _SLUG.fullmatch(text) and len(text) <= 40:
        return text
    proposal = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:40].strip("-") or "trial-2026"
    raise refused(f"{shown(text)} is no id: small letters, digits and hyphens, at most 40", f"e.g. {proposal}")


def read_words(value: object) -> str:
    """Return a text that people read."""
    if value is None or value == "":
        raise refused("the text is empty", "write it, or leave the key out")
    text = as_text(value, str(value)[:40])
    if bad := _CONTROLS.search(text):
        raise refused(f"an invisible control character (U+{ord(bad[0]):04X}) is in the text", "type the text anew")
    if len(text) > LONGEST_TEXT:
        raise refused(f"the text has {len(text):,} characters", f"at most {LONGEST_TEXT:,}")
    return text


def text_fault(text: str) -> str:
    """Return what is wrong with a text that people read, or an empty text."""
    try:
        read_words(text)
    except PydanticCustomError as error:
        return error.message()
    return ""


def read_line(value: object) -> str:
    """Return a text on one line that may go into a header: no line feed, no encoded word."""
    text = read_words(value)
    if "\n" in text:
        raise refused("this must be on one line", "remove the line break")
    if "=?" in text:
        raise refused("the characters =? may not stand here: mail programs read them as code", "leave them out")
    return text


def read_tag(value: object) -> str:
    """Return a tag as supporters have them: short, and without the semicolon that parts them in a file."""
    text = read_line(value)
    if ";" in text or len(text) > LONGEST_TAG:
        raise refused(f"{shown(text)} is no tag: at most {LONGEST_TAG} characters, no semicolon", "e.g. nurses")
    return text


def read_url(value: object) -> str:
    """Return an http or https address of the web, without name and password."""
    text = as_text(value, "https://city.example/ask")
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or re.search(r'[\s<>"\\^`{|}]', text) or _CONTROLS.search(text) or parts.username is not None:
        raise refused(f"{shown(text)} is no web address", "e.g. https://city.example/ask")
    return text


def read_duration(value: object) -> timedelta:
    """Return a duration: a number and w, d, h or m."""
    text = as_text(value, "3d")
    if match := _DURATION.fullmatch(text):
        return int(match[1]) * _UNITS[match[2]]
    raise refused(f"{shown(text)} is no duration", "a number and w, d, h or m: 1w, 3d, 24h, 90m")


class Hours(NamedTuple):
    """When somebody answers; `closes` is after `opens` on the same day."""

    opens: time
    closes: time


def read_hours(value: object) -> Hours:
    """Return office hours, "HH:MM-HH:MM"."""
    text = as_text(value, "09:00-18:00")
    match = _HOURS.fullmatch(text)
    if match is None:
        raise refused(f"{shown(text)} are no hours", 'write them as "HH:MM-HH:MM", e.g. "09:00-18:00"')
    opens, closes = time(int(match[1]), int(match[2])), _closing(int(match[3]), int(match[4]))
    if closes <= opens:
        raise refused(f"the hours {shown(text)} end before they begin", "give the hours of one day, e.g. 09:00-18:00")
    return Hours(opens, closes)


def _closing(hour: int, minute: int) -> time:
    """Return a closing time; 24:00 is the last minute of the day."""
    return time(23, 59) if hour == 24 else time(hour, minute)


Slug = Annotated[
    str,
    PlainValidator(read_slug),
    json_text("id", pattern=f"^{_SLUG.pattern}$", maxLength=40),
]
Words = Annotated[
    str, PlainValidator(read_words), WithJsonSchema({"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT})
]
Line = Annotated[str, PlainValidator(read_line), WithJsonSchema({"type": "string", "pattern": "^[^\\r\\n]+$"})]
Tag = Annotated[str, PlainValidator(read_tag), json_text("tag", pattern="^[^\\r\\n;]+$", maxLength=LONGEST_TAG)]
WebUrl = Annotated[
    str,
    PlainValidator(read_url),
    json_text("web address", format="uri", pattern="^https?://"),
]
Duration = Annotated[
    timedelta,
    PlainValidator(read_duration),
    json_text("duration", pattern=f"^{_DURATION.pattern}$"),
]
OfficeHours = Annotated[
    Hours,
    PlainValidator(read_hours),
    json_text("hours", examples=["09:00-18:00"]),
]


def _positive(value: int) -> int:
    """Refuse zero and less."""
    if value < 1:
        raise refused(f"{value} is too small", "a whole number from 1")
    return value


Positive = Annotated[int, AfterValidator(_positive), WithJsonSchema({"type": "integer", "minimum": 1})]
