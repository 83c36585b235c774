"""Moving an archive from one store to the other, row by row as it is kept, whole or not at all."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import shapely
from sqlalchemy import Column, Connection, MetaData, Table, func, select
from sqlalchemy.types import TypeDecorator, TypeEngine

from weijian.domain.errors import InputError
from weijian.domain.job import Job, Progress
from weijian.storage import household_search, tables
from weijian.storage.column_types import UtcTime, utc_text
from weijian.storage.founding import Founding, founding
from weijian.storage.geometry import Geometry, stored_form
from weijian.storage.server_address import Login
from weijian.storage.tables import metadata
from weijian.storage.workspace import EVIDENCE_FOLDER, Workspace

_BATCH = 2000
_TABLES = tuple(table for table in metadata.sorted_tables if table is not tables.household_search)
"""What is copied; words that households are found by are made anew, as each store wants them."""


class CopyDiffers(InputError):
    """What was written does not read back as it was."""

    zh = "复制后核对不符（{table}），未生成任何内容；请先用 weijian verify 核验原工作区，再重试。"
    en = "The copy does not read back the same ({table}), so nothing was made; run weijian verify on the source first."


@dataclass(frozen=True)
class Content:
    """What a table holds: how many rows, and the SHA-256 of them all."""

    rows: int
    sha256: str


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
        written = yield from _copy_tables(_Reading(origin, source.folder, source.srs_id), fresh)
        household_search.rebuild(fresh.connection)
        fresh.store.brought_along(fresh.connection, metadata.sorted_tables, source.clock())
        yield from _compare(_Reading(fresh.connection, fresh.folder, source.srs_id), written)
        _say_where_evidence_is(fresh.connection, login)
        copied, lacking = yield from _copy_evidence(origin, source, fresh)
    return CopyReport(written, copied, lacking)


@dataclass(frozen=True)
class _Reading:
    """How rows are read so that both stores give the same."""

    connection: Connection
    folder: Path
    srs_id: int

    def batches(self, table: Table) -> Iterator[list[dict[str, Any]]]:
        statement = select(table).order_by(table.c.id).execution_options(yield_per=_BATCH)
        with self.connection.execute(statement) as rows:
            for part in rows.mappings().partitions():
                yield [self._as_it_will_be(table.name, dict(row)) for row in part]

    def _as_it_will_be(self, table: str, row: dict[str, Any]) -> dict[str, Any]:
        """A row as the copy has it: its geometry stamped, its files and its evidence where they will be found."""
        if "geometry" in row:
            row["geometry"] = stored_form(row["geometry"], self.srs_id)
        if table == "surveys":
            row |= {name: (self.folder / row[name]).as_posix() for name in ("ortho", "dsm") if row[name]}
        return row

    def is_wanted(self, table: str, row: Mapping[str, Any]) -> bool:
        """Everything but the former folder of evidence."""
        return not (table == "settings" and row["name"] == EVIDENCE_FOLDER)


def _copy_tables(reading: _Reading, fresh: Founding) -> Job[dict[str, Content]]:
    plain = [_plain(table) for table in _TABLES]
    total = sum(reading.connection.scalar(select(func.count()).select_from(table)) or 0 for table in plain)
    done, written = 0, {}
    for table in plain:
        digest, count = hashlib.sha256(), 0
        for rows in reading.batches(table):
            yield Progress("copy", done, total)
            wanted = [row for row in rows if reading.is_wanted(table.name, row)]
            if wanted:
                fresh.connection.execute(table.insert(), wanted)
            _take_in(digest, wanted)
            count += len(wanted)
            done += len(rows)
        written[table.name] = Content(count, digest.hexdigest())
    return written


def _compare(reading: _Reading, written: Mapping[str, Content]) -> Job[None]:
    """Read everything back."""
    for number, table in enumerate(map(_plain, _TABLES)):
        yield Progress("verify", number, len(written))
        digest, count = hashlib.sha256(), 0
        for rows in reading.batches(table):
            _take_in(digest, rows)
            count += len(rows)
        if Content(count, digest.hexdigest()) != written[table.name]:
            raise CopyDiffers(table=table.name)


def _say_where_evidence_is(connection: Connection, login: Login | None) -> None:
    if login is not None and login.address.evidence is not None:
        said = json.dumps(str(login.address.evidence), ensure_ascii=False)
        connection.execute(tables.settings.insert(), [{"name": EVIDENCE_FOLDER, "value": said}])


def _copy_evidence(origin: Connection, source: Workspace, fresh: Founding) -> Job[tuple[int, tuple[str, ...]]]:
    """Every file that a table names by its hash."""
    columns = [table.c.sha256 for table in _TABLES if "sha256" in table.c]
    hashes = sorted({sha256 for column in columns for sha256 in origin.scalars(select(column)) if sha256})
    lacking = []
    for number, sha256 in enumerate(hashes):
        yield Progress("copy-evidence", number, len(hashes))
        if source.evidence_store.is_intact(sha256):
            fresh.evidence_store.put(source.evidence_store.path(sha256))
        else:
            lacking.append(sha256)
    return len(hashes) - len(lacking), tuple(lacking)


def _plain(table: Table) -> Table:
    """The table with words, lists and what is sealed as the text they are kept as."""
    return Table(table.name, MetaData(), *(Column(column.name, _kept_type(column.type)) for column in table.c))


def _kept_type(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    as_it_is = isinstance(kind, TypeDecorator) and not isinstance(kind, Geometry | UtcTime)
    return kind.impl_instance if as_it_is and isinstance(kind, TypeDecorator) else kind


def _take_in(digest: "hashlib._Hash", rows: list[dict[str, Any]]) -> None:
    for row in rows:
        for name, value in row.items():
            digest.update(f"{name}={_canonical(value)}\n".encode())


def _canonical(value: object) -> str:
    if isinstance(value, shapely.Geometry):
        return str(shapely.to_wkb(value, hex=True, output_dimension=2, byte_order=1, include_srid=True))
    if isinstance(value, datetime):
        return utc_text(value) if value.tzinfo else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return repr(value)
