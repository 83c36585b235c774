"""Which revision a workspace's tables are at, and the way forward."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Table, inspect, text

from weijian.storage.tables import metadata

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS = Path(__file__).parent / "migrations"
"""Alembic's folder; a frozen program must bring it along as files."""


NEWEST = "head"
"""The newest revision, as Alembic calls it."""

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


def tables_in(connection: Connection, schema: str | None = None) -> list[Table]:
    """Those of our tables that the revision at hand has made already."""
    there = set(inspect(connection).get_table_names(schema))
    return [table for table in metadata.sorted_tables if table.name in there]


def upgrade(connection: Connection, schema: str | None = None, revision: str = NEWEST) -> None:
    """Bring the tables, in a schema where the database has such, to a revision within the transaction."""
    from alembic import command

    config = _config()
    config.attributes["connection"] = connection
    config.attributes["schema"] = schema
    command.upgrade(config, revision)


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
