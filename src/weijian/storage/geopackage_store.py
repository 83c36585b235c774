"""The workspace's own database: one GeoPackage file, an SQLite database with write-ahead log."""

from collections.abc import Iterable
from contextlib import AbstractContextManager, ExitStack
from datetime import datetime
from functools import cached_property
from pathlib import Path

import pyproj
from sqlalchemy import Connection, Engine, Table

from weijian.domain.job import Job, Progress
from weijian.storage import geopackage
from weijian.storage.column_types import utc_text
from weijian.storage.holding import hold
from weijian.storage.sqlite_engine import connect, copy_database, faults, in_sentences, leave, visit

DATABASE = "workspace.gpkg"


class GeoPackageStore:
    """See `weijian.storage.store.Store`; ``said`` is what sentences call it when it is still built elsewhere."""

    schema: str | None = None
    evidence: Path | None = None

    def __init__(self, file: Path, said: Path | None = None) -> None:
        self.file = file
        self.place: Path | str = said or file
        self.reader = connect(file, writable=False)
        self._resources = ExitStack()
        self._resources.callback(self.reader.dispose)

    @cached_property
    def writer(self) -> Engine:
        """Made when it is first needed: connecting it alters what may not be a workspace."""
        engine = connect(self.file, writable=True)
        self._resources.callback(leave, engine, self.file)
        return engine

    def in_sentences(self) -> AbstractContextManager[None]:
        """A full disk, a lock, a read-only or a damaged file."""
        return in_sentences(Path(self.place))

    def found(self, connection: Connection, crs: pyproj.CRS) -> None:
        """Write the catalogue of an empty GeoPackage."""
        geopackage.write_catalogue(connection, crs)

    def fit(self, connection: Connection, tables: Iterable[Table], crs: pyproj.CRS) -> None:
        """Enter the tables in the catalogue."""
        geopackage.register(connection, tables, crs)

    def note_changes(self, connection: Connection, tables: Iterable[Table], moment: datetime) -> None:
        """Bring the catalogue up to date."""
        geopackage.touch(connection, tables, utc_text(moment))

    def brought_along(self, connection: Connection, tables: Iterable[Table], moment: datetime) -> None:
        """Bring the catalogue up to date; ids go on by themselves."""
        geopackage.touch(connection, tables, utc_text(moment))

    def save_aside(
        self,
        connection: Connection,  # noqa: ARG002
        folder: Path,  # noqa: ARG002
        revision: str,  # noqa: ARG002
        crs: pyproj.CRS,  # noqa: ARG002
        target: Path,
    ) -> Job[Path]:
        """A copy of the file."""
        yield Progress("copy", 0, 1)
        copy = target.with_name(f"{target.name}.gpkg")
        copy_database(self.file, copy)
        return copy

    def settle(self) -> None:
        """Bring the write-ahead log into being and hold it."""
        visit(self.writer)
        self._resources.push(hold(self.file))
        for engine in (self.writer, self.reader):
            self._resources.callback(engine.dispose)

    def faults(self) -> list[str]:
        """Damaged pages and dangling references."""
        return faults(self.reader)

    def missing_indexes(self, connection: Connection) -> list[str]:  # noqa: ARG002
        """None: all of this database's indexes are made by the revisions."""
        return []

    def discard(self) -> None:
        """Nothing to do: the file goes with its folder."""

    def close(self) -> None:
        """Let go of the file; the last user writes the log back."""
        self._resources.close()
