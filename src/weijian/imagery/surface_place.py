"""Whether surface models lie where their own orthophotos lie."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from weijian.domain.grid import PixelGrid
from weijian.imagery.correlation import Complex, Peak, agreement, image_directions, peak, surface_directions
from weijian.imagery.files import OpenFiles
from weijian.imagery.raster import Raster
from weijian.imagery.shift import ShiftField
from weijian.imagery.windows import read_image, read_surface

_WINDOW = 320  # pixels
_WINDOWS = 3  # a side
_RADIUS = 24  # pixels within which a displacement is found
_CLEAR = 6.0  # deviations by which a peak must stand out
_SEEN = 0.5  # share of a window that must have data


@dataclass(frozen=True)
class Survey:
    """The two products of one flight."""

    image: Raster
    surface: Raster


def surface_displacement(
    before: Survey, after: Survey, grid: PixelGrid, shift: ShiftField, *, files: OpenFiles | None = None
) -> tuple[float, float] | None:
    """How much farther apart the two surface models lie than the two images, in metres east and north.

    Ground at (x, y) of the after surface lies at (x, y) + shift + displacement in the before surface. Images and
    surfaces are compared each with their like, so that shadows and the lean of buildings do not matter.

    Parameters
    ----------
    before, after : Survey
    grid : PixelGrid
        The detection's grid (metres); at most nine windows of it are read.
    shift : ShiftField
        How the surveys were found to lie.
    files : OpenFiles, optional
        Datasets kept open between reads.

    Returns
    -------
    (east, north) or None
        None where images or surfaces are too poor to tell.
    """
    images: list[NDArray[np.float32]] = []
    surfaces: list[NDArray[np.float32]] = []
    for window in _windows(grid):
        one, seen = read_image(after.image, window, files=files)
        other, other_seen = read_image(before.image, window, shift, files=files)
        both = seen & other_seen
        heights = read_surface(after.surface, window, files=files)
        earlier = read_surface(before.surface, window, shift, files=files)
        if min(both.mean(), np.isfinite(heights).mean(), np.isfinite(earlier).mean()) < _SEEN:
            continue
        images.append(_agreement(image_directions(one, both), image_directions(other, both)))
        surfaces.append(_agreement(surface_directions(heights), surface_directions(earlier)))
    image_peak, surface_peak = _clear_peak(images), _clear_peak(surfaces)
    if image_peak is None or surface_peak is None:
        return None
    cell = grid.resolution
    return (surface_peak.dx - image_peak.dx) * cell, (image_peak.dy - surface_peak.dy) * cell


def _agreement(after: list[Complex], before: list[Complex]) -> NDArray[np.float32]:
    return agreement(after, before, _RADIUS)


def _clear_peak(surfaces: list[NDArray[np.float32]]) -> Peak | None:
    """The peak of all windows together, if it stands out."""
    if not surfaces:
        return None
    total = np.asarray(sum(surfaces), np.float32)
    top = peak(total)
    middle = float(np.median(total))
    deviation = 1.4826 * float(np.median(np.abs(total - middle))) + 1e-9
    return None if top is None or top.agreement - middle < _CLEAR * deviation else top


def _windows(grid: PixelGrid) -> list[PixelGrid]:
    height, width = min(_WINDOW, grid.height), min(_WINDOW, grid.width)
    tops = np.unique(np.linspace(0, grid.height - height, _WINDOWS).round().astype(int))
    lefts = np.unique(np.linspace(0, grid.width - width, _WINDOWS).round().astype(int))
    return [grid.crop(int(top), int(left), height, width) for top in tops for left in lefts]
