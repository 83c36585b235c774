"""What the mouse does on the map while a tool is in hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from weijian.qt.map.canvas import MapCanvas


@dataclass(frozen=True)
class MapPoint:
    """Where the pointer is: map coordinates (easting, northing), the ground length of a screen pixel, keys held."""

    x: float
    y: float
    pixel_m: float
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier


class MapTool(QObject):
    """A tool; the base one does nothing and leaves the mouse to panning.

    ``hint(str)`` says what to do next, for the status bar.
    """

    hint = Signal(str)
    cursor = Qt.CursorShape.ArrowCursor

    def enter(self, canvas: MapCanvas) -> None:
        """The tool is taken in hand."""

    def leave(self) -> None:
        """The tool is put away: it takes what it drew off the map."""

    def press(self, at: MapPoint) -> bool:  # noqa: ARG002
        """The left button went down; true keeps the drag from panning the map."""
        return False

    def move(self, at: MapPoint) -> None:
        """The pointer moved, with or without the button held."""

    def release(self, at: MapPoint) -> None:
        """The left button went up after a press that was taken."""

    def click(self, at: MapPoint) -> None:
        """The left button was pressed and released on one spot, and the press was not taken."""

    def double_click(self, at: MapPoint) -> bool:  # noqa: ARG002
        """The left button was clicked twice; true keeps the map from zooming in."""
        return False

    def wants(self, event: QKeyEvent) -> bool:  # noqa: ARG002
        """Whether a key goes to :meth:`key` even where the window has a command of that key."""
        return False

    def key(self, event: QKeyEvent) -> bool:  # noqa: ARG002
        """A key was pressed while the map has the focus; true when it was used."""
        return False
