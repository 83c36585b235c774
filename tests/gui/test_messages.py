from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QMainWindow, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from weijian.domain.errors import FileMissing
from weijian.qt.messages import WindowMessages
from weijian.qt.user_settings import UserSettings


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    shown = QMainWindow()
    qtbot.addWidget(shown)
    shown.show()
    return shown


@pytest.fixture
def spoken(window: QMainWindow, settings: UserSettings) -> WindowMessages:
    return WindowMessages(window, "zh", settings)


def box_of(window: QMainWindow) -> QMessageBox:
    return next(box for box in window.findChildren(QMessageBox) if box.isVisible())


def test_a_problem_is_one_sentence_and_the_window_goes_on(
    qtbot: QtBot, window: QMainWindow, spoken: WindowMessages
) -> None:
    spoken.problem(FileMissing(path="a.tif"))  # does not wait
    box = box_of(window)
    assert "a.tif" in box.text()
    assert box.detailedText() == ""
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert not box.isVisible()


def test_an_error_of_ours_has_details(window: QMainWindow, spoken: WindowMessages) -> None:
    spoken.problem(ZeroDivisionError("oh"))
    box = box_of(window)
    assert "ZeroDivisionError" in box.text()
    assert "oh" in box.detailedText()
    box.close()


def test_file_dialogs_begin_where_they_should(
    spoken: WindowMessages, settings: UserSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = []

    def chosen(*args: object, **_: object) -> tuple[str, str]:
        begun.append(args[2])
        return str(tmp_path / "b" / "x.tif"), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", chosen)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    settings.set_folder_for("exports", tmp_path)
    assert spoken.open_files("", "") == (tmp_path / "b" / "x.tif",)
    spoken.open_files("", "")
    spoken.save_file("", Path("map.pdf"), "")
    assert begun == ["", str(tmp_path / "b"), str(tmp_path / "map.pdf")]


def test_a_question_waits_for_an_answer(qtbot: QtBot, window: QMainWindow, spoken: WindowMessages) -> None:
    def press(words: str) -> None:
        box = box_of(window)
        button = next(b for b in box.findChildren(QPushButton) if b.text() == words)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    QTimer.singleShot(100, lambda: press("Remove"))
    assert spoken.ask("?", yes="Remove")
    QTimer.singleShot(100, lambda: qtbot.keyClick(box_of(window), Qt.Key.Key_Escape))
    assert not spoken.ask("?", yes="Remove")
