"""Levelling two surface models: the plane between them, found on ground that did not change."""

from __future__ import annotations

import math
from contextlib import closing
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from weijian.domain.errors import NoOverlap
from weijian.domain.grid import PixelGrid
from weijian.domain.job import Job, Progress
from weijian.domain.parallel import Crew, aside, in_order
from weijian.imagery.coverage import Reach
from weijian.imagery.files import OpenFiles
from weijian.imagery.raster import Raster
from weijian.imagery.shift import ShiftField
from weijian.imagery.windows import read_surface

Floats = NDArray[np.float64]

_CELL_M = 1.0
_CELLS_AT_ONCE = 1500  # a side: smaller ground is read whole, larger in windows
_WINDOW = 96  # cells or pixels a side of a window
_WINDOWS = 8  # a side
_BLOCKS = 8  # a side, over which the commonest difference is taken first
_FEWEST = 100  # cells with both heights


@dataclass(frozen=True)
class Levelling:
    """What to add to the before surface so that unchanged ground agrees with the after surface.

    Attributes
    ----------
    x0, y0 : float
        Where ``bias_m`` holds, in the CRS of the grid.
    bias_m : float
    tilt_x, tilt_y : float
        Metres a metre eastward and northward.
    residual_m : float
        RMS of what the plane leaves over whole neighbourhoods of unchanged ground: bends no plane takes away.
    noise_m : float
        One standard deviation of the difference of single pixels on unchanged ground.
    share_used : float
        Part of the ground that counts as unchanged, 0 to 1.
    """

    x0: float
    y0: float
    bias_m: float
    tilt_x: float
    tilt_y: float
    residual_m: float
    noise_m: float
    share_used: float

    def plane_on(self, grid: PixelGrid) -> NDArray[np.float32]:
        """(rows, columns) float32: metres to add to the before surface on ``grid``."""
        x, y = _centres(grid)
        plane = self.bias_m + self.tilt_x * (x - self.x0) + self.tilt_y * (y - self.y0)
        return plane.astype(np.float32)


def level(
    before: Raster,
    after: Raster,
    grid: PixelGrid,
    crew: Crew,
    shift: ShiftField | None = None,
    *,
    files: OpenFiles | None = None,
) -> Job[Levelling]:
    """Find bias and tilt between two surfaces on the ground of ``grid`` (CRS in metres).

    Up to half of the ground may have changed, wherever it lies. Large ground is sampled.

    Raises
    ------
    NoOverlap
        The surfaces have next to no ground in common.
    """
    surfaces = _Surfaces(before, after, shift, files)
    covered = Reach.of(grid.crs, ((after,), None), ((before,), shift))
    points = yield from _differences(surfaces, _windows(covered, grid, max(_CELL_M, grid.resolution)), crew)
    if len(points) < _FEWEST:
        raise NoOverlap(first=before.path, second=after.path)
    fine = yield from _differences(surfaces, _windows(covered, grid, grid.resolution), crew)
    return (yield from aside("level", partial(_levelling, points, fine), crew))


def _levelling(points: Floats, fine: Floats) -> Levelling:
    """Levelling by (n, 3) x, y, difference of coarse cells; the noise by those of single pixels."""
    origin = points[:, :2].mean(axis=0)
    plane, used = fit_plane(points[:, 0] - origin[0], points[:, 1] - origin[1], points[:, 2])
    rest = points[:, 2] - _plane(plane, points[:, 0] - origin[0], points[:, 1] - origin[1])
    noise = _core_deviation(fine[:, 2] - _plane(plane, fine[:, 0] - origin[0], fine[:, 1] - origin[1]))
    medians = [float(np.median(rest[block])) for block in _blocks(points[:, 0], points[:, 1], used) if block.size >= 10]
    return Levelling(
        x0=float(origin[0]),
        y0=float(origin[1]),
        bias_m=float(plane[0]),
        tilt_x=float(plane[1]),
        tilt_y=float(plane[2]),
        residual_m=math.sqrt(float(np.mean(np.square(medians)))) if medians else noise,
        noise_m=noise,
        share_used=float(used.mean()),
    )


