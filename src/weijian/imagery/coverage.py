"""Where a raster may have data, told without decoding it: a county's mosaic is mostly empty."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

import numpy as np
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from rasterio.errors import RasterBlockError

from weijian.domain.grid import PixelGrid
from weijian.elsewhere import through_gdal
from weijian.imagery.files import environment, open_file
from weijian.imagery.raster import Raster
from weijian.imagery.shift import ShiftField

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

_CELL = 64
_MOST_CELLS = 2048  # a side
_MOST_PLACES = 250_000  # that are looked at to spread a few hundred windows
_ENOUGH = 0.7  # share of a window that should have data
_SOURCED = (None, "VRTSourcedRasterBand")
_LARGE = 64_000_000  # pixels; smaller files are read rather than asked for their blocks
_MARGIN = 2.0  # pixels that resampling may reach beyond a window


@dataclass(frozen=True)
class Coverage:
    """Where a file may have data.

    ``cells`` (rows, columns) are squares of ``side`` pixels of the file; ``sums`` are their sums from the upper left.
    """

    raster: Raster
    side: int
    sums: NDArray[np.int64]

    @classmethod
    def of(cls, raster: Raster, side: int, cells: Bools) -> Coverage:
        """The coverage of ``cells`` (rows, columns)."""
        sums = np.zeros((cells.shape[0] + 1, cells.shape[1] + 1), np.int64)
        sums[1:, 1:] = cells.cumsum(0).cumsum(1)
        return cls(raster, side, sums)

    def share(self, boxes: Floats, crs: CRS, shift: ShiftField | None = None) -> Floats:
        """Part (0 to 1) of each of the boxes (n, 4: west, south, east, north in ``crs``) that may have data.

        ``shift`` leads from the ground of the boxes into the file.
        """
        share = np.array([0.0, 0.5, 1.0])
        x = (boxes[:, [0]] + (boxes[:, [2]] - boxes[:, [0]]) * share)[:, None, :].repeat(3, axis=1)
        y = (boxes[:, [1]] + (boxes[:, [3]] - boxes[:, [1]]) * share)[:, :, None].repeat(3, axis=2)
        if shift is not None:
            dx, dy = shift.at(x, y)
            x, y = x + dx, y + dy
        grid = self.raster.grid
        if crs != grid.crs:
            x, y = Transformer.from_crs(crs, grid.crs, always_xy=True).transform(x, y)
        t = ~grid.transform
        columns, rows = t.a * x + t.b * y + t.c, t.d * x + t.e * y + t.f
        left, right = self._cells(columns, self.sums.shape[1] - 1)
        top, bottom = self._cells(rows, self.sums.shape[0] - 1)
        total = self.sums[bottom, right] - self.sums[top, right] - self.sums[bottom, left] + self.sums[top, left]
        return np.asarray(total / np.maximum((bottom - top) * (right - left), 1), np.float64)

    def _cells(self, pixels: Floats, count: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """First cell and cell after the last of what (n, 3, 3) points of boxes span, along one axis."""
        flat = np.where(np.isfinite(pixels), pixels, 0.0).reshape(len(pixels), -1)
        first = np.floor((flat.min(axis=1) - _MARGIN) / self.side)
        last = np.floor((flat.max(axis=1) + _MARGIN) / self.side) + 1
        start = np.clip(first, 0, count).astype(np.intp)
        return start, np.maximum(start, np.clip(last, 0, count).astype(np.intp))


def coverage_of(raster: Raster) -> Coverage | None:
    """What the structure of a file tells: sources of a mosaic (VRT), or blocks that a large TIFF leaves out.

    None where it tells nothing: data may be everywhere.
    """
    if raster.warped:
        return None
    width, height = raster.grid.width, raster.grid.height
    side = max(_CELL, math.ceil(max(width, height) / _MOST_CELLS))
    cells = np.zeros((math.ceil(height / side), math.ceil(width / side)), bool)
    boxes = _vrt_sources(raster) if raster.path.suffix.lower() == ".vrt" else _present_blocks(raster)
    if boxes is None:
        return None
    for left, top, right, bottom in boxes:
        rows = slice(max(0, math.floor(top / side)), math.ceil(bottom / side))
        cells[rows, max(0, math.floor(left / side)) : math.ceil(right / side)] = True
    return None if cells.all() else Coverage.of(raster, side, cells)


Boxes = list[tuple[float, float, float, float]]
"""Left, top, right, bottom in pixels of the file."""


def _vrt_sources(raster: Raster) -> Boxes | None:
    """Where a mosaic has sources in its first colour band; None for other kinds of VRT."""
    if through_gdal(raster.path):
        return None
    boxes: Boxes = []
    band: str | None = None
    try:
        for event, element in iterparse(raster.path, ("start", "end")):
            if event == "start" and element.tag == "VRTDataset" and element.get("subClass"):
                return None
            if event == "start" and element.tag == "VRTRasterBand":
                band = element.get("band")
                if element.get("subClass") not in _SOURCED:
                    return None
            if event == "end" and element.tag.endswith("Source") and band == str(raster.bands[0]):
                box = _destination(element)
                if box is None:
                    return None
                boxes.append(box)
            if event == "end" and element.tag == "VRTRasterBand":
                element.clear()
                band = None
    except (ParseError, DefusedXmlException, OSError, ValueError):
        return None
    return boxes


def _destination(source: Element) -> tuple[float, float, float, float] | None:
    place = source.find("DstRect")
    if place is None:
        return None
    left, top, width, height = (float(place.get(name, "nan")) for name in ("xOff", "yOff", "xSize", "ySize"))
    return (left, top, left + width, top + height) if math.isfinite(left + top + width + height) else None


def _present_blocks(raster: Raster) -> Boxes | None:
    """Blocks that a large tiled TIFF holds; those it leaves out are "no data"."""
    if raster.grid.width * raster.grid.height < _LARGE:
        return None
    with environment(), open_file(raster.path) as dataset:
        block_height, block_width = dataset.block_shapes[raster.bands[0] - 1]
        if dataset.driver != "GTiff" or block_width == dataset.width:
            return None
        boxes: Boxes = []
        for row in range(math.ceil(dataset.height / block_height)):
            for column in range(math.ceil(dataset.width / block_width)):
                try:
                    dataset.block_size(raster.bands[0], row, column)
                except RasterBlockError:
                    continue
                left, top = column * block_width, row * block_height
                boxes.append((left, top, left + block_width, top + block_height))
        return boxes


@dataclass(frozen=True)
class Reach:
    """Where every date may have data in one of its rasters.

    ``dates`` are the coverages of the rasters of each date, with the shift that leads into them; a date of which
    nothing is told does not count.
    """

    crs: CRS
    dates: tuple[tuple[tuple[Coverage, ...], ShiftField | None], ...] = ()

    @classmethod
    def of(cls, crs: CRS, *dates: tuple[Sequence[Raster | None], ShiftField | None]) -> Reach:
        """The reach of dates, each the rasters that may show something and the shift that leads into them."""
        told = []
        for rasters, shift in dates:
            coverages = [coverage_of(raster) for raster in rasters if raster is not None]
            known = tuple(coverage for coverage in coverages if coverage is not None)
            if known and len(known) == len(coverages):
                told.append((known, shift))
        return cls(crs, tuple(told))

    def share(self, boxes: Floats) -> Floats:
        """Part (0 to 1) of each of the boxes (n, 4: west, south, east, north) that may show something at every date."""
        share = np.ones(len(boxes))
        for coverages, shift in self.dates:
            best = np.max([coverage.share(boxes, self.crs, shift) for coverage in coverages], axis=0)
            share = np.minimum(share, best)
        return share

    def parts_of(self, grid: PixelGrid, size: int, halo: int = 0) -> Bools:
        """For each of the grid's :meth:`PixelGrid.parts`, in order, whether there may be something to see."""
        count = grid.count_of_parts(size)
        if not self.dates:
            return np.ones(count, bool)
        rows, columns = np.arange(0, grid.height, size), np.arange(0, grid.width, size)
        top, left = (edges.ravel() for edges in np.meshgrid(rows, columns, indexing="ij"))
        bottom, right = np.minimum(top + size, grid.height) + halo, np.minimum(left + size, grid.width) + halo
        return np.asarray(self.share(boxes_of(grid, top - halo, left - halo, bottom, right)) > 0)

    def spread(self, grid: PixelGrid, side: int, most: int, lattice: list[PixelGrid]) -> list[PixelGrid]:
        """``lattice`` itself where all its windows may show enough, else at most ``most`` others that may show most.

        The others are squares of ``side`` pixels of ``grid``, spread evenly over what is covered.
        """
        if not self.dates or not lattice:
            return lattice
        if (self.share(np.array([window.bounds for window in lattice])) >= _ENOUGH).all():
            return lattice
        height, width = min(side, grid.height), min(side, grid.width)
        step = max(1, round(side / 4), math.ceil(math.sqrt(grid.width * grid.height / _MOST_PLACES)))
        rows, columns = np.arange(0, grid.height - height + 1, step), np.arange(0, grid.width - width + 1, step)
        top, left = (edges.ravel() for edges in np.meshgrid(rows, columns, indexing="ij"))
        share = self.share(boxes_of(grid, top, left, top + height, left + width))
        least = min(_ENOUGH, 0.95 * float(share.max(initial=0.0)))
        found = np.flatnonzero((share >= least) & (share > 0))
        if not found.size:
            return lattice
        chosen = found[np.unique(np.linspace(0, len(found) - 1, min(most, len(found))).round().astype(int))]
        return [grid.crop(int(top[i]), int(left[i]), height, width) for i in chosen]


def boxes_of(
    grid: PixelGrid,
    top: NDArray[np.intp],
    left: NDArray[np.intp],
    bottom: NDArray[np.intp],
    right: NDArray[np.intp],
) -> Floats:
    """(n, 4) west, south, east, north of blocks of a grid."""
    t = grid.transform
    x = np.stack([t.a * c + t.b * r + t.c for c in (left, right) for r in (top, bottom)])
    y = np.stack([t.d * c + t.e * r + t.f for c in (left, right) for r in (top, bottom)])
    return np.stack([x.min(0), y.min(0), x.max(0), y.max(0)], axis=1)
