"""Drawing a line across something on the map."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from shapely import LineString

from weijian.qt.map.canvas import MapCanvas
from weijian.qt.map.sketch import XY, Dot, Line, Sketch
from weijian.qt.map.tool import MapPoint, MapTool

_COLOUR = "#d6006c"


class LineTool(MapTool):
    """Click points; a double-click or Enter accepts the line, Backspace takes the last point back, Esc gives up.

    Attributes
    ----------
    accepted : Signal(LineString)
        In map coordinates, two points or more.
    cancelled : Signal()
    """

    accepted = Signal(object)
    cancelled = Signal()
    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._canvas: MapCanvas | None = None
        self._sketch: Sketch | None = None
        self._points: tuple[XY, ...] = ()

    def enter(self, canvas: MapCanvas) -> None:
        """Begin."""
        self._canvas = canvas
        self._sketch = Sketch()
        canvas.add_overlay(self._sketch)
        self.hint.emit(self.tr("Click on one side of the building, then on the other; Enter accepts, Esc gives up"))

    def leave(self) -> None:
        """Take the line off the map."""
        if self._canvas is not None and self._sketch is not None:
            self._canvas.remove_overlay(self._sketch)
        self._canvas = self._sketch = None

    def click(self, at: MapPoint) -> None:
        """Set a point."""
        self._points = (*self._points, (at.x, at.y))
        self._draw(None)

    def move(self, at: MapPoint) -> None:
        """Draw the rubber line."""
        if self._points:
            self._draw((at.x, at.y))

    def double_click(self, at: MapPoint) -> bool:  # noqa: ARG002
        """Accept; the first of the two clicks has set the point."""
        self._accept()
        return True

    def wants(self, event: QKeyEvent) -> bool:
        """Enter, Esc and Backspace are the line's while it is drawn."""
        return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Backspace)

    def key(self, event: QKeyEvent) -> bool:
        """Esc gives up, Backspace takes a point back, Enter accepts."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif event.key() == Qt.Key.Key_Backspace and self._points:
            self._points = self._points[:-1]
            self._draw(None)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._accept()
        else:
            return False
        return True

    def _accept(self) -> None:
        if len(set(self._points)) > 1:
            self.accepted.emit(LineString(self._points))

    def _draw(self, pointer: XY | None) -> None:
        if self._sketch is None:
            return
        points = self._points if pointer is None else (*self._points, pointer)
        lines = [Line(points, _COLOUR, dashed=True)] if len(points) > 1 else []
        self._sketch.show(lines, [Dot(point, _COLOUR) for point in self._points])
