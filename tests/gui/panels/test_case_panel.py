from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QObject, QPointF, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QDropEvent, QImage
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QTreeWidget,
)
from shapely import box

from weijian import assets
from weijian.domain.finding import ChangeType
from weijian.domain.progress import ObservationSource
from weijian.domain.stage import Stage
from weijian.qt.panels.case_panel import CasePanel
from weijian.qt.panels.demolition_bar import DemolitionBar
from weijian.qt.selection import Subject, SubjectKind
from weijian.services.alignments import Placement, keep_placement
from weijian.services.cases import open_case
from weijian.storage.workspace import open_workspace

FIRST = "2025案0001"


@pytest.fixture
def panel(qtbot, desk, settle):
    shown = CasePanel(desk)
    qtbot.addWidget(shown)
    shown.resize(340, 700)
    shown.show()
    settle()
    return shown


@pytest.fixture
def first(panel, settle):
    panel.show_case(FIRST)
    settle()
    return panel


def button(parent, name):
    return parent.findChild(QPushButton, name)


def agree(qtbot, dialog, settle, kind=QDialogButtonBox.StandardButton.Ok):
    box = dialog.findChild(QDialogButtonBox)
    qtbot.mouseClick(box.button(kind), Qt.MouseButton.LeftButton)
    settle()


def move(qtbot, panel, settle, stage, reason="lawful", number="样〔2025〕9号"):
    qtbot.mouseClick(button(panel, f"move-{stage}"), Qt.MouseButton.LeftButton)
    dialog = panel.findChild(QDialog)
    dialog._form.document_edit.setText(number)
    qtbot.keyClicks(dialog.findChild(QPlainTextEdit, "reason_edit"), reason)
    agree(qtbot, dialog, settle)
    return dialog


def test_nothing_is_shown_before_a_case_is_chosen(panel):
    assert panel.view is None
    assert panel.findChild(QLabel, "empty_label").isVisible()
    assert not any(action.isEnabled() for action in panel.verbs.values())


def test_it_follows_a_finding_that_has_a_case(panel, desk, settle, first):
    number = first.view.findings[0].finding_no
    panel.show_case("2025案0002")
    settle()
    desk.selection.take_up(Subject(SubjectKind.FINDING, number))
    settle()
    assert panel.view.case.case_no == FIRST
    assert panel.view.case.party not in panel.findChild(QLabel, "people_label").text()


def test_a_case_opened_on_the_finding_at_hand_is_shown(panel, desk, settle, first):
    with open_workspace(desk.folder) as workspace, workspace.read() as work:
        taken = {number for case in work.cases.all() for number in case.finding_nos}
        number = next(f.finding_no for f in work.findings.all() if f.finding_no not in taken)
    desk.selection.ask_for(Subject(SubjectKind.FINDING, number))
    settle()
    assert panel.view.case.case_no == FIRST
    desk.jobs.keep(desk.jobs, partial(open_case, desk.folder, number, ("甲", "乙"), desk.program.today))
    settle()
    assert panel.view.case.finding_nos == (number,)


def test_clicks_move_a_case_a_stage(qtbot, first, settle, messages):
    move(qtbot, first, settle, Stage.DECISION)
    assert first.view.case.stage is Stage.DECISION
    assert first.view.events[-1].document_no == "样〔2025〕9号"
    assert button(first, f"move-{Stage.SERVED}").isVisible()
    assert first.verbs["observe"].isEnabled()
    assert len(messages.notices) == 1


def test_a_forbidden_move_is_told_where_it_was_entered(qtbot, first, settle):
    dialog = move(qtbot, first, settle, Stage.DECISION, number="")
    assert dialog.isVisible()
    assert "五十九" in dialog._form.problem_label.text()
    assert dialog._form.reason_edit.toPlainText() == "lawful"
    assert first.view.case.stage is Stage.LEGAL_REVIEW
    dialog.reject()


