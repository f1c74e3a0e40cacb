"""May somebody who signed up be asked to confirm, and what do they become when they do?

Law: a sign-up alone changes nobody's consent, whoever sent it; only who answers the mail to an address becomes a
supporter. An address that complained, or that bounced, is never asked again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from hashlib import sha256

from mailer.core.campaigns import CampaignId
from mailer.core.enrolment import MOST_TAGS, SEED_BYTES, Applicant, Change, Step, told
from mailer.core.supporters import (
    PUBLIC_ID_BYTES,
    Consent,
    ConsentStatement,
    Person,
    PublicId,
    Supporter,
    SuppressionReason,
)

SERVICE = CampaignId("~sign-up")  # the campaign that is none: no file can name it, "~" is in no slug
NAME = "sign-up"  # what commands call it
SOURCE = "sign-up page"
CONFIRM_WITHIN = timedelta(days=7)  # since its mail was queued; holidays are shorter, and mailboxes change hands slower
MAIL_LASTS = timedelta(days=2)  # a mail that comes later would leave too little of its link's time
WINDOW = timedelta(days=30)
MOST_IN_WINDOW = 3  # what somebody gets at most whose address another one types in
NETWORK_PER_HOUR = 60  # a meeting behind one connection, not a machine
NETWORK_BURST = 30  # so many of them at the same moment
NEVER_LIFTED = frozenset({SuppressionReason.COMPLAINT, SuppressionReason.BOUNCED})


@dataclass(frozen=True, slots=True)
class SignUp:
    """What somebody typed into the form, and what they agreed to there.

    `public_id` is random and of this sign-up alone: the link of its mail is derived from it. `consent` is the full
    text that the page showed, in `consent_language`.
    """

    public_id: PublicId
    applicant: Applicant
    consent: str
    consent_language: str

    def __post_init__(self) -> None:
        if len(self.public_id) != PUBLIC_ID_BYTES:
            raise ValueError(f"a public id has {PUBLIC_ID_BYTES} bytes, not {len(self.public_id)}")

    @property
    def version(self) -> str:
        """Return what tells the text that was agreed to from every other one."""
        return sha256(self.consent.encode("utf-8")).hexdigest()

    def statement(self, day: date) -> ConsentStatement:
        """Return where, when and how they agreed, as of the day that they confirmed."""
        return ConsentStatement(self.consent, day, f"{SOURCE} ({self.consent_language})", self.version)


def token_hash(public_id: PublicId) -> bytes:
    """Return what the database knows of a sign-up's link: nobody can make the link of it."""
    return sha256(b"sign-up\0" + public_id).digest()


def confirm_mailing_id(day: date) -> str:
    """Return the mailing that the day's (UTC) confirmations belong to."""
    return f"confirm-{day.isoformat()}"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of an address that signed up: why it is barred, if it is, and when (UTC) it was asked before."""

    barred: SuppressionReason | None = None
    at: tuple[datetime, ...] = ()

    def again(self, now: datetime) -> Asked:
        """Return what is known once it is asked now."""
        return replace(self, at=(*self.at, now))


class Judgement(StrEnum):
    """What is done with one sign-up; all but the first say why it is dropped."""

    ASK = "ask"
    BARRED = "barred"
    ASKED_TODAY = "asked today"
    ASKED_OFTEN = "asked often"


def judge_signup(known: Asked, now: datetime) -> Judgement:
    """Return whether the address is asked to confirm, or why not."""
    if known.barred in NEVER_LIFTED:
        return Judgement.BARRED
    today = datetime.combine(now.astimezone(UTC).date(), time(), UTC)
    if any(moment >= today for moment in known.at):
        return Judgement.ASKED_TODAY
    lately = [moment for moment in known.at if moment > now - WINDOW]
    return Judgement.ASKED_OFTEN if len(lately) >= MOST_IN_WINDOW else Judgement.ASK


def stranger(signup: SignUp, day: date, random_bytes: Callable[[int], bytes]) -> Supporter:
    """Return somebody whom nobody knew, as they wait for their own answer: no more than their mail needs."""
    return Supporter(
        public_id=PublicId(random_bytes(PUBLIC_ID_BYTES)),
        person=Person(email=signup.applicant.email),
        country=signup.applicant.country or "",
        language=signup.applicant.language or "",
        seed=int.from_bytes(random_bytes(SEED_BYTES), "big") >> 1,  # a signed column of 32 bits
        consent=Consent.UNCONFIRMED,
        joined_on=day,
    )


def confirm(signup: SignUp, before: Supporter, day: date) -> Change:
    """Return the supporter that somebody becomes who answers; what they did not tell stays, and so do older tags.

    Who is on the list already only gets further topics: anybody may have typed the form, and a press of the button
    must not give a member another name or country. They change those on their own page.
    """
    chosen = signup.applicant.tags or ()
    tags = tuple(dict.fromkeys((*chosen, *before.person.tags)))[:MOST_TAGS]
    email = signup.applicant.email
    is_member = before.consent is Consent.CONFIRMED
    told_now = Applicant(email, tags=tags) if is_member else replace(signup.applicant, tags=tags)
    after = told(told_now, before)
    return Change(Step.UPDATE, replace(after, consent=Consent.CONFIRMED), signup.statement(day))


class Confirmation(StrEnum):
    """What came of an answer."""

    CONFIRMED = "confirmed"
    NOT_VALID = "not valid"  # forged, too old, used already, of somebody erased or barred


def breaker_reason(per_hour: int) -> str:
    """Return why confirmations are held, in the words of `status`."""
    return (
        f"more than {per_hour} people signed up within an hour: somebody may be typing in other people's addresses; "
        "`mailer resume sign-up` goes on"
    )
