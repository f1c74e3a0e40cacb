"""Which mailings are due, who fills them, and from when to when may their letters leave?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mailer.core.audience import Opening, Selection
from mailer.core.campaigns import AudienceRule, Closing, Event, Mailing, MailingId, MailingKind, Outcome, Safety, Status
from mailer.core.history import commanded_id
from mailer.core.progress import MailingRecord
from mailer.core.revisions import Revision
from mailer.core.schedule import DEFAULT_LENGTH, LARGEST_MOVE, NEWS_LASTS, ZonedMoment
from mailer.flows.dispatch import LATE, Dispatcher
from tests.fakes import FakeCampaigns
from tests.letter_parts import END, NOW, TRIAL, campaign, organisation, said, target

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
ALERT = Mailing(MailingId("alert"), MailingKind.ALERT, on_launch=True)
SCHEDULED = Mailing(MailingId("alert"), MailingKind.ALERT, at=NOW + DAY)
AFTER = Mailing(MailingId("reminder-after-3d"), MailingKind.REMINDER, after=3 * DAY)
BEFORE = Mailing(MailingId("reminder-before-trial-24h"), MailingKind.REMINDER, before="trial", by=DAY)
NEWS = Mailing(commanded_id(MailingKind.UPDATE, NOW), MailingKind.UPDATE, at=NOW, text=said(en="news"))
CORRECTION = replace(NEWS, id=commanded_id(MailingKind.CORRECTION, NOW), kind=MailingKind.CORRECTION)
EVENTS = (Event("trial", said(en="Trial"), TRIAL, "Asia/Almaty"),)
FREE = Closing(Outcome.RELEASED, said(en="He is free."))
ZONES = (("", "KZ"), ("Europe/London", "GB"))


class Hall:
    """A dispatcher over fakes: what it filled, with what, and how many pages each filling has."""

    def __init__(self, *mailings: Mailing, pages: int = 1, **changes: Any) -> None:
        self.store = FakeCampaigns()
        self.campaign = campaign(mailings=mailings, events=EVENTS, **changes)
        self.store.publish(Revision(self.campaign, organisation()), now=NOW)
        self.pages = pages
        self.calls: list[tuple[str, str, dict[str, Any]]] = []
        self.paused: dict[int, str] = {}
        self.newcomers = 0
        self.openings: list[tuple[Opening, ...]] = []
        self.stopping = False
        self.dispatcher = Dispatcher(self.store, self, self, str.encode, lambda: self.stopping)

    def launch(self, *, rehearsal: bool = False, now=NOW) -> Hall:
        """Launch without a hold."""
        self.store.approve(self.campaign.id, rehearsal=rehearsal, now=now, hold_until=now)
        return self

    def tick(self, now=NOW, *, rehearsal: bool = False) -> list[str]:
        """Tick once; return which mailings were filled in it."""
        before = len(self.calls)
        self.dispatcher.tick(rehearsal=rehearsal, now=now)
        return [name for name, _, _ in self.calls[before:]]

    def zones(self) -> tuple[tuple[str, str], ...]:
        """Return the zones of two supporters."""
        return ZONES

    def _fill(self, how: str, slot: MailingRecord, **told: Any) -> bool:
        """Fill one page, and tell whether it was after the last."""
        current = self.store.slots[slot.row - 1]
        if current.cursor >= self.pages:
            return True
        self.calls.append((slot.mailing_id, how, told))
        self.store.change(slot.row, cursor=current.cursor + 1)
        return False

    def fill_from_supporters(self, slot, selection, **told) -> bool:
        """Fill a page of an alert."""
        return self._fill("supporters", slot, selection=selection, **told)

    def fill_from_alerts(self, slot, **told) -> bool:
        """Fill a page of news."""
        return self._fill("alerts", slot, **told)

    def fill_reminder_before(self, slot, moments, **told) -> bool:
        """Fill a page of a reminder before an event."""
        return self._fill("before", slot, moments=moments, **told)

    def fill_reminder_after(self, slot, moments, **told) -> bool:
        """Fill a page of a reminder after the alert."""
        return self._fill("after", slot, moments=moments, **told)

    def has_newcomers(self) -> bool:
        """Tell whether anybody came in behind the cursors."""
        return self.newcomers > 0

    def fill_newcomers(self, openings) -> None:
        """Admit one page of newcomers, and remember to which alerts."""
        self.newcomers -= 1
        self.openings.append(openings)

    def mark_planned(self, slot: MailingRecord) -> None:
        """Record that filling is complete."""
        self.store.change(slot.row, planned=True)

    def pause_mailing(self, row: int, reason: str) -> None:
        """Hold a mailing."""
        self.paused[row] = reason
        self.store.change(row, paused=True, reason=reason)

    @property
    def told(self) -> dict[str, Any]:
        """Return what the last filling was told."""
        return self.calls[-1][2]


# --- whether anything is due ----------------------------------------------------------------------


def test_nothing_is_filled_before_a_launch():
    """A published campaign has not even slots."""
    hall = Hall(ALERT)

    assert hall.tick() == []
    assert hall.store.slots == []


@pytest.mark.parametrize("status", [Status.PAUSED, Status.STOPPED, Status.DRAFT])
@pytest.mark.parametrize("who", ["status", "file_status"])
def test_what_does_not_run_is_not_filled(status, who):
    """Whether a person or the file holds it."""
    hall = Hall(ALERT).launch()
    hall.store.records[hall.campaign.id] = replace(hall.store.records[hall.campaign.id], **{who: status})

    assert hall.tick() == []


def test_the_hold_is_kept():
    """A slot that is planned for the end of the hold is filled then, and not before."""
    hall = Hall(ALERT)
    hall.store.approve(hall.campaign.id, rehearsal=False, now=NOW, hold_until=NOW + timedelta(seconds=60))

    assert hall.tick(NOW + timedelta(seconds=59)) == []
    assert [slot.due for slot in hall.store.slots] == [NOW + timedelta(seconds=60)]
    assert hall.tick(NOW + timedelta(seconds=60)) == ["alert"]


def test_a_relay_and_a_rehearsal_have_runs_of_their_own():
    """A rehearsed campaign has nothing for a real relay, and each approval is a run."""
    hall = Hall(ALERT).launch(rehearsal=True)

    assert hall.tick() == []
    assert hall.tick(rehearsal=True) == ["alert"]
    hall.launch(rehearsal=True)
    assert hall.tick(rehearsal=True) == ["alert"]
    hall.launch()
    assert hall.tick() == ["alert"]
    assert [slot.run for slot in hall.store.slots] == [1, 2, 0]


def test_every_page_is_filled_and_counted():
    """The count of pages tells a caller whether there may be something to send."""
    hall = Hall(ALERT, pages=3).launch()

    assert hall.dispatcher.tick(rehearsal=False, now=NOW) == 3
    assert hall.dispatcher.tick(rehearsal=False, now=NOW) == 0


def test_two_dispatchers_and_repeated_ticks_plan_once():
    """The slot is what decides, not the daemon."""
    hall = Hall(ALERT, NEWS).launch()
    hall.tick()
    second = Dispatcher(hall.store, hall, hall, str.encode)
    second.tick(rehearsal=False, now=NOW)

    assert len(hall.store.slots) == len(hall.calls) == 2


def test_a_dispatcher_ends_between_pages_when_told_to():
    """What is left is filled by whoever comes next."""
    hall = Hall(ALERT, pages=9).launch()
    hall.stopping = True
    assert hall.tick() == []
    hall.stopping = False
    assert hall.tick() == ["alert"] * 9


def test_a_slot_of_an_older_file_is_left_alone():
    """A rehearsal's reminder that the file has no more stops neither its campaign nor the others."""
    hall = Hall(ALERT, NEWS).launch(rehearsal=True)
    hall.stopping = True
    hall.tick(rehearsal=True)
    hall.stopping = False
    hall.store.publish(Revision(campaign(mailings=(ALERT,)), organisation()), now=NOW)

    assert hall.tick(rehearsal=True) == ["alert"]


