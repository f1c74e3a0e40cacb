"""Are answers deleted in time, and not before? A campaign lived through to its end, and what is left of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from mailer.adapters.store.engine import reading
from mailer.adapters.store.tables import acted, copies, declined, reports
from mailer.core.campaigns import Status
from mailer.core.counting import Answers, ReportKind
from mailer.core.deliveries import Event, State
from mailer.core.enrolment import Applicant
from mailer.core.incoming import Copied, Finding, Letter, Matter, Place
from mailer.core.verdicts import Decision
from mailer.errors import NotFoundError
from mailer.flows.answer import Answering, record_action
from mailer.flows.forgetting import Forgetting
from tests.casework import AFTER, ALERT, CLOSING, END, Casework, case
from tests.databases import NOW, enter_all

DAY, MOMENT = timedelta(days=1), timedelta(microseconds=1)
LAST = END + 30 * DAY
COURT = "court@justice.example"
EVERYTHING, NOTHING = (1, 1, 1), (0, 0, 0)
LATER = Decision(Event.REFUSE_FOR_NOW, NOW + DAY)


class Life:
    """A case with three people: one wrote, one does not want it, one reported a dead address."""

    def __init__(self, work: Casework) -> None:
        self.work = work
        self.answering = Answering(work.answers, work.campaigns)
        self.forgetting = Forgetting(work.campaigns, work.answers, work.incoming)
        work.join("anna", "boris", "clara")
        work.launch(case(ALERT, AFTER, closing=CLOSING))
        work.run()
        self.answer(NOW)

    def answer(self, now) -> list[bool]:
        """Let each tell what they have to tell."""
        of, token = self.answering, self.work.token_of
        return [
            of.sent("case", token("anna"), "court", now=now),
            of.decline("case", token("boris"), now=now),
            of.report("case", token("clara"), "court", ReportKind.DEAD, COURT, now=now),
        ]

    def tick(self, now) -> tuple[int, ...]:
        """Do what the daemon does; return how many actions, declines and reports are left."""
        self.work.tick(now)
        self.forgetting.tick(now)
        with reading(self.work.engine) as connection:
            tables = (acted, declined, reports)
            return tuple(connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables)

    def close(self, now) -> None:
        """Close the case."""
        self.work.campaigns.set_status("case", Status.CLOSED, now=now)


@pytest.fixture
def life(tmp_path, store_url) -> Life:
    """A case in the middle of its life, on each database."""
    return Life(Casework(tmp_path, url=store_url))


# --- forgetting -----------------------------------------------------------------------------------


def test_answers_are_kept_until_the_closing_has_gone_out(life):
    """Not while it is being filled, nor while a letter of it waits to be tried again."""
    assert life.tick(NOW + DAY) == EVERYTHING
    life.close(NOW + 2 * DAY)
    assert life.tick(NOW + 2 * DAY) == EVERYTHING

    assert life.work.queued("closing") == ["anna", "clara"]
    life.work.send(NOW + 2 * DAY, LATER)
    assert life.tick(NOW + 2 * DAY) == EVERYTHING

    assert life.work.send(NOW + 4 * DAY) == ["anna", "clara"]
    assert life.tick(NOW + 4 * DAY) == NOTHING
    assert life.work.answers.counts("case") == {"court": 1}


def test_who_did_not_want_the_case_does_not_get_its_closing_after_a_tick_either(life):
    """Forgetting comes last."""
    life.close(NOW + 2 * DAY)
    for hours in range(3):
        life.tick(NOW + 2 * DAY + timedelta(hours=hours))
        life.work.send(NOW + 2 * DAY + timedelta(hours=hours))
    life.tick(NOW + 3 * DAY)

    assert life.work.states("closing") == {"anna": State.SENT, "clara": State.SENT}


def test_without_a_closing_actions_and_reports_go_thirty_days_after_the_end(life):
    """Who does not want the case is remembered for as long as something may come."""
    assert life.tick(LAST - MOMENT) == EVERYTHING
    assert life.tick(LAST) == (0, 1, 0)
    assert life.tick(LAST + 300 * DAY) == (0, 1, 0)
    assert life.work.answers.counts("case") == {"court": 1}

    life.close(LAST + 300 * DAY)
    life.tick(LAST + 300 * DAY)
    assert life.work.queued("closing") == ["anna", "clara"]
    life.work.send(LAST + 300 * DAY)
    assert life.tick(LAST + 301 * DAY) == NOTHING


def test_a_campaign_that_was_moved_on_is_kept_by_its_new_end(life):
    """The current revision says when it ends."""
    life.tick(LAST - MOMENT)
    life.work.campaigns.publish(case(ALERT, AFTER, write_until=END + 9 * DAY), now=LAST - MOMENT)

    assert life.tick(LAST) == EVERYTHING
    assert life.tick(LAST + 9 * DAY) == (0, 1, 0)


def test_a_campaign_that_was_only_rehearsed_is_forgotten_too(tmp_path):
    """With the closing of its rehearsal, or in time."""
    work = Casework(tmp_path)
    work.join("anna")
    work.launch(case(ALERT, closing=CLOSING), rehearsal=True)
    work.run(rehearsal=True)
    work.people.record_action("case", "anna@union.example", target="court", source="organiser", now=NOW)
    forgetting = Forgetting(work.campaigns, work.answers, work.incoming)
    work.campaigns.set_status("case", Status.CLOSED, now=NOW + DAY)
    forgetting.tick(NOW + DAY)
    assert work.answers.answered() == {"case"}

    work.run(NOW + DAY, rehearsal=True)
    work.tick(NOW + DAY, rehearsal=True)
    forgetting.tick(NOW + DAY)

    assert work.answers.answered() == frozenset()


def test_a_tick_without_anything_to_forget_writes_nothing(life):
    """A daemon that ticks every five seconds for a year is in nobody's way."""
    life.tick(LAST)

    class Answered:
        """The answers, which may not be forgotten now."""

        answered, refused = life.work.answers.answered, life.work.answers.refused
        said_goodbye = life.work.answers.said_goodbye

        def forget(self, campaign_id, *, declines=True):
            raise AssertionError(campaign_id)

    Forgetting(life.work.campaigns, Answered(), life.work.incoming).tick(LAST + DAY)


