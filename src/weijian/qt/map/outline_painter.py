"""Painting many outlines on one tile, from arrays."""

from __future__ import annotations

from itertools import pairwise
from types import TracebackType

import numpy as np
import pyqtgraph as pg
import shapely
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPen

from weijian.domain.grid import PixelGrid
from weijian.qt.map.styles import Look, Style

BLOCK_PX = 4.0
"""What is smaller is drawn as the pixels of its box."""
LABEL_ROOM_PX = 140.0
"""How far a label can reach from its outline's box."""
_CASING_PX = 2.0
_CASED_FROM_PX = 8.0
_HATCH_PX = 8
_LABEL_PX = 12.0
_BATCH = 16
_HATCH_ALPHA = 150
_BLOCK_REACH = int(BLOCK_PX) + 1
_BLOCK_ALPHA = 190


def pen_of(look: Look, scale: float = 1.0) -> QPen:
    """The pen of a look's line."""
    pen = QPen(QColor(look.line), look.width * scale)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    if look.dash:
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern(list(look.dash))
    return pen


def casing_of(look: Look, scale: float = 1.0) -> QPen:
    """The pen of the white rim under a look's line."""
    pen = QPen(QColor(255, 255, 255, 190), (look.width + _CASING_PX) * scale)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    return pen