# --- alerts ---------------------------------------------------------------------------------------


def test_an_alert_goes_to_the_audience_until_the_end():
    """With the tags as hashes, from the launch to the file's deadline."""
    hall = Hall(ALERT, audience=AudienceRule(("GB",), (), ("union",)), safety=Safety()).launch()
    hall.tick()

    assert hall.told == {"selection": Selection(("GB",), (), (b"union",)), "not_before": NOW, "deadline": END}


def test_an_alert_stays_open_for_those_who_join_later():
    """Until letters stop mattering: then filling is over."""
    hall = Hall(ALERT).launch()
    hall.tick()
    hall.pages = 2

    assert hall.tick(END - HOUR) == ["alert"]
    assert not hall.store.slots[0].planned
    hall.tick(END)
    assert hall.store.slots[0].planned


def test_a_campaign_without_an_end_ends_three_weeks_after_its_alert():
    """Launched a month before, its letters are not too late when they leave."""
    month = replace(SCHEDULED, at=NOW + 30 * DAY)
    hall = Hall(month, write_until=None).launch()
    hall.tick(month.at)

    assert hall.told["deadline"] == month.at + DEFAULT_LENGTH


def test_an_alert_that_is_late_waits_for_a_person():
    """Six hours and a second after its time nothing goes out, and the reason says what to do."""
    hall = Hall(SCHEDULED).launch()

    assert hall.tick(SCHEDULED.at + timedelta(hours=6, seconds=1)) == []
    assert hall.paused == {1: LATE}
    assert hall.tick(SCHEDULED.at + 7 * HOUR) == []


