"""Pieces of change found tile by tile, and the joining of what tile borders cut."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import rasterio.features
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon, Polygon

from weijian.domain.grid import Tile

_LATTICE_M = 1e-4
"""Vertices are rounded to this, so that the same pixel corner reached through two tiles is one point."""


@dataclass(frozen=True)
class Fragment:
    """A connected piece of candidate pixels inside one tile's core.

    Attributes
    ----------
    polygon : shapely.Polygon
        Along pixel edges, in the grid's CRS; clipped to the tile's core.
    weight : float
        Evidence summed over the pixels; adds up when pieces are joined.
    evidence : tuple of float
        Further sums over the pixels, for methods that have them; they add up likewise.
    """

    polygon: Polygon
    weight: float
    evidence: tuple[float, ...] = ()


@dataclass(frozen=True)
class Segment:
    """A whole candidate: the union of the fragments that touch along tile borders."""

    polygon: Polygon | MultiPolygon
    weight: float
    evidence: tuple[float, ...] = ()


def cut(
    mask: NDArray[np.bool_], weight: NDArray[np.float32], tile: Tile, evidence: Sequence[NDArray[np.float32]] = ()
) -> list[Fragment]:
    """Fragments of a tile: the 4-connected pieces of ``mask`` within the tile's core.

    Parameters
    ----------
    mask, weight : arrays of ``tile.grid.shape``
        Candidate pixels and the evidence each of them carries.
    tile : Tile
        The tile the arrays lie on.
    evidence : sequence of arrays like ``weight``
        Further evidence to be summed.
    """
    rows, columns = tile.core
    inner = np.ascontiguousarray(mask[rows, columns])
    if not inner.any():
        return []
    transform = tile.core_grid.transform
    _, labels = cv2.connectedComponents(inner.view(np.uint8), connectivity=4, ltype=cv2.CV_32S)
    sums = [np.bincount(labels.ravel(), weights=layer[rows, columns].ravel()).tolist() for layer in (weight, *evidence)]
    fragments = []
    for geometry, label in rasterio.features.shapes(labels, mask=inner, connectivity=4, transform=transform):
        outer, *holes = (_on_lattice(np.asarray(ring)) for ring in geometry["coordinates"])
        number = int(label)
        fragments.append(Fragment(Polygon(outer, holes), sums[0][number], tuple(layer[number] for layer in sums[1:])))
    return fragments


def merge(fragments: Iterable[Fragment]) -> list[Segment]:
    """Join fragments that share a stretch of border; the union is exact.

    The order of the segments does not depend on the order or the size of the tiles: west to east, then south to
    north, by their bounds.
    """
    pieces = list(fragments)
    if not pieces:
        return []
    polygons = np.array([piece.polygon for piece in pieces], dtype=object)
    wholes = shapely.get_parts(shapely.union_all(polygons))
    owners, members = shapely.STRtree(shapely.point_on_surface(polygons)).query(wholes, predicate="contains")
    starts = np.searchsorted(owners, np.arange(1, len(wholes)))
    joined = [
        Segment(
            whole,
            sum(pieces[m].weight for m in own),
            tuple(map(sum, zip(*(pieces[m].evidence for m in own), strict=True))),
        )
        for whole, own in zip(wholes, np.split(members, starts), strict=True)
    ]
    return sorted(joined, key=lambda segment: segment.polygon.bounds)


def _on_lattice(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """``points`` (n, 2) rounded to the lattice."""
    return np.round(points / _LATTICE_M) * _LATTICE_M
