"""What may a new version of a campaign not change? What has gone out already.

Law: mailings that were commanded (updates, corrections, the closing) are kept when the file, which does
not know them, is published again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mailer.core.campaigns import Campaign, MailingKind, Status
from mailer.core.progress import CampaignRecord, MailingRecord

_COMMANDED = frozenset({MailingKind.UPDATE, MailingKind.CORRECTION})


def carry_over(new: Campaign, old: Campaign) -> Campaign:
    """Return `new` with the mailings and the closing that commands added to `old`."""
    known = {mailing.id for mailing in new.mailings}
    added = tuple(m for m in old.mailings if m.kind in _COMMANDED and m.id not in known)
    return replace(new, mailings=(*new.mailings, *added), closing=new.closing or old.closing)


def contradictions(new: Campaign, record: CampaignRecord, slots: Iterable[MailingRecord]) -> tuple[str, ...]:
    """Return what the file says against what has happened: one sentence each, nothing if all is well."""
    told = [_of_slot(new, slot) for slot in slots if not slot.is_rehearsal]
    if record.status is Status.CLOSED and new.status is not Status.CLOSED:
        told.append(f"campaign {new.id} was closed: a new case needs a new id")
    return tuple(filter(None, told))


def _of_slot(new: Campaign, slot: MailingRecord) -> str:
    """Return what is wrong with one mailing that has a slot, or an empty text."""
    if slot.kind is MailingKind.CLOSING or slot.kind in _COMMANDED:
        return ""
    planned = next((mailing for mailing in new.mailings if mailing.id == slot.mailing_id), None)
    if planned is None:
        return f"mailing {slot.mailing_id} has begun and may not be renamed or removed"
    if planned.at is not None and slot.cursor and planned.at != slot.due:
        return f"mailing {slot.mailing_id} has gone out and may not be moved to {planned.at:%Y-%m-%d %H:%M} UTC"
    return ""
