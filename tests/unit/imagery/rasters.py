"""Small rasters of every kind that arrives, made for the tests."""

import warnings
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import rasterio
from affine import Affine
from numpy.typing import NDArray
from rasterio.errors import NotGeoreferencedWarning

CRS = "EPSG:4549"
LEFT, TOP = 500_000.0, 3_300_000.0


def north_up(resolution: float, left: float = LEFT, top: float = TOP) -> Affine:
    return Affine(resolution, 0.0, left, 0.0, -resolution, top)


def write(path: Path, bands: NDArray[Any], transform: Affine | None = None, crs: str | None = CRS, **more: Any) -> Path:
    """Write (bands, h, w) as GeoTIFF; ``more`` goes to rasterio, but for what it cannot set on creation."""
    later = {
        name: more.pop(name) for name in ("colorinterp", "colormap", "mask", "units", "scales", "gcps") if name in more
    }
    profile = {
        "driver": "GTiff",
        "dtype": bands.dtype.name,
        "crs": crs,
        "transform": transform if transform is not None else north_up(0.25),
    }
    profile |= {"count": bands.shape[0], "height": bands.shape[1], "width": bands.shape[2]} | more
    if "gcps" in later or profile["transform"].is_identity:
        profile["transform"] = None
    if "gcps" in later:
        profile["crs"] = None
    with warnings.catch_warnings(), rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True):
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        target = rasterio.open(path, "w", **profile)
    with target:
        target.write(bands)
        if "colorinterp" in later:
            target.colorinterp = later["colorinterp"]
        if "colormap" in later:
            target.write_colormap(1, later["colormap"])
        if "mask" in later:
            target.write_mask(later["mask"])
        if "units" in later:
            target.units = later["units"]
        if "scales" in later:
            target.scales = later["scales"]
        if "gcps" in later:
            target.gcps = later["gcps"], rasterio.CRS.from_string(CRS)
    return path


def picture(height: int = 60, width: int = 80, seed: int = 1) -> NDArray[np.uint8]:
    """(3, h, w) smooth colours, nowhere 0 or 255."""
    chance = np.random.default_rng(seed)
    coarse = chance.uniform(40, 215, (height // 8 + 2, width // 8 + 2, 3)).astype(np.float32)
    smooth = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.moveaxis(np.clip(smooth, 20, 235).astype(np.uint8), -1, 0)


def village(size: int, seed: int = 3) -> NDArray[np.float32]:
    """(size, size) grey ground with a few hundred angled bright and dark boxes, smoothed like a photograph."""
    chance = np.random.default_rng(seed)
    ground = cv2.resize(chance.uniform(90, 130, (size // 30, size // 30)).astype(np.float32), (size, size))
    for _ in range(size * size // 2500):
        centre = tuple(float(v) for v in chance.uniform(0, size, 2))
        sides = tuple(float(v) for v in chance.uniform(12, 44, 2))
        corners = cv2.boxPoints((centre, sides, float(chance.uniform(0, 90))))
        cv2.fillPoly(ground, [np.rint(corners).astype(np.int32)], float(chance.uniform(20, 235)))
    return np.asarray(cv2.GaussianBlur(ground, (0, 0), 1.0) + chance.normal(0, 2, (size, size)), np.float32)
