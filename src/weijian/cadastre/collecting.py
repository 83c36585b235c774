"""Rows of a table made into values: cells parsed, outlines placed and mended, a fault for every row that cannot be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from pyproj import CRS
from shapely import MultiPolygon, Polygon

from weijian.cadastre.crs import (
    crs_label,
    misplaced,
    parse_crs,
    require_metric,
    resolve_crs,
    to_crs,
    transform_accuracy,
)
from weijian.cadastre.errors import GeometryMissing, GeometryUnfit
from weijian.cadastre.faults import RowFault, Why, shown
from weijian.cadastre.fields import REQUIRED
from weijian.cadastre.mapping import FieldMapping
from weijian.cadastre.polygons import Polygons, is_polygonal, polygons
from weijian.cadastre.table import VectorTable
from weijian.cadastre.values import AREA_UNITS, Parsed, Unreadable, area_factor, parse_number, plain_text
from weijian.domain.table_kind import Kind

T = TypeVar("T")
Parser = Callable[[object], Parsed[Any]]
Outlines = Mapping[str, Polygon | MultiPolygon]
"""Outlines of the archive by number."""

area = partial(parse_number, units=AREA_UNITS, low=0.01, high=1e8)
"""An area in square metres."""

_COARSE_M = 1.0
_AREAS = frozenset({"area_m2", "built_area_m2", "max_footprint_m2"})
_OF_A_COLUMN = (Why.YEAR_ONLY, Why.MONTH_ONLY)
"""Said once for a column, not of each of its rows."""


@dataclass(frozen=True)
class Records(Generic[T]):
    """What came of a table.

    ``rows[i]`` is the row of ``values[i]``; a row with a fault gives no value. ``repairs`` are notes: what was taken
    otherwise than it was written, and what a person should look at (a guessed encoding, a coarse transformation).
    """

    values: tuple[T, ...]
    rows: tuple[int, ...]
    faults: tuple[RowFault, ...]
    repairs: tuple[RowFault, ...]


def collect(
    build: Callable[..., T],
    table: VectorTable,
    mapping: FieldMapping,
    parsers: Mapping[str, Parser],
    target_crs: str | CRS | None,
    archive: Outlines | None,
    *,
    key: str | None = None,
) -> Records[T]:
    """Make the values of a table.

    Parameters
    ----------
    build : callable
        Makes a value of the fields that have a parser and, with ``target_crs``, of ``geometry``.
    parsers : mapping
        From field to what reads its cells.
    archive : mapping, optional
        Outlines by number, in ``target_crs``, for a table without any.
    key : str, optional
        The field that must not repeat; by default the one that the kind cannot do without, "" for none.

    Raises
    ------
    FieldMissing, GeometryMissing, GeometryUnfit, CrsMissing, CrsContradicted, CrsUnknown, CrsNotMetric, OutsideChina
    """
    mapping.require(table)
    key = REQUIRED[mapping.kind] if key is None else key
    notes = list(_inherited(table, mapping, with_geometry=target_crs is not None))
    known = {(n.row, n.field) for n in notes if n.row is not None}
    cells, of_cells = _parse_cells(table, mapping, parsers)
    shapes = None
    if target_crs is not None:
        joined = table.geometry is None and archive is not None
        found = _joined(table, cells[key], archive or {}) if joined else _polygons(table, mapping.kind, target_crs)
        shapes = found.shapes
        notes += [n for n in (*found.faults, *found.repairs) if (n.row, n.field) not in known]
    notes += [n for n in of_cells if (n.row, n.field) not in known]
    if key in cells:
        notes += _repeated(table, mapping.columns.get(key), key, cells, exact_is_harmless=shapes is None)
    faults = _ordered(n for n in notes if not n.is_note)
    bad = {f.row for f in faults} | {n.row for n in notes if n.why is Why.ROW_REPEATED}
    good = [i for i, row in enumerate(table.row_numbers.tolist()) if row not in bad]
    targets = list(cells)
    fields = list(cells.values())
    if shapes is not None:
        targets, fields = [*targets, "geometry"], [*fields, list(shapes)]
    values = [build(**dict(zip(targets, (column[i] for column in fields), strict=True))) for i in good]
    rows = tuple(int(table.row_numbers[i]) for i in good)
    return Records(tuple(values), rows, faults, _ordered(n for n in notes if n.is_note))


def _parse_cells(
    table: VectorTable, mapping: FieldMapping, parsers: Mapping[str, Parser]
) -> tuple[dict[str, list[Any]], list[RowFault]]:
    """Values of every field that the table has, and what is to be said of them."""
    cells, notes = {}, []
    for target, parser in parsers.items():
        if target in mapping.columns or target in mapping.constants:
            cells[target], found = _parse_column(table, mapping, target, parser)
            notes += found
    return cells, notes


def _joined(table: VectorTable, keys: Sequence[str | None], archive: Outlines) -> Polygons:
    """Outlines that the archive already has under the rows' numbers."""
    shapes = tuple(None if key is None else archive.get(key) for key in keys)
    lost = [
        RowFault(table.path, row, None, Why.NOT_IN_ARCHIVE, shown(key))
        for row, key, shape in zip(table.row_numbers.tolist(), keys, shapes, strict=True)
        if shape is None and key is not None
    ]
    return Polygons(shapes, tuple(lost), ())


