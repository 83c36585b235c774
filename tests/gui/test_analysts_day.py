"""An analyst's day: a new workspace, the archive, two surveys dropped on the map, a detection cancelled and done."""

import shutil
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QDialogButtonBox, QLineEdit, QPushButton, QToolButton, QWidget

from gui.windows import LEFT, Driver
from helpers.recorded_messages import RecordedMessages
from helpers.watchdog import Watchdog
from weijian.assets import sample_data
from weijian.qt.dialogs.add_survey_dialog import AddSurveyDialog
from weijian.qt.dialogs.detection_dialog import DetectionDialog
from weijian.qt.dialogs.import_dialog import ImportDialog
from weijian.qt.dialogs.new_workspace_dialog import NewWorkspaceDialog
from weijian.qt.dialogs.recovery_key_dialog import RecoveryKeyDialog
from weijian.qt.jobs import JobState
from weijian.storage.workspace import open_workspace


def drop(target: QWidget, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, plain = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(50, 50), copy, data, LEFT, plain)
    QApplication.sendEvent(target, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(target, QDropEvent(QPointF(50, 50), copy, data, LEFT, plain))


def import_by_clicks(user: Driver, path: Path, watchdog: Watchdog) -> None:
    user.window.commands["import"].trigger()
    dialog = user.dialog(ImportDialog)
    user.qtbot.wait(50)  # opening a dialog is drawing, not waiting
    watchdog.restart()
    drop(dialog, path)
    user.settle()
    skip, following = user.find(QCheckBox, "skip_bad_rows", dialog), user.find(QPushButton, "next", dialog)
    for _ in range(5):
        if skip.isVisible():
            skip.setChecked(True)
        if not following.isVisible() or not following.isEnabled():
            break
        user.click(following)
        user.settle()
    watchdog.pause()
    user.click(user.find(QPushButton, "close", dialog))


def test_from_nothing_to_findings(user: Driver, messages: RecordedMessages, tmp_path: Path) -> None:
    folder = tmp_path / "village"
    user.window.commands["new"].trigger()
    dialog = user.dialog(NewWorkspaceDialog)
    for name, text in (("name", "Village"), ("place", str(folder)), ("longitude", "120.1")):
        field = user.find(QLineEdit, name, dialog)
        field.selectAll()
        user.qtbot.keyClicks(field, text)
    user.settle()
    user.click(dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok))
    user.until(lambda: user.window.workbench is not None)
    recovery = user.dialog(RecoveryKeyDialog)
    user.find(QCheckBox, "written", recovery).setChecked(True)
    user.click(recovery.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Close))
    user.settle()

    watchdog = Watchdog(user.window, tmp_path, sample_data("archive").parent)
    for name in ("archive/户.csv", "archive/宗地.shp", "archive/房屋.shp", "permits/许可.gpkg", "zones/管控区.gpkg"):
        import_by_clicks(user, sample_data(*name.split("/")), watchdog)
    with open_workspace(folder) as workspace, workspace.read() as work:
        assert len(work.households.all()) > 50
        assert len(work.buildings.all()) > 50
        assert work.zones.all() != []
    assert {layer.key for layer in user.bench.layers.stack.layers} >= {"buildings", "parcels", "permits", "zones"}

    files = [Path(shutil.copy(path, tmp_path)) for path in sorted(sample_data("surveys").glob("*.tif"))]
    drop(user.bench.centre.canvas, *files)
    adding = user.dialog(AddSurveyDialog)
    user.settle()
    user.find(QCheckBox, "overviews", adding).setChecked(False)
    user.agree(adding)
    assert len(user.bench.layers.surveys) == 2
    assert user.bench.layers.pair == (1, 2)

    for cancelled in (True, False):
        user.window.commands["detect"].trigger()
        detection = user.dialog(DetectionDialog)
        user.settle()
        watchdog.restart()
        user.qtbot.keyClick(detection, Qt.Key.Key_Return)
        job = user.window.jobs.running[-1]
        if cancelled:
            user.until(lambda job=job: job.progress is not None)
            user.click(user.find(QToolButton, "strip-cancel"))
            user.until(lambda job=job: job.has_ended)
        user.settle()
        watchdog.pause()
        assert job.state is (JobState.CANCELLED if cancelled else JobState.DONE)
        count = len(user.bench.review._model.rows.items)
        assert (count == 0) is cancelled
    assert messages.notices != []
    watchdog.require_answers()
