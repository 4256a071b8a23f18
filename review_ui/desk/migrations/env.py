"""How Alembic reaches the database: on the connection that `database.migrate` hands over."""

from __future__ import annotations

from alembic import context

from review_ui.desk.models import Case

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Case.metadata,
    render_as_batch=True,
)
context.run_migrations()
