"""Drawing in millimetres: the few strokes and texts that a map sheet is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
    QTextOption,
)

from weijian.publish.paper import Box

UNITS = 100.0
"""Painter units a millimetre: fonts are sized in whole units, and a hundredth of a millimetre is fine enough."""

LOSSLESS_PIXELS = 2_000_000
"""Above it a PDF's pictures are JPEG of high quality; below, its blocks would show and the bytes do not matter."""

MM_PER_POINT = 25.4 / 72

Point = tuple[float, float]


class Across(StrEnum):
    """Where a text stands in its box, from left to right."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


_ALIGNMENT = {
    Across.LEFT: Qt.AlignmentFlag.AlignLeft,
    Across.CENTRE: Qt.AlignmentFlag.AlignHCenter,
    Across.RIGHT: Qt.AlignmentFlag.AlignRight,
}


@dataclass(frozen=True)
class Stroke:
    """A line's colour (``#rrggbb`` or ``#aarrggbb``), width in millimetres and dashes in widths."""

    colour: str = "#000000"
    width: float = 0.15
    dashes: tuple[float, ...] = ()


@dataclass(frozen=True)
class Type:
    """How a text is set: family, size in points, weight, colour."""

    family: str
    points: float
    bold: bool = False
    colour: str = "#000000"

    def scaled(self, factor: float) -> Type:
        """The same type in another size."""
        return Type(self.family, self.points * factor, self.bold, self.colour)


