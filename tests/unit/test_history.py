"""What may a new version of a campaign not change?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mailer.core.campaigns import CampaignId, Closing, Event, Mailing, MailingId, MailingKind, Outcome, Status
from mailer.core.history import carry_over, commanded_id, contradictions, file_remark, is_commanded, remarks
from mailer.core.progress import CampaignRecord, MailingRecord
from mailer.core.schedule import first_due
from tests.letter_parts import campaign, said

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
ALERT = Mailing(MailingId("alert"), MailingKind.ALERT, at=NOW)
REMINDER = Mailing(MailingId("reminder-after-3d"), MailingKind.REMINDER, after=timedelta(days=3))
NEWS = Mailing(MailingId("postponed"), MailingKind.UPDATE, at=NOW, text=said(en="postponed"))
COMMANDED = Mailing(commanded_id(MailingKind.UPDATE, NOW), MailingKind.UPDATE, at=NOW, text=said(en="news"))
CORRECTION = Mailing(commanded_id(MailingKind.CORRECTION, NOW), MailingKind.CORRECTION, at=NOW, text=said(en="wrong"))
FREE = Closing(Outcome.RELEASED, said(en="He is free."))
LOST = Closing(Outcome.LOST, said(en="He is not."))
FILE = campaign(mailings=(ALERT, REMINDER, NEWS))
RECORD = CampaignRecord(CampaignId("prisoner-2026"), Status.READY, Status.READY, 1, real_launched_at=NOW)


def slot(mailing: Mailing, **changes) -> MailingRecord:
    """Return the slot of a mailing that has gone out to everybody."""
    given = MailingRecord(1, CampaignId("prisoner-2026"), mailing.id, 0, mailing.kind, NOW, 1, cursor=9)
    return replace(given, **changes)


def ids(of) -> list[str]:
    """Return the ids of a campaign's mailings."""
    return [mailing.id for mailing in of.mailings]


# --- what is carried over -------------------------------------------------------------------------


def test_what_commands_added_outlives_the_file():
    """Updates and corrections that the file does not know stay when it is published again."""
    published = replace(FILE, mailings=(*FILE.mailings, COMMANDED, CORRECTION), closing=FREE)

    assert ids(carry_over(FILE, published)) == [*ids(FILE), COMMANDED.id, CORRECTION.id]
    assert carry_over(FILE, published).closing == FREE
    assert carry_over(carry_over(FILE, published), published) == carry_over(FILE, published)


def test_what_the_file_drops_is_dropped():
    """A reminder or an update that was taken out of the file before it began does not come back."""
    assert ids(carry_over(replace(FILE, mailings=(ALERT,)), FILE)) == ["alert"]


def test_the_files_own_closing_wins_until_the_campaign_is_closed():
    """Then what was commanded, and is on its way, holds."""
    corrected, published = replace(FILE, closing=LOST), replace(FILE, closing=FREE)

    assert carry_over(corrected, published).closing == LOST
    assert carry_over(corrected, published, closed=True).closing == FREE


@pytest.mark.parametrize("kind", [MailingKind.UPDATE, MailingKind.CORRECTION])
def test_commanded_ids_are_known_by_their_form(kind):
    """Kind and second; nothing that a file would call a mailing."""
    assert is_commanded(commanded_id(kind, NOW))
    assert commanded_id(kind, NOW) == f"{kind}-20261130-090000"


@pytest.mark.parametrize("name", ["alert", "update-1", "update-2026", "postponed", "reminder-after-3d", "closing"])
def test_the_files_ids_are_no_commands(name):
    """Default and chosen ids alike."""
    assert not is_commanded(name)


# --- what contradicts -----------------------------------------------------------------------------


def test_an_unchanged_file_contradicts_nothing():
    """All that began is still there, and what commands added needs not be."""
    begun = [slot(each) for each in (ALERT, REMINDER, NEWS, COMMANDED, CORRECTION)]

    assert contradictions(FILE, RECORD, begun) == ()


@pytest.mark.parametrize("gone", [ALERT, REMINDER, NEWS])
def test_a_mailing_that_began_may_not_be_renamed_or_removed(gone):
    """A new name would send it to everybody a second time."""
    renamed = replace(gone, id=MailingId("other"))
    mailings = tuple(renamed if mailing is gone else mailing for mailing in FILE.mailings)

    assert contradictions(replace(FILE, mailings=mailings), RECORD, [slot(gone, cursor=0)]) == (
        f"mailing {gone.id} has begun and may not be renamed or removed",
    )


