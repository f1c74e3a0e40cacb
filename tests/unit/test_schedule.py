"""When do mailings go out, in whose time, and when is it too late?"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.core.campaigns import Event, Mailing, MailingId, MailingKind
from mailer.core.schedule import (
    DEFAULT_LENGTH,
    LARGEST_MOVE,
    LATE_ALERT,
    MERGE_WITHIN,
    Slot,
    ZonedMoment,
    alert_due,
    campaign_end,
    earlier_into_window,
    first_due,
    is_late_alert,
    later_into_window,
    plan_mailings,
    reminder_deadline,
    reminder_moment,
    zoned_moments,
)
from tests.letter_parts import END, TRIAL, campaign, said

clock = datetime.fromisoformat
LAUNCH = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
DAY, HOUR, TICK = timedelta(days=1), timedelta(hours=1), timedelta(microseconds=1)
ALERT = Mailing(MailingId("alert"), MailingKind.ALERT, on_launch=True)
SCHEDULED = Mailing(MailingId("alert"), MailingKind.ALERT, at=LAUNCH + DAY)
AFTER = Mailing(MailingId("reminder-after-3d"), MailingKind.REMINDER, after=3 * DAY)
BEFORE = Mailing(MailingId("reminder-before-trial-24h"), MailingKind.REMINDER, before="trial", by=DAY)
NEWS = Mailing(MailingId("news"), MailingKind.UPDATE, at=TRIAL + DAY, text=said(en="news"))
EVENTS = (Event("trial", said(en="Trial"), TRIAL, "Asia/Almaty"),)
CAMPAIGN = campaign(mailings=(ALERT, AFTER, BEFORE, NEWS), events=EVENTS)
SLOTS = tuple(first_due(mailing, CAMPAIGN, LAUNCH) for mailing in CAMPAIGN.mailings)

# Every clock that has ever been awkward: half hours, an hour of its own, two hours, none.
ZONES = (
    "UTC",
    "Europe/London",
    "Asia/Almaty",
    "Asia/Kathmandu",
    "America/New_York",
    "America/St_Johns",
    "America/Santiago",
    "Australia/Lord_Howe",
    "Antarctica/Troll",
    "Pacific/Auckland",
    "Pacific/Kiritimati",
    "Africa/Cairo",
)
CHANGES = tuple(
    clock(day).replace(tzinfo=UTC)
    for day in ("2026-03-29", "2026-10-25", "2026-03-08", "2026-11-01", "2026-04-05", "2026-10-04", "2026-04-24")
)
around_changes = st.builds(
    lambda day, minutes: day + timedelta(minutes=minutes), st.sampled_from(CHANGES), st.integers(-2 * 1440, 2 * 1440)
)
any_moments = st.one_of(around_changes, st.datetimes(clock("2020-01-01"), clock("2040-01-01"), timezones=st.just(UTC)))
zones = st.sampled_from(ZONES)
# An off-by-one at a bound survives moments drawn evenly, and dies when the slots themselves are drawn too.
moments = st.one_of(
    st.builds(lambda slot, beside: slot + beside, st.sampled_from(SLOTS), st.sampled_from((-TICK, 0 * TICK, TICK))),
    st.datetimes(clock("2026-11-01"), clock("2026-12-31"), timezones=st.just(UTC)),
)


def wall_clock(moment: datetime, zone: str) -> time:
    """Return what clocks in `zone` show."""
    return moment.astimezone(ZoneInfo(zone)).time()


def at(text: str) -> datetime:
    """Return a moment in UTC."""
    return clock(text).replace(tzinfo=UTC)


# --- slots ----------------------------------------------------------------------------------------


@given(st.tuples(moments, moments, moments).map(sorted))
def test_adjoining_windows_plan_what_their_union_plans(bounds):
    """A daemon may stop at any moment without losing or repeating a mailing."""
    start, pause, end = bounds

    def plan(after, until):
        return plan_mailings(CAMPAIGN, launched_at=LAUNCH, after=after, until=until)

    assert plan(start, end) == plan(start, pause) + plan(pause, end)


@given(st.tuples(moments, moments).map(sorted))
def test_a_window_has_its_end_and_not_its_beginning(bounds):
    """A slot is in exactly if it is after the one bound and not after the other, earliest first."""
    after, until = bounds
    found = plan_mailings(CAMPAIGN, launched_at=LAUNCH, after=after, until=until)

    assert {slot.due for slot in found} == {due for due in SLOTS if after < due <= until}
    assert list(found) == sorted(found, key=lambda slot: slot.due)


def test_a_plan_names_every_mailing_with_its_moment():
    """Alert at launch, reminders from the first moment that anybody could be due, news at its time."""
    assert plan_mailings(CAMPAIGN, launched_at=LAUNCH, after=LAUNCH - DAY, until=TRIAL + 30 * DAY) == (
        Slot(LAUNCH, ALERT.id, MailingKind.ALERT),
        Slot(LAUNCH + 3 * DAY, AFTER.id, MailingKind.REMINDER),
        Slot(TRIAL - DAY - LARGEST_MOVE, BEFORE.id, MailingKind.REMINDER),
        Slot(TRIAL + DAY, NEWS.id, MailingKind.UPDATE),
    )


def test_slots_of_one_moment_are_in_the_order_of_their_ids():
    """Two daemons plan the same list."""
    twins = tuple(Mailing(MailingId(name), MailingKind.UPDATE, at=TRIAL, text=said(en="x")) for name in "ba")
    found = plan_mailings(campaign(mailings=twins), launched_at=LAUNCH, after=LAUNCH, until=END)

    assert [slot.mailing_id for slot in found] == ["a", "b"]


@pytest.mark.parametrize(
    ("after", "until"),
    [(LAUNCH, LAUNCH - TICK), (LAUNCH.replace(tzinfo=None), LAUNCH), (LAUNCH, LAUNCH.replace(tzinfo=None))],
)
def test_what_is_no_window_is_refused(after, until):
    """Naive or reversed bounds are an error, not an empty plan."""
    with pytest.raises(ValueError, match="not a window of aware datetimes"):
        plan_mailings(CAMPAIGN, launched_at=LAUNCH, after=after, until=until)


def test_a_reminder_counts_from_the_alert_that_has_a_time_of_its_own():
    """Launched a day before its alert, a campaign reminds three days after the alert."""
    planned = campaign(mailings=(SCHEDULED, AFTER))

    assert first_due(SCHEDULED, planned, LAUNCH) == LAUNCH + DAY
    assert first_due(AFTER, planned, LAUNCH) == LAUNCH + 4 * DAY
    assert alert_due(planned, LAUNCH) == LAUNCH + DAY
    assert alert_due(planned, LAUNCH + 2 * DAY) == LAUNCH + 2 * DAY
    assert alert_due(campaign(), LAUNCH) == LAUNCH


# --- 09:00-20:00 ----------------------------------------------------------------------------------


@given(any_moments, zones)
def test_later_is_the_next_moment_in_the_window(moment, zone):
    """It is never earlier, by day it is the same, and by night the very next 09:00."""
    moved = later_into_window(moment, zone)

    assert time(9) <= wall_clock(moved, zone) <= time(20)
    assert moment <= moved <= moment + LARGEST_MOVE
    if time(9) <= wall_clock(moment, zone) <= time(20):
        assert moved == moment
    else:
        assert wall_clock(moved, zone) == time(9)
        assert not time(9) <= wall_clock(moved - TICK, zone) <= time(20)


@given(any_moments, zones)
def test_earlier_is_the_last_moment_in_the_window(moment, zone):
    """It is never later, by day it is the same, and by night the very last 20:00."""
    moved = earlier_into_window(moment, zone)

    assert time(9) <= wall_clock(moved, zone) <= time(20)
    assert moment - LARGEST_MOVE <= moved <= moment
    if time(9) <= wall_clock(moment, zone) <= time(20):
        assert moved == moment
    else:
        assert wall_clock(moved, zone) == time(20)
        assert not time(9) <= wall_clock(moved + TICK, zone) <= time(20)


@given(any_moments, zones)
def test_what_was_moved_stays(moment, zone):
    """Moving twice is moving once."""
    for move in (later_into_window, earlier_into_window):
        assert move(move(moment, zone), zone) == move(moment, zone)


@pytest.mark.parametrize(
    ("moment", "zone", "earlier", "later"),
    [
        (at("2026-11-30 09:00"), "UTC", at("2026-11-30 09:00"), at("2026-11-30 09:00")),
        (at("2026-11-30 20:00"), "UTC", at("2026-11-30 20:00"), at("2026-11-30 20:00")),
        (at("2026-11-30 20:00") + TICK, "UTC", at("2026-11-30 20:00"), at("2026-12-01 09:00")),
        (at("2026-11-30 09:00") - TICK, "UTC", at("2026-11-29 20:00"), at("2026-11-30 09:00")),
        # The clocks of London go forward at 01:00 on 29 March: that night is 12 hours long.
        (at("2026-03-29 03:00"), "Europe/London", at("2026-03-28 20:00"), at("2026-03-29 08:00")),
        # And back at 02:00 on 25 October: that night is 14 hours long.
        (at("2026-10-25 03:00"), "Europe/London", at("2026-10-24 19:00"), at("2026-10-25 09:00")),
        (at("2026-03-08 04:00"), "America/New_York", at("2026-03-08 01:00"), at("2026-03-08 13:00")),
        (at("2026-04-04 20:00"), "Australia/Lord_Howe", at("2026-04-04 09:00"), at("2026-04-04 22:30")),
    ],
)
def test_known_nights(moment, zone, earlier, later):
    """The bounds belong to the day, and the clocks may change in between."""
    assert earlier_into_window(moment, zone) == earlier
    assert later_into_window(moment, zone) == later


# --- reminders ------------------------------------------------------------------------------------


@given(st.timedeltas(timedelta(hours=1), timedelta(days=5)), zones, around_changes)
def test_a_slot_is_due_before_anybody_is(by, zone, event_at):
    """Work on a `before` reminder begins before its moment in every zone, on nights of every length."""
    event = Event("trial", said(en="Trial"), event_at, zone)
    mailing = Mailing(BEFORE.id, MailingKind.REMINDER, before="trial", by=by)
    planned = campaign(mailings=(ALERT, mailing), events=(event,))
    due = first_due(mailing, planned, LAUNCH)

    assert due <= reminder_moment(mailing, planned, zone=zone, now=due) <= event_at - by


@given(moments, zones)
def test_an_after_reminder_moves_later_into_the_window(now, zone):
    """It never leaves at night."""
    assert reminder_moment(AFTER, CAMPAIGN, zone=zone, now=now) == later_into_window(now, zone)


@given(st.timedeltas(timedelta(), timedelta(days=9)), zones)
def test_a_before_reminder_that_was_missed_goes_out_in_the_next_window_or_never(late, zone):
    """After an outage it still comes by day and before the event, or it does not come."""
    planned = earlier_into_window(TRIAL - DAY, zone)
    now = planned + HOUR + TICK + late
    moment = reminder_moment(BEFORE, CAMPAIGN, zone=zone, now=now)

    if moment is None:
        assert later_into_window(now, zone) >= TRIAL
    else:
        assert now <= moment < TRIAL
        assert moment == later_into_window(now, zone)


@pytest.mark.parametrize("behind", [timedelta(), timedelta(seconds=5), HOUR])
def test_a_tick_that_is_a_little_late_does_not_lose_the_evening(behind):
    """A moment of 20:00 that the daemon looks at some minutes later is still this evening's."""
    planned = earlier_into_window(TRIAL - DAY, "UTC")

    assert reminder_moment(BEFORE, CAMPAIGN, zone="UTC", now=planned + behind) == planned


