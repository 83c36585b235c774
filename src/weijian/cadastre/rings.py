"""Rings made into polygons: which of them are holes is told by what lies within what."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon, Polygon

LEAST_CORNERS = 3

Ring = Sequence[tuple[float, float]]
"""Easting and northing of corners, closed or not."""


def polygon_of(rings: Sequence[NDArray[np.float64]]) -> Polygon | MultiPolygon | None:
    """The polygon that rings draw; a ring within an odd number of others is a hole. None where one is no ring.

    Parameters
    ----------
    rings : sequence of arrays, shape (corners, 2)
        Easting, northing; closed or not, in any order and either direction.
    """
    if not rings or any(not _is_ring(ring) for ring in rings):
        return None
    if len(rings) == 1:
        return Polygon(rings[0])
    closed = [_closed(ring) for ring in rings]
    areas = [Polygon(ring) for ring in closed]
    inside = [[k for k, other in enumerate(areas) if k != i and _lies_in(area, other)] for i, area in enumerate(areas)]
    holes = [i for i, around in enumerate(inside) if len(around) % 2]
    parts = []
    for i, around in enumerate(inside):
        if i not in holes:
            own = [closed[k] for k in holes if i in inside[k] and len(inside[k]) == len(around) + 1]
            parts.append(Polygon(closed[i], own))
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def polygons_of(outlines: Sequence[Sequence[Ring]]) -> NDArray[Any]:
    """The polygon that each list of rings draws, as `polygon_of` makes it; those of one ring all at once."""
    shapes = np.full(len(outlines), None, dtype=object)
    plain = [i for i, rings in enumerate(outlines) if len(rings) == 1 and len(set(rings[0])) >= LEAST_CORNERS]
    if plain:
        owners = np.repeat(np.arange(len(plain)), [len(outlines[i][0]) for i in plain])
        corners = np.fromiter(chain.from_iterable(chain.from_iterable(outlines[i][0] for i in plain)), np.float64)
        corners = corners.reshape(-1, 2)
        lost = np.isin(owners, owners[~np.isfinite(corners).all(axis=1)])
        _, kept = np.unique(owners[~lost], return_inverse=True)
        rings_ = shapely.linearrings(corners[~lost], indices=kept)
        shapes[np.array(plain)[np.unique(owners[~lost])]] = shapely.polygons(rings_)
    for i, rings in enumerate(outlines):
        if len(rings) > 1:
            shapes[i] = polygon_of([np.array(ring, dtype=np.float64).reshape(-1, 2) for ring in rings])
    return shapes


def rings_of(shape: Polygon | MultiPolygon) -> list[NDArray[np.float64]]:
    """All rings of a polygon, closed: the outer one of each part before its holes."""
    return [
        shapely.get_coordinates(ring)
        for part in (shape.geoms if isinstance(shape, MultiPolygon) else (shape,))
        for ring in (part.exterior, *part.interiors)
    ]


def _is_ring(ring: NDArray[np.float64]) -> bool:
    return bool(np.isfinite(ring).all()) and len(set(map(tuple, ring.tolist()))) >= LEAST_CORNERS


def _closed(ring: NDArray[np.float64]) -> NDArray[np.float64]:
    return ring if len(ring) and (ring[0] == ring[-1]).all() else np.vstack([ring, ring[:1]])


def _lies_in(area: Polygon, other: Polygon) -> bool:
    """Whether a ring lies in another one, told by a point of its inside: they may touch."""
    if area.area >= other.area:
        return False
    try:
        return bool(shapely.contains(other, shapely.make_valid(area).representative_point()))
    except shapely.errors.GEOSException:
        return False
