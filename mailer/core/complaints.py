"""Did somebody press "this is spam"? Reports of providers in the standard form, and the older ones of some.

Law: providers take addresses out of what they send back; what was taken out is no address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailer.core.bounces import Bounced, ReturnKind
from mailer.core.mail_addresses import addresses_in
from mailer.core.received import Received

# Feedback types that are no complaint of a recipient. Source: RFC 5965 7.3, RFC 6591, RFC 6430.
_NO_COMPLAINT = frozenset({"not-spam", "auth-failure", "dmarc", "virus"})
_REDACTED = re.compile(r"redact|removed|hidden|anonym|undisclosed|xxxx|\*\*|^[0-9a-f]{32,}@", re.IGNORECASE)
_OLDER = re.compile(r"^\s*(?:complaint about message from|\[?spamcop|email feedback report for ip)", re.IGNORECASE)
_NOTED = ("x-hmxmroriginalrecipient", "x-original-to", "x-rcpt-to", "x-envelope-to", "delivered-to", "to")


def is_feedback(received: Received) -> bool:
    """Tell whether a mail is a provider's report about one of ours, whatever it says."""
    return bool(received.feedback) or received.report_type == "feedback-report" or _is_older(received)


def is_complaint(received: Received) -> bool:
    """Tell whether such a report says that a recipient did not want the mail."""
    return received.feedback.get("feedback-type", "abuse").lower() not in _NO_COMPLAINT


def complainants(received: Received) -> tuple[Bounced, ...]:
    """Return whom a complaint is about, as far as the provider tells."""
    found = next((known for known in map(_known, _places(received)) if known), ())
    reason = received.feedback.get("feedback-type", "").lower()[:100]
    return tuple(Bounced(address, ReturnKind.COMPLAINT, reason=reason) for address in found)


def _is_older(received: Received) -> bool:
    """Tell whether it is a complaint in a form of its own: the mail attached, the provider's words as the subject."""
    return bool(received.returned) and _OLDER.match(received.subject) is not None


def _places(received: Received) -> Iterator[str]:
    """Yield what may tell whose complaint it is, the surest first."""
    for name in ("original-rcpt-to", "removal-recipient", "redacted-address"):
        yield received.feedback.get(name, "")
    for mail in received.returned:
        for name in _NOTED:
            yield ", ".join(mail.fields.get(name, ()))


def _known(field: str) -> tuple[str, ...]:
    """Return the addresses of a field that were not taken out."""
    return tuple(address for address in addresses_in(field) if not _REDACTED.search(address))
