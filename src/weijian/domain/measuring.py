"""Lengths and areas between points of the map: in the plane of the CRS and on its ellipsoid."""

from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from pyproj import CRS, Geod, Transformer

M2_PER_MU = 2000 / 3
"""Square metres of a mu (亩)."""

_NOTICEABLE = 5e-5
_STEP_M = 500.0

XY = tuple[float, float]


@dataclass(frozen=True)
class Measured:
    """One quantity on the ellipsoid and in the plane of the CRS, in m or m²."""

    ellipsoidal: float
    plane: float

    @property
    def differ(self) -> bool:
        """Whether the two differ by more than 5 in 100 000, so that it matters which is meant."""
        return abs(self.plane - self.ellipsoidal) > _NOTICEABLE * max(self.plane, self.ellipsoidal)


class Surveyor:
    """Measures in one CRS (projected, in metres; easting before northing)."""

    def __init__(self, crs: CRS) -> None:
        self._geod: Geod = crs.get_geod() or Geod(ellps="GRS80")
        self._to_degrees = Transformer.from_crs(crs, crs.geodetic_crs, always_xy=True)

    def length(self, points: Sequence[XY]) -> Measured:
        """Length of the line through ``points``, straight in the plane."""
        way = _without_halts(points)
        if len(way) < 2:
            return Measured(0.0, 0.0)
        line = shapely.segmentize(shapely.LineString(way), _STEP_M)
        longitudes, latitudes = self._degrees(line)
        return Measured(float(self._geod.line_length(longitudes, latitudes)), line.length)

    def area(self, points: Sequence[XY]) -> Measured:
        """Area within the ring through ``points``, which need not be closed; straight edges in the plane.

        Of a ring that crosses itself it is the difference of what is to the left and to the right of its line.
        """
        way = _without_halts(points)
        if way and way[0] == way[-1]:
            way.pop()
        if len(way) < 3:
            return Measured(0.0, 0.0)
        ring = shapely.segmentize(shapely.LineString([*way, way[0]]), _STEP_M)  # a crossing polygon would be mended
        longitudes, latitudes = self._degrees(ring)
        area, _ = self._geod.polygon_area_perimeter(longitudes, latitudes)
        return Measured(abs(float(area)), shapely.Polygon(way).area)

    def _degrees(self, line: shapely.LineString) -> tuple[list[float], list[float]]:
        x, y = shapely.get_coordinates(line).T
        longitudes, latitudes = self._to_degrees.transform(x, y)
        return longitudes.tolist(), latitudes.tolist()


def _without_halts(points: Sequence[XY]) -> list[XY]:
    """Without points that lie where the one before them does."""
    return [point for n, point in enumerate(points) if not n or point != points[n - 1]]
