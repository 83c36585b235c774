"""A map in a window, with the pointer over known ground."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QGraphicsView
from pytestqt.qtbot import QtBot

from gui.map.outlined_ground import EAST, GROUND, NORTH
from weijian.qt.map.canvas import MapCanvas
from weijian.qt.map.layers import LayerStack
from weijian.qt.map.map_view import MapView
from weijian.qt.map.sketch import Sketch


@pytest.fixture
def shown_stack() -> LayerStack:
    return LayerStack()


@pytest.fixture
def ground_map(qtbot: QtBot, shown_stack: LayerStack):
    """400 x 300 pixels of half a metre; the corner of the ground is in the middle."""
    canvas = MapCanvas(shown_stack, GROUND)
    canvas.resize(400, 300)
    qtbot.addWidget(canvas, before_close_func=MapCanvas.close_workers)
    canvas.show()
    canvas.set_view(MapView(EAST, NORTH, 0.5))
    canvas.setFocus()
    return canvas


class Hand:
    """The mouse over a map, led by metres from the ground's corner."""

    def __init__(self, qtbot: QtBot, canvas: MapCanvas) -> None:
        self._qtbot, self._canvas = qtbot, canvas

    def at(self, x: float, y: float) -> QPoint:
        return self._canvas.frame.to_screen(EAST + x, NORTH + y).toPoint()

    def click(self, x: float, y: float) -> None:
        self._qtbot.mouseClick(self._canvas, Qt.MouseButton.LeftButton, pos=self.at(x, y))

    def double_click(self, x: float, y: float) -> None:
        """As a hand does it: Qt's own sends no first click."""
        self.click(x, y)
        self._qtbot.mouseDClick(self._canvas, Qt.MouseButton.LeftButton, pos=self.at(x, y))

    def move(self, x: float, y: float) -> None:
        self._qtbot.mouseMove(self._canvas, self.at(x, y))

    def press(self, x: float, y: float) -> None:
        self._qtbot.mousePress(self._canvas, Qt.MouseButton.LeftButton, pos=self.at(x, y))

    def release(self, x: float, y: float) -> None:
        self._qtbot.mouseRelease(self._canvas, Qt.MouseButton.LeftButton, pos=self.at(x, y))

    def drag(self, *way: tuple[float, float]) -> None:
        """Along points as they are on the map before it moves."""
        spots = [self.at(x, y) for x, y in way]
        self._qtbot.mousePress(self._canvas, Qt.MouseButton.LeftButton, pos=spots[0])
        for spot in spots[1:]:
            self._qtbot.mouseMove(self._canvas, spot)
        self._qtbot.mouseRelease(self._canvas, Qt.MouseButton.LeftButton, pos=spots[-1])

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self._qtbot.keyClick(self._canvas, key, modifier)


@pytest.fixture
def hand(qtbot: QtBot, ground_map: MapCanvas) -> Hand:
    return Hand(qtbot, ground_map)


@pytest.fixture
def sketch(ground_map: MapCanvas):
    """What the tool in hand has drawn on the map."""

    def drawn() -> Sketch:
        items = ground_map.findChild(QGraphicsView).scene().items()
        (only,) = [item for item in items if isinstance(item, Sketch)]
        return only

    return drawn
