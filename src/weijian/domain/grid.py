"""The pixel grid: which piece of ground each pixel of an array covers."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from affine import Affine
from pyproj import CRS, Transformer

Bounds = tuple[float, float, float, float]
"""min x (easting), min y (northing), max x, max y."""


def shared_bounds(*boxes: Bounds) -> Bounds | None:
    """The box that all boxes share; None when they have no ground in common."""
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    left, bottom, right, top = max(lefts), max(bottoms), min(rights), min(tops)
    return (left, bottom, right, top) if left < right and bottom < top else None


@dataclass(frozen=True)
class PixelGrid:
    """A north-up or rotated grid of pixels in a coordinate reference system.

    Attributes
    ----------
    crs : pyproj.CRS
        Coordinates are always x = easting, y = northing, whatever the axis order of the CRS.
    transform : affine.Affine
        From (column, row) at pixel corners to (x, y).
    width, height : int
        Pixels.
    """

    crs: CRS
    transform: Affine
    width: int
    height: int

    @classmethod
    def over(cls, bounds: Bounds, resolution: float, crs: CRS) -> PixelGrid:
        """North-up grid of square pixels whose corners are multiples of ``resolution`` and that covers ``bounds``.

        Grids of one resolution made so are congruent: their pixels coincide wherever they overlap.
        """
        left = math.floor(bounds[0] / resolution + 1e-6)
        bottom = math.floor(bounds[1] / resolution + 1e-6)
        right = max(left + 1, math.ceil(bounds[2] / resolution - 1e-6))
        top = max(bottom + 1, math.ceil(bounds[3] / resolution - 1e-6))
        transform = Affine(resolution, 0.0, left * resolution, 0.0, -resolution, top * resolution)
        return cls(crs, transform, right - left, top - bottom)

    @classmethod
    def spanning(cls, bounds: Bounds, width: int, height: int, crs: CRS) -> PixelGrid:
        """North-up grid of ``width`` x ``height`` pixels whose outer edges are exactly ``bounds``."""
        left, bottom, right, top = bounds
        transform = Affine((right - left) / width, 0.0, left, 0.0, (bottom - top) / height, top)
        return cls(crs, transform, width, height)

    @property
    def shape(self) -> tuple[int, int]:
        """(rows, columns)."""
        return self.height, self.width

    @property
    def resolution(self) -> float:
        """Ground length of a pixel's side in CRS units: geometric mean of both sides."""
        return math.sqrt(abs(self.transform.determinant))

    @property
    def pixel_area(self) -> float:
        """Ground area of one pixel in square CRS units."""
        return abs(self.transform.determinant)

    @property
    def bounds(self) -> Bounds:
        """Smallest box around all four corners."""
        corners = [self.transform @ (c, r) for c in (0, self.width) for r in (0, self.height)]
        xs, ys = zip(*corners, strict=True)
        return min(xs), min(ys), max(xs), max(ys)

    def bounds_in(self, crs: CRS) -> Bounds:
        """Box of the grid in another CRS, easting before northing."""
        if self.crs == crs:
            return self.bounds
        bounds: Bounds = Transformer.from_crs(self.crs, crs, always_xy=True).transform_bounds(*self.bounds)
        return bounds

    def resolution_in(self, crs: CRS) -> float:
        """Side of a pixel in units of another CRS, on the mean of the grid."""
        left, bottom, right, top = self.bounds_in(crs)
        own = self.bounds
        stretch = math.sqrt((right - left) * (top - bottom) / ((own[2] - own[0]) * (own[3] - own[1])))
        return self.resolution * stretch

    def crop(self, row: int, column: int, height: int, width: int) -> PixelGrid:
        """The grid of the block that starts at (row, column); may reach beyond this grid."""
        return PixelGrid(self.crs, self.transform @ Affine.translation(column, row), width, height)

    def pad(self, pixels: int) -> PixelGrid:
        """This grid with ``pixels`` more on each side."""
        return self.crop(-pixels, -pixels, self.height + 2 * pixels, self.width + 2 * pixels)

    def block_over(self, bounds: Bounds, margin: float = 0.0) -> PixelGrid:
        """The block of this grid that covers ``bounds`` and ``margin`` ground units around, clipped to it."""
        inverse = ~self.transform
        x0, y0, x1, y1 = bounds
        x0, y0, x1, y1 = x0 - margin, y0 - margin, x1 + margin, y1 + margin
        pixels = [inverse @ (x, y) for x in (x0, x1) for y in (y0, y1)]
        columns, rows = zip(*pixels, strict=True)
        c0, r0 = max(0, math.floor(min(columns) + 1e-6)), max(0, math.floor(min(rows) + 1e-6))
        c1, r1 = min(self.width, math.ceil(max(columns) - 1e-6)), min(self.height, math.ceil(max(rows) - 1e-6))
        return self.crop(r0, c0, max(0, r1 - r0), max(0, c1 - c0))

    def parts(self, size: int) -> Iterator[tuple[slice, slice]]:
        """(row, column) slices of square parts of ``size`` pixels that cover the grid, row by row."""
        for row in range(0, self.height, size):
            for column in range(0, self.width, size):
                yield slice(row, min(row + size, self.height)), slice(column, min(column + size, self.width))

    def count_of_parts(self, size: int) -> int:
        """How many there are of :meth:`parts` and of :meth:`tiles`."""
        return math.ceil(self.height / size) * math.ceil(self.width / size)

    def even_side(self, most: int) -> int:
        """Side of :meth:`parts` of at most ``most`` pixels that leave no small rest along the longer side."""
        longer = max(self.height, self.width)
        return math.ceil(longer / math.ceil(longer / most))

    def tiles(self, size: int, halo: int = 0) -> Iterator[Tile]:
        """The :meth:`parts` of the grid as tiles; each also reads ``halo`` pixels around its core."""
        for rows, columns in self.parts(size):
            core = self.crop(rows.start, columns.start, rows.stop - rows.start, columns.stop - columns.start)
            yield Tile(core.pad(halo), halo)


@dataclass(frozen=True)
class Tile:
    """A window of a larger grid: ``grid`` includes ``halo`` pixels of context on each side of the core."""

    grid: PixelGrid
    halo: int

    @property
    def core(self) -> tuple[slice, slice]:
        """(row, column) slices of the core within arrays on ``grid``."""
        inner = self.halo
        return slice(inner, self.grid.height - inner), slice(inner, self.grid.width - inner)

    @property
    def core_grid(self) -> PixelGrid:
        """The core's own grid."""
        return self.grid.pad(-self.halo)
