from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QTabWidget,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from helpers.recorded_messages import RecordedMessages
from weijian.domain.change_set import ChangeSet, Part
from weijian.domain.errors import FileMissing
from weijian.domain.gates import ReminderOrder, WorkflowSettings
from weijian.qt import look
from weijian.qt.desk import Desk
from weijian.qt.dialogs.settings_dialog import SettingsDialog
from weijian.qt.operations import settings as operations
from weijian.qt.user_settings import UserSettings
from weijian.services.settings import change_settings
from weijian.storage.workspace import open_workspace

LEFT = Qt.MouseButton.LeftButton
Settle = Callable[[], None]


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    palette, font, style = qapp.palette(), qapp.font(), qapp.style().objectName()
    look.dress(qapp, "light", "zh")
    yield qapp
    for child in qapp.findChildren(QObject):
        if isinstance(child, look.Follower):
            child.setParent(None)
            child.deleteLater()
    qapp.setStyleSheet("")
    qapp.setStyle(style)
    qapp.setPalette(palette)
    qapp.setFont(font)


@pytest.fixture
def opened(qtbot: QtBot, messages: RecordedMessages) -> Iterator[Callable[[UserSettings, Desk | None], SettingsDialog]]:
    around = QWidget()
    qtbot.addWidget(around)

    def show(settings: UserSettings, desk: Desk | None) -> SettingsDialog:
        dialog = SettingsDialog(settings, desk, messages, around)
        dialog.open()
        return dialog

    yield show
    around.close()


def button(dialog: SettingsDialog, which: QDialogButtonBox.StandardButton) -> QWidget:
    return dialog.findChild(QDialogButtonBox, "buttons").button(which)


def keep(qtbot: QtBot, dialog: SettingsDialog) -> None:
    qtbot.mouseClick(button(dialog, QDialogButtonBox.StandardButton.Ok), LEFT)


def write(qtbot: QtBot, dialog: SettingsDialog, name: str, text: str) -> None:
    line = dialog.findChild(QLineEdit, name)
    line.setFocus()
    line.selectAll()
    qtbot.keyClick(line, Qt.Key.Key_Delete)
    qtbot.keyClicks(line, text)


def choose(qtbot: QtBot, dialog: SettingsDialog, name: str, value: str) -> None:
    """Go to an entry of a box by keys."""
    box = dialog.findChild(QComboBox, name)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Home)
    while box.currentData() != value:
        before = box.currentIndex()
        qtbot.keyClick(box, Qt.Key.Key_Down)
        assert box.currentIndex() != before, f"no {value}"


def test_preferences_are_kept(qtbot: QtBot, dressed: QApplication, settings: UserSettings, opened: Callable) -> None:
    dialog = opened(settings, None)
    assert dialog.findChild(QTabWidget, "tabs").count() == 1
    choose(qtbot, dialog, "language", "en")
    choose(qtbot, dialog, "theme", "dark")
    write(qtbot, dialog, "lead_officer", " Li ")
    write(qtbot, dialog, "second_officer", "Wang")
    assert dressed.palette().color(QPalette.ColorRole.Window).name() == look.DARK[QPalette.ColorRole.Window]
    assert settings.theme == "system"
    keep(qtbot, dialog)
    kept = UserSettings(settings.folder / "weijian.ini")
    assert (kept.language, kept.theme, kept.officers) == ("en", "dark", ("Li", "Wang"))
    dialog = opened(settings, None)
    assert dialog.findChild(QComboBox, "language").currentText() == "English"
    choose(qtbot, dialog, "language", "")
    keep(qtbot, dialog)
    assert settings.language is None


def test_folders_are_chosen_and_kept(
    qtbot: QtBot, settings: UserSettings, opened: Callable, messages: RecordedMessages, tmp_path: Path
) -> None:
    dialog = opened(settings, None)
    messages.files.append((tmp_path / "工作区",))
    qtbot.mouseClick(dialog.findChild(QToolButton, "browse_workspaces"), LEFT)
    write(qtbot, dialog, "exports_folder", str(tmp_path))
    keep(qtbot, dialog)
    assert settings.folder_for("workspaces") == tmp_path / "工作区"
    assert settings.folder_for("exports") == tmp_path
    dialog = opened(settings, None)
    write(qtbot, dialog, "exports_folder", "")
    keep(qtbot, dialog)
    assert settings.folder_for("exports") is None


