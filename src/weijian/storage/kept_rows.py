"""Rows as they are kept, read so that both stores give the same: carried from one to the other, and compared."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import shapely
from sqlalchemy import Column, Connection, MetaData, Table, func, literal_column, select
from sqlalchemy.types import TypeDecorator, TypeEngine

from weijian.domain.errors import InputError
from weijian.domain.job import Job, Progress
from weijian.storage import tables
from weijian.storage.column_types import UtcTime, utc_text
from weijian.storage.geometry import Geometry, stored_form
from weijian.storage.many_rows import insert_rows
from weijian.storage.schema import tables_in
from weijian.storage.store import Store

_BATCH = 2000

Row = dict[str, Any]


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
class Reading:
    """The rows of a workspace whose store, folder and coordinate system are these."""

    connection: Connection
    store: Store
    folder: Path
    srs_id: int

    def batches(self, table: Table) -> Iterator[list[Row]]:
        """The rows of a table, many at a time, as another workspace keeps them."""
        statement = select(table).order_by(table.c.id).execution_options(yield_per=_BATCH)
        with self.store.in_sentences(), self.connection.execute(statement) as rows:
            for part in rows.mappings().partitions():
                yield [self._elsewhere(table.name, dict(row)) for row in part]

    def _elsewhere(self, table: str, row: Row) -> Row:
        """A row with its geometry stamped and its files where another folder finds them."""
        if "geometry" in row:
            row["geometry"] = stored_form(row["geometry"], self.srs_id)
        if table == "surveys":
            row |= {name: (self.folder / row[name]).as_posix() for name in ("ortho", "dsm") if row[name]}
        return row


def kept_tables(connection: Connection, schema: str | None) -> list[Table]:
    """The tables that are there, at whichever revision, with words, lists and seals as the text they are kept as.

    Words that households are found by are not among them: each store makes them anew, as it wants them.
    """
    return [_kept(connection, each) for each in tables_in(connection, schema) if each is not tables.household_search]


def carry(
    reading: Reading,
    target: Connection,
    kept: Sequence[Table],
    is_wanted: Callable[[str, Row], bool] = lambda *_: True,
) -> Job[dict[str, Content]]:
    """Write the rows of some tables that are wanted into another database."""
    total = sum(reading.connection.scalar(select(func.count()).select_from(table)) or 0 for table in kept)
    done, written = 0, {}
    for table in kept:
        digest, count = hashlib.sha256(), 0
        for rows in reading.batches(table):
            yield Progress("copy", done, total)
            wanted = [row for row in rows if is_wanted(table.name, row)]
            insert_rows(target, table, wanted)
            _take_in(digest, wanted)
            count += len(wanted)
            done += len(rows)
        written[table.name] = Content(count, digest.hexdigest())
    return written


def compare(reading: Reading, kept: Sequence[Table], written: Mapping[str, Content]) -> Job[None]:
    """Read everything back.

    Raises
    ------
    CopyDiffers
        It is not what was written.
    """
    for number, table in enumerate(kept):
        yield Progress("verify", number, len(written))
        digest, count = hashlib.sha256(), 0
        for rows in reading.batches(table):
            _take_in(digest, rows)
            count += len(rows)
        if Content(count, digest.hexdigest()) != written[table.name]:
            raise CopyDiffers(table=table.name)


def _kept(connection: Connection, known: Table) -> Table:
    there = connection.execute(select(literal_column("*")).select_from(known).limit(0)).keys()
    return Table(known.name, MetaData(), *(Column(c.name, _kept_type(c.type)) for c in known.c if c.name in there))


def _kept_type(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    as_it_is = isinstance(kind, TypeDecorator) and not isinstance(kind, Geometry | UtcTime)
    return kind.impl_instance if as_it_is and isinstance(kind, TypeDecorator) else kind


def _take_in(digest: "hashlib._Hash", rows: list[Row]) -> None:
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
