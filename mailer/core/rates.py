"""How many letters may leave now? Token buckets, and caps per day: pure arithmetic over `now`.

Law: within any hour no more is taken than `per_hour`, a burst included. A clock that is set back gives
nothing twice, one that jumps ahead gives a burst at most, and one that was wrong for long is followed again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
BURST_SHARE = 60  # a minute's worth of an hour
CLOCK_SKEW = timedelta(minutes=5)  # machines that share a database agree better than this
KEPT_FOR = timedelta(seconds=10)  # what was taken, and not used for so long, is not used at all


@dataclass(frozen=True, slots=True)
class Bucket:
    """How many letters may leave at once, as of the last filling (UTC)."""

    tokens: float
    filled_at: datetime


def burst_of(per_hour: float) -> float:
    """Return how much a bucket holds: a minute's worth, at least one letter."""
    return max(1.0, per_hour / BURST_SHARE)


def full(per_hour: float, now: datetime, burst: float | None = None) -> Bucket:
    """Return the bucket of a rate that has never been used; it holds a minute's worth if nothing else is told."""
    return Bucket(burst_of(per_hour) if burst is None else burst, now)


def refill(bucket: Bucket, per_hour: float, burst: float, now: datetime) -> Bucket:
    """Return the bucket as of `now`; where the clock went back, nothing is gained until it has caught up.

    A filling that is further ahead than clocks may disagree comes from a clock that was wrong.
    """
    if bucket.filled_at > now:
        return bucket if bucket.filled_at <= now + CLOCK_SKEW else replace(bucket, filled_at=now)
    gained = _speed(per_hour, burst) * ((now - bucket.filled_at) / HOUR)
    return Bucket(min(burst, bucket.tokens + gained), now)


def take(bucket: Bucket, wanted: int) -> tuple[Bucket, int]:
    """Return the bucket without what is granted, and how much that is: whole letters, at most `wanted`."""
    granted = max(0, min(wanted, int(bucket.tokens)))
    return replace(bucket, tokens=bucket.tokens - granted), granted


def give_back(bucket: Bucket, count: int, burst: float) -> Bucket:
    """Return the bucket with what was taken and not used."""
    return replace(bucket, tokens=max(bucket.tokens, min(burst, bucket.tokens + count)))


def next_token_at(bucket: Bucket, per_hour: float) -> datetime:
    """Return when the next whole token is there; the moment of the last filling if one is."""
    missing = max(0.0, 1.0 - bucket.tokens)
    return bucket.filled_at + HOUR * (missing / _speed(per_hour, burst_of(per_hour)))


def _speed(per_hour: float, burst: float) -> float:
    """Return how much is gained in an hour, so that with the burst no hour sees more than `per_hour`.

    What is taken may be used up to `KEPT_FOR` later, so that an hour of use spans a little more of filling.
    """
    return (per_hour - burst + 1.0) / (1 + KEPT_FOR / HOUR)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one relay may be given; None and () are no limit.

    `daily_caps` is a warm-up: the first number holds on the first day (UTC) of use, the last one stays.
    """

    per_hour: int | None = None
    daily_caps: tuple[int, ...] = ()

    @property
    def are_none(self) -> bool:
        """Tell whether nothing is limited."""
        return self.per_hour is None and not self.daily_caps


@dataclass(frozen=True, slots=True)
class DayUse:
    """How much a relay got on the last day (UTC) that it was used, and on how many days it was."""

    day: date | None = None
    days: int = 0
    used: int = 0


def left_today(use: DayUse, caps: tuple[int, ...], today: date) -> int | None:
    """Return how many letters the day still allows; None if there is no cap."""
    if not caps:
        return None
    begun = _begun(use, today)
    return max(0, caps[min(max(begun.days, 1), len(caps)) - 1] - begun.used)


def use_today(use: DayUse, count: int, today: date) -> DayUse:
    """Return the use after `count` more letters; a day on which none left is no day of a warm-up."""
    if not count:
        return use
    begun = _begun(use, today)
    return replace(begun, used=begun.used + count)


def hand_in(use: DayUse, count: int, today: date) -> DayUse:
    """Return the use after `count` of today's letters were not written after all."""
    return replace(use, used=max(0, use.used - count)) if use.day == today else use


def _begun(use: DayUse, today: date) -> DayUse:
    """Return the use as of `today`: a new day begins with none; a clock that went back begins no day anew."""
    if use.day is None or use.day < today:
        return DayUse(today, use.days + 1, 0)
    return use if use.day <= today + DAY else replace(use, day=today)
