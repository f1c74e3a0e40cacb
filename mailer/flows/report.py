"""How do the campaigns stand? What left, what waits, how fast, what went wrong and what is in doubt, for `status`.

Law: a rehearsal is always called one, and numbers come from the outbox, never from memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from mailer.core.campaigns import CampaignId, MailingKind, Status
from mailer.core.deliveries import UNFINISHED, State
from mailer.core.doubts import Course, Doubt, Prospect, prospect
from mailer.core.progress import CampaignRecord, MailingRecord
from mailer.core.replies import read_reply_id
from mailer.core.signups import CONFIRM_WITHIN, NAME, SERVICE
from mailer.core.speed import STILL, UNKNOWN, Flow, TimeLeft, per_second, time_left

FILLED_WITHIN = timedelta(minutes=1)  # a daemon fills what is due within a tick; one may just be starting


@dataclass(frozen=True, slots=True)
class Tally:
    """What the outbox knows of one mailing; `last_reply` is the newest that was no acceptance."""

    counts: Mapping[State, int] = field(default_factory=dict)
    flow: Flow = STILL
    last_reply: str = ""
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class ClosedGate:
    """A relay, or one provider group at it, that is left alone until a moment (UTC)."""

    relay: str
    group: str
    until: datetime


class Records(Protocol):
    """What reporting needs of the campaigns' store."""

    def last_trials(self) -> Mapping[str, datetime]:
        """Return when a test mail last went out, by campaign."""

    def all(self) -> tuple[CampaignRecord, ...]:
        """Return every campaign that was ever published."""

    def find(self, campaign_id: str) -> CampaignRecord | None:
        """Return one campaign, or None if it was never published."""

    def mailings(self, campaign_id: str, run: int | None = None) -> tuple[MailingRecord, ...]:
        """Return the slots of a campaign."""


class Tallies(Protocol):
    """What reporting needs of the outbox."""

    def of(self, campaign_id: str, *, now: datetime) -> Mapping[int, Tally]:
        """Return what the outbox knows of each mailing of a campaign, by the mailing's row."""

    def gates(self, *, now: datetime) -> tuple[ClosedGate, ...]:
        """Return the relays and provider groups that wait at `now`."""


@dataclass(frozen=True, slots=True)
class MailingStatus:
    """One slot and its deliveries; `counts` has all ten states, `reason` says what holds it.

    `remaining` letters may still leave; `left` says how long they take. `under_way` tells whether letters
    leave, or are about to, without anybody doing anything.
    """

    id: str
    kind: MailingKind
    due: datetime
    rehearsal: bool
    reason: str
    counts: Mapping[State, int]
    remaining: int
    per_second: float
    left: TimeLeft
    last_error: str
    doubts: tuple[Doubt, ...]
    course: Course
    under_way: bool

    @property
    def total(self) -> int:
        """Return how many letters the mailing has."""
        return sum(self.counts.values())

    @property
    def answers(self) -> str:
        """Return which command its mails answer, in a word ("sent"); empty if they are no answers."""
        reply = read_reply_id(self.id) if self.kind is MailingKind.REPLY else None
        return reply.name if reply else ""


@dataclass(frozen=True, slots=True)
class CampaignStatus:
    """One campaign and its mailings, earliest first; `launched_at` and `hold_until` are of the last launch."""

    id: str
    status: Status
    reason: str
    rehearsal: bool
    launched_at: datetime | None
    hold_until: datetime | None
    tested_at: datetime | None
    revision: int
    mailings: tuple[MailingStatus, ...]
    under_way: bool


def campaign_statuses(
    records: Records, tallies: Tallies, only: str | None = None, *, now: datetime
) -> tuple[CampaignStatus, ...]:
    """Return how every campaign in the database stands, or only one; sign-up comes last, and looks like one."""
    tested = records.last_trials()
    chosen = (record for record in records.all() if only in (None, record.id))
    statuses = [
        _status(record, records.mailings(record.id), tallies.of(record.id, now=now), tested.get(record.id), now)
        for record in chosen
    ]
    return (*statuses, *(_sign_up(records, tallies, now) if only in (None, NAME) else ()))


