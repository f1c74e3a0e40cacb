"""Do the dates make sense? Wrong order is an error; what is past, or would come too late, is a warning."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from mailer.adapters.catalog.conversion import Desk
from mailer.adapters.catalog.document import Path
from mailer.adapters.catalog.mailings import Placed
from mailer.core.campaigns import Campaign, Event, Mailing, MailingKind, Picket, Status
from mailer.core.schedule import DEFAULT_LENGTH

# What is past in these is past on purpose.
_OVER = (Status.STOPPED, Status.CLOSED)


class Timing(NamedTuple):
    """When a campaign begins and ends (UTC); `begins` is None for an alert on launch."""

    begins: datetime | None
    ends: datetime | None
    events: dict[str, datetime]


def check_order(desk: Desk, campaign: Campaign, path: Path, placed: tuple[Placed, ...]) -> None:
    """Report mailings that come before the alert or after the deadline, and dates that are past."""
    timing = _timing(campaign)
    for mailing, place in placed:
        if place is not None:
            _check_mailing(desk, mailing, place, timing)
    if campaign.status not in _OVER:
        _warn_of_past(desk, campaign, path, placed)


def _timing(campaign: Campaign) -> Timing:
    """Return when a campaign begins and ends."""
    begins = next((m.at for m in campaign.mailings if m.kind is MailingKind.ALERT), None)
    ends = campaign.write_until or (begins + DEFAULT_LENGTH if begins else None)
    return Timing(begins, ends, {event.id: event.at for event in campaign.events})


def _check_mailing(desk: Desk, mailing: Mailing, path: Path, timing: Timing) -> None:
    """Report one mailing that is out of order."""
    if mailing.kind is MailingKind.ALERT and mailing.at and timing.ends and mailing.at >= timing.ends:
        hint = f"letters end on {tell(desk, timing.ends)} (write_until): move one of the two"
        desk.ledger.error(path, "the alert comes after the deadline", hint)
    if mailing.kind is MailingKind.REMINDER:
        _check_reminder(desk, mailing, path, timing)
    if mailing.kind is MailingKind.UPDATE and mailing.at and timing.begins and mailing.at <= timing.begins:
        hint = f"the alert goes out on {tell(desk, timing.begins)}: an update follows it"
        desk.ledger.error((*path, "at"), "the update comes before the alert", hint)


def _check_reminder(desk: Desk, mailing: Mailing, path: Path, timing: Timing) -> None:
    """Report a reminder before its alert or after the deadline."""
    begins = timing.begins or desk.now
    due = begins + mailing.after if mailing.after is not None else timing.events[mailing.before] - mailing.by
    if mailing.before and timing.begins and due <= timing.begins:
        hint = f"the alert goes out on {tell(desk, timing.begins)}, this reminder would be due on {tell(desk, due)}"
        desk.ledger.error(path, "the reminder comes before its alert", hint)
    if timing.ends is None or due < timing.ends:
        return
    hint = f"letters end on {tell(desk, timing.ends)} (write_until), this reminder would be due on {tell(desk, due)}"
    if mailing.before or timing.begins:
        desk.ledger.error(path, "the reminder comes after the deadline", hint)
    elif timing.ends > desk.now:
        desk.ledger.warn(path, "launched now, this reminder would come after the deadline and be left out", hint)


def _warn_of_past(desk: Desk, campaign: Campaign, path: Path, placed: tuple[Placed, ...]) -> None:
    """Warn of every date that is over."""
    dates = [*_dated_mailings(placed), *_dated_items(campaign, path, desk)]
    key = (*path, "write_until")
    if campaign.write_until is not None and desk.ledger.document.has(key):
        dates.append((campaign.write_until, key, "the deadline"))
    for at, place, what in dates:
        if at <= desk.now:
            desk.ledger.warn(place, f"{what} is past: {tell(desk, at)}", "correct it, or let it be if it is meant so")


def _dated_mailings(placed: tuple[Placed, ...]) -> Iterator[tuple[datetime, Path, str]]:
    """Yield the moments of mailings with a time of their own."""
    for mailing, place in placed:
        if mailing.at is not None and place is not None:
            yield mailing.at, place, f"the time of the {mailing.kind}"


def _dated_items(campaign: Campaign, path: Path, desk: Desk) -> Iterator[tuple[datetime, Path, str]]:
    """Yield the moments of events, pickets and targets."""
    yield from _at_of(campaign.events, (*path, "events"), "the event")
    yield from _at_of(campaign.pickets, (*path, "pickets"), "the picket")
    for index, target in enumerate(campaign.targets):
        place = (*path, "targets", index, "until")
        if target.until is not None and desk.ledger.document.has(place):
            yield target.until, place, "the date until which this target matters"


def _at_of(items: Iterable[Event | Picket], path: Path, what: str) -> Iterator[tuple[datetime, Path, str]]:
    """Yield the moments of dated items by their place in the list."""
    for index, item in enumerate(items):
        yield item.at, (*path, index, "at"), what


def tell(desk: Desk, moment: datetime) -> str:
    """Return a moment on the organisation's clocks."""
    return moment.astimezone(ZoneInfo(desk.organisation.timezone)).strftime("%Y-%m-%d %H:%M")
