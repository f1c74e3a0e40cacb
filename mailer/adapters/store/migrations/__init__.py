"""Is the schema what this version needs? Alembic's revisions, and a check that needs no Alembic.

Law: a revision that was released is never edited; a change is a new one, and `HEAD` names the last.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, text
from sqlalchemy import inspect as inspect_database

from mailer.adapters.store.dialect import refuse_unfit, take_turns
from mailer.adapters.store.engine import reading, writing
from mailer.errors import ConfigurationError

HEAD = "r0003"
FOLDER = Path(__file__).parent


def upgrade(engine: Engine) -> bool:
    """Bring the schema to `HEAD`, all or nothing; tell whether anything was done.

    Any number of processes may call this at once: one does the work, the others wait for it.

    Raises:
        ConfigurationError: the database was made by a newer version, or cannot serve this one.
        StoreError: the database cannot be read or written.
    """
    with reading(engine) as connection:
        if current(connection) == HEAD:
            return False
    with writing(engine) as connection:
        take_turns(connection, "schema", patiently=True)
        if current(connection) == HEAD:
            return False
        refuse_unfit(connection)
        _run(connection)
    return True


def current(connection: Connection) -> str | None:
    """Return the revision that the database is at; None if it is empty."""
    if not inspect_database(connection).has_table("alembic_version"):
        return None
    number: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return number


def _run(connection: Connection) -> None:
    """Let Alembic do the work in the transaction of `connection`; it is imported only here."""
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise ConfigurationError(
            f"the database is at schema {current(connection)!r}, which this version does not know: "
            "install the newer one"
        ) from error
