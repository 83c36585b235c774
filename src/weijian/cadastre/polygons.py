"""Geometry of rows made into valid polygons, or a fault for each that cannot be."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import GeometryType, MultiPolygon, Polygon

from weijian.cadastre.faults import RowFault, Why
from weijian.cadastre.table import Objects

_POLYGONAL = (GeometryType.POLYGON, GeometryType.MULTIPOLYGON)
_SMALLEST_M2 = 0.01
_KEPT_SHARE = 0.01


@dataclass(frozen=True)
class Polygons:
    """One polygon a row, None where there is a fault; repairs are notes."""

    shapes: tuple[Polygon | MultiPolygon | None, ...]
    faults: tuple[RowFault, ...]
    repairs: tuple[RowFault, ...]


def polygons(geometry: Objects, rows: NDArray[np.int64], path: Path) -> Polygons:
    """Check every geometry, in a CRS in metres; repair what is invalid where that leaves its area as it was."""
    sound = shapely.is_valid(geometry)
    fine = sound & is_polygonal(geometry) & (shapely.area(geometry) >= _SMALLEST_M2)
    fine &= np.isfinite(shapely.bounds(geometry)).all(axis=1)
    checked = [
        (shape, None) if is_fine else _checked(shape, is_sound, path, row)
        for shape, is_fine, is_sound, row in zip(geometry, fine.tolist(), sound.tolist(), rows.tolist(), strict=True)
    ]
    notes = [note for _, note in checked if note is not None]
    return Polygons(
        tuple(shape for shape, _ in checked),
        tuple(n for n in notes if not n.is_note),
        tuple(n for n in notes if n.is_note),
    )


def is_polygonal(geometry: Objects) -> NDArray[np.bool_]:
    """Which geometries are polygons or multipolygons."""
    return np.isin(shapely.get_type_id(geometry), _POLYGONAL)


def _checked(
    shape: shapely.Geometry | None, sound: bool, path: Path, row: int
) -> tuple[Polygon | MultiPolygon | None, RowFault | None]:
    if shape is None or shapely.is_empty(shape):
        return None, RowFault(path, row, None, Why.GEOMETRY_EMPTY)
    if not isinstance(shape, Polygon | MultiPolygon):
        return None, RowFault(path, row, None, Why.GEOMETRY_UNFIT, other=type(shape).__name__)
    if not np.isfinite(shapely.get_coordinates(shape)).all():
        return None, RowFault(path, row, None, Why.GEOMETRY_INVALID, other="NaN")
    if sound:
        fine = shape.area >= _SMALLEST_M2
        return (shape, None) if fine else (None, RowFault(path, row, None, Why.GEOMETRY_INVALID, other="0 m²"))
    repaired = mended(shape)
    if repaired is None:
        return None, RowFault(path, row, None, Why.GEOMETRY_INVALID, other=shapely.is_valid_reason(shape).split("[")[0])
    return repaired, RowFault(
        path, row, None, Why.GEOMETRY_REPAIRED, measure=f"{shape.area:.2f} → {repaired.area:.2f} m²"
    )


def mended(shape: Polygon | MultiPolygon) -> Polygon | MultiPolygon | None:
    """A valid polygon in place of an invalid one where that leaves its area as it was; None where it does not.

    The shoelace area of a figure of eight cancels out; only where nothing is lost is the repair what was meant.
    """
    if not np.isfinite(shapely.get_coordinates(shape)).all():
        return None
    repaired = _areal(shapely.make_valid(shape))
    if repaired is None or abs(repaired.area - shape.area) > max(_SMALLEST_M2, _KEPT_SHARE * repaired.area):
        return None
    return repaired


def _areal(shape: shapely.Geometry) -> Polygon | MultiPolygon | None:
    """The polygons of a geometry; lines and points that a repair left over are dropped."""
    parts = [
        p for p in shapely.get_parts(shapely.get_parts(shape)) if isinstance(p, Polygon) and p.area >= _SMALLEST_M2
    ]
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)