def test_cancel_brings_the_former_colours_back_and_keeps_nothing(
    qtbot: QtBot, dressed: QApplication, settings: UserSettings, opened: Callable
) -> None:
    settings.theme = "light"
    dialog = opened(settings, None)
    choose(qtbot, dialog, "theme", "dark")
    write(qtbot, dialog, "lead_officer", "Li")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dressed.palette().color(QPalette.ColorRole.Window).name() == look.LIGHT[QPalette.ColorRole.Window]
    assert (settings.theme, settings.officers) == ("light", ("", ""))


def test_the_workspaces_settings_are_kept_in_one_action_and_read_by_the_service(
    qtbot: QtBot, dressed: QApplication, desk: Desk, settle: Settle, opened: Callable
) -> None:
    changes: list[ChangeSet] = []
    desk.jobs.changed.connect(changes.append)
    before = change_settings(desk.folder, []).value
    dialog = opened(desk.settings, desk)
    assert not dialog.findChild(QWidget, "workspace").isEnabled()
    settle()
    dialog.findChild(QTabWidget, "tabs").setCurrentIndex(1)
    assert dialog.findChild(QLineEdit, "court").text() == before["court"]
    write(qtbot, dialog, "bureau", "A=B bureau")
    write(qtbot, dialog, "name", "Other")
    choose(qtbot, dialog, "planning_area", "town")
    choose(qtbot, dialog, "demolition_order_is_penalty", "no")
    choose(qtbot, dialog, "order_of_reminder", "announcement_first")
    keep(qtbot, dialog)
    settle()
    after = change_settings(desk.folder, []).value
    assert after == before | {
        "bureau": "A=B bureau",
        "name": "Other",
        "planning_area": "town",
        "demolition_order_is_penalty": "no",
        "order_of_reminder": "announcement_first",
    }
    with open_workspace(desk.folder) as workspace, workspace.read() as work:
        assert work.settings.workflow() == WorkflowSettings(False, ReminderOrder.ANNOUNCEMENT_FIRST)
    assert [change.parts for change in changes] == [{Part.SETTINGS}]


def test_nothing_changed_is_no_action(
    qtbot: QtBot, dressed: QApplication, desk: Desk, settle: Settle, opened: Callable
) -> None:
    changes: list[ChangeSet] = []
    desk.jobs.changed.connect(changes.append)
    dialog = opened(desk.settings, desk)
    settle()
    keep(qtbot, dialog)
    settle()
    assert changes == []


def test_a_workspace_needs_a_name(
    qtbot: QtBot, dressed: QApplication, desk: Desk, settle: Settle, opened: Callable
) -> None:
    dialog = opened(desk.settings, desk)
    settle()
    dialog.findChild(QTabWidget, "tabs").setCurrentIndex(1)
    write(qtbot, dialog, "name", " ")
    assert not button(dialog, QDialogButtonBox.StandardButton.Ok).isEnabled()
    assert dialog.findChild(QLabel, "hint").text()
    write(qtbot, dialog, "name", "A")
    assert button(dialog, QDialogButtonBox.StandardButton.Ok).isEnabled()
    assert not dialog.findChild(QLabel, "hint").text()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_what_cannot_be_kept_is_said_and_stays_before_the_user(
    qtbot: QtBot,
    dressed: QApplication,
    desk: Desk,
    settle: Settle,
    opened: Callable,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object) -> None:
        raise FileMissing(path="workspace.gpkg")

    monkeypatch.setattr(operations, "change_settings", refuse)
    dialog = opened(desk.settings, desk)
    settle()
    write(qtbot, dialog, "court", "Elsewhere")
    write(qtbot, dialog, "lead_officer", "Li")
    keep(qtbot, dialog)
    assert not button(dialog, QDialogButtonBox.StandardButton.Ok).isEnabled()
    settle()
    assert "workspace.gpkg" in dialog.findChild(QLabel, "hint").text()
    assert dialog.isVisible()
    assert button(dialog, QDialogButtonBox.StandardButton.Ok).isEnabled()
    assert desk.settings.officers == ("", "")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
