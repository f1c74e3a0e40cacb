"""Is what supporters answer kept once, counted once, and in force at once? One suite over SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest
from sqlalchemy import func, insert, select

from mailer.adapters.store.engine import reading, writing
from mailer.adapters.store.tables import acted, action_counts, campaigns, declined, reports
from mailer.core.campaigns import MailingKind
from mailer.core.counting import COPIED, DEAD_AFTER, Answers, Reported, ReportKind, Spread
from mailer.core.deliveries import Event, State
from mailer.core.retirement import RetiredValue
from mailer.core.schedule import Slot
from mailer.core.supporters import PublicId
from mailer.core.verdicts import Decision
from mailer.errors import NotFoundError
from mailer.flows.outbox import Intent
from tests.casework import AFTER, ALERT, BEFORE, CLOSING, Casework, case
from tests.databases import NOW

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
COURT = "court@justice.example"
NOBODY = PublicId(b"nobody!!")
AT_ONCE = 6


@pytest.fixture
def work(tmp_path, store_url) -> Casework:
    """A launched case with five people, of whom Dora lives in Germany."""
    work = Casework(tmp_path, url=store_url)
    work.join("anna", "boris", "clara", "ed")
    work.join("dora", country="DE")
    work.launch(case(ALERT, AFTER, BEFORE, closing=CLOSING))
    return work


def wrote(work: Casework, name: str, target: str = "court", at=NOW) -> bool:
    """Let somebody say that they wrote."""
    return work.answers.record("case", work.token_of(name), target, "page", at)


def report(work: Casework, name: str, value: str = COURT, *, target: str = "court", kind: str = "dead", at=NOW) -> bool:
    """Let somebody report a channel."""
    return work.answers.report("case", work.token_of(name), target, kind, value, at)


def counted(work: Casework) -> list[tuple[object, ...]]:
    """Return the rows of the counts."""
    c = action_counts.c
    with reading(work.engine) as connection:
        rows = connection.execute(select(c.target, c.country, c.day, c.kind, c.count).order_by(c.target, c.country))
        return [tuple(row) for row in rows]


def publish_another(work: Casework) -> None:
    """Put one campaign more into the database."""
    row = {"id": "other", "status": "ready", "file_status": "ready", "revision": 1}
    with writing(work.engine) as connection:
        connection.execute(insert(campaigns), [row])


def at_once(*works: Callable[[], object]) -> list[object]:
    """Do several things at the same moment, each in a thread and transaction of its own."""
    barrier = Barrier(len(works))

    def begin(one: Callable[[], object]) -> object:
        barrier.wait(timeout=30)
        return one()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(begin, works))


# --- "I have sent it" -----------------------------------------------------------------------------


def test_a_letter_is_counted_once_however_often_it_is_told(work):
    """By target, by the supporter's country and by the day in UTC."""
    late = NOW.replace(hour=23, minute=59)
    told = [wrote(work, "anna"), wrote(work, "anna", at=NOW + DAY), wrote(work, "boris", at=late)]
    told += [wrote(work, "dora"), wrote(work, "anna", "ministry")]

    assert told == [True, False, True, True, True]
    assert counted(work) == [
        ("court", "DE", NOW.date(), "sent", 1),
        ("court", "GB", NOW.date(), "sent", 2),
        ("ministry", "GB", NOW.date(), "sent", 1),
    ]
    assert work.answers.counts("case") == {"court": 3, "ministry": 1}
    assert work.answers.counts("another") == {}


def test_copies_are_counted_beside_what_supporters_say(work):
    """Neither number is in the other; a day of none is not told."""
    rows = [("court", "GB", DAY, 4), ("court", "", 2 * DAY, 2), ("ministry", "GB", DAY, 1), ("city", "GB", DAY, 0)]
    wrote(work, "anna")
    with writing(work.engine) as connection:
        for target, country, later, count in rows:
            kept = {"campaign_id": "case", "target": target, "country": country, "kind": COPIED, "count": count}
            connection.execute(insert(action_counts), [kept | {"day": (NOW + later).date()}])

    spread = work.answers.copies("case")

    assert work.answers.counts("case") == {"court": 1}
    assert spread.by_target == {"court": 6, "ministry": 1}
    assert spread.by_country == {"": 2, "GB": 5}
    assert sum(spread.by_day.values()) == 7
    assert work.answers.copies("other") == Spread()


