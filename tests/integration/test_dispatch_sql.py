"""Who gets what and when, over a whole campaign? The dispatcher over a real SQLite file, tick by tick."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from threading import Barrier, Thread
from zoneinfo import ZoneInfo

import pytest

from mailer.adapters.store.campaigns import SqlCampaigns
from mailer.adapters.store.engine import open_engine
from mailer.adapters.store.filling import SqlFilling
from mailer.core.campaigns import AudienceRule, CountryRule, Mailing, MailingId, MailingKind, Mission, Safety, Status
from mailer.core.deliveries import Event
from mailer.core.revisions import Revision
from mailer.core.targets import Target, TargetId
from mailer.core.texts import LocalText
from mailer.core.verdicts import Decision
from mailer.flows.dispatch import LATE, Dispatcher
from tests.casework import AFTER, ALERT, BEFORE, CLOSING, END, TRIAL, Casework, case, reached
from tests.databases import NOW, UNCONFIRMED

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LOSE, REFUSE = Decision(Event.LOSE), Decision(Event.REFUSE)
UPDATE = Mailing(MailingId("update-1"), MailingKind.UPDATE, at=NOW + DAY, text=LocalText({"en": "News."}))
CORRECTION = Mailing(
    MailingId("correction-1"), MailingKind.CORRECTION, at=NOW + DAY, text=LocalText({"en": "A wrong address."})
)


@pytest.fixture
def work(tmp_path, store_url):
    """Five people in Britain, and no campaign."""
    work = Casework(tmp_path, url=store_url)
    work.join(*"abcde")
    return work


def hourly(work: Casework, start: datetime, end: datetime, step: timedelta = HOUR) -> dict[str, datetime]:
    """Run hour by hour, or step by step; return when each person first got a letter."""
    got: dict[str, datetime] = {}
    now = start
    while now <= end:
        for name in work.run(now):
            got.setdefault(name, now)
        now += step
    return got


# --- alerts ---------------------------------------------------------------------------------------


def test_an_alert_goes_to_the_confirmed_in_the_audience(work):
    """Unconfirmed, unsubscribed and suppressed people, and those whose country is not mailed, get nothing."""
    work.join("unconfirmed", terms=UNCONFIRMED)
    work.join("guarded", country="KZ")
    work.people.unsubscribe("d@union.example")
    work.suppress("e")
    work.launch(case(audience=AudienceRule(), safety=Safety({"KZ": CountryRule.NONE})))

    assert work.run() == ["a", "b", "c"]


def test_nothing_is_planned_before_a_launch_and_after_its_end(work):
    """A campaign that is only published, paused in the file, or stopped, gets no slot filled."""
    work.campaigns.publish(case(), now=NOW)
    assert (work.tick(), work.campaigns.mailings("case")) == (0, ())
    work.launch(case(status=Status.PAUSED))
    assert (work.tick(), work.rows()) == (0, [])
    work.launch(case())
    work.campaigns.set_status("case", Status.STOPPED, now=NOW)
    assert (work.tick(), work.rows()) == (0, [])


def test_a_launch_holds_before_anything_is_filled(work):
    """While the hold lasts there is a slot, and nobody in it."""
    work.campaigns.publish(case(), now=NOW)
    work.campaigns.approve("case", rehearsal=False, now=NOW, hold_until=NOW + HOUR)

    assert work.run(NOW + HOUR / 2) == []
    assert len(work.run(NOW + HOUR)) == 5


def test_who_is_imported_after_the_launch_gets_the_open_alert(work):
    """The next tick finds them, whether they are new or were unconfirmed when the alert went out."""
    work.join("shy", terms=UNCONFIRMED)
    work.launch()
    assert work.run() == list("abcde")
    work.join("new")
    work.join("shy")

    assert work.run(NOW + DAY) == ["new", "shy"]
    assert work.run(NOW + 2 * DAY) == []


def test_nobody_is_alerted_after_the_end(work):
    """A campaign that is over takes in nobody any more; a revision that goes on for longer does."""
    work.launch()
    work.run()
    work.tick(END)
    work.join("late")
    work.tick(END)
    assert work.queued() == list("abcde")

    work.campaigns.publish(case(write_until=END + DAY), now=END)
    assert work.run(END) == ["late"]


def test_a_tick_ends_between_pages_when_told_to(work):
    """A daemon that is told to stop leaves a filling that the next one ends."""
    work.launch()
    told = iter([False, True])
    Dispatcher(
        work.campaigns, work.filling, work.outbox, work.hash_tag, should_stop=lambda: next(told, True)
    ).tick(rehearsal=False, now=NOW)  # fmt: skip
    assert work.queued() == ["a", "b", "c"]

    assert work.run() == list("abcde")


def test_a_scheduled_alert_goes_out_at_its_time(work):
    """Not when it is launched, and whole up to six hours later."""
    at = replace(ALERT, on_launch=False, at=NOW + DAY)
    work.launch(case(at))
    assert work.run(NOW + DAY - HOUR) == []
    assert work.run(NOW + DAY + 6 * HOUR) == list("abcde")


def test_an_alert_that_is_late_waits_for_a_person(work):
    """More than six hours after its time it is held and says why; a second launch releases it, and only once."""
    at = replace(ALERT, on_launch=False, at=NOW + DAY)
    late = NOW + DAY + 6 * HOUR + timedelta(seconds=1)
    work.launch(case(at))
    assert work.run(late) == []
    (slot,) = work.campaigns.mailings("case")
    assert (slot.paused, slot.reason) == (True, LATE)
    work.campaigns.set_status("case", Status.READY, now=late)
    assert work.run(late) == []

    work.campaigns.approve("case", rehearsal=False, now=late, hold_until=late)
    work.campaigns.reopen_late_alert(slot.row, late)
    assert work.run(late) == list("abcde")
    assert work.run(late + DAY) == []


def test_a_scheduled_alert_stays_open_for_who_is_confirmed_days_later(work):
    """That its time is long past holds back nobody once it has gone out."""
    work.join("shy", terms=UNCONFIRMED)
    work.launch(case(replace(ALERT, on_launch=False, at=NOW)))
    work.run()
    work.join("shy")

    assert work.run(NOW + 2 * DAY) == ["shy"]
    assert not work.campaigns.mailings("case")[0].paused


# --- reminders ------------------------------------------------------------------------------------


def test_a_reminder_counts_from_each_persons_own_alert(work):
    """Who was alerted two days later is reminded two days later."""
    work.launch(case(ALERT, AFTER))
    work.run()
    work.join("later")
    assert work.run(NOW + 2 * DAY) == ["later"]

    assert work.run(NOW + 3 * DAY - HOUR) == []
    assert work.run(NOW + 3 * DAY) == list("abcde")
    assert work.run(NOW + 5 * DAY - HOUR) == []
    assert work.run(NOW + 5 * DAY) == ["later"]
    assert work.run(NOW + 9 * DAY) == []


def test_a_reminder_counts_from_the_moment_of_sending(work):
    """An alert that was deferred for a day starts the three days a day later."""
    work.launch(case(ALERT, AFTER))
    work.tick()
    work.send(NOW, Decision(Event.REFUSE_FOR_NOW, NOW + DAY))
    work.send(NOW + DAY)

    assert work.run(NOW + 3 * DAY) == []
    assert work.run(NOW + 4 * DAY) == list("abcde")


@pytest.mark.parametrize("decision", [LOSE, REFUSE])
def test_who_may_not_have_the_alert_is_not_reminded(work, decision):
    """There is no reminder of a letter that was refused, or of which nobody knows whether it arrived."""
    work.launch(case(ALERT, AFTER, BEFORE))
    work.tick()
    work.send(NOW, decision)

    assert hourly(work, NOW + HOUR, END, DAY / 2) == {}


@pytest.mark.parametrize("reminder", [AFTER, BEFORE])
def test_who_has_answered_is_not_reminded(work, reminder):
    """Neither who wrote nor who said "not this case", before the reminder is filled or after it."""
    work.launch(case(ALERT, reminder))
    work.run()
    work.act("a")
    work.decline("b")
    due = NOW + 3 * DAY if reminder is AFTER else TRIAL - DAY
    work.tick(due)
    assert work.queued(reminder.id) == ["c", "d", "e"]

    work.act("c")
    work.decline("d")
    assert work.send(due + HOUR) == ["e"]
    assert work.states(reminder.id) == {"c": "cancelled", "d": "cancelled", "e": "sent"}


ZONES = {"a": "Pacific/Auckland", "b": "Asia/Almaty", "c": "Europe/London", "d": "America/Los_Angeles", "e": ""}


@pytest.mark.parametrize("at", range(0, 24, 5))
def test_reminders_come_by_day_wherever_people_live(tmp_path, store_url, at):
    """Between 09:00 and 20:00 of each person's own zone, or of their country's capital; nobody is left out."""
    work = Casework(tmp_path, url=store_url)
    for name, zone in ZONES.items():
        work.join(name, timezone=zone, country="KZ" if name == "e" else "GB")
    launched = datetime.combine(NOW.date(), time(at), UTC)
    work.launch(case(ALERT, AFTER, BEFORE), now=launched)
    work.run(launched)

    after = hourly(work, launched + 3 * DAY, launched + 4 * DAY)
    before = hourly(work, TRIAL - 2 * DAY, TRIAL - HOUR)
    for got in (after, before):
        assert set(got) == set(ZONES)
        for name, moment in got.items():
            local = moment.astimezone(ZoneInfo(ZONES[name] or "Asia/Almaty")).time()
            assert time(9) <= local <= time(20), (name, local)
    assert all(moment <= TRIAL - DAY + timedelta(minutes=59) for moment in before.values())


def test_two_reminders_within_two_days_become_one(work):
    """Somebody alerted shortly before the trial hears of it once more, not twice."""
    launched = TRIAL - 5 * DAY
    work.launch(case(ALERT, AFTER, BEFORE), now=launched)
    work.run(launched)
    work.join("late")
    work.run(launched + timedelta(hours=1))

    hourly(work, launched + DAY, TRIAL, DAY / 4)
    reminded = [*work.queued(AFTER.id), *work.queued(BEFORE.id)]
    assert sorted(reminded) == ["a", "b", "c", "d", "e", "late"]


def test_reminders_that_are_further_apart_are_two(work):
    """Forty-eight hours between them are enough."""
    launched = TRIAL - 6 * DAY - HOUR
    work.launch(case(ALERT, AFTER, BEFORE), now=launched)
    work.run(launched)
    hourly(work, launched + DAY, TRIAL, DAY / 4)

    assert (work.queued(AFTER.id), work.queued(BEFORE.id)) == (list("abcde"), list("abcde"))


def test_a_reminder_before_an_event_that_is_over_is_not_filled(work):
    """A daemon that was down until after the trial reminds nobody of it."""
    work.launch(case(ALERT, BEFORE))
    work.run()

    assert work.run(TRIAL + timedelta(minutes=1)) == []
    assert work.rows(BEFORE.id) == []


# --- updates, corrections, closings ---------------------------------------------------------------


def fates(work: Casework) -> dict[str, Callable[[], None]]:
    """Launch and give each of five alerts another fate: sent, uncertain, refused, in flight, still queued."""
    work.tick()
    claimed = {work.names([each.supporter_id])[0]: each for each in work.claim(limit=4)}
    work.intend(claimed.values())
    work.settle([claimed["a"]])
    work.settle([claimed["b"]], LOSE)
    work.settle([claimed["c"]], REFUSE)
    return {"arrives": lambda: work.settle([claimed["d"]])}


def test_an_update_goes_to_those_whose_alert_left(work):
    """Sent, uncertain or being handed over: they know the case. Not those who were refused, or wait."""
    work.launch(case(ALERT, UPDATE, on_uncertain="hold"))
    fates(work)
    work.tick(NOW + DAY)

    assert work.queued(UPDATE.id) == ["a", "b", "d"]


def test_a_closing_goes_to_those_whose_alert_left(work):
    """Nobody who got the alert goes on writing, not even who got it in the moment of closing."""
    work.launch(case(on_uncertain="hold"))
    arrives = fates(work)["arrives"]
    work.campaigns.publish(case(closing=CLOSING, on_uncertain="hold"), now=NOW + HOUR)
    work.campaigns.set_status("case", Status.CLOSED, now=NOW + HOUR)
    work.tick(NOW + HOUR)
    arrives()

    assert work.run(NOW + HOUR) == ["a", "b", "d"]
    assert work.states()["e"] == "cancelled"
    assert work.run(NOW + DAY) == []


def test_who_may_have_a_letter_that_was_queued_once_more_gets_the_closing(work):
    """An uncertain alert that waits for its second try may have arrived at the first."""
    work.launch()
    work.tick()
    work.send(NOW, LOSE)
    work.outbox.recover(now=NOW)
    assert set(work.states().values()) == {"queued"}
    work.campaigns.publish(case(closing=CLOSING), now=NOW)
    work.campaigns.set_status("case", Status.CLOSED, now=NOW)

    assert work.run(NOW) == list("abcde")
    assert set(work.states().values()) == {"cancelled"}


def test_a_campaign_may_be_closed_after_it_was_stopped(work):
    """The thanks still reach those who were asked to write."""
    work.launch()
    work.run()
    work.campaigns.set_status("case", Status.STOPPED, now=NOW)
    work.campaigns.publish(case(closing=CLOSING), now=NOW)
    work.campaigns.set_status("case", Status.CLOSED, now=NOW)

    assert work.run(NOW) == list("abcde")


def test_a_closing_leaves_out_who_left(work):
    """Unsubscribed, suppressed and erased people get no thanks, either."""
    work.launch()
    work.run()
    work.people.unsubscribe("a@union.example")
    work.suppress("b")
    work.people.erase("c@union.example", now=NOW)
    work.campaigns.publish(case(closing=CLOSING), now=NOW)
    work.campaigns.set_status("case", Status.CLOSED, now=NOW)

    assert work.run(NOW) == ["d", "e"]


def test_a_campaign_that_is_closed_without_words_sends_nothing(work):
    """Without a closing there is no mailing."""
    work.launch()
    work.run()
    work.campaigns.set_status("case", Status.CLOSED, now=NOW)

    assert work.run(NOW) == []


def embassy_case(gb: str, *mailings: Mailing) -> Revision:
    """Return the case with a target that has another address in Britain only."""
    revision = case(*mailings)
    (court,) = revision.campaign.targets
    embassy = Target(TargetId("embassy"), LocalText({"en": "Embassy"}), embassy_of="KZ")
    missions = tuple(
        Mission(of="KZ", host=host, email=email) for host, email in (("GB", gb), ("DE", "berlin@embassy.example"))
    )
    campaign = replace(revision.campaign, targets=(court, embassy), missions=missions)
    return replace(revision, campaign=campaign)


def test_a_correction_goes_to_those_who_got_the_wrong_address(work):
    """Neither to who has another embassy, nor to who was alerted after the address was mended."""
    work.join("berlin", country="DE")
    work.launch(embassy_case("old@embassy.example"))
    work.run()
    work.join("later")
    work.campaigns.publish(embassy_case("new@embassy.example"), now=NOW)
    assert work.run() == ["later"]
    work.campaigns.publish(embassy_case("new@embassy.example", ALERT, CORRECTION), now=NOW)

    assert work.run(NOW + DAY) == list("abcde")


def test_a_correction_without_a_wrong_address_goes_to_nobody(work):
    """Where nothing was withdrawn, nobody is troubled."""
    work.launch()
    work.run()
    work.campaigns.publish(case(ALERT, CORRECTION), now=NOW)

    assert work.run(NOW + DAY) == []
    assert work.rows(CORRECTION.id) == []


def test_a_letter_that_was_claimed_before_the_address_was_mended_is_composed_anew(work):
    """Its intent is refused, and the next claim brings the new revision at once."""
    work.launch()
    work.tick()
    claimed = work.claim()
    assert {each.revision for each in claimed} == {1}
    work.campaigns.publish(reached(case(), "new@justice.example"), now=NOW)

    assert work.intend(claimed) == frozenset()
    assert {each.revision for each in work.claim()} == {2}


def test_a_resend_keeps_its_revision(work):
    """A letter that may have arrived is repeated byte for byte, whatever was revised since."""
    work.launch()
    work.tick()
    work.send(NOW, LOSE)
    work.campaigns.publish(reached(case(), "new@justice.example"), now=NOW)
    work.outbox.recover(now=NOW)

    claimed = work.claim()
    assert {(each.revision, each.composed_at) for each in claimed} == {(1, NOW)}
    assert len(work.intend(claimed)) == 5


def test_later_mails_know_when_the_alert_left(work):
    """They thread under it, and a correction knows of which revision it was made."""
    work.launch(case(ALERT, UPDATE))
    work.run()
    work.tick(NOW + DAY)
    work.campaigns.publish(reached(case(ALERT, UPDATE), "new@justice.example"), now=NOW)

    (first, *_) = work.claim(NOW + DAY)
    assert (first.mailing_id, first.alert_sent_at, first.alert_revision) == (UPDATE.id, NOW, 1)
    assert first.revision == 2


# --- rehearsals and many daemons ------------------------------------------------------------------


def test_a_rehearsal_uses_up_nothing(work):
    """After a whole campaign over `file:`, with its closing, the real launch reaches everybody."""
    plan = case(ALERT, AFTER, UPDATE, closing=CLOSING)
    for rehearsal in (True, False):
        work.launch(plan, rehearsal=rehearsal)
        for moment in (NOW, NOW + DAY, NOW + 3 * DAY):
            assert work.run(moment, rehearsal=rehearsal) == list("abcde")
            assert not rehearsal or work.run(moment) == []
        work.campaigns.set_status("case", Status.CLOSED, now=NOW + 4 * DAY)
        assert work.run(NOW + 4 * DAY, rehearsal=rehearsal) == list("abcde")


def test_a_rehearsed_alert_counts_for_nothing(work):
    """Who got it only as a file hears nothing of the real campaign's news, and later mails do not follow it."""
    work.launch(case(ALERT, UPDATE, AFTER), rehearsal=True)
    work.run(rehearsal=True)
    work.launch(case(ALERT, UPDATE, AFTER), now=NOW + HOUR)
    work.tick(NOW + HOUR)
    (first, *others) = work.claim(NOW + HOUR)
    work.intend([first, *others], NOW + HOUR)
    work.settle(others, REFUSE)
    work.settle([first], now=NOW + HOUR)
    work.tick(NOW + DAY)

    (told,) = work.claim(NOW + DAY)
    assert (told.mailing_id, told.supporter_id, told.alert_sent_at) == (UPDATE.id, first.supporter_id, NOW + HOUR)
    assert hourly(work, NOW + 3 * DAY, NOW + 4 * DAY, DAY / 4).keys() == {"a"}


