"""Whether a raster shows anything on the ground that matters: files that are whole and empty."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from weijian.domain.errors import InputError
from weijian.domain.grid import PixelGrid
from weijian.domain.language import Words
from weijian.imagery.coverage import Reach
from weijian.imagery.files import OpenFiles
from weijian.imagery.raster import Raster, RasterKind
from weijian.imagery.windows import read_image, read_surface

_LATTICES = ((256, 3), (64, 24))
"""Pixels a side of windows, and windows a side; what little a file shows lies between few windows, not between many."""


class NothingShown(InputError):
    """A survey's file can be read and has nothing in it that could be compared."""

    zh = "文件 {path} 没有可比对的内容：{why}；请检查导出设置，或换一个文件。"
    en = "File {path} shows nothing that can be compared: {why}; check how it was exported or use another file."


def require_shown(raster: Raster, grid: PixelGrid, *, pictured: bool = True, files: OpenFiles | None = None) -> None:
    """Refuse a raster that shows nothing on the ground of a detection.

    Windows spread over what is covered are read, nine large and then many small ones, until one shows something.

    Parameters
    ----------
    raster : Raster
        An image or a surface.
    grid : PixelGrid
        The detection's grid.
    pictured : bool
        Whether one value everywhere is nothing too; an image beside heights may be of one colour.
    files : OpenFiles, optional
        Datasets kept open between reads.

    Raises
    ------
    NothingShown
    """
    first: NDArray[np.generic] | None = None
    for window in _windows(raster, grid):
        values = _values(raster, window, files)
        if not values.shape[1]:
            continue
        first = values[:, :1] if first is None else first
        if not pictured or (values != first).any():
            return
    surface = raster.kind is RasterKind.SURFACE
    if first is None and surface:
        why = Words("测区内没有任何有效高程", "it has no heights within the survey")
    elif first is None:
        why = Words("测区内没有任何影像", "it has no picture within the survey")
    elif surface:
        why = Words("测区内的高程全都相同", "all its heights are the same")
    else:
        why = Words("测区内只有一种颜色", "it is of one colour")
    raise NothingShown(path=raster.path, why=why)


def _values(raster: Raster, window: PixelGrid, files: OpenFiles | None) -> NDArray[np.generic]:
    """What is known in a window: (bands, n)."""
    if raster.kind is RasterKind.SURFACE:
        heights = read_surface(raster, window, files=files)
        return heights[np.isfinite(heights)][None]
    image, seen = read_image(raster, window, files=files)
    return image[:, seen]


def _windows(raster: Raster, grid: PixelGrid) -> Iterator[PixelGrid]:
    covered = Reach.of(grid.crs, ((raster,), None))
    for size, a_side in _LATTICES:
        height, width = min(size, grid.height), min(size, grid.width)
        tops = np.unique(np.linspace(0, grid.height - height, a_side).round().astype(int))
        lefts = np.unique(np.linspace(0, grid.width - width, a_side).round().astype(int))
        lattice = [grid.crop(int(top), int(left), height, width) for top in tops for left in lefts]
        yield from covered.spread(grid, size, a_side**2, lattice)
