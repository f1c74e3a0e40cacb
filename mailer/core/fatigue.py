"""May somebody get one more mail now? The pause that they asked for, and the most mails of a week, over all campaigns.

Law: reminders are held first: for them, updates that are about to leave count as mails of the week. Alerts, closings
and corrections count, and are held by a pause alone; what was asked for just now (a sign-up, a command) is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from mailer.core.campaigns import ASKED_FOR, MailingKind

WEEK = timedelta(days=7)
CAPPED = (MailingKind.REMINDER, MailingKind.UPDATE)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Week:
    """What counts against a cap: mails that left, or may have, at these moments (UTC), and updates that are due.

    `cap` is None without a cap, else 1 or more.
    """

    cap: int | None = None
    left: tuple[datetime, ...] = ()
    waiting: int = 0


def least(first: int | None, second: int | None) -> int | None:
    """Return the stricter of two caps; None is none."""
    return min((cap for cap in (first, second) if cap is not None), default=None)


def held_until(kind: MailingKind, week: Week, paused_until: datetime | None, now: datetime) -> datetime | None:
    """Return until when (UTC) a letter is held back, always after `now`; None if it may leave."""
    if kind in ASKED_FOR:
        return None
    ends = (paused_until, _rested_at(kind, week, now))
    return max((end for end in ends if end is not None and end > now), default=None)


def _rested_at(kind: MailingKind, week: Week, now: datetime) -> datetime | None:
    """Return when the week has room again: once the oldest mail that fills it is a week old."""
    if kind not in CAPPED or week.cap is None:
        return None
    about_to_leave = [now] * week.waiting if kind is MailingKind.REMINDER else []
    counted = sorted((*about_to_leave, *(moment for moment in week.left if moment > now - WEEK)), reverse=True)
    return counted[week.cap - 1] + WEEK if len(counted) >= week.cap else None


def put_off(kind: MailingKind, planned: datetime, until: datetime, deadline: datetime | None) -> datetime:
    """Return when a letter that was due at `planned` is looked at again, if it is held `until` then.

    A reminder stays at its hour of the day: that was chosen to be in its reader's waking time. What would come
    too late is looked at when its deadline has come, and expires.
    """
    again = planned - ((planned - until) // _DAY) * _DAY if kind is MailingKind.REMINDER else until
    return again if deadline is None else min(again, deadline)
