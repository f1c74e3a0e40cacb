"""Is a receipt (RFC 8098) a refusal? Filters at the recipient's server refuse a mail in the form of one.

Law: a person who deletes a mail unread has got it; only a machine that says that it refused the mail has not.
"""

from __future__ import annotations

import re

from mailer.core.mail_addresses import addresses_in
from mailer.core.named_recipients import Named
from mailer.core.received import Received

_RECEIPT = "disposition-notification"
_FIELD = re.compile(r"^(original-recipient|final-recipient|disposition)[ \t]*:[ \t]*([^\n]{1,1000})", re.I | re.M)
# Source: RFC 3798, 3.2.6, and RFC 5429, 2.2 (Sieve's "reject"): a machine's own act, the mail deleted, denied, failed.
_BY_MACHINE = re.compile(r"automatic-action\s*/[^;]*;\s*(?:deleted|denied|failed)", re.IGNORECASE)
_REFUSED = re.compile(
    r"\breject(?:ed|ion)?\b|\brefus(?:ed|al)\b|over ?quota|quota (?:is )?exceed|not (?:be )?accepted|abgelehnt"
    r"|zur[uü]ckgewiesen|rejet[eé]|refus[eé]|rechazad|rifiutat|rejeitad|recusad|odrzucon|отклонен|отвергнут|拒",
    re.IGNORECASE,
)


def is_receipt(received: Received) -> bool:
    """Tell whether a mail is a receipt by its form."""
    return _RECEIPT in received.report_type


def refused_in(received: Received, notice: str) -> tuple[Named, ...] | None:
    """Return for whom a receipt says that the mail was refused, with what it says; None where it says no such thing."""
    told = f"{received.subject[:1_000]}\n{notice[:2_000]}"
    fields = _fields(received)
    if not _BY_MACHINE.match(fields.get("disposition", "")) or not _REFUSED.search(told):
        return None
    names = (fields.get(name, "").rpartition(";")[2] for name in ("original-recipient", "final-recipient"))
    found = next(filter(None, map(addresses_in, names)), ())
    return tuple(Named(address, notice[:2_000]) for address in found[:1])


def _fields(received: Received) -> dict[str, str]:
    """Return the fields of a receipt, the first of each name."""
    parts = (part.text[:10_000] for part in received.parts if part.content_type.endswith(_RECEIPT))
    found: dict[str, str] = {}
    for text in parts:
        for name, value in _FIELD.findall(text):
            found.setdefault(name.lower(), value.strip())
    return found