def test_two_clicks_at_once_count_one(work):
    """Whoever comes second is told that it was known."""
    anna = work.token_of("anna")
    same = [lambda: work.answers.record("case", anna, "court", "page", NOW)] * AT_ONCE

    assert sorted(at_once(*same)) == [False] * (AT_ONCE - 1) + [True]
    assert work.answers.counts("case") == {"court": 1}


def test_several_people_at_once_are_all_counted(work):
    """They write the same row of the day; none of them is lost."""
    names = ("anna", "boris", "clara", "ed")
    tokens = [work.token_of(name) for name in names]
    everybody = [partial(work.answers.record, "case", token, "court", "page", NOW) for token in tokens]

    assert at_once(*everybody) == [True] * len(names)
    assert work.answers.counts("case") == {"court": len(names)}


def test_what_is_taken_back_is_not_counted(work):
    """Once, of the day on which it was told; another's letter stays counted."""
    anna = work.token_of("anna")
    wrote(work, "boris")
    wrote(work, "anna", at=NOW + DAY)

    assert [work.answers.undo("case", anna, "court") for _ in range(2)] == [True, False]
    assert not work.answers.undo("case", anna, "ministry")
    assert [(day, count) for _, _, day, _, count in counted(work)] == [(NOW.date(), 1), ((NOW + DAY).date(), 0)]
    assert work.answers.counts("case") == {"court": 1}
    assert wrote(work, "anna")
    assert work.answers.counts("case") == {"court": 2}


def test_taking_back_by_two_clicks_at_once_takes_back_one(work):
    """The count never falls under what was told by others."""
    anna = work.token_of("anna")
    wrote(work, "anna")
    wrote(work, "boris")
    back = [lambda: work.answers.undo("case", anna, "court")] * AT_ONCE

    assert sum(map(bool, at_once(*back))) == 1
    assert work.answers.counts("case") == {"court": 1}


def test_who_moved_meanwhile_takes_back_where_it_was_counted(work):
    """The total stays right."""
    wrote(work, "anna")
    work.join("anna", country="FR")

    assert work.answers.undo("case", work.token_of("anna"), "court")
    assert [row[-1] for row in counted(work)] == [0]


def test_the_organisers_word_counts_as_the_pages(work):
    """Told by telephone and by the page, it is one letter."""
    work.people.record_action("case", "anna@union.example", target="court", source="organiser", now=NOW)

    assert not wrote(work, "anna")
    assert work.answers.counts("case") == {"court": 1}


def test_who_wrote_to_any_target_is_not_reminded(work):
    """What is queued is cancelled, what would be filled later is not; the alert and the closing are not touched."""
    work.run()
    work.tick(NOW + 4 * DAY)
    wrote(work, "anna", at=NOW + 4 * DAY)

    assert work.states("reminder-after-3d")["anna"] == "cancelled"
    assert work.states("reminder-after-3d")["boris"] == "queued"
    work.tick(NOW + 11 * DAY)
    assert "anna" not in work.queued("reminder-before-trial-24h")
    assert work.states()["anna"] == "sent"


@pytest.mark.parametrize("what", ["record", "decline", "report", "undo", "rejoin"])
@pytest.mark.parametrize(("campaign", "whom"), [("none", None), ("case", NOBODY)])
def test_an_answer_of_nobody_or_to_nothing_is_refused(work, what, campaign, whom):
    """An erased supporter's link, or a campaign that never was, writes nothing."""
    whom = whom or work.token_of("anna")
    terms = {
        "record": ("court", "page", NOW), "decline": (NOW,), "report": ("court", "dead", COURT, NOW),
        "undo": ("court",), "rejoin": (),
    }  # fmt: skip

    with pytest.raises(NotFoundError):
        getattr(work.answers, what)(campaign, whom, *terms[what])
    assert counted(work) == []


