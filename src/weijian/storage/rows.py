"""Domain values as rows and back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import shapely
from sqlalchemy import Connection, Table

from weijian.storage.audit import Journal
from weijian.storage.geometry import plain_form, stored_forms
from weijian.storage.many_rows import insert_rows
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
            insert_rows(self.connection, table, listed)
            self.journal.note(table, "added", (row[number] for row in listed))
            if table.name in JOURNALED:
                self.journal.rows.extend(added_rows(table, listed))


def to_row(value: "DataclassInstance", table: Table, srs_id: int) -> dict[str, Any]:
    """The fields of a value that a table has columns for; a footprint comes with its bounding box."""
    return to_rows([value], table, srs_id)[0]


def to_rows(values: Sequence["DataclassInstance"], table: Table, srs_id: int) -> list[dict[str, Any]]:
    """Rows of values of one kind, as :func:`to_row` makes them, footprints all at once."""
    if not values:
        return []
    names = [f.name for f in fields(values[0]) if f.name in table.c]
    rows = [{name: getattr(value, name) for name in names} for value in values]
    if "geometry" in names:
        footprints = [row["geometry"] for row in rows]
        boxes = shapely.bounds(footprints).tolist()
        for row, form, box in zip(rows, stored_forms(footprints, srs_id), boxes, strict=True):
            row["geometry"] = form
            row["min_x"], row["min_y"], row["max_x"], row["max_y"] = box
    return rows


def from_row(kind: type[V], row: Mapping[Any, Any], **others: object) -> V:
    """The value of a row; ``others`` gives fields that are kept elsewhere."""
    return kind(**{f.name: row[f.name] for f in fields(kind) if f.name not in others}, **others)


def as_kept(value: V) -> V:
    """The value as it will come back: its footprint flat, a polygon when there is a single part."""
    geometry = getattr(value, "geometry", None)
    return value if geometry is None else replace(value, geometry=plain_form(geometry))
