"""Whether two surface models count in the same unit: the height of what stands in both tells."""

import cv2
import numpy as np
from numpy.typing import NDArray

from weijian.domain.grid import PixelGrid
from weijian.imagery.files import OpenFiles
from weijian.imagery.raster import Raster
from weijian.imagery.shift import ShiftField
from weijian.imagery.windows import read_surface

_CELL_M = 1.0
_WINDOW = 256  # cells a side
_WINDOWS = 3  # a side
_REACH_M = 15.0
_STANDS_M = 2.0
_FEWEST = 200  # cells that stand in both
_EVEN = 0.25  # spread of the ratios, of their median, below which they are one ratio and not many


def relief_ratio(
    before: Raster,
    after: Raster,
    grid: PixelGrid,
    shift: ShiftField | None = None,
    *,
    files: OpenFiles | None = None,
) -> float | None:
    """How many times higher things stand in the before surface than in the after surface.

    Height above the lowest within 15 m, at cells where both have at least two units of it; nothing else changes
    everywhere by one factor but the unit.

    Parameters
    ----------
    before, after : Raster
        Surfaces.
    grid : PixelGrid
        The detection's grid (metres); at most nine windows of it are read.
    shift : ShiftField, optional
        From the ground of ``grid`` to where it lies in the before file.
    files : OpenFiles, optional
        Datasets kept open between reads.

    Returns
    -------
    float or None
        The median ratio; None where little stands or where the ratios are many.
    """
    ratios = []
    for window in _windows(grid):
        earlier = _relief(read_surface(before, window, shift, files=files), window.resolution)
        later = _relief(read_surface(after, window, files=files), window.resolution)
        both = (earlier >= _STANDS_M) & (later >= _STANDS_M)
        ratios.append(earlier[both] / later[both])
    found = np.concatenate(ratios)
    if len(found) < _FEWEST:
        return None
    low, middle, high = (float(value) for value in np.percentile(found, (25, 50, 75)))
    return middle if high - low <= _EVEN * middle else None


def _relief(heights: NDArray[np.float32], cell: float) -> NDArray[np.float32]:
    """Height above the lowest around; 0 where unknown."""
    known = np.isfinite(heights)
    side = 2 * round(_REACH_M / cell) + 1
    filled = np.where(known, heights, np.float32(1e6)).astype(np.float32)
    lowest = cv2.erode(filled, np.ones((side, side), np.uint8), borderType=cv2.BORDER_REPLICATE)
    return np.where(known, heights - lowest, np.float32(0)).astype(np.float32)


def _windows(grid: PixelGrid) -> list[PixelGrid]:
    whole = PixelGrid.over(grid.bounds, max(_CELL_M, grid.resolution), grid.crs)
    height, width = min(_WINDOW, whole.height), min(_WINDOW, whole.width)
    tops = np.unique(np.linspace(0, whole.height - height, _WINDOWS).round().astype(int))
    lefts = np.unique(np.linspace(0, whole.width - width, _WINDOWS).round().astype(int))
    return [whole.crop(int(top), int(left), height, width) for top in tops for left in lefts]
