"""Outlines in the columns of a plain table: WKT, corners side by side, or a corner in each row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from weijian.cadastre.axes import first_is_easting
from weijian.cadastre.faults import RowFault, Why
from weijian.cadastre.fields import REQUIRED, field_rules, folded
from weijian.cadastre.rings import LEAST_CORNERS
from weijian.cadastre.table import Objects
from weijian.cadastre.text import object_array
from weijian.domain.table_kind import Kind

_WKT = frozenset({"wkt", "geometry", "geom", "thegeom", "shape", "图形"})
_EAST = frozenset({"e", "east", "easting", "东", "东坐标", "横坐标", "lon", "lng", "long", "longitude", "经度", "东经"})
_NORTH = frozenset({"n", "north", "northing", "北", "北坐标", "纵坐标", "lat", "latitude", "纬度", "北纬"})
_X = frozenset({"x", "x坐标", "坐标x", "xcoord", "pointx", "横"})
_Y = frozenset({"y", "y坐标", "坐标y", "ycoord", "pointy", "纵"})
_POINT = frozenset({"点号", "界址点号", "点序号", "拐点号", "顶点号", "jzdh", "dh", "pointno", "pointnumber", "corner"})
_NUMBERED = re.compile(r"(.*?)(\d{1,3})$")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?")


@dataclass(frozen=True)
class Plain:
    """A table of cells: columns by heading, and the row number of each row."""

    path: Path
    columns: Mapping[str, Objects]
    rows: NDArray[np.int64]
    faults: tuple[RowFault, ...] = ()


@dataclass(frozen=True)
class _Pair:
    """Headings of two coordinates; ``east_first`` is what the headings say, None where they say nothing certain."""

    first: str
    second: str
    east_first: bool | None


def with_outlines(table: Plain) -> tuple[Plain, Objects | None]:
    """Take the geometry out of a table's columns; None where there is none.

    Where every corner has a row of its own, the rows of one number become one row, its cells those of the first.
    """
    wkt = next((h for h in table.columns if folded(h) in _WKT), None)
    if wkt is not None:
        return _from_wkt(table, wkt)
    several = _corner_columns(table.columns)
    if len(several) >= LEAST_CORNERS:
        return _from_corner_columns(table, several)
    pair = _single_pair(table.columns)
    if pair is None:
        return table, None
    point = next((h for h in table.columns if folded(h) in _POINT), None)
    return _from_points(table, pair) if point is None else _from_corner_rows(table, pair, point)


def _from_wkt(table: Plain, heading: str) -> tuple[Plain, Objects]:
    texts = table.columns[heading]
    told = object_array([None if t is None else str(t) for t in texts])
    shapes: Objects = shapely.force_2d(shapely.from_wkt(told, on_invalid="ignore"))
    lost = np.flatnonzero([t is not None and s is None for t, s in zip(told, shapes, strict=True)])
    faults = [RowFault(table.path, int(table.rows[i]), heading, Why.GEOMETRY_UNREADABLE) for i in lost]
    others = {h: column for h, column in table.columns.items() if h != heading}
    return Plain(table.path, others, table.rows, (*table.faults, *faults)), shapes


def _from_corner_columns(table: Plain, pairs: Sequence[_Pair]) -> tuple[Plain, Objects]:
    """Corners side by side: X1, Y1, X2, Y2 ...; a row with fewer corners leaves its last cells empty."""
    first, second = (_numbers(table, [getattr(p, side) for p in pairs]) for side in ("first", "second"))
    east, north = _in_order(first.ravel(), second.ravel(), pairs[0].east_first)
    corners = np.stack([east.reshape(first.shape), north.reshape(first.shape)], axis=2)
    faults = list(table.faults)
    shapes = [_outline(table, i, ring[np.isfinite(ring).all(axis=1)], faults) for i, ring in enumerate(corners)]
    used = {h for p in pairs for h in (p.first, p.second)}
    others = {h: column for h, column in table.columns.items() if h not in used}
    return Plain(table.path, others, table.rows, tuple(faults)), object_array(shapes)


def _from_corner_rows(table: Plain, pair: _Pair, point: str) -> tuple[Plain, Objects]:
    """A corner a row; rows belong together while the number is the same or left out."""
    others = [h for h in table.columns if h not in {pair.first, pair.second, point}]
    key = next((h for h in others if folded(h) in _key_words()), others[0] if others else None)
    group = _groups(table.columns[key]) if key is not None else np.zeros(len(table.rows), dtype=np.int64)
    numbers = _numbers(table, [pair.first, pair.second])
    east, north = _in_order(numbers[:, 0], numbers[:, 1], pair.east_first)
    starts = np.flatnonzero(np.diff(group, prepend=-1)) if len(group) else np.empty(0, dtype=np.int64)
    faults = list(table.faults)
    shapes = []
    for start, stop in zip(starts.tolist(), [*starts[1:].tolist(), len(group)], strict=True):
        ring = np.column_stack([east[start:stop], north[start:stop]])
        lost = np.flatnonzero(~np.isfinite(ring).all(axis=1))
        faults += [RowFault(table.path, int(table.rows[start + i]), pair.first, Why.NOT_A_NUMBER) for i in lost]
        shapes.append(None if len(lost) else _outline(table, start, ring, faults))
    columns = {h: table.columns[h][starts] for h in others}
    return Plain(table.path, columns, table.rows[starts], tuple(faults)), object_array(shapes)


def _from_points(table: Plain, pair: _Pair) -> tuple[Plain, Objects]:
    numbers = _numbers(table, [pair.first, pair.second])
    east, north = _in_order(numbers[:, 0], numbers[:, 1], pair.east_first)
    shapes = [
        shapely.Point(x, y) if np.isfinite(x) and np.isfinite(y) else None
        for x, y in zip(east.tolist(), north.tolist(), strict=True)
    ]
    return table, object_array(shapes)


def _outline(table: Plain, place: int, ring: NDArray[np.float64], faults: list[RowFault]) -> shapely.Polygon | None:
    if not len(ring):
        return None
    if len(np.unique(ring, axis=0)) < LEAST_CORNERS:
        faults.append(RowFault(table.path, int(table.rows[place]), None, Why.GEOMETRY_UNREADABLE))
        return None
    return shapely.Polygon(ring)


def _corner_columns(headings: Mapping[str, Objects]) -> list[_Pair]:
    """Numbered pairs, in the order of their numbers."""
    found: dict[int, dict[str, str]] = {}
    for heading in headings:
        match = _NUMBERED.fullmatch(folded(heading))
        axis = None if match is None else _axis(match[1])
        if match is not None and axis is not None:
            found.setdefault(int(match[2]), {})[axis] = heading
    pairs = [_paired(axes) for _, axes in sorted(found.items())]
    return [pair for pair in pairs if pair is not None]


def _single_pair(headings: Mapping[str, Objects]) -> _Pair | None:
    axes: dict[str, str] = {}
    for heading in headings:
        axis = _axis(folded(heading))
        if axis is not None:
            axes.setdefault(axis, heading)
    return _paired(axes)


def _paired(axes: Mapping[str, str]) -> _Pair | None:
    if "east" in axes and "north" in axes:
        return _Pair(axes["east"], axes["north"], east_first=True)
    return _Pair(axes["x"], axes["y"], east_first=None) if "x" in axes and "y" in axes else None


def _axis(word: str) -> str | None:
    for axis, words in (("east", _EAST), ("north", _NORTH), ("x", _X), ("y", _Y)):
        if word in words:
            return axis
    return None


def _in_order(
    first: NDArray[np.float64], second: NDArray[np.float64], stated: bool | None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Easting and northing; what the numbers say outweighs headings, and X is the northing in Chinese surveying."""
    seen = first_is_easting(first, second)
    east_first = bool(stated) if seen is None else seen
    return (first, second) if east_first else (second, first)


def _numbers(table: Plain, headings: Sequence[str]) -> NDArray[np.float64]:
    """Cells as numbers, NaN for those that are none; shape (rows, headings)."""
    cells = [[_number(cell) for cell in table.columns[h]] for h in headings]
    return np.array(cells, dtype=np.float64).reshape(len(headings), len(table.rows)).T


def _number(cell: object) -> float:
    if isinstance(cell, bool) or cell is None:
        return np.nan
    if isinstance(cell, int | float):
        return float(cell)
    text = str(cell).strip()
    return float(text) if _NUMBER.fullmatch(text) else np.nan


def _groups(keys: Objects) -> NDArray[np.int64]:
    """Number of the group of each row: it goes on while the key is the same, or not written again."""
    group, current, last = [], -1, object()
    for key in keys:
        if current < 0 or (key is not None and key != last):
            current, last = current + 1, key
        group.append(current)
    return np.array(group, dtype=np.int64)


def _key_words() -> frozenset[str]:
    fields = field_rules().fields
    keyed = (Kind.PARCELS, Kind.BUILDINGS, Kind.PERMITS)
    return frozenset(folded(word) for kind in keyed for word in fields[kind][REQUIRED[kind]])
