"""Does the queue hold when senders die, race and are told to stop? SqlOutbox over a real SQLite file."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from pathlib import Path
from threading import Barrier, Thread

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import Engine, event, insert

from mailer.adapters.store.engine import open_engine, writing
from mailer.adapters.store.liveness import Liveness
from mailer.adapters.store.outbox import SqlOutbox
from mailer.adapters.store.recovery import ALONE_PAUSE
from mailer.adapters.store.schema import metadata
from mailer.adapters.store.tables import deliveries
from mailer.core.campaigns import MailingKind, Status
from mailer.core.deliveries import LEASE, MOST_RECOVERIES, Event
from mailer.core.schedule import Slot
from mailer.core.supporters import SuppressionReason
from mailer.core.verdicts import Decision
from mailer.errors import StoreError
from tests.casework import AFTER, ALERT, CLOSING, Casework, case
from tests.databases import NOW, make_campaign
from tests.fakes import FakeLocks

LATER = NOW + timedelta(hours=1)
LOSE = Decision(Event.LOSE)
DEAD = Decision(Event.REFUSE, suppress=SuppressionReason.BOUNCED)
DEFER = Decision(Event.REFUSE_FOR_NOW, LATER)


@pytest.fixture
def dead():
    """The names of workers that are gone."""
    return set()


@pytest.fixture
def work(tmp_path, dead, store_url):
    """Five alerts in the queue."""
    work = Casework(tmp_path, is_dead=dead.__contains__, url=store_url)
    work.join(*"abcde")
    work.launch()
    work.tick()
    return work


def outbox_of(engine: Engine, is_dead=lambda worker: False) -> SqlOutbox:
    """Return one more queue over a database, as another process has it."""
    return SqlOutbox(engine, Liveness(engine, FakeLocks(is_dead), count().__next__))


# --- claims ---------------------------------------------------------------------------------------


def test_claims_are_in_the_order_of_their_moments(work):
    """What was due first goes first; what is not due yet stays."""
    rows = work.rows()
    with writing(work.engine) as connection:
        for number, row in enumerate(rows):
            moment = NOW - timedelta(minutes=number)
            connection.execute(deliveries.update().where(deliveries.c.id == row.id).values(not_before=moment))

    assert [each.id for each in work.claim(NOW - timedelta(minutes=2))] == [5, 4, 3]
    assert [each.id for each in work.claim(NOW, limit=1)] == [2]


def test_an_urgent_mailing_goes_first(work):
    """What says "please stop writing" leaves before all that has waited for longer, and takes all that it needs."""
    work.campaigns.plan("case", [Slot(NOW, "closing", MailingKind.CLOSING)], run=0, revision=1)
    urgent = {"mailing": 2, "state": "queued", "rehearsal": False, "not_before": NOW}
    with writing(work.engine) as connection:
        connection.execute(insert(deliveries), [urgent | {"supporter_id": number} for number in (3, 5)])

    assert [each.supporter_id for each in work.claim(limit=1)] == [3]
    assert {(each.mailing_id, each.supporter_id) for each in work.claim(limit=2)} == {("closing", 5), ("alert", 1)}


@pytest.mark.parametrize("status", [Status.PAUSED, Status.DRAFT, Status.STOPPED, Status.CLOSED])
def test_only_running_campaigns_are_claimed(work, status):
    """Whatever holds a campaign holds its letters."""
    work.hold(status)

    assert work.claim() == ()


def test_the_file_holds_letters_too(work):
    """A campaign that is paused in the file is not claimed, whatever people commanded."""
    work.campaigns.publish(case(status=Status.PAUSED), now=NOW)

    assert work.claim() == ()
    assert set(work.states().values()) == {"queued"}


def test_claims_by_many_workers_are_disjoint(tmp_path, store_url):
    """Four workers with connections of their own share a queue; each letter has one of them."""
    work = Casework(tmp_path, page=1000, url=store_url)
    work.join(*(f"p{n:03}" for n in range(120)))
    work.launch()
    work.tick()
    got: dict[str, list[int]] = {}
    ready = Barrier(4)

    def take(worker: str) -> None:
        engine = open_engine(work.url)
        outbox = outbox_of(engine)
        ready.wait()
        got[worker] = []
        while batch := outbox.claim(worker=worker, limit=7, rehearsal=False, now=NOW):
            got[worker] += [each.id for each in batch]
        engine.dispose()

    threads = [Thread(target=take, args=(f"w{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(number for batch in got.values() for number in batch) == list(range(1, 121))
    assert {row.worker: True for row in work.rows()}.keys() == {worker for worker, batch in got.items() if batch}


# --- intents --------------------------------------------------------------------------------------


def race(work: Casework, name: str) -> None:
    """Commit by another connection what should stop the letter of `a`."""
    {
        "unsubscribed": lambda: work.people.unsubscribe("a@union.example"),
        "unsubscribed by link": lambda: work.people.unsubscribe_by_id(
            work.people.standing("a@union.example").supporter.public_id
        ),
        "suppressed": lambda: work.suppress("a"),
        "erased": lambda: work.people.erase("a@union.example", now=NOW),
        "stopped": lambda: work.campaigns.set_status("case", Status.STOPPED, now=NOW),
        "closed": lambda: work.campaigns.set_status("case", Status.CLOSED, now=NOW),
        "only the row says stopped": lambda: work.hold(Status.STOPPED),
    }[name]()


@pytest.mark.parametrize(
    ("what", "state"),
    [
        ("unsubscribed", "suppressed"),
        ("unsubscribed by link", "suppressed"),
        ("suppressed", "suppressed"),
        ("stopped", "cancelled"),
        ("closed", "cancelled"),
        ("only the row says stopped", "cancelled"),
    ],
)
def test_what_is_committed_between_claim_and_intent_is_in_force(work, what, state):
    """The letter is not written, and its row says why."""
    claimed = [each for each in work.claim() if each.supporter_id == 1]
    race(work, what)

    assert work.intend(claimed) == frozenset()
    assert work.states()["a"] == state


def test_an_erased_person_gets_nothing_that_was_claimed(work):
    """The row of the delivery stays, as one of somebody nameless."""
    claimed = work.claim()
    race(work, "erased")

    assert work.intend(claimed) == {2, 3, 4, 5}
    assert work.rows()[0].state == "suppressed"


@pytest.mark.parametrize("answer", ["act", "decline"])
def test_an_answer_between_claim_and_intent_stops_a_reminder(tmp_path, store_url, answer):
    """Who has written, or said "not this case", gets no reminder that was claimed already."""
    work = Casework(tmp_path, url=store_url)
    work.join("a", "b")
    work.launch(case(ALERT, AFTER))
    work.run()
    work.tick(NOW + timedelta(days=3))
    reminders = work.claim(NOW + timedelta(days=3))
    getattr(work, answer)("a")

    assert len(work.intend(reminders, NOW + timedelta(days=3))) == 1
    assert work.states(AFTER.id) == {"a": "cancelled", "b": "sending"}


@pytest.mark.parametrize(("answer", "after"), [("act", "sending"), ("decline", "cancelled")])
def test_only_who_declined_a_case_is_spared_its_other_mails(work, answer, after):
    """Saying "not this case" stops an alert that was claimed already; "I have sent it" holds back reminders alone."""
    claimed = work.claim()
    getattr(work, answer)("a")
    work.intend(claimed)

    assert work.states() == {"a": after, **dict.fromkeys("bcde", "sending")}


@pytest.mark.parametrize("how", ["campaign", "mailing"])
def test_a_refused_intent_does_not_spin(work, how):
    """A letter of what was paused goes back, nobody takes it meanwhile, and it is due at once after `resume`."""
    claimed = work.claim()
    if how == "campaign":
        work.campaigns.set_status("case", Status.PAUSED, now=NOW)
    else:
        work.outbox.pause_mailing(1, "refused")
    assert work.intend(claimed) == frozenset()
    assert set(work.states().values()) == {"queued"}
    assert work.claim(NOW + timedelta(hours=1)) == ()
    work.campaigns.set_status("case", Status.READY, now=NOW)

    assert len(work.claim()) == 5


def test_a_claim_that_was_held_for_too_long_is_given_back(work):
    """After half the lease nothing is written: somebody may already think that the worker is gone."""
    claimed = work.claim()

    assert len(work.intend(claimed[:1], NOW + LEASE / 2 - timedelta(seconds=1))) == 1
    assert work.intend(claimed[1:], NOW + LEASE / 2) == frozenset()
    assert len(work.claim(NOW + LEASE / 2)) == 4


# --- recovery -------------------------------------------------------------------------------------


def test_what_a_dead_worker_claimed_goes_back_and_what_it_sent_is_uncertain(work, dead):
    """Nothing of the living is touched; a recovery may be repeated."""
    gone, alive = work.claim(limit=3, worker="gone"), work.claim(limit=2, worker="alive")
    work.intend(gone[:1])
    work.intend(alive[:1])
    work.campaigns.publish(case(on_uncertain="hold"), now=NOW)
    assert work.outbox.recover(now=NOW) == 0
    dead.add("gone")

    assert work.outbox.recover(now=NOW) == 3
    assert work.outbox.recover(now=NOW) == 0
    assert work.states() == {"a": "uncertain", "b": "queued", "c": "queued", "d": "sending", "e": "claimed"}
    assert work.rows()[0].reply == "the sender died while sending"


def test_a_lost_letter_is_repeated_once(work):
    """Where the campaign says so it is queued once more; when it is lost again it stays uncertain."""
    work.send(NOW, LOSE)
    assert work.outbox.recover(now=LATER) == 5
    assert {(row.state, row.resent, row.not_before) for row in work.rows()} == {("queued", True, LATER)}

    work.send(LATER, LOSE)
    assert work.outbox.recover(now=LATER) == 0
    assert set(work.states().values()) == {"uncertain"}


def test_a_lost_letter_is_held_where_the_campaign_says_so(work):
    """`on_uncertain: hold` leaves it for a person."""
    work.campaigns.publish(case(on_uncertain="hold"), now=NOW)
    work.send(NOW, LOSE)

    assert work.outbox.recover(now=LATER) == 0
    assert set(work.states().values()) == {"uncertain"}


@pytest.mark.parametrize("status", [Status.PAUSED, Status.STOPPED, Status.CLOSED])
def test_nothing_is_repeated_for_what_does_not_run(work, status):
    """It stays uncertain, so that it counts as one that may have arrived; resuming repeats it."""
    work.send(NOW, LOSE)
    work.campaigns.set_status("case", status, now=NOW)
    assert work.outbox.recover(now=LATER) == 0
    assert set(work.states().values()) == {"uncertain"}

    work.campaigns.set_status("case", Status.READY, now=NOW)
    assert work.outbox.recover(now=LATER) == (5 if status is Status.PAUSED else 0)


def die_with(work: Casework, dead: set[str], worker: str, now=NOW, *, limit: int = 100) -> list[int]:
    """Let a worker claim, and die with what it claimed."""
    claimed = [each.id for each in work.claim(now, worker=worker, limit=limit)]
    dead.add(worker)
    assert work.outbox.recover(now=now) == len(claimed)
    return claimed


def test_a_letter_that_three_senders_died_alone_with_fails(work, dead):
    """A poison letter never blocks the others; the death of a whole batch only makes suspects of its letters."""
    for death, minutes in enumerate([0, 0, 1, 3]):
        assert work.rows()[0].state == "queued"
        assert die_with(work, dead, f"w{death}", NOW + minutes * ALONE_PAUSE, limit=1) == [1]
    first, *others = work.rows()

    assert (first.state, first.reply) == ("failed", "three senders died with it")
    assert {row.state for row in others} == {"queued"}
    assert len(work.claim()) == 4


def test_a_letter_that_a_sender_died_alone_with_goes_behind(work, dead):
    """A machine that is killed again and again takes another letter first each time; meanwhile they are unfinished."""
    die_with(work, dead, "batch")

    assert [die_with(work, dead, f"w{n}") for n in range(6)] == [[1], [2], [3], [4], [5], []]
    assert {(row.state, row.recoveries, row.not_before) for row in work.rows()} == {("queued", 2, NOW + ALONE_PAUSE)}
    assert work.outbox.unfinished(rehearsal=False) == 5
    assert not work.outbox.has_due(rehearsal=False, now=NOW)


def test_a_batch_is_never_failed_for_one_letter(work, dead):
    """However often senders die, a letter that merely was beside the poison is given back."""
    for death in range(8):
        die_with(work, dead, f"w{death}", NOW + death * ALONE_PAUSE, limit=3)

    assert "failed" not in {row.state for row in work.rows()[1:]}


@pytest.mark.parametrize("rule", ["resend", "hold"])
def test_a_letter_that_a_sender_died_with_in_doubt_is_handed_over_again(work, dead, rule):
    """Also for the second time: nobody is missed because two senders died with a letter; `hold` leaves it alone."""
    work.campaigns.publish(case(on_uncertain=rule), now=NOW)
    for death in range(2):
        work.intend(work.claim(NOW + death * ALONE_PAUSE, worker=f"w{death}", limit=1), NOW + death * ALONE_PAUSE)
        dead.add(f"w{death}")
        work.outbox.recover(now=NOW + death * ALONE_PAUSE)
    first = work.rows()[0]

    assert (first.state, first.resent, first.recoveries) == {
        "resend": ("queued", True, 2),
        "hold": ("uncertain", False, 1),
    }[rule]


def test_a_letter_in_doubt_is_not_handed_over_for_ever(work, dead):
    """A letter that kills its senders while it is sent stays uncertain in the end, for a person to look at."""
    for death in range(MOST_RECOVERIES + 1):
        now = NOW + death * 10 * ALONE_PAUSE
        assert len(work.intend(work.claim(now, worker=f"w{death}", limit=1), now)) == 1
        dead.add(f"w{death}")
        work.outbox.recover(now=now)

    assert work.rows()[0].state == "uncertain"
    assert work.outbox.recover(now=LATER) == 0


def test_poison_that_may_have_got_through_before_is_not_called_failed(work, dead):
    """It was being sent when the first sender died, and no later one came so far: it stays in doubt, and is listed."""
    work.intend(work.claim(worker="w0", limit=1))
    dead.add("w0")
    work.outbox.recover(now=NOW)
    for death in range(1, MOST_RECOVERIES + 1):
        die_with(work, dead, f"w{death}", NOW + death * 10 * ALONE_PAUSE, limit=1)
    first = work.rows()[0]

    assert (first.state, first.resent, first.reply) == ("uncertain", True, "three senders died with it")
    assert work.outbox.recover(now=LATER) == 0


def test_a_letter_that_a_sender_died_with_is_claimed_alone(work, dead):
    """So that the next death tells whether it is the cause; the healthy ones wait for a moment."""
    die_with(work, dead, "w1", limit=2)

    assert [[delivery.recoveries for delivery in work.claim(worker=f"v{n}")] for n in range(4)] == [
        [1],
        [1],
        [0] * 3,
        [],
    ]


def test_a_sender_that_has_just_started_takes_the_others_first(work, dead):
    """What kills it while it warms up is not laid at one letter's door; then, or if there is nothing else, suspects."""
    die_with(work, dead, "w1", limit=2)
    for recoveries in ([0] * 3, [1], [1], []):
        fresh = SqlOutbox(work.engine, Liveness(work.engine, FakeLocks(), lambda: 0.0))
        found = fresh.claim(worker="v", limit=100, rehearsal=False, now=NOW)
        assert [delivery.recoveries for delivery in found] == recoveries


