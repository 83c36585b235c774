"""The whole window in a test: opening it, waiting for it, and finding things in it."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from helpers.recorded_messages import RecordedMessages
from weijian.bootstrap import start
from weijian.qt.main_window import MainWindow
from weijian.qt.user_settings import UserSettings
from weijian.qt.workbench import Workbench

W = TypeVar("W", bound=QWidget)
LEFT = Qt.MouseButton.LeftButton
OK = QDialogButtonBox.StandardButton.Ok


def settled(is_calm: Callable[[], bool]) -> Callable[[], bool]:
    """Whether nothing is under way, after the answers have been shown.

    What a slot adds to a layout is made visible by an event of its own, which comes after the slot.
    """

    def check() -> bool:
        if not is_calm():
            return False
        QApplication.processEvents()
        return is_calm()

    return check


class Flashes(QObject):
    """Notes widgets that come up as windows of their own and are neither dialogs nor menus: a parent was forgotten."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            popup = watched.windowType() in (Qt.WindowType.Popup, Qt.WindowType.ToolTip)
            if not popup and not isinstance(watched, QMainWindow | QDialog):
                self.seen.append(f"{watched!r}")
        return False


class Driver:
    """A user at the window: real clicks and keys."""

    def __init__(self, qtbot: QtBot, settings: UserSettings, messages: RecordedMessages) -> None:
        self.qtbot = qtbot
        self.messages = messages
        self.settings = settings
        self._flashes = Flashes()
        QApplication.instance().installEventFilter(self._flashes)
        self.window = MainWindow(start(), settings, "zh", messages)
        self.window.resize(1366, 768)
        self.window.show()
        qtbot.waitExposed(self.window)

    @property
    def bench(self) -> Workbench:
        bench = self.window.workbench
        assert bench is not None
        return bench

    def open(self, folder: Path) -> None:
        self.window.open_workspace(folder)
        self.qtbot.waitUntil(lambda: self.window.workbench is not None, timeout=60_000)
        self.settle()

    def settle(self, timeout: int = 300_000) -> None:
        """Wait until every worker has answered and the map is drawn."""

        def calm() -> bool:
            bench = self.window.workbench
            return not self.window.jobs.busy and (bench is None or not bench.centre.is_loading)

        self.qtbot.waitUntil(settled(calm), timeout=timeout)
        self.window.repaint()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key on the map."""
        self.bench.centre.canvas.setFocus()
        self.qtbot.keyClick(self.bench.centre.canvas, key, modifier)
        self.settle()

    def click(self, widget: QWidget) -> None:
        self.qtbot.mouseClick(widget, LEFT)

    def find(self, kind: type[W], name: str, where: QWidget | None = None) -> W:
        found = (where or self.window).findChild(kind, name)
        assert found is not None, name
        return found

    def dialog(self, kind: type[W]) -> W:
        """The dialog of a kind that is open."""

        def shown() -> list[W]:
            return [each for each in self.window.findChildren(kind) if each.isVisible()]

        self.qtbot.waitUntil(lambda: bool(shown()), timeout=60_000)
        return shown()[0]

    def agree(self, dialog: QDialog, button: QDialogButtonBox.StandardButton = OK) -> None:
        self.click(dialog.findChild(QDialogButtonBox).button(button))
        self.settle()

    def drag(self, widget: QWidget, start: QPoint, end: QPoint) -> None:
        self.qtbot.mouseMove(widget, start)
        self.qtbot.mousePress(widget, LEFT, pos=start)
        for share in (0.3, 0.6, 1.0):
            self.qtbot.mouseMove(widget, start + (end - start) * share)
        self.qtbot.mouseRelease(widget, LEFT, pos=end)
        self.settle()

    def until(self, condition: Callable[[], object], timeout: int = 300_000) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=timeout)

    def close(self) -> None:
        for job in self.window.jobs.unfinished:  # of a test that failed: nobody is there to answer the question
            job.cancel()
        self.window.close()
        self.window.deleteLater()
        QApplication.instance().removeEventFilter(self._flashes)
        assert self._flashes.seen == []
