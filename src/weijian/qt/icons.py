"""Icons: line drawings in the colour of the text they stand beside."""

from functools import lru_cache

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
    shade = colour or QGuiApplication.palette().color(QPalette.ColorRole.ButtonText)
    return _drawn(name, shade.name())


@lru_cache(maxsize=512)
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