# --- "Not this case" ------------------------------------------------------------------------------


def test_who_declines_gets_nothing_more_of_this_case(work):
    """Neither what is queued, nor what comes: reminders, news, the closing. Others do."""
    work.run()
    work.tick(NOW + 4 * DAY)

    assert [work.answers.decline("case", work.token_of("anna"), NOW + 4 * DAY) for _ in range(2)] == [True, False]
    assert work.states("reminder-after-3d")["anna"] == "cancelled"
    news = Slot(NOW + 5 * DAY, "news", MailingKind.UPDATE)
    end = Slot(NOW + 6 * DAY, "closing", MailingKind.CLOSING)
    work.campaigns.plan("case", [news, end], run=0, revision=1)
    for slot in work.campaigns.mailings("case")[-2:]:
        while not work.filling.fill_from_alerts(slot, not_before=NOW, deadline=None):
            pass
    others = ["boris", "clara", "dora", "ed"]
    assert (work.queued("news"), work.queued("closing")) == (others, others)


def test_an_alert_does_not_come_to_who_declined_before(work):
    """Also not as a newcomer, who moved into the audience later."""
    work.answers.decline("case", work.token_of("anna"), NOW)
    work.tick()
    assert work.queued() == ["boris", "clara", "dora", "ed"]

    work.join("anna", country="FR", language="fr")
    work.tick(NOW + MINUTE)

    assert "anna" not in work.queued()


def test_declining_one_case_leaves_the_others(work):
    """Only this campaign's letters are cancelled."""
    publish_another(work)
    work.tick()
    work.answers.decline("other", work.token_of("anna"), NOW)

    assert work.states()["anna"] == "queued"
    assert "anna" in work.send()


def test_who_changes_their_mind_gets_what_comes(work):
    """What was cancelled stays so: an alert of last week is no news."""
    anna = work.token_of("anna")
    work.answers.decline("case", anna, NOW)

    assert [work.answers.rejoin("case", anna), work.answers.rejoin("case", anna)] == [True, False]
    work.tick()
    assert "anna" in work.queued()


# --- what one of them told ------------------------------------------------------------------------


def test_a_page_shows_what_its_reader_told(work):
    """Of this campaign, and nobody else's."""
    wrote(work, "anna")
    wrote(work, "anna", "ministry")
    report(work, "anna", "+442079460102", kind="busy")
    work.answers.decline("case", work.token_of("boris"), NOW)

    anna, of = work.token_of("anna"), work.answers.answers_of
    reported = frozenset({("court", "busy", "+442079460102")})
    assert of("case", anna) == Answers(frozenset({"court", "ministry"}), reported=reported)
    assert of("case", work.token_of("boris")) == Answers(declined=True)
    assert of("case", NOBODY) == of("other", anna) == Answers()
    told = [work.people.traces(work.id_of(name)).declined for name in ("anna", "boris")]
    assert told == [frozenset(), {"case"}]


# --- dead channels --------------------------------------------------------------------------------


def test_a_channel_is_dead_after_exactly_three_supporters(work):
    """From the moment of the third; two are not enough, and one who says it again is one."""
    for name, minutes in (("anna", 0), ("anna", 1), ("boris", 2), ("anna", 3)):
        report(work, name, at=NOW + minutes * MINUTE)
    assert work.answers.dead_since("case") == {}

    assert report(work, "dora", at=NOW + 4 * MINUTE)
    assert report(work, "clara", at=NOW + 9 * MINUTE)

    third = NOW + 4 * MINUTE
    assert DEAD_AFTER == 3
    assert work.answers.dead_since("case") == {COURT: third}


def test_who_has_left_takes_no_channel_from_others(work):
    """Three who are not on the list any more report nothing; what they did before they left still counts."""
    assert report(work, "anna")
    for name in ("anna", "boris", "clara"):
        work.people.unsubscribe_by_id(work.token_of(name))

    assert [report(work, name) for name in ("boris", "clara")] == [False, False]
    assert report(work, "clara", kind="busy")
    assert len(work.answers.reported("case")) == 2


