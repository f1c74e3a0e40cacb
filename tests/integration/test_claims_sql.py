"""Who gets how much of a batch, what holds it back, and does anything wait for anything for ever?"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import event, insert, update

from mailer.adapters.store.engine import open_engine, writing
from mailer.adapters.store.liveness import Liveness
from mailer.adapters.store.outbox import SqlOutbox
from mailer.adapters.store.recovery import STALLED_PAUSE
from mailer.adapters.store.tables import campaigns, deliveries
from mailer.core.campaigns import MailingKind, Status
from mailer.core.deliveries import Event, State
from mailer.core.liveness import STALLED_AFTER
from mailer.core.rates import HOUR
from mailer.core.schedule import Slot
from mailer.core.verdicts import Consequence, Decision
from mailer.errors import StoreUnavailableError
from mailer.flows.outbox import Ack, Intent
from tests.casework import ALERT, BEFORE, Casework, case
from tests.databases import NOW, in_state, make_campaign
from tests.fakes import FakeLocks

RELEASE = Decision(Event.RELEASE, counts_as_attempt=False)
POSTPONE = Decision(Event.REFUSE_FOR_NOW, NOW + HOUR, counts_as_attempt=False)
LOSE = Decision(Event.LOSE)


@pytest.fixture
def work(tmp_path, store_url):
    """An empty queue."""
    return Casework(tmp_path, url=store_url)


def fill(work: Casework, mailing: int, people: int, *, waits: int = 0, rehearsal: bool = False) -> None:
    """Queue letters of a mailing that have been due for so many minutes."""
    row = {"mailing": mailing, "state": "queued", "rehearsal": rehearsal}
    rows = [row | {"supporter_id": n, "not_before": NOW - timedelta(minutes=waits)} for n in range(1, people + 1)]
    with writing(work.engine) as connection:
        connection.execute(insert(deliveries), rows)


def pace(work: Casework, campaign_id: str, per_hour: int | None) -> None:
    """Give a campaign a pace, as publishing does."""
    with writing(work.engine) as connection:
        connection.execute(update(campaigns).where(campaigns.c.id == campaign_id).values(pace_per_hour=per_hour))


def whose(claimed) -> Counter[str]:
    """Return how many letters of each campaign were claimed."""
    return Counter(each.campaign_id for each in claimed)


def another(work: Casework, is_dead=lambda name: False) -> SqlOutbox:
    """Return the queue of another process."""
    ticks = iter(range(10_000))
    return SqlOutbox(open_engine(work.url), Liveness(open_engine(work.url), FakeLocks(is_dead), ticks.__next__))


# --- shares ---------------------------------------------------------------------------------------


def test_a_long_list_does_not_keep_a_short_one_waiting(work):
    """Each batch mixes both, however long the longer has waited; when the shorter is done, the longer gets it all."""
    make_campaign(work.engine, "long", ["alert"])
    make_campaign(work.engine, "short", ["alert"])
    fill(work, 1, 120, waits=60)
    fill(work, 2, 12)

    assert [whose(work.claim(limit=20)) for _ in range(3)] == [
        {"long": 10, "short": 10},
        {"long": 18, "short": 2},
        {"long": 20},
    ]


def test_single_letters_go_round(work):
    """Where a relay lets one letter through at a time, both campaigns have their turn."""
    make_campaign(work.engine, "long", ["alert"])
    make_campaign(work.engine, "short", ["alert"])
    fill(work, 1, 10, waits=60)
    fill(work, 2, 10)

    assert whose(each for _ in range(8) for each in work.claim(limit=1)) == {"long": 4, "short": 4}


def test_a_paused_mailing_gets_no_share(work):
    """The others have the whole batch."""
    make_campaign(work.engine, "held", ["alert"])
    make_campaign(work.engine, "free", ["alert"])
    fill(work, 1, 20)
    fill(work, 2, 20)
    work.outbox.pause_mailing(1, "refused")

    assert whose(work.claim(limit=10)) == {"free": 10}


def test_a_planned_mailing_is_as_urgent_as_its_kind(work):
    """The closing of a campaign goes before everybody's alerts."""
    make_campaign(work.engine, "other", ["alert"])
    work.launch()
    work.campaigns.plan("case", [Slot(NOW, "closing", MailingKind.CLOSING)], run=0, revision=1)
    fill(work, 1, 20, waits=60)
    fill(work, 2, 5)

    assert whose(work.claim(limit=8)) == {"case": 5, "other": 3}


