"""What came back? The kinds of a returned mail, whom it is about, and on what that rests.

Law: a guess is marked as one: on it alone nobody is suppressed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ReturnKind(StrEnum):
    """What a mail that came to us is, as `mailer inbox classify` tells it."""

    HARD = "hard"
    SOFT = "soft"
    COMPLAINT = "complaint"
    AUTOREPLY = "autoreply"
    NOT_A_BOUNCE = "not-a-bounce"
    MIXED = "mixed"  # some recipients for good, others for now


class Evidence(StrEnum):
    """On what a classification rests: a standard report (RFC 3464, RFC 5965) or field (RFC 3834), or words."""

    REPORT = "report"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Bounced:
    """One recipient of a returned mail; `status` is enhanced (RFC 3463: "5.1.1") or empty, `reason` one line."""

    recipient: str
    kind: ReturnKind
    status: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Classified:
    """What a mail is, and whom it is about; `message_ids` are those of the mails that came back with it."""

    kind: ReturnKind
    recipients: tuple[Bounced, ...] = ()
    evidence: Evidence = Evidence.WORDS
    message_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guess:
    """Whom a library takes a mail to be about, and whether it thinks that they cannot be reached for now only."""

    recipient: str
    is_temporary: bool = False
