"""Reviewing findings by keys."""

import time
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QLineEdit, QProgressBar, QTableView
from pytestqt.qtbot import QtBot

from weijian.domain.dismissal import DismissalReason
from weijian.domain.finding import ReviewStatus
from weijian.qt.desk import Desk
from weijian.qt.dialogs.dismiss_dialog import DismissDialog
from weijian.qt.dialogs.open_case_dialog import OpenCaseDialog
from weijian.qt.models.findings_filter import FindingCriteria, FindingsFilter
from weijian.qt.models.findings_model import Column, FindingsModel, rows_of
from weijian.qt.panels.chips import ChipView
from weijian.qt.panels.review_panel import ReviewPanel
from weijian.services.review import ReviewItem, ReviewList, review_list


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
        began = time.perf_counter()
        for _ in range(3):
            shown.sort(Column.AREA)
            shown.ask(FindingCriteria(review=ReviewStatus.OPEN))
            shown.ask(FindingCriteria())
        areas = [model.item(row).finding.area_m2 for row in range(count)]
        assert np.all(np.diff(areas) >= 0)
        return time.perf_counter() - began

    assert seconds(10_000) < 30 * seconds(1_000)
