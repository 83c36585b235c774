"""Products of surveys as pictures for the map: any piece, at any size, lying where the archive lies."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS

from weijian.domain.errors import FileMissing, InputError, NotFound
from weijian.domain.grid import Bounds, PixelGrid
from weijian.domain.language import Words
from weijian.domain.survey import Survey
from weijian.imagery.files import OpenFiles, borrowed
from weijian.imagery.raster import Raster, RasterKind, open_raster
from weijian.imagery.shift import ShiftField
from weijian.imagery.windows import read_image, read_surface
from weijian.services.alignments import Placement, shifts_near
from weijian.services.relief import shaded_relief

MOST_PIXELS = 64_000_000
"""Pixels of a file that may have to be decoded for one piece; more takes seconds."""

MOST_AVERAGES = 16 * 1024 * 1024
"""Bytes of reduced pixels kept for each product that a map shows: there may be dozens."""

_SAMPLE = 512  # pixels of the longer side on which the range of heights is measured
_WINDOWS, _WINDOW = 6, 128  # or a lattice of so many windows a side, where reading the whole is dear
_TAILS = (1.0, 99.0)


class OverviewsMissing(InputError):
    """A raster is too large to be shown from afar without overviews."""

    zh = "影像 {path} 没有金字塔，缩小后无法显示；请为它建立金字塔，或放大地图查看。"
    en = "Image {path} has no overviews and cannot be shown from afar; build overviews for it, or zoom in."


class FileReplaced(InputError):
    """A file is no longer the one that was looked at."""

    zh = "文件 {path} 已被改动；请重新加载该图层。"
    en = "File {path} has been changed; load its layer again."


class Product(StrEnum):
    """Which of a flight's products."""

    ORTHO = "ortho"
    SURFACE = "dsm"


@dataclass(frozen=True)
class Lie:
    """How a survey lies to the archive, as a detection measured it; ``later_crs`` is the later survey's."""

    placement: Placement
    later_crs: str
    is_before: bool


@dataclass(frozen=True)
class MapRaster:
    """A product as it can be drawn. Equal ones draw the same.

    Attributes
    ----------
    path : pathlib.Path
    product : Product
    version : (int, int)
        Time of the file's last change in nanoseconds, and its size in bytes.
    crs_wkt : str
        Of the map.
    bounds : Bounds
        Where it lies on the map, with its shift.
    finest_m : float
        Ground length of the file's pixels on the map.
    overviews : tuple of int
        Reductions that the file has ready.
    heights : (low, high) or None
        Range of a surface's heights in metres, without the tails.
    lie : Lie or None
        None draws the file where it says it lies.
    """

    path: Path
    product: Product
    version: tuple[int, int]
    crs_wkt: str
    bounds: Bounds
    finest_m: float
    overviews: tuple[int, ...]
    heights: tuple[float, float] | None
    lie: Lie | None
    raster: Raster = field(compare=False, repr=False)
    files: OpenFiles = field(default_factory=partial(OpenFiles, MOST_AVERAGES), compare=False, repr=False)
    """Open datasets, one for each thread that draws; closed when nobody has this value any more."""


def look_at(survey: Survey, product: Product, crs: CRS, lie: Lie | None = None) -> MapRaster:
    """Look at a product that is registered or could be.

    Raises
    ------
    InputError
        Its file is missing, gone or damaged.
    """
    path = survey.ortho if product is Product.ORTHO else survey.dsm
    if path is None:
        raise NotFound(kind=Words("表面模型，期次", "surface model of survey"), number=survey.survey_id)
    kind = RasterKind.IMAGE if product is Product.ORTHO else RasterKind.SURFACE
    version = _version(path)
    raster = open_raster(path, crs=CRS(survey.crs), kind=kind)
    with borrowed(raster, None) as dataset:
        overviews = tuple(dataset.overviews(raster.bands[0]))
    return MapRaster(
        path=path,
        product=product,
        version=version,
        crs_wkt=crs.to_wkt(),
        bounds=_lying_bounds(raster, crs, lie),
        finest_m=raster.grid.resolution_in(crs),
        overviews=overviews,
        heights=None if product is Product.ORTHO else _height_range(raster, bool(overviews)),
        lie=lie,
        raster=raster,
    )