def test_what_came_to_the_mailbox_goes_by_its_age(life):
    """Thirty days after it was moved its event decides about nothing; what waits for people stays."""
    mailbox = life.work.incoming
    found = {"1": Finding(Matter.OURS, Place.PROCESSED), "2": Finding(Matter.REPLY, Place.INBOX)}
    mailbox.keep("mailbox", found, NOW)

    life.tick(NOW + 30 * DAY)
    assert [each.matter for each in mailbox.waiting()] == [Matter.OURS, Matter.REPLY]
    life.tick(NOW + 30 * DAY + MOMENT)
    assert [each.matter for each in mailbox.waiting()] == [Matter.REPLY]


def test_whose_copy_came_is_forgotten_with_the_answers(life):
    """How many came stays."""
    copied = Copied(life.work.token_of("anna"), (Letter("case", "court"),))
    life.work.incoming.keep("mailbox", {"1": Finding(Matter.COPY, Place.GONE, copied)}, NOW)
    life.work.answers.undo("case", life.work.token_of("anna"), "court")

    life.tick(LAST)

    with reading(life.work.engine) as connection:
        assert connection.execute(select(copies)).all() == []
    assert life.work.answers.copies("case").by_target == {"court": 1}


# --- what is taken --------------------------------------------------------------------------------


def test_what_comes_too_late_is_not_kept_and_says_so(life):
    """After the last day, and after the closing: it would be counted, forgotten, and counted once more."""
    assert life.answer(LAST - MOMENT) == [True, True, True]
    assert life.answer(LAST) == [False, False, False]
    assert not life.answering.undo("case", life.work.token_of("anna"), "court", now=LAST)
    assert life.work.answers.counts("case") == {"court": 1}

    life.close(NOW + 2 * DAY)
    assert life.answer(NOW + 2 * DAY) == [False, False, False]


def test_who_declines_before_the_closing_leaves_does_not_get_it(life):
    """Its letters are queued already; that nothing more comes is a promise to the last."""
    life.close(NOW + 2 * DAY)
    life.work.tick(NOW + 2 * DAY)

    assert not life.answering.decline("case", life.work.token_of("anna"), now=NOW + 2 * DAY)
    assert life.work.states("closing") == {"anna": State.CANCELLED, "clara": State.QUEUED}


def test_answers_can_be_taken_back_while_they_are_taken(life):
    """Somebody pressed the wrong button."""
    anna, boris = life.work.token_of("anna"), life.work.token_of("boris")

    assert life.answering.undo("case", anna, "court", now=NOW)
    assert life.answering.rejoin("case", boris, now=NOW)
    assert life.work.answers.answers_of("case", anna) == life.work.answers.answers_of("case", boris) == Answers()
    assert life.work.answers.counts("case") == {}


@pytest.mark.parametrize(
    ("campaign", "target", "value", "told"),
    [
        ("none", "court", COURT, "no published campaign"),
        ("case", "nobody", COURT, "no target 'nobody'"),
        ("case", "court", "court@else.example", "no such channel"),
    ],
)
def test_an_answer_about_what_there_is_not_is_refused(life, campaign, target, value, told):
    """By pages as by an organiser; what somebody made up is not repeated."""
    token = life.work.token_of("clara")
    with pytest.raises(NotFoundError, match=told) as refused:
        life.answering.report(campaign, token, target, ReportKind.DEAD, value, now=NOW)
    assert value not in str(refused.value)
    if value == COURT:
        with pytest.raises(NotFoundError, match=told):
            life.answering.sent(campaign, token, target, now=NOW)
        of = {"store": life.work.people, "campaigns": life.work.campaigns, "now": NOW}
        with pytest.raises(NotFoundError, match=told):
            record_action(campaign, "anna@union.example", target=target, **of)


# --- nobody is named ------------------------------------------------------------------------------


def test_nobody_can_be_read_out_of_the_counts(tmp_path):
    """After an erasure neither name, address nor any id of a canary is in a file of the database."""
    work = Casework(tmp_path / "data")
    enter_all(work.people, Applicant("zaunkoenig@canary.example", name="Zaunkönig Canary", country="GB"))
    standing = work.people.standing("zaunkoenig@canary.example").supporter
    assert standing is not None
    work.launch()
    work.answers.record("case", standing.public_id, "court", "page", NOW)
    work.answers.report("case", standing.public_id, "court", "dead", COURT, NOW)
    work.people.erase("zaunkoenig@canary.example", now=NOW)
    work.engine.dispose()

    content = b"".join(file.read_bytes() for file in (tmp_path / "data").iterdir() if file.is_file())
    assert standing.public_id not in content
    assert b"canary" not in content.lower()
    assert work.answers.counts("case") == {"court": 1}
