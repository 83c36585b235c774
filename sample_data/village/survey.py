"""What a photogrammetric survey makes of the village: orthophoto and surface model, with their faults, as GeoTIFFs."""

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import rasterio
from affine import Affine

from village.canvas import F32, Canvas, noise, rng_of
from village.light import Flight

EPSG = 4549
ORIGIN = (500_820.0, 3_342_410.0)
"""Easting, northing of the village's south-west corner: CGCS2000 / 3-degree Gauss-Kruger CM 120E."""
NODATA = -9999.0


@dataclass(frozen=True)
class Placing:
    """How a survey lies in the frame of truth, and what its heights are off by."""

    east_m: float
    north_m: float
    turn_deg: float
    local_m: float
    bias_m: float
    tilt: tuple[float, float]
    dom_cell: float
    dsm_cell: float


PLACINGS = (
    Placing(0.33, -0.24, 0.035, 0.12, -0.42, (0.0011, -0.0007), 0.15, 0.30),
    Placing(0.0, 0.0, 0.0, 0.0, 0.0, (0.0, 0.0), 0.125, 0.25),
)
"""The before survey is a little off; the after survey is the frame of truth."""


def take(field: F32, canvas: Canvas, placing: Placing, cell: float, jitter_m: float, seed: int) -> F32:
    """Sample a painted field on a survey's own grid: averaged to its cell, misregistered, with wavering edges."""
    side_w, side_h = round(canvas.width_m / cell), round(canvas.height_m / cell)
    fine = cv2.GaussianBlur(field, (0, 0), 0.38 * cell / canvas.cell)
    col, row = np.meshgrid(np.arange(side_w, dtype=np.float32), np.arange(side_h, dtype=np.float32))
    x, y = (col + 0.5) * cell, canvas.height_m - (row + 0.5) * cell
    dx, dy = x - canvas.width_m / 2, y - canvas.height_m / 2
    turn = np.float32(np.deg2rad(placing.turn_deg))
    # where the ground seen at (x, y) of this survey really lies
    true_x = x - placing.east_m + turn * dy
    true_y = y - placing.north_m - turn * dx
    for k, grain in ((0, 70.0), (1, 45.0)):
        true_x = true_x + placing.local_m * 0.6 * noise(x.shape, grain / cell, rng_of(seed, 101, k))
        true_y = true_y + placing.local_m * 0.6 * noise(x.shape, grain / cell, rng_of(seed, 102, k))
    if jitter_m:
        true_x = true_x + jitter_m * noise(x.shape, 0.9 / cell, rng_of(seed, 103))
        true_y = true_y + jitter_m * noise(x.shape, 0.9 / cell, rng_of(seed, 104))
    map_x = (true_x / canvas.cell - 0.5).astype(np.float32)
    map_y = ((canvas.height_m - true_y) / canvas.cell - 0.5).astype(np.float32)
    return cv2.remap(fine, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE).astype(np.float32)


def orthophoto(picture: F32, canvas: Canvas, flight: Flight, placing: Placing, seed: int) -> np.ndarray:
    """The DOM: uint8 (3, h, w)."""
    image = take(picture, canvas, placing, placing.dom_cell, 0.035, seed)
    image = cv2.GaussianBlur(image, (0, 0), max(flight.blur_m / placing.dom_cell, 0.3))
    sharp = image + 0.5 * (image - cv2.GaussianBlur(image, (0, 0), 1.4))
    rng = rng_of(seed, 111)
    grain = flight.grain * (noise(sharp.shape[:2], 1.0, rng) + 0.6 * noise(sharp.shape[:2], 2.0, rng))
    colour = np.stack([noise(sharp.shape[:2], 2.5, rng) for _ in range(3)], axis=2)
    sharp = sharp + grain[..., None] + 0.3 * flight.grain * colour
    return np.clip(np.rint(sharp), 0, 255).astype(np.uint8).transpose(2, 0, 1)