@pytest.mark.parametrize("status", [Status.STOPPED, Status.CLOSED])
@pytest.mark.parametrize("decision", [DEFER, Decision(Event.LOSE)])
def test_what_comes_back_after_the_end_is_cancelled(work, status, decision):
    """A letter in flight at the stop that the relay defers waits for nothing any more."""
    claimed = work.claim()
    work.intend(claimed)
    work.campaigns.set_status("case", status, now=NOW)
    work.settle(claimed, decision)
    work.outbox.recover(now=NOW)

    assert set(work.states().values()) == {"uncertain" if decision.event is Event.LOSE else "cancelled"}
    assert work.outbox.unfinished(rehearsal=False) == 0


def test_the_closing_of_a_closed_campaign_is_no_stray(work):
    """A recovery leaves it in the queue."""
    work.send()
    work.campaigns.publish(case(closing=CLOSING), now=NOW)
    work.campaigns.set_status("case", Status.CLOSED, now=NOW)
    work.tick()
    work.outbox.recover(now=NOW)

    assert work.send() == list("abcde")


def test_only_running_campaigns_have_letters_to_wait_for(work):
    """A run until idle does not end as "try again" for letters that are held."""
    work.send(NOW, DEFER)
    assert work.outbox.unfinished(rehearsal=False) == 5
    assert work.outbox.unfinished(rehearsal=True) == 0
    work.campaigns.set_status("case", Status.PAUSED, now=NOW)
    assert work.outbox.unfinished(rehearsal=False) == 0