# --- pace -----------------------------------------------------------------------------------------


def test_a_pace_holds_its_campaign_and_nobody_else(work):
    """A minute's worth at once, the rest as it comes; the other campaign takes what is left of the batch."""
    make_campaign(work.engine, "paced", ["alert", "update"])
    make_campaign(work.engine, "free", ["alert"])
    pace(work, "paced", 300)
    for mailing in (1, 2, 3):
        fill(work, mailing, 40)

    assert whose(work.claim(limit=20)) == {"paced": 5, "free": 15}
    assert whose(work.claim(limit=20)) == {"free": 20}
    assert whose(work.claim(limit=20)) == {"free": 5}
    assert work.claim(limit=20) == ()
    assert work.outbox.has_due(rehearsal=False, now=NOW)
    assert whose(work.claim(NOW + HOUR, limit=20)) == {"paced": 5}


def test_what_is_given_back_gives_its_pace_back(work):
    """A relay in trouble does not use up what the campaign may send."""
    make_campaign(work.engine, "paced", ["alert"])
    pace(work, "paced", 300)
    fill(work, 1, 20)
    claimed = work.claim()
    assert len(claimed) == 5
    for _ in range(2):  # an ack that is made again gives nothing twice
        work.outbox.commit([], [Ack(each, RELEASE) for each in claimed[:3]], now=NOW)

    assert len(work.claim()) == 3


def test_what_is_put_off_untouched_gives_its_pace_back(work):
    """Letters that wait for their mail provider do not use up what the others may send."""
    make_campaign(work.engine, "paced", ["alert"])
    pace(work, "paced", 300)
    fill(work, 1, 20)
    claimed = work.claim()
    for _ in range(2):  # an ack that is made again gives nothing twice
        work.outbox.commit([], [Ack(each, POSTPONE) for each in claimed[:3]], now=NOW)

    assert len(work.claim()) == 3


def test_what_a_relay_has_seen_gives_nothing_back(work):
    """A relay that refuses for now is not asked faster than the pace."""
    make_campaign(work.engine, "paced", ["alert"])
    pace(work, "paced", 300)
    fill(work, 1, 20)
    throttled = replace(POSTPONE, consequence=Consequence.THROTTLED)
    work.outbox.commit([], [Ack(each, throttled) for each in work.claim()], now=NOW)

    assert work.claim() == ()


def test_a_claim_that_finds_less_uses_no_more(work):
    """Only what was taken is drawn."""
    make_campaign(work.engine, "paced", ["alert", "update"])
    pace(work, "paced", 300)
    fill(work, 1, 2)
    assert len(work.claim()) == 2
    fill(work, 2, 20)

    assert len(work.claim()) == 3


def test_a_rehearsal_has_no_pace(work):
    """It uses up nothing."""
    work.join(*"abcdef")
    work.launch(case(per_hour=60), rehearsal=True)
    work.tick(rehearsal=True)
    assert len(work.claim(rehearsal=True)) == 6

    work.launch(case(per_hour=60))
    work.tick()
    assert len(work.claim()) == 1


def test_a_suspect_has_a_pace_too(work):
    """A letter that a sender died with waits with its campaign, and holds nobody up."""
    make_campaign(work.engine, "paced", ["alert"])
    make_campaign(work.engine, "free", ["alert"])
    pace(work, "paced", 60)
    fill(work, 1, 3)
    fill(work, 2, 3)
    work.forget(recoveries=0)
    with writing(work.engine) as connection:
        connection.execute(update(deliveries).where(deliveries.c.mailing == 1).values(recoveries=1))

    assert [whose(work.claim(limit=9)) for _ in range(3)] == [{"free": 3}, {"paced": 1}, {}]


def test_a_suspect_that_waits_for_its_pace_hides_no_other(work):
    """Each letter that a sender died with comes alone, also while an older one of another campaign has to wait."""
    make_campaign(work.engine, "paced", ["alert"])
    make_campaign(work.engine, "free", ["alert"])
    pace(work, "paced", 60)
    fill(work, 1, 3, waits=60)
    fill(work, 2, 3)
    suspects = (deliveries.c.mailing == 1) | (deliveries.c.supporter_id == 3)
    with writing(work.engine) as connection:
        connection.execute(update(deliveries).where(suspects).values(recoveries=1))

    assert [whose(work.claim(limit=9)) for _ in range(4)] == [{"free": 2}, {"paced": 1}, {"free": 1}, {}]


