"""What is sent when? Mailing entries as core's values, each with an identity that stays.

The identity is the update's own id, or kind and rule: `alert`, `reminder-after-3d`,
`reminder-before-trial-24h`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from mailer.adapters.catalog.conversion import Desk
from mailer.adapters.catalog.document import Path
from mailer.adapters.catalog.moments import ON_LAUNCH
from mailer.adapters.catalog.schema.campaign import CampaignEntry
from mailer.adapters.catalog.schema.mailing import MailingEntry, ReminderEntry, UpdateEntry
from mailer.core.campaigns import Event, Mailing, MailingId, MailingKind

_RESERVED = ("alert", "reminder", "closing", "correction")


class Placed(NamedTuple):
    """A mailing and where it stands in the file; the defaults stand nowhere."""

    mailing: Mailing
    path: Path | None


def mailings_of(desk: Desk, campaign: CampaignEntry, events: tuple[Event, ...]) -> tuple[Placed, ...]:
    """Return the campaign's mailings, or the defaults if it gives none."""
    if campaign.mailings is None:
        return tuple(Placed(mailing, None) for mailing in default_mailings(events))
    wanted = [placed for entry in campaign.mailings if (placed := _placed(desk, entry, campaign)) is not None]
    found = tuple(placed for placed in wanted if _event_exists(desk, placed, campaign))
    _check_identities(desk, campaign, found)
    return found


def default_mailings(events: tuple[Event, ...]) -> tuple[Mailing, ...]:
    """Return an alert on launch, a reminder after 3d, and one 24h before the first event if there is any."""
    found = [_alert(None), _after(timedelta(days=3), "3d")]
    if events:
        first = min(events, key=lambda event: event.at)
        found.append(_before(first.id, timedelta(hours=24), "24h"))
    return tuple(found)


def _alert(at: datetime | None) -> Mailing:
    """Return the alert, at a time or on launch."""
    return Mailing(MailingId("alert"), MailingKind.ALERT, on_launch=at is None, at=at)


def _after(delay: timedelta, told: str) -> Mailing:
    """Return a reminder that counts from the supporter's own alert."""
    return Mailing(MailingId(f"reminder-after-{told}"), MailingKind.REMINDER, after=delay)


def _before(event: str, by: timedelta, told: str) -> Mailing:
    """Return a reminder that counts back from an event."""
    return Mailing(MailingId(f"reminder-before-{event}-{told}"), MailingKind.REMINDER, before=event, by=by)


def _placed(desk: Desk, entry: MailingEntry, campaign: CampaignEntry) -> Placed | None:
    """Return the mailing of an entry with exactly one kind, or report what it lacks."""
    given = [key for key in ("alert", "reminder", "update") if entry.has(key)]
    if len(given) != 1:
        what = f"has {' and '.join(given)} at once" if given else "is empty"
        desk.ledger.error(entry.path, f"the mailing {what}", "one of alert, reminder and update after each '- '")
        return None
    path = (*entry.path, given[0])
    mailing = _mailing(desk, entry, path, campaign)
    return Placed(mailing, path) if mailing is not None else None


def _mailing(desk: Desk, entry: MailingEntry, path: Path, campaign: CampaignEntry) -> Mailing | None:
    """Return the mailing of an entry; None if what it needs was wrong and is reported already."""
    if entry.reminder is not None:
        return _reminder(desk, entry.reminder, path)
    if entry.update is not None:
        return _update(desk, entry.update, _number_of(entry, campaign))
    if isinstance(entry.alert, datetime):
        return _alert(desk.moment(path, entry.alert))
    if entry.alert != ON_LAUNCH and not entry.lost():
        desk.ledger.error(path, f"the {path[-1]} has no rule", "alert: on-launch, reminder: {after: 3d}")
    return _alert(None) if entry.alert == ON_LAUNCH else None


def _number_of(entry: MailingEntry, campaign: CampaignEntry) -> int:
    """Return the how-manieth update an entry is, from 1."""
    updates = [other.path for other in campaign.mailings or () if other.update is not None]
    return updates.index(entry.path) + 1


def _reminder(desk: Desk, entry: ReminderEntry, path: Path) -> Mailing | None:
    """Return a reminder with exactly one rule, or report what it lacks."""
    if entry.after is not None and not entry.has("before", "by"):
        return _after(entry.after, entry.told("after"))
    if entry.before is not None and entry.by is not None and not entry.has("after"):
        return _before(entry.before, entry.by, entry.told("by"))
    if not entry.lost():
        hint = "{after: 3d} counts from the alert, {before: trial, by: 24h} back from an event"
        desk.ledger.error(path, "the reminder needs one rule: 'after', or 'before' with 'by'", hint)
    return None


def _update(desk: Desk, entry: UpdateEntry, number: int) -> Mailing:
    """Return an update at its time."""
    return Mailing(
        id=MailingId(entry.id or f"update-{number}"),
        kind=MailingKind.UPDATE,
        at=desk.moment((*entry.path, "at"), entry.at),
        text=desk.text((*entry.path, "text"), entry.text),
        attach=tuple(entry.attach),
    )


def _event_exists(desk: Desk, placed: Placed, campaign: CampaignEntry) -> bool:
    """Tell whether the event that a reminder counts back from is there, and report it if not."""
    if not placed.mailing.before or placed.path is None:
        return True
    path = (*placed.path, "before")
    events = {event.id for event in campaign.events}
    raw = [name for name, _ in desk.ledger.document.ids((*campaign.path, "events"))]
    return desk.refer(path, placed.mailing.before, raw, "event") and placed.mailing.before in events


def _check_identities(desk: Desk, campaign: CampaignEntry, found: tuple[Placed, ...]) -> None:
    """Report mailings that share an identity, and a list without an alert."""
    alerts = [entry for entry in campaign.mailings or () if entry.has("alert")]
    if not alerts and not campaign.lost("mailings"):
        hint = "add '- alert: on-launch', or leave 'mailings' out to have the usual ones"
        desk.ledger.error((*campaign.path, "mailings"), "there is no alert among the mailings", hint)
    for placed, message in _clashes(found):
        desk.ledger.error(placed.path or campaign.path, message, "every mailing of a campaign is another one")


def _clashes(found: tuple[Placed, ...]) -> Iterator[tuple[Placed, str]]:
    """Yield mailings whose id was taken before, or is a word of ours."""
    taken: set[str] = set()
    for placed in found:
        mailing = placed.mailing
        if mailing.id in taken:
            yield placed, f"there are two mailings '{mailing.id}'"
        elif mailing.kind is MailingKind.UPDATE and mailing.id.startswith(_RESERVED):
            yield placed, f"an update may not be called '{mailing.id}': ids that begin like that are ours"
        taken.add(mailing.id)
