"""Has a letter a lease exactly while it is in a sender's hands? Each step of the queue, over real databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from mailer.adapters.store.claiming import TAKEN
from mailer.adapters.store.engine import writing
from mailer.adapters.store.recovery import settle_stalled
from mailer.adapters.store.states import IN_HAND, after
from mailer.adapters.store.tables import deliveries
from mailer.core.campaigns import Status
from mailer.core.deliveries import LEASE, MOST_RECOVERIES, TRANSITIONS, Event
from mailer.core.verdicts import Decision
from mailer.flows.outbox import Ack
from tests.casework import AFTER, ALERT, Casework, case
from tests.databases import NOW

LATER = NOW + timedelta(hours=1)
LOSE = Decision(Event.LOSE)
ENDS = {
    "sent": Decision(Event.ACCEPT),
    "deferred": Decision(Event.REFUSE_FOR_NOW, LATER),
    "failed": Decision(Event.REFUSE),
    "uncertain": LOSE,
    "expired": Decision(Event.EXPIRE),
}


@pytest.fixture
def dead():
    """The names of workers that are gone."""
    return set()


@pytest.fixture
def work(tmp_path, dead, store_url):
    """Five alerts in the queue."""
    work = Casework(tmp_path, is_dead=dead.__contains__, url=store_url)
    work.join(*"abcde")
    work.launch(case(ALERT, AFTER))
    work.tick()
    return work


def leased(work: Casework, **expected: str) -> list[str]:
    """Return whose letters have a lease; all are in the states that are expected."""
    assert work.states() == {name: state for state, names in expected.items() for name in names}
    return work.names(row.supporter_id for row in work.rows() if row.lease_until is not None)


@pytest.mark.parametrize(("state", "event"), TRANSITIONS)
def test_every_step_gives_takes_or_leaves_the_lease_as_its_state_says(state, event):
    """Whatever step is written: a claim gives a lease, an intent leaves it, and what ends a hold takes it away."""
    held = {"lease_until": LATER if state in IN_HAND else None}
    written = held | (TAKEN if event is Event.CLAIM else after(state, event, {"reply": "why"}))

    assert written["state"] == TRANSITIONS[state, event]
    assert (written["lease_until"] is not None) == (written["state"] in IN_HAND)


def test_a_lease_is_given_by_a_claim_and_kept_by_an_intent(work):
    """It lasts for as long as the claim says."""
    assert leased(work, queued="abcde") == []
    claimed = work.claim(limit=3)
    assert leased(work, claimed="abc", queued="de") == list("abc")
    work.intend(claimed[:2])

    assert leased(work, sending="ab", claimed="c", queued="de") == list("abc")
    assert {row.lease_until for row in work.rows()[:3]} == {NOW + LEASE}


@pytest.mark.parametrize(("state", "decision"), ENDS.items())
def test_whatever_becomes_of_a_letter_ends_its_lease(work, state, decision):
    """Accepted, refused, lost or too late: the others of the same claim keep theirs."""
    claimed = work.claim()
    work.intend(claimed)
    work.settle(claimed[:2], decision)

    assert leased(work, **{state: "ab", "sending": "cde"}) == list("cde")


def test_a_claim_that_is_given_back_or_refused_has_no_lease(work):
    """Before anything was written to a relay."""
    claimed = work.claim()
    acks = [Ack(claimed[0], Decision(Event.RELEASE, counts_as_attempt=False)), Ack(claimed[1], ENDS["deferred"])]
    work.outbox.commit([], [*acks, Ack(claimed[2], ENDS["failed"])], now=NOW)

    assert leased(work, queued="a", deferred="b", failed="c", claimed="de") == list("de")


def test_a_refused_intent_ends_the_lease(work):
    """It goes back, is barred or cancelled; one that was granted before, and nobody heard of it, as well."""
    claimed = work.claim()
    work.intend(claimed[:1])
    work.suppress("b")
    work.decline("c")
    work.hold(Status.PAUSED)
    work.intend(claimed)

    assert leased(work, deferred="a", suppressed="b", cancelled="c", queued="de") == []


def test_a_lost_letter_keeps_its_claim_but_no_lease_and_its_resend_neither(work):
    """A late ack finds it by its claim; nobody is searched for who might hold it."""
    claimed = work.claim()
    work.intend(claimed)
    work.settle(claimed, LOSE)
    assert leased(work, uncertain="abcde") == []
    assert {(row.worker, row.claim) for row in work.rows()} == {("one", claimed[0].claim)}
    for each, decision in zip(claimed, (ENDS["sent"], ENDS["deferred"], ENDS["failed"], ENDS["expired"]), strict=False):
        work.settle([each], decision)
    assert leased(work, sent="a", deferred="b", failed="c", expired="d", uncertain="e") == []
    assert work.outbox.recover(now=LATER) == 1

    assert leased(work, sent="a", deferred="b", failed="c", expired="d", queued="e") == []
    assert {(row.worker, row.claim) for row in work.rows()} == {("", "")}


@pytest.mark.parametrize(("rule", "after"), [("hold", "uncertain"), ("resend", "queued")])
def test_what_a_dead_sender_held_has_no_lease(work, dead, rule, after):
    """What it claimed goes back; what it was sending is in doubt, or handed over again."""
    work.campaigns.publish(case(ALERT, AFTER, on_uncertain=rule), now=NOW)
    work.intend(work.claim(limit=4, worker="gone")[:2])
    work.claim(worker="alive")
    dead.add("gone")
    work.outbox.recover(now=NOW)

    states = {"uncertain": "ab", "queued": "cd"} if after == "uncertain" else {"queued": "abcd"}
    assert leased(work, **states, claimed="e") == ["e"]


@pytest.mark.parametrize(("resent", "after"), [(False, "failed"), (True, "uncertain")])
def test_poison_has_no_lease(work, dead, resent, after):
    """It fails, or stays in doubt where an earlier sender may have got it through."""
    work.claim(worker="gone", limit=1)
    work.claim(worker="alive")
    dead.add("gone")
    first = update(deliveries).where(deliveries.c.supporter_id == work.id_of("a"))
    with writing(work.engine) as connection:
        connection.execute(first.values(recoveries=MOST_RECOVERIES, resent=resent))
    work.outbox.recover(now=NOW)

    assert leased(work, **{after: "a", "claimed": "bcde"}) == list("bcde")


def test_what_a_silent_sender_held_has_no_lease(work):
    """What it may be sending is left in doubt; when it wakes it tells what it did, by its claim."""
    claimed = work.claim(limit=4)
    work.intend(claimed[:2])
    with writing(work.engine) as connection:
        assert settle_stalled(connection, ["one"], NOW) == 4
    assert leased(work, uncertain="ab", queued="cde") == []
    work.settle(claimed[:1])

    assert leased(work, sent="a", uncertain="b", queued="cde") == []


def test_who_leaves_and_what_is_stopped_ends_the_lease_of_a_claim(work):
    """What is being sent stays in its sender's hands."""
    work.intend(work.claim(limit=4)[:1])
    work.people.unsubscribe("b@union.example")
    assert leased(work, sending="a", suppressed="b", claimed="cd", queued="e") == list("acd")
    work.campaigns.set_status("case", Status.STOPPED, now=NOW)

    assert leased(work, sending="a", suppressed="b", cancelled="cde") == ["a"]
