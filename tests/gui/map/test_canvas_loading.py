"""Tiles come without holding up the window, ahead of time where they can, and their faults are told once."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Event
from threading import enumerate as all_threads

import numpy as np
import pytest
import rasterio
from affine import Affine
from pyproj import CRS
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QGraphicsRectItem
from pytestqt.qtbot import QtBot

from gui.map.outlined_ground import EAST, GROUND, NORTH
from gui.map.painted_ground import PaintedGround
from helpers.watchdog import Watchdog
from weijian.domain.errors import FileMissing
from weijian.domain.grid import Bounds, PixelGrid
from weijian.domain.survey import Survey
from weijian.qt.map.canvas import MapCanvas
from weijian.qt.map.layers import Group, LayerStack, MapLayer, Side
from weijian.qt.map.map_view import MapView
from weijian.qt.map.raster_source import RasterSource
from weijian.qt.map.tiles import TILE
from weijian.services.map_rasters import Product, look_at

BOX = (EAST - 4000, NORTH - 4000, EAST + 4000, NORTH + 4000)


def layer(source: object, key: str = "ground", **more: object) -> MapLayer:
    return MapLayer(key, key, Group.SURVEYS, source, **more)


@pytest.fixture
def ready(qtbot: QtBot, ground_map: MapCanvas):
    return lambda: qtbot.waitUntil(lambda: not ground_map.is_loading, timeout=5000)


@pytest.fixture
def quiet(qtbot: QtBot):
    """Wait until a source is asked for nothing any more."""

    def wait(source: PaintedGround, longest: float = 0.15) -> None:
        def is_quiet() -> bool:
            asked = len(source.calls.grids)
            qtbot.wait(int(longest * 1000))
            return asked == len(source.calls.grids)

        qtbot.waitUntil(is_quiet, timeout=5000)

    return wait


@pytest.mark.parametrize("seconds", [1.2, 0.0])
def test_the_window_never_waits_for_tiles(qtbot: QtBot, ground_map, shown_stack, seconds: float) -> None:
    shown_stack.put(layer(PaintedGround(BOX, seconds=seconds)))
    qtbot.wait(30)
    watchdog = Watchdog()
    watchdog.restart()
    for step in range(40):
        ground_map.set_view(MapView(EAST + 15 * step, NORTH, 0.5))
        qtbot.wait(25)
    watchdog.pause()
    watchdog.require_answers()


@pytest.fixture
def grey(tmp_path: Path) -> Survey:
    """2000 x 2000 pixels of 1 m."""
    path = tmp_path / "grey.tif"
    transform = Affine(1, 0, EAST - 1000, 0, -1, NORTH + 1000)
    profile = {"driver": "GTiff", "count": 1, "dtype": "uint8", "crs": GROUND.to_wkt(), "transform": transform}
    with rasterio.open(path, "w", width=2000, height=2000, **profile) as dataset:
        dataset.write(np.full((1, 2000, 2000), 90, np.uint8))
    return Survey(1, "灰", date(2025, 1, 1), path, None, GROUND.to_wkt(), 1.0, 2000, 2000)


def test_a_file_deleted_while_it_is_shown_is_told_once(ground_map, shown_stack, ready, grey: Survey) -> None:
    told: list[tuple[str, BaseException]] = []
    ground_map.trouble.connect(lambda key, error: told.append((key, error)))
    ground_map.set_view(MapView(EAST - 800, NORTH + 800, 0.2))
    shown_stack.put(layer(RasterSource(look_at(grey, Product.ORTHO, GROUND)), "survey/1/ortho"))
    ready()
    assert told == []
    grey.ortho.unlink()
    for east in (-200, 300, 800):
        ground_map.set_view(MapView(EAST + east, NORTH, 1.0))
        ready()
    assert [(key, type(error)) for key, error in told] == [("survey/1/ortho", FileMissing)]
    ground_map.set_view(MapView(EAST - 800, NORTH + 800, 0.2))
    assert ground_map.picture().pixelColor(200, 150).red() == 90, "what was drawn stays"


def test_a_fine_screen_wants_finer_tiles(ground_map, shown_stack, ready, monkeypatch: pytest.MonkeyPatch) -> None:
    source = PaintedGround(BOX)
    shown_stack.put(layer(source))
    ready()
    assert 0.25 not in {grid.resolution for grid in source.calls.grids}
    monkeypatch.setattr(ground_map, "devicePixelRatioF", lambda: 2.0)
    QApplication.sendEvent(ground_map, QEvent(QEvent.Type.DevicePixelRatioChange))
    assert ground_map.is_loading
    ready()
    assert 0.25 in {grid.resolution for grid in source.calls.grids}


def test_the_ground_beside_the_window_is_there_before_it_is_panned_to(ground_map, shown_stack, ready, quiet) -> None:
    source = PaintedGround(BOX, seconds=0.01)
    shown_stack.put(layer(source))
    ready()
    quiet(source)
    asked = len(source.calls.grids)
    ground_map.set_view(MapView(EAST + TILE * 0.5, NORTH, 0.5))
    QApplication.processEvents()
    assert not ground_map.is_loading
    ground_map.set_view(MapView(EAST + TILE * 3, NORTH, 0.5))
    QApplication.processEvents()
    assert ground_map.is_loading
    assert asked < 40


def test_a_coarser_level_is_there_before_it_is_zoomed_out_to(ground_map, shown_stack, ready, quiet) -> None:
    source = PaintedGround(BOX, seconds=0.01)
    shown_stack.put(layer(source))
    ready()
    quiet(source)
    drawn = {grid.resolution for grid in source.calls.grids}
    assert drawn == {0.5, 1.0}
    seen = ground_map.frame.bounds
    coarse = [grid.bounds for grid in source.calls.grids if grid.resolution == 1.0]
    assert min(box[0] for box in coarse) <= seen[0]
    assert max(box[2] for box in coarse) >= seen[2]


def test_what_is_seen_comes_before_what_is_near(ground_map, shown_stack, quiet) -> None:
    source = PaintedGround(BOX, seconds=0.01)
    shown_stack.put(layer(source))
    quiet(source)
    seen = [_overlaps(grid, ground_map.frame.bounds) and grid.resolution == 0.5 for grid in source.calls.grids]
    assert sum(seen) >= 1
    assert all(seen[: sum(seen)])
    assert len(seen) > sum(seen)


def _overlaps(grid: PixelGrid, box: Bounds) -> bool:
    left, bottom, right, top = grid.bounds
    return left < box[2] and right > box[0] and bottom < box[3] and top > box[1]


def test_the_first_blink_is_not_blank(ground_map, shown_stack, ready, quiet) -> None:
    before, after = (PaintedGround(BOX, blue=blue, seconds=0.01) for blue in (50, 100))
    shown_stack.show([layer(before, "b", side=Side.BEFORE), layer(after, "a", side=Side.AFTER)])
    ground_map.set_side(Side.AFTER)
    ready()
    quiet(before)
    ground_map.set_side(Side.BEFORE)
    QApplication.processEvents()
    assert not ground_map.is_loading
    assert ground_map.picture().pixelColor(200, 150).blue() == 50


def test_loading_is_about_what_is_seen(qtbot: QtBot, ground_map, shown_stack) -> None:
    before, after = PaintedGround(BOX, seconds=0.5), PaintedGround(BOX, blue=100)
    shown_stack.show([layer(before, "b", side=Side.BEFORE), layer(after, "a", side=Side.AFTER)])
    with qtbot.waitSignal(ground_map.loaded, timeout=400):
        ground_map.set_side(Side.AFTER)
    assert not ground_map.is_loading


def test_a_fault_of_the_date_that_is_not_shown_is_told_when_it_is(ground_map, shown_stack, ready, quiet) -> None:
    told: list[str] = []
    ground_map.trouble.connect(lambda key, _: told.append(key))
    before, after = PaintedGround(BOX, error=FileMissing(path="x.tif")), PaintedGround(BOX, blue=100)
    ground_map.set_side(Side.AFTER)
    shown_stack.show([layer(before, "b", side=Side.BEFORE), layer(after, "a", side=Side.AFTER)])
    ready()
    quiet(before)
    assert before.calls.grids
    assert told == []
    ground_map.set_side(Side.BEFORE)
    ready()
    assert told == ["b"]


def test_a_map_that_is_not_on_the_screen_loads_nothing(qtbot: QtBot, shown_stack) -> None:
    source = PaintedGround(BOX)
    shown_stack.put(layer(source))
    canvas = MapCanvas(shown_stack, GROUND)
    qtbot.addWidget(canvas, before_close_func=MapCanvas.close_workers)
    canvas.set_view(MapView(EAST, NORTH, 0.5))
    qtbot.wait(60)
    assert source.calls.grids == []
    canvas.show()
    qtbot.waitUntil(lambda: not canvas.is_loading, timeout=5000)
    assert source.calls.grids


@dataclass(frozen=True)
class HungShare:
    """Its tiles do not come until it is let go."""

    bounds: Bounds = BOX
    finest_m: float | None = None
    asked: Event = field(default_factory=Event, compare=False)
    let_go: Event = field(default_factory=Event, compare=False)

    def tile(self, grid: PixelGrid) -> QImage:
        self.asked.set()
        self.let_go.wait()
        return QImage(grid.width, grid.height, QImage.Format.Format_ARGB32_Premultiplied)


@pytest.fixture
def share() -> Iterator[HungShare]:
    share = HungShare()
    yield share
    share.let_go.set()


def test_a_hung_share_does_not_hold_up_closing(qtbot: QtBot, ground_map, shown_stack, share: HungShare) -> None:
    shown_stack.put(layer(share))
    qtbot.waitUntil(share.asked.is_set, timeout=2000)
    began = time.perf_counter()
    ground_map.close_workers()
    assert time.perf_counter() - began < 5  # it would hang for ever
    drawing = [thread for thread in all_threads() if thread.name.startswith("tiles")]
    assert drawing
    assert all(thread.daemon for thread in drawing), "Python's end would wait for them"


def test_overlay_and_tiles_stay_on_each_other(qtbot: QtBot) -> None:
    """Far from the origin, where single precision would be 4 m off."""
    east, north, pixel = 39_512_344.0, 3_340_008.0, 0.25
    stack = LayerStack()
    stack.put(layer(PaintedGround((east - 400, north - 400, east + 400, north + 400))))
    canvas = MapCanvas(stack, CRS("EPSG:4527"))
    canvas.resize(200, 160)
    qtbot.addWidget(canvas, before_close_func=MapCanvas.close_workers)
    canvas.show()
    canvas.add_overlay(_square(east, north, 8.0))
    worst = 0.0
    for step in range(200):
        canvas.set_view(MapView(east + 4 + 0.0931 * step, north - 0.0517 * step, pixel))
        if step % 50 == 0:
            qtbot.waitUntil(lambda: not canvas.is_loading, timeout=5000)
        worst = max(worst, *_offsets(canvas, east, north))
    assert worst <= 1.0


def _square(east: float, north: float, side: float) -> QGraphicsRectItem:
    item = QGraphicsRectItem(0, 0, side, side)
    item.setPos(east, north)
    item.setPen(Qt.PenStyle.NoPen)
    item.setBrush(QColor(0, 0, 255))
    return item


def _offsets(canvas: MapCanvas, east: float, north: float) -> tuple[float, float]:
    """Pixels by which the tile's and the overlay's left edge are off where they belong."""
    image = canvas.picture().convertToFormat(QImage.Format.Format_RGBA8888)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4).astype(int)
    corner = canvas.frame.to_screen(east, north)
    column, row = round(corner.x()), round(corner.y())
    near = slice(column - 8, column + 8)
    in_overlay, in_tile = pixels[row - 8, near, 2], pixels[row + 8, near, 0]
    overlay = column - 8 + int(np.argmax(in_overlay > 127))
    middle = (in_tile[0] + in_tile[-1]) / 2
    tile = column - 8 + int(np.argmax(in_tile > middle))
    assert in_overlay.max() == 255
    assert in_tile[-1] - in_tile[0] == 16
    return abs(overlay - corner.x()), abs(tile - corner.x())
