"""Is what an organiser typed about a supporter right? Texts become an `Applicant`, or every reason why not.

Law: nothing is asked of the network, and nothing is repaired that could be meant otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from email_validator import EmailNotValidError, validate_email

from mailer.core.countries import capital_zone
from mailer.core.enrolment import LONGEST, MOST_TAGS, Applicant, clean_text
from mailer.core.supporters import SafetyLevel
from mailer.core.targets import ChannelKind
from mailer.errors import AddressError

COLUMNS = (
    "email",
    "name",
    "language",
    "country",
    "timezone",
    "city",
    "organisation",
    "tags",
    "best_way",
    "safety",
)
WAYS = tuple(kind.value for kind in ChannelKind if kind is not ChannelKind.WEB)
# The plain case of RFC 5321's dot-string; all else goes to the library.
_SIMPLE_LOCAL = re.compile(r"[a-zA-Z0-9_+-]+(\.[a-zA-Z0-9_+-]+)*")
_LONGEST_LOCAL = 64
# ISO 639-1, complete; three-letter codes of ISO 639-3 are taken as they are.
_ISO_639_1 = (
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en "
    "eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv "
    "ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne "
    "ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss "
    "st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
_LANGUAGES = frozenset(_ISO_639_1.split())


def canonical_address(email: str) -> str:
    """Return the address of one mailbox, its domain in lower-case A-labels.

    Raises:
        AddressError: it is not one mailbox that mail can be sent to; the message does not repeat it.
    """
    local, at, domain = email.strip().rpartition("@")
    if at and len(local) <= _LONGEST_LOCAL and _SIMPLE_LOCAL.fullmatch(local):
        address = f"{local}@{_canonical_domain(domain)}"
        if len(address) <= LONGEST["email"]:
            return address
    return _validated(email.strip())


def read_applicant(cells: Mapping[str, str]) -> Applicant:
    """Return the applicant that texts by column name tell of; columns that are missing are not told.

    Raises:
        ValueError: something is wrong; the message lists everything.
    """
    values: dict[str, Any] = {}
    problems = []
    for column, text in cells.items():
        try:
            values[column] = _READERS[column](text.strip())
        except ValueError as error:
            problems.append(str(error))
    if problems:
        raise ValueError("; ".join(problems))
    return Applicant(**values)


def read_country(text: str) -> str:
    """Return an ISO 3166 code, or an empty text."""
    if text and not capital_zone(text.upper()):
        raise ValueError(f"country {_quoted(text)} is no ISO 3166 code of two letters, such as GB")
    return text.upper()


def read_language(text: str) -> str:
    """Return the primary language of a tag ("en" of "en-GB"), or an empty text."""
    primary = re.split("[-_]", text.lower(), maxsplit=1)[0]
    if text and primary not in _LANGUAGES and not re.fullmatch("[a-z]{3}", primary):
        raise ValueError(f"language {_quoted(text)} is no language code, such as en or ru")
    return primary


def _read_email(text: str) -> str:
    """Return the address, which nobody may lack."""
    if not text:
        raise AddressError("email is empty")
    return canonical_address(text)


def _read_timezone(text: str) -> str:
    """Return an IANA zone, or an empty text."""
    if text and text not in _zones():
        raise ValueError(f"timezone {_quoted(text)} is no IANA zone, such as Europe/London")
    return text


def _read_tags(text: str) -> tuple[str, ...]:
    """Return the tags between semicolons, each once, in order."""
    tags = tuple(dict.fromkeys(filter(None, (clean_text("tags", tag) for tag in text.split(";")))))
    if len(tags) > MOST_TAGS:
        raise ValueError(f"there are {len(tags)} tags, at most {MOST_TAGS} are kept")
    return tags


def _read_way(text: str) -> str:
    """Return how somebody writes best, or an empty text."""
    if text and text.lower() not in WAYS:
        raise ValueError(f"best_way {_quoted(text)} is none of {', '.join(WAYS)}")
    return text.lower()


def _read_safety(text: str) -> SafetyLevel:
    """Return how much of somebody their letters show; all of it if nothing is told."""
    try:
        return SafetyLevel(text.lower() or SafetyLevel.FULL)
    except ValueError:
        raise ValueError(f"safety {_quoted(text)} is none of {', '.join(SafetyLevel)}") from None


def _reader_of(field: str) -> Callable[[str], str]:
    """Return the reader of a text that letters show."""
    return lambda text: clean_text(field, text)


_READERS: dict[str, Callable[[str], Any]] = {
    "email": _read_email,
    "name": _reader_of("name"),
    "language": read_language,
    "country": read_country,
    "timezone": _read_timezone,
    "city": _reader_of("city"),
    "organisation": _reader_of("organisation"),
    "tags": _read_tags,
    "best_way": _read_way,
    "safety": _read_safety,
}


def _quoted(text: str) -> str:
    """Return a wrong value as a message shows it: short, with nothing that a terminal obeys."""
    return ascii(text if len(text) <= 40 else text[:40] + "...")


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    """Return the names of all IANA zones."""
    return frozenset(available_timezones())


@lru_cache(maxsize=10_000)
def _canonical_domain(domain: str) -> str:
    """Return a domain in lower-case A-labels; few domains have most supporters."""
    return _validated(f"x@{domain}").rpartition("@")[2]


def _validated(email: str) -> str:
    """Let the library judge; an address of more than ASCII has no letters to it yet."""
    try:
        found = validate_email(email, check_deliverability=False, allow_smtputf8=False, strict=True)
    except EmailNotValidError as error:
        raise AddressError(f"email: {str(error).rstrip('.')}") from None
    return f"{found.ascii_local_part}@{found.ascii_domain}"