def test_an_observation_moves_the_bar(qtbot, first, settle, messages):
    move(qtbot, first, settle, Stage.DECISION)
    (bar,) = first.findChildren(DemolitionBar)
    assert bar.share == 0
    first.verbs["observe"].trigger()
    dialog = next(each for each in first.findChildren(QDialog) if each.isVisible())
    spin = dialog.findChild(QDoubleSpinBox)
    spin.setValue(1000.0)
    agree(qtbot, dialog, settle, QDialogButtonBox.StandardButton.Save)
    assert "1000.0" in dialog._form.problem_label.text()
    spin.setValue(first.view.progress.ordered_m2 / 4)
    agree(qtbot, dialog, settle, QDialogButtonBox.StandardButton.Save)
    shown = [each for each in first.findChildren(DemolitionBar) if each.isVisibleTo(first._demolition)]
    assert [round(each.share, 2) for each in shown] == [0.75]


def test_a_step_that_is_not_open_says_why_and_by_which_article(qtbot, first, settle, messages):
    for stage in (Stage.DECISION, Stage.SERVED, Stage.REMINDER):
        move(qtbot, first, settle, stage, number=f"样〔2025〕{stage}号")
    waiting = button(first, f"move-{Stage.ENFORCEMENT_DECISION}")
    assert not waiting.isEnabled()
    assert "第四十四条" in waiting.toolTip()
    told = [label.text() for label in first._moves.findChildren(QLabel)]
    assert any("第四十四条" in text for text in told)


def observe(first, photo, messages):
    """Enter that nothing is left, with a photograph."""
    first.verbs["observe"].trigger()
    dialog = next(each for each in first.findChildren(QDialog) if each.isVisible())
    messages.files.append((photo,))
    dialog._form.photo_button.click()
    assert dialog._form.photo_name.text() == photo.name
    dialog._form.all_gone_button.click()
    return dialog


def test_an_observation_with_a_photograph(qtbot, first, settle, messages, tmp_path):
    move(qtbot, first, settle, Stage.DECISION)
    photo = tmp_path / "现场.png"
    painted = QImage(64, 48, QImage.Format.Format_RGB32)
    painted.fill(Qt.GlobalColor.darkGreen)
    painted.save(str(photo))
    before = len(first.view.evidence)
    dialog = observe(first, photo, messages)
    agree(qtbot, dialog, settle, QDialogButtonBox.StandardButton.Save)
    (seen,) = first.view.observations
    assert (seen.area_left_m2, seen.sha256) == (0.0, first.view.evidence[-1].evidence.sha256)
    assert len(first.view.evidence) == before + 1
    tree = first.findChild(QTreeWidget, "observations")
    assert tree.topLevelItemCount() == 1
    assert not tree.topLevelItem(0).icon(3).isNull()


def test_a_photograph_that_is_none_is_told_in_the_dialog(qtbot, first, settle, messages, tmp_path):
    move(qtbot, first, settle, Stage.DECISION)
    scan = tmp_path / "笔录.pdf"
    scan.write_bytes(b"%PDF-1.4 test")
    dialog = observe(first, scan, messages)
    agree(qtbot, dialog, settle, QDialogButtonBox.StandardButton.Save)
    assert scan.name in dialog._form.problem_label.text()
    assert dialog._form.left_spin.value() == 0.0
    dialog.reject()
    assert first.view.observations == ()


@pytest.fixture
def reflown(qtbot, first, settle, desk):
    """A case with its decision, a survey a year later, and the dialog set to that."""
    move(qtbot, first, settle, Stage.DECISION)
    with open_workspace(desk.folder) as workspace, workspace.transaction("test", "fly") as work:
        former = max(work.surveys.all(), key=lambda survey: survey.flown_on)
        added = work.surveys.add(replace(former, survey_id=0, name="复飞", flown_on=desk.program.today))
    first.show_case(FIRST)
    settle()
    first.verbs["observe"].trigger()
    dialog = next(each for each in first.findChildren(QDialog) if each.isVisible())
    dialog._form.reflight_radio.click()
    assert dialog._form.date_edit.date().toPython() == desk.program.today
    return dialog, former.survey_id, added.survey_id