class Drafter:
    """Draws on a painter whose unit is one millimetre of paper.

    The painter is put back as it was by :meth:`close`.
    """

    def __init__(self, painter: QPainter) -> None:
        self._painter = painter
        painter.save()
        painter.scale(1 / UNITS, 1 / UNITS)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)

    def close(self) -> None:
        """Give the painter back."""
        self._painter.restore()

    @contextmanager
    def clipped(self, box: Box) -> Iterator[None]:
        """Draw only inside a box."""
        self._painter.save()
        self._painter.setClipRect(_rect(box), Qt.ClipOperation.IntersectClip)
        try:
            yield
        finally:
            self._painter.restore()

    def box(self, box: Box, stroke: Stroke | None = None, fill: str | None = None) -> None:
        """A rectangle."""
        self._use(stroke, fill)
        self._painter.drawRect(_rect(box))

    def line(self, start: Point, end: Point, stroke: Stroke) -> None:
        """A straight line."""
        self._use(stroke, None)
        self._painter.drawLine(QLineF(_point(start), _point(end)))

    def polygon(self, points: Sequence[Point], stroke: Stroke | None = None, fill: str | None = None) -> None:
        """A closed polygon."""
        self._use(stroke, fill)
        self._painter.drawPolygon(QPolygonF([_point(point) for point in points]))

    def rings(self, rings: Sequence[Sequence[Point]], stroke: Stroke) -> None:
        """Outlines of closed rings."""
        self._use(stroke, None)
        self._painter.drawPath(_path(rings))

    def hatch(self, rings: Sequence[Sequence[Point]], spacing: float, stroke: Stroke) -> None:
        """Lines at 45 degrees, ``spacing`` millimetres apart, within rings; holes stay free."""
        path = _path(rings)
        bounds = path.boundingRect()
        self._painter.save()
        self._painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
        self._use(stroke, None)
        step = spacing * UNITS * 2**0.5
        # hatch lines are those with x + y = a multiple of the step, so that neighbouring parts share them
        total = (bounds.left() + bounds.top()) // step * step
        while total <= bounds.right() + bounds.bottom():
            self._painter.drawLine(QLineF(total - bounds.bottom(), bounds.bottom(), total - bounds.top(), bounds.top()))
            total += step
        self._painter.restore()

    def dot(self, centre: Point, radius: float, stroke: Stroke | None, fill: str) -> None:
        """A filled circle."""
        self._use(stroke, fill)
        self._painter.drawEllipse(_point(centre), radius * UNITS, radius * UNITS)

    def image(self, rgb: NDArray[np.uint8], box: Box) -> None:
        """A picture (rows, columns, 3) stretched over a box; a PDF keeps a small one without loss."""
        pixels = np.ascontiguousarray(rgb)
        height, width = pixels.shape[:2]
        self._painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering, width * height <= LOSSLESS_PIXELS)
        picture = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
        self._painter.drawImage(_rect(box), picture)

    def size(self, text: str, kind: Type) -> tuple[float, float]:
        """Width and height in millimetres of a line of text."""
        metrics = QFontMetricsF(_font(kind))
        return metrics.horizontalAdvance(text) / UNITS, metrics.height() / UNITS

    def text(self, box: Box, text: str, kind: Type, across: Across = Across.LEFT, *, top: bool = False) -> None:
        """Text in a box, broken into lines where needed and made smaller where it would not fit.

        It stands in the middle of the box's height, or at its ``top``.
        """
        option = QTextOption(_ALIGNMENT[across] | (Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignVCenter))
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        target = _rect(box)
        while True:
            self._painter.setFont(_font(kind))
            needed = self._painter.boundingRect(QRectF(target.topLeft(), target.size()), text, option)
            fits = needed.height() <= target.height() * 1.001 and needed.width() <= target.width() * 1.001
            if fits or kind.points < 4:
                break
            kind = kind.scaled(0.95)
        self._painter.setPen(QColor(kind.colour))
        self._painter.drawText(target, text, option)

    def turned_text(self, centre: Point, text: str, kind: Type) -> None:
        """A line of text that reads upwards, centred on a point."""
        self._painter.save()
        self._painter.translate(_point(centre))
        self._painter.rotate(-90)
        width, height = self.size(text, kind)
        self._painter.setFont(_font(kind))
        self._painter.setPen(QColor(kind.colour))
        target = QRectF(-width * UNITS / 2, -height * UNITS / 2, width * UNITS + 1, height * UNITS)
        self._painter.drawText(target, Qt.AlignmentFlag.AlignCenter, text)
        self._painter.restore()

    def haloed_text(self, box: Box, text: str, kind: Type, halo: float = 0.35) -> None:
        """A centred line of text with a white rim, to be read on imagery."""
        font = _font(kind)
        metrics = QFontMetricsF(font)
        start = QPointF(
            (box.x + box.width / 2) * UNITS - metrics.horizontalAdvance(text) / 2,
            (box.y + box.height / 2) * UNITS + (metrics.ascent() - metrics.descent()) / 2,
        )
        rim = QPainterPath()
        rim.addText(start, font, text)
        pen = _pen(Stroke("#ffffff", 2 * halo))
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        self._painter.strokePath(rim, pen)
        self._painter.setFont(font)
        self._painter.setPen(QColor(kind.colour))
        self._painter.drawText(start, text)

    def _use(self, stroke: Stroke | None, fill: str | None) -> None:
        self._painter.setPen(_pen(stroke) if stroke else QPen(Qt.PenStyle.NoPen))
        self._painter.setBrush(QBrush(QColor(fill)) if fill else QBrush(Qt.BrushStyle.NoBrush))


def _pen(stroke: Stroke) -> QPen:
    pen = QPen(QColor(stroke.colour), stroke.width * UNITS)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if stroke.dashes:
        pen.setDashPattern(list(stroke.dashes))
    return pen


def _font(kind: Type) -> QFont:
    font = QFont(kind.family)
    font.setPixelSize(max(1, round(kind.points * MM_PER_POINT * UNITS)))
    font.setBold(kind.bold)
    # localised digits have no code point of their own, so a PDF's text would lack them
    font.setFeature(QFont.Tag("locl"), 0)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _point(point: Point) -> QPointF:
    return QPointF(point[0] * UNITS, point[1] * UNITS)


def _rect(box: Box) -> QRectF:
    return QRectF(box.x * UNITS, box.y * UNITS, box.width * UNITS, box.height * UNITS)


def _path(rings: Sequence[Sequence[Point]]) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    for ring in rings:
        path.addPolygon(QPolygonF([_point(point) for point in ring]))
        path.closeSubpath()
    return path
