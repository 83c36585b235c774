from dataclasses import replace

import openpyxl
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QToolButton

from weijian.cadastre.reader import read_table
from weijian.domain.change_set import ChangeSet, Part
from weijian.domain.household import Household
from weijian.qt.panels.tables_panel import TablesPanel
from weijian.qt.selection import Subject, SubjectKind
from weijian.services.registers import RegisterKind
from weijian.services.workspaces import new_workspace
from weijian.storage.workspace import open_workspace


@pytest.fixture
def panel(qtbot, desk, settle):
    made = TablesPanel(desk)
    qtbot.addWidget(made)
    made.resize(1100, 240)
    made.show()
    settle()
    return made


def column(panel: TablesPanel, number: int) -> list[str]:
    model = panel.page.model
    return [model.index(row, number).data() for row in range(model.rowCount())]


def click_heading(qtbot, panel: TablesPanel, number: int, settle) -> None:
    header = panel.page.table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(number) + 20, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle()


def test_filter_counts_and_keeps_to_its_table(qtbot, panel, settle) -> None:
    box = panel.findChild(QLineEdit, "filter")
    qtbot.keyClicks(box, "0065")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    settle()
    assert column(panel, 0) == ["3399010010010065"]
    assert panel.findChild(QLabel, "count").text() == "1 of 69"
    panel.turn_to(RegisterKind.FINDINGS)
    settle()
    assert box.text() == ""
    assert len(column(panel, 0)) == 33


def test_headings_sort_numbers_as_numbers_with_empty_ones_last(qtbot, panel, settle) -> None:
    click_heading(qtbot, panel, 6, settle)
    for backwards in (False, True):
        texts = column(panel, 6)
        known = [float(text) for text in texts if text]
        assert known == sorted(known, reverse=backwards)
        assert "" in texts
        assert texts[: len(known)] == [text for text in texts if text]
        click_heading(qtbot, panel, 6, settle)


def test_names_are_masked(panel) -> None:
    assert all(set(name[1:]) == {"某"} for name in column(panel, 1))


def test_a_row_is_asked_for_and_what_others_ask_for_is_selected(qtbot, desk, panel, settle) -> None:
    asked = []
    desk.selection.asked.connect(asked.append)
    table = panel.page.table
    place = table.visualRect(panel.page.model.index(2, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked == [Subject(SubjectKind.HOUSEHOLD, "3399010010010003")]
    desk.selection.ask_for(Subject(SubjectKind.HOUSEHOLD, "3399010010010060"))
    assert panel.page.model.number_at(table.currentIndex().row()) == "3399010010010060"
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()))
    assert len(asked) == 2


def test_copied_rows_have_headings(qtbot, panel) -> None:
    panel.page.table.selectRow(0)
    qtbot.keyClick(panel.page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    heading, row = QGuiApplication.clipboard().text().split("\n")
    assert heading.split("\t")[0] == "Household no."
    assert row.split("\t")[:2] == ["3399010010010001", "测某某某"]


def test_what_is_shown_is_exported_as_shown(qtbot, desk, messages, panel, settle, tmp_path) -> None:
    panel.page.column_actions(QMenu(panel))[0].trigger()
    box = panel.findChild(QLineEdit, "filter")
    box.setText("样例村1")  # QTest types no Chinese
    qtbot.keyClick(box, Qt.Key.Key_Return)
    settle()
    click_heading(qtbot, panel, 0, settle)
    path = tmp_path / "户.xlsx"
    messages.files.append((path,))
    qtbot.mouseClick(panel.findChild(QToolButton, "export_"), Qt.MouseButton.LeftButton)
    settle(30_000)
    rows = list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))
    assert rows[0][:2] == ("Household no.", "Town")
    assert [row[0] for row in rows[1:]] == column(panel, 0)
    assert rows[1][0] > rows[-1][0]
    assert isinstance(rows[1][4], int)
    assert str(path) in messages.notices[0]


@pytest.mark.parametrize("ending", [".kml", ".shp"])
def test_rows_with_outlines_go_out_in_other_formats(qtbot, desk, messages, panel, settle, tmp_path, ending) -> None:
    panel.turn_to(RegisterKind.BUILDINGS)
    settle()
    box = panel.findChild(QLineEdit, "filter")
    qtbot.keyClicks(box, "F0002")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    settle()
    path = tmp_path / f"buildings{ending}"
    messages.files.append((path,))
    qtbot.mouseClick(panel.findChild(QToolButton, "export_"), Qt.MouseButton.LeftButton)
    settle(60_000)
    table = read_table(path)
    assert sorted(table.columns["房屋编号" if ending == ".kml" else "FWBH"]) == sorted(column(panel, 0))
    assert str(path) in messages.notices[0]
    assert ("FWBH" in messages.notices[0]) == (ending == ".shp")


def test_columns_fit_what_comes_into_an_empty_table(qtbot, desk, settle, tmp_path) -> None:
    new_workspace(tmp_path / "空村", name="空村", crs="EPSG:4549")
    panel = TablesPanel(replace(desk, folder=tmp_path / "空村"))
    qtbot.addWidget(panel)
    panel.show()
    settle()
    page = panel.page
    empty = page.table.columnWidth(0)
    with open_workspace(tmp_path / "空村") as workspace, workspace.transaction("test", "import") as work:
        work.households.upsert_many([Household("3399010010010001", address="样例村1号")])
    desk.jobs.changed.emit(ChangeSet(frozenset({Part.HOUSEHOLDS})))
    settle()
    assert page.table.columnWidth(0) > empty


def test_columns_are_as_they_were_left(qtbot, desk, panel, settle) -> None:
    panel.page.table.setColumnWidth(0, 222)
    panel.page.column_actions(QMenu(panel))[0].trigger()
    qtbot.wait(500)
    again = TablesPanel(desk)
    qtbot.addWidget(again)
    again.show()
    settle()
    assert again.page.table.columnWidth(0) == 222
    assert again.page.table.isColumnHidden(1)
