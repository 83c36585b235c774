"""A page of the order map to look at closely and to move its map about inside the frames."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from weijian.publish.paper import Box, Page
from weijian.publish.sheet_layout import sheet_layout

_MARGIN = 12.0
_MOST_ZOOM = 8.0
_NOTCH = 1.25
_KEY_STEP_MM = 5.0
_ARROWS = {
    Qt.Key.Key_Left: (-_KEY_STEP_MM, 0.0),
    Qt.Key.Key_Right: (_KEY_STEP_MM, 0.0),
    Qt.Key.Key_Up: (0.0, -_KEY_STEP_MM),
    Qt.Key.Key_Down: (0.0, _KEY_STEP_MM),
}


class OrderMapPreview(QWidget):
    """Shows a painted page. Dragging in a map frame moves the map, elsewhere the page; the wheel zooms.

    ``moved(float, float)`` tells by how many millimetres of paper, to the right and down, the map was moved.

    Parameters
    ----------
    limit : callable
        Given such a movement, answers how much of it is possible.
    """

    moved = Signal(float, float)

    def __init__(self, limit: Callable[[float, float], tuple[float, float]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._limit = limit
        self._image = QImage()
        self._smaller: tuple[QImage, ...] = ()
        self._page: Page | None = None
        self._has_frames = False
        self._zoom = 1.0
        self._centre = QPointF(0.5, 0.5)
        self._grip: QPointF | None = None
        self._moves_map = False
        self._shift = (0.0, 0.0)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(360, 260)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for a landscape page."""
        return QSize(960, 640)

    @property
    def image(self) -> QImage:
        """What is shown; null before the first page."""
        return self._image

    def show_page(self, images: tuple[QImage, ...], page: Page, *, has_frames: bool) -> None:
        """Show a page.

        Parameters
        ----------
        images : tuple of QImage
            Of the page, in full first, then each half as large as the one before.
        page : Page
        has_frames : bool
            Whether it is the one with the map frames.
        """
        if page != self._page:
            self.fit()
        self._image, *smaller = images
        self._smaller = tuple(smaller)
        self._page, self._has_frames = page, has_frames
        self._shift = (0.0, 0.0)
        self.update()

    def settle_back(self) -> None:
        """Forget a movement that came to nothing."""
        self._shift = (0.0, 0.0)
        self.update()

    def fit(self) -> None:
        """Show the whole page."""
        self._zoom, self._centre = 1.0, QPointF(0.5, 0.5)
        self.update()

    def zoom(self, factor: float) -> None:
        """Zoom about the middle of the view."""
        self._zoom_at(QPointF(self.rect().center()), factor)

    def frame_on_screen(self, later: bool = True) -> QRectF:
        """Where one of the two map frames is in the widget; empty before the first page."""
        frames = self._frames()
        return self._on_screen(frames[1 if later else 0]) if frames else QRectF()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the page, and the map in its frames as far as it has been moved."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Mid))
        if self._image.isNull():
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        sheet = self._sheet()
        painter.fillRect(sheet.translated(3, 3), QColor(0, 0, 0, 60))
        painter.drawImage(sheet, self._fine_enough(sheet.width() * self.devicePixelRatioF()))
        if self._shift != (0.0, 0.0):
            self._paint_moved(painter)
        if self.hasFocus():
            painter.setPen(self.palette().color(QPalette.ColorRole.Highlight))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Zoom at the pointer."""
        self._zoom_at(event.position(), _NOTCH ** (event.angleDelta().y() / 120))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take hold of the map or of the page."""
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            return
        self._grip = event.position()
        self._moves_map = event.button() is Qt.MouseButton.LeftButton and self._over_frame(event.position())
        self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Move what is held."""
        if self._grip is None:
            over = self._over_frame(event.position())
            self.setCursor(Qt.CursorShape.OpenHandCursor if over else Qt.CursorShape.ArrowCursor)
            return
        way = event.position() - self._grip
        if self._moves_map:
            per_mm = self._per_mm()
            self._shift = self._limit(way.x() / per_mm, way.y() / per_mm)
        else:
            self._grip = event.position()
            sheet = self._sheet()
            self._look_at(self._centre - QPointF(way.x() / sheet.width(), way.y() / sheet.height()))
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Let go."""
        if self._grip is None:
            return
        self._grip = None
        over = self._over_frame(event.position())
        self.setCursor(Qt.CursorShape.OpenHandCursor if over else Qt.CursorShape.ArrowCursor)
        if self._moves_map and self._shift != (0.0, 0.0):
            self.moved.emit(*self._shift)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows move the map, plus and minus zoom, 0 shows the whole page."""
        key = Qt.Key(event.key())
        if key in _ARROWS and self._has_frames and self._shift == (0.0, 0.0):
            self._shift = self._limit(*_ARROWS[key])
            self.update()
            if self._shift != (0.0, 0.0):
                self.moved.emit(*self._shift)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(_NOTCH)
        elif key is Qt.Key.Key_Minus:
            self.zoom(1 / _NOTCH)
        elif key is Qt.Key.Key_0:
            self.fit()
        else:
            super().keyPressEvent(event)

    def _paint_moved(self, painter: QPainter) -> None:
        image = self._fine_enough(self._sheet().width() * self.devicePixelRatioF())
        pixels = image.width() / self._page.width if self._page else 1.0
        way = QPointF(self._shift[0] * self._per_mm(), self._shift[1] * self._per_mm())
        for frame in self._frames():
            there = self._on_screen(frame)
            source = QRectF(frame.x * pixels, frame.y * pixels, frame.width * pixels, frame.height * pixels)
            painter.save()
            painter.setClipRect(there)
            painter.fillRect(there, self.palette().color(QPalette.ColorRole.Midlight))
            painter.drawImage(there.translated(way), image, source)
            painter.restore()

    def _fine_enough(self, width: float) -> QImage:
        """The smallest picture that is not smaller than it is shown, so that thin lines stay."""
        return next((image for image in reversed(self._smaller) if image.width() >= width), self._image)

    def _frames(self) -> tuple[Box, ...]:
        if self._page is None or not self._has_frames:
            return ()
        layout = sheet_layout(self._page)
        return layout.before, layout.after

    def _over_frame(self, position: QPointF) -> bool:
        return any(self._on_screen(frame).contains(position) for frame in self._frames())

    def _on_screen(self, box: Box) -> QRectF:
        sheet, per_mm = self._sheet(), self._per_mm()
        return QRectF(sheet.x() + box.x * per_mm, sheet.y() + box.y * per_mm, box.width * per_mm, box.height * per_mm)

    def _per_mm(self) -> float:
        return self._sheet().width() / self._page.width if self._page else 1.0

    def _sheet(self) -> QRectF:
        """The page in the widget."""
        width, height = (self._page.width, self._page.height) if self._page else (1.0, 1.0)
        fitting = min((self.width() - 2 * _MARGIN) / width, (self.height() - 2 * _MARGIN) / height)
        size = QPointF(width, height) * fitting * self._zoom
        left = self.width() / 2 - self._centre.x() * size.x()
        top = self.height() / 2 - self._centre.y() * size.y()
        return QRectF(left, top, size.x(), size.y())

    def _zoom_at(self, position: QPointF, factor: float) -> None:
        before = self._sheet()
        self._zoom = min(_MOST_ZOOM, max(1.0, self._zoom * factor))
        after = self._sheet()
        x = (position.x() - before.x()) / before.width() - (position.x() - self.width() / 2) / after.width()
        y = (position.y() - before.y()) / before.height() - (position.y() - self.height() / 2) / after.height()
        self._look_at(QPointF(x, y))

    def _look_at(self, centre: QPointF) -> None:
        """Look at a part of the page (0 to 1); the page never leaves the view."""
        half = 0.5 / self._zoom
        self._centre = QPointF(*(min(max(value, half), 1 - half) for value in (centre.x(), centre.y())))
        self.update()
