"""Who is a supporter? Somebody who signed up, with consent, and what a letter needs to know of them.

A supporter is written to only while `consent` is `confirmed`; every query for an audience says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

SupporterId = NewType("SupporterId", int)
PublicId = NewType("PublicId", bytes)
AddressHash = NewType("AddressHash", bytes)

PUBLIC_ID_BYTES = 8


class Consent(StrEnum):
    """Whether somebody asked to be written to."""

    UNCONFIRMED = "unconfirmed"
    CONFIRMED = "confirmed"
    UNSUBSCRIBED = "unsubscribed"


class SafetyLevel(StrEnum):
    """How much of a supporter their letters show: all, initials only, or no protest letters at all."""

    FULL = "full"
    INITIALS = "initials"
    SOLIDARITY = "solidarity"


class SuppressionReason(StrEnum):
    """Why an address is never written to again; a new sign-up lifts only the last two."""

    COMPLAINT = "complaint"
    BOUNCED = "bounced"
    UNSUBSCRIBED = "unsubscribed"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class ConsentStatement:
    """Where, when and how people agreed: the organiser's words, the day and the source (a file's name).

    `sha256` is the hex digest of the imported file, or of the text where there is no file.
    """

    text: str
    day: date
    source: str
    sha256: str

    def __post_init__(self) -> None:
        if len(self.text.strip()) < MINIMUM_STATEMENT:
            raise ValueError(f"a consent statement tells where, when and how: {MINIMUM_STATEMENT} characters at least")


MINIMUM_STATEMENT = 20


@dataclass(frozen=True, slots=True)
class Person:
    """What a supporter told us: the part that is sealed in the database.

    `best_way` is a channel kind or empty; every text may be empty but `email`. `discreet` asks for subjects that do
    not tell what a mail is about.
    """

    email: str
    name: str = ""
    city: str = ""
    organisation: str = ""
    best_way: str = ""
    safety: SafetyLevel = SafetyLevel.FULL
    tags: tuple[str, ...] = ()
    discreet: bool = False


@dataclass(frozen=True, slots=True)
class Supporter:
    """A supporter as the flows see one: clear columns and the opened seal together.

    `country` is ISO 3166 or empty, `language` a lower-case tag or empty, `timezone` an IANA name or
    empty (then the capital's zone of the country holds). `seed` chooses letter variants. Nothing is sent before
    `paused_until` (UTC), and no more than `max_per_week` mails but alerts and closings.
    """

    public_id: PublicId
    person: Person
    country: str = ""
    language: str = ""
    timezone: str = ""
    seed: int = 0
    consent: Consent = Consent.CONFIRMED
    joined_on: date | None = None
    paused_until: datetime | None = None
    max_per_week: int | None = None
    id: SupporterId = SupporterId(0)

    def __post_init__(self) -> None:
        if len(self.public_id) != PUBLIC_ID_BYTES:
            raise ValueError(f"a public id has {PUBLIC_ID_BYTES} bytes, not {len(self.public_id)}")


def provider_group(email: str) -> str:
    """Return the group of mail providers that `email` belongs to, "other" for all the rest.

    Rates are kept per group, and the group is a clear column: it must not tell who somebody is.
    """
    domain = email.rpartition("@")[2].lower()
    return _PROVIDERS.get(domain, "other")


_PROVIDERS = {
    "gmail.com": "google",
    "googlemail.com": "google",
    "outlook.com": "microsoft",
    "hotmail.com": "microsoft",
    "live.com": "microsoft",
    "msn.com": "microsoft",
    "yahoo.com": "yahoo",
    "aol.com": "yahoo",
    "icloud.com": "apple",
    "me.com": "apple",
    "mail.ru": "mailru",
    "bk.ru": "mailru",
    "yandex.ru": "yandex",
    "ya.ru": "yandex",
    "gmx.de": "gmx",
    "gmx.net": "gmx",
    "web.de": "gmx",
}
