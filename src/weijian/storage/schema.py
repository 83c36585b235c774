"""Which revision a workspace's tables are at, and the way forward."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

SCRIPTS = Path(__file__).parent / "migrations"
"""Alembic's folder; a frozen program must bring it along as files."""


def revisions() -> list[str]:
    """All revisions this program knows, oldest first."""
    directory = ScriptDirectory.from_config(_config())
    return [script.revision for script in reversed(list(directory.walk_revisions()))]


def revision_of(connection: Connection) -> str | None:
    """Revision the database is at; None when it has no tables of ours."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade(connection: Connection) -> None:
    """Bring the tables to the latest revision within the connection's transaction."""
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
