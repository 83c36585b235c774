"""What few need of a detection: a placing by hand and a cluster, asked for, recorded and shown with the run."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.flown_village import make_village
from helpers.recorded_messages import RecordedMessages
from unit.services.made import AFTER, BEFORE, EPSG, fly_twice
from weijian.domain.finding import Method
from weijian.imagery.alignment import HandShift
from weijian.qt.desk import Desk
from weijian.qt.dialogs import detection_dialog
from weijian.qt.dialogs.detection_dialog import DetectionDialog
from weijian.qt.jobs import JobState
from weijian.services.alignments import Placement, keep_placement
from weijian.services.detect_runs import DetectionOptions
from weijian.services.detection_choices import earlier_findings
from weijian.services.surveys import add_survey
from weijian.services.workspaces import new_workspace
from weijian.storage.workspace import open_workspace

BELOW = ("by_hand", "east", "north", "turn", "exact", "workers", "scheduler")


@pytest.fixture
def village(tmp_path: Path) -> Path:
    """No demo is needed here."""
    return tmp_path


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[DetectionOptions]:
    """What detections are started with, instead of starting them."""
    asked: list[DetectionOptions] = []
    monkeypatch.setattr(detection_dialog, "start_detection", lambda desk, before, after, options: asked.append(options))
    return asked


@pytest.fixture
def flown(desk: Desk, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Desk:
    return replace(desk, folder=make_village(tmp_path_factory.getbasetemp(), tmp_path / "flown"))


def opened(desk: Desk, settle) -> DetectionDialog:
    dialog = DetectionDialog(desk)
    dialog.open()
    settle()
    return dialog


def seen(dialog: DetectionDialog) -> list[str]:
    return [name for name in BELOW if dialog.findChild(QWidget, name).isVisible()]


def typed(qtbot: QtBot, dialog: DetectionDialog, name: str, text: str) -> None:
    box = dialog.findChild(QDoubleSpinBox, name)
    box.selectAll()
    qtbot.keyClicks(box, text)


def unfold(qtbot: QtBot, dialog: DetectionDialog) -> None:
    qtbot.mouseClick(dialog.findChild(QToolButton, "more"), Qt.MouseButton.LeftButton)


def by_hand(qtbot: QtBot, dialog: DetectionDialog) -> None:
    qtbot.keyClick(dialog.findChild(QCheckBox, "by_hand"), Qt.Key.Key_Space)


def start(qtbot: QtBot, dialog: DetectionDialog) -> None:
    ok = dialog.findChild(QDialogButtonBox, "buttons").button(QDialogButtonBox.StandardButton.Ok)
    assert ok.isEnabled()
    qtbot.mouseClick(ok, Qt.MouseButton.LeftButton)


def test_it_is_folded_away_and_asks_for_nothing(
    qtbot: QtBot, flown: Desk, settle, started: list[DetectionOptions]
) -> None:
    dialog = opened(flown, settle)
    assert seen(dialog) == []
    low = dialog.height()
    unfold(qtbot, dialog)
    assert seen(dialog) == ["by_hand", "workers", "scheduler"]
    assert dialog.height() > low
    start(qtbot, dialog)
    assert (started[0].hand, started[0].scheduler, started[0].workers) == (None, None, None)


def test_a_placing_and_a_cluster_are_asked_for(
    qtbot: QtBot, flown: Desk, settle, started: list[DetectionOptions]
) -> None:
    dialog = opened(flown, settle)
    unfold(qtbot, dialog)
    by_hand(qtbot, dialog)
    assert seen(dialog) == list(BELOW)
    for name, value in (("east", "1.2"), ("north", "-0.5"), ("turn", "0.1")):
        typed(qtbot, dialog, name, value)
    qtbot.keyClicks(dialog.findChild(QLineEdit, "scheduler"), " tcp://10.0.0.7:8786")
    qtbot.keyClick(dialog.findChild(QCheckBox, "exact"), Qt.Key.Key_Space)
    start(qtbot, dialog)
    assert started[0].hand == HandShift(1.2, -0.5, 0.1, exact=True)
    assert started[0].scheduler == "tcp://10.0.0.7:8786"


def test_the_archive_is_moved_and_not_turned(
    qtbot: QtBot, flown: Desk, settle, started: list[DetectionOptions]
) -> None:
    dialog = opened(flown, settle)
    unfold(qtbot, dialog)
    by_hand(qtbot, dialog)
    typed(qtbot, dialog, "turn", "1")
    typed(qtbot, dialog, "east", "2")
    qtbot.keyClick(dialog.findChild(QComboBox, "before"), Qt.Key.Key_End)
    settle()
    by_hand(qtbot, dialog)  # another pair begins without a placing
    typed(qtbot, dialog, "east", "2")
    assert not dialog.findChild(QDoubleSpinBox, "turn").isEnabled()
    assert "archive" in dialog.findChild(QCheckBox, "by_hand").text()
    start(qtbot, dialog)
    assert started[0].hand == HandShift(2.0, 0.0)


def test_the_placing_of_the_last_run_is_told_and_offered(
    qtbot: QtBot, flown: Desk, settle, started: list[DetectionOptions]
) -> None:
    kept = HandShift(-24.6, 0.3)
    with open_workspace(flown.folder) as workspace, workspace.transaction("test", "keep") as work:
        keep_placement(work, 1, 2, Placement(None), kept)
    dialog = opened(flown, settle)
    assert "by_hand" in seen(dialog)
    assert "24.60 m west, 0.30 m north" in dialog.findChild(QLabel, "earlier").text()
    start(qtbot, dialog)
    assert started[0].hand == kept


@pytest.fixture
def two_flights(desk: Desk, tmp_path: Path) -> Desk:
    """A desk on two small flights that a detection can compare."""
    folder = tmp_path / "flights"
    folder.mkdir()
    village = tmp_path / "two"
    new_workspace(village, name="村", crs=EPSG)
    for day, flight in zip((BEFORE, AFTER), fly_twice(folder), strict=True):
        add_survey(village, flown_on=day, ortho=flight.ortho, dsm=flight.dsm, name=str(day))
    return replace(desk, folder=village)


def test_a_run_placed_by_hand_says_so_and_is_kept(
    qtbot: QtBot, two_flights: Desk, settle, messages: RecordedMessages
) -> None:
    dialog = opened(two_flights, settle)
    unfold(qtbot, dialog)
    by_hand(qtbot, dialog)
    typed(qtbot, dialog, "east", "1")
    qtbot.keyClick(dialog.findChild(QCheckBox, "exact"), Qt.Key.Key_Space)
    start(qtbot, dialog)
    job = two_flights.jobs.running[-1]
    assert "placed by hand (1.00 m east" in job.title
    settle(60_000)
    assert job.state is JobState.DONE
    assert "手工" in messages.notices[0]  # the pictures contradict it
    assert earlier_findings(two_flights.folder, 1, 2).hand == HandShift(1.0, 0.0, exact=True)


def test_a_cluster_that_is_not_there_is_told(
    qtbot: QtBot, two_flights: Desk, settle, messages: RecordedMessages
) -> None:
    dialog = opened(two_flights, settle)
    unfold(qtbot, dialog)
    qtbot.keyClicks(dialog.findChild(QLineEdit, "scheduler"), "10.0.0.7")
    start(qtbot, dialog)
    job = two_flights.jobs.running[-1]
    assert job.title.endswith("on the cluster 10.0.0.7")
    settle(60_000)
    assert job.state is JobState.FAILED
    messages.expect("10.0.0.7", "调度器")


def test_one_image_against_the_archive_is_offered_with_what_it_cannot_see(
    qtbot: QtBot, flown: Desk, settle, started: list[DetectionOptions]
) -> None:
    dialog = opened(flown, settle)
    qtbot.keyClick(dialog.findChild(QComboBox, "before"), Qt.Key.Key_End)
    settle()
    after, method = dialog.findChild(QComboBox, "after"), dialog.findChild(QComboBox, "method")
    qtbot.keyClick(after, Qt.Key.Key_Home)  # the red flight has no surface model
    settle()
    note = dialog.findChild(QLabel, "method_note")
    assert "only what was demolished" in note.text()
    qtbot.keyClick(method, Qt.Key.Key_Down)  # heights are not there: the next that is
    assert method.currentData() == Method.SPECTRAL
    qtbot.keyClick(after, Qt.Key.Key_End)
    settle()
    assert "only what was demolished" in note.text()
    start(qtbot, dialog)
    assert started[0].method is Method.SPECTRAL


def test_nothing_is_claimed_of_heights_that_are_not_there(
    qtbot: QtBot, flown: Desk, settle, started: list[DetectionOptions], tmp_path: Path
) -> None:
    new_workspace(tmp_path / "空村", name="空村", crs=EPSG)
    empty = opened(replace(flown, folder=tmp_path / "空村"), settle)
    assert empty.findChild(QLabel, "method_note").text() == ""
    empty.reject()
    dialog = opened(flown, settle)
    qtbot.keyClick(dialog.findChild(QComboBox, "before"), Qt.Key.Key_End)
    settle()
    note = dialog.findChild(QLabel, "method_note").text()
    assert "heights of the archive" in note
    assert "both sides" not in note
    dialog.reject()
