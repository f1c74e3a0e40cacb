"""What may a new version of a campaign not change? What has gone out already.

Law: mailings that were commanded (updates, corrections, the closing) are kept when the file, which does
not know them, is published again; those of the file are the file's to change until they have begun.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from mailer.core.campaigns import Campaign, MailingId, MailingKind, Status
from mailer.core.progress import CampaignRecord, MailingRecord
from mailer.core.schedule import first_due, is_late_alert

_COMMANDED = re.compile(r"(update|correction)-\d{8}-\d{6}")


def commanded_id(kind: MailingKind, now: datetime, taken: Collection[str] = ()) -> MailingId:
    """Return the id of an update or correction that is commanded at `now` (UTC): a later second if that is taken."""
    name = MailingId(f"{kind}-{now:%Y%m%d-%H%M%S}")
    return commanded_id(kind, now + timedelta(seconds=1), taken) if name in taken else name


def is_commanded(mailing_id: str) -> bool:
    """Tell whether a mailing was added by a command, so that the file does not know it."""
    return _COMMANDED.fullmatch(mailing_id) is not None


def carry_over(new: Campaign, old: Campaign, *, closed: bool = False) -> Campaign:
    """Return `new` with the mailings and the closing that commands added to `old`; a `closed` one keeps its closing."""
    known = {mailing.id for mailing in new.mailings}
    added = tuple(m for m in old.mailings if is_commanded(m.id) and m.id not in known)
    closing = old.closing if closed else new.closing or old.closing
    return replace(new, mailings=(*new.mailings, *added), closing=closing)


def contradictions(new: Campaign, record: CampaignRecord, slots: Iterable[MailingRecord]) -> tuple[str, ...]:
    """Return what the file says against what has happened: one sentence each, nothing if all is well."""
    told = [_of_slot(new, slot) for slot in slots if not slot.is_rehearsal]
    was_real = record.real_launched_at is not None
    if was_real and record.status is Status.CLOSED and new.status is not Status.CLOSED:
        told.append(f"campaign {new.id} was closed: write `status: closed` here too; a new case needs a new id")
    return tuple(filter(None, told))


def remarks(new: Campaign, record: CampaignRecord, slots: Iterable[MailingRecord]) -> tuple[str, ...]:
    """Return what an organiser should know of a changed file: what went out for a date that has moved since."""
    told = [file_remark(new, record)]
    began = record.real_launched_at
    for slot in slots:
        mailing = next((each for each in new.mailings if each.id == slot.mailing_id and each.before), None)
        if mailing and began and slot.cursor and not slot.is_rehearsal and first_due(mailing, new, began) != slot.due:
            told.append(
                f"mailing {mailing.id} went out for an earlier date: add one with another `by` for the new date"
            )
    return tuple(filter(None, told))


def file_remark(new: Campaign, record: CampaignRecord) -> str:
    """Return what people should be told of a file that ends a campaign which nobody ended, else an empty text."""
    if new.status not in (Status.STOPPED, Status.CLOSED) or record.is_over:
        return ""
    command = "close" if new.status is Status.CLOSED else "stop"
    return f"the file says {new.status}, so nothing is sent; `mailer {command} {new.id}` ends it for good"


def _of_slot(new: Campaign, slot: MailingRecord) -> str:
    """Return what is wrong with one mailing that has a slot, or an empty text."""
    if slot.kind is MailingKind.CLOSING or is_commanded(slot.mailing_id):
        return ""
    planned = next((mailing for mailing in new.mailings if mailing.id == slot.mailing_id), None)
    if planned is None:
        return f"mailing {slot.mailing_id} has begun and may not be renamed or removed"
    released_late = is_late_alert(planned, slot.due)
    if planned.at is not None and slot.cursor and planned.at != slot.due and not released_late:
        return f"mailing {slot.mailing_id} has gone out and may not be moved to {planned.at:%Y-%m-%d %H:%M} UTC"
    return ""
