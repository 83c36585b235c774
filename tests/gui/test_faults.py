"""What goes wrong while the window is open: a message, and the window lives."""

import shutil
import time
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QTabBar

from gui.windows import Driver
from helpers.recorded_messages import RecordedMessages
from weijian.assets import sample_data
from weijian.domain.errors import TargetUnwritable
from weijian.domain.finding import ReviewStatus
from weijian.domain.job import Job, Progress
from weijian.qt.jobs import JobState
from weijian.qt.selection import Subject, SubjectKind
from weijian.services import review as review_service
from weijian.services.cases import open_case
from weijian.services.surveys import add_survey


def slow() -> Job[None]:
    for done in range(10_000):
        time.sleep(0.02)
        yield Progress("evidence", done, 10_000)


def test_a_survey_that_goes_away_while_it_is_shown(user: Driver, village: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(sample_data("surveys", "2025-10-28_dom.tif"), tmp_path / "gone.tif"))
    survey = add_survey(village, flown_on=date(2025, 11, 1), ortho=copy).value
    user.open(village)
    key = f"survey/{survey.survey_id}/ortho"
    assert user.bench.layers.stack.get(key).problem is None
    copy.unlink()
    user.bench.centre.canvas.zoom_by(4.0)
    user.settle()
    assert "gone.tif" in (user.bench.layers.stack.get(key).problem or "")
    user.key(Qt.Key.Key_N)  # the window lives
    assert user.bench.review.current is not None


def test_closing_while_a_job_runs_asks_and_loses_nothing(
    user: Driver, village: Path, messages: RecordedMessages
) -> None:
    user.open(village)
    job = user.window.jobs.start(user.window, "慢", slow)
    user.until(lambda: job.progress is not None)
    messages.answers.append(False)
    user.window.close()
    assert user.window.isVisible()
    assert not job.has_ended
    messages.answers.append(True)
    user.window.close()
    assert not user.window.isVisible()
    assert len(messages.questions) == 2
    assert job.state in (JobState.CANCELLING, JobState.CANCELLED)


def test_a_workspace_opened_twice_is_told_and_both_see_what_the_other_does(
    user: Driver, village: Path, messages: RecordedMessages, qtbot, settings
) -> None:
    user.open(village)
    other = Driver(qtbot, settings, messages)
    messages.answers.append(False)
    other.window.open_workspace(village)
    other.settle()
    assert other.window.workbench is None
    messages.answers.append(True)
    other.open(village)
    assert len(messages.questions) == 2
    review = user.bench.review
    number = review.current.finding_no
    user.key(Qt.Key.Key_C)
    other.until(lambda: not other.window.jobs.busy)
    other.bench._watch.look()
    other.settle()
    items = {item.finding.finding_no: item.finding.review for item in other.bench.review._model.rows.items}
    assert items[number] == "confirmed"
    other.close()


def test_what_others_do_is_seen_also_right_after_an_action_of_ones_own(user: Driver, village: Path) -> None:
    user.open(village)
    review = user.bench.review
    user.bench._watch.look()
    user.settle()
    theirs = review._model.rows.items[-1].finding.finding_no
    user.key(Qt.Key.Key_C)
    review_service.review_finding(village, theirs, ReviewStatus.CONFIRMED, None)
    user.bench._watch.look()
    user.settle()
    items = {item.finding.finding_no: item.finding.review for item in review._model.rows.items}
    assert items[theirs] is ReviewStatus.CONFIRMED


def test_a_name_that_is_shown_stays_shown(user: Driver, village: Path) -> None:
    user.open(village)
    user.bench.show_panel("dossier")
    user.bench.desk.selection.ask_for(Subject(SubjectKind.HOUSEHOLD, "3399010010010065"))
    user.settle()
    page = user.bench.dossier.page
    user.click(page.show_name)
    user.settle()
    assert "某" not in page.holder.text()
    user.bench._watch.look()  # its entry in the audit is no change by others
    user.settle()
    assert user.bench.dossier.page is page
    assert "某" not in page.holder.text()


def test_a_full_disk_on_save_is_told(
    user: Driver, village: Path, messages: RecordedMessages, monkeypatch: pytest.MonkeyPatch
) -> None:
    user.open(village)
    number = user.bench.review.current.finding_no

    def full(*_: object, **__: object) -> None:
        raise TargetUnwritable(path=village / "workspace.gpkg", why="磁盘已满")

    monkeypatch.setattr("weijian.storage.workspace.audit.append", full)
    user.key(Qt.Key.Key_C)
    messages.expect("磁盘已满")
    monkeypatch.undo()
    assert user.bench.review.current.finding_no == number
    user.key(Qt.Key.Key_C)
    assert review_service.review_list(village).items != ()


def test_a_workspace_that_is_none_is_refused(user: Driver, messages: RecordedMessages, tmp_path: Path) -> None:
    user.window.open_workspace(tmp_path)
    user.settle()
    messages.expect(str(tmp_path))
    assert user.window.workbench is None


def test_what_the_command_line_does_is_seen(user: Driver, village: Path) -> None:
    user.open(village)
    user.until(lambda: not user.window.jobs.busy)
    finding = next(
        item.finding
        for item in user.bench.review._model.rows.items
        if item.case_no is None and item.finding.household_no is not None
    )
    user.bench._watch.look()
    user.settle()
    open_case(village, finding.finding_no, ("甲", "乙"), user.bench.desk.program.today)
    user.bench._watch.look()
    user.settle()
    cases = {item.finding.finding_no: item.case_no for item in user.bench.review._model.rows.items}
    assert cases[finding.finding_no] is not None
    assert [d for d in user.window.findChildren(QDialog) if d.isVisible()] == []


def test_a_workspace_opened_in_place_of_another_has_its_docks_where_they_were(user: Driver, village: Path) -> None:
    def tabs() -> list[str]:
        bars = [[bar.tabText(at) for at in range(bar.count())] for bar in user.window.findChildren(QTabBar)]
        return next(titles for titles in bars if "Messages" in titles)

    user.open(village)
    before = tabs()
    bench = user.bench
    user.window.open_workspace(village)
    user.until(lambda: user.window.workbench not in (None, bench))
    user.settle()
    assert tabs() == before == ["Tables", "Jobs", "Messages"]
    assert not user.bench.docks["tables"].visibleRegion().isEmpty()
