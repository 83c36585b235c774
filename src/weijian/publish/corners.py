"""Corner points (拐点) of outlines, numbered as a cadastral sheet numbers them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shapely import LinearRing, MultiPolygon, Polygon


@dataclass(frozen=True)
class Corner:
    """One corner: ``northing`` is X and ``easting`` Y of the table, in metres.

    ``side_m`` is the length of the side to the next corner of its ring. ``ring`` counts rings from 1 through the whole
    sheet; ``outward`` is a unit vector (east, north) that points away from the structure: there is room for its number.
    """

    label: str
    northing: float
    easting: float
    side_m: float
    ring: int
    outward: tuple[float, float]


def corner_points(outlines: Sequence[Polygon | MultiPolygon]) -> tuple[Corner, ...]:
    """Corners of all rings, J1 onwards: each ring from its north-western corner, clockwise (holes too)."""
    corners: list[Corner] = []
    for number, ring in enumerate(_rings(outlines), start=1):
        points = _clockwise_from_north_west(ring)
        inwards = -1.0 if ring.hole else 1.0
        for i, (x, y) in enumerate(points):
            following = points[(i + 1) % len(points)]
            side = math.dist((x, y), following)
            away = _outward(points[i - 1], (x, y), following)
            corners.append(Corner(f"J{len(corners) + 1}", y, x, side, number, (away[0] * inwards, away[1] * inwards)))
    return tuple(corners)


@dataclass(frozen=True)
class _Ring:
    line: LinearRing
    hole: bool


def _rings(outlines: Sequence[Polygon | MultiPolygon]) -> Iterator[_Ring]:
    for outline in outlines:
        for part in outline.geoms if isinstance(outline, MultiPolygon) else (outline,):
            yield _Ring(part.exterior, hole=False)
            for interior in part.interiors:
                yield _Ring(interior, hole=True)


def _clockwise_from_north_west(ring: _Ring) -> list[tuple[float, float]]:
    points = [(float(x), float(y)) for x, y, *_ in ring.line.coords[:-1]]
    if ring.line.is_ccw:
        points.reverse()
    start = min(range(len(points)), key=lambda i: points[i][0] - points[i][1])
    return points[start:] + points[:start]


def _outward(
    previous: tuple[float, float], here: tuple[float, float], following: tuple[float, float]
) -> tuple[float, float]:
    """Mean of the left-hand normals of the two sides that meet here: outside of a clockwise ring."""
    east = north = 0.0
    for (x0, y0), (x1, y1) in ((previous, here), (here, following)):
        length = math.hypot(x1 - x0, y1 - y0) or 1.0
        east -= (y1 - y0) / length
        north += (x1 - x0) / length
    length = math.hypot(east, north)
    return (east / length, north / length) if length > 1e-9 else (0.0, 1.0)
