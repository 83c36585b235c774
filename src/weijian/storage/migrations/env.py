"""Alembic's entry: run the revisions on the connection that the caller hands over."""

from alembic import context

from weijian.storage.tables import metadata

given = context.config.attributes
context.configure(connection=given["connection"], version_table_schema=given["schema"], target_metadata=metadata)
context.run_migrations()
