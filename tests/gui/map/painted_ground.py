"""Layers whose colours say where they are."""

import time
from dataclasses import dataclass, field
from threading import Lock

import numpy as np
from PySide6.QtGui import QImage

from weijian.domain.grid import Bounds, PixelGrid


@dataclass
class Calls:
    """What was asked of a source."""

    grids: list[PixelGrid] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)


@dataclass(frozen=True)
class PaintedGround:
    """Squares of ``square_m``: red counts them to the east, green to the north (by 16 of 256), blue is given."""

    bounds: Bounds
    finest_m: float | None = None
    square_m: float = 8.0
    blue: int = 0
    seconds: float = 0.0
    error: Exception | None = field(default=None, compare=False)
    calls: Calls = field(default_factory=Calls, compare=False)

    def tile(self, grid: PixelGrid) -> QImage:
        with self.calls.lock:
            self.calls.grids.append(grid)
        time.sleep(self.seconds)
        if self.error is not None:
            raise self.error
        t = grid.transform
        x = t.c + (np.arange(grid.width) + 0.5) * t.a
        y = t.f + (np.arange(grid.height) + 0.5) * t.e
        left, bottom, right, top = self.bounds
        inside = ((x >= left) & (x < right))[None, :] & ((y >= bottom) & (y < top))[:, None]
        red, green = (np.floor(v / self.square_m).astype(np.int64) % 16 * 16 for v in (x, y))
        rgba = np.zeros((grid.height, grid.width, 4), np.uint8)
        rgba[..., 0], rgba[..., 1], rgba[..., 2], rgba[..., 3] = red[None, :], green[:, None], self.blue, 255
        rgba[~inside] = 0
        image = QImage(rgba.data, grid.width, grid.height, grid.width * 4, QImage.Format.Format_RGBA8888_Premultiplied)
        return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied).copy()

    def colour_at(self, x: float, y: float) -> tuple[int, int, int]:
        return int(x // self.square_m) % 16 * 16, int(y // self.square_m) % 16 * 16, self.blue
