"""Photographs as a layer of the map: a dot where the camera stood, a wedge where it looked."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen, QPolygonF

from weijian.domain.grid import Bounds, PixelGrid
from weijian.services.photo_points import PhotoPoints

PHOTOS = "photos"
"""Key of the layer."""

_DOT_PX = 4.5
_WEDGE_PX = 22.0
_HALF_WEDGE_DEG = 24.0
_CROWD = 4000
"""So many in one tile are drawn as dots alone."""


@dataclass(frozen=True)
class PhotoSource:
    """A `weijian.qt.map.layers.TileSource` of photographs.

    Parameters
    ----------
    points : PhotoPoints
    scale : float
        Device pixels to one of the screen's.
    """

    points: PhotoPoints
    scale: float = 1.0

    @property
    def bounds(self) -> Bounds | None:
        """Where there is something."""
        if not len(self.points.at):
            return None
        left, bottom = self.points.at.min(axis=0).tolist()
        right, top = self.points.at.max(axis=0).tolist()
        return left, bottom, right, top

    @property
    def finest_m(self) -> float | None:
        """Marks are sharp at every size."""
        return None

    def tile(self, grid: PixelGrid) -> QImage:
        """Draw the photographs on one piece of ground; in any thread."""
        image = QImage(grid.width, grid.height, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        left, bottom, right, top = grid.bounds
        margin = _WEDGE_PX * self.scale * grid.resolution
        x, y = self.points.at[:, 0], self.points.at[:, 1]
        near = np.flatnonzero((x > left - margin) & (x < right + margin) & (y > bottom - margin) & (y < top + margin))
        if not len(near):
            return image
        columns = (x[near] - left) / (right - left) * grid.width
        rows = (top - y[near]) / (top - bottom) * grid.height
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor("#ffffff"), 1.2 * self.scale))
        if len(near) <= _CROWD:
            painter.setBrush(QBrush(QColor("#9000509d")))
            for column, row, bearing in zip(columns, rows, self.points.bearings[near], strict=True):
                if math.isfinite(bearing):
                    painter.drawPolygon(self._wedge(float(column), float(row), float(bearing)))
        painter.setBrush(QBrush(QColor("#00509d")))
        size = 2 * _DOT_PX * self.scale
        for column, row in zip(columns.tolist(), rows.tolist(), strict=True):
            painter.drawEllipse(QRectF(column - size / 2, row - size / 2, size, size))
        painter.end()
        return image

    def hits(self, x: float, y: float, reach_m: float) -> list[str]:
        """Hashes of the photographs taken at a point or so near, the nearest first."""
        if not len(self.points.at):
            return []
        away = np.hypot(self.points.at[:, 0] - x, self.points.at[:, 1] - y)
        near = np.flatnonzero(away <= reach_m)
        return [self.points.hashes[n] for n in near[np.argsort(away[near], kind="stable")].tolist()]

    def _wedge(self, column: float, row: float, bearing: float) -> QPolygonF:
        length = _WEDGE_PX * self.scale
        corners = [QPointF(column, row)]
        for turn in (-_HALF_WEDGE_DEG, _HALF_WEDGE_DEG):
            angle = math.radians(bearing + turn)
            corners.append(QPointF(column + length * math.sin(angle), row - length * math.cos(angle)))
        return QPolygonF(corners)
