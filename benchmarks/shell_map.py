"""How smoothly the map moves over a large orthophoto, against drawing the window's piece of the file at every step.

    python benchmarks/shell_map.py [--side 40000] [--keep FOLDER] [--size 1600x900]

Makes a synthetic orthophoto (tiled, JPEG, with overviews), then moves over it as a hand does: 200 steps of panning and
60 of zooming, one every 16 ms. A *frame* is the time from the wish to the finished picture; a *stall* the longest
time of a step that the event loop was away besides; *busy* the processor time of the window's thread in a step, which
other programs on the machine do not change. Tiles come in meanwhile, *sharp* says how long after the last step the
picture was complete.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import cv2
import numpy as np
import pyqtgraph as pg
import rasterio
from affine import Affine
from pyproj import CRS
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QApplication, QGraphicsView, QWidget
from rasterio.enums import Resampling
from rasterio.windows import Window

from weijian.domain.grid import PixelGrid
from weijian.domain.survey import Survey
from weijian.imagery.files import OpenFiles
from weijian.imagery.windows import read_image
from weijian.qt.map.canvas import MapCanvas
from weijian.qt.map.layers import Group, LayerStack, MapLayer
from weijian.qt.map.map_view import Frame, MapView
from weijian.qt.map.raster_source import RasterSource
from weijian.services.map_rasters import MapRaster, Product, look_at

GSD_M = 0.05
WEST, NORTH = 500_000.0, 3_342_000.0
CRS_NAME = "EPSG:4549"
BEAT_S = 0.016
NEAR_M = 0.1  # of a pixel while panning: a roof is some 100 pixels wide
PANS, ZOOMS = 200, 60
PIECE = 4096


def write_orthophoto(path: Path, side: int) -> None:
    """Write fields and roofs, ``side`` x ``side`` pixels, window by window."""
    rng = np.random.default_rng(7)
    coarse = rng.integers(60, 190, (PIECE // 64, PIECE // 64, 3)).astype(np.uint8)
    piece = cv2.resize(coarse, (PIECE, PIECE), interpolation=cv2.INTER_CUBIC)
    for column, row, width, height in rng.integers((0, 0, 80, 80), (PIECE - 320, PIECE - 320, 320, 320), (400, 4)):
        colour = tuple(int(v) for v in rng.integers(80, 230, 3))
        cv2.rectangle(piece, (int(column), int(row)), (int(column + width), int(row + height)), colour, -1)
    bands = np.ascontiguousarray(np.moveaxis(piece, -1, 0))
    profile = {
        "driver": "GTiff", "width": side, "height": side, "count": 3, "dtype": "uint8", "crs": CRS_NAME,
        "transform": Affine(GSD_M, 0, WEST, 0, -GSD_M, NORTH), "tiled": True, "blockxsize": 512, "blockysize": 512,
        "compress": "jpeg", "photometric": "ycbcr", "bigtiff": "if_safer", "num_threads": "all_cpus",
    }  # fmt: skip
    with rasterio.open(path, "w", **profile) as dataset:
        for row in range(0, side, PIECE):
            for column in range(0, side, PIECE):
                height, width = min(PIECE, side - row), min(PIECE, side - column)
                dataset.write(bands[:, :height, :width], window=Window(column, row, width, height))
    options = {"COMPRESS_OVERVIEW": "JPEG", "PHOTOMETRIC_OVERVIEW": "YCBCR", "GDAL_NUM_THREADS": "ALL_CPUS"}
    with rasterio.Env(**options), rasterio.open(path, "r+") as dataset:
        dataset.build_overviews([2**n for n in range(1, 8) if side >> n >= 256], Resampling.average)


@dataclass
class Times:
    """What was measured of one way over the map, in milliseconds."""

    frames: list[float] = field(default_factory=list)
    stalls: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)
    sharp: float = 0.0


def pans(start: MapView) -> Iterator[MapView]:
    """A drag to the south-east, 22 pixels a step."""
    for step in range(PANS):
        yield MapView(start.x + 18 * step * NEAR_M, start.y - 12 * step * NEAR_M, NEAR_M)


def zooms(start: MapView) -> Iterator[MapView]:
    """In by 64, then out by 8."""
    for step in range(ZOOMS):
        share = step / (ZOOMS - 1)
        yield MapView(start.x, start.y, start.pixel_m * 2 ** (-6 * min(share / 0.5, 1.5 - share)))


def move(
    app: QApplication, widget: QWidget, views: Iterator[MapView], show: Callable[[MapView], None],
    is_loading: Callable[[], bool],
) -> Times:  # fmt: skip
    """Go through views, one a beat, as the event loop of a window would."""
    times = Times()
    canvas = widget if isinstance(widget, QGraphicsView) else widget.findChild(QGraphicsView)
    for view in views:
        began, used = time.perf_counter(), time.thread_time()
        show(view)
        canvas.viewport().repaint()
        drawn = time.perf_counter()
        times.frames.append((drawn - began) * 1000)
        longest = 0.0
        while True:
            asked = time.perf_counter()
            app.processEvents()
            longest = max(longest, time.perf_counter() - asked)
            if time.perf_counter() - began >= BEAT_S:
                break
            time.sleep(0.001)
        times.stalls.append(longest * 1000)
        times.busy.append((time.thread_time() - used) * 1000)
    ended = time.perf_counter()
    while is_loading():
        app.processEvents()
        time.sleep(0.001)
    times.sharp = (time.perf_counter() - ended) * 1000
    return times


def measure_canvas(app: QApplication, raster: MapRaster, size: tuple[int, int], start: MapView) -> list[Times]:
    """Move over the map of the program."""
    stack = LayerStack()
    stack.put(MapLayer("ortho", "ortho", Group.SURVEYS, RasterSource(raster)))
    canvas = MapCanvas(stack, CRS(CRS_NAME))
    canvas.resize(*size)
    canvas.show()
    measured = [move(app, canvas, way(start), canvas.set_view, lambda: canvas.is_loading) for way in (pans, zooms)]
    canvas.close_workers()
    canvas.close()
    return measured


def measure_naive(app: QApplication, raster: MapRaster, size: tuple[int, int], start: MapView) -> list[Times]:
    """Read and draw the window's piece of the file at every step."""
    ground = pg.GraphicsView()
    box = pg.ViewBox(enableMouse=False, enableMenu=False, lockAspect=True, defaultPadding=0)
    ground.setCentralItem(box)
    item = pg.ImageItem(axisOrder="row-major")
    box.addItem(item, ignoreBounds=True)
    ground.resize(*size)
    ground.show()
    with OpenFiles() as files:

        def show(view: MapView) -> None:
            left, bottom, right, top = Frame(view, *size).bounds
            grid = PixelGrid.spanning((left, bottom, right, top), *size, CRS(CRS_NAME))
            image, _ = read_image(raster.raster, grid, files=files)
            item.setImage(np.moveaxis(image, 0, -1)[::-1], autoLevels=False, levels=(0, 255))
            item.setRect(QRectF(left, bottom, right - left, top - bottom))
            box.setRange(xRange=(left, right), yRange=(bottom, top), padding=0)

        measured = [move(app, ground, way(start), show, lambda: False) for way in (pans, zooms)]
    ground.close()
    return measured


