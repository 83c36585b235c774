"""Reviewing findings by keys."""

import time
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QTableView,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from weijian.domain.dismissal import DismissalReason
from weijian.domain.finding import ChangeType, PermitStatus, ReviewStatus
from weijian.domain.zone import ZoneKind
from weijian.qt.desk import Desk
from weijian.qt.dialogs.dismiss_dialog import DismissDialog
from weijian.qt.dialogs.open_case_dialog import OpenCaseDialog
from weijian.qt.models.findings_filter import FindingCriteria, FindingsFilter
from weijian.qt.models.findings_model import Column, FindingsModel, rows_of
from weijian.qt.panels.chips import ChipView
from weijian.qt.panels.review_panel import ReviewPanel
from weijian.qt.selection import Subject, SubjectKind
from weijian.qt.translation import install
from weijian.services.household_edits import edit_permit, permit_to_edit
from weijian.services.review import ReviewItem, ReviewList, review_finding, review_list
from weijian.services.surveys import add_survey
from weijian.services.workspaces import new_workspace
from weijian.storage.workspace import open_workspace


@pytest.fixture
def panel(qtbot: QtBot, desk: Desk, settle) -> ReviewPanel:
    shown = ReviewPanel(desk)
    qtbot.addWidget(shown)
    shown.resize(340, 700)
    with qtbot.waitExposed(shown):
        shown.show()
    settle()
    shown.activateWindow()
    shown.setFocus()
    return shown


def stored(desk: Desk, number: str) -> ReviewItem:
    return next(item for item in review_list(desk.folder).items if item.finding.finding_no == number)