def test_one_supporter_who_reports_an_address_of_two_targets_is_one(work):
    """Two offices may share a mailbox."""
    for target in ("court", "prosecutor", "ministry"):
        assert report(work, "anna", target=target)
    report(work, "boris")

    assert work.answers.dead_since("case") == {}


def test_a_line_that_was_busy_is_not_dead(work):
    """Nor is it with two who say that it is."""
    for name in ("anna", "boris", "clara"):
        report(work, name, kind="busy")
    for name in ("dora", "ed"):
        report(work, name)

    assert work.answers.dead_since("case") == {}


def test_a_corrected_address_starts_clean(work):
    """Reports are of an address, not of the office."""
    for name in ("anna", "boris", "clara"):
        report(work, name)
    report(work, "dora", "new@justice.example")

    assert set(work.answers.dead_since("case")) == {COURT}


def test_reports_of_another_campaign_do_not_count(work):
    """Its organisers may know better."""
    publish_another(work)
    for name in ("anna", "boris"):
        report(work, name)
    work.answers.report("other", work.token_of("clara"), "court", "dead", COURT, NOW)

    assert work.answers.dead_since("case") == {}


def test_the_organiser_sees_how_many_reported_what(work):
    """By target, value and kind, with the newest; and can dismiss what is wrong."""
    for name, kind in (("anna", "dead"), ("boris", "dead"), ("dora", "dead"), ("anna", "busy")):
        report(work, name, kind=kind, at=NOW if name == "anna" else NOW + MINUTE)
    report(work, "ed", "ministry@justice.example", target="ministry")

    told = work.answers.reported("case")
    assert told == (
        Reported("court", COURT, ReportKind.BUSY, 1, NOW),
        Reported("court", COURT, ReportKind.DEAD, 3, NOW + MINUTE),
        Reported("ministry", "ministry@justice.example", ReportKind.DEAD, 1, NOW),
    )
    assert [each.is_dead for each in told] == [False, True, False]

    assert [work.answers.dismiss("case", "court"), work.answers.dismiss("case", "court")] == [4, 0]
    assert work.answers.dead_since("case") == {}
    assert [each.target for each in work.answers.reported("case")] == ["ministry"]


def test_a_made_up_kind_of_report_is_refused(work):
    """Nothing that somebody typed becomes a kind."""
    with pytest.raises(ValueError, match="lovely"):
        report(work, "anna", kind="lovely")


# --- retired officials ----------------------------------------------------------------------------


def test_what_is_retired_stays_so_with_its_first_reason(work):
    """Newest first."""
    first = RetiredValue("a@justice.example", "asked on the phone", NOW)

    assert work.answers.retire(first)
    assert not work.answers.retire(RetiredValue("a@justice.example", "again", NOW + DAY))
    assert work.answers.retire(RetiredValue("+442079460102", "by letter", NOW + DAY))
    assert work.answers.retired_values() == {"a@justice.example", "+442079460102"}
    assert work.answers.retirements() == (RetiredValue("+442079460102", "by letter", NOW + DAY), first)


def intents_of(claimed, retirements: int) -> list[Intent]:
    """Return the intents of letters that were composed when so many addresses were retired."""
    return [Intent(each, each.composed_at or NOW, 1, each.revision, retirements) for each in claimed]


@pytest.mark.parametrize("repeats", [False, True])
def test_no_letter_leaves_that_was_composed_before_somebody_was_retired(work, repeats):
    """It goes back as it was, with no try counted, is claimed again at once, and leaves without the address."""
    work.tick()
    if repeats:
        work.send(NOW, Decision(Event.REFUSE_FOR_NOW, NOW))
    claimed = work.claim(limit=2)
    work.answers.retire(RetiredValue(COURT, "asked on the phone", NOW))

    assert work.outbox.commit(intents_of(claimed, 0), [], now=NOW) == frozenset()
    assert {row.state for row in work.rows()} == {State.DEFERRED if repeats else State.QUEUED, State.QUEUED}
    again = work.claim()
    assert len(again) == 5
    assert {each.attempts for each in again} == {1 if repeats else 0}
    assert work.outbox.commit(intents_of(again, 1), [], now=NOW) == {each.id for each in again}


