"""What is wrong with a vector file whose purpose is not known."""

from __future__ import annotations

import numpy as np
import shapely

from weijian.cadastre.crs import misplaced, resolve_crs
from weijian.cadastre.errors import OutsideChina
from weijian.cadastre.faults import RowFault, Why
from weijian.cadastre.mapping import FieldMapping, recognise
from weijian.cadastre.polygons import is_polygonal
from weijian.cadastre.table import Objects, VectorTable
from weijian.domain.errors import CrsContradicted, CrsMissing, CrsUnusable

_FIELDS_SHOWN = 20


def check_table(table: VectorTable) -> list[RowFault]:
    """Everything wrong with a table that can be said without knowing its kind, and what it was recognised as.

    Reading faults, encoding doubts, CRS, empty, invalid and repeated geometry; notes come with ``is_note``. What
    concerns the whole file comes first.
    """
    found = [*_whole_file(table), *table.faults]
    if table.geometry is not None:
        unread = {f.row for f in table.faults if f.why is Why.GEOMETRY_UNREADABLE}
        found += [f for f in _geometry(table, table.geometry) if f.row not in unread]
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
    for i in np.flatnonzero(invalid):
        reason = str(shapely.is_valid_reason(geometry[i])).split("[")[0]
        found.append(RowFault(table.path, rows[i], None, Why.GEOMETRY_INVALID, other=reason))
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
