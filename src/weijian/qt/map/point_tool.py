"""Pointing at one place of the map."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from weijian.qt.map.canvas import MapCanvas
from weijian.qt.map.tool import MapPoint, MapTool


class PointTool(MapTool):
    """One click gives a place, Esc gives up.

    Attributes
    ----------
    accepted : Signal(float, float)
        Easting and northing.
    cancelled : Signal()
    """

    accepted = Signal(float, float)
    cancelled = Signal()
    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, words: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words

    def enter(self, canvas: MapCanvas) -> None:  # noqa: ARG002
        """Say what to do."""
        self.hint.emit(self._words)

    def click(self, at: MapPoint) -> None:
        """Take the place."""
        self.accepted.emit(at.x, at.y)

    def key(self, event: QKeyEvent) -> bool:
        """Esc gives up."""
        if event.key() != Qt.Key.Key_Escape:
            return False
        self.cancelled.emit()
        return True
