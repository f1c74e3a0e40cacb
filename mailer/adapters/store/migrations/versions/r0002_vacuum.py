"""How does PostgreSQL keep up with the outbox? Each letter's row is written three times in seconds: vacuum sooner."""

from __future__ import annotations

from alembic import op

revision = "r0002"
down_revision = "r0001"
branch_labels = None
depends_on = None

# The defaults wait for a fifth of the rows to change: 200,000 letters of a million. Planning a mailing only
# inserts, so statistics have to follow that, or the claim is planned for a table that looks empty.
QUEUE = {
    "autovacuum_vacuum_scale_factor": 0.02,
    "autovacuum_vacuum_threshold": 1000,
    "autovacuum_vacuum_insert_scale_factor": 0.05,
    "autovacuum_analyze_scale_factor": 0.02,
    "autovacuum_analyze_threshold": 1000,
    "autovacuum_vacuum_cost_delay": 0,
}
# A few rows that change all the time, none of it in an index: free space lets them stay on their page.
COUNTERS = {"fillfactor": 50, "autovacuum_vacuum_scale_factor": 0, "autovacuum_vacuum_threshold": 500}


def upgrade() -> None:
    """Set what the server's defaults would do too late; SQLite has nothing of the kind."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, parameters in (("deliveries", QUEUE), ("workers", COUNTERS), ("buckets", COUNTERS)):
        told = ", ".join(f"{name} = {value}" for name, value in parameters.items())
        op.execute(f"ALTER TABLE {table} SET ({told})")
