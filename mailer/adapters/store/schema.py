"""What does a whole database look like? The tables, and the indexes that make claiming and counting quick.

Law: only migrations and those who compare with them need this; a command that just reads and writes rows does not,
and so loads no dialect but its own.
"""

from __future__ import annotations

from sqlalchemy import Index, text

from mailer.adapters.store.tables import deliveries, metadata

__all__ = ["metadata"]


def _index(name: str, *columns: str, where: str = "") -> None:
    """Give `deliveries` an index, of the rows `where` something holds or of all."""
    only = text(where) if where else None
    named = (deliveries.c[column] for column in columns)
    Index(f"ix_deliveries_{name}", *named, sqlite_where=only, postgresql_where=only)


_index("suspects", "not_before", "id", where="recoveries > 0 AND state IN ('queued', 'deferred')")
_index("supporter_id", "supporter_id")
# SQLite reads the rows beside an index, unless that holds every column that its own condition names.
_index("mailing_state", "mailing", "state", "lease_until", where="lease_until IS NULL")
_index("claim", "mailing", "not_before", "id", where="state IN ('queued', 'deferred')")
_index("held", "worker", where="lease_until IS NOT NULL")
_index("sent", "mailing", "sent_at", where="sent_at IS NOT NULL")
_index("pending", "mailing", where="suppress <> ''")
_index("replied", "mailing", "replied_at", where="reply <> ''")
_index("doubtful", "mailing", where="resent OR state = 'uncertain'")
