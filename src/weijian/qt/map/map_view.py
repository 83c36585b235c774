"""Which ground the map shows, and where on the screen."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from weijian.domain.grid import Bounds

SMALLEST_PIXEL_M = 0.002
LARGEST_PIXEL_M = 5000.0
PIXEL_ON_SCREEN_M = 0.0254 / 96
"""Side of a device-independent pixel on the screen, as everybody agrees to count scales (96 to the inch)."""


@dataclass(frozen=True)
class MapView:
    """The centre in the map's CRS, and the ground metres of one device-independent pixel."""

    x: float
    y: float
    pixel_m: float

    @property
    def scale(self) -> float:
        """The n of 1:n on a screen of 96 pixels to the inch."""
        return self.pixel_m / PIXEL_ON_SCREEN_M

    def at_scale(self, scale: float) -> MapView:
        """The same centre at 1:``scale``."""
        return MapView(self.x, self.y, bounded_pixel(scale * PIXEL_ON_SCREEN_M))


def bounded_pixel(pixel_m: float) -> float:
    """The nearest size of a pixel that the map can show."""
    return min(max(pixel_m, SMALLEST_PIXEL_M), LARGEST_PIXEL_M)


@dataclass(frozen=True)
class Frame:
    """A view in a window of ``width`` x ``height`` device-independent pixels, ``ratio`` device pixels to each.

    Everything is reckoned from the centre, in double precision, so that eastings of forty million metres do not
    make the picture tremble.
    """

    view: MapView
    width: float
    height: float
    ratio: float = 1.0

    @property
    def device_pixel_m(self) -> float:
        """Ground metres of one pixel of the device."""
        return self.view.pixel_m / self.ratio

    @property
    def bounds(self) -> Bounds:
        """The ground in the window."""
        half_x, half_y = self.width / 2 * self.view.pixel_m, self.height / 2 * self.view.pixel_m
        return self.view.x - half_x, self.view.y - half_y, self.view.x + half_x, self.view.y + half_y

    def to_screen(self, x: float, y: float) -> QPointF:
        """Where a map point is in the window, in device-independent pixels from its upper left corner."""
        pixel = self.view.pixel_m
        return QPointF((x - self.view.x) / pixel + self.width / 2, (self.view.y - y) / pixel + self.height / 2)

    def to_map(self, at: QPointF) -> tuple[float, float]:
        """The map point (easting, northing) under a point of the window."""
        pixel = self.view.pixel_m
        return self.view.x + (at.x() - self.width / 2) * pixel, self.view.y - (at.y() - self.height / 2) * pixel

    def rect(self, bounds: Bounds) -> QRectF:
        """Where a piece of ground is in the window."""
        left, bottom, right, top = bounds
        return QRectF(self.to_screen(left, top), self.to_screen(right, bottom))

    def zoomed(self, factor: float, at: QPointF) -> MapView:
        """The view with pixels ``factor`` times as fine in which the ground under ``at`` stays there."""
        pixel = bounded_pixel(self.view.pixel_m / factor)
        x, y = self.to_map(at)
        return MapView(x - (at.x() - self.width / 2) * pixel, y + (at.y() - self.height / 2) * pixel, pixel)

    def moved(self, by: QPointF) -> MapView:
        """The view after the paper was dragged by so many pixels."""
        pixel = self.view.pixel_m
        return MapView(self.view.x - by.x() * pixel, self.view.y + by.y() * pixel, pixel)

    def fitting(self, bounds: Bounds, margin: float) -> MapView:
        """The view with all of ``bounds`` in it and a share of ``margin`` around."""
        left, bottom, right, top = bounds
        room = 1 + 2 * margin
        across, along = (right - left) * room / max(self.width, 1), (top - bottom) * room / max(self.height, 1)
        pixel = max(across, along)
        if not pixel > 0 or not math.isfinite(pixel):
            pixel = self.view.pixel_m
        return MapView((left + right) / 2, (bottom + top) / 2, bounded_pixel(pixel))
