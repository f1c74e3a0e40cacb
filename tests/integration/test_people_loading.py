"""Are people who are loaded by the hundred those who are found one by one? Whatever is known of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select

from mailer.adapters.store.engine import writing
from mailer.adapters.store.records import to_row
from mailer.adapters.store.tables import supporters
from mailer.core.supporters import Consent, Person, PublicId, SafetyLevel, Supporter, SupporterId
from mailer.errors import StoreError
from tests.casework import Casework
from tests.databases import TODAY

WORDS = st.text(max_size=12)
PEOPLE = st.builds(
    Person,
    email=st.sampled_from(["a@union.example", "b@gmail.example"]),
    name=WORDS,
    city=WORDS,
    safety=st.sampled_from(SafetyLevel),
    tags=st.lists(WORDS, max_size=2).map(tuple),
    discreet=st.booleans(),
)
SUPPORTERS = st.lists(
    st.builds(
        Supporter,
        public_id=st.binary(min_size=8, max_size=8).map(PublicId),
        person=PEOPLE,
        country=st.sampled_from(["", "GB"]),
        language=st.sampled_from(["", "en"]),
        timezone=st.sampled_from(["", "Europe/London"]),
        seed=st.integers(0, 2**31 - 1),
        consent=st.sampled_from(Consent),
        joined_on=st.dates(),
        paused_until=st.none() | st.datetimes(timezones=st.just(UTC)),
        max_per_week=st.none() | st.integers(1, 7),
    ),
    max_size=4,
    unique_by=lambda each: each.public_id,
)


@pytest.fixture
def work(tmp_path, store_url):
    """An empty database."""
    return Casework(tmp_path, url=store_url)


def enter(work: Casework, people: list[Supporter]) -> list[SupporterId]:
    """Put exactly these supporters into the database; return their rows' ids."""
    with writing(work.engine) as connection:
        connection.execute(delete(supporters))
        for number, each in enumerate(people):
            connection.execute(insert(supporters), [to_row(each, work.vault) | {"address_hash": bytes([number]) * 32}])
        return [SupporterId(one) for one in connection.scalars(select(supporters.c.id).order_by(supporters.c.id))]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=SUPPORTERS)
def test_people_are_loaded_as_they_were_entered(work, people):
    """All of each, by id, and as whoever follows a link is found."""
    ids = enter(work, people)
    loaded = work.people.load_many(ids)

    assert loaded == [replace(each, id=one) for each, one in zip(people, ids, strict=True)]
    assert loaded == [work.people.by_public_id(each.public_id) for each in people]


def test_a_word_of_another_version_is_told(work):
    """A consent that this version has no name for is none."""
    (number,) = enter(work, [Supporter(PublicId(b"12345678"), Person("a@union.example"), joined_on=TODAY)])
    with writing(work.engine) as connection:
        connection.execute(supporters.update().values(consent="asleep"))

    with pytest.raises(StoreError, match="something that this version does not know"):
        work.people.load_many([number])


def test_a_row_of_another_version_is_told(work):
    """A seal that opens, and holds no person that this version knows, is no person."""
    someone = Supporter(PublicId(b"12345678"), Person("a@union.example"), joined_on=TODAY)
    (number,) = enter(work, [someone])
    key_id, sealed = work.vault.seal("supporters", someone.public_id, b'{"names": []}')
    with writing(work.engine) as connection:
        connection.execute(supporters.update().values(key_id=key_id, sealed=sealed))

    with pytest.raises(StoreError, match="something that this version does not know"):
        work.people.load_many([number])