def test_a_letter_that_knew_of_more_than_there_is_leaves(work):
    """Who reads a database that was put back is not held up for ever."""
    work.tick()
    claimed = work.claim()

    assert len(work.outbox.commit(intents_of(claimed, 7), [], now=NOW)) == 5


# --- counts outlive answers -----------------------------------------------------------------------


@pytest.mark.parametrize("keeps", [True, False])
def test_counts_survive_forgetting(work, keeps):
    """Rows of people are gone, also who declined unless more may come; nothing of another campaign."""
    publish_another(work)
    wrote(work, "anna")
    report(work, "boris")
    work.answers.decline("case", work.token_of("clara"), NOW)
    work.answers.record("other", work.token_of("anna"), "court", "page", NOW)
    assert (work.answers.answered(), work.answers.refused()) == ({"case", "other"}, {"case"})

    work.answers.forget("case", declines=not keeps)

    assert work.answers.counts("case") == {"court": 1}
    assert (work.answers.answered(), work.answers.refused()) == ({"other"}, {"case"} if keeps else set())
    assert work.answers.answers_of("case", work.token_of("anna")) == Answers()


def test_counts_survive_an_erasure(work):
    """Answers go with their supporter; that somebody wrote stays counted."""
    wrote(work, "anna")
    report(work, "anna")
    work.answers.decline("case", work.token_of("anna"), NOW)

    work.people.erase("anna@union.example", now=NOW)

    with reading(work.engine) as connection:
        left = [connection.scalar(select(func.count()).select_from(table)) for table in (acted, declined, reports)]
    assert left == [0, 0, 0]
    assert work.answers.counts("case") == {"court": 1}


def test_mails_sent_out_are_those_of_the_real_alert(work):
    """Neither rehearsals nor reminders, nor what is queued."""
    assert work.answers.sent_out("case") == 0
    work.run()
    work.run(NOW + 4 * DAY)
    work.join("gerd")
    work.tick(NOW + 4 * DAY)

    assert len(work.rows()) == 6
    assert work.answers.sent_out("case") == 5


def test_a_closing_has_gone_out_once_nobody_waits_for_it(work):
    """Not while it is filled, nor while one letter waits."""
    work.run()
    assert not work.answers.said_goodbye("case", 0)
    work.campaigns.plan("case", [Slot(NOW, "closing", MailingKind.CLOSING)], run=0, revision=1)
    (slot,) = (each for each in work.campaigns.mailings("case") if each.kind is MailingKind.CLOSING)
    assert not work.answers.said_goodbye("case", 0)

    while not work.filling.fill_from_alerts(slot, not_before=NOW, deadline=None):
        pass
    work.filling.mark_planned(slot)

    assert not work.answers.said_goodbye("case", 0)
    assert len(work.send()) == 5
    assert work.answers.said_goodbye("case", 0)
    assert not work.answers.said_goodbye("case", 1)


# --- what mails tell of letters -------------------------------------------------------------------


def test_a_batch_learns_to_whom_each_of_its_supporters_wrote(work: Casework) -> None:
    """With the moment, in this case only; who wrote to nobody is missing, and so is who is not asked for."""
    wrote(work, "anna")
    wrote(work, "anna", "city", NOW + DAY)
    wrote(work, "boris", at=NOW + MINUTE)
    wrote(work, "clara")
    anna, boris, dora = map(work.id_of, ("anna", "boris", "dora"))

    assert work.answers.letters_of("case", [anna, boris, dora]) == {
        anna: {"court": NOW, "city": NOW + DAY},
        boris: {"court": NOW + MINUTE},
    }
    assert work.answers.letters_of("other", [anna]) == {}
    assert work.answers.letters_of("case", []) == {}
