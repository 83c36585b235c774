"""Where the archive lies relative to a survey: drone products are often some decimetres off the cadastre."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import rasterio.features
from numpy.typing import NDArray
from shapely import MultiPolygon, Polygon

from weijian.domain.grid import PixelGrid

_REACH_M = 2.5
"""Farthest offset that is looked for; neighbouring houses stand farther apart than twice this."""

_FEWEST = 5
"""Outlines needed for an offset that one changed building cannot fake."""


@dataclass(frozen=True)
class ArchiveOffset:
    """What to add to the archive's coordinates to lay it on the survey, in metres, and from how many outlines."""

    east_m: float
    north_m: float
    outlines: int


def archive_offset(
    stands: NDArray[np.bool_], outlines: Sequence[Polygon | MultiPolygon], grid: PixelGrid
) -> ArchiveOffset | None:
    """Offset between archived outlines and what stands in a survey.

    The outlines drawn as a mask are correlated with the mask of what stands; the peak is interpolated, so half a
    metre a pixel gives a few centimetres. Only ground within reach of an outline takes part, so that trees elsewhere
    do not pull.

    Parameters
    ----------
    stands : (rows, columns) bool
        Where the survey's surface is at least 2 m above its ground.
    outlines : sequence of shapely polygons
        The archive's, in the grid's CRS.
    grid : PixelGrid
        The mask's grid, 0.2 to 0.5 m a pixel.

    Returns
    -------
    ArchiveOffset or None
        None when fewer than five outlines lie on the grid or the best offset is at the edge of the search.
    """
    inside = [outline for outline in outlines if _within(outline, grid)]
    if len(inside) < _FEWEST:
        return None
    cell = grid.resolution
    drawn = rasterio.features.rasterize(inside, grid.shape, transform=grid.transform).astype(np.uint8)
    reach = max(2, round(_REACH_M / cell))
    around = cv2.dilate(drawn, np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)) > 0
    seen = (stands & around).astype(np.float32)
    # A template smaller by the reach on each side slides within the picture: cross-correlation without wrapping.
    template = drawn[reach:-reach, reach:-reach].astype(np.float32)
    if min(template.shape) < 1:
        return None
    score = cv2.matchTemplate(seen, template, cv2.TM_CCORR)
    row, column = np.unravel_index(int(score.argmax()), score.shape)
    if not (0 < row < 2 * reach and 0 < column < 2 * reach):
        return None
    down = row + _peak(score[row - 1 : row + 2, column]) - reach
    right = column + _peak(score[row, column - 1 : column + 2]) - reach
    t = grid.transform
    return ArchiveOffset(float(t.a * right + t.b * down), float(t.d * right + t.e * down), len(inside))


def _within(outline: Polygon | MultiPolygon, grid: PixelGrid) -> bool:
    x0, y0, x1, y1 = outline.bounds
    left, bottom, right, top = grid.bounds
    return left <= x0 and bottom <= y0 and x1 <= right and y1 <= top


def _peak(three: NDArray[np.generic]) -> float:
    """Position of the top of the parabola through three equidistant values, relative to the middle one."""
    before, middle, after = (float(v) for v in three)
    bend = before - 2.0 * middle + after
    return 0.5 * (before - after) / bend if bend < 0.0 else 0.0