def test_a_newer_file_brings_its_own_pace(work):
    """Publishing takes it over, and takes it away."""
    work.launch(case(per_hour=60))
    assert work.campaigns.find("case").pace_per_hour == 60
    work.campaigns.publish(case(), now=NOW)

    assert work.campaigns.find("case").pace_per_hour is None


# --- what nobody knows ----------------------------------------------------------------------------


def lose_answer(work: Casework, *, made: bool) -> None:
    """Let the next commit fail, whether the database has made it or not."""

    def cut(connection) -> None:
        event.remove(work.engine, "commit", cut)
        if made:
            connection.connection.dbapi_connection.commit()
        raise StoreUnavailableError("the connection was lost")

    event.listen(work.engine, "commit", cut)


@pytest.mark.parametrize("made", [True, False])
def test_a_claim_whose_commit_was_not_answered_is_made_again(work, made):
    """Whether it was made or not, the next claim holds its letters, and no row is held by a claim that nobody knows."""
    make_campaign(work.engine, "case", ["alert"])
    fill(work, 1, 5)
    lose_answer(work, made=made)
    with pytest.raises(StoreUnavailableError):
        work.claim(limit=3)
    claimed = work.claim(limit=3)

    assert [each.id for each in claimed] == [1, 2, 3]
    assert [each.id for each in work.claim(limit=3)] == [4, 5]
    work.outbox.commit([], [Ack(each, RELEASE) for each in claimed], now=NOW)
    assert [each.id for each in work.claim()] == [1, 2, 3]


@pytest.mark.parametrize("made", [True, False])
def test_a_commit_that_was_not_answered_is_made_again(work, made):
    """The very same acks and intents: everything is as if it had been made once."""
    work.join(*"abcd")
    work.launch()
    work.tick()
    claimed = work.claim()
    work.intend(claimed[:2])
    intents = [Intent(each, NOW, 1, each.revision) for each in claimed[2:]]
    acks = [Ack(in_state(each, State.SENDING), Decision(Event.ACCEPT)) for each in claimed[:2]]
    lose_answer(work, made=made)
    with pytest.raises(StoreUnavailableError):
        work.outbox.commit(intents, acks, now=NOW)

    assert work.outbox.commit(intents, acks, now=NOW + timedelta(minutes=1)) == {3, 4}
    assert work.states() == {"a": "sent", "b": "sent", "c": "sending", "d": "sending"}
    assert all((row.worker, row.claim, row.lease_until) == ("", "", None) for row in work.rows()[:2])


def test_a_letter_of_an_old_revision_that_was_never_written_is_composed_anew(work):
    """While the database was away a wrong address was taken out: what was granted before is not repeated."""
    work.join("a")
    work.launch()
    work.tick()
    claimed = work.claim()
    assert work.intend(claimed) == {1}
    work.campaigns.publish(case(summary=case().campaign.title), now=NOW)

    assert work.intend(claimed) == frozenset()
    (again,) = work.claim()
    assert (again.state, again.revision, again.composed_at, again.attempts) == (State.CLAIMED, 2, None, 0)


# --- doubt ----------------------------------------------------------------------------------------


def test_what_is_held_in_doubt_is_resent_once_the_campaign_says_so(work):
    """`hold` never resends; a later publication with `resend` does, once."""
    work.join(*"ab")
    work.launch(case(on_uncertain="hold"))
    work.tick()
    assert work.send(NOW, LOSE) == ["a", "b"]
    assert [work.outbox.recover(now=NOW) for _ in range(3)] == [0, 0, 0]
    work.campaigns.publish(case(on_uncertain="resend"), now=NOW)
    assert [work.outbox.recover(now=NOW) for _ in range(2)] == [2, 0]

    assert work.send(NOW, LOSE) == ["a", "b"]
    assert work.outbox.recover(now=NOW) == 0
    assert {(row.state, row.resent) for row in work.rows()} == {("uncertain", True)}


