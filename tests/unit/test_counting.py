"""Are numbers told so that they point at nobody and are never mixed, and answers taken as long as they are kept?"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.cli.results import numbers_in_words, report_in_words, result_lines, result_values
from mailer.core.campaigns import CampaignId, Mailing, MailingId, MailingKind, Status
from mailer.core.counting import (
    A_FEW,
    A_FEW_BELOW,
    DEAD_AFTER,
    Numbers,
    Reported,
    ReportKind,
    Spread,
    numbers_of,
    spread_of,
    told,
)
from mailer.core.deliveries import State
from mailer.core.doubts import Course
from mailer.core.keeping import KEPT_AFTER_END, kept_until, takes_answers
from mailer.core.progress import CampaignRecord
from mailer.core.speed import TimeLeft
from mailer.flows.report import CampaignStatus, MailingStatus
from mailer.flows.results import Result, results_of
from tests.letter_parts import END, NOW, campaign

MOMENT, DAY = timedelta(microseconds=1), timedelta(days=1)
LAUNCHED = CampaignRecord(CampaignId("prisoner-2026"), Status.READY, Status.READY, 1, 1, real_launched_at=NOW)
FAX = "+442079460102"
GONE = f"it is in no letter since {NOW:%Y-%m-%d %H:%M} UTC"
CAME_BACK = {"complaint": 1, "hard": 1_200, "soft": 0}
EARLIER = NOW - timedelta(days=9)
ARRIVED = (
    ("court", "GB", date(2026, 11, 30), 7),
    ("court", "", date(2026, 12, 1), 2),
    ("city", "GB", date(2026, 12, 1), 3),
)
DEAD = Reported("court", FAX, ReportKind.DEAD, DEAD_AFTER, NOW)
ALERT = MailingStatus(
    "alert", MailingKind.ALERT, NOW, rehearsal=False, reason="", counts=dict.fromkeys(State, 0) | {State.SENT: 1_500},
    remaining=0, per_second=0.0, left=TimeLeft(None, None), last_error="", doubts=(), under_way=False,
    course=Course("case", resends=True, sends=True, is_over=False),
)  # fmt: skip
CASE = CampaignStatus(
    "case", Status.READY, "", rehearsal=False, launched_at=NOW, hold_until=NOW, tested_at=None, revision=1,
    mailings=(ALERT,), under_way=False,
)  # fmt: skip

counts = st.one_of(st.integers(0, A_FEW_BELOW + 1), st.integers(0, 10**9))


class Answered:
    """What supporters of the first campaign answered."""

    def counts(self, campaign_id):
        """Return letters by target."""
        return {"court": 12, "city": 3} if campaign_id == "case" else {}

    def reported(self, campaign_id):
        """Return one report."""
        return (DEAD,) if campaign_id == "case" else ()

    def dead_since(self, campaign_id):
        """Return since when what was reported is dead."""
        return {FAX: EARLIER} if campaign_id == "case" else {}

    def copies(self, campaign_id):
        """Return the copies that arrived."""
        return spread_of(ARRIVED if campaign_id == "case" else ())

    def returned(self, campaign_id):
        """Return the mails that came back."""
        return {"alert": CAME_BACK} if campaign_id == "case" else {}

    def held(self, campaign_id):
        """Return what is held."""
        return {}


# --- a few ----------------------------------------------------------------------------------------


@given(counts)
def test_nothing_between_none_and_five_is_counted_out(count):
    """From five on, and of none, the number is told as it is."""
    shown = told(count)

    assert (shown == A_FEW) == (count in (1, 2, 3, 4))
    assert shown in (A_FEW, count)


by_place = st.dictionaries(st.sampled_from(["", "court", "city", "embassy"]), counts)


@given(by_place, by_place, counts)
def test_no_small_count_is_in_words_or_in_json(by_target, copies, sent_out):
    """Neither in total nor by target, country or day; only what we sent ourselves is told to the last mail."""
    numbers = numbers_of(sent_out, by_target, Spread(copies, copies, copies))
    values = result_values(Result(numbers))
    shown = [values["numbers"]["said_sent"], values["numbers"]["copies"], *values["by_target"].values()]
    shown += [count for spread in values["copies"].values() for count in spread.values()]

    assert not {1, 2, 3, 4} & {each for each in shown if isinstance(each, int)}
    assert values["numbers"]["sent_out"] == sent_out
    told_to_people = numbers_in_words(numbers).partition(";")[2].replace(",", "")  # 1,500 is one number
    assert not {"1", "2", "3", "4"} & set(re.findall(r"\d+", told_to_people))


def test_three_numbers_stand_beside_each_other():
    """Mails that left, letters said to be sent, copies: none is added to another."""
    numbers = Numbers(1_500, {"court": 12, "city": 3, "": 1})

    assert (numbers.sent_out, numbers.said_sent, numbers.copies) == (1_500, 16, 0)
    assert numbers_in_words(numbers) == (
        'sent out: 1,500; "I have sent it": 16 (court 12, city a few, office not named a few); copies received: 0'
    )
    assert result_values(Result(numbers)) == {
        "numbers": {"sent_out": 1_500, "said_sent": 16, "copies": 0},
        "copies": {"by_target": {}, "by_country": {}, "by_day": {}},
        "by_target": {"court": 12, "city": "a few", "(no target)": "a few"},
        "returned": {},
        "held": {},
        "reports": [],
    }


def test_copies_are_told_by_target_country_and_day():
    """Each way of counting adds up to the same number, which is no part of the others."""
    numbers = numbers_of(1_500, {"court": 8}, spread_of(ARRIVED))

    assert (numbers.said_sent, numbers.copies) == (8, 12)
    assert numbers_in_words(numbers).endswith('sent it": 8 (court 8); copies received: 12 (city a few, court 9)')
    assert result_values(Result(numbers))["copies"] == {
        "by_target": {"city": "a few", "court": 9},
        "by_country": {"(unknown)": "a few", "GB": 10},
        "by_day": {"2026-11-30": 7, "2026-12-01": 5},
    }


rows = st.tuples(st.sampled_from("ab"), st.sampled_from(["GB", ""]), st.dates(), st.integers(1, 99))


@given(st.lists(rows))
def test_no_copy_is_lost_in_whatever_way_they_are_counted(arrived):
    """By target, by country and by day there are as many."""
    spread = spread_of(arrived)

    totals = {sum(part.values()) for part in (spread.by_target, spread.by_country, spread.by_day)}
    assert totals == {sum(row[3] for row in arrived)}


# --- results --------------------------------------------------------------------------------------


def test_results_are_of_the_real_alert_alone():
    """A rehearsal, a reminder and what is queued are no letters sent out."""
    others = [
        replace(ALERT, rehearsal=True),
        replace(ALERT, kind=MailingKind.REMINDER),
        replace(ALERT, counts=dict.fromkeys(State, 0) | {State.QUEUED: 9, State.SENDING: 1, State.SENT: 7}),
    ]
    found = results_of(
        [replace(CASE, mailings=(*others, ALERT)), replace(CASE, id="other", mailings=())], Answered(), Answered()
    )

    numbers = numbers_of(1_507, {"court": 12, "city": 3}, spread_of(ARRIVED))
    assert found["case"] == Result(numbers, (DEAD,), {FAX: EARLIER}, {"alert": CAME_BACK})
    assert found["other"] == Result(Numbers())


def test_nothing_is_said_of_a_campaign_that_nobody_was_written_of():
    """A line of three noughts helps nobody; a report is told all the same."""
    assert result_lines(Result(Numbers())) == []
    assert len(result_lines(Result(Numbers(sent_out=1)))) == 1
    assert len(result_lines(Result(Numbers(), (DEAD,)))) == 1


RETURNED = replace(DEAD, kind=ReportKind.RETURNED, supporters=1)


def test_what_came_back_is_told_for_each_mailing():
    """These are our own mails: told to the last one, and of what there is none nothing."""
    result = Result(Numbers(), returned={"alert": CAME_BACK, "day-1": {"soft": 3}})

    assert result_lines(result) == [
        "alert came back: 1,200 for good, 1 reported as spam",
        "day-1 came back: 3 for now",
    ]
    assert result_values(result)["returned"] == {"alert": CAME_BACK, "day-1": {"soft": 3}}


@pytest.mark.parametrize(
    ("report", "words"),
    [
        (DEAD, f"court, {FAX}: does not work, say 3 supporters: {GONE}"),
        (replace(DEAD, supporters=1), f"court, {FAX}: does not work, say 1 supporter; 3 take it out of the letters"),
        (replace(DEAD, kind=ReportKind.BUSY, supporters=9), f"court, {FAX}: 9 supporters could not get through"),
        (replace(DEAD, value="1 St\nAstana"), "court, 1 St / Astana: does not work, say 3 supporters: " + GONE),
        (RETURNED, f"court, {FAX}: does not work, says a mail system in what 1 supporter forwarded: {GONE}"),
    ],
)  # fmt: skip
def test_a_report_says_what_follows_from_it(report, words):
    """Three who say that it is dead take it out, or one mail system; a busy line stays, however many say so."""
    assert report_in_words(report, NOW if report.is_dead else None) == words
    assert report.is_dead == ("no letter" in words)


def test_it_is_told_since_when_a_channel_is_dead():
    """That is when the word was enough, not when the last one said so too; who said it alone is told with it."""
    told_now = result_lines(Result(Numbers(), (DEAD, replace(DEAD, supporters=1)), {FAX: EARLIER}))
    values = result_values(Result(Numbers(), (DEAD, replace(DEAD, value="other")), {FAX: EARLIER}))["reports"]

    assert all(line.endswith(f"in no letter since {EARLIER:%Y-%m-%d %H:%M} UTC") for line in told_now)
    assert [(each["dead"], each["dead_since"]) for each in values] == [(True, EARLIER), (True, None)]


# --- how long answers are kept --------------------------------------------------------------------


def test_answers_are_taken_until_they_would_be_forgotten():
    """Thirty days after letters stopped mattering; what came later would be counted twice."""
    last = END + KEPT_AFTER_END
    case = campaign()

    assert KEPT_AFTER_END == 30 * DAY
    assert kept_until(case, LAUNCHED) == last
    assert takes_answers(case, LAUNCHED, last - MOMENT)
    assert not takes_answers(case, LAUNCHED, last)


def test_without_a_deadline_the_end_counts_from_the_alert():
    """Three weeks after the launch, or after the alert's own time if that is later."""
    endless = campaign(write_until=None)
    scheduled = replace(endless, mailings=(Mailing(MailingId("alert"), MailingKind.ALERT, at=NOW + 2 * DAY),))

    assert kept_until(endless, LAUNCHED) == NOW + 51 * DAY
    assert kept_until(scheduled, LAUNCHED) == NOW + 53 * DAY


def test_a_rehearsal_counts_from_its_own_launch_and_what_was_never_launched_has_no_end():
    """Nothing of it is kept for ever once it was launched."""
    rehearsed = replace(LAUNCHED, real_launched_at=None, hold_until=NOW + DAY)

    assert kept_until(campaign(write_until=None), rehearsed) == NOW + 52 * DAY
    assert kept_until(campaign(), replace(LAUNCHED, real_launched_at=None)) is None
    assert takes_answers(campaign(), replace(LAUNCHED, real_launched_at=None), END + 99 * DAY)


@pytest.mark.parametrize("status", Status)
def test_a_closed_campaign_takes_no_answers(status):
    """One that was stopped does: who wrote before may say so."""
    assert takes_answers(campaign(), replace(LAUNCHED, status=status), NOW) == (status is not Status.CLOSED)
