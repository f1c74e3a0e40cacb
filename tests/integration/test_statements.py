"""What does the database hear while letters leave? Few statements, always in the same words, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from mailer.core.campaigns import MailingKind, Status
from mailer.core.deliveries import Delivery, State
from mailer.core.supporters import Consent, SupporterId
from mailer.flows.outbox import Ack, Intent
from tests.casework import ACCEPT, Casework
from tests.databases import NOW, in_state

PEOPLE = 40


@pytest.fixture
def work(tmp_path, store_url):
    """An alert that is queued for some people."""
    made = Casework(tmp_path, page=PEOPLE, url=store_url)
    made.join(*(f"p{number:02}" for number in range(PEOPLE)))
    made.launch()
    made.tick()
    return made


@contextmanager
def heard(work: Casework) -> Iterator[list[tuple[str, Any]]]:
    """Collect the statements that the database gets, each with its values."""
    found: list[tuple[str, Any]] = []

    def note(connection, cursor, statement, parameters, context, executemany) -> None:
        found.append((statement, list(parameters.values() if isinstance(parameters, dict) else parameters)))

    event.listen(work.engine, "before_cursor_execute", note)
    yield found
    event.remove(work.engine, "before_cursor_execute", note)


def commit(work: Casework, sent: list[Delivery], wanted: list[Delivery]) -> list[tuple[str, Any]]:
    """Tell what was sent and ask for intents in one commit; return what the database heard."""
    acks = [Ack(in_state(each, State.SENDING), ACCEPT) for each in sent]
    with heard(work) as found:
        granted = work.outbox.commit([Intent(each, NOW, 1, each.revision) for each in wanted], acks, now=NOW)
    assert granted == {each.id for each in wanted}
    return found


def test_letters_that_are_alike_share_their_statements(work):
    """Fifteen acks and fifteen intents are no more statements, and no other words, than one of each."""
    letters = list(work.claim())
    commit(work, [], letters[:16])
    one = commit(work, letters[:1], letters[16:17])
    many = commit(work, letters[1:16], letters[17:32])

    assert [statement for statement, _ in many] == [statement for statement, _ in one]
    assert sum(statement.startswith("UPDATE") for statement, _ in many) == 2
    assert sorted(work.states().values()) == ["claimed"] * 8 + ["sending"] * 16 + ["sent"] * 16


def test_what_is_the_same_each_time_stands_in_the_text(work):
    """SQLite would plan a statement anew for each value that a partial index might depend on."""
    with heard(work) as claiming:
        letters = list(work.claim())
    intending = commit(work, [], letters[:16])
    settling = commit(work, letters[:16], [])
    words = {str(word) for kind in (State, Status, MailingKind, Consent) for word in kind}

    assert letters
    for statement, values in (*claiming, *intending, *settling):
        assert not words & {value for value in values if isinstance(value, str)}, statement


@pytest.mark.parametrize("beside", [[], [7_000_000_000], list(range(100_000, 140_000))])
def test_any_number_of_ids_is_one_value(work, beside):
    """None, one of eight bytes, and more than a statement may have values."""
    known = [SupporterId(work.id_of(name)) for name in ("p01", "p02")]
    wanted = [*(SupporterId(each) for each in beside), *(known if beside else [])]

    assert [each.id for each in work.people.load_many(wanted)] == (known if beside else [])
