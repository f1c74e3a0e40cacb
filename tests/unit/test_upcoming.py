"""Which mailings are still to come, when, and to how many people?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from mailer.core.campaigns import Event, Mailing, MailingId, MailingKind
from mailer.core.schedule import ZonedMoment
from mailer.flows.upcoming import PlannedMailing, Standing, upcoming
from tests.letter_parts import NOW, TRIAL, campaign, said

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
ALERT = Mailing(MailingId("alert"), MailingKind.ALERT, on_launch=True)
AFTER = Mailing(MailingId("reminder-after-3d"), MailingKind.REMINDER, after=3 * DAY)
BEFORE = Mailing(MailingId("reminder-before-trial-24h"), MailingKind.REMINDER, before="trial", by=DAY)
NEWS = Mailing(MailingId("postponed"), MailingKind.UPDATE, at=TRIAL + DAY, text=said(en="postponed"))
EVENTS = (Event("trial", said(en="Trial"), TRIAL, "Asia/Almaty"),)
CASE = campaign(mailings=(NEWS, BEFORE, AFTER, ALERT), events=EVENTS)
ZONES = (("", "KZ", "Asia/Almaty"), ("Europe/London", "GB", "Europe/London"))


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
