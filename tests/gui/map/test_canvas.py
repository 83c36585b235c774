"""The map shows the right ground in the right place, and moves as the hand does."""

import pytest
from pyproj import CRS
from PySide6.QtCore import QPoint, QPointF, Qt
from pytestqt.qtbot import QtBot

from gui.map.painted_ground import PaintedGround
from weijian.qt.map.canvas import MapCanvas
from weijian.qt.map.decorations import Captions, Decorations
from weijian.qt.map.layers import Group, LayerStack, MapLayer, Side
from weijian.qt.map.map_view import MapView

EAST, NORTH = 38_512_340.0, 3_340_000.0  # with the zone's number before the easting
BOX = (EAST - 400, NORTH - 300, EAST + 400, NORTH + 300)


def layer(source: PaintedGround, key: str = "ground", **more: object) -> MapLayer:
    return MapLayer(key, key, Group.SURVEYS, source, **more)


@pytest.fixture
def stack() -> LayerStack:
    return LayerStack()


@pytest.fixture
def canvas(qtbot: QtBot, stack: LayerStack):
    canvas = MapCanvas(stack, CRS("EPSG:4526"))
    canvas.resize(640, 480)
    qtbot.addWidget(canvas, before_close_func=MapCanvas.close_workers)
    canvas.show()
    qtbot.waitExposed(canvas)
    return canvas


@pytest.fixture
def ready(qtbot: QtBot, canvas: MapCanvas):
    return lambda: qtbot.waitUntil(lambda: not canvas.is_loading, timeout=5000)


def seen(canvas: MapCanvas, x: float, y: float) -> tuple[int, int, int]:
    at = canvas.frame.to_screen(x, y)
    picture = canvas.picture()
    ratio = picture.devicePixelRatio()
    colour = picture.pixelColor(int(at.x() * ratio), int(at.y() * ratio))
    return colour.red(), colour.green(), colour.blue()


@pytest.mark.parametrize("pixel_m", [0.05, 0.2, 0.5, 0.93])
def test_each_colour_is_where_its_ground_is(canvas, stack, ready, pixel_m):
    ground = PaintedGround(BOX)
    stack.put(layer(ground))
    canvas.set_view(MapView(EAST + 3, NORTH - 5, pixel_m))
    ready()
    for dx in (-100, -20, 20, 100):
        for dy in (-60, 60):
            # the middle of the square under a place in the window
            x = ((EAST + 3 + dx * pixel_m) // 8 + 0.5) * 8
            y = ((NORTH - 5 + dy * pixel_m) // 8 + 0.5) * 8
            if canvas.rect().contains(canvas.frame.to_screen(x, y).toPoint()):
                assert seen(canvas, x, y) == ground.colour_at(x, y)


def test_the_wheel_keeps_the_ground_under_the_pointer(canvas, stack):
    at = QPointF(500, 100)
    canvas.set_view(MapView(EAST, NORTH, 0.5))
    before = canvas.frame.to_map(at)
    canvas.zoom_by(2.0, at)
    assert canvas.frame.to_map(at) == pytest.approx(before, abs=1e-6)
    assert canvas.view.pixel_m == 0.25


def test_dragging_moves_the_ground_with_the_hand(qtbot, canvas):
    canvas.set_view(MapView(EAST, NORTH, 0.5))
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    qtbot.mouseMove(canvas, QPoint(340, 230))
    qtbot.mouseMove(canvas, QPoint(400, 240))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(400, 240))
    assert canvas.view == MapView(EAST - 50, NORTH + 20, 0.5)


def test_the_swipe_shows_before_on_the_left_and_after_on_the_right(canvas, stack, ready):
    before, after, both = (PaintedGround(BOX, blue=blue) for blue in (50, 100, 200))
    stack.show([layer(before, "b", side=Side.BEFORE), layer(after, "a", side=Side.AFTER), layer(both, "both")])
    canvas.set_view(MapView(EAST, NORTH, 0.2))
    canvas.set_swipe(0.5)
    ready()
    assert seen(canvas, EAST - 20, NORTH)[2] == 50
    assert seen(canvas, EAST + 20, NORTH)[2] == 100
    canvas.set_swipe(None)
    canvas.set_side(Side.AFTER)
    ready()
    assert seen(canvas, EAST - 20, NORTH)[2] == 100


def test_the_dates_are_said_as_the_dates_are_shown(canvas, monkeypatch):
    said = []
    show = Decorations.show_captions
    monkeypatch.setattr(Decorations, "show_captions", lambda glass, what: (said.append(what), show(glass, what)))
    canvas.set_captions("2024-05-01", "2025-03-09")
    canvas.set_side(Side.AFTER)
    canvas.set_side(Side.BEFORE)
    canvas.set_swipe(0.5)
    canvas.set_swipe(None)
    canvas.set_side(None)
    both = Captions("2024-05-01", "2025-03-09")
    assert said == [both, Captions("2025-03-09"), Captions("2024-05-01"), both, Captions("2024-05-01"), both]


def test_the_dates_stand_beside_the_swipes_line(canvas):
    canvas.set_view(MapView(EAST, NORTH, 0.5))
    canvas.set_swipe(0.5)
    bare = canvas.picture()
    canvas.set_captions("2024-05-01", "")
    left = canvas.picture()
    canvas.set_captions("", "2025-03-09")
    right = canvas.picture()
    ratio = bare.devicePixelRatio()
    for x, changed in ((290, left), (350, right)):
        spot = int(x * ratio), int(24 * ratio)
        assert changed.pixelColor(*spot) != bare.pixelColor(*spot)
        other = right if changed is left else left
        assert other.pixelColor(*spot) == bare.pixelColor(*spot)