def draw(raster: MapRaster, grid: PixelGrid) -> NDArray[np.uint8]:
    """Draw a piece: an orthophoto's colours, or a surface as shaded relief coloured by height.

    Any thread may draw; each has its own open file.

    Parameters
    ----------
    raster : MapRaster
    grid : PixelGrid
        In the map's CRS.

    Returns
    -------
    (rows, columns, 4) uint8
        Red, green, blue, opacity (0 or 255); all 0 where there is no data.

    Raises
    ------
    FileMissing, FileReplaced, RasterDamaged
    OverviewsMissing
        More than `MOST_PIXELS` of the file would have to be decoded.
    """
    if _version(raster.path) != raster.version:
        raise FileReplaced(path=raster.path)
    if _pixels_to_decode(raster, grid) > MOST_PIXELS:
        raise OverviewsMissing(path=raster.path)
    shift = None if raster.lie is None else _shift_in(raster.lie, grid.bounds, grid.crs)
    if raster.heights is not None:
        surface = read_surface(raster.raster, grid.pad(1), shift, files=raster.files)
        return shaded_relief(surface, grid.resolution, raster.heights)
    image, valid = read_image(raster.raster, grid, shift, files=raster.files)
    rgba = np.zeros((*grid.shape, 4), np.uint8)
    rgba[..., :3] = np.moveaxis(image, 0, -1)
    rgba[..., 3] = np.where(valid, np.uint8(255), np.uint8(0))
    return rgba


def _version(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError as fault:
        raise FileMissing(path=path) from fault
    return status.st_mtime_ns, status.st_size


def _pixels_to_decode(raster: MapRaster, grid: PixelGrid) -> float:
    """Pixels of the file, or of the overview that serves, under a piece."""
    whole = raster.raster.grid
    factor = max(1.0, grid.resolution / raster.finest_m)
    ready = max((reduction for reduction in raster.overviews if reduction <= factor), default=1)
    under = grid.width * grid.height * factor**2
    return min(under, whole.width * whole.height) / ready**2


def _shift_in(lie: Lie, bounds: Bounds, crs: CRS) -> ShiftField | None:
    earlier, later = shifts_near(lie.placement, bounds, crs, CRS(lie.later_crs))
    return earlier if lie.is_before else later


def _lying_bounds(raster: Raster, crs: CRS, lie: Lie | None) -> Bounds:
    bounds = raster.grid.bounds_in(crs)
    shift = None if lie is None else _shift_in(lie, bounds, crs)
    if shift is None:
        return bounds
    left, bottom, right, top = bounds
    dx, dy = (float(by) for by in shift.at((left + right) / 2, (bottom + top) / 2))
    return left - dx, bottom - dy, right - dx, top - dy


def _height_range(raster: Raster, has_overviews: bool) -> tuple[float, float]:
    """Heights between which nearly all of the surface lies."""
    grid = raster.grid
    if has_overviews or grid.width * grid.height <= MOST_PIXELS // 4:
        shrink = max(1.0, max(grid.width, grid.height) / _SAMPLE)
        columns, rows = max(1, round(grid.width / shrink)), max(1, round(grid.height / shrink))
        scaling = type(grid.transform).scale(grid.width / columns, grid.height / rows)
        heights = read_surface(raster, PixelGrid(grid.crs, grid.transform @ scaling, columns, rows)).ravel()
    else:
        with OpenFiles() as files:
            heights = np.concatenate(
                [
                    read_surface(raster, grid.crop(int(row), int(column), _WINDOW, _WINDOW), files=files).ravel()
                    for row in np.linspace(0, grid.height - _WINDOW, _WINDOWS)
                    for column in np.linspace(0, grid.width - _WINDOW, _WINDOWS)
                ]
            )
    known = heights[np.isfinite(heights)]
    if not known.size:
        return 0.0, 1.0
    low, high = (float(value) for value in np.percentile(known, _TAILS))
    return low, max(high, low + 1.0)