def press(qtbot: QtBot, panel: ReviewPanel, key: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(panel.findChild(QTableView, "table"), key, modifier)


def number_of(panel: ReviewPanel) -> str:
    assert panel.current is not None
    return panel.current.finding_no


def test_keys_step_and_the_map_follows(qtbot: QtBot, panel: ReviewPanel, desk: Desk, settle) -> None:
    first = number_of(panel)
    press(qtbot, panel, Qt.Key.Key_N)
    second = number_of(panel)
    assert second > first
    assert desk.selection.subject.number == second
    press(qtbot, panel, Qt.Key.Key_Down)
    assert number_of(panel) > second
    press(qtbot, panel, Qt.Key.Key_P)
    assert number_of(panel) == second
    settle()
    with qtbot.waitSignal(panel.zoom_asked):
        qtbot.mouseClick(panel.findChild(ChipView, "afterChip"), Qt.MouseButton.LeftButton)


def test_confirming_dismissing_and_taking_back(qtbot: QtBot, panel: ReviewPanel, desk: Desk, settle) -> None:
    total = len(review_list(desk.folder).items)
    first = number_of(panel)
    press(qtbot, panel, Qt.Key.Key_C)
    settle()
    assert stored(desk, first).finding.review is ReviewStatus.CONFIRMED
    second = number_of(panel)
    assert second != first
    assert panel.findChild(QProgressBar, "progress").value() == 4
    assert panel.findChild(QLabel, "progressText").text() == f"Reviewed 4 / {total}"
    press(qtbot, panel, Qt.Key.Key_X)
    dialog = panel.findChild(DismissDialog)
    qtbot.keyClick(dialog.findChild(type(dialog._form.reasons), "reasons"), Qt.Key.Key_1)
    settle()
    assert stored(desk, second).dismissal.reason is DismissalReason.SHADOW
    assert panel.verbs["undo"].isEnabled()
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    panel.setFocus()
    for number in (second, first):
        press(qtbot, panel, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        settle()
        assert number_of(panel) == number
        assert stored(desk, number).finding.review is ReviewStatus.OPEN


def test_the_filter_and_an_outline(qtbot: QtBot, panel: ReviewPanel, desk: Desk, settle) -> None:
    number, before = number_of(panel), panel.current.geometry
    qtbot.keyClicks(panel.findChild(QLineEdit, "textFilter"), number.lower())
    table = panel.findChild(QTableView, "table")
    assert table.model().rowCount() == 1
    with qtbot.waitSignal(panel.edit_outline_asked):
        panel.verbs["edit-outline"].trigger()
    panel.apply_outline(number, before.convex_hull.buffer(1))
    settle()
    assert panel.current.area_m2 == pytest.approx(before.convex_hull.buffer(1).area, abs=0.01)
    assert "人工修改轮廓" in panel.findChild(QLabel, "reason").text()


def choose(panel: ReviewPanel, combo: str, value: object) -> set[str]:
    """Choose in a filter; answers the numbers that are then shown."""
    box = panel.findChild(QComboBox, combo)
    box.setCurrentIndex(box.findData(value))
    assert box.currentIndex() > 0
    shown = panel.findChild(QTableView, "table").model()
    return {shown.item(row).finding.finding_no for row in range(shown.rowCount())}


@pytest.mark.parametrize(
    ("combo", "values", "has"),
    [
        ("typeFilter", ChangeType, lambda finding, value: finding.change_type is value),
        ("statusFilter", ReviewStatus, lambda finding, value: finding.review is value),
        ("permitFilter", PermitStatus, lambda finding, value: finding.permit_status is value),
        ("zoneFilter", ZoneKind, lambda finding, value: value in finding.zones),
    ],
)
def test_each_filter_shows_what_it_says(panel: ReviewPanel, desk: Desk, combo: str, values, has) -> None:
    findings = [item.finding for item in review_list(desk.folder).items]
    shown = [choose(panel, combo, value) for value in values]
    assert shown == [{each.finding_no for each in findings if has(each, value)} for value in values]
    assert any(shown)


def test_filters_of_place_and_size_and_showing_all(qtbot: QtBot, panel: ReviewPanel, desk: Desk) -> None:
    items = review_list(desk.folder).items
    place = panel.findChild(QComboBox, "placeFilter")
    place.setCurrentText("测试镇 样例村")
    assert place.currentIndex() == 2
    table = panel.findChild(QTableView, "table")
    assert 0 < table.model().rowCount() == sum(item.village == "样例村" for item in items) < len(items)
    panel.findChild(QDoubleSpinBox, "leastArea").setValue(100)
    expected = [item for item in items if item.village == "样例村" and item.finding.area_m2 >= 100]
    assert 0 < table.model().rowCount() == len(expected)
    said = panel.findChild(QLabel, "filterText")
    assert str(len(expected)) in said.text()
    assert str(len(items)) in said.text()
    panel.findChild(QLineEdit, "textFilter").setText("there is no such thing")
    assert table.model().rowCount() == 0
    assert panel.current is not None  # what is being looked at stays
    qtbot.mouseClick(panel.findChild(QToolButton, "filterButton"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(panel.findChild(QPushButton, "clearFilter"), Qt.MouseButton.LeftButton)
    assert table.model().rowCount() == len(items)
    assert not said.isVisible()


def test_taken_back_and_done_again_and_reopened(qtbot: QtBot, panel: ReviewPanel, desk: Desk, settle) -> None:
    number = number_of(panel)
    qtbot.mouseClick(panel.findChild(QPushButton, "confirmButton"), Qt.MouseButton.LeftButton)
    settle()
    for button, status in (("undoButton", ReviewStatus.OPEN), ("redoButton", ReviewStatus.CONFIRMED)):
        qtbot.mouseClick(panel.findChild(QToolButton, button), Qt.MouseButton.LeftButton)
        settle()
        assert stored(desk, number).finding.review is status
    assert not panel.findChild(QToolButton, "redoButton").isEnabled()
    assert not panel.findChild(QPushButton, "confirmButton").isEnabled()
    press(qtbot, panel, Qt.Key.Key_R)
    settle()
    assert stored(desk, number).finding.review is ReviewStatus.OPEN
    assert number_of(panel) == number


def test_an_outline_is_taken_back(qtbot: QtBot, panel: ReviewPanel, desk: Desk, settle) -> None:
    before = panel.current
    panel.apply_outline(before.finding_no, before.geometry.buffer(2))
    settle()
    assert panel.current.area_m2 > before.area_m2
    panel.setFocus()
    press(qtbot, panel, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert panel.current == before


def test_a_lead_is_entered_once(qtbot: QtBot, panel: ReviewPanel, desk: Desk, settle, messages) -> None:
    number = number_of(panel)
    press(qtbot, panel, Qt.Key.Key_L)
    settle()
    lead = stored(desk, number).lead_no
    assert lead is not None
    assert lead in messages.notices[-1]
    assert panel.findChild(QLabel, "lead").text() == lead
    assert not panel.verbs["lead"].isEnabled()


def test_a_case_is_not_dismissed(qtbot: QtBot, panel: ReviewPanel, desk: Desk, settle, messages) -> None:
    number = next(item.finding.finding_no for item in review_list(desk.folder).items if item.case_no)
    desk.selection.take_up(Subject(SubjectKind.FINDING, number))
    press(qtbot, panel, Qt.Key.Key_X)
    settle()
    messages.expect(number, stored(desk, number).case_no)


def test_links_of_the_card_take_things_up(panel: ReviewPanel, desk: Desk) -> None:
    number = next(item.finding.finding_no for item in review_list(desk.folder).items if item.case_no)
    desk.selection.take_up(Subject(SubjectKind.FINDING, number))
    case_no = stored(desk, number).case_no
    link = panel.findChild(QLabel, "case")
    assert case_no in link.text()
    link.linkActivated.emit(f"case:{case_no}")
    assert desk.selection.subject == Subject(SubjectKind.CASE, case_no)
    assert number_of(panel) == number


def test_a_permit_changed_since_is_told_at_once_and_leads_to_it(panel: ReviewPanel, desk: Desk, settle) -> None:
    permitted = next(item.finding for item in review_list(desk.folder).items if item.finding.permit_no)
    desk.selection.take_up(Subject(SubjectKind.FINDING, permitted.finding_no))
    note = panel.findChild(QLabel, "outdated")
    assert note.text() == ""
    base = permit_to_edit(desk.folder, permitted.permit_no)
    desk.jobs.keep(panel, partial(edit_permit, desk.folder, base, replace(base, max_storeys=9)), lambda _: None)
    settle()
    assert number_of(panel) == permitted.finding_no
    assert "⚠" in note.text()
    note.linkActivated.emit(f"permit:{base.permit_no}")
    assert desk.selection.subject == Subject(SubjectKind.PERMIT, base.permit_no)


def test_the_table_stays_where_it_is_when_others_change_something(panel: ReviewPanel, desk: Desk, settle) -> None:
    table = panel.findChild(QTableView, "table")
    bar, last = table.verticalScrollBar(), table.model().rowCount() - 1
    table.setCurrentIndex(table.model().index(last, 2))
    number, first = number_of(panel), table.model().item(0).finding.finding_no
    bar.setValue(bar.maximum() // 2)
    settle()
    place = bar.value()
    assert place > 0
    desk.jobs.keep(panel, partial(review_finding, desk.folder, first, ReviewStatus.CONFIRMED), lambda _: None)
    settle()
    assert table.model().item(0).finding.review is ReviewStatus.CONFIRMED
    assert (bar.value(), table.currentIndex().row(), number_of(panel)) == (place, last, number)


@pytest.mark.parametrize("width", [320, 700])
def test_no_column_is_out_of_sight(panel: ReviewPanel, width: int, settle) -> None:
    panel.resize(width, 700)
    settle()
    table = panel.findChild(QTableView, "table")
    assert not table.horizontalScrollBar().isVisible()
    assert table.isColumnHidden(Column.CONFIDENCE) == (width == 320)
    number = panel.current.finding_no
    assert number.endswith(f"-{table.model().index(0, 0).data()}")
    assert number in table.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        (("T20251028-1-0001", "T20251028-1-0002"), "0001"),
        (("T20251028-1-0001", "T20251028-2-0001"), "1-0001"),
        (("T20240416-1-0001", "T20251028-1-0001"), "T20240416-1-0001"),
        (("T20251028-1-0001",), "0001"),
    ],
)
def test_numbers_are_shown_without_what_all_begin_with(desk: Desk, numbers: tuple[str, ...], shown: str) -> None:
    item = review_list(desk.folder).items[0]
    items = tuple(replace(item, finding=replace(item.finding, finding_no=number)) for number in numbers)
    model = FindingsModel()
    model.show(rows_of(ReviewList(items, 2)))
    assert model.index(0, Column.NUMBER).data() == shown


def test_main_verbs_have_words_and_their_key(qapp: QApplication, qtbot: QtBot, desk: Desk, settle) -> None:
    install(qapp, "zh")
    panel = ReviewPanel(desk)
    qtbot.addWidget(panel)
    settle()
    buttons = [panel.findChild(QPushButton, f"{name}Button") for name in ("confirm", "dismiss", "case")]
    texts = [(button.text(), button.toolTip()) for button in buttons]
    install(qapp, "en")
    assert texts == [("确认", "确认（C）"), ("排除", "排除（X）"), ("建立案件", "建立案件（O）")]


def test_a_workspace_without_surveys_and_without_findings(qtbot: QtBot, desk: Desk, settle, tmp_path: Path) -> None:
    with open_workspace(desk.folder) as workspace, workspace.read() as work:
        survey = work.surveys.all()[0]
    new_workspace(tmp_path / "空村", name="空村", crs="EPSG:4549", bureau="样例局")
    panel = ReviewPanel(replace(desk, folder=tmp_path / "空村"))
    qtbot.addWidget(panel)
    panel.show()
    settle()
    button = panel.findChild(QPushButton, "detect")
    assert panel.findChild(QLabel, "emptyText").isVisible()
    assert not button.isVisible()
    added = add_survey(tmp_path / "空村", flown_on=survey.flown_on, ortho=survey.ortho)
    desk.jobs.changed.emit(added.changes)
    settle()
    assert button.isVisible()
    with qtbot.waitSignal(panel.detect_asked):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_opening_a_case(qtbot: QtBot, panel: ReviewPanel, desk: Desk, settle) -> None:
    number = number_of(panel)
    press(qtbot, panel, Qt.Key.Key_O)
    dialog = panel.findChild(OpenCaseDialog)
    dialog.findChild(QLineEdit, "leadOfficer").setText("甲")
    second = dialog.findChild(QLineEdit, "secondOfficer")
    second.setText("甲")
    button = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle()
    assert dialog.isVisible()
    second.setText("乙")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle()
    assert stored(desk, number).case_no is not None
    assert desk.settings.officers == ("甲", "乙")


@pytest.mark.parametrize(("status", "doubted"), [(PermitStatus.PERMITTED, True), (PermitStatus.UNPERMITTED, False)])
def test_a_case_on_what_is_permitted_is_doubted(
    qtbot: QtBot, panel: ReviewPanel, desk: Desk, settle, status: PermitStatus, doubted: bool
) -> None:
    finding = next(i.finding for i in review_list(desk.folder).items if i.finding.permit_status is status)
    desk.selection.ask_for(Subject(SubjectKind.FINDING, finding.finding_no))
    settle()
    panel.verbs["case"].trigger()
    dialog = panel.findChild(OpenCaseDialog)
    assert dialog.findChild(QLabel, "doubt").isVisible() is doubted
    dialog.reject()


def test_sorting_ten_thousand_is_about_ten_times_a_thousand(desk: Desk) -> None:
    items = review_list(desk.folder).items

    def seconds(count: int) -> float:

        many = tuple(
            replace(item, finding=replace(item.finding, finding_no=f"T{place:06d}"))
            for place, item in enumerate((items * (count // len(items) + 1))[:count])
        )
        model = FindingsModel()
        model.show(rows_of(ReviewList(many, 2)))
        shown = FindingsFilter(model)
        began = time.thread_time()
        for _ in range(3):
            shown.sort(Column.AREA)
            shown.ask(FindingCriteria(review=ReviewStatus.OPEN))
            shown.ask(FindingCriteria())
        areas = [model.item(row).finding.area_m2 for row in range(count)]
        assert np.all(np.diff(areas) >= 0)
        return time.thread_time() - began

    assert seconds(10_000) < 30 * seconds(1_000)
