"""Painting many outlines on one tile, from arrays."""

from __future__ import annotations

from types import TracebackType

import numpy as np
import pyqtgraph as pg
import shapely
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPen

from weijian.domain.grid import PixelGrid
from weijian.qt.map.styles import Look, Style

DOT_PX = 3.0
"""What is smaller is drawn as its box, and below one pixel as a dot."""
LABEL_ROOM_PX = 140.0
"""How far a label can reach from its outline's box."""
_CASING_PX = 2.0
_CASED_FROM_PX = 8.0
_HATCH_PX = 8
_LABEL_PX = 12.0
_DOT_ALPHA = 190


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
    """Paints on one image; dots before entering, everything else within its ``with``.

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

    def dots(self, boxes: NDArray[np.float64], codes: NDArray[np.intp]) -> None:
        """Colour the pixel in the middle of each box."""
        middle = self._local((boxes[:, :2] + boxes[:, 2:]) / 2)
        columns, rows = np.floor(middle).astype(np.intp).T
        inside = (columns >= 0) & (columns < self._image.width()) & (rows >= 0) & (rows < self._image.height())
        colours = np.array([_dot_colour(each.look) for each in self._style.classes], dtype=np.uint32)
        pixels = np.frombuffer(self._image.bits(), np.uint32).reshape(self._image.height(), -1)
        pixels[rows[inside], columns[inside]] = colours[codes[inside]]

    def marks(self, boxes: NDArray[np.float64], codes: NDArray[np.intp]) -> None:
        """Fill each box, made as large as the style's marks."""
        if not len(boxes):
            return
        middle = self._local((boxes[:, :2] + boxes[:, 2:]) / 2)
        half = np.abs((boxes[:, 2:] - boxes[:, :2]) / self._pixel / 2)
        half = np.maximum(half, max(0.6, self._style.marker_px * self._scale / 2))
        turn = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]])
        corners = middle[:, None, :] + half[:, None, :] * turn[None]
        for code in np.unique(codes):
            look = self._style.classes[code].look
            chosen = corners[codes == code]
            path = _path(chosen.reshape(-1, 2), np.full(len(chosen), 5))
            if self._style.marker_px:
                self._painter.strokePath(path, casing_of(Look("#ffffff", width=0.5), self._scale))
            colour = QColor(look.line)
            colour.setAlpha(220 if self._style.marker_px else 170)
            self._painter.fillPath(path, colour)

    def outlines(self, geometry: NDArray[np.object_], codes: NDArray[np.intp], usual_px: float) -> None:
        """Fill and draw outlines; rims are left out where the usual outline is only some pixels large."""
        paths = {int(code): self._path_of(geometry[codes == code]) for code in np.unique(codes)}
        looks = {code: self._style.classes[code].look for code in paths}
        for code, path in paths.items():
            if looks[code].fill:
                self._painter.fillPath(path, QColor(looks[code].fill))
            if looks[code].hatch is not Qt.BrushStyle.NoBrush:
                colour = QColor(looks[code].line)
                colour.setAlpha(150)
                self._painter.fillPath(path, QBrush(colour, looks[code].hatch))
        if usual_px >= _CASED_FROM_PX:
            for code, path in paths.items():
                if looks[code].casing:
                    self._painter.strokePath(path, casing_of(looks[code], self._scale))
        for code, path in paths.items():
            self._painter.strokePath(path, pen_of(looks[code], self._scale))

    def label(self, text: str, at: NDArray[np.float64], room: float) -> None:
        """Write a number, or its end, when it fits into ``room`` pixels."""
        font = QFont()
        font.setPixelSize(round(_LABEL_PX * self._scale))
        font.setBold(True)
        measure = QFontMetricsF(font)
        for words in (text, "…" + text[-6:]):
            width = measure.horizontalAdvance(words)
            if width <= room:
                x, y = self._local(at)
                path = QPainterPath()
                path.addText(QPointF(x - width / 2, y + measure.capHeight() / 2), font, words)
                halo = QPen(QColor(255, 255, 255, 225), 3.0 * self._scale)
                halo.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
                self._painter.strokePath(path, halo)
                self._painter.fillPath(path, QColor("#1b263b"))
                return

    def _local(self, coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
        local: NDArray[np.float64] = (coordinates - self._origin) / self._pixel
        return local

    def _path_of(self, geometry: NDArray[np.object_]) -> QPainterPath:
        rings = shapely.get_rings(shapely.get_parts(geometry))
        coordinates = shapely.get_coordinates(rings)
        return _path(self._local(coordinates), shapely.get_num_coordinates(rings))


def _path(coordinates: NDArray[np.float64], lengths: NDArray[np.int_]) -> QPainterPath:
    """One path of closed rings that lie one after the other in ``coordinates``."""
    if not len(coordinates):
        return QPainterPath()
    joined = np.ones(len(coordinates), dtype=np.int32)
    joined[np.cumsum(lengths) - 1] = 0
    x, y = np.ascontiguousarray(coordinates[:, 0]), np.ascontiguousarray(coordinates[:, 1])
    path: QPainterPath = pg.arrayToQPath(x, y, connect=joined, finiteCheck=False)
    path.setFillRule(Qt.FillRule.WindingFill)
    return path


def _dot_colour(look: Look) -> int:
    """Premultiplied ARGB of a dot."""
    colour = QColor(look.line)
    red, green, blue = (round(part * _DOT_ALPHA / 255) for part in (colour.red(), colour.green(), colour.blue()))
    return _DOT_ALPHA << 24 | red << 16 | green << 8 | blue
