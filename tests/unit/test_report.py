"""How do the campaigns stand, and what comes next?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mailer.core.campaigns import CampaignId, Event, Mailing, MailingId, MailingKind, Status
from mailer.core.deliveries import State
from mailer.core.progress import CampaignRecord
from mailer.core.schedule import Slot, ZonedMoment
from mailer.flows.report import PlannedMailing, Standing, campaign_statuses, upcoming
from tests.fakes import FakeCampaigns
from tests.letter_parts import NOW, TRIAL, campaign, said

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
ALERT = Mailing(MailingId("alert"), MailingKind.ALERT, on_launch=True)
AFTER = Mailing(MailingId("reminder-after-3d"), MailingKind.REMINDER, after=3 * DAY)
BEFORE = Mailing(MailingId("reminder-before-trial-24h"), MailingKind.REMINDER, before="trial", by=DAY)
NEWS = Mailing(MailingId("postponed"), MailingKind.UPDATE, at=TRIAL + DAY, text=said(en="postponed"))
EVENTS = (Event("trial", said(en="Trial"), TRIAL, "Asia/Almaty"),)
CASE = campaign(mailings=(NEWS, BEFORE, AFTER, ALERT), events=EVENTS)
ZONES = (("", "KZ", "Asia/Almaty"), ("Europe/London", "GB", "Europe/London"))


class Counted:
    """What the outbox would say of mailing 1."""

    def counts(self, campaign_id):
        """Return counts of some states."""
        return {1: {State.SENT: 7, State.DEFERRED: 1}}

    def last_replies(self, campaign_id):
        """Return the last reply."""
        return {1: "451 later"}


@pytest.fixture
def records() -> FakeCampaigns:
    """Two campaigns: one launched and rehearsed before, one only rehearsed."""
    store = FakeCampaigns()
    for name, real in (("b", None), ("a", NOW)):
        store.records[name] = CampaignRecord(
            CampaignId(name), Status.READY, Status.PAUSED, 1, 2, launched_at=NOW, hold_until=NOW + HOUR,
            real_launched_at=real,
        )  # fmt: skip
    store.plan("a", [Slot(NOW, ALERT.id, MailingKind.ALERT)], run=0, revision=1)
    store.plan("a", [Slot(NOW - DAY, ALERT.id, MailingKind.ALERT)], run=1, revision=1)
    store.change(1, paused=True, reason="the relay refuses mail from us")
    return store


def test_every_mailing_is_told_with_all_ten_states(records):
    """A state without letters is told as none, and a rehearsal is called one."""
    status, _ = campaign_statuses(records, Counted())
    rehearsed, real = status.mailings

    assert (real.rehearsal, rehearsed.rehearsal) == (False, True)
    assert real.counts == {**dict.fromkeys(State, 0), State.SENT: 7, State.DEFERRED: 1}
    assert set(rehearsed.counts.values()) == {0}
    assert (real.reason, real.last_reply) == ("the relay refuses mail from us", "451 later")
    assert (rehearsed.reason, rehearsed.last_reply) == ("", "")
    assert (real.kind, real.due) == (MailingKind.ALERT, NOW)


def test_a_campaign_stands_as_file_and_database_say_together(records):
    """The more restrictive one is told; one without a real launch was only rehearsed."""
    launched, rehearsed = campaign_statuses(records, Counted())

    assert (launched.id, launched.status, launched.rehearsal) == ("a", Status.PAUSED, False)
    assert (rehearsed.id, rehearsed.rehearsal, rehearsed.mailings) == ("b", True, ())
    assert (launched.launched_at, launched.hold_until) == (NOW, NOW + HOUR)


def test_one_campaign_can_be_asked_for(records):
    """An unknown one is nothing."""
    assert [status.id for status in campaign_statuses(records, Counted(), "b")] == ["b"]
    assert campaign_statuses(records, Counted(), "c") == ()


# --- what comes next ------------------------------------------------------------------------------


def plan(of=CASE, *, now=NOW, launched_at=NOW, zones=ZONES) -> dict[str, PlannedMailing]:
    """Return the upcoming mailings by id."""
    found = upcoming(of, Standing(launched_at, is_launched=True, is_rehearsal=False), zones=zones, people=12, now=now)
    assert list(found) == sorted(found, key=lambda planned: planned.due)
    return {planned.id: planned for planned in found}


def test_a_plan_tells_when_mailings_begin_and_end_in_whose_time():
    """Reminders are told by zone: the first is when work begins, the last when it is over."""
    evening, morning = TRIAL - DAY - 9 * HOUR, NOW + 3 * DAY

    assert plan() == {
        "alert": PlannedMailing(CASE.id, ALERT.id, MailingKind.ALERT, NOW, NOW, (), 12),
        AFTER.id: PlannedMailing(
            CASE.id, AFTER.id, MailingKind.REMINDER, morning, morning,
            (ZonedMoment("", "KZ", morning), ZonedMoment("Europe/London", "GB", morning)), 12,
        ),
        BEFORE.id: PlannedMailing(
            CASE.id, BEFORE.id, MailingKind.REMINDER, evening, TRIAL - DAY,
            (ZonedMoment("", "KZ", TRIAL - DAY), ZonedMoment("Europe/London", "GB", evening)), 12,
        ),
        "postponed": PlannedMailing(CASE.id, NEWS.id, MailingKind.UPDATE, NEWS.at, NEWS.at, (), 12),
    }  # fmt: skip


def test_what_went_out_is_not_to_come():
    """A reminder stays in the plan until its last zone had it, and does not come back before the event."""
    assert set(plan(now=TRIAL - DAY)) == {BEFORE.id, "postponed"}
    assert set(plan(now=TRIAL - DAY + timedelta(minutes=1))) == {"postponed"}
    assert plan(now=TRIAL + 2 * DAY) == {}


def test_a_campaign_that_begins_shortly_before_its_event_reminds_nobody_of_it():
    """Work on that reminder is due before anybody has the alert."""
    assert set(plan(now=TRIAL - 30 * HOUR, launched_at=TRIAL - 30 * HOUR)) == {"alert", AFTER.id, "postponed"}


def test_a_reminder_counts_from_an_alert_with_a_time_of_its_own():
    """A campaign that is not launched yet is planned as if it were launched now."""
    scheduled = replace(CASE, mailings=(replace(ALERT, on_launch=False, at=NOW + DAY), AFTER))

    assert [planned.due for planned in plan(scheduled).values()] == [NOW + DAY, NOW + 4 * DAY]


def test_without_supporters_there_is_still_a_plan():
    """Moments are told as early as they can be."""
    assert plan(zones=())[AFTER.id].due == NOW + 3 * DAY


def test_a_plan_says_what_nobody_approved_and_what_is_a_rehearsal():
    """An organiser never takes a plan for mail that will go out by itself."""
    draft = upcoming(CASE, Standing(NOW, is_launched=False, is_rehearsal=False), zones=ZONES, people=0, now=NOW)
    rehearsed = upcoming(CASE, Standing(NOW, is_launched=True, is_rehearsal=True), zones=ZONES, people=0, now=NOW)

    assert {(planned.launched, planned.rehearsal) for planned in draft} == {(False, False)}
    assert {(planned.launched, planned.rehearsal) for planned in rehearsed} == {(True, True)}
