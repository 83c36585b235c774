"""What a workspace asks of the database that holds its tables; there are two: a GeoPackage and a schema on a server."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Protocol

import pyproj
from sqlalchemy import Connection, Engine, Table

from weijian.domain.job import Job


class Store(Protocol):
    """The tables of one workspace.

    Attributes
    ----------
    file : Path
        The file in the workspace's folder that is the database, or says where it is.
    place : Path or str
        What sentences call the database.
    schema : str or None
        The schema the tables are in, where the database has schemas.
    evidence : Path or None
        Where the evidence is for this machine, when that is neither in the folder nor where the archive says.
    writer : sqlalchemy.Engine
        Each of its transactions is the only one that writes, from its first statement to its end.
    reader : sqlalchemy.Engine
        Its transactions see one moment and cannot write.
    """

    @property
    def file(self) -> Path: ...  # noqa: D102
    @property
    def place(self) -> Path | str: ...  # noqa: D102
    @property
    def schema(self) -> str | None: ...  # noqa: D102
    @property
    def evidence(self) -> Path | None: ...  # noqa: D102
    @property
    def writer(self) -> Engine: ...  # noqa: D102
    @property
    def reader(self) -> Engine: ...  # noqa: D102

    def in_sentences(self) -> AbstractContextManager[None]:
        """Turn the database's troubles into the user's errors; bugs pass as they are."""
        ...

    def found(self, connection: Connection, crs: pyproj.CRS) -> None:
        """Make an empty place for the tables of a new workspace."""
        ...

    def fit(self, connection: Connection, tables: Iterable[Table], crs: pyproj.CRS) -> None:
        """Give tables that the revisions have made what only this database needs."""
        ...

    def note_changes(self, connection: Connection, tables: Iterable[Table], moment: datetime) -> None:
        """Note that tables have changed, for other programs that read the database."""
        ...

    def brought_along(self, connection: Connection, tables: Iterable[Table], moment: datetime) -> None:
        """Take note of rows that were entered with ids of their own, as a copy does."""
        ...

    def save_aside(
        self, connection: Connection, folder: Path, revision: str, crs: pyproj.CRS, target: Path
    ) -> Job[Path]:
        """Save the tables of a workspace as they are at ``revision``, before a migration; the answer is where.

        ``connection`` is the writer's, so that nobody changes them meanwhile; ``target`` is a name without ending.
        """
        ...

    def settle(self) -> None:
        """Make ready for work once the workspace is known to be one."""
        ...

    def faults(self) -> list[str]:
        """What the database itself finds wrong."""
        ...

    def missing_indexes(self, connection: Connection) -> list[str]:
        """Names of indexes that `fit` has made and that are there no more."""
        ...

    def discard(self) -> None:
        """Take away what `found` has made, when the workspace could not be completed after all."""
        ...

    def close(self) -> None:
        """Let go of connections and files; more than once does no harm."""
        ...
