"""Does a claim cost the same however long the list is? What databases say that they read, at a million deliveries."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine, event, text

from mailer.adapters.store.engine import open_engine, writing
from mailer.adapters.store.liveness import Liveness
from mailer.adapters.store.migrations import upgrade
from mailer.adapters.store.outbox import SqlOutbox
from mailer.core.deliveries import Delivery, Event, State
from mailer.core.verdicts import Decision
from mailer.flows.outbox import Ack, Intent
from tests.databases import NOW, in_state, make_campaign
from tests.fakes import FakeLocks
from tests.millions import ALONE, SMALL, STATES, enter, fill_outbox
from tests.query_plans import nodes, steps_of

MANY = 1_000_000
FEW = 10_000
BATCH = 100
pytestmark = pytest.mark.timeout(300)


@pytest.fixture(params=[*STATES, *(pytest.param(name, marks=pytest.mark.soak) for name in ALONE)])
def state(request) -> str:
    """A state that an outbox may be in."""
    return str(request.param)


def outbox_of(engine: Engine) -> SqlOutbox:
    """Return the queue."""
    return SqlOutbox(engine, Liveness(engine, FakeLocks(), iter(range(10_000)).__next__))


def claim(engine: Engine) -> tuple[Delivery, ...]:
    """Claim a batch, which is full unless only the small mailing may send; return it."""
    taken = outbox_of(engine).claim(worker="one", limit=BATCH, rehearsal=False, now=NOW)
    with engine.connect() as connection:
        paused = connection.execute(text("SELECT count(*) FROM mailings WHERE NOT paused")).scalar_one() == 1
    assert len(taken) == (SMALL if paused else BATCH)
    assert sum(each.campaign_id == "small" for each in taken) == SMALL
    return taken


# --- PostgreSQL -----------------------------------------------------------------------------------


def explained(engine: Engine) -> list[dict[str, Any]]:
    """Return how PostgreSQL carried out each statement of a claim on `deliveries`, with what it really read."""
    found: list[dict[str, Any]] = []

    def explain(connection, cursor, statement, parameters, context, executemany):
        if "deliveries" in statement:
            with cursor.connection.transaction(force_rollback=True), cursor.connection.cursor() as beside:
                beside.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}", parameters)
                found.append(beside.fetchone()[0][0]["Plan"])

    event.listen(engine, "before_cursor_execute", explain)
    claim(engine)
    event.remove(engine, "before_cursor_execute", explain)
    return found


def rows_read(node: dict[str, Any]) -> float:
    """Return how many rows a scan looked at, those that it threw away included."""
    return (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]


def is_of_claim(node: dict[str, Any]) -> bool:
    """Tell whether a node scans deliveries otherwise than by their ids."""
    scans = "Scan" in node["Node Type"] and node["Actual Loops"] > 0
    return scans and node.get("Relation Name") == "deliveries" and node.get("Index Name") != "pk_deliveries"


def test_a_claim_in_postgresql_reads_at_most_twice_its_batch(postgres, state):
    """By the partial index, in the order that it takes, whatever most of the million is doing."""
    with postgres.migrated() as url:
        engine = open_engine(url)
        fill_outbox(engine, MANY, state)
        plans = explained(engine)
        engine.dispose()
    scans = [node for plan in plans for node in nodes(plan) if is_of_claim(node)]
    claiming = [node for node in scans if node.get("Index Name") == "ix_deliveries_claim"]
    taken = [node for node in scans if node.get("Index Name") == "ix_deliveries_held"]

    assert claiming
    assert taken
    assert {node.get("Index Name") for node in scans} <= {
        "ix_deliveries_claim",
        "ix_deliveries_held",
        "ix_deliveries_suspects",
        "ix_deliveries_supporter_id",
        "uq_deliveries_mailing_supporter_id",
    }
    assert sum(rows_read(node) for node in claiming) <= 2 * BATCH
    assert sum(rows_read(node) for node in taken) <= BATCH
    assert not any(node["Node Type"] == "Sort" and node["Actual Rows"] > 2 * BATCH for p in plans for node in nodes(p))
    assert sum(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"] for plan in plans) < 60 * BATCH


# --- SQLite ---------------------------------------------------------------------------------------


def send(engine: Engine) -> None:
    """Take a batch through the queue: claimed, intended and sent; then ask what is left."""
    taken, outbox = claim(engine), outbox_of(engine)
    enter(engine, {each.supporter_id for each in taken})
    wanted = [Intent(each, NOW, 1, each.revision) for each in taken]
    assert outbox.commit(wanted, [], now=NOW) == {each.id for each in taken}
    outbox.commit([], [Ack(in_state(each, State.SENDING), Decision(Event.ACCEPT)) for each in taken], now=NOW)
    outbox.has_due(rehearsal=False, now=NOW)


def test_a_letter_takes_no_more_steps_of_sqlite_in_a_longer_list(tmp_path, state):
    """A hundred times the deliveries, and the same work from claim to end: nothing is read but what is taken."""
    steps = {}
    for count in (FEW, MANY):
        engine = open_engine(f"sqlite:///{tmp_path / str(count) / 'mailer.db'}")
        upgrade(engine)
        fill_outbox(engine, count, state)
        steps[count] = steps_of(engine, send)
        engine.dispose()

    assert steps[MANY] <= steps[FEW] * 1.1 + 10
    assert steps[MANY] < 10 * BATCH


_LETTERS = text(
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count) "
    "INSERT INTO deliveries (mailing, supporter_id, state, rehearsal, not_before, suppress) "
    "SELECT 1, i, CASE i WHEN 1 THEN 'failed' ELSE 'sent' END, false, 0, CASE i WHEN 1 THEN 'bounced' ELSE '' END "
    "FROM n"
)


def bar(engine: Engine) -> None:
    """Bar the one address that was called dead."""
    assert outbox_of(engine).apply_suppressions(1, now=NOW) == ""


def test_a_dead_address_costs_no_more_in_a_longer_mailing(tmp_path):
    """The brake counts as far as it tells apart: each of many dead addresses is judged while nobody else can write."""
    steps = {}
    for count in (MANY // 20, MANY // 5):
        engine = open_engine(f"sqlite:///{tmp_path / str(count) / 'mailer.db'}")
        upgrade(engine)
        make_campaign(engine, "case", ["alert"])
        with writing(engine) as connection:
            connection.execute(_LETTERS, {"count": count})
        steps[count] = steps_of(engine, bar)
        engine.dispose()

    assert steps[MANY // 5] <= steps[MANY // 20] * 1.2 + 10
