"""Which revision a workspace's tables are at, and the way forward."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

SCRIPTS = Path(__file__).parent / "migrations"
"""Alembic's folder; a frozen program must bring it along as files."""


def revisions(scripts: Path = SCRIPTS) -> list[str]:
    """All revisions this program knows, oldest first."""
    directory = ScriptDirectory.from_config(_config(scripts))
    return [script.revision for script in reversed(list(directory.walk_revisions()))]


def revision_of(connection: Connection) -> str | None:
    """Revision the database is at; None when it has no tables of ours."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade(connection: Connection, scripts: Path = SCRIPTS) -> None:
    """Bring the tables to the latest revision within the connection's transaction."""
    config = _config(scripts)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _config(scripts: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
