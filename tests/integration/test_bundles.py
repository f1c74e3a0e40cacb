"""Are rows that come as one text those that would come one by one? Of every moment, word and number."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select

from mailer.adapters.store.bundles import Bundle
from mailer.adapters.store.columns import as_moment
from mailer.adapters.store.engine import writing
from mailer.adapters.store.statements import Given, Ready
from mailer.adapters.store.tables import buckets
from tests.databases import make_engine

QUERY = (
    select(buckets.c.name, buckets.c.used_today, buckets.c.filled_at, buckets.c.closed_until)
    .where(buckets.c.used_today >= Given("least"))
    .order_by(buckets.c.filled_at.desc(), buckets.c.name)
)
ROWS = Ready(QUERY)
MOMENTS = st.datetimes(timezones=st.just(UTC))
PAILS = st.lists(
    st.tuples(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
        st.integers(-5, 2**63 - 1),
        MOMENTS,
        st.none() | MOMENTS,
    ),
    max_size=5,
    unique_by=lambda each: each[0],
)
BUNDLE = Bundle(QUERY)


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    """An empty database in a file."""
    return make_engine(tmp_path_factory.mktemp("bundles"))


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pails=PAILS, least=st.integers(-5, 2))
def test_a_bundle_has_the_rows_of_its_query(engine, pails, least):
    """Whatever is in them, in the order of the query, and before 1970 too."""
    with writing(engine) as connection:
        connection.execute(delete(buckets))
        rows = [
            {"name": name, "tokens": 0.0, "used_today": used, "filled_at": filled_at, "closed_until": until}
            for name, used, filled_at, until in pails
        ]
        if rows:
            connection.execute(insert(buckets), rows)
        found = BUNDLE.stored(connection, least=least)

        assert found == list(map(list, ROWS.stored(connection, least=least)))
        kept = {(each[0], each[1], each[2], each[3]) for each in pails if each[1] >= least}
        assert {(name, used, as_moment(at), until and as_moment(until)) for name, used, at, until in found} == kept


def test_a_server_brings_rows(postgres_url, tmp_path):
    """As they are stored, too, of the same query."""
    with writing(make_engine(tmp_path, url=postgres_url)) as connection:
        moment = datetime(2026, 11, 20, 10, 0, 0, 123456, tzinfo=UTC)
        connection.execute(insert(buckets), [{"name": "é", "tokens": 0.0, "used_today": 1, "filled_at": moment}])

        ((name, used, stored, until),) = BUNDLE.stored(connection, least=1)
        assert (name, used, as_moment(stored), until) == ("é", 1, moment, None)
        assert not BUNDLE.stored(connection, least=2)