# --- suppressions ---------------------------------------------------------------------------------


def test_a_dead_address_is_barred_with_its_reason_and_moment(work):
    """Written down once the mailing is done; the person gets no later mailing."""
    work.campaigns.publish(case(ALERT, AFTER), now=NOW)
    claimed = work.claim()
    work.intend(claimed)
    work.settle(claimed[:1], DEAD)
    work.settle(claimed[1:])
    assert work.outbox.apply_suppressions(1, now=LATER) == ""

    barred = work.people.standing("a@union.example").suppression
    assert (barred.reason, barred.since) == (SuppressionReason.BOUNCED, LATER)
    assert work.rows()[0].suppress == ""
    assert work.run(NOW + timedelta(days=3)) == list("bcde")


def test_what_the_brake_held_is_not_written_by_a_resume(work):
    """Suppressions that paused a mailing wait for a person, however often senders recover."""
    work.join(*(f"p{n}" for n in range(20)))
    work.tick()
    claimed = work.claim()
    work.settle([], DEAD)
    work.intend(claimed)
    work.settle(claimed, DEAD)

    for _ in range(2):
        assert "called dead" in work.outbox.apply_suppressions(1, now=NOW)
        work.outbox.pause_mailing(1, "held")
        work.campaigns.set_status("case", Status.READY, now=NOW)
        work.outbox.recover(now=NOW)
    assert work.people.standing("a@union.example").suppression is None