def test_an_alert_that_is_less_late_goes_out():
    """A short outage needs nobody."""
    assert Hall(SCHEDULED).launch().tick(SCHEDULED.at + timedelta(hours=6)) == ["alert"]


def test_an_alert_that_has_begun_is_never_late():
    """The second half of the list is not held back."""
    hall = Hall(SCHEDULED, pages=2).launch()
    hall.tick(SCHEDULED.at)
    hall.pages = 3

    assert hall.tick(SCHEDULED.at + DAY) == ["alert"]


@pytest.mark.parametrize("rehearsal", [True, False])
def test_who_launches_after_the_time_of_an_alert_means_it(rehearsal):
    """One launch is enough, of a rehearsal too; and its letters leave from then on."""
    hall = Hall(SCHEDULED).launch(now=SCHEDULED.at + 7 * HOUR, rehearsal=rehearsal)

    assert hall.tick(SCHEDULED.at + 8 * HOUR, rehearsal=rehearsal) == ["alert"]
    assert hall.told["not_before"] == SCHEDULED.at + 7 * HOUR


def test_a_late_alert_that_was_launched_again_goes_out():
    """Its slot has the moment of that launch."""
    hall = Hall(SCHEDULED).launch()
    again = SCHEDULED.at + 9 * HOUR
    hall.tick(again)
    hall.store.reopen_late_alert(1, again)

    assert hall.tick(again + 9 * HOUR) == ["alert"]


def test_a_late_alert_that_was_moved_is_not_released_by_resuming():
    """`resume` lifts the pause; the alert still waits for a launch, and does not leave before its new time."""
    hall = Hall(SCHEDULED).launch()
    hall.tick(SCHEDULED.at + 7 * HOUR)
    moved = replace(SCHEDULED, at=SCHEDULED.at + 5 * DAY)
    hall.store.publish(Revision(campaign(mailings=(moved,)), organisation()), now=NOW)
    hall.store.change(1, paused=False, reason="")

    assert hall.tick(SCHEDULED.at + 8 * HOUR) == []
    assert hall.store.slots[0].paused


# --- reminders ------------------------------------------------------------------------------------


def test_a_reminder_after_the_alert_counts_from_each_alert():
    """It asks for alerts sent three days ago, by day in each zone; the column without a zone means the capital's."""
    hall = Hall(ALERT, AFTER).launch()
    night = NOW + 3 * DAY + 12 * HOUR  # 21:00 UTC, 02:00 in Almaty

    assert hall.tick(NOW + 3 * DAY - timedelta(seconds=1)) == ["alert"]
    assert hall.tick(night) == ["reminder-after-3d"]
    assert hall.told == {
        "moments": (
            ZonedMoment("", "KZ", night + 7 * HOUR),
            ZonedMoment("Europe/London", "GB", night + 12 * HOUR),
        ),
        "sent_until": NOW + 12 * HOUR,
        "deadline": END,
    }
    assert not hall.store.slots[1].planned


def test_a_reminder_before_an_event_is_filled_once_and_ends_with_it():
    """Its letters are too late when the event begins."""
    hall = Hall(ALERT, BEFORE).launch()
    due = TRIAL - DAY - LARGEST_MOVE

    assert hall.tick(due - timedelta(seconds=1)) == ["alert"]
    assert hall.tick(due) == [BEFORE.id]
    assert hall.calls[-1][1] == "before"
    assert hall.told["deadline"] == TRIAL
    assert [zone.not_before for zone in hall.told["moments"]] == [TRIAL - DAY, TRIAL - DAY - 9 * HOUR]
    assert hall.store.slots[1].planned


def test_a_zone_that_nobody_knows_is_the_organisations():
    """A supporter without zone and country is told by the clock of the organisation."""
    hall = Hall(ALERT, BEFORE).launch()
    hall.zones = lambda: (("", ""),)
    hall.tick(TRIAL - DAY - LARGEST_MOVE)

    assert hall.told["moments"] == (ZonedMoment("", "", TRIAL - DAY - 9 * HOUR),)


# --- news and closing -----------------------------------------------------------------------------


@pytest.mark.parametrize("behind", [timedelta(), 9 * DAY])
def test_news_goes_to_those_who_have_the_alert_for_some_days(behind):
    """An update is filled once, for every revision; it is tried for days from when it went out."""
    hall = Hall(ALERT, NEWS).launch(now=NOW - DAY)

    assert hall.tick(NOW + behind) == ["alert", NEWS.id]
    assert hall.calls[-1][1:] == (
        "alerts",
        {"not_before": NOW, "deadline": NOW + behind + NEWS_LASTS, "composed_from": None},
    )
    assert hall.store.slots[1].planned


