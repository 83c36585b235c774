import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

import pytest
from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QTableWidget, QTextBrowser, QWidget
from pytestqt.qtbot import QtBot

from weijian import __version__
from weijian.qt import libraries as libraries_module
from weijian.qt.commands import make_commands
from weijian.qt.dialogs.about_dialog import AboutDialog
from weijian.qt.dialogs.shortcuts_dialog import ShortcutsDialog
from weijian.qt.libraries import Library, libraries


@pytest.fixture
def around(qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    qtbot.addWidget(made)
    yield made
    made.close()


def close_by_button(qtbot: QtBot, dialog: QDialog, around: QWidget) -> None:
    close = dialog.findChild(QDialogButtonBox, "buttons").button(QDialogButtonBox.StandardButton.Close)
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: around.findChild(QDialog) is None)


def texts(dialog: QDialog) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel)]


def test_every_key_of_the_window_is_on_the_sheet(qtbot: QtBot, around: QWidget) -> None:
    commands = make_commands(around)
    dialog = ShortcutsDialog([("&File", list(commands.values())), ("Empty", [QAction("none", around)])], around)
    dialog.open()
    said = texts(dialog)
    for command in commands.values():
        for key in command.shortcuts():
            shown = key.toString(QKeySequence.SequenceFormat.NativeText)
            assert any(shown in re.split(r"  /  ", text) for text in said), shown
    assert "File" in said
    assert "New workspace" in said
    assert "Empty" not in said
    close_by_button(qtbot, dialog, around)


def test_the_mouse_is_on_the_sheet_and_escape_leaves_it(qtbot: QtBot, around: QWidget) -> None:
    dialog = ShortcutsDialog([], around)
    dialog.open()
    assert {"Wheel", "Space", "Double-click", "Drag with the middle button"} <= set(texts(dialog))
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: around.findChild(QDialog) is None)


@pytest.mark.parametrize(
    ("text", "shown"), [("打开(&O)…", "打开"), ("地图(M)", "地图"), ("Save && &quit", "Save & quit")]
)
def test_names_stand_without_their_mnemonics(qtbot: QtBot, around: QWidget, text: str, shown: str) -> None:
    action = QAction(text, around)
    action.setShortcut("Ctrl+P")
    dialog = ShortcutsDialog([("文件(&F)", [action])], around)
    qtbot.addWidget(dialog)
    assert {"文件", shown, "Ctrl+P"} <= set(texts(dialog))


def test_columns_are_about_even(qtbot: QtBot, around: QWidget) -> None:
    def group(name: str, count: int) -> tuple[str, list[QAction]]:
        actions = [QAction(f"{name} {number}", around) for number in range(count)]
        for number, action in enumerate(actions):
            action.setShortcut(f"Ctrl+{number}")
        return name, actions

    dialog = ShortcutsDialog([group("a", 9), group("b", 9), group("c", 3)], around)
    dialog.open()
    middle = dialog.width() / 2
    caps = [cap.mapTo(dialog, cap.rect().center()).x() for cap in dialog.findChildren(QLabel, "key-cap")]
    left = sum(x < middle for x in caps)
    assert 9 <= left <= len(caps) - 9
    close_by_button(qtbot, dialog, around)


def test_about_tells_versions_licences_and_notices(qtbot: QtBot, around: QWidget) -> None:
    dialog = AboutDialog(around)
    dialog.open()
    table = dialog.findChild(QTableWidget, "libraries")
    qtbot.waitUntil(lambda: table.rowCount() > 10)
    shown = {table.item(row, 0).text().lower(): row for row in range(table.rowCount())}
    row = shown["sqlalchemy"]
    assert table.item(row, 1).text() == version("sqlalchemy")
    assert table.item(row, 2).text() == "MIT"
    assert any(__version__ in text for text in texts(dialog))
    assert any(qVersion() in text for text in texts(dialog))
    assert any("Apache License 2.0" in text for text in texts(dialog))
    assert "Lucide" in dialog.findChild(QTextBrowser, "notice").toPlainText()
    close_by_button(qtbot, dialog, around)


def test_about_closed_at_once_leaves_no_reader_behind(qtbot: QtBot, around: QWidget) -> None:
    dialog = AboutDialog(around)
    dialog.open()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: around.findChild(QDialog) is None)


def test_libraries_have_short_licences() -> None:
    known = {library.name.lower(): library for library in libraries()}
    assert known["pyogrio"].licence == "MIT License", "from its classifier: the field holds the whole text"
    assert all(library.version and library.licence and "\n" not in library.licence for library in known.values())


def test_an_installation_that_does_not_know_its_libraries_is_no_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(_: str) -> None:
        raise PackageNotFoundError

    monkeypatch.setattr(libraries_module, "metadata", unknown)
    assert Library("numpy") in libraries()
    monkeypatch.setattr(libraries_module, "requires", unknown)
    assert libraries() == ()


def test_a_dialog_is_no_larger_than_its_screen(qtbot: QtBot, around: QWidget) -> None:
    actions = [QAction(f"{number}", around) for number in range(200)]
    for action in actions:
        action.setShortcut("Ctrl+P")
    dialog = ShortcutsDialog([("many", actions)], around)
    dialog.open()
    room = dialog.screen().availableSize()
    assert dialog.width() <= room.width()
    assert dialog.height() <= room.height()
    close_by_button(qtbot, dialog, around)
