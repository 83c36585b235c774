"""Reading any pixel grid from any raster in one resampling."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from typing import Any, Literal

import cv2
import numpy as np
from affine import Affine
from numpy.typing import NDArray
from pyproj import Transformer
from rasterio.enums import Resampling
from rasterio.windows import Window

from weijian.domain.errors import RasterDamaged, RasterKindWrong
from weijian.domain.grid import PixelGrid
from weijian.imagery.files import GDAL_FAULTS, Dataset, OpenFiles, borrowed
from weijian.imagery.pixels import Pixels, colours, heights_m
from weijian.imagery.raster import WANTED, Raster, RasterKind
from weijian.imagery.shift import ShiftField

SurfaceResampling = Literal["average", "min", "nearest"]
Floats = NDArray[np.float64]

_BLOCK = 1280  # pixels a side that are resampled at a time: bounds the memory beside the result
_NODES = 17  # points a side of a block at which coordinates are computed exactly
_PLANE = 1e-2  # pixels by which a lattice may differ from a plane and still count as one
_EXACT = 1e-3  # pixels by which two grids may differ and still count as the same
_BILINEAR = 1.3  # pixels of a file under one that a bilinear sample still takes in
_SUB_CELLS = 4  # cells a side of which "min" takes the lowest


def read_image(
    raster: Raster, grid: PixelGrid, shift: ShiftField | None = None, *, files: OpenFiles | None = None
) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    """Colours of ``grid``'s pixels; each is the mean of the file's pixels under it, or interpolated where finer.

    Parameters
    ----------
    raster : Raster
    grid : PixelGrid
        Any CRS, resolution and extent.
    shift : ShiftField, optional
        Where the ground of a point of ``grid`` lies in the file, in ``grid``'s CRS.
    files : OpenFiles, optional
        Datasets kept open between reads.

    Returns
    -------
    image : (3, rows, columns) uint8
        Red, green, blue; 0 where there is no data.
    valid : (rows, columns) bool

    Raises
    ------
    RasterDamaged, FileMissing
    """
    image = np.zeros((3, *grid.shape), np.uint8)
    valid = np.zeros(grid.shape, bool)
    reader = partial(colours, averages=None if files is None else files.averages)
    with borrowed(raster, files) as dataset:
        for rows, columns, block in _blocks(grid):
            values, weights = _resample(dataset, raster, block, shift, reader)
            if values is None:
                continue
            seen = weights >= 0.5
            if not seen.all():
                values[~seen] = 0
            for band, plane in zip(image, cv2.split(values), strict=True):
                band[rows, columns] = plane
            valid[rows, columns] = seen
    return image, valid


def read_surface(
    raster: Raster,
    grid: PixelGrid,
    shift: ShiftField | None = None,
    resampling: SurfaceResampling = "average",
    *,
    files: OpenFiles | None = None,
) -> NDArray[np.float32]:
    """Heights of ``grid``'s pixels in metres.

    Parameters
    ----------
    raster : Raster
        A surface.
    grid, shift, files
        As for :func:`read_image`.
    resampling : {"average", "min", "nearest"}
        Mean of the file's cells under a pixel (interpolated where finer); lowest of a pixel's 4 x 4 parts,
        for ground under things; or the one nearest cell.

    Returns
    -------
    surface : (rows, columns) float32
        NaN where the file has no data, no number or no possible height.

    Raises
    ------
    RasterDamaged, FileMissing, RasterKindWrong
    """
    if raster.kind is not RasterKind.SURFACE:
        raise RasterKindWrong(
            path=raster.path, bands=len(raster.bands), dtype=raster.dtype, wanted=WANTED[RasterKind.SURFACE]
        )
    surface = np.full(grid.shape, np.nan, np.float32)
    reader = partial(heights_m, averages=None if files is None else files.averages)
    with borrowed(raster, files) as dataset:
        for rows, columns, block in _blocks(grid, _BLOCK // _SUB_CELLS if resampling == "min" else _BLOCK):
            surface[rows, columns] = _surface_block(dataset, raster, block, shift, resampling, reader)
    return surface


def _surface_block(
    dataset: Dataset,
    raster: Raster,
    grid: PixelGrid,
    shift: ShiftField | None,
    resampling: SurfaceResampling,
    reader: _Reader,
) -> NDArray[np.float32]:
    fine = _refined(grid, _SUB_CELLS) if resampling == "min" else grid
    values, weights = _resample(dataset, raster, fine, shift, reader, nearest=resampling == "nearest")
    if values is None:
        return np.full(grid.shape, np.nan, np.float32)
    heights: NDArray[np.float32] = np.where(weights >= 0.5, values, np.float32(np.nan)).astype(np.float32)
    if resampling == "min":
        parts = heights.reshape(grid.height, _SUB_CELLS, grid.width, _SUB_CELLS)
        return np.asarray(np.fmin.reduce(np.fmin.reduce(parts, axis=3), axis=1), np.float32)
    return heights


def _refined(grid: PixelGrid, factor: int) -> PixelGrid:
    transform = grid.transform @ type(grid.transform).scale(1 / factor)
    return PixelGrid(grid.crs, transform, grid.width * factor, grid.height * factor)


def _blocks(grid: PixelGrid, size: int = _BLOCK) -> Iterator[tuple[slice, slice, PixelGrid]]:
    for row in range(0, grid.height, size):
        for column in range(0, grid.width, size):
            height, width = min(size, grid.height - row), min(size, grid.width - column)
            block = grid.crop(row, column, height, width)
            yield slice(row, row + height), slice(column, column + width), block


_Reader = Callable[[Dataset, Raster, Window, tuple[int, int], Resampling], Pixels]


def _resample(
    dataset: Dataset,
    raster: Raster,
    grid: PixelGrid,
    shift: ShiftField | None,
    reader: _Reader,
    nearest: bool = False,
) -> tuple[NDArray[Any] | None, NDArray[np.float32]]:
    """Values and weights (0 none, 1 full) on ``grid``; no values where the file does not reach.

    The window under the grid is read averaged by a whole number of pixels, counted from the file's corner so that
    neighbouring grids see the same averages; what is left of the ratio is a bilinear sampling.
    """
    nothing = np.zeros(grid.shape, np.float32)
    x, y = _file_coordinates(raster, grid, shift)
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        return None, nothing
    ratio = max(1.0, float(np.sqrt(abs(_area(x, y)) / (grid.width * grid.height))))
    factor = min(int(ratio + 1e-6), dataset.width, dataset.height)
    window = _window(x, y, factor, dataset.width, dataset.height)
    if window is None:
        return None, nothing
    shape = (int(window.height) // factor, int(window.width) // factor)
    try:
        pixels = reader(dataset, raster, window, shape, Resampling.nearest if nearest else Resampling.average)
    except GDAL_FAULTS as fault:
        raise RasterDamaged(path=raster.path, row=int(window.row_off)) from fault
    x, y = (x - window.col_off) / factor, (y - window.row_off) / factor
    origin = _whole_steps(x, y, grid)
    if origin is not None:
        return _cut(pixels, *origin, grid)
    return _remap(pixels, x, y, grid, 1 if nearest or ratio / factor < _BILINEAR else 2, nearest)


def _file_coordinates(raster: Raster, grid: PixelGrid, shift: ShiftField | None) -> tuple[Floats, Floats]:
    """(nodes, nodes) columns and rows of the file (pixel corners are whole) at a lattice from corner to corner."""
    columns, rows = np.meshgrid(np.linspace(0, grid.width, _NODES), np.linspace(0, grid.height, _NODES))
    x, y = _apply(grid.transform, columns, rows)
    if shift is not None:
        dx, dy = shift.at(x, y)
        x, y = x + dx, y + dy
    if grid.crs != raster.grid.crs:
        x, y = Transformer.from_crs(grid.crs, raster.grid.crs, always_xy=True).transform(x, y)
    return _apply(~raster.grid.transform, np.asarray(x), np.asarray(y))


def _apply(transform: Affine, x: Floats, y: Floats) -> tuple[Floats, Floats]:
    t = transform
    return t.a * x + t.b * y + t.c, t.d * x + t.e * y + t.f


def _area(x: Floats, y: Floats) -> float:
    """Area of the quadrangle of a lattice's corners, by its diagonals."""
    along = x[-1, -1] - x[0, 0], y[-1, -1] - y[0, 0]
    across = x[-1, 0] - x[0, -1], y[-1, 0] - y[0, -1]
    return float(along[0] * across[1] - along[1] * across[0]) / 2


