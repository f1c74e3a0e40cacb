"""Is somebody written to again after a mail to them came back? One table of rules; the first that fits answers.

Law: words alone bar nobody, what is about us (5.7.x) bars nobody, and what strangers typed into the form bars nobody:
of a sign-up's mail only a complaint counts, which is its reader's own. Two reports of one mail are one. The moment
of a bounce is when its mail was sent, so that a mailbox that is read late, or in another order, decides alike.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from mailer.core.bounces import Evidence, ReturnKind
from mailer.core.signups import SERVICE
from mailer.core.supporters import SuppressionReason

AGAIN_WITHIN = timedelta(days=30)
LATELY = 5  # mailings
OFTEN = 3  # of these
LASTING = timedelta(days=7)
KEPT = timedelta(days=400)  # as long as old token keys verify: an older mail cannot be proven either
_DEAD_MAILBOX = "5.1.1"
_POLICY = ("5.7.", "4.7.", "5.1.7.", "5.1.8.")  # RFC 3463 3.2 and 3.8: about the sender, not about the mailbox


class Verdict(StrEnum):
    """What a person found of a mailing of which so many mails came back that nobody more was barred for it."""

    DEAD = "dead"  # the addresses are
    ALIVE = "alive"  # it was a fault of a provider's, or of ours


@dataclass(frozen=True, slots=True)
class Returned:
    """One mail of ours that came back, proven to be ours; `sent_at` is UTC.

    `mailing` is its row, `by_address` whether it came to the signed envelope address (VERP), about no other address
    than its reader's. `status` is enhanced ("5.1.1") or empty.
    """

    campaign_id: str
    mailing: int
    sent_at: datetime
    kind: ReturnKind
    status: str = ""
    evidence: Evidence = Evidence.REPORT
    by_address: bool = False

    @property
    def counts(self) -> bool:
        """Tell whether it may ever bar its reader."""
        if self.evidence is not Evidence.REPORT or f"{self.status}.".startswith(_POLICY):
            return False
        return self.kind is ReturnKind.COMPLAINT or self.campaign_id != SERVICE


@dataclass(frozen=True, slots=True)
class History:
    """What came back from one reader; every returned mail that counts is in it, the present one too.

    `hard` holds when (UTC) each mail was sent that came back for good, by its mailing's row. `lately` holds their
    last mailings, the newest first: when each was sent, and whether it came back for now.
    """

    hard: tuple[tuple[int, datetime], ...] = ()
    lately: tuple[tuple[datetime, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: when it fits, and why the reader is barred; None if they are not."""

    name: str
    fits: Callable[[Returned, History], bool]
    bars: SuppressionReason | None


def _is_dead(returned: Returned, history: History) -> bool:
    """Tell whether the mailbox does not exist, in reply to the very letter."""
    return returned.kind is ReturnKind.HARD and returned.status == _DEAD_MAILBOX and returned.by_address


def _is_second(returned: Returned, history: History) -> bool:
    """Tell whether another mail came back for good, too, sent within 30 days of this one."""
    others = [at for mailing, at in history.hard if mailing != returned.mailing]
    return returned.kind is ReturnKind.HARD and any(abs(at - returned.sent_at) <= AGAIN_WITHIN for at in others)


def _is_lasting(returned: Returned, history: History) -> bool:
    """Tell whether three of the last five came back, over a week or more."""
    soft = [at for at, came_back in history.lately[:LATELY] if came_back]
    return returned.kind is ReturnKind.SOFT and len(soft) >= OFTEN and max(soft) - min(soft) >= LASTING


RULES: tuple[Rule, ...] = (
    Rule("says nothing of its reader", lambda returned, _: not returned.counts, None),
    Rule("complaint", lambda returned, _: returned.kind is ReturnKind.COMPLAINT, SuppressionReason.COMPLAINT),
    Rule("dead mailbox", _is_dead, SuppressionReason.BOUNCED),
    Rule("for good, twice", _is_second, SuppressionReason.BOUNCED),
    Rule("for now, lasting", _is_lasting, SuppressionReason.BOUNCED),
    Rule("once", lambda returned, _: True, None),
)


def rule_for(returned: Returned, history: History) -> Rule:
    """Return the row that answers: the first that fits."""
    return next(rule for rule in RULES if rule.fits(returned, history))
