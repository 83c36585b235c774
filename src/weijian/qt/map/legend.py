"""Legends: each class of a style with a sample of how it looks."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QIcon, QPainter, QPixmap

from weijian.qt.map.outline_painter import casing_of, pen_of
from weijian.qt.map.styles import Look, style_of

WIDTH, HEIGHT = 24, 16
_MARGIN = 3.0


@dataclass(frozen=True, eq=False)
class LegendLine:
    """One class: its key, words and sample."""

    key: str
    title: str
    icon: QIcon


def legend_of(layer: str, style: str) -> tuple[LegendLine, ...]:
    """The legend of a layer of outlines (``findings``, ``zones`` ...) in one of its styles.

    Raises
    ------
    KeyError
        No layer of outlines is called so.
    """
    return tuple(LegendLine(each.key, each.title, swatch(each.look)) for each in style_of(layer, style).classes)


def swatch(look: Look) -> QIcon:
    """A sample of a look, 24 x 16 pixels, sharp on finer screens too."""
    icon = QIcon()
    for ratio in (1.0, 2.0):
        icon.addPixmap(_sample(look, ratio))
    return icon


def _sample(look: Look, ratio: float) -> QPixmap:
    pixmap = QPixmap(round(WIDTH * ratio), round(HEIGHT * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(_MARGIN, _MARGIN, WIDTH - 2 * _MARGIN, HEIGHT - 2 * _MARGIN)
        if look.fill:
            painter.fillRect(box, QColor(look.fill))
        if look.hatch is not Qt.BrushStyle.NoBrush:
            painter.fillRect(box, QBrush(QColor(look.line), look.hatch))
        for pen in ([casing_of(look)] if look.casing else []) + [pen_of(look)]:
            painter.setPen(pen)
            painter.drawRect(box)
    finally:
        painter.end()
    return pixmap