@pytest.mark.parametrize(
    ("moved", "by"),
    [
        (ALERT, timedelta(minutes=1)),
        (ALERT, timedelta(hours=-6)),
        (NEWS, timedelta(minutes=1)),
        (NEWS, timedelta(days=-1)),
    ],
)
def test_a_mailing_that_went_out_may_not_be_moved(moved, by):
    """One that nobody got yet may."""
    later = replace(moved, at=NOW + by)
    changed = replace(FILE, mailings=tuple(later if mailing is moved else mailing for mailing in FILE.mailings))

    assert contradictions(changed, RECORD, [slot(moved)]) == (
        f"mailing {moved.id} has gone out and may not be moved to {later.at:%Y-%m-%d %H:%M} UTC",
    )
    assert contradictions(changed, RECORD, [slot(moved, cursor=0)]) == ()


def test_an_alert_that_was_released_late_contradicts_nothing():
    """Its slot has the moment of the second launch, the file still its own; news must go on to be possible."""
    released = slot(ALERT, due=NOW + timedelta(hours=6, seconds=1))

    assert contradictions(FILE, RECORD, [released]) == ()


def test_rehearsals_bind_nobody():
    """What reached no supporter may be renamed, moved and removed."""
    assert contradictions(campaign(), RECORD, [slot(each, run=1) for each in FILE.mailings]) == ()


def test_a_closed_campaign_does_not_come_back_under_its_id():
    """A new case needs a new one; a file that says `closed` is right."""
    closed = replace(RECORD, status=Status.CLOSED)
    ending = MailingRecord(2, RECORD.id, "closing", 0, MailingKind.CLOSING, NOW, 1, cursor=9)

    told = "campaign prisoner-2026 was closed: write `status: closed` here too; a new case needs a new id"

    assert contradictions(FILE, closed, [ending]) == (told,)
    assert contradictions(replace(FILE, status=Status.CLOSED), closed, [ending]) == ()
    assert contradictions(FILE, replace(closed, real_launched_at=None), [replace(ending, run=1)]) == ()


def test_everything_is_told_at_once():
    """One sentence for each thing."""
    closed = replace(RECORD, status=Status.CLOSED)

    assert len(contradictions(campaign(), closed, [slot(ALERT), slot(REMINDER)])) == 3


def test_two_commands_in_one_second_are_two_mailings():
    """The second one is not lost in the first."""
    first = commanded_id(MailingKind.UPDATE, NOW)

    assert commanded_id(MailingKind.UPDATE, NOW, [first]) not in ("", first)
    assert is_commanded(commanded_id(MailingKind.UPDATE, NOW, [first]))


@pytest.mark.parametrize(("status", "command"), [(Status.CLOSED, "close"), (Status.STOPPED, "stop")])
def test_a_file_that_ends_a_campaign_alone_is_told(status, command):
    """Nothing is sent, but nobody was told either: the command does that."""
    ended = replace(FILE, status=status)

    assert f"mailer {command}" in file_remark(ended, RECORD)
    assert file_remark(FILE, RECORD) == ""
    assert file_remark(ended, replace(RECORD, status=Status.STOPPED)) == ""


def test_a_reminder_that_went_out_for_an_earlier_date_is_told():
    """A postponed trial gets no reminder by itself: the organiser learns that another one is needed."""
    name, day = MailingId("reminder-before-trial-24h"), timedelta(hours=24)
    before = Mailing(name, MailingKind.REMINDER, before="trial", by=day)
    trial = Event("trial", said(en="Trial"), NOW + 9 * day, "Asia/Almaty")
    dated = campaign(mailings=(ALERT, before), events=(trial,))
    gone = slot(before, due=first_due(before, dated, NOW))
    moved = replace(dated, events=(replace(trial, at=trial.at + 7 * day),))

    assert remarks(dated, RECORD, [gone]) == ()
    assert len(remarks(moved, RECORD, [gone])) == 1
    assert remarks(moved, RECORD, [replace(gone, cursor=0)]) == ()