def test_what_a_stalled_worker_may_be_sending_is_not_resent_for_a_while(work):
    """It has a quarter of an hour to wake and to tell; what it only held is due at once."""
    work.join(*"abc")
    work.launch()
    work.tick()
    claimed = work.claim(worker="sleeping")
    work.intend(claimed[:2])
    recovered = [work.outbox.recover(now=NOW) for _ in range(int(STALLED_AFTER.total_seconds()) + 1)]
    assert recovered == [0] * (len(recovered) - 1) + [3]
    assert work.outbox.recover(now=NOW + STALLED_PAUSE - timedelta(seconds=1)) == 0
    work.settle(claimed[:1], now=NOW + STALLED_PAUSE)

    assert work.outbox.recover(now=NOW + STALLED_PAUSE) == 1
    assert work.states() == {"a": "sent", "b": "queued", "c": "queued"}
    assert [row.recoveries for row in work.rows()] == [0, 0, 0]
    work.settle(claimed[1:2], now=NOW + STALLED_PAUSE)
    assert work.states()["b"] == "queued"


# --- many at once ---------------------------------------------------------------------------------


def run_all(*acts) -> list[BaseException]:
    """Run each in a thread of its own, at once; return what they raised."""
    ready, raised = Barrier(len(acts)), []

    def run(act) -> None:
        ready.wait()
        try:
            act()
        except Exception as error:
            raised.append(error)

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_many_claimers_never_take_a_row_twice(work):
    """Eight at once, over mailings of three campaigns, with a pace among them: each letter has one claim."""
    for number, name in enumerate("abc", 1):
        make_campaign(work.engine, name, ["alert"])
        fill(work, number, 100)
    pace(work, "a", 6000)
    got: list[int] = []

    def take() -> None:
        outbox = another(work)
        while batch := outbox.claim(worker="any", limit=7, rehearsal=False, now=NOW):
            got.extend(each.id for each in batch)

    assert run_all(*[take] * 8) == []
    assert sorted(got) == list(range(1, 301))


def test_claimers_of_paced_campaigns_never_block_each_other(work):
    """Whose turn it is differs from sender to sender, in which order they draw does not."""
    for mailing, campaign in enumerate(("one", "two"), start=1):
        make_campaign(work.engine, campaign, ["alert"])
        pace(work, campaign, 1)
        fill(work, mailing, 20)

    def claim_often(turn: int) -> None:
        outbox = another(work)
        outbox._turn = turn
        for _ in range(60):
            outbox.claim(worker=f"worker-{turn}", limit=1, rehearsal=False, now=NOW)

    assert run_all(lambda: claim_often(0), lambda: claim_often(1)) == []


def test_two_recoveries_at_once_settle_each_row_once(work):
    """Together they give back what there was, and no letter is called a suspect twice."""
    make_campaign(work.engine, "case", ["alert"])
    fill(work, 1, 60)
    work.claim(worker="gone")
    found: list[int] = []

    def recover() -> None:
        found.append(another(work, lambda name: name == "gone").recover(now=NOW))

    assert run_all(*[recover] * 4) == []
    rows = [row.recoveries for row in work.rows("alert")]
    assert sum(found) == 60
    assert rows == [1] * 60


def test_acks_stops_leaving_and_recoveries_never_block_each_other(work):
    """Whatever wants the same rows takes them in one order, or leaves them alone: no deadlock."""
    work.join(*(f"p{number}" for number in range(40)))
    work.launch(case(ALERT, BEFORE))
    work.tick()
    claimed = work.claim(worker="alive")
    work.intend(claimed[::2])

    def settle(part) -> None:
        outbox = another(work)
        for begin in range(0, len(part), 4):
            acks = [Ack(in_state(each, State.SENDING), Decision(Event.ACCEPT)) for each in part[begin : begin + 4]]
            outbox.commit([], acks[::-1], now=NOW)

    def leave() -> None:
        for number in range(1, 40, 2):
            work.people.unsubscribe(f"p{number}@union.example")

    def recover() -> None:
        outbox = another(work)
        for _ in range(10):
            outbox.recover(now=NOW)

    stop = lambda: work.campaigns.set_status("case", Status.STOPPED, now=NOW)  # noqa: E731
    acts = (lambda: settle(claimed[::4]), lambda: settle(claimed[2::4]), leave, recover, recover, stop)
    assert run_all(*acts) == []
    states = Counter(row.state for row in work.rows())
    assert states["sent"] == 20
    assert states["suppressed"] + states["cancelled"] == 20
