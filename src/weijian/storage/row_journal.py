"""What an action changed, row by row and field by field: the history of the archive, and the way back.

Kept for the tables of the archive (`JOURNALED`) in the transaction that changes them, one line a changed field; a new
row is one line, a removed row one line for each field it had. Numbers of persons stand in it sealed, as in their table.
Actor, action and moment are those of the audit entry.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import shapely
from sqlalchemy import Column, Date, Double, Integer, Table

from weijian.storage.column_types import AsText
from weijian.storage.geometry import Geometry, stored_form

ADDED, UPDATED, REMOVED = "added", "updated", "removed"

NUMBER_OF: Mapping[str, str] = {
    "households": "household_no",
    "persons": "person_no",
    "parcels": "parcel_no",
    "buildings": "building_no",
    "permits": "permit_no",
    "zones": "zone_no",
    "disposals": "building_no",
    "findings": "finding_no",
    "leads": "lead_no",
    "cases": "case_no",
}
"""Tables that can be journaled, and the column that names a row."""

JOURNALED = frozenset({"households", "persons", "parcels", "buildings", "permits", "zones", "disposals"})
"""Tables whose every change is journaled; of the others only what splitting and merging links anew."""

_MADE = frozenset({"id", "min_x", "min_y", "max_x", "max_y"})
"""Columns that follow from others."""

_READERS: tuple[tuple[type, Callable[[str], Any]], ...] = ((Integer, int), (Double, float), (Date, date.fromisoformat))
"""How values of a column's kind are read back; the rest are text."""


@dataclass(frozen=True)
class RowChange:
    """One line of the journal; values as `text_of` writes them."""

    part: str
    number: str
    household_no: str | None
    verb: str
    field: str | None = None
    before: str | None = None
    after: str | None = None


def added_rows(table: Table, rows: Iterable[Mapping[str, Any]]) -> Iterator[RowChange]:
    """Lines for new rows."""
    number = NUMBER_OF[table.name]
    for row in rows:
        yield RowChange(table.name, str(row[number]), row.get("household_no"), ADDED)


def removed_row(table: Table, row: Mapping[str, Any]) -> Iterator[RowChange]:
    """Lines for a row that is taken away: all that is needed to put it back."""
    for column in _kept_columns(table):
        before = text_of(column, row[column.name])
        if before is not None:
            yield RowChange(
                table.name, str(row[NUMBER_OF[table.name]]), row.get("household_no"), REMOVED, column.name, before
            )


def updated_row(table: Table, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[RowChange]:
    """Lines for the fields in which two states of a row differ; ``after`` may lack those that stay.

    They are entered under the household that had the thing before.
    """
    number = str(before[NUMBER_OF[table.name]])
    for column in _kept_columns(table):
        if column.name in after:
            old, new = text_of(column, before[column.name]), text_of(column, after[column.name])
            if old != new:
                yield RowChange(table.name, number, before.get("household_no"), UPDATED, column.name, old, new)


def text_of(column: Column[Any], value: Any) -> str | None:
    """A value as the journal keeps it: exactly, so that it can be put back."""
    if value is None:
        return None
    if isinstance(column.type, Geometry):
        return str(shapely.to_wkt(value, rounding_precision=-1))
    if isinstance(column.type, AsText):
        return column.type.write(value)
    return value.isoformat() if isinstance(value, date) else repr(value) if isinstance(value, float) else str(value)


def value_of(column: Column[Any], text: str | None, srs_id: int) -> Any:
    """The value that `text_of` wrote."""
    if text is None:
        return None
    if isinstance(column.type, Geometry):
        shape: Any = shapely.from_wkt(text)
        return stored_form(shape, srs_id)
    if isinstance(column.type, AsText):
        return column.type.read(text)
    return next((read for kind, read in _READERS if isinstance(column.type, kind)), str)(text)


def _kept_columns(table: Table) -> Iterator[Column[Any]]:
    return (column for column in table.c if column.name not in _MADE)
