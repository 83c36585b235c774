"""Where the sun stood, read from the shadows of archived buildings, and what shadows known heights would cast.

With the archive's heights every pixel of open ground has a number: the smallest distance over height to anything that
stands sunward of it. Ground is dark where that number is below the cotangent of the sun's elevation and bright beyond,
so the direction and the cut with the sharpest step from dark to bright are the sun. No clock or position is needed.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np
import rasterio.features
from numpy.typing import NDArray
from shapely import MultiPolygon, Polygon

from weijian.detection.patch import Footprint
from weijian.domain.grid import PixelGrid

_DIRECTIONS = tuple(math.radians(degrees) for degrees in range(0, 360, 5))

_BIN = 0.05
"""Step of distance over height."""

_BINS = 80
_CELL_M = 1.0
_FAR_M = 35.0
_LEAST_CELLS = 200
_LEAST_CONTRAST = 0.15
"""Log brightness between shade and sun below which the day was overcast."""

_LOWEST_M = 1.5
"""Archived heights below this cast no shadow worth looking for."""


@dataclass(frozen=True)
class Sun:
    """What the shadows of one date tell of its sun.

    ``columns``, ``rows``: direction shadows fall in, a unit step. ``length``: theirs for one metre of height.
    ``half``: log brightness halfway between open ground in shade and in the sun.
    """

    columns: float
    rows: float
    length: float
    half: float


@dataclass
class SunGauge:
    """Brightness of open ground by direction and by distance over height, summed over samples of one date."""

    totals: NDArray[np.float64] = field(default_factory=lambda: np.zeros((len(_DIRECTIONS), _BINS)))
    counts: NDArray[np.float64] = field(default_factory=lambda: np.zeros((len(_DIRECTIONS), _BINS)))

    def add(
        self,
        brightness: NDArray[np.float32],
        heights: NDArray[np.float32],
        valid: NDArray[np.bool_],
        resolution: float,
    ) -> None:
        """Add a sample: log brightness and archived heights (0 = open ground) on pixels of ``resolution`` metres."""
        if not heights.any():
            return
        step = max(1, round(_CELL_M / resolution))
        near = cv2.dilate((heights > 0).view(np.uint8), np.ones((5, 5), np.uint8)) > 0
        coarse = np.s_[step // 2 :: step, step // 2 :: step]
        bright = cv2.blur(brightness, (step, step))[coarse]
        tall, ground = heights[coarse], (valid & ~near)[coarse]
        for k, angle in enumerate(_DIRECTIONS):
            ratio = _distance_over_height(tall, math.cos(angle), math.sin(angle), step * resolution)
            known = ground & (ratio < _BIN * _BINS)
            bins = (ratio[known] / _BIN).astype(np.intp)
            self.totals[k] += np.bincount(bins, bright[known], _BINS)
            self.counts[k] += np.bincount(bins, minlength=_BINS)

    def joined(self, other: "SunGauge") -> "SunGauge":
        """The sum of two."""
        return SunGauge(self.totals + other.totals, self.counts + other.counts)

    def sun(self) -> Sun | None:
        """The sun that explains the samples best; None when no direction has a clear step from dark to bright."""
        totals, counts = np.cumsum(self.totals, axis=1), np.cumsum(self.counts, axis=1)
        best, found = 0.0, None
        for k, angle in enumerate(_DIRECTIONS):
            for edge in range(3, _BINS - 5):
                end = min(_BINS - 1, 2 * edge + 3)
                inside, outside = counts[k, edge], counts[k, end] - counts[k, edge]
                if min(inside, outside) < _LEAST_CELLS:
                    continue
                lit, dark = (totals[k, end] - totals[k, edge]) / outside, totals[k, edge] / inside
                contrast = lit - dark
                clearness = contrast * math.sqrt(min(inside, outside))
                if contrast > _LEAST_CONTRAST and clearness > best:
                    best = clearness
                    found = Sun(math.cos(angle), math.sin(angle), (edge + 1) * _BIN, (lit + dark) / 2.0)
        return found


def burn(shapes: Sequence[Polygon | MultiPolygon], grid: PixelGrid) -> NDArray[np.bool_]:
    """Pixels of the grid whose centre lies in one of the shapes."""
    if not shapes:
        return np.zeros(grid.shape, bool)
    burnt = rasterio.features.rasterize(shapes, out_shape=grid.shape, transform=grid.transform, dtype=np.uint8)
    return np.asarray(burnt > 0, bool)


def heights_on(footprints: Sequence[Footprint], grid: PixelGrid) -> NDArray[np.float32]:
    """Archived heights in metres on a grid, 0 where nothing tall is archived."""
    tall = sorted(
        ((f.height_m, f.outline) for f in footprints if f.height_m is not None and f.height_m > _LOWEST_M),
        key=lambda f: f[0],
    )
    heights = np.zeros(grid.shape, np.float32)
    if tall:
        shapes = ((outline, height) for height, outline in tall)
        rasterio.features.rasterize(shapes, out=heights, transform=grid.transform)
    return heights


def cast(
    heights: NDArray[np.float32], sun: Sun, resolution: float, onto: NDArray[np.float32] | None = None
) -> NDArray[np.bool_]:
    """Pixels in the shadow of something higher.

    ``heights`` cast the shadow (0 casts none); it falls on ``onto``, which is ``heights`` itself when not given.
    """
    ground = heights if onto is None else onto
    shaded = np.zeros(heights.shape, bool)
    for columns, rows in _steps(sun.columns, sun.rows, float(heights.max(initial=0.0)) * sun.length / resolution):
        source, target = _shifted(heights.shape, columns, rows)
        fall = math.hypot(columns, rows) * resolution / sun.length
        shaded[target] |= heights[source] - ground[target] >= fall
    return shaded


def _distance_over_height(
    heights: NDArray[np.float32], columns: float, rows: float, resolution: float
) -> NDArray[np.float32]:
    """Smallest distance over height to what stands sunward of each pixel; large where nothing does."""
    with np.errstate(divide="ignore"):
        slenderness = np.where(heights > _LOWEST_M, 1.0 / heights, np.inf).astype(np.float32)
    ratio = np.full(heights.shape, np.inf, np.float32)
    for dc, dr in _steps(columns, rows, _FAR_M / resolution):
        source, target = _shifted(heights.shape, dc, dr)
        np.minimum(ratio[target], slenderness[source] * np.float32(math.hypot(dc, dr) * resolution), out=ratio[target])
    return ratio


def _steps(columns: float, rows: float, reach: float) -> list[tuple[int, int]]:
    """Whole-pixel steps along a direction up to ``reach`` pixels."""
    return [(round(columns * i), round(rows * i)) for i in range(1, math.ceil(reach) + 1)]


def _shifted(shape: tuple[int, ...], columns: int, rows: int) -> tuple[tuple[slice, slice], tuple[slice, slice]]:
    """Source and target windows of a shift by (columns, rows); empty when it leaves the array."""
    height, width = shape
    source = (
        slice(max(0, -rows), max(0, height - max(0, rows))),
        slice(max(0, -columns), max(0, width - max(0, columns))),
    )
    target = (
        slice(max(0, rows), max(0, height - max(0, -rows))),
        slice(max(0, columns), max(0, width - max(0, -columns))),
    )
    return source, target
