"""What mouse, keys and dropped files do on the map."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from weijian.qt.dropped_files import dropped_paths
from weijian.qt.map.tool import MapPoint, MapTool

if TYPE_CHECKING:
    from weijian.qt.map.canvas import MapCanvas

_WHEEL_NOTCH = 120  # eighths of a degree
_WHEEL_STEP = 2.0**0.5  # zoom of one notch
_ZOOM_STEP = 2.0
_KEY_STEP = 0.25  # of the window, for an arrow key
_MOVES: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (1, 0),
    Qt.Key.Key_Right: (-1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
_ZOOMS: dict[int, float] = {
    Qt.Key.Key_Plus: _ZOOM_STEP,
    Qt.Key.Key_Equal: _ZOOM_STEP,
    Qt.Key.Key_Minus: 1 / _ZOOM_STEP,
    Qt.Key.Key_Underscore: 1 / _ZOOM_STEP,
}


class _Drag(Enum):
    """What becomes of moving the mouse now."""

    NONE = auto()
    UNDECIDED = auto()  # the left button is down and has not moved: a click or the beginning of a pan
    PAN = auto()
    SWIPE = auto()
    TOOL = auto()


class CanvasInput:
    """Turns the events of a canvas into moves of its view, of the swipe's handle, and calls of the tool in hand."""

    def __init__(self, canvas: MapCanvas) -> None:
        self._canvas = canvas
        self._tool: MapTool | None = None
        self._drag = _Drag.NONE
        self._button = Qt.MouseButton.NoButton
        self._pressed = QPointF()
        self._last = QPointF()

    def take_up(self, tool: MapTool | None) -> None:
        """Give the mouse to another tool; what was begun with the one before is not finished with this one."""
        self._tool = tool
        if self._drag in (_Drag.TOOL, _Drag.UNDECIDED):
            self._drag = _Drag.NONE
        self._show_cursor(None)

    def takes(self, event: QEvent) -> bool:
        """Do what an event asks for; false leaves it to the widget."""
        if not self._canvas.isEnabled():
            return False
        if isinstance(event, QMouseEvent):
            return self._mouse(event)
        if isinstance(event, QKeyEvent):
            return self._key(event)
        if isinstance(event, QWheelEvent):
            return self._wheel(event)
        return isinstance(event, QDropEvent) and self._drop(event)

    def _mouse(self, event: QMouseEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.MouseMove:
            return self._move(event)
        if kind == QEvent.Type.MouseButtonPress:
            return self._press(event)
        if kind == QEvent.Type.MouseButtonRelease:
            return self._release(event)
        return kind == QEvent.Type.MouseButtonDblClick and self._double_click(event)

    def _press(self, event: QMouseEvent) -> bool:
        """Begin a drag, or give the tool the press; a second button changes nothing while the first is held."""
        at, button = event.position(), event.button()
        if self._drag is not _Drag.NONE and button != self._button and event.buttons() & self._button:
            return True
        self._drag = _Drag.NONE
        if button == Qt.MouseButton.MiddleButton:
            self._drag = _Drag.PAN
        elif button != Qt.MouseButton.LeftButton:
            return False
        elif self._canvas.is_handle(at):
            self._drag = _Drag.SWIPE
        elif self._tool is not None and self._tool.press(self._point(event)):
            self._drag = _Drag.TOOL
        else:
            self._drag = _Drag.UNDECIDED
        self._button = button
        self._pressed = self._last = at
        self._show_cursor(at)
        return True

    def _move(self, event: QMouseEvent) -> bool:
        """Pan, drag the handle, or tell the tool where the pointer is."""
        at = event.position()
        far = (at - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if self._drag is _Drag.UNDECIDED and far:
            self._drag = _Drag.PAN
        if self._drag is _Drag.PAN:
            self._canvas.set_view(self._canvas.frame.moved(at - self._last))
            self._last = at
        elif self._drag is _Drag.SWIPE:
            self._move_handle(at)
        elif self._tool is not None:
            self._tool.move(self._point(event))
        self._show_cursor(at)
        self._canvas.pointed.emit(*self._canvas.frame.to_map(at))
        return True

    def _release(self, event: QMouseEvent) -> bool:
        """End a drag; a press and release on one spot is a click."""
        if self._drag is _Drag.NONE or event.button() != self._button:
            return event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton)
        drag, self._drag = self._drag, _Drag.NONE
        if self._tool is not None and drag is _Drag.TOOL:
            self._tool.release(self._point(event))
        elif self._tool is not None and drag is _Drag.UNDECIDED:
            self._tool.click(self._point(event))
        self._show_cursor(event.position())
        return True

    def _double_click(self, event: QMouseEvent) -> bool:
        """Zoom in, unless the tool uses it."""
        at = event.position()
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        if not self._canvas.is_handle(at) and (self._tool is None or not self._tool.double_click(self._point(event))):
            self._canvas.zoom_by(_ZOOM_STEP, at)
        return True

    def _wheel(self, event: QWheelEvent) -> bool:
        """Zoom at the pointer."""
        turned = event.angleDelta().y()
        if turned:
            self._canvas.zoom_by(_WHEEL_STEP ** (turned / _WHEEL_NOTCH), event.position())
        return True

    def _key(self, event: QKeyEvent) -> bool:
        """Move the map, unless the tool uses the key; keys that the tool wants are not the window's."""
        if event.type() == QEvent.Type.ShortcutOverride:
            wanted = self._tool is not None and self._tool.wants(event)
            event.setAccepted(wanted)
            return wanted
        if event.type() != QEvent.Type.KeyPress:
            return False
        return (self._tool is not None and self._tool.key(event)) or self._move_by(event.key())

    def _move_by(self, key: int) -> bool:
        canvas = self._canvas
        if key in _MOVES:
            right, down = _MOVES[key]
            by = QPointF(right * canvas.width() * _KEY_STEP, down * canvas.height() * _KEY_STEP)
            canvas.set_view(canvas.frame.moved(by))
        elif key in _ZOOMS:
            canvas.zoom_by(_ZOOMS[key])
        elif key == Qt.Key.Key_Home:
            canvas.zoom_full()
        else:
            return False
        return True

    def _drop(self, event: QDropEvent) -> bool:
        """Take files, and tell which they were."""
        files = dropped_paths(event.mimeData())
        if not files:
            event.ignore()
        elif isinstance(event, QDragEnterEvent):
            event.acceptProposedAction()
        elif event.type() == QEvent.Type.Drop:
            event.acceptProposedAction()
            self._canvas.files_dropped.emit(files)
        else:
            return False
        return True

    def _move_handle(self, at: QPointF) -> None:
        fraction = min(max(at.x() / max(self._canvas.width(), 1), 0.0), 1.0)
        self._canvas.set_swipe(fraction)
        self._canvas.swipe_moved.emit(fraction)

    def _point(self, event: QMouseEvent) -> MapPoint:
        frame = self._canvas.frame
        x, y = frame.to_map(event.position())
        return MapPoint(x, y, frame.view.pixel_m, event.modifiers())

    def _show_cursor(self, at: QPointF | None) -> None:
        if self._drag is _Drag.PAN:
            cursor = Qt.CursorShape.ClosedHandCursor
        elif self._drag is _Drag.SWIPE or (at is not None and self._canvas.is_handle(at)):
            cursor = Qt.CursorShape.SplitHCursor
        else:
            cursor = Qt.CursorShape.OpenHandCursor if self._tool is None else self._tool.cursor
        if self._canvas.cursor().shape() != cursor:
            self._canvas.setCursor(cursor)
