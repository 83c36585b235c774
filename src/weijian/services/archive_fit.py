"""How far a survey lies off the archive's own frame, measured where buildings are many."""

from collections.abc import Sequence

import numpy as np
import rasterio.features
import shapely
from pyproj import CRS
from shapely import MultiPolygon, Polygon, STRtree, box

from weijian.detection.archive_frame import ArchiveOffset, archive_offset
from weijian.domain.grid import PixelGrid
from weijian.services.patches import LayerSource, Terrain

CELL_M = 0.5
WINDOW_PIXELS = 800
WINDOWS = 9
"""At most so many windows of 400 m are looked at, those with most buildings."""
STANDS_M = 2.0
INSIDE_M = 1.0
"""Walls are smeared; the height of a building is taken so far inside its outline."""
BUILDINGS = 60
"""Buildings whose heights are compared with the archive's, spread over it."""
FEWEST_BUILDINGS = 5
FEWEST_ALIKE = 2
"""Buildings that tell as much where all are higher by nearly one factor."""
ALIKE = 0.08
"""Span of the factors, of their middle, that is nearly one."""


def fit_archive(
    grid: PixelGrid, after: LayerSource, terrain: Terrain, outlines: Sequence[Polygon | MultiPolygon]
) -> ArchiveOffset | None:
    """Offset of the later survey from the archive: the median of a few windows; None where buildings are too few."""
    tree = STRtree(outlines)
    offsets = []
    for window in _fullest(PixelGrid.over(grid.bounds, CELL_M, grid.crs), outlines):
        surface = after.surface_on(window)
        if surface is None:
            return None
        stands = surface - terrain.on(window) >= STANDS_M
        within = tree.query(box(*window.bounds), predicate="contains")
        found = archive_offset(stands, [outlines[k] for k in within], window)
        if found is not None:
            offsets.append(found)
    if not offsets:
        return None
    return ArchiveOffset(
        east_m=float(np.median([offset.east_m for offset in offsets])),
        north_m=float(np.median([offset.north_m for offset in offsets])),
        outlines=sum(offset.outlines for offset in offsets),
    )


def height_ratio(
    after: LayerSource, terrain: Terrain, crs: CRS, buildings: Sequence[tuple[Polygon | MultiPolygon, float]]
) -> float | None:
    """How many times higher archived buildings are found than the archive says: far from 1 only by another unit.

    Parameters
    ----------
    after : LayerSource
        The survey.
    terrain : Terrain
    crs : pyproj.CRS
        Of the survey and the outlines.
    buildings : sequence of (outline, metres)
        Where the survey has them.

    Returns
    -------
    float or None
        The median over buildings; None where fewer than five stand and not all alike, or where they differ much.
    """
    ratios = []
    for outline, height_m in buildings[:: max(1, len(buildings) // BUILDINGS)]:
        inside = outline.buffer(-INSIDE_M)
        if inside.is_empty or height_m < STANDS_M:
            continue
        grid = PixelGrid.over(inside.bounds, CELL_M, crs)
        surface = after.surface_on(grid)
        if surface is None:
            return None
        drawn = rasterio.features.rasterize([inside], grid.shape, transform=grid.transform) > 0
        heights = (surface - terrain.on(grid))[drawn]
        heights = heights[np.isfinite(heights)]
        if heights.size and np.median(heights) >= STANDS_M:
            ratios.append(float(np.median(heights)) / height_m)
    if len(ratios) < FEWEST_BUILDINGS and (len(ratios) < FEWEST_ALIKE or np.ptp(ratios) > ALIKE * np.median(ratios)):
        return None
    low, middle, high = np.percentile(ratios, (25, 50, 75))
    return float(middle) if high - low < 0.3 * middle else None


def _fullest(grid: PixelGrid, outlines: Sequence[Polygon | MultiPolygon]) -> list[PixelGrid]:
    """The windows that hold most outlines by their middles."""
    boxes = shapely.bounds(np.asarray(outlines, dtype=object))
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    t = ~grid.transform
    columns, rows = t.a * x + t.b * y + t.c, t.d * x + t.e * y + t.f
    inside = (columns >= 0) & (rows >= 0) & (columns < grid.width) & (rows < grid.height)
    at = np.stack([rows, columns], axis=1)[inside] // WINDOW_PIXELS
    windows, counts = np.unique(at.astype(np.intp), axis=0, return_counts=True)
    fullest = np.argsort(-counts, kind="stable")[:WINDOWS]
    corners = [(int(row) * WINDOW_PIXELS, int(column) * WINDOW_PIXELS) for row, column in windows[fullest]]
    return [
        grid.crop(row, column, min(WINDOW_PIXELS, grid.height - row), min(WINDOW_PIXELS, grid.width - column))
        for row, column in corners
    ]
