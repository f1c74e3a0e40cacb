"""What does a sending service tell of a mail in JSON? The notifications of Amazon SES, bare or wrapped by SNS.

Law: it is a text from outside like any other: what is no such notification is nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from mailer.core.mail_addresses import as_address
from mailer.core.named_recipients import MOST_RECIPIENTS, Named


@dataclass(frozen=True, slots=True)
class Notification:
    """What a sending service tells of a mail, in JSON: `is_complaint`, `is_permanent`, and whom it is about."""

    is_complaint: bool
    is_permanent: bool
    named: tuple[Named, ...]


def notification_in(notice: str) -> Notification | None:
    """Return what a service's notification in JSON says (Amazon SES); None where there is none."""
    told = _object(notice.strip())
    told = _object(str(told["Message"])) if isinstance(told.get("Message"), str) else told
    kind = str(told.get("notificationType", told.get("eventType", ""))).lower()
    about = told.get(kind)
    if kind not in ("bounce", "complaint") or not isinstance(about, dict):
        return None
    rows = about.get("bouncedRecipients") or about.get("complainedRecipients") or []
    named = (
        tuple(_named_row(row) for row in rows[:MOST_RECIPIENTS] if isinstance(row, dict))
        if isinstance(rows, list)
        else ()
    )
    is_permanent = str(about.get("bounceType", "")).lower() == "permanent"
    return Notification(kind == "complaint", is_permanent, tuple(each for each in named if each.address))


def _named_row(row: Mapping[str, object]) -> Named:
    """Return one recipient of a notification."""
    words = f"{row.get('status', '')} {row.get('diagnosticCode', '')}"
    return Named(as_address(str(row.get("emailAddress", ""))), words.strip()[:2_000])


def _object(text: str) -> dict[str, object]:
    """Return a JSON object, however a stranger wrote it; empty for anything else."""
    if not text.startswith("{"):
        return {}
    try:
        found = json.JSONDecoder(strict=False).raw_decode(text)[0]
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
