"""What the mouse, the keys and dropped files do on the map, by the events that the window system would send."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.map.outlined_ground import EAST, NORTH
from gui.map.painted_ground import PaintedGround
from weijian.qt.map.canvas import MapCanvas
from weijian.qt.map.layers import Group, MapLayer
from weijian.qt.map.map_view import MapView
from weijian.qt.map.tool import MapPoint, MapTool

LEFT, MIDDLE, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton
NO_BUTTON, NO_KEY = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier


class Diary(MapTool):
    """Writes down what it is told: (what, metres east, metres north)."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, takes_press: bool = False, takes_double: bool = False, keys: tuple[int, ...] = ()) -> None:
        super().__init__()
        self.told: list[tuple[str, float, float]] = []
        self.keys: list[int] = []
        self._takes_press, self._takes_double, self._used = takes_press, takes_double, keys

    def _note(self, what: str, at: MapPoint) -> None:
        self.told.append((what, round(at.x - EAST, 6), round(at.y - NORTH, 6)))

    def press(self, at: MapPoint) -> bool:
        self._note("press", at)
        return self._takes_press

    def move(self, at: MapPoint) -> None:
        self._note("move", at)

    def release(self, at: MapPoint) -> None:
        self._note("release", at)

    def click(self, at: MapPoint) -> None:
        self._note("click", at)

    def double_click(self, at: MapPoint) -> bool:
        self._note("double", at)
        return self._takes_double

    def wants(self, event: QKeyEvent) -> bool:
        return event.key() in self._used

    def key(self, event: QKeyEvent) -> bool:
        self.keys.append(event.key())
        return event.key() in self._used


