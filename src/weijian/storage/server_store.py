"""A bureau's shared archive: a schema with the workspace's tables in a PostgreSQL database with PostGIS."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyproj
from sqlalchemy import Connection, Table, text

from weijian.domain.job import Job
from weijian.storage import schema, server_columns
from weijian.storage.founding import founding
from weijian.storage.geopackage import srs_id_of
from weijian.storage.kept_rows import Reading, carry, compare, kept_tables
from weijian.storage.passwords import password_for
from weijian.storage.server_address import Login
from weijian.storage.server_engine import connect, in_sentences
from weijian.storage.server_errors import ArchiveThere
from weijian.storage.tables import metadata


class ServerStore:
    """See `weijian.storage.store.Store`; ``file`` is the pointer in the workspace's folder."""

    def __init__(self, file: Path, login: Login) -> None:
        self.file = file
        self.address = login.address
        self.place: Path | str = str(login.address)
        self.schema: str | None = login.address.schema
        self.evidence = login.address.evidence
        password = login.password if login.password is not None else password_for(login.address)
        self.reader = connect(login.address, password, writable=False)
        self.writer = connect(login.address, password, writable=True)
        self._made_schema = False

    def in_sentences(self) -> AbstractContextManager[None]:
        """A server that is down, refuses, is full, or is lost on the way."""
        return in_sentences(self.address)

    def found(self, connection: Connection, crs: pyproj.CRS) -> None:  # noqa: ARG002
        """Make the schema, or take one that an administrator has made and that is empty.

        Raises
        ------
        PostgisMissing
        ArchiveThere
            There is something in the schema.
        """
        server_columns.require_postgis(connection, self.place)
        there = text("SELECT oid FROM pg_namespace WHERE nspname = :schema")
        found = connection.scalar(there, {"schema": self.schema})
        if found is None:
            connection.exec_driver_sql(f"CREATE SCHEMA {_quoted(str(self.schema))}")
            self._made_schema = True
        elif connection.scalar(text("SELECT count(*) FROM pg_class WHERE relnamespace = :oid"), {"oid": found}):
            raise ArchiveThere(place=self.place)

    def fit(self, connection: Connection, tables: Iterable[Table], crs: pyproj.CRS) -> None:
        """Columns and indexes as PostgreSQL and PostGIS want them."""
        server_columns.fit(connection, tables, crs)

    def note_changes(self, connection: Connection, tables: Iterable[Table], moment: datetime) -> None:
        """Nothing to do: the server's own catalogue knows."""

    def brought_along(self, connection: Connection, tables: Iterable[Table], moment: datetime) -> None:  # noqa: ARG002
        """Let ids go on behind those that were brought along."""
        server_columns.continue_numbering(connection, tables)

    def save_aside(
        self, connection: Connection, folder: Path, revision: str, crs: pyproj.CRS, target: Path
    ) -> Job[Path]:
        """A workspace in a folder, without the evidence: a migration does not touch that."""
        srs_id = srs_id_of(crs)
        with founding(target, crs, revision=revision) as fresh:
            kept = kept_tables(connection, self.schema)
            written = yield from carry(Reading(connection, self, folder, srs_id), fresh.connection, kept)
            fresh.store.brought_along(fresh.connection, schema.tables_in(fresh.connection), datetime.now(UTC))
            yield from compare(Reading(fresh.connection, fresh.store, fresh.folder, srs_id), kept, written)
        return target

    def settle(self) -> None:
        """Nothing to do: connections are made as they are needed."""

    def faults(self) -> list[str]:
        """Dangling references, which appear only where somebody has switched the server's checks off."""
        with self.reader.connect() as connection:
            return server_columns.dangling(connection, metadata.sorted_tables)

    def missing_indexes(self, connection: Connection) -> list[str]:
        """Of those that find places and pieces of text."""
        return server_columns.missing_indexes(connection, metadata.sorted_tables)

    def discard(self) -> None:
        """Drop the schema, or what was made in it."""
        with self.writer.begin() as connection:
            if self._made_schema:
                connection.exec_driver_sql(f"DROP SCHEMA {_quoted(str(self.schema))} CASCADE")
            else:
                metadata.drop_all(connection)
                connection.exec_driver_sql(f"DROP TABLE IF EXISTS {_quoted(str(self.schema))}.alembic_version")

    def close(self) -> None:
        """Let go of the connections."""
        for engine in (self.writer, self.reader):
            engine.dispose()


@dataclass(frozen=True)
class ServerFacts:
    """What a server says of itself and of a schema: versions, and whether an archive of ours is there."""

    postgres: str
    postgis: str | None
    has_archive: bool


def look_at(login: Login) -> ServerFacts:
    """Try an address.

    Raises
    ------
    ServerUnreachable, PasswordRefused, DatabaseMissing, ...
        As `weijian.storage.server_errors` has them.
    """
    store = ServerStore(Path(), login)
    try:
        with store.in_sentences(), store.reader.connect() as connection:
            postgres = str(connection.scalar(text("SHOW server_version")))
            postgis = connection.scalar(text("SELECT extversion FROM pg_extension WHERE extname = 'postgis'"))
            return ServerFacts(postgres, postgis, schema.revision_of(connection, store.schema) is not None)
    finally:
        store.close()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
