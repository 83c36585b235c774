"""Outlines as a layer of the map: drawn tile by tile in worker threads, found again under the pointer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from weijian.domain.change_set import Part
from weijian.domain.grid import Bounds, PixelGrid
from weijian.qt.map.outline_painter import BLOCK_PX, LABEL_ROOM_PX, OutlinePainter
from weijian.qt.map.styles import Style, style_of
from weijian.services.outlines import Outlines

_SIMPLE = 24  # vertices up to which leaving some out costs more than it saves
_INTRICATE = 2000  # vertices from which cutting off what is out of the tile saves more than it costs
_REACH_PX = 16.0  # how far an outline's line, with its rim and corners, can reach


class Shapes:
    """Outlines ready to be drawn and looked up; equal only to itself.

    To be made in a worker thread: half a million take a second.
    """

    def __init__(self, outlines: Outlines) -> None:
        self.outlines = outlines
        self.geometry: NDArray[np.object_] = shapely.normalize(outlines.geometry)
        """With outer rings and holes turning opposite ways, so that overlaps are filled and holes are not."""
        self.boxes: NDArray[np.float64] = shapely.bounds(self.geometry)
        self.sizes: NDArray[np.float64] = np.maximum(
            self.boxes[:, 2] - self.boxes[:, 0], self.boxes[:, 3] - self.boxes[:, 1]
        )
        self.vertices: NDArray[np.int32] = shapely.get_num_coordinates(self.geometry)
        self.tree = shapely.STRtree(self.geometry)

    @cached_property
    def bounds(self) -> Bounds | None:
        """Box around all; None when there are none."""
        if not len(self.boxes):
            return None
        left, bottom = self.boxes[:, :2].min(axis=0).tolist()
        right, top = self.boxes[:, 2:].max(axis=0).tolist()
        return left, bottom, right, top


@dataclass(frozen=True)
class VectorSource:
    """A `weijian.qt.map.layers.TileSource` of outlines.

    Parameters
    ----------
    shapes : Shapes
    style : str
        Key of one of the styles for this part; the usual one when it is another layer's.
    scale : float
        Device pixels to one of the screen's: widths, marks and labels grow with it.
    """

    shapes: Shapes
    style: str = ""
    scale: float = 1.0

    @property
    def part(self) -> Part:
        """What is shown."""
        return self.shapes.outlines.part

    @property
    def bounds(self) -> Bounds | None:
        """Where there is something."""
        return self.shapes.bounds

    @property
    def finest_m(self) -> float | None:
        """Lines are sharp at every size."""
        return None

    @cached_property
    def _style(self) -> Style:
        return style_of(self.part.value, self.style)

    @cached_property
    def _codes(self) -> NDArray[np.intp]:
        """For each outline the place of its class in the style."""
        style, outlines = self._style, self.shapes.outlines
        if not style.column:
            return np.zeros(len(outlines.numbers), dtype=np.intp)
        values = outlines.classes[style.column]
        known = {value: style.class_at(value) for value in set(values)}
        return np.fromiter((known[value] for value in values), np.intp, len(values))

    def tile(self, grid: PixelGrid) -> QImage:
        """Draw the outlines on one piece of ground; in any thread."""
        image = QImage(grid.width, grid.height, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        pixel = grid.resolution
        found = self._near(grid, (LABEL_ROOM_PX if self._labelled(pixel) else _REACH_PX) * self.scale * pixel)
        if not len(found):
            return image
        sizes = self.shapes.sizes[found] / pixel
        marked = self._style.marker_px > 0
        is_small = sizes < (self._style.marker_px * self.scale if marked else BLOCK_PX)
        large, small = found[~is_small], found[is_small]
        painter = OutlinePainter(image, grid, self._style, self.scale)
        if not marked:
            painter.blocks(self.shapes.boxes[small], self._codes[small])
        with painter:
            painter.outlines(self._simplified(large, grid), self._codes[large], float(np.median(sizes)))
            if marked:
                painter.marks(self.shapes.boxes[small], self._codes[small])
            if self._labelled(pixel):
                self._label(painter, large, pixel)
        return image

    def hits(self, x: float, y: float, tolerance_m: float) -> list[int]:
        """The outlines at a point or so near, the smallest first, by their place in ``shapes.outlines``."""
        if self.bounds is None:
            return []
        found = self.shapes.tree.query(shapely.Point(x, y), predicate="dwithin", distance=tolerance_m)
        inside = shapely.intersects_xy(self.shapes.geometry[found], x, y)
        ranked: list[int] = found[np.lexsort((found, self.shapes.sizes[found], ~inside))].tolist()
        return ranked

    def _near(self, grid: PixelGrid, margin_m: float) -> NDArray[np.intp]:
        return np.sort(self.shapes.tree.query(shapely.box(*_grown(grid.bounds, margin_m))))

    def _simplified(self, found: NDArray[np.intp], grid: PixelGrid) -> NDArray[np.object_]:
        """The outlines as this tile needs them, to half a pixel.

        Vertices are left out before anything is cut off, so that neighbouring tiles show the same line.
        """
        geometry = self.shapes.geometry[found]
        winding: NDArray[np.bool_] = self.shapes.vertices[found] > _SIMPLE
        if winding.any():
            simple = shapely.simplify(geometry[winding], grid.resolution / 2, preserve_topology=False)
            intricate = shapely.get_num_coordinates(simple) > _INTRICATE
            if intricate.any():
                window = _grown(grid.bounds, _REACH_PX * self.scale * grid.resolution)
                simple[intricate] = shapely.normalize(shapely.clip_by_rect(simple[intricate], *window))
            geometry[winding] = simple
        return geometry

    def _labelled(self, pixel: float) -> bool:
        return self.part in _LABEL_BELOW_M and pixel < _LABEL_BELOW_M[self.part] / self.scale

    def _label(self, painter: OutlinePainter, found: NDArray[np.intp], pixel: float) -> None:
        wide = found[(self.shapes.boxes[found, 2] - self.shapes.boxes[found, 0]) / pixel >= 40 * self.scale]
        points = shapely.get_coordinates(shapely.point_on_surface(self.shapes.geometry[wide]))
        outlines = self.shapes.outlines
        names = outlines.classes.get("household_no", outlines.numbers)
        for place, point in zip(wide.tolist(), points, strict=True):
            room = (self.shapes.boxes[place, 2] - self.shapes.boxes[place, 0]) / pixel
            name = names[place] or outlines.numbers[place]
            painter.label(name, point, float(room), _LABEL_LINE[self.part])


def _grown(bounds: Bounds, by: float) -> Bounds:
    left, bottom, right, top = bounds
    return left - by, bottom - by, right + by, top + by


_LABEL_BELOW_M = {Part.FINDINGS: 0.6, Part.CASES: 0.6, Part.BUILDINGS: 0.15}
"""Ground metres of a pixel below which things are labelled."""
_LABEL_LINE = {Part.CASES: -1, Part.FINDINGS: 0, Part.BUILDINGS: 1}
"""Lines below the middle, so that the labels of what lies on each other can be read."""