# --- every order of events ------------------------------------------------------------------------

names = st.sampled_from(list("abcd"))


class EveryOrder(RuleBasedStateMachine):
    """Whatever happens in whatever order: the triggers of `casework.watch` see every step and every letter."""

    folder: Path
    count = 0

    @initialize()
    def begin(self) -> None:
        """Begin with four people and a launched case."""
        type(self).count += 1
        self.dead: set[str] = set()
        self.work = Casework(self.folder, is_dead=self.dead.__contains__, url=self.new_url())
        self.work.join(*"abcd")
        self.work.launch(case(ALERT, AFTER, closing=CLOSING))
        self.now = NOW
        self.claimed: list = []

    @rule(hours=st.sampled_from([0, 1, 25, 80]))
    def tick(self, hours: int) -> None:
        """Let time pass and plan."""
        self.now += timedelta(hours=hours)
        self.work.tick(self.now)

    @rule(worker=st.sampled_from(["one", "two"]), limit=st.integers(1, 4))
    def claim(self, worker: str, limit: int) -> None:
        """Claim."""
        self.dead.discard(worker)
        self.claimed += self.work.claim(self.now, worker=worker, limit=limit)

    @rule(decision=st.sampled_from([Decision(Event.ACCEPT), LOSE, DEAD, None]), stale=st.booleans())
    def hand_over(self, decision: Decision | None, stale: bool) -> None:
        """Ask for the intents, and settle what was granted unless the sender dies; stale claims try again later."""
        granted = self.work.intend(self.claimed, self.now)
        if decision is not None:
            self.work.settle([each for each in self.claimed if each.id in granted], decision, self.now)
        self.claimed = self.claimed if stale else []

    @rule(worker=st.sampled_from(["one", "two"]))
    def die(self, worker: str) -> None:
        """Let a sender die, and another recover."""
        self.dead.add(worker)
        self.work.outbox.recover(now=self.now)

    @rule(name=names, how=st.sampled_from(["unsubscribe", "suppress", "act", "decline"]))
    def leave(self, name: str, how: str) -> None:
        """Let somebody leave, be barred, or answer."""
        if how == "unsubscribe":
            self.work.people.unsubscribe(f"{name}@union.example")
        elif how == "act":
            self.work.people.record_action("case", f"{name}@union.example", target="", source="page", now=self.now)
        else:
            try:
                getattr(self.work, how)(name)
            except StoreError as error:
                assert "unique" in str(error).lower()  # noqa: PT017 # they did already

    @rule(status=st.sampled_from([Status.READY, Status.PAUSED, Status.READY, Status.STOPPED, Status.CLOSED]))
    def command(self, status: Status) -> None:
        """Command."""
        self.work.campaigns.set_status("case", status, now=self.now)

    @rule()
    def bar(self) -> None:
        """Write suppressions."""
        self.work.outbox.apply_suppressions(1, now=self.now)

    @invariant()
    def nobody_has_two(self) -> None:
        """Nobody has a mailing twice, and no letter is open for who left."""
        if not hasattr(self, "work"):
            return
        with self.work.engine.connect() as connection:
            left = connection.exec_driver_sql(
                "SELECT count(*) FROM deliveries d JOIN supporters s ON s.id = d.supporter_id"
                " WHERE s.consent = 'unsubscribed' AND d.state IN ('queued', 'deferred', 'claimed') AND NOT d.resent"
            ).scalar_one()
        assert left == 0

    def teardown(self) -> None:
        """Close the database."""
        if hasattr(self, "work"):
            self.work.engine.dispose()


