"""Who may send how many of the next letters? One batch, divided among the mailings that have any due.

Law: what is urgent goes first; all else is shared evenly, campaign by campaign, so that no list, however
long, keeps a short one waiting.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mailer.core.campaigns import MailingKind

URGENT = 0
ORDINARY = 1
_OVERTAKES = (MailingKind.CLOSING, MailingKind.CORRECTION)  # "please stop writing", and "not to that address"


def priority_of(kind: MailingKind) -> int:
    """Return how urgent a mailing is; the lower number goes first."""
    return URGENT if kind in _OVERTAKES else ORDINARY


@dataclass(frozen=True, slots=True)
class Demand:
    """A mailing (by its row) that has letters due, the oldest of them since `oldest` (UTC).

    `pace_per_hour` is its campaign's, None without one.
    """

    mailing: int
    campaign_id: str
    priority: int
    oldest: datetime
    pace_per_hour: int | None = None


def divide(limit: int, demands: Sequence[Demand], *, turn: int = 0) -> dict[int, int]:
    """Return how many letters each mailing may take, `limit` in all; who gets none is not in it.

    Only the most urgent ones are served; whoever calls divides what is left again among those that want more.
    `turn` counts the batches: what does not divide evenly goes to other campaigns each time.
    """
    first = min((demand.priority for demand in demands), default=URGENT)
    campaigns: dict[str, list[Demand]] = {}
    for demand in sorted(demands, key=lambda each: (each.campaign_id, each.oldest, each.mailing)):
        if demand.priority == first:
            campaigns.setdefault(demand.campaign_id, []).append(demand)
    shares: dict[int, int] = {}
    for part, mailings in zip(_evenly(limit, len(campaigns), turn), campaigns.values(), strict=True):
        shares |= dict(zip((each.mailing for each in mailings), _evenly(part, len(mailings), 0), strict=True))
    return {mailing: share for mailing, share in shares.items() if share}


def hungry_after(demands: Sequence[Demand], shares: Mapping[int, int], taken: Mapping[int, int]) -> list[Demand]:
    """Return who may want more: those that took all of their share, and those that had none yet."""
    return [each for each in demands if taken.get(each.mailing, 0) == shares.get(each.mailing, 0)]


def _evenly(limit: int, count: int, turn: int) -> list[int]:
    """Return `limit` in `count` parts that differ by one at most; the larger ones begin at `turn`."""
    if not count:
        return []
    each, over = divmod(max(0, limit), count)
    return [each + ((place - turn) % count < over) for place in range(count)]