def test_a_reflight_that_was_not_compared_is_told_in_the_dialog(reflown, settle):
    dialog, _, _ = reflown
    dialog._form.measure_button.click()
    settle()
    assert "尚未" in dialog._form.problem_label.text()
    assert dialog._form.measure_button.isEnabled()
    dialog.reject()


def test_what_a_reflight_shows_moves_the_bar(first, reflown, settle, desk, messages):
    dialog, before, after = reflown
    structure = first.view.findings[0]
    west, south, _, north = structure.structure.bounds
    half = box(west - 1, south - 1, structure.structure.centroid.x, north + 1)
    gone = replace(structure, finding_no="T-9", change_type=ChangeType.DEMOLISHED, geometry=half, after_outline=None)
    with open_workspace(desk.folder) as workspace, workspace.transaction("test", "detect") as work:
        keep_placement(work, before, after, Placement(None))
        work.findings.add_many([gone], before, after)
    messages.answers.append(True)
    dialog._form.measure_button.click()
    settle()
    assert structure.finding_no in messages.questions[0]
    assert first.view.progress.share == pytest.approx(0.5, abs=0.05)
    assert [seen.source for seen in first.view.observations] == [ObservationSource.REFLIGHT]


class Opener(QObject):
    """Stands in for the programs of the desktop."""

    def __init__(self):
        super().__init__()
        self.opened = []
        QDesktopServices.setUrlHandler("file", self, "take")

    @Slot(QUrl)
    def take(self, url):
        self.opened.append(Path(url.toLocalFile()))


def test_evidence_is_opened_as_a_copy(qtbot, first, settle):
    opener = Opener()
    first._form.tabs.setCurrentWidget(first._form.materials_tab)
    listed = first.findChild(QListWidget, "evidence")
    listed.setCurrentRow(0)
    listed.itemActivated.emit(listed.item(0))
    settle()
    QDesktopServices.unsetUrlHandler("file")
    (copy,) = opener.opened
    kept = first.view.evidence[0].path
    assert copy != kept
    assert copy.suffix == kept.suffix
    assert copy.read_bytes() == kept.read_bytes()


def test_a_link_takes_the_finding_up(first, desk):
    number = first.view.case.finding_nos[0]
    first.findChild(QLabel, "links").linkActivated.emit(f"finding/{number}")
    assert desk.selection.subject == Subject(SubjectKind.FINDING, number)


def drop(panel, *paths: Path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    panel.dropEvent(QDropEvent(QPointF(20, 20), Qt.DropAction.CopyAction, data, left, none))


def test_dropped_files_become_evidence_at_once(first, settle, messages, tmp_path):
    scan = tmp_path / "笔录.pdf"
    scan.write_bytes(b"%PDF-1.4 test")
    photo = next(iter(assets.sample_data("photos").glob("*.jpg")))
    before = len(first.view.evidence)
    drop(first, scan, photo)
    settle()
    assert len(first.view.evidence) == before + 1
    assert photo.name in messages.notices[-1]
    assert first.findChild(QListWidget, "evidence").count() == before + 1


def test_refused_files_change_nothing(first, settle, messages, tmp_path):
    scan, tool = tmp_path / "笔录.pdf", tmp_path / "tool.exe"
    scan.write_bytes(b"%PDF-1.4 test")
    tool.write_bytes(b"MZ")
    before = len(first.view.evidence)
    drop(first, scan, tool)
    settle()
    messages.expect("tool.exe")
    first.show_case(FIRST)
    settle()
    assert len(first.view.evidence) == before


def test_the_order_document_is_saved(first, settle, messages, tmp_path):
    messages.files.append((tmp_path / "决定书.docx",))
    first.verbs["order-document"].trigger()
    settle()
    assert (tmp_path / "决定书.docx").stat().st_size > 1000
