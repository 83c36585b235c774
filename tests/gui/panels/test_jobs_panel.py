import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QLabel, QPlainTextEdit, QProgressBar, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from gui.long_jobs import counting, faulty, missing
from helpers.recorded_messages import RecordedMessages
from weijian.qt.jobs import Jobs, JobState
from weijian.qt.panels.job_row import JobRow
from weijian.qt.panels.job_strip import JobStrip
from weijian.qt.panels.jobs_panel import JobsPanel

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def jobs(qtbot: QtBot, messages: RecordedMessages) -> Iterator[Jobs]:
    made = Jobs(messages)
    yield made
    made.close()


@pytest.fixture
def owner() -> QObject:
    return QObject()


@pytest.fixture
def panel(qtbot: QtBot, jobs: Jobs) -> JobsPanel:
    made = JobsPanel(jobs, "zh")
    qtbot.addWidget(made)
    made.resize(700, 200)
    made.show()
    return made


@pytest.fixture
def strip(qtbot: QtBot, jobs: Jobs) -> Iterator[JobStrip]:
    around = QWidget()
    qtbot.addWidget(around)
    made = JobStrip(jobs, around)
    around.show()
    yield made
    around.close()


def part(of: QWidget, kind: type, name: str):
    found = of.findChild(kind, name)
    assert found is not None, name
    return found


def rows(panel: JobsPanel) -> list[JobRow]:
    return sorted(panel.findChildren(JobRow), key=lambda row: row.y())


def test_without_jobs_it_says_what_will_be_there(panel: JobsPanel) -> None:
    assert part(panel, QLabel, "jobs-empty").isVisible()
    assert not part(panel, QPushButton, "jobs-clear").isVisible()


def test_a_running_job_shows_stage_progress_and_time_and_is_cancelled_by_its_button(
    qtbot: QtBot, jobs: Jobs, owner: QObject, panel: JobsPanel, tmp_path: Path
) -> None:
    mark = tmp_path / "mark"
    first = jobs.start(owner, "Detect", partial(counting, 400, 0.02, mark))
    second = jobs.start(owner, "Export", partial(counting, 1))
    qtbot.waitUntil(lambda: first.progress is not None and first.progress.done > 3, timeout=20_000)
    newest, oldest = rows(panel)
    assert (newest.job, oldest.job) == (second, first)
    assert part(newest, QLabel, "job-stage").text() == "Waiting for its turn"
    assert part(oldest, QLabel, "job-stage").text() == "Looking for changes"
    bar = part(oldest, QProgressBar, "job-bar")
    assert bar.maximum() == 400
    assert bar.value() > 3
    assert re.fullmatch(r"this step: .+ left; .+ so far", part(oldest, QLabel, "job-times").text())

    qtbot.mouseClick(part(oldest, QPushButton, "job-cancel"), LEFT)
    qtbot.waitUntil(lambda: first.state is JobState.CANCELLED, timeout=20_000)
    assert mark.read_text(encoding="utf-8") == "put back"
    assert "Cancelled" in part(oldest, QLabel, "job-stage").text()
    assert not bar.isVisible()
    assert not part(oldest, QPushButton, "job-cancel").isVisible()
    qtbot.waitUntil(lambda: second.state is JobState.DONE, timeout=20_000)
    assert part(newest, QLabel, "job-stage").text() == "Done"
    assert part(newest, QLabel, "job-times").text().startswith("took ")

    qtbot.keyClick(part(panel, QPushButton, "jobs-clear"), Qt.Key.Key_Space)
    assert jobs.running == []
    assert part(panel, QLabel, "jobs-empty").isVisible()
    qtbot.waitUntil(lambda: rows(panel) == [])


