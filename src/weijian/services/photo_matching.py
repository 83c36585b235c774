"""Which building a photograph shows: the nearest one, looking where the camera looked."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer

from weijian.domain.evidence import Evidence

WGS84 = CRS.from_epsg(4326)

HALF_VIEW_DEG = 40.0
"""Half the angle that a camera sees, with room for a compass that is some degrees off."""
_DOWNWARD_DEG = -15.0
"""Below this pitch a drone's picture shows the ground at a known place."""
_FARTHEST_M = 500.0
_STEPS = 8


@dataclass(frozen=True)
class View:
    """Where a camera stood (easting, northing) and where it looked: grid bearing and pitch in degrees, height in m."""

    x: float
    y: float
    bearing_deg: float | None = None
    pitch_deg: float | None = None
    height_m: float | None = None

    @property
    def target(self) -> tuple[float, float] | None:
        """The ground in the middle of a picture that looks down; None where that is not known."""
        if self.pitch_deg is None or self.height_m is None or self.height_m <= 0 or self.pitch_deg > _DOWNWARD_DEG:
            return None
        ahead = self.height_m / math.tan(math.radians(min(-self.pitch_deg, 90.0)))
        if ahead > _FARTHEST_M or (self.bearing_deg is None and ahead > 1.0):
            return None
        bearing = math.radians(self.bearing_deg or 0.0)
        return self.x + ahead * math.sin(bearing), self.y + ahead * math.cos(bearing)


def views_of(photos: Sequence[Evidence], crs: CRS) -> list[View | None]:
    """Where photographs were taken, in a projected CRS; None for those without position.

    Bearings are turned from true north to the grid's.
    """
    placed = [i for i, photo in enumerate(photos) if photo.longitude is not None and photo.latitude is not None]
    longitudes = np.array([photos[i].longitude for i in placed], dtype=np.float64)
    latitudes = np.array([photos[i].latitude for i in placed], dtype=np.float64)
    move = Transformer.from_crs(WGS84, crs, always_xy=True)
    x, y = move.transform(longitudes, latitudes)
    north_x, north_y = move.transform(longitudes, latitudes + 1e-4)
    convergence = np.degrees(np.arctan2(np.subtract(north_x, x), np.subtract(north_y, y)))
    views: list[View | None] = [None] * len(photos)
    for n, i in enumerate(placed):
        photo = photos[i]
        if not (math.isfinite(x[n]) and math.isfinite(y[n])):
            continue
        bearing = None if photo.heading_deg is None else (photo.heading_deg + convergence[n]) % 360
        views[i] = View(float(x[n]), float(y[n]), bearing, photo.pitch_deg, photo.relative_altitude_m)
    return views


def nearest_buildings(
    views: Sequence[View | None], numbers: Sequence[str], outlines: NDArray[np.object_], distance_m: float
) -> list[str | None]:
    """The building that each photograph shows.

    Parameters
    ----------
    views : sequence of View or None
    numbers : sequence of str
    outlines : object array of polygons
        Of the buildings, in the views' CRS.
    distance_m : float
        Nothing farther away is taken; from the camera, or from the ground in the middle of a picture that looks down.

    Returns
    -------
    list of str or None
        Where the direction is known only what lies within the view counts; the nearest of that.
    """
    found: list[str | None] = [None] * len(views)
    if not len(outlines):
        return found
    chosen = [i for i, view in enumerate(views) if view is not None]
    seen = [each for each in views if each is not None]
    points = np.array([shapely.Point(view.target or (view.x, view.y)) for view in seen], dtype=object)
    grounds = np.array([_ground(view, distance_m) for view in seen], dtype=object)
    if not chosen:
        return found
    which, buildings = shapely.STRtree(outlines).query(grounds, predicate="intersects")
    distances = shapely.distance(points[which], outlines[buildings])
    for n in np.lexsort((buildings, -distances)).tolist():
        found[chosen[which[n]]] = numbers[buildings[n]]
    return found


def sector(view: View, radius_m: float) -> shapely.Polygon:
    """The ground that a camera with a known bearing sees, up to ``radius_m``."""
    bearing = view.bearing_deg or 0.0
    angles = np.radians(bearing + np.linspace(-HALF_VIEW_DEG, HALF_VIEW_DEG, _STEPS))
    rim = np.column_stack([view.x + radius_m * np.sin(angles), view.y + radius_m * np.cos(angles)])
    return shapely.Polygon([(view.x, view.y), *rim.tolist()])


def _ground(view: View, distance_m: float) -> shapely.Geometry:
    if view.target is not None:
        return shapely.Point(view.target).buffer(distance_m)
    if view.bearing_deg is None:
        return shapely.Point(view.x, view.y).buffer(distance_m)
    return sector(view, distance_m)
