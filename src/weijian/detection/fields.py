"""Operators on fields of heights and on masks, with radii in metres."""

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.float32]
Mask = NDArray[np.bool_]

_ROUGH_WINDOW_M = 1.5
_HOLE_M = 1.0
"""Holes up to about twice this across are filled from their rims."""


def opened(mask: Mask, radius_m: float, cell: float) -> Mask:
    """``mask`` without what is narrower than a disc."""
    return _morph(mask, cv2.MORPH_OPEN, radius_m, cell)


def closed(mask: Mask, radius_m: float, cell: float) -> Mask:
    """``mask`` with gaps narrower than a disc filled."""
    return _morph(mask, cv2.MORPH_CLOSE, radius_m, cell)


def dilated(mask: Mask, radius_m: float, cell: float) -> Mask:
    """``mask`` grown by a disc."""
    return _morph(mask, cv2.MORPH_DILATE, radius_m, cell)


def eroded(mask: Mask, radius_m: float, cell: float) -> Mask:
    """``mask`` shrunk by a disc."""
    return _morph(mask, cv2.MORPH_ERODE, radius_m, cell)


def pieces(mask: Mask) -> Iterator[Mask]:
    """The 4-connected pieces of a mask, each as a mask."""
    count, labels = cv2.connectedComponents(mask.astype(np.uint8), connectivity=4)
    for number in range(1, count):
        yield labels == number


def connected(mask: Mask, seed: Mask) -> Mask:
    """The 4-connected pieces of ``mask`` that hold pixels of ``seed``."""
    _, labels = cv2.connectedComponents(mask.astype(np.uint8), connectivity=4)
    kept = np.zeros(int(labels.max()) + 1, bool)
    kept[labels[seed]] = True
    kept[0] = False
    return np.asarray(kept[labels])


def distance_m(first: Mask, second: Mask, cell: float) -> float:
    """Ground distance between two masks; infinity when one is empty."""
    if not first.any() or not second.any():
        return float("inf")
    away = cv2.distanceTransform((~second).astype(np.uint8), cv2.DIST_L2, 5)
    return float(away[first].min()) * cell


def highest(height: Field, radius_m: float, cell: float) -> Field:
    """Local maximum within a disc; -1000 where nothing is known."""
    known = np.where(np.isfinite(height), height, np.float32(-1e3)).astype(np.float32)
    return np.asarray(cv2.dilate(known, _disc(radius_m / cell), borderType=cv2.BORDER_REPLICATE), np.float32)


def lowest(height: Field, radius_m: float, cell: float) -> Field:
    """Local minimum within a disc; 1000 where nothing is known."""
    known = np.where(np.isfinite(height), height, np.float32(1e3)).astype(np.float32)
    return np.asarray(cv2.erode(known, _disc(radius_m / cell), borderType=cv2.BORDER_REPLICATE), np.float32)


def holes_filled(height: Field, cell: float) -> Field:
    """``height`` with small holes filled by the weighted mean of what is around; larger ones stay NaN."""
    known = np.isfinite(height)
    if known.all():
        return height.astype(np.float32)
    side = 2 * max(1, round(2 * _HOLE_M / cell)) + 1
    size, sigma = (side, side), _HOLE_M / cell / 2
    total = cv2.GaussianBlur(np.where(known, height, np.float32(0)).astype(np.float32), size, sigma)
    near = cv2.GaussianBlur(known.astype(np.float32), size, sigma)
    mean = np.divide(total, near, out=np.full_like(total, np.nan), where=near > 0.1)
    return np.where(known, height, mean).astype(np.float32)


def roughness(height: Field, cell: float) -> Field:
    """Standard deviation of the height about the plane through a window around each pixel, metres."""
    side = 2 * max(1, round(_ROUGH_WINDOW_M / cell / 2)) + 1
    reach = np.arange(side, dtype=np.float32) - side // 2
    z = np.where(np.isfinite(height), height, np.float32(0)).astype(np.float32)
    flat = np.full(side, 1.0 / side, np.float32)
    slope = reach / np.float32((reach**2).sum())
    mean = cv2.sepFilter2D(z, cv2.CV_32F, flat, flat)
    square = cv2.sepFilter2D(z * z, cv2.CV_32F, flat, flat)
    along_x = cv2.sepFilter2D(z, cv2.CV_32F, slope, flat)
    along_y = cv2.sepFilter2D(z, cv2.CV_32F, flat, slope)
    variance = square - mean**2 - (along_x**2 + along_y**2) * np.float32((reach**2).mean())
    return np.sqrt(np.maximum(variance, 0)).astype(np.float32)


def _morph(mask: Mask, operation: int, radius_m: float, cell: float) -> Mask:
    element = _disc(radius_m / cell)
    result = cv2.morphologyEx(mask.astype(np.uint8), operation, element, borderType=cv2.BORDER_CONSTANT, borderValue=0)
    return np.asarray(result, bool)


def _disc(radius: float) -> NDArray[np.uint8]:
    """Structuring element of ``radius`` pixels; radii between whole numbers give discs between."""
    reach = max(0, int(np.floor(radius + 0.25)))
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    return np.asarray(x * x + y * y <= (radius + 0.25) ** 2 + 0.01, np.uint8)
