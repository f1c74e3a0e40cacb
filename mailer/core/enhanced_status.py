"""What does a status code of a report say about an address: dead, or not reachable for now? RFC 3463 as a table.

Law: a status about us or about the letter (5.7.x and the like) is never one about the address.
"""

from __future__ import annotations

import re
from enum import StrEnum

_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.]*\d)")
_REPLY = re.compile(r"(?<![\d.])([45])[0-5]\d(?=[ \-:,\]]|$)(?!\.\d)|(?<=\()5[0-5]\d(?=\))(?!\) ?\d)")
_GENERIC = ("0.0", "3.0", "5.0")

# Source: IANA's registry of enhanced status codes; x.1.351 and x.4.310 are Exchange Online's for an unknown recipient
# and for a domain that does not exist; x.1.10 is RFC 7505's for a domain that takes no mail.
_DEAD = frozenset({"1.1", "1.2", "1.3", "1.4", "1.6", "1.10", "1.351", "4.4", "4.310"})
_OF_NO_MEANING = frozenset({*_GENERIC, "1.0", "1.5", "2.0", "2.1", "3.2", "4.0", "4.1", "4.6", "5.1"})


class Standing(StrEnum):
    """What a status says about the address."""

    DEAD = "dead"
    FOR_NOW = "for now"
    ALIVE = "alive"  # refused for the letter's or the sender's sake, or delivered
    UNTOLD = "untold"


def find_status(*texts: str) -> str:
    """Return the most telling enhanced status of several texts, empty if there is none; the first texts count most."""
    found = [match[0] for text in texts for match in _STATUS.finditer(text)]
    failures = [status for status in found if status[0] in "45"] or found
    return next((status for status in failures if status[2:] not in _GENERIC), failures[0] if failures else "")


def is_for_now(status: str, text: str) -> bool:
    """Tell whether a failure is temporary by its class: that of the status, else of the first reply code in a text."""
    if status and status[0] in "245" and status[2:] not in _GENERIC:
        return status[0] == "4"
    reply = _REPLY.search(text)
    return reply[1] == "4" if reply else status.startswith("4")


def standing_of(status: str) -> Standing:
    """Return what an enhanced status says about the address."""
    detail = status[2:]
    if not status or (detail in _OF_NO_MEANING and status[0] == "5"):
        return Standing.UNTOLD
    if status[0] == "5" and detail in _DEAD:
        return Standing.DEAD
    return Standing.FOR_NOW if status[0] == "4" else Standing.ALIVE


def has_reply_code(text: str) -> bool:
    """Tell whether a text quotes a server's refusal."""
    return find_reply_code(text) >= 0


def find_reply_code(text: str) -> int:
    """Return where a text first quotes a server's refusal; -1 where it quotes none."""
    return min((match.start() for match in (_REPLY.search(text), _STATUS.search(text)) if match), default=-1)
