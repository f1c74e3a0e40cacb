"""What of a supporter's own words can an organiser take back for them, and what never?

Law: consent comes back with a statement of how they asked for it, and never to an address that is barred.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from mailer.core.enrolment import Standing
from mailer.core.supporters import Consent, ConsentStatement, Supporter, SuppressionReason
from mailer.errors import ConsentError, NotFoundError, UsageError


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back: letters to these targets (empty: the campaign itself), a refusal, a pause, a leaving."""

    sent: tuple[str, ...] = ()
    declined: bool = False
    paused: bool = False
    left: bool = False

    def __bool__(self) -> bool:
        """Tell whether there was anything."""
        return bool(self.sent) or self.declined or self.paused or self.left


def take_back(standing: Standing, statement: ConsentStatement | None, now: datetime) -> tuple[Supporter, Undone]:
    """Return the supporter without a pause and, with a statement, back on the list if they had left.

    Raises:
        ConsentError: the address is barred by a complaint, a hard bounce or an erasure.
        NotFoundError: nobody has this address.
        UsageError: they have left, and nothing says that they asked to be back.
    """
    before, barred = standing.supporter, standing.suppression
    left = before is not None and before.consent is Consent.UNSUBSCRIBED
    if barred is not None and barred.reason is not SuppressionReason.UNSUBSCRIBED:
        raise ConsentError(f"this address is barred ({barred.reason}) since {barred.since:%Y-%m-%d}, and stays so")
    if before is None:
        raise NotFoundError("no supporter has this address")
    if left and statement is None:
        raise UsageError('they have left: --consent "where, when and how they asked to be back" brings them back')
    paused = before.paused_until is not None and before.paused_until > now
    after = replace(before, paused_until=None) if paused else before
    return replace(after, consent=Consent.CONFIRMED) if left else after, Undone(paused=paused, left=left)