def test_a_rehearsal_may_be_of_an_older_file(work):
    """A mailing that is no longer in the file is left alone, and holds up no other."""
    work.launch(case(ALERT, AFTER), rehearsal=True)
    work.tick(NOW + 3 * DAY, rehearsal=True)
    assert len(work.campaigns.mailings("case", 1)) == 2
    work.campaigns.publish(case(), now=NOW + 3 * DAY)
    work.join("new")

    assert work.tick(NOW + 3 * DAY, rehearsal=True)
    assert "new" in work.queued("alert", 1)


def other_daemon(work: Casework, now: datetime, ready: Barrier, pages: list[int]) -> None:
    """Tick with an engine of its own, as another process."""
    engine = open_engine(work.url)
    dispatcher = Dispatcher(SqlCampaigns(engine), SqlFilling(engine, 2), work.outbox, work.hash_tag)
    ready.wait()
    pages.append(dispatcher.tick(rehearsal=False, now=now))
    engine.dispose()


def test_two_daemons_plan_and_fill_once(work):
    """Both tick at the same moment, over and over: one slot each, one delivery each, and the pages are shared."""
    work.join(*(f"p{n:02}" for n in range(40)))
    work.launch(case(ALERT, AFTER))
    for now, kind in ((NOW, ALERT.id), (NOW + 3 * DAY, AFTER.id)):
        pages: list[int] = []
        ready = Barrier(2)
        daemons = [Thread(target=other_daemon, args=(work, now, ready, pages)) for _ in range(2)]
        for daemon in daemons:
            daemon.start()
        for daemon in daemons:
            daemon.join()
        assert len(work.rows(kind)) == len(work.queued(kind)) == 45
        assert len(pages) == 2
        work.send(now)

    assert [slot.mailing_id for slot in work.campaigns.mailings("case")] == [ALERT.id, AFTER.id]
