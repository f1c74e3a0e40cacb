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

from mailer.adapters.store.engine import open_engine, reading, writing
from mailer.adapters.store.migrations import FOLDER, HEAD, current, upgrade
from mailer.adapters.store.tables import metadata
from mailer.errors import ConfigurationError
from tests.databases import make_engine


def described(engine) -> dict[str, object]:
    """Return tables with columns, defaults, indexes and constraints, as SQLite tells them."""
    look = inspect(engine)
    return {
        table: (
            [(c["name"], str(c["type"]), c["nullable"], c["default"]) for c in look.get_columns(table)],
            sorted(
                (str(i["name"]), i["column_names"], i["unique"], str(i.get("dialect_options", {}).get("sqlite_where")))
                for i in look.get_indexes(table)
            ),
            sorted(str(unique) for unique in look.get_unique_constraints(table)),
            sorted(str(key) for key in look.get_foreign_keys(table)),
            look.get_pk_constraint(table)["constrained_columns"],
        )
        for table in look.get_table_names()
        if table != "alembic_version"
    }


def test_the_migrated_schema_is_the_one_of_the_tables(tmp_path):
    """Nobody can change a table and forget the migration."""
    migrated, made = make_engine(tmp_path), create_engine("sqlite://")
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


def test_upgrading_twice_does_nothing(tmp_path):
    """The first call makes the schema, every further one finds it."""
    engine = open_engine(f"sqlite:///{tmp_path}/mailer.db")

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


def test_processes_may_upgrade_at_once(tmp_path):
    """Of several that start together one does the work, and none fails."""
    engines = [open_engine(f"sqlite:///{tmp_path}/mailer.db") for _ in range(3)]
    done: list[bool] = []
    threads = [threading.Thread(target=lambda e=engine: done.append(upgrade(e))) for engine in engines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(done) == [False, False, True]


def test_a_database_of_a_newer_version_is_refused(tmp_path):
    """An old program does not touch what it does not understand."""
    engine = make_engine(tmp_path)
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'r9999'"))

    with pytest.raises(ConfigurationError, match="'r9999', which this version does not know"):
        upgrade(engine)
