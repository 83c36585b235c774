"""What a few pixels tell of a whole raster: its range of values and its undeclared "no data"."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rasterio.enums import MaskFlags, Resampling
from rasterio.windows import Window

from weijian.imagery.files import Dataset

HEIGHTS_M = (-1000.0, 10000.0)
"""No ground of the Earth lies outside."""

_SAMPLE = 1024
_SIDE = 128
_LATTICES = (8, 24, 72)
_ENOUGH = 12  # windows of more than one value
_WHOLE_PIXELS = 16_000_000
_TAILS = (0.05, 99.95)
"""Percentiles that become black and white: more would burn out roofs that another product of the flight still shows."""
_HAZE = 0.25
"""A darkest value below this share of the brightest is black, not haze: taking it off would change hues."""
_FULL_SHARE = 0.6
"""A brightest value above this share of what so many bits can say: the camera's own scale, and kept."""
_BORDER_SHARE = 0.02


@dataclass(frozen=True)
class Look:
    """Outcome of :func:`look`: see the attributes of the same names of a raster."""

    nodata: float | None
    nodata_declared: bool
    stretch: tuple[float, float] | None


def look(dataset: Dataset, bands: tuple[int, ...], alpha: int | None, heights: bool) -> Look:
    """Sample a dataset: at most a few million pixels are decoded, whatever its size.

    Raises
    ------
    rasterio.errors.RasterioError
        The sampled part cannot be decoded.
    """
    declared = dataset.nodatavals[bands[0] - 1]
    hidden = alpha is not None or MaskFlags.per_dataset in dataset.mask_flag_enums[bands[0] - 1]
    nodata = declared
    if declared is None and not hidden:
        evident = _evident_height_nodata if heights else _evident_image_nodata
        nodata = evident(dataset, bands)
    stretch = None
    if not heights and np.dtype(dataset.dtypes[bands[0] - 1]) != np.uint8:
        pixels = _sample(dataset, list(bands))
        shown = pixels if alpha is None else pixels[:, _sample(dataset, [alpha])[0] > 0]
        stretch = _stretch(shown, nodata)
    return Look(nodata, nodata is None or declared is not None, stretch)


def _sample(dataset: Dataset, bands: list[int]) -> NDArray[np.generic]:
    """(bands, n) values spread over the raster: a decimated read where cheap, else a lattice of small windows."""
    width, height = dataset.width, dataset.height
    if width * height <= _WHOLE_PIXELS * max(dataset.overviews(bands[0]), default=1) ** 2:
        scale = max(1.0, max(width, height) / _SAMPLE)
        shape = (len(bands), max(1, round(height / scale)), max(1, round(width / scale)))
        return np.asarray(dataset.read(bands, out_shape=shape, resampling=Resampling.nearest)).reshape(len(bands), -1)
    parts: list[NDArray[np.generic]] = []
    for count in _LATTICES:  # denser where most of a mosaic is empty, which costs next to nothing to read
        for row in np.linspace(0, height - _SIDE, count):
            for column in np.linspace(0, width - _SIDE, count):
                part = dataset.read(bands, window=Window(round(column), round(row), _SIDE, _SIDE))
                if not parts or (part != part[0, 0, 0]).any():
                    parts.append(part.reshape(len(bands), -1))
        if len(parts) >= _ENOUGH:
            break
    return np.concatenate(parts, axis=1)


def _stretch(pixels: NDArray[np.generic], nodata: float | None) -> tuple[float, float]:
    """One range for all colours, so that hues stay; the tails are left out.

    A copy of an 8-bit image in more bits comes out as the image, but for a little contrast.
    """
    usable = np.isfinite(pixels).all(axis=0)
    if nodata is not None:
        usable &= (pixels != nodata).any(axis=0)
    if not usable.any():
        return 0.0, 255.0
    low, high = (float(v) for v in np.percentile(pixels[:, usable].astype(np.float64), _TAILS))
    if pixels.dtype.kind == "u" and high >= 1.0:
        full = float(2 ** math.ceil(math.log2(high)) - 1)
        if high > _FULL_SHARE * full:
            return 0.0, full
    low = low if low < 0.0 or low > _HAZE * high else 0.0
    return low, max(high, low + 1e-9)


def _evident_height_nodata(dataset: Dataset, bands: tuple[int, ...]) -> float | None:
    """The commonest impossible height, for files that do not declare the value they fill holes with."""
    pixels = _sample(dataset, list(bands))
    finite = pixels[np.isfinite(pixels)]
    impossible = finite[(finite <= HEIGHTS_M[0]) | (finite >= HEIGHTS_M[1] * 3.3)]  # 3.3: heights may be in feet
    if not impossible.size:
        return None
    values, counts = np.unique(impossible, return_counts=True)
    return float(values[np.argmax(counts)])


def _evident_image_nodata(dataset: Dataset, bands: tuple[int, ...]) -> float | None:
    """0 or the type's greatest value where a share of the picture's rim has exactly that in every colour.

    Orthophoto mosaics without a mask are filled so around their ragged edge.
    """
    dtype = np.dtype(dataset.dtypes[bands[0] - 1])
    if dtype.kind != "u" or len(bands) < 3:
        return None
    width, height = dataset.width, dataset.height
    rows = [Window(0, 0, width, 1), Window(0, height - 1, width, 1)]
    corners = [Window(c, r, 1, 1) for c in (0, width - 1) for r in (0, height - 1)]
    rim = np.concatenate([dataset.read(bands, window=w).reshape(len(bands), -1) for w in rows + corners], axis=1)
    for value in (0, int(np.iinfo(dtype).max)):
        if np.mean((rim == value).all(axis=0)) > _BORDER_SHARE:
            return float(value)
    return None
