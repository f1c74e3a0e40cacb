"""Are values that come as one text the values that rows would give? Of every moment, word and number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select

from mailer.adapters.store.bundles import Bundle
from mailer.adapters.store.engine import writing
from mailer.adapters.store.statements import Given, Ready
from mailer.adapters.store.tables import buckets
from tests.databases import make_engine


@dataclass(frozen=True, slots=True)
class Pail:
    """A row of some columns."""

    name: str
    used_today: int
    filled_at: datetime
    closed_until: datetime | None


QUERY = (
    select(buckets.c.name, buckets.c.used_today, buckets.c.filled_at, buckets.c.closed_until)
    .where(buckets.c.used_today >= Given("least"))
    .order_by(buckets.c.filled_at.desc(), buckets.c.name)
)
ROWS = Ready(QUERY)
MOMENTS = st.datetimes(timezones=st.just(UTC))
PAILS = st.lists(
    st.builds(
        Pail,
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
        st.integers(-5, 2**63 - 1),
        MOMENTS,
        st.none() | MOMENTS,
    ),
    max_size=5,
    unique_by=lambda each: each.name,
)


def of_row(row: Sequence[Any]) -> Pail:
    """Return what a row tells."""
    return Pail(*row)


BUNDLE = Bundle(QUERY, Pail, of_row)


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    """An empty database in a file."""
    return make_engine(tmp_path_factory.mktemp("bundles"))


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pails=PAILS, least=st.integers(-5, 2))
def test_a_bundle_has_the_values_of_its_rows(engine, pails, least):
    """Whatever is in them, in the order of the query, and before 1970 too."""
    with writing(engine) as connection:
        connection.execute(delete(buckets))
        rows = [
            {"name": each.name, "tokens": 0.0, "used_today": each.used_today, "filled_at": each.filled_at}
            | {"closed_until": each.closed_until}
            for each in pails
        ]
        if rows:
            connection.execute(insert(buckets), rows)
        found = BUNDLE.read(connection, least=least)

        assert found == [of_row(row) for row in ROWS.rows(connection, least=least)]
        assert {each.name for each in found} == {each.name for each in pails if each.used_today >= least}
        assert all(each.filled_at.tzinfo is UTC for each in found)


def test_a_server_brings_rows(postgres_url, tmp_path):
    """They are made one by one there, of the same query."""
    with writing(make_engine(tmp_path, url=postgres_url)) as connection:
        moment = datetime(2026, 11, 20, 10, 0, 0, 123456, tzinfo=UTC)
        connection.execute(insert(buckets), [{"name": "é", "tokens": 0.0, "used_today": 1, "filled_at": moment}])

        assert BUNDLE.read(connection, least=1) == [Pail("é", 1, moment, None)]
        assert BUNDLE.read(connection, least=2) == []
