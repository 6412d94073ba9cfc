"""What Alembic runs: the migrations, on the connection that clearinghouse.commands.migrate hands over."""

from __future__ import annotations

from alembic import context

from clearinghouse.models import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite alters a table by copying it
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
