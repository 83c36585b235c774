"""Icons: line drawings in the colour of the text they stand beside."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from weijian.assets import resource

_PIXELS = (16, 20, 24, 32, 40, 48)
"""Sides that are drawn; Qt takes the next larger one for finer screens, and greys those of disabled buttons itself."""


def icon(name: str, colour: QColor | None = None) -> QIcon:
    """The icon ``resources/icons/NAME.svg``.

    Parameters
    ----------
    name : str
    colour : QColor, optional
        Of the lines; the text colour of the present palette when not given.
    """
    if colour is not None:
        return _drawn(name, colour.name())
    made = _drawn(name, QGuiApplication.palette().color(QPalette.ColorRole.ButtonText).name())
    _names()[made.cacheKey()] = name
    return made


def redrawn(former: QIcon) -> QIcon | None:
    """The same drawing in the text colour of the present palette; None for an icon that is not of that colour."""
    name = _names().get(former.cacheKey())
    return None if name is None else icon(name)


@cache
def _names() -> dict[int, str]:
    """Names of the icons drawn in the text colour, by Qt's key for them and all their copies."""
    return {}


@cache
def _drawn(name: str, colour: str) -> QIcon:
    drawing = resource("icons", f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    renderer = QSvgRenderer(QByteArray(drawing.encode()))
    made = QIcon()
    for side in _PIXELS:
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, side, side))
        painter.end()
        made.addPixmap(pixmap)
    return made
