"""Does a commit of many do what as many commits of one would? Whatever is in it, alike or not, in any order."""

from __future__ import annotations

import shutil
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, literal, select

from mailer.adapters.store.engine import open_engine, reading, truncate_log, writing
from mailer.adapters.store.liveness import Liveness
from mailer.adapters.store.outbox import SqlOutbox
from mailer.adapters.store.tables import Moment, deliveries, supporters
from mailer.core.campaigns import MailingKind
from mailer.core.deliveries import Delivery, Event, State
from mailer.core.schedule import Slot
from mailer.core.supporters import SuppressionReason
from mailer.core.verdicts import Decision
from mailer.flows.outbox import Ack, Intent
from tests.casework import ACCEPT, ALERT, BEFORE, Casework, case
from tests.databases import NOW, in_state
from tests.fakes import FakeLocks

PEOPLE = 6
LATER = NOW + timedelta(minutes=5)
DECISIONS = [
    ACCEPT,
    ACCEPT,
    ACCEPT,
    Decision(Event.REFUSE_FOR_NOW, LATER),
    Decision(Event.REFUSE, suppress=SuppressionReason.BOUNCED),
    Decision(Event.LOSE),
]
RELEASE = Decision(Event.RELEASE, counts_as_attempt=False)


class Held:
    """A database in which all letters of two mailings are claimed, half of them with an intent; `made` copies of it."""

    def __init__(self, folder: Path) -> None:
        work = Casework(folder, page=100)
        work.join(*(f"p{number}" for number in range(PEOPLE)))
        work.launch(case(ALERT, BEFORE))
        work.tick()
        work.campaigns.plan("case", [Slot(NOW, BEFORE.id, MailingKind.REMINDER)], run=0, revision=1)
        columns = ["mailing", "supporter_id", "state", "rehearsal", "not_before"]
        everybody = select(literal(2), supporters.c.id, literal("queued"), literal(False), literal(NOW, Moment))
        with writing(work.engine) as connection:
            connection.execute(insert(deliveries).from_select(columns, everybody))
        claimed = [*work.claim(limit=PEOPLE), *work.claim(limit=PEOPLE, worker="two")]
        granted = work.intend(claimed[::2])
        self.sending = [in_state(each, State.SENDING) for each in claimed[::2]]
        self.claimed = claimed[1::2]
        assert granted == {each.id for each in self.sending}
        assert len(claimed) == 2 * PEOPLE
        assert truncate_log(work.engine)
        self._file = folder / "mailer.db"
        self._made = count()

    def copy(self) -> SqlOutbox:
        """Return the queue of another database that is the same."""
        file = self._file.with_name(f"{next(self._made)}.db")
        shutil.copyfile(self._file, file)
        self.engine = open_engine(f"sqlite:///{file}")
        return SqlOutbox(self.engine, Liveness(self.engine, FakeLocks(lambda name: False), count().__next__))

    def rows(self) -> list[tuple[object, ...]]:
        """Return what the last copy holds."""
        with reading(self.engine) as connection:
            found = [tuple(row) for row in connection.execute(select(deliveries).order_by(deliveries.c.id))]
        self.engine.dispose()
        return found


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    """Letters in all hands."""
    return Held(tmp_path_factory.mktemp("held"))


def acks(delivery: Delivery) -> st.SearchStrategy[Ack]:
    """Return what may be told of a letter whose intent was granted."""
    told = {"decision": st.sampled_from(DECISIONS), "reply": st.sampled_from(["", "", "451 later", "550 no"])}
    return st.builds(Ack, st.just(delivery), **told, granted=st.just(True), anew=st.booleans())


def intents(delivery: Delivery) -> st.SearchStrategy[Intent | Ack]:
    """Return what may be asked for a claimed letter, some of it to be refused; or that it is given back."""
    moments = st.sampled_from([NOW, NOW, NOW + timedelta(minutes=1)])
    knows = st.sampled_from([0, 0, 0, -1])
    wish = st.builds(Intent, st.just(delivery), moments, st.sampled_from([1, 1, 2]), st.sampled_from([1, 1, 0]), knows)
    return st.one_of(wish, wish, st.just(Ack(delivery, RELEASE)))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_letters_are_committed_together_as_they_would_be_one_by_one(held, data):
    """The same are granted, and every row is the same: only what is shared is told once."""
    wishes = [data.draw(intents(each)) for each in held.claimed] + [data.draw(acks(each)) for each in held.sending]
    wishes = data.draw(st.permutations(wishes))
    wanted = [each for each in wishes if isinstance(each, Intent)]
    told = [each for each in wishes if isinstance(each, Ack)]

    together = held.copy().commit(wanted, told, now=LATER)
    rows = held.rows()
    outbox = held.copy()
    for each in told:
        outbox.commit([], [each], now=LATER)
    alone = {
        one
        for each in sorted(wanted, key=lambda each: each.delivery.id)
        for one in outbox.commit([each], [], now=LATER)
    }

    assert together == alone
    assert rows == held.rows()
