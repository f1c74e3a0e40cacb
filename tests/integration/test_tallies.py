"""Do the numbers of `status` agree with the rows? Tallies over real databases, and how they are read."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, insert, text

from mailer.adapters.store.engine import writing
from mailer.adapters.store.tables import buckets, deliveries
from mailer.adapters.store.tallies import SqlTallies
from mailer.core.campaigns import MailingKind
from mailer.core.deliveries import Event, State
from mailer.core.doubts import Doubt
from mailer.core.schedule import Slot
from mailer.core.speed import STILL, Flow
from mailer.core.verdicts import Decision
from mailer.flows.outbox import Ack
from mailer.flows.report import ClosedGate, Tally
from tests.casework import AFTER, ALERT, Casework, case, unwatch
from tests.databases import NOW, in_state, make_campaign

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
LOSE = Decision(Event.LOSE)


@pytest.fixture
def work(tmp_path, store_url):
    """Five alerts, and a reminder's slot."""
    work = Casework(tmp_path, url=store_url)
    work.join(*"abcde")
    work.launch(case(ALERT, AFTER))
    work.tick()
    return work


def tally(work, mailing=1, now=NOW, campaign="case") -> Tally:
    """Return what is known of a mailing."""
    return SqlTallies(work.engine).of(campaign, now=now)[mailing]


def settle(work, delivery, decision, reply="", now=NOW) -> None:
    """Write what became of a letter whose intent was granted."""
    work.outbox.commit([], [Ack(in_state(delivery, State.SENDING), decision, reply)], now=now)


def test_each_state_of_each_mailing_is_counted(work):
    """What was sent, is being sent and waits, by the mailing's row; states that nobody is in are left out."""
    claimed = work.claim(limit=3)
    work.intend(claimed[:2])
    work.settle(claimed[:1])

    assert tally(work).counts == {State.SENT: 1, State.SENDING: 1, State.CLAIMED: 1, State.QUEUED: 2}


def test_a_mailing_without_deliveries_has_nothing_to_tell(work):
    """A slot that is planned and empty has no counts; a campaign that is not there has no mailings."""
    work.campaigns.plan("case", [Slot(NOW, AFTER.id, MailingKind.REMINDER)], run=0, revision=1)

    assert tally(work, 2) == Tally({}, STILL, "", ())
    assert SqlTallies(work.engine).of("other", now=NOW) == {}


def test_rehearsals_are_counted_apart(work):
    """Each run has a row of its own."""
    work.send()
    work.campaigns.approve("case", rehearsal=True, now=NOW, hold_until=NOW)
    work.tick(rehearsal=True)

    runs = {slot.row: slot.run for slot in work.campaigns.mailings("case")}
    found = SqlTallies(work.engine).of("case", now=NOW)
    assert {runs[row]: one.counts for row, one in found.items()} == {0: {State.SENT: 5}, 2: {State.QUEUED: 5}}


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(st.sampled_from(list(State)), st.integers(1, 2)), max_size=12))
def test_counts_are_those_of_the_rows(tmp_path_factory, new_store_url, rows):
    """Whatever is in the outbox, every row is counted once, and no other campaign's."""
    work = Casework(tmp_path_factory.mktemp("tallies"), url=new_store_url())
    make_campaign(work.engine)
    make_campaign(work.engine, "other")
    unwatch(work.engine, "begins")
    drawn = [(state, mailing) for state, mailing in rows] + [(State.SENT, 3)]
    with writing(work.engine) as connection:
        filled = [
            {"mailing": mailing, "supporter_id": n, "state": state, "rehearsal": False, "not_before": NOW}
            for n, (state, mailing) in enumerate(drawn)
        ]
        connection.execute(insert(deliveries), filled)
    found = SqlTallies(work.engine).of("case", now=NOW)
    work.engine.dispose()

    told = {(state, mailing): n for mailing, one in found.items() for state, n in one.counts.items()}
    assert told == Counter(rows)
    assert {mailing: len(one.doubts) for mailing, one in found.items()} == {
        mailing: rows.count((State.UNCERTAIN, mailing)) for mailing in (1, 2)
    }


def test_the_flow_is_that_of_the_letters(work):
    """How many left in the last minute, when the first and the last did, and when those that wait may leave."""
    assert tally(work).flow == Flow(0, None, None, NOW, NOW)
    claimed = work.claim()
    work.intend(claimed)
    for number, delivery in enumerate(claimed[:3]):
        settle(work, delivery, Decision(Event.ACCEPT), now=NOW + number * 40 * SECOND)
    settle(work, claimed[3], Decision(Event.REFUSE_FOR_NOW, NOW + HOUR), "451 later")

    later = NOW + 100 * SECOND
    assert tally(work, now=later).flow == Flow(1, NOW, NOW + 80 * SECOND, NOW + HOUR, NOW + HOUR)
    assert tally(work, now=later - 2 * SECOND).flow.lately == 2


