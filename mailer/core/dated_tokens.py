"""How long does a link to somebody's preferences count? Its token is made over a day, and ends thirty days later.

Law: the token itself tells no day: whoever verifies one tries the days that still count. One of a day that is
past is told from one that is not ours, so that its page can say where a new one comes from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from mailer.core.supporters import PublicId
from mailer.core.tokens import Purpose, verify
from mailer.errors import LinkError, LinkExpiredError

PREFERENCES_LAST = timedelta(days=30)
KEYS_LAST = timedelta(days=400)  # as long as old token keys verify
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def day_of(moment: datetime) -> int:
    """Return the day (UTC) of a moment, counted since 1970."""
    return (moment - _EPOCH).days


def scope_of_day(now: datetime) -> str:
    """Return what a token for preferences is bound to in a mail that is composed at `now`: its day."""
    return _dated(day_of(now))


def verify_preferences(token: str, keys: Mapping[int, bytes], now: datetime) -> PublicId:
    """Return whose preferences a token opens, at most 30 days after its day.

    A day ahead counts too: the clocks of two machines differ around midnight.

    Raises:
        LinkExpiredError: it was ours, and is too old.
        LinkError: forged, cut, for another purpose, or of a key that no longer counts.
    """
    today = day_of(now)
    found = _find(token, keys, range(today + 1, today - PREFERENCES_LAST.days - 1, -1))
    if found is not None:
        return found
    if _find(token, keys, range(today - PREFERENCES_LAST.days - 1, today - KEYS_LAST.days - 1, -1)) is not None:
        raise LinkExpiredError("this link is too old: every mail of ours brings a new one")
    raise LinkError("this link is not one of ours, or it is no longer valid")


def _find(token: str, keys: Mapping[int, bytes], days: Iterable[int]) -> PublicId | None:
    """Return whose token this is, if it is of one of these days."""
    for day in days:
        with suppress(LinkError):
            return verify(token, Purpose.PREFERENCES, _dated(day), keys)
    return None


def _dated(day: int) -> str:
    """Return what stands in the token's place for a campaign."""
    return f"day:{day}"
