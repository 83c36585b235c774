from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from weijian.qt.map.line_tool import LineTool
from weijian.qt.map.tool import MapPoint


def press(tool: LineTool, key: Qt.Key) -> bool:
    return tool.key(QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))


def test_a_line_is_drawn_taken_back_and_accepted(qtbot) -> None:
    tool = LineTool()
    drawn = []
    tool.accepted.connect(drawn.append)
    tool.click(MapPoint(1.0, 2.0, 0.1))
    press(tool, Qt.Key.Key_Return)
    assert drawn == []
    tool.click(MapPoint(9.0, 9.0, 0.1))
    press(tool, Qt.Key.Key_Backspace)
    tool.click(MapPoint(5.0, 6.0, 0.1))
    press(tool, Qt.Key.Key_Return)
    assert [list(line.coords) for line in drawn] == [[(1.0, 2.0), (5.0, 6.0)]]


def test_esc_gives_up(qtbot) -> None:
    tool = LineTool()
    with qtbot.waitSignal(tool.cancelled):
        press(tool, Qt.Key.Key_Escape)
    assert not press(tool, Qt.Key.Key_A)