def test_the_newest_reply_that_was_no_acceptance_is_told(work):
    """By the moment of the reply, not by the letter's number; what was sent in the end has nothing to tell."""
    claimed = work.claim()
    work.intend(claimed)
    defer = Decision(Event.REFUSE_FOR_NOW, NOW + HOUR)
    for delivery, reply, after in zip(
        claimed, ["450 greylisted", "452 full", "451 try later"], [2, 3, 1], strict=False
    ):
        settle(work, delivery, defer, reply, NOW + after * SECOND)
    assert tally(work).last_reply == "452 full"

    (again,) = [each for each in work.claim(NOW + HOUR) if each.id == claimed[1].id]
    work.intend([again], NOW + HOUR)
    settle(work, again, Decision(Event.ACCEPT), "", NOW + HOUR)
    assert tally(work).last_reply == "450 greylisted"


# --- letters in doubt -----------------------------------------------------------------------------


def test_a_lost_letter_is_told_with_its_supporters_public_id(work):
    """Since when and why; neither name nor address can be told, because they are not asked for."""
    claimed = work.claim()
    work.intend(claimed)
    settle(work, claimed[0], LOSE, "connection lost", NOW + SECOND)
    (person,) = work.people.load_many([claimed[0].supporter_id])

    (doubt,) = tally(work).doubts
    assert doubt == Doubt(
        claimed[0].id, person.public_id.hex(), State.UNCERTAIN, resent=False, since=NOW + SECOND, not_before=NOW,
        why="connection lost",
    )  # fmt: skip


def test_a_letter_that_went_out_twice_stays_in_the_list(work):
    """Since it was first handed over, also when the second time was accepted and nobody is left to tell why."""
    claimed = work.claim()
    work.intend(claimed)
    settle(work, claimed[0], LOSE, "connection lost", NOW + SECOND)
    work.settle(claimed[1:])
    work.outbox.recover(now=NOW + HOUR)
    assert [(each.state, each.resent) for each in tally(work).doubts] == [(State.QUEUED, True)]
    work.send(NOW + HOUR)

    (doubt,) = tally(work).doubts
    assert (doubt.delivery, doubt.state, doubt.resent) == (claimed[0].id, State.SENT, True)
    assert (doubt.since, doubt.why) == (NOW, "")
    assert tally(work).counts == {State.SENT: 5}


def test_a_lost_letter_to_somebody_who_was_erased_has_no_public_id(work):
    """The delivery's number is all that is left of it."""
    claimed = work.claim()
    work.intend(claimed)
    settle(work, claimed[0], LOSE, "connection lost")
    name = work.names([claimed[0].supporter_id])[0]
    with writing(work.engine) as connection:  # the row alone, as an erasure of another version may leave it
        connection.execute(text("DELETE FROM supporters WHERE id = :id"), {"id": work.id_of(name)})

    assert [(each.delivery, each.supporter) for each in tally(work).doubts] == [(claimed[0].id, "")]


# --- gates ----------------------------------------------------------------------------------------


def test_relays_and_provider_groups_that_wait_are_told(work):
    """A gate that is open again is not, and neither is a campaign's pace."""
    closed = {"relay:smtp://mail.example:587|google": 1, "relay:smtp://mail.example:587": 2, "relay:old": 0}
    rows = [
        {"name": name, "tokens": 0.0, "filled_at": NOW, "closed_until": NOW + hours * HOUR}
        for name, hours in (closed | {"campaign:case": 1}).items()
    ]
    with writing(work.engine) as connection:
        connection.execute(insert(buckets), rows)

    assert SqlTallies(work.engine).gates(now=NOW) == (
        ClosedGate("smtp://mail.example:587", "", NOW + 2 * HOUR),
        ClosedGate("smtp://mail.example:587", "google", NOW + HOUR),
    )


# --- how it is read -------------------------------------------------------------------------------


def test_every_number_is_read_from_an_index(tmp_path):
    """No question walks through the deliveries: `status --watch` asks each second, beside a sender."""
    work = Casework(tmp_path)
    asked = []
    event.listen(work.engine, "before_cursor_execute", lambda *call: asked.append((call[2], call[3])))
    SqlTallies(work.engine).of("case", now=NOW)
    with work.engine.connect() as connection:
        steps = [
            row[3]
            for statement, parameters in asked
            if "deliveries" in statement and not statement.startswith("EXPLAIN")
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]

    of_deliveries = [step for step in steps if "deliveries" in step]
    used = {name for name in INDEXES for step in of_deliveries if f"INDEX {name} " in f"{step} "}
    assert used == INDEXES
    scans = {step for step in steps if step.startswith("SCAN deliveries")}
    assert scans == {"SCAN deliveries USING INDEX ix_deliveries_held"}  # of the few that are in senders' hands
    counting = next(step for step in of_deliveries if "ix_deliveries_mailing_state" in step)
    assert "COVERING" in counting


INDEXES = {
    "ix_deliveries_mailing_state",
    "ix_deliveries_held",
    "ix_deliveries_doubtful",
    "ix_deliveries_replied",
    "ix_deliveries_sent",
    "ix_deliveries_claim",
}