def test_every_order_of_events_keeps_the_laws(tmp_path, new_store_url):
    """No step outside the table, and never a letter to somebody unconfirmed, unsubscribed or suppressed."""
    machine = type("InFolder", (EveryOrder,), {"folder": tmp_path, "new_url": staticmethod(new_store_url)})
    run_state_machine_as_test(machine, settings=settings(max_examples=25, stateful_step_count=20, deadline=None))


# --- plans and locks ------------------------------------------------------------------------------

MANY = 50_000
PARTIAL = ("ix_deliveries_pending", "ix_deliveries_held", "ix_deliveries_suspects")  # of few rows, whatever there are


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    """An outbox of fifty thousand deliveries, most of them waiting; nothing was analysed."""
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('crowd') / 'mailer.db'}")
    metadata.create_all(engine)
    make_campaign(engine)
    states = ("queued", "queued", "queued", "sent", "failed")
    rows = [
        {"mailing": 1 + n % 2, "supporter_id": n, "state": states[n % 5], "rehearsal": False, "not_before": NOW}
        for n in range(MANY)
    ]
    with writing(engine) as connection:
        connection.execute(insert(deliveries), rows)
    return engine


def plans(engine: Engine, act) -> list[str]:
    """Return how SQLite would carry out each statement of `act`."""
    seen: list[tuple[str, object]] = []

    def note(connection, cursor, statement, parameters, context, executemany) -> None:
        seen.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    act(outbox_of(engine, lambda worker: True))
    event.remove(engine, "before_cursor_execute", note)
    with engine.connect() as connection:
        return [
            step[3]
            for statement, parameters in seen
            if not statement.startswith("BEGIN")
            for step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]


