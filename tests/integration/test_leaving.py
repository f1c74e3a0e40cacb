"""Is leaving in force before the next letter, and does an erasure leave nothing behind?"""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from mailer.adapters.store.engine import file_of, reading, truncate_log
from mailer.adapters.store.preferring import SqlPreferences
from mailer.adapters.store.tables import acted, deliveries, supporter_tags, supporters, suppressions
from mailer.core.deliveries import State
from mailer.core.enrolment import Applicant
from mailer.flows.enrol import Filter
from tests.databases import NOW, enter_all, make_campaign, make_store, queue

CANARY = Applicant(
    "canary.zaunkoenig@wren.example",
    name="Zaunkönig Canary",
    city="Canaryville",
    organisation="Canary Keepers Union",
    tags=("canary-tag",),
)
OTHER = Applicant("other@union.example", name="Other")
HELD = {State.QUEUED, State.DEFERRED, State.CLAIMED}


@pytest.fixture
def home(tmp_path, store_url):
    """A store with two supporters (1 and 2) and a campaign with an alert (1) and a reminder (2)."""
    return settle_in(tmp_path, store_url)


@pytest.fixture
def house(tmp_path):
    """The same in an SQLite file."""
    return settle_in(tmp_path, "")


def settle_in(folder, url: str):
    """Return a store and its engine."""
    store, engine = make_store(folder, url=url)
    make_campaign(engine)
    enter_all(store, CANARY, OTHER)
    return store, engine


def states(engine, supporter_id: int) -> dict[int, str]:
    """Return the state of each of a supporter's deliveries, by mailing."""
    query = select(deliveries.c.mailing, deliveries.c.state).where(deliveries.c.supporter_id == supporter_id)
    with reading(engine) as connection:
        return dict(connection.execute(query).all())


def on_disk(engine, postgres=None) -> bytes:
    """Return every byte of the database's files; of a server, all that it has written."""
    file = file_of(engine)
    if file is None:
        return b"".join(each.read_bytes() for each in sorted((postgres.folder / "data").rglob("*")) if each.is_file())
    return b"".join(each.read_bytes() for each in sorted(file.parent.iterdir()) if each.is_file())


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("way", ["address", "link", "erasure", "own erasure"])
def test_leaving_ends_what_is_held_and_nothing_else(home, state, way):
    """Queued, deferred and claimed letters are suppressed; what is being sent or is final stays."""
    store, engine = home
    for supporter_id in (1, 2):
        queue(engine, 1, supporter_id, state)

    if way == "address":
        store.unsubscribe(CANARY.email)
    elif way == "link":
        store.unsubscribe_by_id(store.standing(CANARY.email).supporter.public_id)
    elif way == "erasure":
        store.erase(CANARY.email, now=NOW)
    else:
        public_id = store.standing(CANARY.email).supporter.public_id
        assert SqlPreferences(engine, store._vault).erase(public_id, now=NOW).was_supporter

    assert states(engine, 1) == {1: "suppressed" if state in HELD else state}
    assert states(engine, 2) == {1: state}


@pytest.mark.parametrize("state", State)
def test_an_action_cancels_held_reminders_and_nothing_else(home, state):
    """Who has written is not reminded, but still gets the alert and the closing of the case."""
    store, engine = home
    make_campaign(engine, "another")
    for mailing in (1, 2, 4):
        queue(engine, mailing, 1, state)

    store.record_action("case", CANARY.email, target="court", source="organiser", now=NOW)

    assert states(engine, 1) == {1: state, 2: "cancelled" if state in HELD else state, 4: state}


def test_an_action_is_recorded_once_per_target(home):
    """The same target twice is one row, another target another."""
    store, engine = home
    for target in ("", "court", "court"):
        store.record_action("case", CANARY.email, target=target, source="organiser", now=NOW)

    with reading(engine) as connection:
        rows = connection.execute(select(acted.c.target, acted.c.source, acted.c.at).order_by(acted.c.target)).all()
    assert [tuple(row) for row in rows] == [("", "organiser", NOW), ("court", "organiser", NOW)]


