"""Runs the migrations on the connection that gzdesk.storage.migrate hands over; never from a command line."""

from alembic import context

from gzdesk.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
