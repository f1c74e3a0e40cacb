"""When do mailings go out? Rules unrolled into slots and moments. Pure: no clock, no I/O.

Alerts go out at once; reminders between 09:00 and 20:00 in the supporter's own zone. Two clocks run: a
target's `until` decides what a pack shows, the campaign's end decides whether anything is sent at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from mailer.core.campaigns import Campaign, Mailing, MailingId, MailingKind

WINDOW_OPENS = time(9)
WINDOW_CLOSES = time(20)
DEFAULT_LENGTH = timedelta(days=21)
LATE_ALERT = timedelta(hours=6)
# How long news is tried; afterwards it is no news. Source: RFC 5321 4.5.4.1, four to five days.
NEWS_LASTS = timedelta(days=5)
MERGE_WITHIN = timedelta(hours=48)
# A night is 13 hours from 20:00 to 09:00, and up to two more when clocks are set back in it (Antarctica/Troll).
LARGEST_MOVE = timedelta(hours=15)


@dataclass(frozen=True, slots=True)
class Slot:
    """A mailing and the moment (UTC) from which work on it is due."""

    due: datetime
    mailing_id: MailingId
    kind: MailingKind


@dataclass(frozen=True, slots=True)
class ZonedMoment:
    """From when (UTC) a delivery to supporters of one zone may go out."""

    timezone: str
    country: str
    not_before: datetime


def campaign_end(campaign: Campaign, alert_at: datetime) -> datetime:
    """Return when letters stop mattering (UTC): the file's moment, else 21 days after the alert."""
    return campaign.write_until or alert_at + DEFAULT_LENGTH


def later_into_window(moment: datetime, zone: str) -> datetime:
    """Return `moment` (UTC), or the next 09:00 in `zone` if it falls outside of 09:00-20:00 there."""
    local = moment.astimezone(ZoneInfo(zone))
    if local.time() < WINDOW_OPENS:
        return _at(local, WINDOW_OPENS)
    if local.time() > WINDOW_CLOSES:
        return _at(local + timedelta(days=1), WINDOW_OPENS)
    return moment


def earlier_into_window(moment: datetime, zone: str) -> datetime:
    """Return `moment` (UTC), or the last 20:00 in `zone` if it falls outside of 09:00-20:00 there."""
    local = moment.astimezone(ZoneInfo(zone))
    if local.time() > WINDOW_CLOSES:
        return _at(local, WINDOW_CLOSES)
    if local.time() < WINDOW_OPENS:
        return _at(local - timedelta(days=1), WINDOW_CLOSES)
    return moment


def _at(local: datetime, clock: time) -> datetime:
    """Return the moment (UTC) of a wall-clock time on the day of `local`."""
    return local.replace(hour=clock.hour, minute=clock.minute, second=0, microsecond=0, fold=0).astimezone(
        ZoneInfo("UTC")
    )


def reminder_moment(mailing: Mailing, campaign: Campaign, *, zone: str, now: datetime) -> datetime | None:
    """Return from when (UTC) a reminder due now may go to supporters of `zone`; None if it is too late.

    `after` moves later into the window, `before` earlier; a `before` that was missed (the daemon was
    down) goes out in the next window, if that comes before the event.
    """
    if mailing.after is not None:
        return later_into_window(now, zone)
    event = campaign.event(mailing.before).at
    planned = earlier_into_window(event - mailing.by, zone)
    moment = planned if planned >= now - timedelta(hours=1) else later_into_window(now, zone)
    return moment if moment < event else None


def reminder_deadline(mailing: Mailing, campaign: Campaign, ends_at: datetime) -> datetime:
    """Return when a reminder comes too late: at its event, or at the campaign's end."""
    return min(campaign.event(mailing.before).at, ends_at) if mailing.before else ends_at


def plan_mailings(campaign: Campaign, *, launched_at: datetime, after: datetime, until: datetime) -> tuple[Slot, ...]:
    """Return the slots with after < due <= until, earliest first.

    Planning two adjoining windows gives exactly what planning their union gives. The slot of a reminder
    is the first moment at which any supporter of any zone could be due.

    Raises:
        ValueError: a bound is naive, or `until` precedes `after`.
    """
    if after.tzinfo is None or until.tzinfo is None or until < after:
        raise ValueError(f"not a window of aware datetimes: after {after}, until {until}")
    slots = (Slot(first_due(m, campaign, launched_at), m.id, m.kind) for m in campaign.mailings)
    return tuple(sorted((slot for slot in slots if after < slot.due <= until), key=_by_due))


def _by_due(slot: Slot) -> tuple[datetime, str]:
    """Order slots by time, then by id."""
    return slot.due, slot.mailing_id


def first_due(mailing: Mailing, campaign: Campaign, launched_at: datetime) -> datetime:
    """Return the first moment (UTC) at which work on `mailing` can be due for anybody."""
    if mailing.on_launch:
        return launched_at
    if mailing.at is not None:
        return mailing.at
    if mailing.after is not None:
        return alert_due(campaign, launched_at) + mailing.after
    return campaign.event(mailing.before).at - mailing.by - LARGEST_MOVE


def alert_due(campaign: Campaign, launched_at: datetime) -> datetime:
    """Return when the first alert goes out (UTC): at its own time, or at the launch."""
    alerts = [m.at or launched_at for m in campaign.mailings if m.kind is MailingKind.ALERT]
    return max(min(alerts, default=launched_at), launched_at)


def is_late_alert(mailing: Mailing, now: datetime, *, launched_at: datetime | None = None) -> bool:
    """Tell whether a scheduled alert missed its time by so much that a person must launch it again.

    Who launches after that time knows that it is past: then lateness counts from the launch.
    """
    if mailing.kind is not MailingKind.ALERT or mailing.at is None:
        return False
    return now - max(mailing.at, launched_at or mailing.at) > LATE_ALERT


def zoned_moments(
    mailing: Mailing, campaign: Campaign, zones: Iterable[tuple[str, str, str]], now: datetime
) -> tuple[ZonedMoment, ...]:
    """Return from when each (timezone column, country, effective zone) may get `mailing`; late ones are left out."""
    found = ((tz, country, reminder_moment(mailing, campaign, zone=zone, now=now)) for tz, country, zone in zones)
    return tuple(ZonedMoment(tz, country, moment) for tz, country, moment in found if moment is not None)