def border(shape: tuple[int, int], cell: float, seed: int) -> np.ndarray:
    """The ragged edge of what was flown: uint8 mask, 255 valid."""
    rng = rng_of(seed, 121)
    h, w = shape
    reach = [0.5 + 1.0 * np.abs(noise((1, n), 9 / cell, rng)[0]) for n in (h, h, w, w)]
    col, row = np.arange(w) * cell, np.arange(h) * cell
    left, right = reach[0][:, None] < col[None], reach[1][:, None] < (w * cell - col)[None]
    top, bottom = reach[2][None] < row[:, None], reach[3][None] < (h * cell - row)[:, None]
    return (left & right & top & bottom).astype(np.uint8) * 255


def surface(canvas: Canvas, placing: Placing, seed: int) -> F32:
    """The DSM: float32 (h, w) metres, with smeared edges, noise, bias, tilt, and holes."""
    cell = placing.dsm_cell
    z = canvas.z + 0.04 * canvas.water
    size = round(0.45 / canvas.cell) | 1
    swollen = cv2.dilate(z, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)))
    swollen = cv2.GaussianBlur(swollen, (0, 0), 0.32 / canvas.cell)
    mixed = 0.62 * cv2.medianBlur(z.astype(np.float32), 5) + 0.38 * swollen
    dsm = take(mixed.astype(np.float32), canvas, placing, cell, 0.13, seed + 7)
    rng = rng_of(seed, 131)
    steep = np.hypot(*np.gradient(dsm, cell))
    rough = 0.022 + 0.05 * np.clip(cv2.GaussianBlur(steep, (0, 0), 1.5), 0, 3)
    dsm += (
        rough * noise(dsm.shape, 1.6, rng)
        + 0.03 * noise(dsm.shape, 2.2 / cell, rng)
        + 0.035 * noise(dsm.shape, 30 / cell, rng)
    )
    water = take(canvas.water, canvas, placing, cell, 0.0, seed + 7)
    dsm += water * 0.16 * noise(dsm.shape, 1.5 / cell, rng)
    h, w = dsm.shape
    col, row = np.meshgrid(np.arange(w, dtype=np.float32) * cell, np.arange(h, dtype=np.float32) * cell)
    dsm += placing.bias_m + placing.tilt[0] * (col - w * cell / 2) - placing.tilt[1] * (row - h * cell / 2)
    spots = noise(dsm.shape, 1.1 / cell, rng) + 0.6 * noise(dsm.shape, 6 / cell, rng)
    hole = (spots > 3.1) & (steep > 1.0) | ((water > 0.7) & (spots > 2.5))
    dsm = np.round(dsm, 2)
    dsm[hole | (border(dsm.shape, cell, seed) == 0)] = NODATA
    return dsm.astype(np.float32)


def grid_transform(canvas: Canvas, cell: float) -> Affine:
    """The affine transform of a survey grid."""
    return Affine(cell, 0, ORIGIN[0] + canvas.west, 0, -cell, ORIGIN[1] + canvas.north)


def write_dom(path: Path, image: np.ndarray, valid: np.ndarray, transform: Affine, when: str) -> None:
    """JPEG in TIFF, tiled, with an internal mask."""
    profile = {
        "driver": "GTiff", "dtype": "uint8", "count": 3, "width": image.shape[2], "height": image.shape[1],
        "crs": f"EPSG:{EPSG}", "transform": transform, "tiled": True, "blockxsize": 512, "blockysize": 512,
        "compress": "jpeg", "photometric": "ycbcr", "jpeg_quality": 92,
    }  # fmt: skip
    image = np.where(valid[None] > 0, image, 0).astype(np.uint8)
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True), rasterio.open(path, "w", **profile) as out:
        out.write(image)
        out.write_mask(valid)
        out.update_tags(TIFFTAG_DATETIME=f"{when.replace('-', ':')} 12:00:00", TIFFTAG_SOFTWARE="made-here village")


def write_dsm(path: Path, dsm: F32, transform: Affine) -> None:
    """Deflated float32 with nodata -9999, tiled."""
    profile = {
        "driver": "GTiff", "dtype": "float32", "count": 1, "width": dsm.shape[1], "height": dsm.shape[0],
        "crs": f"EPSG:{EPSG}", "transform": transform, "tiled": True, "blockxsize": 512, "blockysize": 512,
        "compress": "deflate", "predictor": 3, "zlevel": 9, "nodata": NODATA,
    }  # fmt: skip
    with rasterio.open(path, "w", **profile) as out:
        out.write(dsm, 1)
