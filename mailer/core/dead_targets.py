"""Does a forwarded report say that a target's address does not exist? For good, and about that very address.

Law: what is refused for another reason (a full mailbox, spam, policy) tells nothing about the address.
"""

from __future__ import annotations

from collections.abc import Iterable

from mailer.core.bounces import Bounced, Classified, ReturnKind
from mailer.core.failure_words import Reason, reasons_in

_STATUSES = frozenset({"5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.4.4"})  # RFC 3463 3.2, RFC 7505
_NO_ADDRESS = frozenset({Reason.NO_USER, Reason.NO_HOST})
MOST_ADDRESSES = 10


def dead_addresses(reports: Iterable[Classified]) -> tuple[str, ...]:
    """Return the addresses that reports say do not exist, in small letters."""
    gone = (each.recipient.lower() for report in reports for each in report.recipients if _is_gone(each))
    return tuple(dict.fromkeys(filter(None, gone)))[:MOST_ADDRESSES]


def _is_gone(bounced: Bounced) -> bool:
    """Tell whether there is no such address."""
    if bounced.kind is not ReturnKind.HARD:
        return False
    return bounced.status in _STATUSES if bounced.status else bool(reasons_in(bounced.reason) & _NO_ADDRESS)
