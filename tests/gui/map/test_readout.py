"""The status bar says where the pointer is and how large things are."""

import pytest
from pyproj import CRS
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from weijian.qt.map.canvas import MapCanvas
from weijian.qt.map.layers import LayerStack
from weijian.qt.map.map_view import MapView
from weijian.qt.map.readout import MapReadout, ScaleBox, scale_of


@pytest.fixture
def canvas(qtbot: QtBot):
    canvas = MapCanvas(LayerStack(), CRS("EPSG:4549"))
    canvas.resize(400, 300)
    qtbot.addWidget(canvas, before_close_func=MapCanvas.close_workers)
    canvas.show()
    canvas.set_view(MapView(500_000, 3_340_000, 0.5))
    return canvas


@pytest.fixture
def readout(qtbot: QtBot, canvas: MapCanvas):
    readout = MapReadout(canvas)
    qtbot.addWidget(readout)
    readout.show()
    return readout


def said(readout: MapReadout, name: str) -> str:
    return readout.findChild(QLabel, name).text()


def test_the_pointer_is_said_in_metres_and_in_degrees(qtbot, canvas, readout):
    qtbot.mouseMove(canvas, QPoint(10, 10))
    qtbot.mouseMove(canvas, QPoint(200, 150))  # the middle: on the central meridian of 120 degrees
    assert said(readout, "pointer_metres") == "N 3340000.00  E 500000.00"
    east, north = said(readout, "pointer_degrees").split("  ")
    assert east == "120.000000°E"
    assert float(north.removesuffix("°N")) == pytest.approx(30.178, abs=0.01)


def test_the_scale_follows_the_map(canvas, readout):
    box = readout.findChild(ScaleBox)
    assert box.currentText() == "1:1890"
    canvas.zoom_by(2.0)
    assert box.currentText() == "1:945"


def test_a_typed_scale_is_shown(qtbot, canvas, readout):
    editor = readout.findChild(ScaleBox).lineEdit()
    editor.selectAll()
    qtbot.keyClicks(editor, "1:500")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert canvas.view.scale == pytest.approx(500)
    assert editor.text() == "1:500"
    assert (canvas.view.x, canvas.view.y) == (500_000, 3_340_000)


def test_what_is_no_scale_is_put_back(qtbot, canvas, readout):
    editor = readout.findChild(ScaleBox).lineEdit()
    editor.selectAll()
    qtbot.keyClicks(editor, "much")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert editor.text() == "1:1890"
    assert canvas.view.pixel_m == 0.5


def test_a_chosen_scale_is_shown(qtbot, canvas, readout):
    box = readout.findChild(ScaleBox)
    box.setCurrentIndex(box.findText("1:2000"))
    box.activated.emit(box.currentIndex())
    assert canvas.view.scale == pytest.approx(2000)


@pytest.mark.parametrize(
    ("text", "scale"),
    [("1:500", 500), ("1：2 000", 2000), (" 750 ", 750), ("1/10,000", 10_000), ("0", None), ("1:", None), ("x", None)],
)
def test_scales_are_read_as_people_write_them(text, scale):
    assert scale_of(text) == scale