def claim_some(outbox: SqlOutbox) -> None:
    """Claim a batch."""
    assert len(outbox.claim(worker="one", limit=100, rehearsal=False, now=NOW)) == 100


@pytest.mark.parametrize(
    ("act", "index"),
    [
        (claim_some, "ix_deliveries_claim"),
        (lambda outbox: outbox.recover(now=NOW), "ix_deliveries_held"),
        (lambda outbox: outbox.apply_suppressions(1, now=NOW), "ix_deliveries_pending"),
        (lambda outbox: outbox.unfinished(rehearsal=False), "ix_deliveries_mailing_state"),
    ],
)
def test_no_step_of_a_sender_reads_the_whole_outbox(crowd, act, index):
    """Every statement goes by an index, however many deliveries there are; partial ones where they are meant."""
    steps = plans(crowd, act)
    scans = [step for step in steps if step.startswith(("SCAN deliveries", "SCAN alert", "SCAN sent"))]

    assert any(index in step for step in steps), steps
    assert [step for step in scans if not any(partial in step for partial in PARTIAL)] == []


def test_an_idle_claim_does_not_look_at_what_waits_for_later(crowd):
    """What is not due yet, and what is paused, costs a claim nothing: SQLite counts its own steps."""
    outbox = outbox_of(crowd)
    outbox.pause_mailing(2, "held")
    before = NOW - timedelta(seconds=1)

    assert steps_of(crowd, lambda: outbox.claim(worker="one", limit=100, rehearsal=False, now=before)) < 10
    assert steps_of(crowd, lambda: outbox.recover(now=before)) < 10


def steps_of(engine: Engine, act) -> int:
    """Return how many thousand steps of its machine SQLite takes."""
    taken = [0]

    def step() -> int:
        taken[0] += 1
        return 0

    with engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        raw.set_progress_handler(step, 1000)
    act()  # the pool hands the same connection out again
    with engine.connect() as connection:
        connection.connection.dbapi_connection.set_progress_handler(None, 0)
    return taken[0]


def test_write_locks_are_short(crowd):
    """No write transaction of a sender takes more than the work of a few hundred rows."""
    outbox = outbox_of(crowd, lambda worker: True)

    assert steps_of(crowd, lambda: outbox.claim(worker="one", limit=100, rehearsal=False, now=NOW)) < 100
    assert steps_of(crowd, lambda: outbox.recover(now=NOW)) < 100