def _window(x: Floats, y: Floats, factor: int, width: int, height: int) -> Window | None:
    """Window of the file under a lattice with a margin, on multiples of ``factor``; None when off the file."""

    def span(values: Floats, size: int) -> tuple[int, int]:
        first = max(0, int(np.floor(values.min() / factor)) - 2)
        last = min(size // factor, int(np.ceil(values.max() / factor)) + 2)
        return first * factor, max(0, last - first) * factor

    (column, columns), (row, rows) = span(x, width), span(y, height)
    return Window(column, row, columns, rows) if rows and columns else None


def _whole_steps(x: Floats, y: Floats, grid: PixelGrid) -> tuple[int, int] | None:
    """(row, column) at which ``grid`` lies pixel on pixel in the window, if it does."""
    row, column = round(float(y[0, 0])), round(float(x[0, 0]))
    same_x = np.abs(x - np.linspace(column, column + grid.width, _NODES)[None, :]).max() < _EXACT
    same_y = np.abs(y - np.linspace(row, row + grid.height, _NODES)[:, None]).max() < _EXACT
    return (row, column) if same_x and same_y else None


def _cut(pixels: Pixels, row: int, column: int, grid: PixelGrid) -> tuple[NDArray[Any] | None, NDArray[np.float32]]:
    """The window's pixels themselves, empty beyond its edge."""
    height, width = pixels.valid.shape
    values = np.zeros((*grid.shape, *pixels.values.shape[2:]), pixels.values.dtype)
    weights = np.zeros(grid.shape, np.float32)
    r0, r1 = max(row, 0), min(row + grid.height, height)
    c0, c1 = max(column, 0), min(column + grid.width, width)
    if r0 >= r1 or c0 >= c1:
        return None, weights
    target = slice(r0 - row, r1 - row), slice(c0 - column, c1 - column)
    values[target] = pixels.values[r0:r1, c0:c1]
    weights[target] = pixels.valid[r0:r1, c0:c1]
    return values, weights


def _remap(
    pixels: Pixels, x: Floats, y: Floats, grid: PixelGrid, samples: int, nearest: bool
) -> tuple[NDArray[Any], NDArray[np.float32]]:
    """Sample the window at the lattice's coordinates, ``samples`` x ``samples`` to a pixel of ``grid``."""
    sampler = _sampler(x, y, grid.height * samples, grid.width * samples, nearest)

    def sampled(values: NDArray[Any], border: int) -> NDArray[Any]:
        wide = sampler(values, border)
        return np.asarray(
            cv2.resize(wide, (grid.width, grid.height), interpolation=cv2.INTER_AREA) if samples > 1 else wide
        )

    whole = bool(pixels.valid.all())
    if whole and _within(x, y, pixels.valid.shape):
        return sampled(pixels.values, cv2.BORDER_REPLICATE), np.ones(grid.shape, np.float32)
    weights = sampled(pixels.valid.astype(np.float32), cv2.BORDER_CONSTANT).astype(np.float32)
    if whole:
        return sampled(pixels.values, cv2.BORDER_REPLICATE), weights
    mixed = sampled(pixels.values.astype(np.float32), cv2.BORDER_CONSTANT)
    share = np.maximum(weights, 1e-6)
    values = mixed / (share[..., None] if mixed.ndim == 3 else share)
    if pixels.values.dtype == np.uint8:
        values = np.clip(np.rint(values), 0, 255).astype(np.uint8)
    return values, weights


def _sampler(x: Floats, y: Floats, height: int, width: int, nearest: bool) -> Callable[[NDArray[Any], int], Any]:
    """Samples an array, with a rule for its border, at the centres of height x width pixels over a lattice."""
    matrix = None if nearest else _matrix(x, y, height, width)
    if matrix is not None:
        how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        return lambda values, border: cv2.warpAffine(values, matrix, (width, height), flags=how, borderMode=border)
    map_x, map_y = _spread(x, height, width), _spread(y, height, width)
    rule = cv2.INTER_NEAREST if nearest else cv2.INTER_LINEAR
    return lambda values, border: cv2.remap(values, map_x, map_y, rule, borderMode=border)


def _matrix(x: Floats, y: Floats, height: int, width: int) -> Floats | None:
    """(2, 3) from pixels (their centres are whole) to the window's; None where the lattice is not that of a plane."""
    steps = np.linspace(0.0, 1.0, _NODES)
    rows = []
    for nodes in (x, y):
        right, down = nodes[0, -1] - nodes[0, 0], nodes[-1, 0] - nodes[0, 0]
        plane = nodes[0, 0] + right * steps[None, :] + down * steps[:, None]
        if np.abs(nodes - plane).max() > _PLANE:
            return None
        across, along = right / width, down / height
        rows.append((across, along, nodes[0, 0] + across / 2 + along / 2 - 0.5))
    return np.array(rows)


def _within(x: Floats, y: Floats, shape: tuple[int, ...]) -> bool:
    """Whether everything between a lattice's corners can be interpolated from an array of ``shape``."""
    height, width = shape
    return bool(x.min() >= 0.5 and y.min() >= 0.5 and x.max() <= width - 0.5 and y.max() <= height - 0.5)


def _spread(nodes: Floats, height: int, width: int) -> NDArray[np.float32]:
    """Bilinear interpolation of a corner-to-corner lattice at the centres of height x width pixels, less one half."""
    return _stretched(_stretched((nodes - 0.5).T, height).T, width).astype(np.float32, copy=False)


def _stretched(nodes: Floats, size: int) -> Floats:
    """(lines, nodes) interpolated at the centres of ``size`` pixels along the second axis, span by span."""
    at = (np.arange(size) + 0.5) / size * (_NODES - 1)
    edges = np.searchsorted(at, np.arange(_NODES))
    spread = np.empty((len(nodes), size))
    for left, (start, stop) in enumerate(pairwise(edges)):
        rise = nodes[:, left + 1] - nodes[:, left]
        spread[:, start:stop] = nodes[:, left, None] + rise[:, None] * (at[start:stop] - left)
    return spread
