"""The analyst's day through the dialogs: a new workspace, the archive, two surveys by drop, a detection."""

import shutil
from pathlib import Path

import geopandas as gpd
import pytest
from PySide6.QtCore import QDate, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QTableWidget,
)
from pytestqt.qtbot import QtBot

from helpers.recorded_messages import RecordedMessages
from weijian.assets import sample_data
from weijian.domain.change_set import Part
from weijian.qt.desk import Desk
from weijian.qt.dialogs.add_survey_dialog import AddSurveyDialog
from weijian.qt.dialogs.crs_chooser import longitude_of
from weijian.qt.dialogs.detection_dialog import DetectionDialog
from weijian.qt.dialogs.import_dialog import ImportDialog
from weijian.qt.dialogs.new_workspace_dialog import NewWorkspaceDialog
from weijian.qt.jobs import JobState
from weijian.services.detection_choices import detection_choices
from weijian.services.workspaces import describe_workspace, new_workspace


@pytest.fixture
def village(tmp_path: Path) -> Path:
    """An empty workspace."""
    folder = tmp_path / "empty"  # Qt types no Chinese in tests
    new_workspace(folder, name="空村", crs="EPSG:4549")
    return folder


def drop(dialog: QDialog, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    none = Qt.MouseButton.NoButton
    dialog.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, none, Qt.KeyboardModifier.NoModifier))


def child(dialog: QDialog, kind, name: str):
    return dialog.findChild(kind, name)


def ok(dialog: QDialog) -> QPushButton:
    return child(dialog, QDialogButtonBox, "buttons").button(QDialogButtonBox.StandardButton.Ok)


def test_longitudes_as_people_write_them() -> None:
    assert [longitude_of(text) for text in ("117.3", "117°18′", "200", "x")] == [117.3, 117.3, None, None]


def test_a_new_workspace(qtbot: QtBot, desk: Desk, settle, tmp_path: Path) -> None:
    dialog = NewWorkspaceDialog(desk.jobs, desk.messages, desk.settings, "zh")
    made = []
    dialog.created.connect(made.append)
    dialog.open()
    assert not ok(dialog).isEnabled()
    qtbot.keyClicks(child(dialog, QLineEdit, "name"), "Village")
    place = child(dialog, QLineEdit, "place")
    place.selectAll()
    qtbot.keyClicks(place, str(desk.folder))
    qtbot.keyClicks(child(dialog, QLineEdit, "longitude"), "120.1")
    qtbot.waitUntil(lambda: "已经存在" in child(dialog, QLabel, "hint").text())
    assert child(dialog, QLineEdit, "code").text() == "EPSG:4549"
    place.selectAll()
    qtbot.keyClicks(place, str(tmp_path / "new"))
    settle()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    settle()
    assert made == [tmp_path / "new"]
    assert describe_workspace(made[0]).crs.to_epsg() == 4549


@pytest.mark.parametrize("name", ["archive/户.csv", "archive/房屋.shp", "permits/许可.gpkg"])
def test_an_import_by_return_key(qtbot: QtBot, desk: Desk, settle, messages: RecordedMessages, name: str) -> None:
    changes = []
    desk.jobs.changed.connect(changes.append)
    dialog = ImportDialog(desk)
    dialog.open()
    drop(dialog, sample_data(*name.split("/")))
    settle()
    skip = dialog.findChild(object, "skip_bad_rows")
    for _ in range(5):
        if skip.isVisible():
            skip.setChecked(True)
        if changes:
            break
        qtbot.mouseClick(child(dialog, QPushButton, "next"), Qt.MouseButton.LeftButton)
        settle()
    assert len(changes) == 1
    assert len(messages.notices) == 1
    qtbot.mouseClick(child(dialog, QPushButton, "close"), Qt.MouseButton.LeftButton)


