"""Pixels of a window of a file as the program understands them: colours or metres, and where there are any."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasterio.enums import MaskFlags, Resampling
from rasterio.windows import Window

from weijian.imagery.averages import Averages, averaged, merged, reduced
from weijian.imagery.files import Dataset
from weijian.imagery.radiometry import HEIGHTS_M
from weijian.imagery.raster import Raster

_AT_ONCE = 16 * 1024 * 1024  # pixels decoded at once; larger windows GDAL averages block by block


@dataclass(frozen=True)
class Pixels:
    """A window read from a file: ``values`` (h, w) or (h, w, 3) with 0 where not ``valid`` (h, w)."""

    values: NDArray[Any]
    valid: NDArray[np.bool_]


def colours(
    dataset: Dataset,
    raster: Raster,
    window: Window,
    shape: tuple[int, int],
    resampling: Resampling,
    averages: Averages | None = None,
) -> Pixels:
    """Red, green, blue (h, w, 3) uint8 of a window, reduced to ``shape``; ``averages`` are for many such windows."""
    if resampling is Resampling.average and _plain(dataset, raster, window, shape):
        read = averaged if averages is None else averages.read
        reduced = read(dataset, raster, window, int(window.height) // shape[0])
        if reduced is not None:
            return Pixels(reduced, np.ones(shape, bool))
    bands = list(raster.bands)
    valid = _validity(dataset, raster, window, shape)
    raw = np.asarray(dataset.read(bands, window=window, out_shape=(len(bands), *shape), resampling=resampling))
    values = merged(_eight_bit(raw, raster))
    if not valid.all():
        values[~valid] = 0
    return Pixels(values, valid)


def _plain(dataset: Dataset, raster: Raster, window: Window, shape: tuple[int, int]) -> bool:
    """Whether a window's bytes are its colours, and nothing but opacity can hide them."""
    flags = dataset.mask_flag_enums[raster.bands[0] - 1]
    return (
        _shared(dataset, raster, window, shape)
        and raster.dtype == "uint8"
        and raster.palette is None
        and raster.stretch is None
        and (raster.alpha is None or dataset.dtypes[raster.alpha - 1] == "uint8")
        and (MaskFlags.all_valid in flags or (MaskFlags.alpha in flags and raster.alpha is not None))
    )


def _shared(dataset: Dataset, raster: Raster, window: Window, shape: tuple[int, int]) -> bool:
    """Whether a window is not too large for averages over whole pixels, and there is no overview to read instead."""
    height, width = int(window.height), int(window.width)
    factor = height // shape[0]
    return (
        factor > 1
        and height * width <= _AT_ONCE
        and (height, width) == (factor * shape[0], factor * shape[1])
        and min(dataset.overviews(raster.bands[0]), default=factor + 1) > factor
    )


def _eight_bit(raw: NDArray[Any], raster: Raster) -> NDArray[np.uint8]:
    """(bands, h, w) uint8 of stored values: palette looked up, other types stretched to the raster's own range."""
    if raster.palette is not None:
        table = np.array(raster.palette, np.uint8)
        return np.moveaxis(table[np.clip(raw[0], 0, 255).astype(np.uint8)], -1, 0)  # (3, h, w)
    if raster.stretch is None:
        return raw.astype(np.uint8, copy=False)
    low, high = raster.stretch
    scaled = (raw.astype(np.float32) - low) * (255.0 / (high - low))
    bytes_: NDArray[np.uint8] = np.clip(np.nan_to_num(np.rint(scaled)), 0, 255).astype(np.uint8)
    return bytes_


def heights_m(
    dataset: Dataset,
    raster: Raster,
    window: Window,
    shape: tuple[int, int],
    resampling: Resampling,
    averages: Averages | None = None,
) -> Pixels:
    """Heights (h, w) float32 of a window in metres, reduced to ``shape``; impossible ones are not valid.

    ``averages`` are for many such windows.
    """
    heights = None
    if resampling is Resampling.average and _shared(dataset, raster, window, shape):
        factor = int(window.height) // shape[0]
        if averages is None:
            heights = averaged_heights(dataset, raster, window, factor)
        else:
            heights = averages.read(dataset, raster, window, factor, averaged_heights)
    if heights is None:
        heights = _known_heights(dataset, raster, window, shape, resampling)
    valid = np.isfinite(heights)
    return Pixels(np.where(valid, heights, np.float32(0)), valid)


def averaged_heights(dataset: Dataset, raster: Raster, window: Window, factor: int) -> NDArray[np.float32]:
    """Heights (h, w) in metres averaged over ``factor`` x ``factor`` pixels, NaN where most have none."""
    shape = int(window.height), int(window.width)
    return reduced(_known_heights(dataset, raster, window, shape, Resampling.nearest), window, factor)


def _known_heights(
    dataset: Dataset, raster: Raster, window: Window, shape: tuple[int, int], resampling: Resampling
) -> NDArray[np.float32]:
    """Heights in metres, NaN where there are none or impossible ones."""
    raw = np.asarray(dataset.read(raster.bands[0], window=window, out_shape=shape, resampling=resampling))
    with np.errstate(over="ignore", invalid="ignore"):  # fills such as -3.4e38 are dropped just below
        if raster.metres != (1.0, 0.0):
            raw = raw.astype(np.float64) * raster.metres[0] + raster.metres[1]
        heights = raw.astype(np.float32, copy=False)
        possible = (heights > HEIGHTS_M[0]) & (heights < HEIGHTS_M[1])
    heights[~(possible & _validity(dataset, raster, window, shape))] = np.nan
    return heights


def _validity(dataset: Dataset, raster: Raster, window: Window, shape: tuple[int, int]) -> NDArray[np.bool_]:
    """Where the file says it has data: by opacity, by mask or by its "no data" value (in every colour)."""
    bands = list(raster.bands)
    flags = dataset.mask_flag_enums[bands[0] - 1]
    valid = np.ones(shape, bool)
    if raster.alpha is not None:
        opacity = dataset.read(raster.alpha, window=window, out_shape=shape, resampling=Resampling.average)
        valid &= np.asarray(opacity) >= _half_opaque(dataset.dtypes[raster.alpha - 1])
    if MaskFlags.all_valid not in flags and MaskFlags.alpha not in flags:
        shared = MaskFlags.per_dataset in flags
        wanted = bands[:1] if shared else bands
        masks = dataset.read_masks(
            wanted, window=window, out_shape=(len(wanted), *shape), resampling=Resampling.average
        )
        valid &= (np.asarray(masks) >= 128).any(axis=0)
    return valid


def _half_opaque(stored: str) -> float:
    dtype = np.dtype(stored)
    return float(np.iinfo(dtype).max) / 2 if dtype.kind in "ui" else 0.5
