"""Do the counts of `status` agree with the rows? Tallies over a real SQLite file."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, text

from mailer.adapters.store.engine import writing
from mailer.adapters.store.tables import deliveries
from mailer.adapters.store.tallies import SqlTallies
from mailer.core.campaigns import MailingKind
from mailer.core.deliveries import Decision, Event, State
from mailer.core.schedule import Slot
from mailer.flows.outbox import Ack
from tests.casework import AFTER, ALERT, Casework, case
from tests.databases import NOW, make_campaign


@pytest.fixture
def work(tmp_path):
    """Five alerts, and a reminder's slot."""
    work = Casework(tmp_path)
    work.join(*"abcde")
    work.launch(case(ALERT, AFTER))
    work.tick()
    return work


def test_each_state_of_each_mailing_is_counted(work):
    """What was sent, is being sent and waits, by the mailing's row; states that nobody is in are left out."""
    claimed = work.claim(limit=3)
    work.intend(claimed[:2])
    work.settle(claimed[:1])

    assert SqlTallies(work.engine).counts("case") == {
        1: {State.SENT: 1, State.SENDING: 1, State.CLAIMED: 1, State.QUEUED: 2}
    }


def test_a_mailing_without_deliveries_is_not_counted(work):
    """A slot that is planned and empty has no counts, and neither has a campaign that is not there."""
    work.campaigns.plan("case", [Slot(NOW, AFTER.id, MailingKind.REMINDER)], run=0, revision=1)

    assert set(SqlTallies(work.engine).counts("case")) == {1}
    assert SqlTallies(work.engine).counts("other") == {}


def test_rehearsals_are_counted_apart(work):
    """Each run has a row of its own."""
    work.send()
    work.campaigns.approve("case", rehearsal=True, now=NOW, hold_until=NOW)
    work.tick(rehearsal=True)

    runs = {slot.row: slot.run for slot in work.campaigns.mailings("case")}
    counted = {runs[row]: counts for row, counts in SqlTallies(work.engine).counts("case").items()}
    assert counted == {0: {State.SENT: 5}, 2: {State.QUEUED: 5}}


@settings(max_examples=15)
@given(rows=st.lists(st.tuples(st.sampled_from(list(State)), st.integers(1, 2)), max_size=12))
def test_counts_are_those_of_the_rows(tmp_path_factory, rows):
    """Whatever is in the outbox, every row is counted once, and no other campaign's."""
    work = Casework(tmp_path_factory.mktemp("tallies"))
    make_campaign(work.engine)
    make_campaign(work.engine, "other")
    drawn = [(state, mailing) for state, mailing in rows] + [(State.SENT, 3)]
    with writing(work.engine) as connection:
        connection.execute(text("DROP TRIGGER begins"))
        filled = [
            {"mailing": mailing, "supporter_id": n, "state": state, "rehearsal": False, "not_before": NOW}
            for n, (state, mailing) in enumerate(drawn)
        ]
        connection.execute(insert(deliveries), filled)
    counted = SqlTallies(work.engine).counts("case")
    work.engine.dispose()

    told = {(state, mailing): n for mailing, states in counted.items() for state, n in states.items()}
    assert told == Counter(rows)


def test_the_last_reply_that_was_no_acceptance_is_told(work):
    """An organiser sees why letters fail; what was sent in the end has nothing to tell."""
    claimed = work.claim()
    work.intend(claimed)
    defer = Decision(Event.REFUSE_FOR_NOW, NOW + timedelta(hours=1))
    told = ["", "451 try later", "450 greylisted", "452 full", ""]
    acks = [Ack(replace(each, state=State.SENDING), defer, reply) for each, reply in zip(claimed, told, strict=True)]
    work.outbox.commit([], acks, now=NOW)
    assert SqlTallies(work.engine).last_replies("case") == {1: "452 full"}

    (again,) = [each for each in work.claim(NOW + timedelta(hours=1)) if each.id == claimed[3].id]
    work.intend([again], NOW + timedelta(hours=1))
    accepted = Ack(replace(again, state=State.SENDING), Decision(Event.ACCEPT), "250 2.0.0 ok")
    work.outbox.commit([], [accepted], now=NOW)
    assert SqlTallies(work.engine).last_replies("case") == {1: "450 greylisted"}
    assert SqlTallies(work.engine).last_replies("other") == {}
