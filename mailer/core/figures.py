"""How much is there of what? The figures that are watched while the mailer runs.

Law: ids and counts only: nobody's name, address or link is among them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mailer.core.incoming import Reading


@dataclass(frozen=True, slots=True)
class MailingFigures:
    """One mailing: of which campaign, in a rehearsal or not, whether a brake holds it, letters by state."""

    campaign: str
    mailing: str
    rehearsal: bool
    paused: bool = False
    letters: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of one moment.

    `campaigns` counts them by status, `signups` those that wait for a mail or for an answer, `actions` what
    supporters told, by campaign and kind. `mailbox` tells when that was read.
    """

    mailings: tuple[MailingFigures, ...] = ()
    campaigns: Mapping[str, int] = field(default_factory=dict)
    signups: Mapping[str, int] = field(default_factory=dict)
    actions: Mapping[tuple[str, str], int] = field(default_factory=dict)
    mailbox: Reading = field(default_factory=Reading)
