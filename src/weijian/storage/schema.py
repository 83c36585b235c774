"""Which revision a workspace's tables are at, and the way forward."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS = Path(__file__).parent / "migrations"
"""Alembic's folder; a frozen program must bring it along as files."""


_STATED = re.compile(r'^revision = "(\w+)"', re.MULTILINE)


def revisions() -> list[str]:
    """All revisions this program knows, oldest first; read from the scripts, since Alembic takes long to load."""
    scripts = sorted((SCRIPTS / "versions").glob("r*.py"))
    return [found[1] for script in scripts if (found := _STATED.search(script.read_text(encoding="utf-8")))]


def revision_of(connection: Connection, schema: str | None = None) -> str | None:
    """Revision the database is at; None when it, or the schema of it that is named, has no tables of ours."""
    if not inspect(connection).has_table("alembic_version", schema):
        return None
    revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def upgrade(connection: Connection, schema: str | None = None) -> None:
    """Bring the tables, in a schema where the database has such, to the latest revision within the transaction."""
    from alembic import command

    config = _config()
    config.attributes["connection"] = connection
    config.attributes["schema"] = schema
    command.upgrade(config, "head")


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
