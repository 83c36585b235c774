"""How long the map takes to show many buildings, against a scene of one path item for each.

    python benchmarks/shell_vectors.py [--counts 50000 500000] [--size 1366x768]

Makes a town of rectangular and L-shaped buildings. *ready* is the time from outlines in memory to something that can
be drawn: for the map an index, in a worker thread; for the naive scene its items, on the GUI thread. *picture* is the
time from the wish until the whole town is drawn in the window, *frozen* the longest that the window did not answer
before that. A *step* of panning moves the map by 64 pixels, with a third of the town's height (far) or some streets
(near, 0.5 m a pixel) in sight: until something is on the screen (*frame*: what the hand feels) and until all of it is
(*whole*); *zoom* is a notch of the wheel. Medians and the longest of the steps; milliseconds. The naive view scrolls:
it draws only the strip that comes into sight, which it could not over imagery or under anything that stays in place.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import shapely
from pyproj import CRS
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPolygonF
from PySide6.QtWidgets import QApplication, QFrame, QGraphicsPathItem, QGraphicsScene, QGraphicsView

from weijian.domain.change_set import Part
from weijian.qt.map.canvas import MapCanvas
from weijian.qt.map.layers import Group, LayerStack, MapLayer
from weijian.qt.map.map_view import Frame, MapView
from weijian.qt.map.outline_painter import pen_of
from weijian.qt.map.styles import style_of
from weijian.qt.map.vector_source import Shapes, VectorSource
from weijian.services.outlines import Outlines

CRS_NAME = "EPSG:4549"
WEST, SOUTH = 500_000.0, 3_340_000.0
PLOT_M = 22.0
NEAR_M = 0.5
STEPS, STEP_PX = 12, 64
L_SHAPE = np.array([(0, 0), (1, 0), (1, 0.5), (0.6, 0.5), (0.6, 1), (0, 1), (0, 0)])


def town(count: int) -> Outlines:
    """Buildings of 6 to 16 m, one a plot, each turned its own way; a third of them L-shaped."""
    chance = np.random.default_rng(5)
    across = int(np.ceil(np.sqrt(count)))
    rows, columns = np.divmod(np.arange(count), across)
    middles = np.stack([WEST + (columns + 0.5) * PLOT_M, SOUTH + (rows + 0.5) * PLOT_M], axis=1)
    middles += chance.uniform(-2, 2, (count, 2))
    corners = np.repeat(L_SHAPE[None], count, axis=0)
    plain = chance.random(count) < 0.67
    corners[plain, 2:5] = (1, 1)  # a rectangle; the corners on one spot are taken out below
    corners = (corners - 0.5) * chance.uniform(6, 16, (count, 1, 2))
    turn = chance.uniform(0, np.pi, count)
    turned = np.stack([np.cos(turn), -np.sin(turn), np.sin(turn), np.cos(turn)], axis=1).reshape(-1, 1, 2, 2)
    placed = (turned @ corners[..., None])[..., 0] + middles[:, None]
    geometry = np.empty(count, dtype=object)
    geometry[plain] = shapely.polygons(placed[plain][:, (0, 1, 2, 5, 6)])
    geometry[~plain] = shapely.polygons(placed[~plain])
    numbers = tuple(f"F{n:06d}" for n in range(count))
    return Outlines(Part.BUILDINGS, numbers, geometry, {"storeys": (None,) * count, "household_no": (None,) * count})


@dataclass
class Times:
    """Milliseconds of one way to draw; steps as (frame, whole)."""

    ready: float
    frozen: float
    picture: float
    far: list[tuple[float, float]]
    near: list[tuple[float, float]]
    zoom: list[tuple[float, float]]


def third(whole: MapView, size: tuple[int, int]) -> MapView:
    """The view of a third of the town's height, at its left edge, from the view of all of it."""
    left = whole.x - size[1] / 2 * whole.pixel_m
    return MapView(left + size[0] / 2 * whole.pixel_m / 3, whole.y, whole.pixel_m / 3)


def pans(start: MapView) -> list[MapView]:
    """Steps to the east."""
    return [MapView(start.x + step * STEP_PX * start.pixel_m, start.y, start.pixel_m) for step in range(STEPS + 1)]


def zooms(whole: MapView) -> list[MapView]:
    """Notches of the wheel from an eighth of the town to all of it."""
    return [MapView(whole.x, whole.y, whole.pixel_m / 2 ** (notch / 2)) for notch in range(6, -1, -1)]