class OutlinePainter:
    """Paints on one image; blocks before entering, everything else within its ``with``.

    Coordinates are made relative to the tile before they reach Qt, so that eastings of forty million metres keep
    their millimetres.
    """

    def __init__(self, image: QImage, grid: PixelGrid, style: Style, scale: float) -> None:
        self._image = image
        self._style = style
        self._scale = scale
        self._origin = np.array([grid.transform.c, grid.transform.f])
        self._pixel = np.array([grid.transform.a, grid.transform.e])
        self._painter = QPainter()

    def __enter__(self) -> OutlinePainter:
        self._painter.begin(self._image)
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        column, row = np.mod(np.round(self._origin / self._pixel), _HATCH_PX)
        self._painter.setBrushOrigin(QPointF(-column, -row))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._painter.end()

    def blocks(self, boxes: NDArray[np.float64], codes: NDArray[np.intp]) -> None:
        """Colour the pixels of boxes that are smaller than :data:`BLOCK_PX`, at least one for each."""
        corners = self._local(boxes.reshape(-1, 2)).reshape(-1, 2, 2)
        first = np.floor(corners.min(axis=1)).astype(np.intp)
        beyond = np.maximum(first + 1, np.round(corners.max(axis=1)).astype(np.intp))
        colours = np.array([_block_colour(each.look) for each in self._style.classes], dtype=np.uint32)[codes]
        pixels = np.frombuffer(self._image.bits(), np.uint32).reshape(self._image.height(), -1)
        for right, down in np.ndindex(_BLOCK_REACH, _BLOCK_REACH):
            columns, rows = first[:, 0] + right, first[:, 1] + down
            inside = (columns < beyond[:, 0]) & (rows < beyond[:, 1]) & (columns >= 0) & (rows >= 0)
            inside &= (columns < self._image.width()) & (rows < self._image.height())
            pixels[rows[inside], columns[inside]] = colours[inside]

    def marks(self, boxes: NDArray[np.float64], codes: NDArray[np.intp]) -> None:
        """A mark of the style's size in the middle of each box."""
        middle = self._local((boxes[:, :2] + boxes[:, 2:]) / 2)
        half = self._style.marker_px * self._scale / 2
        turn = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]])
        corners = middle[:, None, :] + half * turn[None]
        for code in np.unique(codes):
            look = self._style.classes[code].look
            chosen = corners[codes == code]
            for start in range(0, len(chosen), _BATCH):
                batch = chosen[start : start + _BATCH]
                path = _path(batch.reshape(-1, 2), np.full(len(batch), 5))
                self._painter.strokePath(path, casing_of(Look(look.line, width=0.5), self._scale))
                self._painter.fillPath(path, QColor(look.line))

    def outlines(self, geometry: NDArray[np.object_], codes: NDArray[np.intp], usual_px: float) -> None:
        """Fill and draw outlines; rims are left out where the usual outline is only some pixels large."""
        looked = [
            (self._style.classes[code].look, self._paths_of(geometry[codes == code])) for code in np.unique(codes)
        ]
        for look, paths in looked:
            self._fill(look, paths)
        if usual_px >= _CASED_FROM_PX:
            for look, paths in looked:
                if look.casing:
                    self._stroke(casing_of(look, self._scale), paths)
        for look, paths in looked:
            self._stroke(pen_of(look, self._scale), paths)

    def _fill(self, look: Look, paths: list[QPainterPath]) -> None:
        hatching = QColor(look.line)
        hatching.setAlpha(_HATCH_ALPHA)
        for path in paths:
            if look.fill:
                self._painter.fillPath(path, QColor(look.fill))
            if look.hatch is not Qt.BrushStyle.NoBrush:
                self._painter.fillPath(path, QBrush(hatching, look.hatch))

    def _stroke(self, pen: QPen, paths: list[QPainterPath]) -> None:
        for path in paths:
            self._painter.strokePath(path, pen)

    def label(self, text: str, at: NDArray[np.float64], room: float, line: int = 0) -> None:
        """Write a number, or its end, when it fits into ``room`` pixels, so many lines below ``at``."""
        font = QFont()
        font.setPixelSize(round(_LABEL_PX * self._scale))
        font.setBold(True)
        measure = QFontMetricsF(font)
        for words in (text, "…" + text[-6:]):
            width = measure.horizontalAdvance(words)
            if width <= room:
                x, y = self._local(at)
                path = QPainterPath()
                path.addText(QPointF(x - width / 2, y + measure.capHeight() / 2 + line * measure.height()), font, words)
                halo = QPen(QColor(255, 255, 255, 225), 3.0 * self._scale)
                halo.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
                self._painter.strokePath(path, halo)
                self._painter.fillPath(path, QColor("#1b263b"))
                return

    def _local(self, coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
        local: NDArray[np.float64] = (coordinates - self._origin) / self._pixel
        return local

    def _paths_of(self, geometry: NDArray[np.object_]) -> list[QPainterPath]:
        """Paths of a few outlines each: the time Qt takes for a path grows faster than the path."""
        rings, owners = shapely.get_rings(shapely.get_parts(geometry), return_index=True)
        lengths = shapely.get_num_coordinates(rings)
        local = self._local(shapely.get_coordinates(rings))
        ends = np.cumsum(lengths)
        starts = np.append(np.flatnonzero(np.diff(owners // _BATCH, prepend=-1)), len(rings))
        return [
            _path(local[ends[first] - lengths[first] : ends[last - 1]], lengths[first:last])
            for first, last in pairwise(starts)
        ]


def _path(coordinates: NDArray[np.float64], lengths: NDArray[np.integer]) -> QPainterPath:
    """One path of closed rings that lie one after the other in ``coordinates``."""
    if not len(coordinates):
        return QPainterPath()
    joined = np.ones(len(coordinates), dtype=np.int32)
    joined[np.cumsum(lengths) - 1] = 0
    x, y = np.ascontiguousarray(coordinates[:, 0]), np.ascontiguousarray(coordinates[:, 1])
    path: QPainterPath = pg.arrayToQPath(x, y, connect=joined, finiteCheck=False)
    path.setFillRule(Qt.FillRule.WindingFill)
    return path


def _block_colour(look: Look) -> int:
    """Premultiplied ARGB of a block."""
    colour = QColor(look.line)
    red, green, blue = (round(part * _BLOCK_ALPHA / 255) for part in (colour.red(), colour.green(), colour.blue()))
    return _BLOCK_ALPHA << 24 | red << 16 | green << 8 | blue
