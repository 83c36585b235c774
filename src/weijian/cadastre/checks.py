"""What is wrong with a vector file whose purpose is not known."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import shapely

from weijian.cadastre.archive_checks import Archive, Layer, check_archive
from weijian.cadastre.check_rules import CheckRules, check_rules
from weijian.cadastre.crs import misplaced, resolve_crs
from weijian.cadastre.errors import OutsideChina
from weijian.cadastre.faults import RowFault, Why
from weijian.cadastre.mapping import FieldMapping, recognise
from weijian.cadastre.polygons import is_polygonal, mended
from weijian.cadastre.table import Objects, VectorTable
from weijian.cadastre.values import (
    AREA_UNITS,
    STOREY_UNITS,
    Unreadable,
    area_factor,
    parse_number,
    parse_whole,
    plain_text,
)
from weijian.domain.errors import CrsContradicted, CrsMissing, CrsUnusable
from weijian.domain.job import finish
from weijian.domain.table_kind import Kind

_FIELDS_SHOWN = 20
_SAID_BEFORE = frozenset({Why.GEOMETRY_EMPTY, Why.GEOMETRY_INVALID, Why.MENDABLE})


def check_table(table: VectorTable, rules: CheckRules | None = None) -> list[RowFault]:
    """Everything wrong with a table, and what it was recognised as.

    Reading faults, encoding doubts, CRS, empty, invalid and repeated geometry; for parcels and buildings in a projected
    CRS also slivers, overlaps, gaps, numbers and stated areas. Notes come with ``is_note``. What concerns the whole
    file comes first.
    """
    found = [*_whole_file(table), *table.faults]
    if table.geometry is not None:
        unread = {f.row for f in table.faults if f.why in (Why.GEOMETRY_UNREADABLE, Why.UNCLOSED)}
        found += [f for f in _geometry(table, table.geometry) if f.row not in unread]
        repeated = {f.row for f in found if f.why is Why.GEOMETRY_REPEATED}
        among = _among_themselves(table, table.geometry, rules or check_rules())
        found += [f for f in among if f.why is not Why.TWICE or f.row not in repeated]
    return sorted(found, key=lambda f: f.row or 0)


def _whole_file(table: VectorTable) -> list[RowFault]:
    found = []
    if not len(table):
        found.append(RowFault(table.path, None, None, Why.NO_ROWS))
    mapping = recognise(table)
    if mapping is not None:
        found.append(RowFault(table.path, None, None, Why.RECOGNISED, other=_described(mapping)))
    if not table.encoding.certain or table.encoding.contradicts:
        found.append(RowFault(table.path, None, None, Why.ENCODING_GUESSED, other=str(table.encoding)))
    if table.geometry is not None:
        found += _crs(table)
    return found


def _described(mapping: FieldMapping) -> str:
    pairs = [f"{heading}={target}" for target, heading in mapping.columns.items()]
    return f"{mapping.kind} ({', '.join(pairs[:_FIELDS_SHOWN])})"


def _crs(table: VectorTable) -> list[RowFault]:
    try:
        resolve_crs(table)
    except CrsMissing:
        return [RowFault(table.path, None, None, Why.NO_CRS)]
    except CrsContradicted as error:
        told = f"{error.data['declared']} / {error.data['found']}"
        return [RowFault(table.path, None, None, Why.WRONG_CRS, other=told)]
    except CrsUnusable as error:
        return [RowFault(table.path, None, None, Why.WRONG_CRS, other=str(error.data["crs"]))]
    except OutsideChina as error:
        told = f"{error.data['crs']} / {error.data['longitude']}, {error.data['latitude']}"
        return [RowFault(table.path, None, None, Why.WRONG_CRS, other=told)]
    return []


def _geometry(table: VectorTable, geometry: Objects) -> list[RowFault]:
    rows = table.row_numbers.tolist()
    empty = shapely.is_missing(geometry) | shapely.is_empty(geometry)
    invalid = ~shapely.is_valid(geometry) & ~empty
    found = [RowFault(table.path, rows[i], None, Why.GEOMETRY_EMPTY) for i in np.flatnonzero(empty)]
    in_metres = table.crs is not None and table.crs.is_projected
    for i in np.flatnonzero(invalid):
        reason = str(shapely.is_valid_reason(geometry[i])).split("[")[0]
        repaired = mended(geometry[i]) if in_metres and is_polygonal(geometry[[i]])[0] else None
        if repaired is None:
            found.append(RowFault(table.path, rows[i], None, Why.GEOMETRY_INVALID, other=reason))
        else:
            areas = f"{geometry[i].area:.2f} → {repaired.area:.2f} m²"
            found.append(RowFault(table.path, rows[i], None, Why.MENDABLE, other=reason, measure=areas))
    found += [RowFault(table.path, row, None, Why.MISPLACED) for row in _misplaced(table)]
    return found + _repeated(table, geometry, ~empty & ~invalid)


def _misplaced(table: VectorTable) -> list[int]:
    """Stray rows of a file whose CRS is right on the whole."""
    if table.crs is None or _crs(table):
        return []
    return [int(row) for row in table.row_numbers[misplaced(table, table.crs)]]


def _repeated(table: VectorTable, geometry: Objects, usable: np.ndarray) -> list[RowFault]:
    """A note for every polygon that an earlier row has as well, wherever its ring starts."""
    first: dict[bytes, int] = {}
    found = []
    chosen = np.flatnonzero(usable & is_polygonal(geometry))
    outlines = shapely.to_wkb(shapely.normalize(geometry[chosen]))
    for i, outline in zip(chosen, outlines, strict=True):
        row = int(table.row_numbers[i])
        if outline in first:
            found.append(RowFault(table.path, row, None, Why.GEOMETRY_REPEATED, other=str(first[outline])))
        first.setdefault(outline, row)
    return found


def _among_themselves(table: VectorTable, geometry: Objects, rules: CheckRules) -> list[RowFault]:
    """What is wrong with parcels or buildings as a layer; nothing where coordinates are no metres."""
    mapping = recognise(table)
    if mapping is None or mapping.kind not in (Kind.PARCELS, Kind.BUILDINGS) or table.crs is None or _crs(table):
        return []
    if not table.crs.is_projected:
        return []
    polygonal = np.flatnonzero(is_polygonal(geometry) & np.isfinite(shapely.bounds(geometry)).all(axis=1))
    cells = {
        "parcel_no": _column(table, mapping, "parcel_no", plain_text),
        "area_m2": _areas(table, mapping, "area_m2"),
        "built_area_m2": _areas(table, mapping, "built_area_m2"),
        "storeys": _column(table, mapping, "storeys", _storeys),
    }
    fields = {name: [column[i] for i in polygonal] for name, column in cells.items() if column is not None}
    rows = [f"#{table.row_numbers[i]}" for i in polygonal]
    archive = Archive({mapping.kind: Layer(rows, geometry[polygonal], fields)})
    return [
        RowFault(table.path, int(fault.number[1:]), None, fault.why, other=fault.other, measure=fault.measure)
        for fault in finish(check_archive(archive, rules))
        if fault.why not in _SAID_BEFORE
    ]


def _column(
    table: VectorTable, mapping: FieldMapping, field: str, read: Callable[[object], object]
) -> list[object] | None:
    heading = mapping.columns.get(field)
    return None if heading is None else [read(cell) for cell in table.columns[heading]]


def _areas(table: VectorTable, mapping: FieldMapping, field: str) -> list[object] | None:
    return _column(table, mapping, field, partial(_area, bare=area_factor(mapping.columns.get(field))))


def _area(cell: object, bare: float) -> float | None:
    try:
        return parse_number(cell, AREA_UNITS, 0.0, np.inf, bare=bare).value
    except Unreadable:
        return None


def _storeys(cell: object) -> int | None:
    try:
        return parse_whole(cell, STOREY_UNITS, 0, 1000).value
    except Unreadable:
        return None
