"""Which addresses and numbers are in no letter any more? What was retired, and what was dead when it was composed.

Law: what was dead is that by the letter's own moment, so that a repeat has the same bytes. What was retired is in no
letter at all, also in none that is repeated: the one exception to the same bytes, for officials who asked for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from mailer.core.retirement import OutOfUse


class Notices(Protocol):
    """Where is read what does not work any more."""

    def dead_since(self, campaign_id: str) -> Mapping[str, datetime]:
        """Return when (UTC) enough supporters had reported a channel dead, by its value."""

    def retired_values(self) -> frozenset[str]:
        """Return the addresses and numbers that officials asked us not to use."""


@dataclass(slots=True)
class _Known:
    """What was read at one time."""

    retired: frozenset[str] | None = None
    dead: dict[str, Mapping[str, datetime]] = field(default_factory=dict)
    told: dict[tuple[str, datetime], OutOfUse] = field(default_factory=dict)
    latest: tuple[tuple[str, datetime] | None, OutOfUse] = (None, OutOfUse())


class Unusable:
    """What is used no more, as one sender knows it: read once for a batch of letters.

    Who composed with what is older is told so when the intent is written: a letter tells how many retirements it
    knew of, and none leaves that knew of fewer than there are.
    """

    def __init__(self, notices: Notices) -> None:
        self._notices = notices
        self._known = _Known()

    def renew(self) -> None:
        """Read everything anew for the next letter."""
        self._known = _Known()

    def at(self, campaign_id: str, composed_at: datetime) -> OutOfUse:
        """Return what is not in a letter of this campaign that was composed first at this moment (UTC)."""
        known, asked = self._known, (campaign_id, composed_at)
        if known.latest[0] != asked:  # nearly all letters of a batch ask the same
            known.latest = (asked, self._told(known, asked))
        return known.latest[1]

    def _told(self, known: _Known, asked: tuple[str, datetime]) -> OutOfUse:
        """Return what is not in a letter of this campaign and moment; read and put together once."""
        if asked not in known.told:
            campaign_id, composed_at = asked
            if campaign_id not in known.dead:
                known.dead[campaign_id] = self._notices.dead_since(campaign_id)
            dead = known.dead[campaign_id].items()
            dead_by_then = {value for value, since in dead if since <= composed_at}
            known.told[asked] = OutOfUse(self._retired | dead_by_then, self._retired)
        return known.told[asked]

    @property
    def retirements(self) -> int:
        """Return how many retirements are known."""
        known = self._known.retired
        return len(self._retired if known is None else known)

    @property
    def _retired(self) -> frozenset[str]:
        """Return what is retired."""
        if self._known.retired is None:
            self._known.retired = self._notices.retired_values()
        return self._known.retired
