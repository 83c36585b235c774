from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QTreeWidget
from pytestqt.qtbot import QtBot

from gui.windows import LEFT
from helpers.recorded_messages import RecordedMessages
from weijian.domain.errors import FileMissing
from weijian.qt.message_log import LoggedMessages, MessageLog
from weijian.qt.panels.messages_panel import MessagesPanel


def shown(qtbot: QtBot, log: MessageLog) -> MessagesPanel:
    panel = MessagesPanel(log)
    qtbot.addWidget(panel)
    panel.show()
    return panel


def texts(panel: MessagesPanel) -> list[str]:
    rows = panel.findChild(QTreeWidget, "messages-list")
    return [rows.topLevelItem(row).text(1) for row in range(rows.topLevelItemCount())]


def test_what_was_said_can_be_read_again_the_newest_first(qtbot: QtBot, tmp_path) -> None:
    log, spoken = MessageLog(), RecordedMessages()
    panel = shown(qtbot, log)
    assert panel.findChild(QLabel, "messages-empty").isVisible()
    gateway = LoggedMessages(spoken, log, "zh")
    gateway.notice("已导出。")
    error = FileMissing(path=tmp_path / "缺.tif")
    gateway.problem(error)
    assert spoken.notices == ["已导出。"]
    assert spoken.errors == [error]
    assert texts(panel) == [spoken.problems.pop(), "已导出。"]
    assert not panel.findChild(QLabel, "messages-empty").isVisible()


def test_details_unfold_and_are_copied(qtbot: QtBot) -> None:
    log = MessageLog()
    panel = shown(qtbot, log)
    log.add("程序内部错误", grave=True, details="Traceback: line 1")
    log.add("已保存。", grave=False)
    rows = panel.findChild(QTreeWidget, "messages-list")
    copy = panel.findChild(QPushButton, "messages-copy")
    assert not copy.isEnabled()
    assert rows.topLevelItem(1).child(0).text(1) == "Traceback: line 1"
    rows.setCurrentItem(rows.topLevelItem(1))
    qtbot.mouseClick(copy, LEFT)
    assert QGuiApplication.clipboard().text().endswith("程序内部错误\nTraceback: line 1")
    qtbot.mouseClick(panel.findChild(QPushButton, "messages-clear"), LEFT)
    assert texts(panel) == []
    assert panel.findChild(QLabel, "messages-empty").isVisible()


def test_only_the_last_hundreds_are_kept() -> None:
    log = MessageLog()
    for number in range(600):
        log.add(str(number), grave=False)
    assert [message.text for message in log.messages] == [str(number) for number in range(100, 600)]
