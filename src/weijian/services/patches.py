"""Patches for detection: both dates, aligned and levelled, read window by window."""

import math
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray
from shapely import STRtree, box
from shapely.affinity import translate

from weijian.detection.patch import Footprint, Layer, Noise, Patch
from weijian.domain.finding import Change
from weijian.domain.grid import Bounds, PixelGrid, Tile
from weijian.imagery.coverage import Reach
from weijian.imagery.files import OpenFiles
from weijian.imagery.heights import Levelling
from weijian.imagery.raster import Raster
from weijian.imagery.shift import ShiftField
from weijian.imagery.windows import SurfaceResampling, read_image, read_surface

SAMPLE_PIXELS = 512
SAMPLES_A_SIDE = 4
"""The conditions of a survey are measured on at most 4 x 4 windows spread over it."""


@dataclass(frozen=True)
class Terrain:
    """Bare ground of the whole area on a coarse grid; heights (rows, columns) float32 in metres."""

    grid: PixelGrid
    heights: NDArray[np.float32]

    def on(self, grid: PixelGrid) -> NDArray[np.float32]:
        """Ground heights at the pixel centres of another grid of the same CRS, bilinear, constant beyond the edge."""
        to_coarse = ~self.grid.transform @ grid.transform
        columns, rows = np.meshgrid(np.arange(grid.width) + 0.5, np.arange(grid.height) + 0.5)
        x = to_coarse.a * columns + to_coarse.b * rows + to_coarse.c - 0.5
        y = to_coarse.d * columns + to_coarse.e * rows + to_coarse.f - 0.5
        return np.asarray(
            cv2.remap(
                self.heights,
                x.astype(np.float32),
                y.astype(np.float32),
                cv2.INTER_LINEAR,
                borderMode=cv2.BORDER_REPLICATE,
            ),
            np.float32,
        )


@dataclass(frozen=True)
class LayerSource:
    """Where one date's arrays come from.

    ``shift`` and ``levelling`` carry the earlier date onto the later one; None for the later date itself.
    ``surface_shift`` is the surface's own where that lies off its image.
    ``files`` keeps the files open between windows, for every thread its own.
    """

    image: Raster | None
    surface: Raster | None
    shift: ShiftField | None = None
    levelling: Levelling | None = None
    files: OpenFiles | None = None
    surface_shift: ShiftField | None = None

    def surface_on(self, grid: PixelGrid, resampling: SurfaceResampling = "average") -> NDArray[np.float32] | None:
        """Levelled surface heights on a grid, NaN where there are none; None when the date has no surface."""
        if self.surface is None:
            return None
        heights = read_surface(self.surface, grid, self.surface_shift or self.shift, resampling, files=self.files)
        return heights if self.levelling is None else heights + self.levelling.plane_on(grid)

    def on(self, grid: PixelGrid, terrain: Terrain | None) -> Layer:
        """All arrays of the date on a grid."""
        if self.image is None:
            image, valid = None, np.zeros(grid.shape, bool)
        else:
            image, valid = read_image(self.image, grid, self.shift, files=self.files)
        surface = self.surface_on(grid)
        ground = None if terrain is None or surface is None else terrain.on(grid)
        return Layer(image, valid, surface, ground)


class FootprintIndex:
    """Archived footprints, found by where they are."""

    def __init__(self, footprints: tuple[Footprint, ...]) -> None:
        self._footprints = footprints
        self._tree = STRtree([f.outline for f in footprints])

    @property
    def empty(self) -> bool:
        """Whether there is none at all."""
        return not self._footprints

    def within(self, bounds: Bounds) -> tuple[Footprint, ...]:
        """Those that touch the box."""
        return tuple(self._footprints[i] for i in sorted(self._tree.query(box(*bounds), predicate="intersects")))


@dataclass(frozen=True)
class PatchSource:
    """Reads patches; safe to use from several threads."""

    grid: PixelGrid
    before: LayerSource | None
    after: LayerSource
    terrain: Terrain | None
    footprints: FootprintIndex
    noise: Noise

    def patch(self, tile: Tile) -> Patch:
        """Read everything about a tile."""
        before = None if self.before is None else self.before.on(tile.grid, self.terrain)
        after = self.after.on(tile.grid, self.terrain)
        return Patch(tile, before, after, self.footprints.within(tile.grid.bounds), self.noise)


def samples(grid: PixelGrid, reach: Reach, a_side: int = SAMPLES_A_SIDE) -> list[Tile]:
    """A few tiles spread evenly over what is covered; the conditions of the whole survey are measured on them."""
    rows, columns = (min(a_side, math.ceil(size / SAMPLE_PIXELS)) for size in grid.shape)
    tops = np.linspace(0, max(0, grid.height - SAMPLE_PIXELS), rows).round().astype(int)
    lefts = np.linspace(0, max(0, grid.width - SAMPLE_PIXELS), columns).round().astype(int)
    high, wide = min(SAMPLE_PIXELS, grid.height), min(SAMPLE_PIXELS, grid.width)
    lattice = [grid.crop(int(top), int(left), high, wide) for top in tops for left in lefts]
    return [Tile(window, 0) for window in reach.spread(grid, SAMPLE_PIXELS, a_side**2, lattice)]


def translated(change: Change, east_m: float, north_m: float) -> Change:
    """The change moved on the ground."""
    after = change.after_outline
    return replace(
        change,
        outline=translate(change.outline, east_m, north_m),
        after_outline=None if after is None else translate(after, east_m, north_m),
    )


def bytes_of(patch: Patch) -> int:
    """Bytes of pixels a patch holds."""
    layers = [patch.after] if patch.before is None else [patch.before, patch.after]
    return sum(a.nbytes for layer in layers for a in (layer.image, layer.surface) if a is not None)
