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
        if len(points) < 2:
            return Measured(0.0, 0.0)
        line = shapely.segmentize(shapely.LineString(points), _STEP_M)
        longitudes, latitudes = self._degrees(line)
        return Measured(float(self._geod.line_length(longitudes, latitudes)), line.length)

    def area(self, points: Sequence[XY]) -> Measured:
        """Area within the ring through ``points``, which need not be closed; straight edges in the plane."""
        if len(points) < 3:
            return Measured(0.0, 0.0)
        ring = shapely.segmentize(shapely.Polygon(points), _STEP_M)
        longitudes, latitudes = self._degrees(ring.exterior)
        area, _ = self._geod.polygon_area_perimeter(longitudes, latitudes)
        return Measured(abs(float(area)), ring.area)

    def _degrees(self, line: shapely.LineString) -> tuple[list[float], list[float]]:
        x, y = shapely.get_coordinates(line).T
        longitudes, latitudes = self._to_degrees.transform(x, y)
        return longitudes.tolist(), latitudes.tolist()
