"""What becomes of somebody whom an organiser enters: added, updated, or left alone?

Law: an entry never revives an address that left or is suppressed. What a file does not tell is kept, and
consent only ever rises from unconfirmed to confirmed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from mailer.core.supporters import (
    PUBLIC_ID_BYTES,
    Consent,
    ConsentStatement,
    Person,
    PublicId,
    SafetyLevel,
    Supporter,
    SuppressionReason,
)

# A name, a town and an organisation stand on one line of a letter; an address is limited by RFC 5321 4.5.3.1.
LONGEST = {"email": 254, "name": 100, "city": 100, "organisation": 200, "tags": 50}
MOST_TAGS = 20
SEED_BYTES = 4
# Controls, surrogates, separators of lines and paragraphs, and what turns text around.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Applicant:
    """Somebody as an organiser's file tells of them; None is what the file does not tell.

    `email` is one ASCII mailbox in lower case of domain; texts went through `clean_text`.
    """

    email: str
    name: str | None = None
    language: str | None = None
    country: str | None = None
    timezone: str | None = None
    city: str | None = None
    organisation: str | None = None
    best_way: str | None = None
    safety: SafetyLevel | None = None
    tags: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Suppression:
    """Why and since when an address is never written to."""

    reason: SuppressionReason
    since: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of an address: its supporter, what they agreed to, and whether it is suppressed.

    `signed_up_at` (UTC) is when somebody last typed it into the form who has not answered yet.
    """

    supporter: Supporter | None = None
    statement: ConsentStatement | None = None
    suppression: Suppression | None = None
    signed_up_at: datetime | None = None


class Step(StrEnum):
    """What is done for one entry."""

    ADD = "add"
    UPDATE = "update"
    LEAVE_UNSUBSCRIBED = "leave unsubscribed"
    LEAVE_SUPPRESSED = "leave suppressed"


def decide(standing: Standing) -> Step:
    """Return what an entry for an address with this standing does."""
    if standing.suppression is not None:
        return Step.LEAVE_SUPPRESSED
    if standing.supporter is None:
        return Step.ADD
    if standing.supporter.consent is Consent.UNSUBSCRIBED:
        return Step.LEAVE_UNSUBSCRIBED
    return Step.UPDATE


@dataclass(frozen=True, slots=True)
class Change:
    """One row to write: the supporter as they will be, and the statement that their consent rests on.

    Without a statement the one that the row has stays.
    """

    step: Step
    supporter: Supporter
    statement: ConsentStatement | None


@dataclass(frozen=True, slots=True)
class Terms:
    """What an entry says of everybody in it: their consent, where it comes from, and the day."""

    consent: Consent
    statement: ConsentStatement
    day: date

    def __post_init__(self) -> None:
        if self.consent is Consent.UNSUBSCRIBED:
            raise ValueError("nobody is entered as unsubscribed")


def enter(
    applicant: Applicant, standing: Standing, terms: Terms, random_bytes: Callable[[int], bytes]
) -> Change | None:
    """Return the row to write for `applicant`, or None if the address is left alone."""
    step = decide(standing)
    if step is Step.ADD:
        return Change(step, _newcomer(applicant, terms, random_bytes), terms.statement)
    if step is not Step.UPDATE or standing.supporter is None:
        return None
    before = standing.supporter
    rises = before.consent is Consent.UNCONFIRMED and terms.consent is Consent.CONFIRMED
    after = replace(told(applicant, before), consent=Consent.CONFIRMED if rises else before.consent)
    return Change(step, after, terms.statement if rises else None)


def _newcomer(applicant: Applicant, terms: Terms, random_bytes: Callable[[int], bytes]) -> Supporter:
    """Return a new supporter; nothing about the random ids tells who they are."""
    fresh = Supporter(
        public_id=PublicId(random_bytes(PUBLIC_ID_BYTES)),
        person=Person(email=applicant.email),
        seed=int.from_bytes(random_bytes(SEED_BYTES), "big") >> 1,  # a signed column of 32 bits
        consent=terms.consent,
        joined_on=terms.day,
    )
    return told(applicant, fresh)


def told(applicant: Applicant, before: Supporter) -> Supporter:
    """Return `before` with all that the applicant tells; ids, seed and consent stay."""
    clear = {name: getattr(applicant, name) for name in ("country", "language", "timezone")}
    sealed = {name: getattr(applicant, name) for name in ("name", "city", "organisation", "best_way", "safety", "tags")}
    person = replace(before.person, email=applicant.email, **_given(sealed))
    return replace(before, person=person, **_given(clear))


def _given(values: dict[str, Any]) -> dict[str, Any]:
    """Return what is told."""
    return {name: value for name, value in values.items() if value is not None}


def clean_text(field: str, value: str) -> str:
    """Return a text for a letter: one line, composed (NFC), single spaces.

    Raises:
        ValueError: it is too long, or holds what could turn a line, a header or the text around.
    """
    if _UNSAFE.search(value):
        raise ValueError(f"{field} holds a control character")
    if "=?" in value:  # the beginning of an encoded word: RFC 2047 2
        raise ValueError(f"{field} holds '=?', which a mail header could read as code")
    text = unicodedata.normalize("NFC", " ".join(value.split()))
    if len(text) > LONGEST[field]:
        raise ValueError(f"{field} has {len(text)} characters, at most {LONGEST[field]} are kept")
    return text
