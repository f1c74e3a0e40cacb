"""How do the campaigns stand? What left, what waits, what is in doubt, and does anything still move?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mailer.core.campaigns import CampaignId, MailingId, MailingKind, Status
from mailer.core.deliveries import State
from mailer.core.doubts import Doubt
from mailer.core.progress import CampaignRecord
from mailer.core.schedule import Slot
from mailer.core.signups import NAME, SERVICE
from mailer.core.speed import Flow, TimeLeft
from mailer.flows.report import FILLED_WITHIN, CampaignStatus, MailingStatus, Tally, campaign_statuses
from tests.fakes import FakeCampaigns
from tests.letter_parts import NOW

DAY, HOUR, SECOND = timedelta(days=1), timedelta(hours=1), timedelta(seconds=1)
ALERT, CLOSING = MailingId("alert"), MailingId("closing")
LATER = NOW + HOUR
LOST = Doubt(7, "00" * 8, State.UNCERTAIN, resent=False, since=NOW, not_before=NOW)


class Counted:
    """What the outbox would say of mailing 1."""

    def __init__(self, **tally) -> None:
        self.tally = Tally(**tally)

    def of(self, campaign_id, *, now):
        """Return the tally of the first mailing."""
        return {1: self.tally} if campaign_id == "a" else {}

    def gates(self, *, now):
        """Nobody waits."""
        return ()


@pytest.fixture
def records() -> FakeCampaigns:
    """Two campaigns: one launched and rehearsed before, one only rehearsed and without mailings."""
    store = FakeCampaigns()
    for name, real in (("b", None), ("a", NOW)):
        store.records[name] = CampaignRecord(
            CampaignId(name), Status.READY, Status.READY, 1, 2, real is None, launched_at=NOW, hold_until=NOW,
            real_launched_at=real,
        )  # fmt: skip
    store.plan("a", [Slot(NOW, ALERT, MailingKind.ALERT)], run=0, revision=1)
    store.plan("a", [Slot(NOW - DAY, ALERT, MailingKind.ALERT)], run=1, revision=1)
    return store


def standing(records, now=LATER, **tally) -> CampaignStatus:
    """Return how the first campaign stands."""
    (found,) = campaign_statuses(records, Counted(**tally), "a", now=now)
    return found


def real(records, now=LATER, **tally) -> MailingStatus:
    """Return how its mailing that is no rehearsal stands."""
    return standing(records, now, **tally).mailings[-1]


def test_every_mailing_is_told_with_all_ten_states(records):
    """A state without letters is told as none, and a rehearsal is called one."""
    rehearsed, alert = standing(records, counts={State.SENT: 7, State.DEFERRED: 1}).mailings

    assert (alert.rehearsal, rehearsed.rehearsal) == (False, True)
    assert alert.counts == {**dict.fromkeys(State, 0), State.SENT: 7, State.DEFERRED: 1}
    assert set(rehearsed.counts.values()) == {0}
    assert (alert.kind, alert.due, alert.total, alert.remaining) == (MailingKind.ALERT, NOW, 8, 1)


def test_the_last_error_is_the_reason_of_a_pause_else_the_newest_reply(records):
    """An organiser reads first what holds the mailing."""
    assert real(records, last_reply="451 later").last_error == "451 later"
    assert real(records).last_error == ""
    records.change(1, paused=True, reason="the relay refuses mail from us")
    assert real(records, last_reply="451 later").last_error == "the relay refuses mail from us"


def test_a_campaign_stands_as_file_and_database_say_together(records):
    """The more restrictive one is told; one without a real launch was only rehearsed."""
    records.records["a"] = replace(records.records["a"], file_status=Status.PAUSED, reason="as the file says")
    launched, rehearsed = campaign_statuses(records, Counted(), now=LATER)

    assert (launched.id, launched.status, launched.rehearsal) == ("a", Status.PAUSED, False)
    assert (rehearsed.id, rehearsed.rehearsal, rehearsed.mailings) == ("b", True, ())
    assert (launched.launched_at, launched.hold_until, launched.reason) == (NOW, NOW, "as the file says")


def test_one_campaign_can_be_asked_for(records):
    """An unknown one is nothing."""
    assert [status.id for status in campaign_statuses(records, Counted(), "b", now=NOW)] == ["b"]
    assert campaign_statuses(records, Counted(), "c", now=NOW) == ()


def test_speed_and_time_left_are_told_while_letters_leave(records):
    """Sixty in a minute are one a second; a paused campaign has no time left to tell, a finished mailing has none."""
    flow = Flow(60, NOW, LATER, NOW, NOW)
    moving = real(records, counts={State.QUEUED: 30}, flow=flow)
    assert (moving.per_second, moving.left) == (1.0, TimeLeft(30.0, 30.0))

    assert real(records, counts={State.SENT: 30}, flow=flow).left == TimeLeft(0.0, 0.0)
    records.records["a"] = replace(records.records["a"], status=Status.PAUSED)
    assert real(records, counts={State.QUEUED: 30}, flow=flow).left == TimeLeft(None, None)


def test_a_pace_bounds_the_speed_that_is_counted_on(records):
    """3,600 an hour are one a second, however fast the first letters left."""
    records.records["a"] = replace(records.records["a"], pace_per_hour=3600)
    assert real(records, counts={State.QUEUED: 30}, flow=Flow(600, NOW, LATER)).left.all == 30.0


def test_a_lost_letter_remains_to_be_sent_only_where_it_is_repeated(records):
    """`on_uncertain: hold`, and a letter that was repeated already, leave nothing to wait for."""
    lost = {"counts": {State.UNCERTAIN: 1}}
    assert real(records, **lost, doubts=(LOST,)).remaining == 1
    assert real(records, **lost, doubts=(replace(LOST, resent=True),)).remaining == 0
    records.records["a"] = replace(records.records["a"], resends=False)
    assert real(records, **lost, doubts=(LOST,)).remaining == 0
    assert real(records, **lost, doubts=(LOST,)).doubts == (LOST,)


def test_a_letter_that_goes_out_again_is_counted_once(records):
    """It is in the queue once more, and still in doubt."""
    again = replace(LOST, state=State.QUEUED, resent=True)
    assert real(records, counts={State.QUEUED: 1}, doubts=(again,)).remaining == 1


# --- what is under way ----------------------------------------------------------------------------


@pytest.mark.parametrize("state", [State.QUEUED, State.CLAIMED, State.SENDING, State.DEFERRED])
def test_letters_that_will_leave_by_themselves_are_under_way(records, state):
    """One that waits for a later moment is too."""
    assert standing(records, counts={state: 1}).under_way


def test_nothing_is_under_way_once_all_letters_have_come_to_an_end(records):
    """Nor while somebody has to act: a paused mailing, a paused campaign, a stopped one."""
    final = dict.fromkeys((State.SENT, State.FAILED, State.SUPPRESSED, State.CANCELLED, State.EXPIRED), 3)
    waiting = {State.QUEUED: 3}
    assert not standing(records, counts=final).under_way
    for status in (Status.PAUSED, Status.STOPPED, Status.CLOSED):
        records.records["a"] = replace(records.records["a"], status=status)
        assert not standing(records, counts=waiting).under_way
    records.records["a"] = replace(records.records["a"], status=Status.READY)
    records.change(1, paused=True)
    assert not standing(records, counts=waiting).under_way


def test_a_launch_is_under_way_from_its_hold_until_a_daemon_has_planned_it(records):
    """Whoever watches from the launch on sees the first letters; without a daemon the wait ends."""
    held = LATER + FILLED_WITHIN
    records.records["b"] = replace(records.records["b"], hold_until=LATER)

    def moves(now):
        (found,) = campaign_statuses(records, Counted(), "b", now=now)
        return found.under_way

    assert [moves(now) for now in (NOW, LATER, held - SECOND, held)] == [True, True, True, False]
    records.plan("b", [Slot(LATER, ALERT, MailingKind.ALERT)], run=2, revision=1)
    records.change(3, cursor=5)
    assert [moves(now) for now in (NOW, LATER, held - SECOND)] == [True, False, False]


def test_a_mailing_that_is_due_is_under_way_until_a_daemon_has_begun_it(records):
    """Between being due and its first page there is nothing to count yet."""
    moments = (NOW - SECOND, NOW, NOW + FILLED_WITHIN - SECOND, NOW + FILLED_WITHIN)
    assert [real(records, now).under_way for now in moments] == [False, True, True, False]
    records.change(1, cursor=9)
    assert not real(records, NOW).under_way


def test_a_closing_is_under_way_in_a_closed_campaign(records):
    """From the command until its last letter has left; the alert's letters are not."""
    closed = replace(records.records["a"], status=Status.CLOSED, closed_at=LATER)
    records.records["a"] = closed
    assert standing(records, LATER).under_way
    assert not standing(records, LATER + FILLED_WITHIN).under_way
    records.plan("a", [Slot(LATER, CLOSING, MailingKind.CLOSING)], run=0, revision=1)
    records.change(3, cursor=9)
    assert not standing(records, LATER).under_way

    class Leaving(Counted):
        def of(self, campaign_id, *, now):
            return {3: Tally({State.QUEUED: 1})}

    (found,) = campaign_statuses(records, Leaving(), "a", now=LATER + DAY)
    assert found.under_way
    assert [mailing.under_way for mailing in found.mailings] == [False, False, True]


