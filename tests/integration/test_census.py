"""What does it cost to find what is in senders' hands, and to count the rest? What databases say that they read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, text

from mailer.adapters.store.answers import SqlAnswers
from mailer.adapters.store.campaigns import SqlCampaigns
from mailer.adapters.store.engine import open_engine, writing
from mailer.adapters.store.figures import read_figures
from mailer.adapters.store.liveness import Liveness
from mailer.adapters.store.migrations import upgrade
from mailer.adapters.store.outbox import SqlOutbox
from mailer.adapters.store.tallies import SqlTallies
from mailer.core.campaigns import Status
from mailer.core.deliveries import State
from tests.databases import NOW, make_campaign
from tests.fakes import FakeLocks
from tests.query_plans import nodes, steps_of

FEW, MANY = 2_000, 40_000
IN_HAND = 6
ALERT, CLOSING = 1, 2
_FILL = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count)
INSERT INTO deliveries (mailing, supporter_id, state, rehearsal, not_before, worker, lease_until)
SELECT :mailing, i, CASE i % 3 WHEN 0 THEN 'failed' ELSE 'sent' END, false, 0, '', CAST(NULL AS bigint) FROM n
UNION ALL
SELECT :mailing, :count + i, CASE i % 2 WHEN 0 THEN 'claimed' ELSE 'sending' END, false, 0, 'one', 1
FROM n WHERE i <= :held
"""

Act = Callable[[Engine], object]


def made(engine: Engine, count: int) -> Engine:
    """Put an alert and a closing there, of so many letters that have ended, and of some in hand; look at them."""
    make_campaign(engine, "case", ["alert", "closing"])
    with writing(engine) as connection:
        for mailing in (ALERT, CLOSING):
            connection.execute(text(_FILL), {"mailing": mailing, "count": count, "held": IN_HAND})
        connection.execute(text("UPDATE mailings SET planned = true"))
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
    return engine


def recover(engine: Engine) -> None:
    """Settle what the dead have left."""
    outbox = SqlOutbox(engine, Liveness(engine, FakeLocks(lambda worker: True), iter(range(10_000)).__next__))
    assert outbox.recover(now=NOW) == 2 * IN_HAND


def stop(engine: Engine) -> None:
    """Cancel what has not left."""
    SqlCampaigns(engine).set_status("case", Status.STOPPED, now=NOW)


def ask_for_the_goodbye(engine: Engine) -> None:
    """Ask whether the closing has gone out."""
    assert SqlAnswers(engine).said_goodbye("case", 0) is False


# --- what is in senders' hands --------------------------------------------------------------------


@pytest.mark.parametrize("act", [recover, ask_for_the_goodbye])
def test_what_is_in_hand_is_found_as_soon_in_a_longer_mailing(tmp_path: Path, act: Act) -> None:
    """SQLite reads the few by their index, and none of the others."""
    steps = {}
    for count in (FEW, MANY):
        engine = open_engine(f"sqlite:///{tmp_path / str(count) / 'mailer.db'}")
        upgrade(engine)
        steps[count] = steps_of(made(engine, count), act)
        engine.dispose()

    assert steps[MANY] <= steps[FEW] * 1.1 + 2


def explained(engine: Engine, act: Act) -> list[dict[str, Any]]:
    """Return how PostgreSQL carried out each statement on `deliveries`, with what it really read."""
    found: list[dict[str, Any]] = []

    def explain(connection, cursor, statement, parameters, context, executemany):  # type: ignore[no-untyped-def]
        if "deliveries" in statement:
            with cursor.connection.transaction(force_rollback=True), cursor.connection.cursor() as beside:
                beside.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", parameters)
                found.extend(nodes(beside.fetchone()[0][0]["Plan"]))

    event.listen(engine, "before_cursor_execute", explain)
    act(engine)
    event.remove(engine, "before_cursor_execute", explain)
    return [node for node in found if node.get("Relation Name") == "deliveries" and node["Actual Loops"]]


