"""Icons: line drawings in the colour of the text they stand beside."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from weijian.assets import resource

_SIZES = (16, 20, 24, 32, 48)
_DISABLED_OPACITY = 0.35


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
    for size in _SIZES:
        for ratio in (1.0, 2.0):
            made.addPixmap(_pixmap(renderer, size, ratio, 1.0), QIcon.Mode.Normal)
            made.addPixmap(_pixmap(renderer, size, ratio, _DISABLED_OPACITY), QIcon.Mode.Disabled)
    return made


def _pixmap(renderer: QSvgRenderer, size: int, ratio: float, opacity: float) -> QPixmap:
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    try:
        painter.setOpacity(opacity)
        renderer.render(painter, QRectF(0, 0, size, size))
    finally:
        painter.end()
    return pixmap