# --- those who sign up ----------------------------------------------------------------------------


class Asking:
    """What the outbox would say of the mails that ask people to confirm."""

    def of(self, campaign_id, *, now):
        """Return the tallies of its mailings, by row; every fifth has a letter that waits."""
        assert campaign_id == SERVICE
        return {row: Tally(counts={State.SENT: row, State.QUEUED: int(row % 5 == 0)}) for row in range(1, 21)}

    def gates(self, *, now):
        """Nobody waits."""
        return ()


def asking(days: int) -> FakeCampaigns:
    """Return what asked people to confirm on so many days up to today."""
    store = FakeCampaigns()
    store.records[SERVICE] = CampaignRecord(
        SERVICE,
        Status.READY,
        Status.READY,
        3,
        1,
        rehearsal=False,
        launched_at=NOW,
        hold_until=NOW,
        real_launched_at=NOW,
    )
    slots = [Slot(NOW - n * DAY, MailingId(f"confirm-{n}"), MailingKind.CONFIRM) for n in range(days)]
    store.plan(SERVICE, slots, run=0, revision=3)
    return store


def test_sign_up_is_told_under_its_name_and_after_the_campaigns(records):
    """It looks like a campaign; that it is none inside, and has a revision, is nobody's business."""
    slots = [Slot(NOW, MailingId("confirm-2026-11-30"), MailingKind.CONFIRM)]
    records.records[SERVICE] = asking(1).records[SERVICE]
    records.plan(SERVICE, slots, run=0, revision=1)
    found = campaign_statuses(records, Counted(), now=LATER)

    assert [each.id for each in found] == ["a", "b", NAME]
    assert (found[-1].status, found[-1].rehearsal, found[-1].revision) == (Status.READY, False, 0)
    assert [each.id for each in found[-1].mailings] == ["confirm-2026-11-30"]
    assert [each.id for each in campaign_statuses(records, Counted(), "a", now=LATER)] == ["a"]


def test_sign_up_tells_of_the_last_week_and_of_what_is_held_or_unfinished():
    """A mailing a day would be a long list; the older ones that are done are left out."""
    store = asking(20)
    store.change(18, paused=True, reason="too many")
    (found,) = campaign_statuses(store, Asking(), NAME, now=LATER)

    assert {each.id for each in found.mailings} == {*(f"confirm-{n}" for n in range(7)), *(
        f"confirm-{n}" for n in (9, 14, 17, 19)
    )}  # fmt: skip
    assert [each.reason for each in found.mailings if each.reason] == ["too many"]


def test_before_anybody_signed_up_nothing_is_told_of_it(records):
    """Neither with no revision, nor with one that nobody used."""
    assert campaign_statuses(records, Counted(), NAME, now=LATER) == ()
    assert campaign_statuses(asking(0), Counted(), now=LATER) == ()
