"""What does a mail that came to us say? Its fields and parts as plain values, whatever it was made of.

Law: nothing here is believed yet: anybody can write to a mailbox. Texts are bounded; what was cut is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

LARGEST_MAIL: Final = 25 * 1024 * 1024  # octets; of a larger one only the beginning is fetched, or looked at


@dataclass(frozen=True, slots=True)
class Part:
    """One leaf of a mail; `text` is decoded, and empty for what is no text. Types are lower case: "text/plain"."""

    content_type: str
    text: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """One mail, as it was read; every field may be empty.

    `delivered_to` are the addresses it came to, domains in lower case: those that servers noted (Delivered-To,
    X-Original-To, Envelope-To) before To and Cc. `sender` is the one address of From. `return_path` is None without
    such a field, and empty for `<>`. `references` are the Message-IDs of In-Reply-To and References. `fields` holds
    the unfolded and decoded values of every field by its lower-case name. `statuses` are the groups of a delivery
    report, the first of which is about the mail (RFC 3464); `feedback` is a complaint's (RFC 5965); keys are lower
    case. `returned` are the mails, or only their fields, that it carries.
    """

    delivered_to: tuple[str, ...] = ()
    sender: str = ""
    return_path: str | None = None
    subject: str = ""
    message_id: str = ""
    references: tuple[str, ...] = ()
    content_type: str = ""
    report_type: str = ""
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    statuses: tuple[Mapping[str, str], ...] = ()
    feedback: Mapping[str, str] = field(default_factory=dict)
    returned: tuple[Received, ...] = ()
    is_cut: bool = False