def _ordered(notes: Iterable[RowFault]) -> tuple[RowFault, ...]:
    """In the file's order, what concerns all of it first."""
    return tuple(sorted(notes, key=lambda n: n.row or 0))


def _inherited(table: VectorTable, mapping: FieldMapping, *, with_geometry: bool) -> Iterable[RowFault]:
    """What reading found, as far as it concerns the columns in use."""
    used = set(mapping.columns.values())
    for fault in table.faults:
        if fault.why is Why.GEOMETRY_UNREADABLE:
            if with_geometry:
                yield RowFault(fault.path, fault.row, None, fault.why)
        elif fault.field is None or fault.field in used:
            yield fault
    if not table.encoding.certain or table.encoding.contradicts:
        yield RowFault(table.path, None, None, Why.ENCODING_GUESSED, other=str(table.encoding))


def _polygons(table: VectorTable, kind: Kind, target_crs: str | CRS) -> Polygons:
    if table.geometry is None:
        raise GeometryMissing(path=table.path, kind=kind)
    present = [g for g in table.geometry if g is not None]
    if present and not is_polygonal(table.geometry).any():
        raise GeometryUnfit(path=table.path, kind=kind, found=present[0].geom_type)
    source = resolve_crs(table)
    target = require_metric(parse_crs(target_crs, table.path), table.path)
    moved = to_crs(table, target).geometry
    found = polygons(table.geometry if moved is None else moved, table.row_numbers, table.path)
    astray = table.row_numbers[misplaced(table, source)].tolist()
    faults = (*found.faults, *(RowFault(table.path, row, None, Why.MISPLACED) for row in astray))
    return Polygons(found.shapes, faults, (*_accuracy_note(table, source, target), *found.repairs))


def _accuracy_note(table: VectorTable, source: CRS, target: CRS) -> list[RowFault]:
    accuracy = transform_accuracy(source, target)
    if accuracy is not None and accuracy <= _COARSE_M:
        return []
    stated = "?" if accuracy is None else f"{accuracy:g} m"
    route = f"{crs_label(source)} → {crs_label(target)}, {stated}"
    return [RowFault(table.path, None, None, Why.CRS_APPROXIMATE, other=route)]


def _parse_column(
    table: VectorTable, mapping: FieldMapping, target: str, parser: Parser
) -> tuple[list[Any], list[RowFault]]:
    """Values of one field, None where there is a fault; each distinct cell is parsed once."""
    heading = mapping.columns.get(target)
    factor = area_factor(heading) if target in _AREAS else 1.0
    parser = partial(area, bare=factor) if factor != 1.0 else parser
    cells = [mapping.constants[target]] * len(table) if heading is None else table.columns[heading].tolist()
    words = mapping.values.get(target, {})
    parsed: dict[tuple[type, object], Parsed[Any] | Unreadable] = {}
    values: list[Any] = []
    notes: list[RowFault] = []
    coarse: set[Why] = set()
    for row, cell in zip(table.row_numbers.tolist(), cells, strict=True):
        kind_and_cell = (type(cell), cell)
        result = parsed.get(kind_and_cell)
        if result is None:
            told = words.get(plain_text(cell) or "", cell) if words else cell
            result = parsed[kind_and_cell] = _parsed(parser, told)
        if isinstance(result, Unreadable):
            values.append(None)
            notes.append(RowFault(table.path, row, heading, result.why, shown(cell, target, result.why), result.other))
            continue
        values.append(result.value)
        if result.note is None:
            continue
        if result.note in _OF_A_COLUMN:
            coarse.add(result.note)
        else:
            notes.append(RowFault(table.path, row, heading, result.note, shown(cell, target)))
    notes += [RowFault(table.path, None, heading, why) for why in _OF_A_COLUMN if why in coarse]
    if factor != 1.0:
        notes.append(RowFault(table.path, None, heading, Why.AREA_CONVERTED, other=f"{factor:.6g}"))
    return values, notes


def _parsed(parser: Parser, cell: object) -> Parsed[Any] | Unreadable:
    try:
        return parser(cell)
    except Unreadable as unreadable:
        return unreadable


def _repeated(
    table: VectorTable, heading: str | None, key: str, cells: Mapping[str, Sequence[Any]], *, exact_is_harmless: bool
) -> list[RowFault]:
    """A fault for every row whose key an earlier row has.

    Where ``exact_is_harmless`` a row that is the same throughout is only a note, as where households are taken from
    a table of their buildings.
    """
    first: dict[str, int] = {}
    faults = []
    for i, number in enumerate(cells[key]):
        if number is None:
            continue
        earlier = first.setdefault(number, i)
        if earlier == i:
            continue
        same = exact_is_harmless and all(column[i] == column[earlier] for column in cells.values())
        why = Why.ROW_REPEATED if same else Why.KEY_REPEATED
        row, other = int(table.row_numbers[i]), str(table.row_numbers[earlier])
        faults.append(RowFault(table.path, row, heading, why, shown(number), other))
    return faults