def test_each_zone_gets_its_own_moment_and_who_is_too_late_none():
    """24 hours before 05:00 UTC is the evening before in London, and by day in Almaty."""
    places = [("", "KZ", "Asia/Almaty"), ("Europe/London", "GB", "Europe/London")]

    assert zoned_moments(BEFORE, CAMPAIGN, places, TRIAL - 2 * DAY) == (
        ZonedMoment("", "KZ", TRIAL - DAY),
        ZonedMoment("Europe/London", "GB", at("2026-11-30 20:00")),
    )
    # 04:00 in London is past the evening, and by 09:00 the trial has begun; in Almaty it is 09:00.
    assert zoned_moments(BEFORE, CAMPAIGN, places, TRIAL - HOUR) == (ZonedMoment("", "KZ", TRIAL - HOUR),)


@pytest.mark.parametrize(
    ("mailing", "ends_at", "deadline"),
    [(BEFORE, END, TRIAL), (BEFORE, TRIAL - DAY, TRIAL - DAY), (AFTER, END, END), (AFTER, TRIAL, TRIAL)],
)
def test_a_reminder_is_late_at_its_event_or_at_the_end(mailing, ends_at, deadline):
    """Whichever comes first."""
    assert reminder_deadline(mailing, CAMPAIGN, ends_at) == deadline


