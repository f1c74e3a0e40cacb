"""How many ring an office? So many as were asked for, whoever is in the audience.

Law: who is asked stays asked while the audience is about the same, and more than were asked for ring hardly ever.
"""

from __future__ import annotations

from math import sqrt
from typing import Final

from mailer.core.campaigns import Campaign

# Two and a third standard deviations of the root of a Poisson number, each 1/2: above that is one of a hundred.
_CAUTION: Final = 1.16
_GROWN: Final = 1.1


def has_few_callers(campaign: Campaign) -> bool:
    """Tell whether any target is to be rung by only so many."""
    return any(target.phone and target.phone.ask_at_most for target in campaign.targets)


def asked_part(most: int, audience: int) -> float:
    """Return which part of the audience is asked so that more than `most` are hardly ever: 36 for 50, 5 for 10.

    From 10 on, more than `most` are asked about once in a hundred times; below, once in eleven at worst. Where the
    audience is unknown (0), everybody is asked.
    """
    if audience <= most:
        return 1.0
    return max(most / 2, (sqrt(most + 1) - _CAUTION) ** 2) / audience


def audience_to_keep(before: int, counted: int) -> int:
    """Return the size that a revision has: the one before it, unless the audience has grown by more than a tenth.

    So a list that grows by a few every day does not make a revision of every start, nor take back what was asked.
    """
    return counted if counted > before * _GROWN else before