def fit_plane(x: Floats, y: Floats, difference: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """Plane (at origin, a unit of x, a unit of y) through the commonest differences, and which points lie on it.

    First a plane through the modes of blocks, which trees and buildings do not move, weighted by Tukey's function;
    then repeatedly through all points within three robust deviations.
    """
    everything = np.ones(len(x), bool)
    blocks = [block for block in _blocks(x, y, everything) if block.size >= 10]
    modes = np.array([(x[b].mean(), y[b].mean(), _mode(difference[b]), b.size) for b in blocks])
    if len(modes) >= 6:
        plane = _tukey_plane(modes[:, 0], modes[:, 1], modes[:, 2], modes[:, 3])
    else:
        plane = np.array([_mode(difference), 0.0, 0.0])
    used = everything
    for _ in range(30):
        rest = difference - _plane(plane, x, y)
        deviation = max(_core_deviation(rest), 1e-3)
        now = np.abs(rest) < 3 * deviation
        design = np.stack([np.ones(int(now.sum())), x[now], y[now]], axis=1)
        plane = np.asarray(np.linalg.lstsq(design, difference[now], rcond=None)[0], np.float64)
        if (now == used).all():
            break
        used = now
    return plane, used


def _tukey_plane(x: Floats, y: Floats, z: Floats, weight: Floats) -> Floats:
    design = np.stack([np.ones(len(x)), x, y], axis=1)
    plane = np.array([float(np.median(z)), 0.0, 0.0])
    reach = math.inf
    for _ in range(30):
        rest = z - design @ plane
        reach = max(4.685 * 1.4826 * float(np.median(np.abs(rest))), 0.02)
        share = np.sqrt(weight) * np.where(np.abs(rest) < reach, 1 - (rest / reach) ** 2, 0.0)
        plane = np.linalg.lstsq(design * share[:, None], z * share, rcond=None)[0]
    return plane


def _plane(plane: Floats, x: Floats, y: Floats) -> Floats:
    return np.asarray(plane[0] + plane[1] * x + plane[2] * y, np.float64)


def _mode(values: Floats) -> float:
    """Half-sample mode: the middle of the densest part, found by halving (Robertson and Cryer, 1974)."""
    ordered = np.sort(values)
    while len(ordered) > 3:
        half = (len(ordered) + 1) // 2
        widths = ordered[half - 1 :] - ordered[: len(ordered) - half + 1]
        start = int(np.argmin(widths))
        ordered = ordered[start : start + half]
    return float(ordered.mean())


def _core_deviation(rest: Floats) -> float:
    """Standard deviation of the bulk around zero, by repeated clipping of a robust one."""
    if not rest.size:
        return 0.0
    core = np.abs(rest)
    for _ in range(20):
        deviation = 1.4826 * float(np.median(core))
        kept = core[core < 3 * deviation]
        if kept.size == core.size or not kept.size:
            break
        core = kept
    return 1.4826 * float(np.median(core))


def _blocks(x: Floats, y: Floats, wanted: NDArray[np.bool_]) -> list[NDArray[np.intp]]:
    """Indices of the wanted points by cell of a regular division of their box."""
    where = np.flatnonzero(wanted)

    def cell(values: Floats) -> NDArray[np.intp]:
        low, high = values.min(), values.max()
        numbers: NDArray[np.intp] = ((values[where] - low) / max(high - low, 1e-9) * _BLOCKS).astype(np.intp)
        return np.minimum(numbers, _BLOCKS - 1)

    numbers = cell(y) * _BLOCKS + cell(x)
    order = np.argsort(numbers, kind="stable")
    edges = np.flatnonzero(np.diff(numbers[order])) + 1
    return [where[part] for part in np.split(order, edges)]


def _windows(covered: Reach, grid: PixelGrid, cell: float) -> list[PixelGrid]:
    """The whole ground in cells where that is little, else windows spread evenly over it."""
    whole = PixelGrid.over(grid.bounds, cell, grid.crs)
    if max(whole.shape) <= _CELLS_AT_ONCE:
        return [tile.grid for tile in whole.tiles(_CELLS_AT_ONCE // 4)]
    height, width = min(_WINDOW, whole.height), min(_WINDOW, whole.width)
    lattice = [
        whole.crop(round(r), round(c), height, width)
        for r in np.linspace(0, whole.height - height, _WINDOWS)
        for c in np.linspace(0, whole.width - width, _WINDOWS)
    ]
    return covered.spread(whole, _WINDOW, _WINDOWS**2, lattice)


@dataclass(frozen=True)
class _Surfaces:
    """What is levelled; reads windows of both."""

    before: Raster
    after: Raster
    shift: ShiftField | None
    files: OpenFiles | None

    def difference(self, window: PixelGrid) -> Floats:
        """(n, 3) x, y and after - before of the window's cells where both have heights."""
        later = read_surface(self.after, window, files=self.files)
        if not np.isfinite(later).any():
            return np.empty((0, 3))
        difference = later - read_surface(self.before, window, self.shift, files=self.files)
        known = np.isfinite(difference)
        x, y = _centres(window)
        return np.stack([x[known], y[known], difference[known].astype(np.float64)], axis=1)


def _differences(surfaces: _Surfaces, windows: list[PixelGrid], crew: Crew) -> Job[Floats]:
    """The differences in all windows."""
    parts: list[Floats] = []
    with closing(in_order(surfaces.difference, windows, crew)) as steps:
        for step in steps:
            if step is not None:
                parts.append(step[1])
            yield Progress("level", len(parts), len(windows))
    return np.concatenate(parts)


def _centres(grid: PixelGrid) -> tuple[Floats, Floats]:
    columns, rows = np.meshgrid(np.arange(grid.width) + 0.5, np.arange(grid.height) + 0.5)
    t = grid.transform
    return t.a * columns + t.b * rows + t.c, t.d * columns + t.e * rows + t.f