def _sign_up(records: Records, tallies: Tallies, now: datetime) -> tuple[CampaignStatus, ...]:
    """Return how the mails stand that ask people to confirm: of the last days, and what is held or unfinished.

    Of the mails that answer commands, there are too many to tell of those that left.
    """
    record = records.find(SERVICE)
    if record is None or not (slots := records.mailings(SERVICE)):
        return ()
    named = replace(record, id=CampaignId(NAME), revision=0)  # a campaign's revision tells more of the organisation
    status = _status(named, slots, tallies.of(SERVICE, now=now), None, now)
    lately = now - CONFIRM_WITHIN
    shown = tuple(
        each
        for each in status.mailings
        if (each.due > lately and each.kind is MailingKind.CONFIRM) or each.reason or each.remaining
    )
    return (replace(status, mailings=shown),) if shown else ()


def _status(
    record: CampaignRecord,
    slots: tuple[MailingRecord, ...],
    found: Mapping[int, Tally],
    tested_at: datetime | None,
    now: datetime,
) -> CampaignStatus:
    """Return the status of one campaign."""
    mailings = tuple(_mailing(slot, record, found.get(slot.row, Tally()), now) for slot in slots)
    return CampaignStatus(
        id=record.id,
        status=record.effective,
        reason=record.reason,
        rehearsal=record.real_launched_at is None,
        launched_at=record.launched_at,
        hold_until=record.hold_until,
        tested_at=tested_at,
        revision=record.revision,
        mailings=mailings,
        under_way=any(mailing.under_way for mailing in mailings) or _begins(record, slots, now),
    )


def _mailing(slot: MailingRecord, record: CampaignRecord, tally: Tally, now: datetime) -> MailingStatus:
    """Return the status of one mailing."""
    course = _course(slot, record)
    again = [doubt for doubt in tally.doubts if doubt.state is State.UNCERTAIN]
    remaining = sum(tally.counts.get(state, 0) for state in UNFINISHED)
    remaining += sum(prospect(doubt, course) is Prospect.AGAIN for doubt in again)
    deferred = tally.counts.get(State.DEFERRED, 0)
    left = time_left(remaining, deferred, tally.flow, pace_per_hour=record.pace_per_hour, now=now)
    return MailingStatus(
        id=slot.mailing_id,
        kind=slot.kind,
        due=slot.due,
        rehearsal=slot.is_rehearsal,
        reason=slot.reason,
        counts={state: tally.counts.get(state, 0) for state in State},
        remaining=remaining,
        per_second=per_second(tally.flow, now),
        left=left if course.sends or not remaining else UNKNOWN,
        last_error=slot.reason or tally.last_reply,
        doubts=tally.doubts,
        course=course,
        under_way=course.sends and (remaining > 0 or _fills(slot, record, now)),
    )


def _course(slot: MailingRecord, record: CampaignRecord) -> Course:
    """Return what decides about a mailing's letters; the closing leaves a closed campaign."""
    closes = record.status is Status.CLOSED and slot.kind is MailingKind.CLOSING
    return Course(record.id, record.resends, (record.is_running or closes) and not slot.paused, record.is_over)


def _fills(slot: MailingRecord, record: CampaignRecord, now: datetime) -> bool:
    """Tell whether a mailing is due, and a daemon that runs is about to fill it."""
    began = max(slot.due, record.hold_until or slot.due)
    return not slot.planned and not slot.cursor and began <= now < began + FILLED_WITHIN


def _begins(record: CampaignRecord, slots: tuple[MailingRecord, ...], now: datetime) -> bool:
    """Tell whether a launch still holds, or mailings are about to be planned after it or after a closing."""
    if record.status is Status.CLOSED:
        planned = any(slot.kind is MailingKind.CLOSING for slot in slots)
        began = record.closed_at
    else:
        planned = any(slot.run == record.run(rehearsal=record.rehearsal) for slot in slots)
        began = record.hold_until if record.is_running else None
    return began is not None and (now < began or (not planned and now < began + FILLED_WITHIN))