@pytest.mark.parametrize("act", [recover, ask_for_the_goodbye])
def test_what_is_in_hand_is_found_in_postgresql_by_its_index(migrated_postgres_url: str, act: Act) -> None:
    """It throws no row away that it has read."""
    engine = made(open_engine(migrated_postgres_url), MANY)
    scans = [node for node in explained(engine, act) if "Scan" in node["Node Type"]]
    engine.dispose()

    assert {node.get("Index Name") for node in scans} & {"ix_deliveries_held"}
    assert all(node["Actual Rows"] + node.get("Rows Removed by Filter", 0) <= 2 * IN_HAND for node in scans), scans


# --- what is in nobody's --------------------------------------------------------------------------


def count_all(engine: Engine) -> None:
    """Count the letters, for `status`, for the figures and for the page of the campaign."""
    counts = {State.SENT: MANY * 2 // 3 + 1, State.FAILED: MANY // 3, State.CLAIMED: 3, State.SENDING: 3}
    assert SqlTallies(engine).of("case", now=NOW)[CLOSING].counts == counts
    assert [one.letters for one in read_figures(engine).mailings] == [counts, counts]
    assert SqlAnswers(engine).sent_out("case") == counts[State.SENT]


def plans(engine: Engine, act: Act) -> list[str]:
    """Return how SQLite would carry out each statement of `act` on `deliveries`, step by step."""
    asked: list[tuple[str, Any]] = []
    event.listen(engine, "before_cursor_execute", lambda *call: asked.append((call[2], call[3])))
    act(engine)
    with engine.connect() as connection:
        return [
            step[3]
            for statement, parameters in [each for each in asked if "deliveries" in each[0]]
            for step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]


def test_letters_are_counted_by_an_index_alone(tmp_path: Path) -> None:
    """SQLite reads no row to count, but those of the few in senders' hands."""
    engine = open_engine(f"sqlite:///{tmp_path / 'mailer.db'}")
    upgrade(engine)
    steps = plans(made(engine, MANY), count_all)
    engine.dispose()
    counting = [step for step in steps if "ix_deliveries_mailing_state" in step]

    assert len(counting) == 3
    assert all("USING COVERING INDEX" in step for step in counting), counting
    assert {step for step in steps if step.startswith("SCAN deliveries")} == {
        "SCAN deliveries USING INDEX ix_deliveries_held"
    }


def test_a_stop_looks_for_what_waits_and_for_what_is_claimed(tmp_path: Path) -> None:
    """By their two indexes; the rows that have ended are not read."""
    engine = open_engine(f"sqlite:///{tmp_path / 'mailer.db'}")
    upgrade(engine)
    steps = [step for step in plans(made(engine, MANY), stop) if "deliveries" in step]
    stopped = [one.counts for one in SqlTallies(engine).of("case", now=NOW).values()]
    engine.dispose()

    assert [(each[State.SENDING], each[State.CANCELLED]) for each in stopped] == [(IN_HAND // 2, IN_HAND // 2)] * 2
    assert [step for step in steps if "COVERING INDEX ix_deliveries_mailing_state (mailing=? AND state=?" in step]
    assert [step for step in steps if step == "SCAN deliveries USING INDEX ix_deliveries_held"]
    others = [step for step in steps if "ix_deliveries" not in step]
    assert all("USING INTEGER PRIMARY KEY (rowid=?" in step for step in others), others


def test_letters_are_counted_in_postgresql_by_an_index_alone(migrated_postgres_url: str) -> None:
    """No row is read to count, but those of the few in senders' hands."""
    engine = made(open_engine(migrated_postgres_url), MANY)
    scans = explained(engine, count_all)
    engine.dispose()
    by_rows = [node for node in scans if node["Node Type"] not in {"Index Only Scan", "Bitmap Index Scan"}]

    assert all(node["Actual Rows"] + node.get("Rows Removed by Filter", 0) <= 2 * IN_HAND for node in by_rows), by_rows