def test_a_correction_goes_to_those_who_got_the_wrong_address():
    """By the revision of their alert and their country."""
    hall = Hall(ALERT).launch(now=NOW - DAY)
    mended = campaign(target(email="new@office.example"), mailings=(ALERT, CORRECTION))
    hall.store.publish(Revision(mended, organisation()), now=NOW)
    hall.tick()

    assert hall.calls[-1][0] == CORRECTION.id
    assert hall.told["composed_from"] == ((1, "GB"), (1, "KZ"))


def test_a_closing_goes_out_once_and_nothing_else_does():
    """When a campaign is closed, what was due is due no more."""
    hall = Hall(ALERT, AFTER, closing=FREE).launch()
    hall.tick()
    hall.store.set_status(hall.campaign.id, Status.CLOSED, now=NOW + HOUR)

    assert hall.tick(NOW + 9 * DAY) == ["closing"]
    assert hall.told == {"not_before": NOW + HOUR, "deadline": NOW + 9 * DAY + NEWS_LASTS, "composed_from": None}
    assert hall.tick(NOW + 9 * DAY) == []
    assert [slot.mailing_id for slot in hall.store.slots] == ["alert", "closing"]


def test_a_campaign_that_was_closed_without_words_sends_nothing():
    """There is no empty closing."""
    hall = Hall(ALERT).launch()
    hall.store.set_status(hall.campaign.id, Status.CLOSED, now=NOW)

    assert hall.tick() == []


def test_a_campaign_that_was_never_launched_has_no_closing():
    """Whoever got nothing gets no thanks."""
    hall = Hall(ALERT, closing=FREE)
    hall.store.set_status(hall.campaign.id, Status.CLOSED, now=NOW)

    assert hall.tick() == []


# --- newcomers ------------------------------------------------------------------------------------


def test_nobody_new_costs_nothing():
    """A tick without newcomers looks for open alerts of nobody."""
    hall = Hall(ALERT).launch()
    hall.tick()

    assert hall.openings == []


def test_every_page_of_newcomers_is_admitted_and_counted():
    """A run that ends when idle goes on until all are in."""
    hall = Hall(ALERT, audience=AudienceRule(countries=("GB",))).launch()
    hall.tick()
    hall.newcomers = 3

    assert hall.dispatcher.tick(rehearsal=False, now=NOW + HOUR) == 3
    ((opening,),) = set(hall.openings)
    assert opening.slot.mailing_id == "alert"
    assert (opening.selection.countries, opening.not_before, opening.deadline) == (("GB",), NOW, END)


def test_newcomers_are_let_into_what_is_paused():
    """They are forgotten afterwards, so a campaign that waits must not miss them."""
    hall = Hall(ALERT).launch()
    hall.tick()
    record = hall.store.records[hall.campaign.id]
    hall.store.records[hall.campaign.id] = replace(record, status=Status.PAUSED)
    hall.store.change(1, paused=True)
    hall.newcomers = 1

    assert hall.tick() == []
    assert [opening.slot.row for opening in hall.openings[0]] == [1]


def test_newcomers_are_let_into_rehearsals_and_the_real_run():
    """Whichever relay the tick is for, the other run does not miss them."""
    hall = Hall(ALERT).launch(rehearsal=True)
    hall.tick(rehearsal=True)
    hall.launch()
    hall.tick()
    hall.launch(rehearsal=True)
    hall.tick(rehearsal=True)
    for rehearsal in (False, True):
        hall.newcomers = 1
        hall.tick(rehearsal=rehearsal)

    assert [[opening.slot.run for opening in openings] for openings in hall.openings] == [[0, 3], [0, 3]]


@pytest.mark.parametrize("status", [Status.STOPPED, Status.CLOSED])
def test_what_is_over_is_not_open(status):
    """Newcomers of that moment are forgotten."""
    hall = Hall(ALERT).launch()
    hall.tick()
    hall.store.records[hall.campaign.id] = replace(hall.store.records[hall.campaign.id], status=status)
    hall.newcomers = 1
    hall.tick()

    assert hall.openings == [()]


def test_after_its_end_an_alert_is_not_open():
    """Letters that would come too late are not even queued."""
    hall = Hall(ALERT).launch()
    hall.tick()
    hall.newcomers = 1
    hall.tick(END)

    assert hall.openings == [()]


def test_newcomers_wait_when_the_dispatcher_is_told_to_end():
    """They stay noted for the next start."""
    hall = Hall(ALERT).launch()
    hall.stopping, hall.newcomers = True, 2
    hall.tick()

    assert hall.newcomers == 2
