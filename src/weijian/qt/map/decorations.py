"""What lies on the map like on glass: scale bar, north arrow, dates, the handle of the swipe."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

_MARGIN = 12.0
_BAR_ROOM = 140.0  # pixels that the scale bar may be long
_GRIP = 14.0  # radius of the handle
_REACH = 9.0  # pixels beside the line at which it can be taken
_PLATE_OPACITY = 215


@dataclass(frozen=True)
class Captions:
    """The dates that are said, on the left and on the right; one alone is said on the left."""

    left: str = ""
    right: str = ""


def round_length(most_m: float) -> float:
    """The longest of 1, 2 or 5 times a power of ten metres that is not longer than ``most_m``."""
    power = 10.0 ** math.floor(math.log10(most_m))
    return next(step * power for step in (5.0, 2.0, 1.0) if step * power <= most_m * (1 + 1e-9))


def length_text(metres: float) -> str:
    """A round length with its unit."""
    if metres >= 1000:
        return f"{metres / 1000:g} km"
    return f"{metres:g} m" if metres >= 1 else f"{metres * 100:g} cm"


class Decorations(QGraphicsItem):
    """Drawn in pixels of the window, above everything."""

    def __init__(self) -> None:
        super().__init__()
        self._size = QRectF()
        self._pixel_m = 1.0
        self._captions = Captions()
        self._swipe: float | None = None
        self._palette = QPalette()

    def show_size(self, width: float, height: float, pixel_m: float) -> None:
        """The window's size and the ground metres of a pixel."""
        if (width, height) != (self._size.width(), self._size.height()):
            self.prepareGeometryChange()
            self._size = QRectF(0, 0, width, height)
        self._pixel_m = pixel_m
        self.update()

    def show_captions(self, captions: Captions) -> None:
        """The dates to say."""
        self._captions = captions
        self.update()

    def show_swipe(self, fraction: float | None) -> None:
        """Where the handle stands, as a share of the width; None without."""
        self._swipe = fraction
        self.update()

    def show_palette(self, palette: QPalette) -> None:
        """Colours to draw in."""
        self._palette = palette
        self.update()

    def takes(self, at: QPointF) -> bool:
        """Whether the swipe's handle is under a point of the window."""
        return self._swipe is not None and abs(at.x() - self._swipe * self._size.width()) <= _REACH

    def boundingRect(self) -> QRectF:  # noqa: N802 - Qt's name
        """All of the window."""
        return self._size

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,  # noqa: ARG002
        widget: QWidget | None = None,  # noqa: ARG002
    ) -> None:
        """Draw everything."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._swipe is not None:
            self._paint_swipe(painter, self._swipe)
        self._paint_captions(painter)
        self._paint_scale_bar(painter)
        self._paint_north(painter)
        painter.restore()

    def _ink(self) -> QColor:
        return self._palette.color(QPalette.ColorRole.WindowText)

    def _plate(self, painter: QPainter, rect: QRectF) -> None:
        """Ground that keeps text readable on any picture."""
        colour = self._palette.color(QPalette.ColorRole.Window)
        colour.setAlpha(_PLATE_OPACITY)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(rect, 4, 4)

    def _paint_scale_bar(self, painter: QPainter) -> None:
        length = round_length(_BAR_ROOM * self._pixel_m)
        bar, text = length / self._pixel_m, length_text(length)
        metrics = QFontMetricsF(painter.font())
        wide = max(bar, metrics.horizontalAdvance(text))
        high = metrics.height() + 12
        plate = QRectF(_MARGIN, self._size.height() - _MARGIN - high, wide + 16, high)
        self._plate(painter, plate)
        painter.setPen(QPen(self._ink(), 1.5))
        painter.drawText(plate.adjusted(8, 2, -8, -8), Qt.AlignmentFlag.AlignLeft, text)
        left, base = plate.left() + 8, plate.bottom() - 5
        painter.drawPolyline(
            [QPointF(left, base - 5), QPointF(left, base), QPointF(left + bar, base), QPointF(left + bar, base - 5)]
        )

    def _paint_north(self, painter: QPainter) -> None:
        plate = QRectF(self._size.width() - _MARGIN - 26, _MARGIN, 26, 44)
        self._plate(painter, plate)
        middle, top = plate.center().x(), plate.top() + 5
        painter.setPen(QPen(self._ink(), 1.2))
        painter.setBrush(self._ink())
        painter.drawPolygon(QPolygonF([QPointF(middle, top), QPointF(middle, top + 15), QPointF(middle - 6, top + 19)]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolygon(QPolygonF([QPointF(middle, top), QPointF(middle, top + 15), QPointF(middle + 6, top + 19)]))
        painter.drawText(plate.adjusted(0, 0, 0, -2), Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, "N")

    def _paint_captions(self, painter: QPainter) -> None:
        """The dates at the top: both sides of the swipe's line, or the left corner."""
        if self._swipe is None:
            self._caption(painter, self._captions.left or self._captions.right, _MARGIN, 0.0)
            return
        line = self._swipe * self._size.width()
        self._caption(painter, self._captions.left, line - _MARGIN, 1.0)
        self._caption(painter, self._captions.right, line + _MARGIN, 0.0)

    def _caption(self, painter: QPainter, text: str, x: float, share: float) -> None:
        """A text beside ``x``: with its left edge there for a share of 0, its right edge for 1."""
        if not text:
            return
        font = painter.font()
        painter.save()
        font.setBold(True)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        wide, high = metrics.horizontalAdvance(text) + 16, metrics.height() + 8
        left = min(max(x - share * wide, 0.0), max(self._size.width() - wide, 0.0))
        plate = QRectF(left, _MARGIN, wide, high)
        self._plate(painter, plate)
        painter.setPen(self._ink())
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()

    def _paint_swipe(self, painter: QPainter, fraction: float) -> None:
        x, middle = fraction * self._size.width(), self._size.height() / 2
        line = QPointF(x, 0), QPointF(x, self._size.height())
        painter.setPen(QPen(QColor(0, 0, 0, 120), 4))
        painter.drawLine(*line)
        painter.setPen(QPen(QColor(255, 255, 255), 2))
        painter.drawLine(*line)
        painter.setPen(QPen(self._ink(), 1))
        painter.setBrush(self._palette.color(QPalette.ColorRole.Window))
        painter.drawEllipse(QPointF(x, middle), _GRIP, _GRIP)
        painter.setBrush(self._ink())
        for side in (-1, 1):
            tip, base = x + side * 9, x + side * 3
            painter.drawPolygon(QPolygonF([QPointF(tip, middle), QPointF(base, middle - 5), QPointF(base, middle + 5)]))
