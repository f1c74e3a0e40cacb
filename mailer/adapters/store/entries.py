"""How is written what somebody agreed to, and which tags they have? Shared by all who enter people.

Law: a statement is kept once, and tags are keyed hashes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, delete, select

from mailer.adapters.store.dialect import insert_new
from mailer.adapters.store.tables import consents, supporter_tags
from mailer.core.supporters import ConsentStatement


def keep_statement(connection: Connection, statement: ConsentStatement) -> int:
    """Return the row of a consent statement, which is kept once."""
    row = {name: getattr(statement, name) for name in ("text", "day", "source", "sha256")}
    insert_new(connection, consents, [row])
    number: int = connection.execute(select(consents.c.id).filter_by(**row)).scalar_one()
    return number


def replace_tags(connection: Connection, tagged: Mapping[int, Iterable[bytes]]) -> None:
    """Let supporters, by id, have these tags (hashed) and no others."""
    if not tagged:
        return
    connection.execute(delete(supporter_tags).where(supporter_tags.c.supporter_id.in_(list(tagged))))
    rows = [{"supporter_id": each, "tag_hash": tag} for each, tags in tagged.items() for tag in tags]
    insert_new(connection, supporter_tags, rows)
