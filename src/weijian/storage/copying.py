"""Moving an archive from one store to the other, row by row as it is kept, whole or not at all."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from weijian.domain.job import Job, Progress
from weijian.storage import household_search, tables
from weijian.storage.founding import Founding, founding
from weijian.storage.kept_rows import Content, Reading, Row, carry, compare, kept_tables
from weijian.storage.server_address import Login
from weijian.storage.tables import metadata
from weijian.storage.workspace import EVIDENCE_FOLDER, Workspace


@dataclass(frozen=True)
class CopyReport:
    """What was copied and compared; ``lacking`` are hashes of evidence that the source itself lacks or has damaged."""

    tables: Mapping[str, Content]
    evidence: int
    lacking: tuple[str, ...]


def copy_workspace(source: Workspace, folder: Path, login: Login | None = None) -> Job[CopyReport]:
    """Copy an archive as it is at this moment: tables with their audit chain, settings, and evidence by hash.

    A survey whose files lie in the source's folder is pointed to there. Evidence goes into the new folder, or where
    ``login`` says that the bureau keeps it.

    Parameters
    ----------
    source : Workspace
    folder : Path
        Where the copy shall be: a folder that is not there yet, or is empty.
    login : Login, optional
        The server and schema where its tables shall be; without it they are a GeoPackage in the folder.

    Raises
    ------
    CopyDiffers
        The copy does not read back the same; nothing is left behind then.
    TargetExists, TargetUnwritable, ArchiveThere, ...
        As `weijian.storage.founding.founding` has them.
    """
    with (
        source.store.in_sentences(),
        source.reader.connect() as origin,
        founding(folder, source.crs, login) as fresh,
    ):
        kept = kept_tables(origin, source.store.schema)
        reading = Reading(origin, source.store, source.folder, source.srs_id)
        written = yield from carry(reading, fresh.connection, kept, _is_wanted)
        household_search.rebuild(fresh.connection)
        fresh.store.brought_along(fresh.connection, metadata.sorted_tables, source.clock())
        yield from compare(Reading(fresh.connection, fresh.store, fresh.folder, source.srs_id), kept, written)
        _say_where_evidence_is(fresh.connection, login)
        copied, lacking = yield from _copy_evidence(origin, source, fresh)
    return CopyReport(written, copied, lacking)


def _is_wanted(table: str, row: Row) -> bool:
    """Everything but the former folder of evidence."""
    return not (table == tables.settings.name and row["name"] == EVIDENCE_FOLDER)


def _say_where_evidence_is(connection: Connection, login: Login | None) -> None:
    if login is not None and login.address.evidence is not None:
        said = json.dumps(str(login.address.evidence), ensure_ascii=False)
        connection.execute(tables.settings.insert(), [{"name": EVIDENCE_FOLDER, "value": said}])


def _copy_evidence(origin: Connection, source: Workspace, fresh: Founding) -> Job[tuple[int, tuple[str, ...]]]:
    """Every file that a table names by its hash."""
    columns = [table.c.sha256 for table in metadata.sorted_tables if "sha256" in table.c]
    hashes = sorted({sha256 for column in columns for sha256 in origin.scalars(select(column)) if sha256})
    lacking = []
    for number, sha256 in enumerate(hashes):
        yield Progress("copy-evidence", number, len(hashes))
        if source.evidence_store.is_intact(sha256):
            fresh.evidence_store.put(source.evidence_store.path(sha256))
        else:
            lacking.append(sha256)
    return len(hashes) - len(lacking), tuple(lacking)
