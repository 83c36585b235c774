"""The sheet beside the pointer says what is known, and never whole names."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from gui.map.outlined_ground import box
from weijian.domain.building import Building
from weijian.domain.case import Case
from weijian.domain.change_set import Part
from weijian.domain.finding import ChangeType, Finding, Method, PermitStatus
from weijian.domain.household import Household
from weijian.domain.parcel import Parcel
from weijian.domain.permit import Permit, PermitKind
from weijian.domain.stage import Stage
from weijian.domain.survey import Survey
from weijian.domain.zone import Zone, ZoneKind
from weijian.qt.map.identify import IdentifySheet
from weijian.qt.map.identify_rows import rows_of
from weijian.qt.map.layers import Group, LayerStack, MapLayer
from weijian.qt.map.select_tool import Identified, SelectTool
from weijian.qt.map.vector_source import Shapes, VectorSource
from weijian.qt.selection import Subject, SubjectKind
from weijian.services.outlines import read_outlines
from weijian.services.workspaces import new_workspace
from weijian.storage.workspace import open_workspace

HOUSE = Building(
    "F0001", box(0, 0, 10, 12), "H0001", holder="张三丰", storeys=0, height_m=0.0, built_area_m2=1240.5, use="住宅",
    built_on=date(2019, 5, 1),
)  # fmt: skip
SHED = Building("F0002", box(2, 2, 6, 6))
PLOT = Parcel("P0001", box(-20, -20, 40, 40), "H0001", holder="李四", address="石桥村 12 号", area_m2=3600.0)
FINDING = Finding(
    finding_no="TB2026-0001", change_type=ChangeType.RAISED, geometry=box(0, 0, 10, 12), area_m2=120.44,
    area_sigma_m2=1.26, height_change_m=0.0, height_sigma_m=0.2, confidence=0.9, method=Method.HEIGHT,
    building_no="F0001", household_no="H0001", parcel_no=None, permit_no=None, permit_status=PermitStatus.UNPERMITTED,
    excess_area_m2=None, excess_height_m=None, excess_storeys=None, zones=(ZoneKind.FREEZE, ZoneKind.RIVER),
    before_date=None, after_date=None, reason="",
)  # fmt: skip


def said(record) -> dict[str, str]:
    rows = rows_of(record)
    assert len(dict(rows)) == len(rows)
    return dict(rows)


# What is said


def test_a_building():
    assert said(HOUSE) == {
        "Household": "H0001", "Holder": "张某某", "Storeys": "0", "Height": "0.00 m", "Floor area": "1,240.50 m²",
        "Footprint": "120.00 m²", "Built": "2019-05-01", "Use": "住宅",
    }  # fmt: skip


def test_what_is_not_known_is_left_out():
    assert said(SHED) == {"Footprint": "16.00 m²"}


def test_a_finding_says_a_height_of_nought():
    rows = said(FINDING)
    assert rows["Height change"] == "0.0±0.2 m"
    assert rows["Area"] == "120.4±1.3 m²"
    assert rows["Permit"] == "Unpermitted"
    assert rows["Zones"] == "Freeze zone, River blue line"
    assert rows["Review"] == "To review"
    assert "Height change" not in said(replace(FINDING, height_change_m=None))
    assert "Zones" not in said(replace(FINDING, zones=()))
    assert "Permit" not in said(replace(FINDING, permit_status=None))


def test_other_things():
    assert said(PLOT) == {
        "Household": "H0001", "Holder": "李某", "Address": "石桥村 12 号", "Area": "3,600.00 m²",
    }  # fmt: skip
    assert said(Zone("Z1", ZoneKind.KEY, box(0, 0, 1, 1), "石桥")) == {"Kind": "Key area", "Name": "石桥"}
    assert said(Household("H1", "王五", "12 号", "石桥村", "青石镇"))["Holder"] == "王某"
    permit = Permit("X1", box(0, 0, 1, 1), PermitKind.RURAL, max_storeys=3, max_height_m=10.5)
    assert said(permit) == {"Kind": "Rural works permit", "Storeys at most": "3", "Height at most": "10.50 m"}
    case = Case("A1", Stage.DECISION, date(2026, 3, 1), party="赵六", lead_officer="甲", second_officer="乙")
    assert said(case) == {"Stage": "Decision", "Opened": "2026-03-01", "Party": "赵某", "Officers": "甲, 乙"}
    survey = Survey(1, "第1期", date(2026, 3, 1), Path("a.tif"), None, "EPSG:4549", 0.025, 10, 10)
    assert said(survey)["Pixel"] == "2.5 cm"


# The sheet


@pytest.fixture(scope="module")
def _made(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "村"
    new_workspace(folder, name="石桥村", crs="EPSG:4526", bureau="样例局")
    with open_workspace(folder) as workspace, workspace.transaction("test", "fill") as work:
        work.buildings.upsert_many([HOUSE, SHED])
        work.parcels.upsert_many([PLOT])
    return folder


@pytest.fixture
def village(_made: Path) -> Path:
    """A workspace of one plot with a house and a shed, only read."""
    return _made


@pytest.fixture
def sheet(desk, ground_map) -> IdentifySheet:
    return IdentifySheet(desk, ground_map)


@pytest.fixture
def pointed(ground_map, shown_stack: LayerStack, desk, sheet, settle, hand):
    """Click on the map with the selecting tool and wait for the sheet."""
    for part in (Part.PARCELS, Part.BUILDINGS):
        drawn = VectorSource(Shapes(read_outlines(desk.folder, part)))
        shown_stack.put(MapLayer(part.value, part.value, Group.ARCHIVE, drawn))
    tool = SelectTool(shown_stack, desk.selection)
    tool.identified.connect(lambda found, at: sheet.show_for(found, ground_map.frame.to_screen(at.x, at.y).toPoint()))
    ground_map.set_tool(tool)

    def point(x: float, y: float) -> None:
        hand.click(x, y)
        settle()

    return point


def texts(sheet: IdentifySheet) -> str:
    return "\n".join(label.text() for label in sheet.findChildren(QLabel) if label.isVisible())


def test_a_click_opens_the_sheet_on_what_was_hit(sheet, pointed):
    pointed(8, 10)
    assert sheet.isVisible()
    assert "Building F0001" in texts(sheet)
    assert "张某某" in texts(sheet)
    assert "张三丰" not in texts(sheet)
    assert "1 more below" in texts(sheet)
    assert dict(sheet.rows)["Height"] == "0.00 m"


def test_clicking_again_tells_of_what_is_below(sheet, pointed):
    pointed(4, 4)
    assert "Building F0002" in texts(sheet)
    assert "2 more below" in texts(sheet)
    sheet.hide()  # it lies beside, but may lie on the spot in so small a map
    pointed(4, 4)
    assert "Building F0001" in texts(sheet)
    sheet.hide()
    pointed(4, 4)
    assert "Parcel P0001" in texts(sheet)
    assert "李某" in texts(sheet)


def test_empty_ground_closes_the_sheet(sheet, pointed):
    pointed(8, 10)
    sheet.move(0, 0)
    pointed(95, -70)
    assert not sheet.isVisible()


def test_the_sheet_keeps_within_the_map(sheet, ground_map, settle):
    house = (Identified(Subject(SubjectKind.BUILDING, "F0001")),)
    for corner in (QPoint(2, 2), QPoint(398, 2), QPoint(398, 298), QPoint(2, 298)):
        sheet.show_for(house, corner)
        settle()
        assert ground_map.rect().contains(sheet.geometry())
        assert abs(sheet.geometry().center().x() - corner.x()) < 200


@pytest.mark.parametrize("on_map", [True, False])
def test_escape_closes_the_sheet_wherever_the_focus_is(qtbot: QtBot, sheet, ground_map, pointed, on_map):
    pointed(8, 10)
    qtbot.keyClick(ground_map if on_map else sheet.findChild(QPushButton, "zoomToSubject"), Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert ground_map.hasFocus()


def test_the_cross_closes_the_sheet(qtbot: QtBot, sheet, pointed):
    pointed(8, 10)
    qtbot.mouseClick(sheet.findChild(QToolButton, "closeSheet"), Qt.MouseButton.LeftButton)
    assert not sheet.isVisible()


def test_a_click_on_the_sheet_is_none_on_the_map(qtbot: QtBot, sheet, desk, pointed):
    pointed(8, 10)
    selected = desk.selection.subject
    qtbot.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert desk.selection.subject == selected
    assert sheet.isVisible()


def test_zooming_asks_for_the_thing(qtbot: QtBot, sheet, desk, pointed):
    pointed(8, 10)
    with qtbot.waitSignal(desk.selection.asked) as asked:
        qtbot.mouseClick(sheet.findChild(QPushButton, "zoomToSubject"), Qt.MouseButton.LeftButton)
    assert asked.args == [Subject(SubjectKind.BUILDING, "F0001")]


def test_opening_is_handed_on(qtbot: QtBot, sheet, pointed):
    pointed(8, 10)
    with qtbot.waitSignal(sheet.opened) as opened:
        qtbot.mouseClick(sheet.findChild(QPushButton, "openSubject"), Qt.MouseButton.LeftButton)
    assert opened.args == [Subject(SubjectKind.BUILDING, "F0001")]


def test_what_is_gone_meanwhile_closes_the_sheet(sheet, pointed, settle):
    pointed(8, 10)
    sheet.show_for((Identified(Subject(SubjectKind.BUILDING, "F9999")),), QPoint(50, 50))
    settle()
    assert not sheet.isVisible()


def test_the_last_click_counts(sheet, settle):
    for number in ("F0001", "F0002"):
        sheet.show_for((Identified(Subject(SubjectKind.BUILDING, number)),), QPoint(50, 50))
    settle()
    assert "Building F0002" in texts(sheet)
    assert "F0001" not in texts(sheet)
    assert dict(sheet.rows) == said(SHED)
