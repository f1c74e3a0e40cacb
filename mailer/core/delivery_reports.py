"""Whom is a delivery report about, and what became of the mail? Its fields, by RFC 3464 and as servers write them.

Law: the address is the one that we wrote to, as far as the report knows it; a success is nobody's failure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mailer.core.enhanced_status import find_status
from mailer.core.mail_addresses import addresses_in, addresses_in_text

_RECIPIENT = ("original-recipient", "final-recipient", "x-actual-recipient", "x-display-name")
_GOOD = ("delivered", "relayed", "expanded", "deliverable", "transferred")
_DIAGNOSTIC = ("diagnostic-code", "x-diagnostic-code", "x-notes", "x-supplementary-info", "final-log-id", "status")


@dataclass(frozen=True, slots=True)
class Reported:
    """One recipient of a delivery report; `address` is empty where the report names none."""

    address: str
    is_failure: bool
    is_delay: bool
    status: str
    diagnostic: str


def reported_in(statuses: tuple[Mapping[str, str], ...]) -> tuple[Reported, ...]:
    """Return the recipients of a report in its order; the fields about the mail as a whole are no recipient."""
    return tuple(_reported(group) for group in statuses if _is_recipient(group))


def _is_recipient(group: Mapping[str, str]) -> bool:
    """Tell whether a group of fields is about a recipient."""
    return "action" in group or "final-recipient" in group or "original-recipient" in group


def _reported(group: Mapping[str, str]) -> Reported:
    """Return what one group says."""
    action = group.get("action", "").strip().lower()
    status = find_status(group.get("status", ""))
    is_good = action.startswith(_GOOD) or (not action and status.startswith("2"))
    diagnostic = " ".join(group[name] for name in _DIAGNOSTIC if name in group)
    return Reported(_address(group), not is_good, action.startswith("delay"), status, diagnostic[:2_000])


def _address(group: Mapping[str, str]) -> str:
    """Return whom a group is about: the address that we wrote to before the one that it became."""
    return next((found for name in _RECIPIENT if (found := _typed(group.get(name, "")))), "")


def _typed(value: str) -> str:
    """Return the address of "rfc822; address", with or without the type; empty for other kinds of address."""
    kind, separator, rest = value.partition(";")
    found = addresses_in(rest if separator else kind) or tuple(addresses_in_text(value[:1_000]))
    return found[0] if found else ""
