"""The pyramid of tiles: which pieces of ground are drawn, and how finely.

Level n has pixels of 2**n metres; its tiles are squares of `TILE` pixels counted from the origin of the CRS, rows
upwards. All of it is exact in double precision.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from affine import Affine
from pyproj import CRS

from weijian.domain.grid import Bounds, PixelGrid, shared_bounds

TILE = 512
"""Pixels along a side of a tile."""

COARSEST = 13
FINEST = -10
_SOFTENING = (
    0.35  # of a level: a tile's pixel is drawn at most 2**0.35 = 1.27 pixels wide before the next level is read
)


class Cell(NamedTuple):
    """A tile's place in the pyramid."""

    level: int
    column: int
    row: int

    @property
    def side_m(self) -> float:
        """Ground length of a side."""
        return TILE * 2.0**self.level

    @property
    def bounds(self) -> Bounds:
        """The ground it covers."""
        side = self.side_m
        return self.column * side, self.row * side, (self.column + 1) * side, (self.row + 1) * side

    def grid(self, crs: CRS) -> PixelGrid:
        """Its pixels."""
        pixel, side = 2.0**self.level, self.side_m
        transform = Affine(pixel, 0.0, self.column * side, 0.0, -pixel, (self.row + 1) * side)
        return PixelGrid(crs, transform, TILE, TILE)

    def ancestor(self, up: int) -> Cell:
        """The tile that covers it ``up`` levels coarser."""
        return Cell(self.level + up, self.column >> up, self.row >> up)

    def within(self, ancestor: Cell) -> tuple[float, float, float]:
        """(left, top, side) of its ground in the pixels of a coarser tile."""
        up = ancestor.level - self.level
        side = TILE / 2**up
        right, above = self.column - (ancestor.column << up), self.row - (ancestor.row << up)
        return right * side, TILE - (above + 1) * side, side

    @property
    def children(self) -> tuple[Cell, Cell, Cell, Cell]:
        """The four tiles of the next finer level on its ground."""
        level, column, row = self.level - 1, self.column * 2, self.row * 2
        return (
            Cell(level, column, row),
            Cell(level, column + 1, row),
            Cell(level, column, row + 1),
            Cell(level, column + 1, row + 1),
        )


def wanted_level(device_pixel_m: float, finest_m: float | None) -> int:
    """The level to draw at a size of the screen's pixels; none finer than what ``finest_m`` has to show."""
    level = math.floor(math.log2(device_pixel_m) + _SOFTENING)
    if finest_m is not None:
        level = max(level, math.floor(math.log2(finest_m)))
    return min(max(level, FINEST), COARSEST)


def cells_over(bounds: Bounds, level: int) -> Iterator[Cell]:
    """The tiles of a level that have ground in ``bounds``."""
    side = TILE * 2.0**level
    left, bottom, right, top = bounds
    for row in range(math.floor(bottom / side), math.ceil(top / side)):
        for column in range(math.floor(left / side), math.ceil(right / side)):
            yield Cell(level, column, row)


def visible_cells(view: Bounds, content: Bounds | None, level: int) -> tuple[Cell, ...]:
    """The tiles of a level in sight that have something on them, those nearest to the middle of ``view`` first."""
    sight = None if content is None else shared_bounds(view, content)
    if sight is None:
        return ()
    middle_x, middle_y = (view[0] + view[2]) / 2, (view[1] + view[3]) / 2
    side = TILE * 2.0**level

    def off_centre(cell: Cell) -> float:
        return math.hypot((cell.column + 0.5) * side - middle_x, (cell.row + 0.5) * side - middle_y)

    return tuple(sorted(cells_over(sight, level), key=off_centre))


def ring_cells(view: Bounds, content: Bounds | None, level: int) -> tuple[Cell, ...]:
    """The tiles of a level that a pan brings into sight next: one ring around the visible ones, the nearest first."""
    side = TILE * 2.0**level
    left, bottom, right, top = view
    inside = set(visible_cells(view, content, level))
    wider = visible_cells((left - side, bottom - side, right + side, top + side), content, level)
    return tuple(cell for cell in wider if cell not in inside)
