"""How does Alembic run the revisions? In the transaction of the connection that it is handed."""

from __future__ import annotations

from alembic import context

from mailer.adapters.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