def test_a_wrong_encoding_a_cut_file_and_a_lost_crs_are_said(qtbot: QtBot, desk: Desk, settle, tmp_path: Path) -> None:
    for part in (".shp", ".shx", ".dbf"):
        shutil.copy(sample_data("archive", f"房屋{part}"), tmp_path / f"a{part}")
    dialog = ImportDialog(desk, [tmp_path / "a.shp"])
    dialog.open()
    settle()
    encoding = child(dialog, QComboBox, "encoding")
    encoding.setFocus()
    qtbot.keyClick(encoding, Qt.Key.Key_Down)
    settle()
    assert "UTF-8" in child(dialog, QLabel, "encoding_note").text()
    assert child(dialog, QTableWidget, "preview").item(0, 3).text() == ""
    next_ = child(dialog, QPushButton, "next")
    qtbot.mouseClick(next_, Qt.MouseButton.LeftButton)
    assert not next_.isEnabled()
    qtbot.keyClicks(child(dialog, QLineEdit, "code"), "EPSG:4549")
    settle()
    assert next_.isEnabled()
    whole = (tmp_path / "a.shp").read_bytes()
    (tmp_path / "a.shp").write_bytes(whole[: len(whole) // 2])
    drop(dialog, tmp_path / "a.shp")
    settle()
    assert "不完整" in child(dialog, QLabel, "hint").text()
    dialog.reject()


def test_a_geodatabase_is_chosen_as_a_folder_by_a_file_in_it_or_dropped(
    qtbot: QtBot, desk: Desk, settle, messages: RecordedMessages, tmp_path: Path
) -> None:
    folder = tmp_path / "房屋.gdb"
    buildings = gpd.read_file(sample_data("archive", "房屋.shp"), encoding="GBK")
    buildings[["FWBH", "geometry"]].to_file(folder, driver="OpenFileGDB", layer="房屋")
    dialog = ImportDialog(desk)
    dialog.open()
    line = child(dialog, QLineEdit, "file")
    for button, chosen in (("browse_folder", folder), ("browse", folder / "a00000001.gdbtable")):
        dialog._draft.start_anew()
        messages.files.append((chosen,))
        qtbot.mouseClick(child(dialog, QPushButton, button), Qt.MouseButton.LeftButton)
        settle()
        assert line.text() == str(folder)
        assert child(dialog, QPushButton, "next").isEnabled()
    dialog._draft.start_anew()
    drop(dialog, folder)
    settle()
    assert line.text() == str(folder)
    messages.files.append((tmp_path,))
    qtbot.mouseClick(child(dialog, QPushButton, "browse_folder"), Qt.MouseButton.LeftButton)
    settle()
    assert ".gdb" in child(dialog, QLabel, "hint").text()
    dialog.reject()


def test_columns_set_by_hand_are_not_lost_unasked(qtbot: QtBot, desk: Desk, settle, messages: RecordedMessages) -> None:
    dialog = ImportDialog(desk, [sample_data("archive", "户.csv")])
    dialog.open()
    settle()
    qtbot.mouseClick(child(dialog, QPushButton, "next"), Qt.MouseButton.LeftButton)
    box = child(dialog, QComboBox, "column-0")
    qtbot.keyClick(box, Qt.Key.Key_Home)
    assert not child(dialog, QPushButton, "next").isEnabled()
    messages.answers += [False, True]
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert len(messages.questions) == 2


def test_two_surveys_by_drop_and_a_detection(
    qtbot: QtBot, desk: Desk, settle, messages: RecordedMessages, tmp_path: Path
) -> None:
    changes = []
    desk.jobs.changed.connect(changes.append)
    files = [Path(shutil.copy(path, tmp_path)) for path in sorted(sample_data("surveys").glob("*.tif"))]
    dialog = AddSurveyDialog(desk)
    dialog.open()
    drop(dialog, *files)
    settle()
    assert child(dialog, QListWidget, "entries").count() == 2
    day = child(dialog, QDateEdit, "day")
    day.setDate(QDate(2999, 1, 1))
    assert not ok(dialog).isEnabled()
    assert "2999-01-01" in child(dialog, QLabel, "hint").text()
    day.setDate(QDate(2024, 4, 16))
    dialog.findChild(object, "overviews").setChecked(False)
    qtbot.mouseClick(ok(dialog), Qt.MouseButton.LeftButton)
    settle()
    assert [str(survey.flown_on) for survey in detection_choices(desk.folder).surveys] == ["2024-04-16", "2025-10-28"]
    for cancelled in (True, False):
        detection = DetectionDialog(desk)
        detection.open()
        settle()
        qtbot.keyClick(detection, Qt.Key.Key_Return)
        job = desk.jobs.running[-1]
        if cancelled:
            qtbot.waitUntil(lambda job=job: job.progress is not None, timeout=20_000)
            job.cancel()
        settle(60_000)
        assert job.state is (JobState.CANCELLED if cancelled else JobState.DONE)
    assert changes[-1].touches(Part.FINDINGS)
    assert len(messages.notices) == 2
