"""Which of the channels that a draft found are ones that the campaign file takes? The others are told in a comment.

Law: a value that is left out is never lost: its comment says what stood in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from mailer.adapters.catalog.contacts import PhoneNumber, display_form, is_barred, read_address
from mailer.adapters.catalog.scalars import read_url
from mailer.adapters.drafted.yaml_text import check, clean, one_line
from mailer.core.drafting.drafts import Found, FoundTarget

LONGEST_POST = 2_000
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,24}(?![\w.@:-])", re.IGNORECASE)
CHANNELS = ("email", "fax", "phone", "post", "web")


@dataclass(frozen=True, slots=True)
class Reached:
    """The usable values of one target by channel, each with its doubt, and comments on those that are not."""

    values: dict[str, tuple[Found, ...]]
    comments: tuple[str, ...] = ()

    @property
    def is_anywhere(self) -> bool:
        """Tell whether there is any channel."""
        return any(self.values.values())


def reached(target: FoundTarget, barred: tuple[str, ...]) -> Reached:
    """Return how a target can be reached; the same value twice counts once."""
    found = {
        "email": target.emails,
        "fax": target.faxes,
        "phone": target.phones,
        "post": target.post,
        "web": target.webs,
    }
    values: dict[str, tuple[Found, ...]] = {}
    comments: list[str] = []
    for channel, given in found.items():
        usable, unusable = sorted_out(channel, given, barred)
        values[channel] = usable
        comments.extend(unusable)
    return Reached(values, tuple(comments))


def sorted_out(channel: str, given: Iterable[Found], barred: tuple[str, ...]) -> tuple[tuple[Found, ...], list[str]]:
    """Return the values that the file takes, as it takes them, and a comment on each of the others."""
    usable: dict[str, Found] = {}
    comments = []
    for one in given:
        value = _READERS[channel](one.text)
        host = urlsplit(value).hostname or "" if channel == "web" else value
        if value and channel in ("email", "web") and is_barred(host, barred):
            comments.append(check(f"{one_line(one.text)} is in organisation.never_target, and was left out"))
        elif value:
            usable.setdefault(value, Found(value, one.doubt))
        elif told := one_line(one.told or one.text):
            comments.append(check(f"{channel} {told}: {_WRONG[channel]}", one.doubt))
    return tuple(usable.values()), comments


_WRONG = {
    "email": "this is no mail address",
    "fax": "not an international number as it stands; write it with + and the country code",
    "phone": "not an international number as it stands; write it with + and the country code",
    "post": "this is no address",
    "web": "this is no web address",
}


def _address(text: str) -> str:
    """Return one mailbox, or nothing."""
    try:
        return read_address(one_line(text))
    except PydanticCustomError:
        return ""


def _number(text: str) -> str:
    """Return an international number as people write it, or nothing."""
    try:
        return display_form(_numbers().validate_python(one_line(text)))
    except ValidationError:
        return ""


@cache
def _numbers() -> TypeAdapter[str]:
    """Return what reads numbers as the catalogue does."""
    return TypeAdapter(PhoneNumber)


def web_address(text: str) -> str:
    """Return a web address, with the scheme that prose leaves out, or nothing."""
    told = one_line(text)
    try:
        return read_url(f"https://{told}" if _HOST.match(told) else told)
    except PydanticCustomError:
        return ""


_READERS: dict[str, Callable[[str], str]] = {
    "email": _address,
    "fax": _number,
    "phone": _number,
    "post": lambda text: clean(text[:LONGEST_POST]),
    "web": web_address,
}
