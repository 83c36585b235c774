"""Alembic's entry: run the revisions on the connection that the caller hands over."""

from alembic import context

from weijian.storage.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