def elapsed(work: Callable[[], object]) -> float:
    """Milliseconds that something takes."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def measure_map(app: QApplication, outlines: Outlines, size: tuple[int, int]) -> Times:
    """Show the town on the map of the program."""
    began = time.perf_counter()
    source = VectorSource(Shapes(outlines))
    ready = (time.perf_counter() - began) * 1000
    stack = LayerStack()
    canvas = MapCanvas(stack, CRS(CRS_NAME))
    canvas.resize(*size)
    canvas.show()
    app.processEvents()
    viewport = canvas.findChild(QGraphicsView).viewport()

    away: list[float] = []

    def finish() -> None:
        while canvas.is_loading:
            away.append(elapsed(app.processEvents))
            time.sleep(0.0005)
        away.append(elapsed(viewport.repaint))

    def show() -> None:
        stack.put(MapLayer("buildings", "buildings", Group.ARCHIVE, source))
        canvas.zoom_full()
        finish()

    picture = elapsed(show)
    frozen = max(away)

    def steps(first: MapView, *others: MapView) -> list[tuple[float, float]]:
        canvas.set_view(first)
        finish()
        times = []
        for view in others:
            began = time.perf_counter()
            canvas.set_view(view)
            viewport.repaint()
            frame = (time.perf_counter() - began) * 1000
            finish()
            times.append((frame, (time.perf_counter() - began) * 1000))
        return times

    whole = canvas.view
    far, near = steps(*pans(third(whole, size))), steps(*pans(MapView(whole.x, whole.y, NEAR_M)))
    zoom = steps(*zooms(whole))
    canvas.close_workers()
    canvas.close()
    return Times(ready, frozen, picture, far, near, zoom)


def measure_naive(app: QApplication, outlines: Outlines, size: tuple[int, int]) -> Times:
    """Show the town as a scene of one path item for each building."""
    look = style_of("buildings", "").classes[0].look
    pen, fill = pen_of(look), QColor(look.fill)
    pen.setCosmetic(True)
    scene = QGraphicsScene()

    def fill_scene() -> None:
        for building in outlines.geometry:
            path = QPainterPath()
            path.addPolygon(QPolygonF([QPointF(x - WEST, SOUTH - y) for x, y in building.exterior.coords]))
            item = QGraphicsPathItem(path)
            item.setPen(pen)
            item.setBrush(fill)
            scene.addItem(item)

    ready = elapsed(fill_scene)
    ground = QGraphicsView()
    ground.setRenderHint(QPainter.RenderHint.Antialiasing)
    ground.setFrameShape(QFrame.Shape.NoFrame)
    for policy in (ground.setHorizontalScrollBarPolicy, ground.setVerticalScrollBarPolicy):
        policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    ground.resize(*size)
    ground.setSceneRect(QRectF(-1e6, -1e6, 2e6, 2e6))
    ground.show()
    app.processEvents()

    def look_at(view: MapView) -> None:
        ground.resetTransform()
        ground.scale(1 / view.pixel_m, 1 / view.pixel_m)
        ground.centerOn(view.x - WEST, SOUTH - view.y)

    left, bottom, right, top = shapely.total_bounds(outlines.geometry).tolist()
    whole = Frame(MapView(0, 0, 1), *size).fitting((left, bottom, right, top), 0.03)

    def show() -> None:
        ground.setScene(scene)
        look_at(whole)
        ground.viewport().repaint()

    picture = elapsed(show)

    def steps(start: MapView) -> list[tuple[float, float]]:
        look_at(start)
        ground.viewport().repaint()
        bar, strip = ground.horizontalScrollBar(), QRect(size[0] - STEP_PX, 0, STEP_PX, size[1])
        times = []
        for _ in range(STEPS):
            took = elapsed(lambda: (bar.setValue(bar.value() + STEP_PX), ground.viewport().repaint(strip)))
            times.append((took, took))
        return times

    far, near = steps(third(whole, size)), steps(MapView(whole.x, whole.y, NEAR_M))
    took = [elapsed(lambda view=view: (look_at(view), ground.viewport().repaint())) for view in zooms(whole)]
    zoom = [(each, each) for each in took[1:]]
    ground.close()
    scene.clear()
    return Times(ready, max(ready, picture), picture, far, near, zoom)


def tell(count: int, drawn: Times, naive: Times) -> None:
    """The table of one town."""

    def steps(name: str, kind: int, reckon: Callable[[list[float]], float]) -> tuple[float, float]:
        ours, theirs = ([step[kind] for step in getattr(times, name)] for times in (drawn, naive))
        return reckon(ours), reckon(theirs)

    rows = {
        "ready to draw": (drawn.ready, naive.ready),
        "window frozen, at most": (drawn.frozen, naive.frozen),
        "first picture of all": (drawn.picture, naive.picture),
        "step, far: frame, median": steps("far", 0, statistics.median),
        "step, far: frame, longest": steps("far", 0, max),
        "step, far: whole, median": steps("far", 1, statistics.median),
        "step, far: whole, longest": steps("far", 1, max),
        "step, near: frame, median": steps("near", 0, statistics.median),
        "step, near: frame, longest": steps("near", 0, max),
        "step, near: whole, median": steps("near", 1, statistics.median),
        "step, near: whole, longest": steps("near", 1, max),
        "zoom: frame, median": steps("zoom", 0, statistics.median),
        "zoom: whole, median": steps("zoom", 1, statistics.median),
        "zoom: whole, longest": steps("zoom", 1, max),
    }
    print(f"\n{f'{count:,} buildings; milliseconds':<32}{'map':>12}{'naive':>12}{'naive / map':>14}")
    for title, (ours, theirs) in rows.items():
        print(f"{title:<32}{ours:>12.1f}{theirs:>12.1f}{theirs / ours:>14.2f}")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--counts", type=int, nargs="+", default=[50_000, 500_000], help="buildings of the towns")
    parser.add_argument("--size", default="1366x768", help="of the window")
    options = parser.parse_args()
    width, height = (int(v) for v in options.size.split("x"))
    app = QApplication([])
    print(f"window of {width} x {height}, {os.cpu_count()} processors")
    for count in options.counts:
        outlines = town(count)
        tell(count, measure_map(app, outlines, (width, height)), measure_naive(app, outlines, (width, height)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