def tell(name: str, times: Times) -> None:
    """One row of the table."""

    def figures(values: list[float]) -> str:
        ordered = sorted(values)
        return f"{statistics.median(ordered):8.1f} {ordered[int(len(ordered) * 0.95)]:8.1f} {ordered[-1]:8.1f}"

    print(f"{name:<16}{figures(times.frames)}   {figures(times.stalls)}   {figures(times.busy)}   {times.sharp:8.0f}")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--side", type=int, default=40_000, help="pixels of the orthophoto's side")
    parser.add_argument("--size", default="1600x900", help="of the window")
    parser.add_argument("--keep", type=Path, help="folder to keep the orthophoto in for the next time")
    options = parser.parse_args()
    width, height = (int(v) for v in options.size.split("x"))
    app = QApplication([])
    with tempfile.TemporaryDirectory() as made:
        path = (options.keep or Path(made)) / f"ortho{options.side}.tif"
        if not path.exists():
            began = time.perf_counter()
            write_orthophoto(path, options.side)
            print(f"wrote {path.stat().st_size / 1e6:.0f} MB in {time.perf_counter() - began:.0f} s")
        survey = Survey(0, "benchmark", date(2025, 1, 1), path, None, CRS_NAME, GSD_M, options.side, options.side)
        raster = look_at(survey, Product.ORTHO, CRS(CRS_NAME))
        middle = options.side / 2 * GSD_M
        start = MapView(WEST + middle, NORTH - middle, options.side * GSD_M / 2 / height)
        print(f"{options.side} x {options.side} pixels in a window of {width} x {height}; milliseconds")
        heads = "".join(f"{what + ': median, 95 %, max':>26}   " for what in ("frame", "stall", "busy"))
        print(f"{'':<16}{heads}{'sharp':>8}")
        for name, measure in (("map", measure_canvas), ("naive", measure_naive)):
            pan, zoom = measure(app, raster, (width, height), start)
            tell(f"{name}, pan", pan)
            tell(f"{name}, zoom", zoom)
    return 0


if __name__ == "__main__":
    sys.exit(main())
