"""Domain values as rows and back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Connection, Table, insert

from weijian.storage.audit import Journal
from weijian.storage.geometry import Footprint, plain_form, stored_form
from weijian.storage.row_journal import JOURNALED, added_rows

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

V = TypeVar("V", bound="DataclassInstance")


@dataclass(frozen=True)
class Scope:
    """What every repository of one transaction shares."""

    connection: Connection
    folder: Path
    srs_id: int
    journal: Journal

    def insert(self, table: Table, rows: Iterable[Mapping[str, Any]], number: str) -> None:
        """Add rows and note them under their ``number`` column."""
        listed = [dict(row) for row in rows]
        if listed:
            self.connection.execute(insert(table), listed)
            self.journal.note(table, "added", (row[number] for row in listed))
            if table.name in JOURNALED:
                self.journal.rows.extend(added_rows(table, listed))


def to_row(value: "DataclassInstance", table: Table, srs_id: int) -> dict[str, Any]:
    """The fields of a value that a table has columns for; a footprint comes with its bounding box."""
    row = {f.name: getattr(value, f.name) for f in fields(value) if f.name in table.c}
    if "geometry" in row:
        footprint: Footprint = row["geometry"]
        row["geometry"] = stored_form(footprint, srs_id)
        row |= dict(zip(("min_x", "min_y", "max_x", "max_y"), footprint.bounds, strict=True))
    return row


def from_row(kind: type[V], row: Mapping[Any, Any], **others: object) -> V:
    """The value of a row; ``others`` gives fields that are kept elsewhere."""
    return kind(**{f.name: row[f.name] for f in fields(kind) if f.name not in others}, **others)


def as_kept(value: V) -> V:
    """The value as it will come back: its footprint flat, a polygon when there is a single part."""
    geometry = getattr(value, "geometry", None)
    return value if geometry is None else replace(value, geometry=plain_form(geometry))
