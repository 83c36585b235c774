"""Pairs of surveys of any size for the benchmarks: real scenes, repeated in mirror images, with noise of their own."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
from affine import Affine
from numpy.typing import NDArray
from rasterio.windows import Window

from weijian import assets
from weijian.domain.grid import PixelGrid, shared_bounds
from weijian.domain.job import finish
from weijian.domain.parallel import Threads
from weijian.imagery.alignment import align
from weijian.imagery.raster import RasterKind, open_raster
from weijian.imagery.windows import read_image, read_surface

SHIFT_M = (0.6, -0.4)
"""How far the earlier file is laid off the ground: what alignment has to find."""
NOISE = 3.0
CORNER = (500_000.0, 3_400_000.0)
_STRIP = 512


@dataclass(frozen=True)
class BigPair:
    """Files of a pair; surface models where they were asked for."""

    before: Path
    after: Path
    before_dsm: Path | None
    after_dsm: Path | None


def make_pair(folder: Path, pixels: int, pixel_m: float, scene: Path | None = None, heights: bool = False) -> BigPair:
    """Write a pair of ``pixels`` x ``pixels`` in deflated tiles of 512 from a scene's folder, or from the sample."""
    names = [f"{day}_{kind}.tif" for day in ("before", "after") for kind in ("dom", "dsm")]
    if scene is None:
        sources = [assets.sample_data("surveys", f"{d}_{k}.tif") for d in DAYS for k in ("dom", "dsm")]
    else:
        sources = [scene / name for name in names]
    before, after = (open_raster(sources[i], kind=RasterKind.IMAGE) for i in (0, 2))
    crs = after.grid.crs
    shared = shared_bounds(after.grid.bounds, before.grid.bounds_in(crs))
    if shared is None:
        raise ValueError("the scene's surveys do not overlap")
    inner = shared[0] + 3, shared[1] + 3, shared[2] - 3, shared[3] - 3
    grid = PixelGrid.over(inner, pixel_m, crs)
    with Threads(2) as crew:
        shift = finish(align(before, after, grid, crew)).shift
    written = []
    for name, source, moved in zip(names, sources, (shift, shift, None, None), strict=True):
        target = folder / name
        dx, dy = SHIFT_M if moved else (0.0, 0.0)
        transform = Affine(pixel_m, 0, CORNER[0] + dx, 0, -pixel_m, CORNER[1] + dy)
        if name.endswith("dom.tif"):
            image = read_image(open_raster(source, kind=RasterKind.IMAGE), grid, moved)[0]
            written.append(_write(target, image, pixels, transform, crs.to_wkt(), NOISE))
        elif heights:
            surface = read_surface(open_raster(source, kind=RasterKind.SURFACE), grid, moved)
            written.append(_write(target, surface[None], pixels, transform, crs.to_wkt(), 0.02))
        else:
            written.append(None)
    return BigPair(written[0], written[2], written[1], written[3])


DAYS = ("2024-04-16", "2025-10-28")


def _write(path: Path, bands: NDArray[np.generic], pixels: int, transform: Affine, wkt: str, noise: float) -> Path:
    """``bands`` (count, rows, columns) repeated in mirror images, with ``noise`` (one standard deviation)."""
    chance = np.random.default_rng(len(path.name) + ord(path.name[0]))
    rows, columns = (_mirrored(size, pixels) for size in bands.shape[1:])
    profile = {
        "driver": "GTiff", "count": len(bands), "height": pixels, "width": pixels, "dtype": bands.dtype.name,
        "tiled": True, "blockxsize": 512, "blockysize": 512, "compress": "deflate",
        "predictor": 2 if bands.dtype == np.uint8 else 3,
    }  # fmt: skip
    with rasterio.open(path, "w", crs=wkt, transform=transform, **profile) as file:
        if bands.dtype == np.float32:
            file.nodata = np.nan
        for top in range(0, pixels, _STRIP):
            strip = bands[:, rows[top : top + _STRIP]][:, :, columns].astype(np.float32)
            strip += chance.standard_normal(strip.shape, np.float32) * noise
            if bands.dtype == np.uint8:
                strip = np.clip(np.rint(strip), 1, 255).astype(np.uint8)
            file.write(strip, window=Window(0, top, pixels, strip.shape[1]))
    return path


def _mirrored(size: int, pixels: int) -> NDArray[np.intp]:
    """Indices that run to and fro over ``size``."""
    place = np.arange(pixels) % (2 * size)
    return np.minimum(place, 2 * size - 1 - place)