def test_a_waiting_job_is_cancelled_before_it_begins(
    qtbot: QtBot, jobs: Jobs, owner: QObject, panel: JobsPanel, tmp_path: Path
) -> None:
    mark = tmp_path / "mark"
    first = jobs.start(owner, "Detect", partial(counting, 400, 0.02))
    second = jobs.start(owner, "Export", partial(counting, 1, 0, mark))
    for row in rows(panel):
        part(row, QPushButton, "job-cancel").setFocus()
        qtbot.keyClick(part(row, QPushButton, "job-cancel"), Qt.Key.Key_Space)
    assert {first.state, second.state} == {JobState.CANCELLING}
    qtbot.waitUntil(lambda: not jobs.unfinished, timeout=20_000)
    assert not mark.exists()


@pytest.mark.parametrize(
    ("call", "sentence", "detail"), [(missing, "a.tif", "3"), (faulty, "中断", "ZeroDivisionError: oh")]
)
def test_a_failure_is_a_sentence_with_details_to_copy(
    qtbot: QtBot,
    jobs: Jobs,
    owner: QObject,
    panel: JobsPanel,
    messages: RecordedMessages,
    call: object,
    sentence: str,
    detail: str,
) -> None:
    job = jobs.start(owner, "Import", call)
    qtbot.waitUntil(lambda: job.state is JobState.FAILED, timeout=20_000)
    messages.expect(sentence)
    (row,) = rows(panel)
    assert sentence in part(row, QLabel, "job-stage").text()
    qtbot.mouseClick(part(row, QPushButton, "job-details"), LEFT)
    dialog = panel.findChild(QDialog)
    assert sentence in part(dialog, QLabel, "sentence").text()
    report = part(dialog, QPlainTextEdit, "report").toPlainText()
    assert "Import" in report
    assert detail in report
    qtbot.mouseClick(part(dialog, QPushButton, "copy"), LEFT)
    assert QGuiApplication.clipboard().text() == report
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: panel.findChild(QDialog) is None)


def test_a_panel_made_later_lists_what_runs_already(qtbot: QtBot, jobs: Jobs, owner: QObject) -> None:
    job = jobs.start(owner, "Detect", partial(counting, 1))
    panel = JobsPanel(jobs, "en")
    qtbot.addWidget(panel)
    assert [row.job for row in panel.findChildren(JobRow)] == [job]
    qtbot.waitUntil(lambda: job.has_ended, timeout=20_000)


def test_the_strip_shows_the_job_whose_turn_it_is_and_cancels_it(
    qtbot: QtBot, jobs: Jobs, owner: QObject, strip: JobStrip
) -> None:
    assert not strip.isVisible()
    first = jobs.start(owner, "Detect", partial(counting, 400, 0.02))
    second = jobs.start(owner, "Export & more", partial(counting, 400, 0.02))
    assert strip.isVisible()
    assert part(strip, QToolButton, "strip-title").text() == "Detect (and 1 waiting)"
    qtbot.waitUntil(lambda: first.progress is not None and first.progress.done > 2, timeout=20_000)
    assert "left" in part(strip, QLabel, "strip-left").text()
    qtbot.mouseClick(part(strip, QToolButton, "strip-cancel"), LEFT)
    assert not part(strip, QToolButton, "strip-cancel").isEnabled()
    qtbot.waitUntil(lambda: first.state is JobState.CANCELLED, timeout=20_000)
    assert part(strip, QToolButton, "strip-title").text() == "Export && more"
    qtbot.mouseClick(part(strip, QToolButton, "strip-cancel"), LEFT)
    qtbot.waitUntil(lambda: second.state is JobState.CANCELLED, timeout=20_000)
    assert not strip.isVisible()


def test_a_click_on_the_strip_asks_for_all_jobs(qtbot: QtBot, jobs: Jobs, owner: QObject, strip: JobStrip) -> None:
    job = jobs.start(owner, "Detect", partial(counting, 1))
    for click in (
        lambda: qtbot.mouseClick(strip, LEFT),
        lambda: qtbot.mouseClick(part(strip, QProgressBar, "strip-bar"), LEFT),
        lambda: qtbot.keyClick(part(strip, QToolButton, "strip-title"), Qt.Key.Key_Space),
    ):
        with qtbot.waitSignal(strip.asked, timeout=500):
            click()
    qtbot.waitUntil(lambda: job.has_ended, timeout=20_000)
