"""Do the migrations make exactly the schema that the code is written for?"""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text

from mailer.adapters.store import dialect
from mailer.adapters.store.engine import open_engine, reading, writing
from mailer.adapters.store.migrations import FOLDER, HEAD, current, upgrade
from mailer.adapters.store.schema import metadata
from mailer.errors import ConfigurationError, StoreError
from tests.databases import make_engine


def described(engine) -> dict[str, object]:
    """Return tables with columns, defaults, indexes and constraints, as the database tells them."""
    look = inspect(engine)
    return {
        table: (
            [(c["name"], str(c["type"]), c["nullable"], c["default"]) for c in look.get_columns(table)],
            sorted(
                (
                    str(i["name"]),
                    i["column_names"],
                    i["unique"],
                    [f"{k}: {v}" for k, v in i.get("dialect_options", {}).items()],
                )
                for i in look.get_indexes(table)
            ),
            sorted(str(unique) for unique in look.get_unique_constraints(table)),
            sorted(str(key) for key in look.get_foreign_keys(table)),
            look.get_pk_constraint(table)["constrained_columns"],
        )
        for table in look.get_table_names()
        if table != "alembic_version"
    }


@pytest.fixture
def another_postgres_url(postgres):
    """The URL of a second empty database."""
    with postgres.database() as url:
        yield url


def test_the_migrated_schema_is_the_one_of_the_tables(tmp_path, empty_url, request):
    """Nobody can change a table and forget the migration, on either database."""
    migrated, made = make_engine(tmp_path, url=empty_url), create_engine("sqlite://")
    if migrated.dialect.name == "postgresql":
        made = open_engine(request.getfixturevalue("another_postgres_url"))
    metadata.create_all(made)

    with reading(migrated) as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    assert described(migrated) == described(made)


def test_row_ids_are_never_used_again(tmp_path):
    """The supporters' table counts on, as the schema demands."""
    with reading(make_engine(tmp_path)) as connection:
        made = connection.scalar(text("SELECT sql FROM sqlite_master WHERE name = 'supporters'"))

    assert "AUTOINCREMENT" in made


def test_head_is_the_last_revision():
    """The check that needs no Alembic names what Alembic would."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))

    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_upgrading_twice_does_nothing(empty_url):
    """The first call makes the schema, every further one finds it."""
    engine = open_engine(empty_url)

    assert [upgrade(engine), upgrade(engine)] == [True, False]
    with reading(engine) as connection:
        assert current(connection) == HEAD


def test_a_current_database_needs_no_alembic(tmp_path):
    """A command does not pay for importing it when there is nothing to do."""
    make_engine(tmp_path)
    code = (
        "import sys; from mailer.adapters.store.engine import open_engine;"
        "from mailer.adapters.store.migrations import upgrade;"
        f"assert not upgrade(open_engine('sqlite:///{tmp_path}/data/mailer.db'));"
        "assert 'alembic' not in sys.modules"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_processes_may_upgrade_at_once(empty_url):
    """Of several that start together one does the work, and none fails."""
    engines = [open_engine(empty_url) for _ in range(3)]
    done: list[bool] = []
    threads = [threading.Thread(target=lambda e=engine: done.append(upgrade(e))) for engine in engines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(done) == [False, False, True]


def test_a_database_of_a_newer_version_is_refused(tmp_path, store_url):
    """An old program does not touch what it does not understand."""
    engine = make_engine(tmp_path, url=store_url)
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'r9999'"))

    with pytest.raises(ConfigurationError, match="'r9999', which this version does not know"):
        upgrade(engine)


def test_postgres_vacuums_the_queue_sooner(migrated_postgres_url):
    """A server's defaults would wait for a fifth of a million letters to change."""
    query = text("SELECT relname, reloptions FROM pg_class WHERE reloptions IS NOT NULL AND relkind = 'r'")
    with reading(open_engine(migrated_postgres_url)) as connection:
        told = {name: set(options) for name, options in connection.execute(query).all()}

    assert {"autovacuum_vacuum_scale_factor=0.02", "autovacuum_analyze_scale_factor=0.02"} <= told["deliveries"]
    assert "fillfactor=50" in told["workers"] & told["buckets"]


def test_an_upgrade_that_fails_leaves_nothing(postgres, postgres_url):
    """A schema is made whole or not at all, on PostgreSQL too."""
    engine = open_engine(postgres_url)
    with writing(engine) as connection:
        connection.execute(text("CREATE TABLE mailings (other integer)"))
    with pytest.raises(StoreError, match="mailings"):
        upgrade(engine)

    assert inspect(engine).get_table_names() == ["mailings"]


def test_a_database_that_cannot_hold_every_language_is_refused(postgres):
    """The message tells how to make one that can."""
    postgres.execute("CREATE DATABASE latin OWNER mailer ENCODING 'LATIN1' TEMPLATE template0")
    engine = open_engine(postgres.url("latin"))
    with pytest.raises(ConfigurationError, match=r"encoding is LATIN1.*--encoding=UTF8"):
        upgrade(engine)
    engine.dispose()
    postgres.execute("DROP DATABASE latin")


def test_an_old_server_is_refused(migrated_postgres_url, monkeypatch):
    """What an older one than 15 cannot do is not found out by an error later."""
    monkeypatch.setattr(dialect, "OLDEST_SERVER", 99)
    with (
        pytest.raises(ConfigurationError, match=r"PostgreSQL \d+[\d.]*.* is too old: 99 or later is needed"),
        reading(open_engine(migrated_postgres_url)) as connection,
    ):
        dialect.refuse_unfit(connection)
