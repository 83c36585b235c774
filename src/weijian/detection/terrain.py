"""Bare ground under a surface model."""

import itertools

import cv2
import numpy as np
from numpy.typing import NDArray

_RADII_M = (2.0, 3.0, 4.0, 6.0, 8.0, 11.0, 14.0, 18.0, 23.0, 28.0, 34.0, 40.0)
"""Opening radii. The widest passes over roofs of 80 m; steps are small so that slopes lose little at each."""

_STEP_M = 0.6
"""What an opening may take away on rough but bare ground."""

_SKIRT_M = 0.25
"""Height from which on ground beside a wall is taken for the smeared foot of the wall."""

_SLOPE = 0.3
"""Steepest ground that is kept, rise over run; a terrace wall is one step of an otherwise monotone slope and
openings leave monotone slopes alone."""


def ground_model(surface: NDArray[np.float32], cell_m: float) -> NDArray[np.float32]:
    """Height of the bare ground on a coarse grid.

    A progressive morphological filter (Zhang et al. 2003): what stands out against openings of growing radius by
    more than slopes can explain is taken off, and the ground below is interpolated from around.

    Parameters
    ----------
    surface : (rows, columns) float32
        Surface model in metres, NaN where there is none. Cells of 1 to 2 m read with the *lowest* height of each
        cell, so that yards and alleys between roofs are seen. With two surveys give the lower of the two levelled
        surfaces at each cell (``numpy.fmin``): where either date shows ground, there is ground.
    cell_m : float
        Side of a cell in metres.

    Returns
    -------
    (rows, columns) float32
        Ground height in metres, without NaN; zero everywhere when the surface has no data at all.
    """
    known = np.isfinite(surface)
    if not known.any():
        return np.zeros_like(surface, dtype=np.float32)
    lowest = _without_pits(_interpolated(np.where(known, surface, 0.0).astype(np.float32), known))
    bare = known.copy()
    opened = lowest
    for previous, radius in itertools.pairwise((0.0, *_RADII_M)):
        wider = _opened(lowest, radius / cell_m)
        bare &= opened - wider <= _STEP_M + _SLOPE * (radius - previous)
        opened = np.minimum(opened, wider)
    if not bare.any():
        return opened
    ground = _interpolated(lowest, _without_skirts(lowest, bare))
    smooth = cv2.GaussianBlur(ground, (0, 0), max(1.0, 2.0 / cell_m))
    return np.asarray(np.minimum(smooth, lowest + _SKIRT_M), np.float32)


def _without_skirts(lowest: NDArray[np.float32], bare: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """``bare`` without the cells beside walls that the smeared foot of the wall has lifted.

    A cell beside what was taken off stays when it is no higher than the ground farther away suggests.
    """
    away = cv2.erode(bare.astype(np.uint8), np.ones((3, 3), np.uint8), borderValue=1) > 0
    if not away.any():
        return bare
    suggested = _interpolated(lowest, away)
    return np.asarray(away | (bare & (lowest <= suggested + _SKIRT_M)), bool)


def _without_pits(surface: NDArray[np.float32]) -> NDArray[np.float32]:
    """``surface`` with single cells far below all their neighbours (mismatches of the stereo) lifted to the lowest."""
    from scipy import ndimage

    second = ndimage.rank_filter(surface, rank=1, size=3, mode="nearest")
    return np.where(surface < second - 1.0, second, surface).astype(np.float32)


def _opened(surface: NDArray[np.float32], radius: float) -> NDArray[np.float32]:
    """Grey opening by a disc of ``radius`` cells."""
    side = 2 * max(1, round(radius)) + 1
    element = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    return np.asarray(cv2.morphologyEx(surface, cv2.MORPH_OPEN, element, borderType=cv2.BORDER_REPLICATE), np.float32)


def _interpolated(values: NDArray[np.float32], known: NDArray[np.bool_]) -> NDArray[np.float32]:
    """``values`` where ``known``, smoothly filled from around elsewhere (pull-push over a pyramid of means)."""
    if known.all():
        return values
    weight = known.astype(np.float32)
    if min(values.shape) <= 2:
        mean = float((values * weight).sum() / weight.sum())
        return np.where(known, values, np.float32(mean))
    size = ((values.shape[1] + 1) // 2, (values.shape[0] + 1) // 2)
    coarse_weight = cv2.resize(weight, size, interpolation=cv2.INTER_AREA)
    coarse_sum = cv2.resize(np.where(known, values, np.float32(0.0)), size, interpolation=cv2.INTER_AREA)
    coarse_known = coarse_weight > 0.0
    coarse = np.divide(coarse_sum, coarse_weight, out=np.zeros_like(coarse_sum), where=coarse_known)
    below = _interpolated(coarse, coarse_known)
    filled = cv2.resize(below, values.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.where(known, values, filled).astype(np.float32)
