"""Who has written already, to whom and when? Read once for a batch of mails that speak of it.

Law: a mail knows what was told by the moment at which it was composed first, so that a repeat says the same.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol

from mailer.core.supporters import SupporterId

Letters = Mapping[str, datetime]


class Told(Protocol):
    """Where is read what supporters told."""

    def letters_of(self, campaign_id: str, supporter_ids: Collection[SupporterId]) -> Mapping[SupporterId, Letters]:
        """Return to which targets, and when (UTC), these supporters wrote; who told of none is missing."""


class Written:
    """Who wrote, as one sender knows it: read once for a batch of letters, and for a campaign."""

    def __init__(self, told: Told) -> None:
        self._told = told
        self._batch: frozenset[SupporterId] = frozenset()
        self._latest: frozenset[SupporterId] = frozenset()
        self._known: dict[str, dict[SupporterId, Letters]] = {}

    def renew(self, supporter_ids: Collection[int]) -> None:
        """Read everything anew for the next letters, which are to these supporters; some before them may be left."""
        before, self._latest = self._latest, frozenset(map(SupporterId, supporter_ids))
        self._batch = before | self._latest
        self._known = {}

    def by(self, supporter_id: SupporterId, campaign_id: str, composed_at: datetime) -> Letters:
        """Return to which targets a supporter had written by this moment (UTC), and when."""
        known = self._known.setdefault(campaign_id, {})
        if supporter_id not in known:
            wanted = self._batch if supporter_id in self._batch else {supporter_id}
            found = self._told.letters_of(campaign_id, wanted)
            known |= {one: found.get(one, {}) for one in wanted}
        return {target: at for target, at in known[supporter_id].items() if at <= composed_at}
