"""Outlines on ground that is easy to reckon with: metres from a corner, an easting with the zone's number before it."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import shapely
from pyproj import CRS
from PySide6.QtGui import QColor, QImage
from shapely import Polygon

from weijian.domain.change_set import Part
from weijian.domain.grid import PixelGrid
from weijian.qt.map.vector_source import Shapes, VectorSource
from weijian.services.outlines import Outlines

GROUND = CRS("EPSG:4526")
EAST, NORTH = 38_512_128.0, 3_340_288.0


def box(west: float, south: float, east: float, north: float) -> Polygon:
    return shapely.box(EAST + west, NORTH + south, EAST + east, NORTH + north)


def ring(*points: tuple[float, float], holes: list[list[tuple[float, float]]] | None = None) -> Polygon:
    def placed(each: list[tuple[float, float]]) -> list[tuple[float, float]]:
        return [(EAST + x, NORTH + y) for x, y in each]

    return Polygon(placed(list(points)), [placed(hole) for hole in holes or []])


def outlines(part: Part, *shapes: Any, **classes: tuple[Any, ...]) -> Outlines:
    geometry = np.empty(len(shapes), dtype=object)
    geometry[:] = shapes
    return Outlines(part, tuple(f"N{n}" for n in range(len(shapes))), geometry, _filled(part, len(shapes), classes))


def source(part: Part, *shapes: Any, style: str = "", **classes: tuple[Any, ...]) -> VectorSource:
    return VectorSource(Shapes(outlines(part, *shapes, **classes)), style)


def tile(drawn: VectorSource, west: float, south: float, side_m: float, pixels: int = 64) -> QImage:
    """Draw a square of ground."""
    left, bottom = EAST + west, NORTH + south
    return drawn.tile(PixelGrid.spanning((left, bottom, left + side_m, bottom + side_m), pixels, pixels, GROUND))


def pixels_of(image: QImage) -> np.ndarray:
    """(row, column, alpha-red-green-blue as one number)."""
    assert image.format() is QImage.Format.Format_ARGB32_Premultiplied
    return np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.width()).copy()


def colour_at(image: QImage, x: float, y: float, side_m: float) -> QColor:
    """The colour at ``x``, ``y`` metres from the tile's lower left corner."""
    scale = image.width() / side_m
    return image.pixelColor(int(x * scale), image.height() - 1 - int(y * scale))


def _filled(part: Part, count: int, classes: Mapping[str, tuple[Any, ...]]) -> dict[str, tuple[Any, ...]]:
    columns = {
        Part.FINDINGS: ("change_type", "review", "permit_status", "stage"),
        Part.CASES: ("stage",),
        Part.BUILDINGS: ("storeys", "household_no"),
        Part.PARCELS: ("household_no",),
        Part.PERMITS: ("kind", "household_no"),
        Part.ZONES: ("kind", "name"),
    }
    return dict.fromkeys(columns[part], (None,) * count) | dict(classes)