def test_no_canary_is_in_the_files_in_clear(home, postgres):
    """Names, addresses, towns and tags are nowhere in the database, its log or its temporary files."""
    store, engine = home
    queue(engine, 1, 1, State.QUEUED)
    list(store.walk(Filter(tag="canary-tag")))
    if engine.dialect.name == "postgresql":
        postgres.execute("CHECKPOINT")
    content = on_disk(engine, postgres).lower().replace(b"(canary islands)", b"")  # a server's list of languages

    assert len(content) > 50_000
    assert b"union.example" not in content
    for text in ("canary", "zaunk", "wren.example"):
        assert text.encode() not in content
        assert text.encode("utf-16-le") not in content


def test_an_erasure_leaves_nothing_in_file_and_log(house):
    """Neither the sealed blob nor the public id nor a tag's hash can be found afterwards, only the bar."""
    store, engine = house
    store.record_action("case", CANARY.email, target="", source="organiser", now=NOW)
    with reading(engine) as connection:
        row = connection.execute(select(supporters).where(supporters.c.id == 1)).one()
        tag = connection.scalar(select(supporter_tags.c.tag_hash))
    secrets = (row.sealed, row.public_id, tag)
    assert all(secret in on_disk(engine) for secret in secrets)

    assert store.erase(CANARY.email, now=NOW).log_is_empty

    content = on_disk(engine)
    assert not any(secret in content for secret in secrets)
    assert Path(f"{file_of(engine)}-wal").stat().st_size == 0
    with reading(engine) as connection:
        counts = [connection.scalar(select(func.count()).select_from(t)) for t in (supporters, supporter_tags, acted)]
        assert counts == [1, 0, 0]
        assert connection.scalar(select(suppressions.c.address_hash)) == row.address_hash


def test_an_erasure_under_a_reader_says_that_the_log_is_not_empty_yet(house, monkeypatch):
    """The answer is honest, and running it again finishes the work."""
    from mailer.adapters.store import engine as engines
    from mailer.adapters.store.engine import open_engine
    from mailer.adapters.store.supporters import SqlSupporters

    store, engine = house
    monkeypatch.setattr(engines, "BUSY_SECONDS", 0)
    hasty = SqlSupporters(open_engine(str(engine.url)), store._vault)
    truncate_log(engine)
    with reading(engine) as connection:
        connection.execute(select(supporters)).all()
        assert not hasty.erase(CANARY.email, now=NOW).log_is_empty

    assert hasty.erase(CANARY.email, now=NOW).log_is_empty


def test_a_graver_suppression_is_not_weakened_by_an_erasure(home):
    """A complaint stays a complaint: a later sign-up must not lift it."""
    from mailer.adapters.store.engine import writing
    from mailer.adapters.store.leaving import suppress
    from mailer.core.supporters import SuppressionReason

    store, engine = home
    with writing(engine) as connection:
        suppress(connection, store._vault.hash_address(CANARY.email), SuppressionReason.COMPLAINT, NOW)
    store.erase(CANARY.email, now=NOW)

    assert store.standing(CANARY.email).suppression.reason is SuppressionReason.COMPLAINT


def test_an_unknown_key_stops_loading_with_try_again(home):
    """A sender whose ring is older than a row stops (75) and fails nobody."""
    from sqlalchemy import update

    from mailer.adapters.store.engine import writing
    from mailer.errors import TryAgainError

    store, engine = home
    with writing(engine) as connection:
        connection.execute(update(supporters).where(supporters.c.id == 1).values(key_id=9))

    with pytest.raises(TryAgainError, match="data key 9"):
        store.load_many([1, 2])


def test_a_blob_that_was_moved_to_another_row_does_not_open(home):
    """Somebody who can write to the file cannot make one supporter look like another."""
    from sqlalchemy import update

    from mailer.adapters.store.engine import writing
    from mailer.errors import StoreError

    store, engine = home
    with writing(engine) as connection:
        blob = connection.scalar(select(supporters.c.sealed).where(supporters.c.id == 1))
        connection.execute(update(supporters).where(supporters.c.id == 2).values(sealed=blob))

    with pytest.raises(StoreError, match="does not open"):
        store.standing(OTHER.email)


def test_a_server_is_not_said_to_have_forgotten(tmp_path, migrated_postgres_url):
    """PostgreSQL keeps what was deleted until it tidies up: the answer does not claim otherwise."""
    store, engine = settle_in(tmp_path, migrated_postgres_url)
    done = store.erase(CANARY.email, now=NOW)

    assert (done.was_supporter, done.log_is_empty) == (True, False)
    with reading(engine) as connection:
        assert connection.scalar(select(supporters.c.id).where(supporters.c.id == 1)) is None
