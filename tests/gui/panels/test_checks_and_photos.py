import numpy as np
import openpyxl
import pytest
from PIL import Image
from pyproj import CRS
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QTableWidget, QToolButton

from weijian.domain.grid import PixelGrid
from weijian.domain.language import Words
from weijian.qt.dialogs.photos_dialog import PhotosDialog
from weijian.qt.map.photo_source import PhotoSource
from weijian.qt.panels.tables_panel import TablesPanel
from weijian.services.photo_points import PhotoPoints, read_photo_points
from weijian.services.photos import Doubt
from weijian.services.registers import RegisterKind

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(qtbot, desk, settle):
    made = TablesPanel(desk)
    qtbot.addWidget(made)
    made.resize(1100, 300)
    made.show()
    settle()
    return made


def click_row(qtbot, table, row: int, settle) -> None:
    index = table.model().index(row, 1)
    table.scrollTo(index)
    qtbot.mouseClick(table.viewport(), LEFT, pos=table.visualRect(index).center())
    settle()


def test_a_fault_is_a_click_away_and_the_list_goes_into_a_workbook(qtbot, panel, desk, settle, tmp_path) -> None:
    panel.turn_to(RegisterKind.CHECKS)
    shown = []
    panel.checks.place_asked.connect(shown.append)
    qtbot.mouseClick(panel.findChild(QToolButton, "runChecks"), LEFT)
    settle()
    model = panel.checks.model
    assert model.rowCount() == 11
    row = next(row for row in range(11) if model.index(row, 3).data().endswith("8.01 m²"))
    click_row(qtbot, panel.checks.table, row, settle)
    assert shown[-1].area == pytest.approx(8.0, abs=0.1)
    desk.messages.files.append((tmp_path / "faults.xlsx",))
    qtbot.mouseClick(panel.findChild(QToolButton, "export_"), LEFT)
    settle()
    sheet = openpyxl.load_workbook(tmp_path / "faults.xlsx").active
    assert sheet.max_row == 12


def test_photographs_are_taken_told_and_placed(qtbot, panel, desk, settle, tmp_path) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    Image.new("RGB", (12, 9), "red").save(folder / "lost.jpg")
    (folder / "empty.jpg").touch()
    before = len(read_photo_points(desk.folder).hashes)
    dialog = PhotosDialog(desk, folder)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.mouseClick(dialog._form.take, LEFT)
    settle()
    files = dialog.findChild(QTableWidget, "files")
    told = {files.item(row, 0).text(): files.item(row, 1).text() for row in range(files.rowCount())}
    assert told["empty.jpg"] == Words("文件是空的", "it is empty").said_in(desk.language)
    assert Doubt.NO_POSITION.words.said_in(desk.language) in told["lost.jpg"]
    assert "2 files: 1 taken, 0 duplicates, 1 not taken" in dialog._form.told.text()
    panel.turn_to(RegisterKind.PHOTOS)
    settle()
    page = panel.photos
    assert page.model.index(0, 1).data() == "lost.jpg"
    asked, opened = [], []
    page.place_asked.connect(asked.append)
    page.opened.connect(opened.append)
    click_row(qtbot, page.table, 0, settle)
    qtbot.mouseClick(page.place, LEFT)
    qtbot.mouseClick(page.look, LEFT)
    assert asked == opened == [page.chosen]
    assert len(read_photo_points(desk.folder).hashes) == before


def test_a_dot_and_a_wedge_are_drawn_and_found() -> None:
    grid = PixelGrid.over((0.0, 0.0, 100.0, 100.0), 0.5, CRS.from_epsg(4549))
    points = PhotoPoints(("a", "b"), np.array([[50.0, 50.0], [80.0, 80.0]]), np.array([90.0, np.nan]))
    source = PhotoSource(points)
    image = source.tile(grid)
    middle = QPoint(100, 100)
    assert image.pixelColor(middle).alpha() == 255
    assert image.pixelColor(middle + QPoint(15, 0)).alpha() > 0
    assert image.pixelColor(middle - QPoint(15, 0)).alpha() == 0
    assert image.pixelColor(QPoint(160 + 15, 40)).alpha() == 0
    assert source.hits(79.0, 80.0, 3.0) == ["b"]
    assert source.hits(10.0, 10.0, 3.0) == []
    assert source.bounds == (50.0, 50.0, 80.0, 80.0)