def test_two_reminders_within_two_days_are_one():
    """The rule that the store's query keeps."""
    assert timedelta(hours=48) == MERGE_WITHIN


# --- ends -----------------------------------------------------------------------------------------


def test_a_campaign_ends_when_the_file_says_or_after_three_weeks():
    """21 days count from the alert."""
    assert campaign_end(CAMPAIGN, LAUNCH) == END
    assert campaign_end(campaign(write_until=None), LAUNCH) == LAUNCH + DEFAULT_LENGTH == LAUNCH + timedelta(days=21)


@pytest.mark.parametrize(
    ("mailing", "delay", "launched", "late"),
    [
        (SCHEDULED, LATE_ALERT, None, False),
        (SCHEDULED, LATE_ALERT + TICK, None, True),
        (SCHEDULED, LATE_ALERT + TICK, LAUNCH, True),
        (SCHEDULED, 7 * HOUR, SCHEDULED.at + HOUR, False),  # who launched an hour ago knew that it was past
        (SCHEDULED, 7 * HOUR + TICK, SCHEDULED.at + HOUR, True),
        (ALERT, 9 * DAY, LAUNCH, False),
        (NEWS, 9 * DAY, LAUNCH, False),
    ],
)
def test_only_a_scheduled_alert_is_ever_late(mailing, delay, launched, late):
    """Six hours after its time, or after the launch that came later still, it waits for a person."""
    assert is_late_alert(mailing, (mailing.at or LAUNCH) + delay, launched_at=launched) is late