def turn_wheel(canvas: MapCanvas, at: QPointF, eighths: int) -> None:
    event = QWheelEvent(
        at, canvas.mapToGlobal(at), QPoint(), QPoint(0, eighths), NO_BUTTON, NO_KEY, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(canvas, event)
    assert event.isAccepted()


@pytest.mark.parametrize("eighths", [120, -120, 360, 30])
def test_the_wheel_zooms_at_the_pointer(ground_map: MapCanvas, eighths: int) -> None:
    at = QPointF(310, 40)
    before = ground_map.frame.to_map(at)
    turn_wheel(ground_map, at, eighths)
    assert ground_map.view.pixel_m == pytest.approx(0.5 / 2 ** (eighths / 240))
    assert ground_map.frame.to_map(at) == pytest.approx(before, abs=1e-6)


def test_the_wheel_ends_at_the_finest_pixel(ground_map: MapCanvas) -> None:
    for _ in range(60):
        turn_wheel(ground_map, QPointF(10, 10), 120)
    assert ground_map.view.pixel_m == 0.002
    settled = ground_map.view
    turn_wheel(ground_map, QPointF(10, 10), 120)
    assert (ground_map.view.x, ground_map.view.y) == pytest.approx((settled.x, settled.y), abs=1e-6)


@pytest.mark.parametrize(
    ("key", "east", "north", "pixel_m"),
    [
        (Qt.Key.Key_Left, -50, 0, 0.5),
        (Qt.Key.Key_Right, 50, 0, 0.5),
        (Qt.Key.Key_Up, 0, 37.5, 0.5),
        (Qt.Key.Key_Down, 0, -37.5, 0.5),
        (Qt.Key.Key_Plus, 0, 0, 0.25),
        (Qt.Key.Key_Equal, 0, 0, 0.25),
        (Qt.Key.Key_Minus, 0, 0, 1.0),
    ],
)
def test_keys_move_the_map(hand, ground_map, key, east, north, pixel_m) -> None:
    hand.key(key)
    assert ground_map.view == MapView(EAST + east, NORTH + north, pixel_m)


def test_home_shows_everything(hand, ground_map, shown_stack) -> None:
    box = (EAST - 700, NORTH - 100, EAST + 900, NORTH + 100)
    shown_stack.put(MapLayer("ground", "ground", Group.SURVEYS, PaintedGround(box)))
    hand.key(Qt.Key.Key_Home)
    left, bottom, right, top = ground_map.frame.bounds
    assert left < box[0] < box[2] < right
    assert bottom < box[1] < box[3] < top
    assert right - left < 1800


def test_a_key_that_is_not_the_maps_is_left_to_the_window(ground_map) -> None:
    for key, used in ((Qt.Key.Key_F5, False), (Qt.Key.Key_unknown, False), (Qt.Key.Key_Home, True)):
        event = QKeyEvent(QKeyEvent.Type.KeyPress, key, NO_KEY)
        ground_map.event(event)
        assert event.isAccepted() is used


def test_the_tool_has_the_first_word_on_keys(hand, ground_map) -> None:
    tool = Diary(keys=(Qt.Key.Key_Left,))
    ground_map.set_tool(tool)
    hand.key(Qt.Key.Key_Left)
    assert ground_map.view.x == EAST
    hand.key(Qt.Key.Key_Right)
    assert ground_map.view.x == EAST + 50
    assert tool.keys == [Qt.Key.Key_Left, Qt.Key.Key_Right]


def test_only_keys_that_the_tool_wants_are_kept_from_the_windows_commands(ground_map) -> None:
    ground_map.set_tool(Diary(keys=(Qt.Key.Key_Z,)))
    for key, kept in ((Qt.Key.Key_Z, True), (Qt.Key.Key_Y, False)):
        event = QKeyEvent(QKeyEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.ControlModifier)
        event.ignore()
        ground_map.event(event)
        assert event.isAccepted() is kept


def test_a_press_that_the_tool_takes_does_not_pan(hand, ground_map) -> None:
    tool = Diary(takes_press=True)
    ground_map.set_tool(tool)
    hand.drag((0, 0), (20, 0), (30, 10))
    assert ground_map.view == MapView(EAST, NORTH, 0.5)
    assert tool.told == [("press", 0, 0), ("move", 20, 0), ("move", 30, 10), ("release", 30, 10)]


def test_a_press_that_the_tool_leaves_pans_or_clicks(hand, ground_map) -> None:
    tool = Diary()
    ground_map.set_tool(tool)
    hand.click(10, 5)
    assert tool.told == [("press", 10, 5), ("click", 10, 5)]
    assert ground_map.view == MapView(EAST, NORTH, 0.5)
    tool.told.clear()
    hand.drag((0, 0), (40, 0))
    assert tool.told == [("press", 0, 0)]
    assert ground_map.view == MapView(EAST - 40, NORTH, 0.5)


def test_a_double_click_zooms_unless_the_tool_uses_it(hand, ground_map) -> None:
    hand.double_click(20, 10)
    assert ground_map.view == MapView(EAST + 10, NORTH + 5, 0.25)
    tool = Diary(takes_double=True)
    ground_map.set_tool(tool)
    hand.double_click(20, 10)
    assert tool.told[-1] == ("double", 20, 10)
    assert ground_map.view.pixel_m == 0.25


def test_the_middle_button_pans_with_any_tool_in_hand(qtbot: QtBot, hand, ground_map) -> None:
    tool = Diary(takes_press=True)
    ground_map.set_tool(tool)
    qtbot.mousePress(ground_map, MIDDLE, pos=QPoint(100, 100))
    qtbot.mouseMove(ground_map, QPoint(120, 90))
    qtbot.mouseRelease(ground_map, MIDDLE, pos=QPoint(120, 90))
    assert tool.told == []
    assert ground_map.view == MapView(EAST - 10, NORTH - 5, 0.5)


def test_a_second_button_does_not_break_a_drag(qtbot: QtBot, hand, ground_map) -> None:
    tool = Diary(takes_press=True)
    ground_map.set_tool(tool)
    hand.press(0, 0)
    qtbot.mousePress(ground_map, MIDDLE, pos=hand.at(10, 0))
    qtbot.mouseRelease(ground_map, MIDDLE, pos=hand.at(10, 0))
    hand.release(10, 0)
    assert [what for what, _, _ in tool.told] == ["press", "release"]


def test_what_was_begun_with_one_tool_is_not_ended_with_another(hand, ground_map) -> None:
    first, second = Diary(takes_press=True), Diary()
    ground_map.set_tool(first)
    hand.press(0, 0)
    ground_map.set_tool(second)
    hand.release(0, 0)
    assert second.told == []


def test_the_cursor_says_what_the_mouse_would_do(qtbot: QtBot, hand, ground_map) -> None:
    ground_map.set_swipe(0.75)
    hand.move(0, 0)
    assert ground_map.cursor().shape() == Qt.CursorShape.OpenHandCursor
    hand.move(50, 0)
    assert ground_map.cursor().shape() == Qt.CursorShape.SplitHCursor
    ground_map.set_tool(Diary())
    hand.move(0, 0)
    assert ground_map.cursor().shape() == Qt.CursorShape.CrossCursor


def test_the_swipes_handle_is_dragged(qtbot: QtBot, hand, ground_map) -> None:
    told: list[float] = []
    ground_map.swipe_moved.connect(told.append)
    ground_map.set_tool(tool := Diary(takes_press=True))
    ground_map.set_swipe(0.5)
    hand.drag((2, 0), (40, 20), (50, 20))
    assert told == [0.7, 0.75]
    assert ground_map.is_handle(QPointF(300, 7))
    assert tool.told == []
    assert ground_map.view == MapView(EAST, NORTH, 0.5)
    hand.drag((50, 0), (400, 0))
    assert told[-1] == 1.0


def test_without_a_swipe_there_is_no_handle(hand, ground_map) -> None:
    ground_map.set_swipe(0.5)
    ground_map.set_swipe(None)
    hand.drag((0, 0), (40, 0))
    assert ground_map.view.x == EAST - 40


def drop(canvas: MapCanvas, data: QMimeData) -> bool:
    """Bring something over the map and let it go there; whether the map wanted it."""
    copy = Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(50, 50), copy, data, LEFT, NO_KEY)
    QApplication.sendEvent(canvas, enter)
    if enter.isAccepted():
        QApplication.sendEvent(canvas, QDropEvent(QPointF(50, 50), copy, data, LEFT, NO_KEY))
    return enter.isAccepted()


def test_files_are_dropped(ground_map, tmp_path: Path) -> None:
    told: list[tuple[Path, ...]] = []
    ground_map.files_dropped.connect(told.append)
    files = tmp_path / "二期 DOM.tif", tmp_path / "dsm.tif"
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in files] + [QUrl("https://example.org/a.tif")])
    assert drop(ground_map, data)
    assert told == [files]


def test_what_is_no_file_is_not_taken(ground_map) -> None:
    told: list[object] = []
    ground_map.files_dropped.connect(told.append)
    data = QMimeData()
    data.setText("一些字")
    assert not drop(ground_map, data)
    assert told == []
