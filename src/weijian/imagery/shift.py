"""Where the ground of one survey lies in the other's file."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from affine import Affine
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Lattice:
    """Small local shifts on a regular lattice of points; bilinear between, constant beyond.

    Attributes
    ----------
    x0, y0 : float
        The first node.
    step : float
        Distance of nodes along both axes (x to the right, y upwards).
    dx, dy : tuple of tuple of float
        Shifts in the CRS's unit by row (y) and column (x).
    """

    x0: float
    y0: float
    step: float
    dx: tuple[tuple[float, ...], ...]
    dy: tuple[tuple[float, ...], ...]

    def at(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Interpolated shifts."""
        table = np.array([self.dx, self.dy])
        rows, columns = table.shape[1:]
        c = np.clip((x - self.x0) / self.step, 0, columns - 1)
        r = np.clip((y - self.y0) / self.step, 0, rows - 1)
        c0, r0 = np.minimum(c.astype(int), max(columns - 2, 0)), np.minimum(r.astype(int), max(rows - 2, 0))
        c1, r1 = np.minimum(c0 + 1, columns - 1), np.minimum(r0 + 1, rows - 1)
        u, v = c - c0, r - r0
        near = table[:, r0, c0] * (1 - u) + table[:, r0, c1] * u
        far = table[:, r1, c0] * (1 - u) + table[:, r1, c1] * u
        shift = near * (1 - v) + far * v
        return shift[0], shift[1]


@dataclass(frozen=True)
class ShiftField:
    """The point (x, y) of the after survey lies at (x + dx, y + dy) in the before file; units of the grid's CRS.

    ``affine`` maps coordinates relative to (x0, y0) to the shift; ``local`` is added where there is one.
    """

    x0: float
    y0: float
    affine: Affine
    local: Lattice | None = None

    @classmethod
    def constant(cls, dx: float, dy: float) -> ShiftField:
        """The same shift everywhere."""
        return cls(0.0, 0.0, Affine(0.0, 0.0, dx, 0.0, 0.0, dy))

    def moved(self, dx: float, dy: float) -> ShiftField:
        """This field with the same amount added everywhere."""
        a = self.affine
        return replace(self, affine=Affine(a.a, a.b, a.c + dx, a.d, a.e, a.f + dy))

    def at(self, x: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats]:
        """Shift (dx, dy) at points; arrays of any one shape."""
        x, y = np.asarray(x, np.float64), np.asarray(y, np.float64)
        u, v = x - self.x0, y - self.y0
        a = self.affine
        dx, dy = a.a * u + a.b * v + a.c, a.d * u + a.e * v + a.f
        if self.local is None:
            return dx, dy
        more_x, more_y = self.local.at(x, y)
        return dx + more_x, dy + more_y
