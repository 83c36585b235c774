"""Learn what came beside archived buildings: `python tools/train/archive_trees.py --villages DIR --out FILE`.

``--villages`` holds what tools/train/villages.py draws. Nothing else is learned from: no real image, and no scene that
detection is measured on. Needs nothing but what weijian itself needs. Writes resources/models/beside.json; the same
input gives the same trees.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import cv2
import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from train.boosting import F32, F64, Rules, grow
from weijian.detection.patch import Footprint, Layer, Noise, Patch
from weijian.detection.spectral_calibration import calibrate
from weijian.detection.spectral_candidates import NAMES, Scene, measure
from weijian.detection.spectral_radiometry import Pair
from weijian.detection.spectral_spots import Spot
from weijian.detection.spectral_sun import burn
from weijian.domain.grid import PixelGrid, Tile
from weijian.imagery.raster import RasterKind, open_raster
from weijian.imagery.windows import read_image
from weijian.services.prepare import IMAGE_PIXEL_M

CAME = ("new", "extended")
ROOFS = ("raised", "demolished", "rebuilt")
FALSE_IOU, TRUE_IOU = 0.25, 0.6
"""A candidate whose overlap with the truth is under the first is worth nothing, from the second on it is worth all."""

RULES = Rules(rows=0.5, columns=0.35)
"""Each tree sees less, so that none leans on how the drawings look."""

CAMERAS = 3
"""How many cameras take each village."""

LEAST_BLUR = 0.3
"""A blur of less than this, in pixels, changes nothing."""

COVERED = 0.3
"""Candidates beside the walls that lie on a change of an archived roof by more than this are neither true nor false."""


def main() -> None:
    """Read the arguments, measure, learn and write."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--villages", type=Path, required=True)
    ask.add_argument("--out", type=Path, required=True)
    options = ask.parse_args()
    folders = [folder for folder in sorted(options.villages.iterdir()) if (folder / "truth").exists()]
    parts = [measured(folder, camera) for folder in folders for camera in range(CAMERAS)]
    table, worth = (np.concatenate(column) for column in zip(*parts, strict=True))
    print(f"{len(folders)} villages, {len(table)} candidates, {(worth > 0.5).sum()} of them roofs that came")
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(grow(NAMES, table, worth, np.ones(len(table)), RULES).to_json(), encoding="utf-8")


def measured(folder: Path, camera: int) -> tuple[F32, F64]:
    """Candidates of a village, as one of many cameras sees it, and what each is worth."""
    patch, truth = village(folder, np.random.default_rng([int(folder.name.partition("_")[0]), camera]))
    scene = Scene.of(patch, calibrate([patch]))
    if scene is None:
        raise ValueError("a village without pictures")
    pieces = measure(scene)
    fresh, other = (shares(pieces.spots, truth, kinds, scene.pair) for kinds in (CAME, ROOFS))
    clear = (fresh.overlap >= FALSE_IOU) | (other.covered <= COVERED)
    worth = np.clip((fresh.overlap - FALSE_IOU) / (TRUE_IOU - FALSE_IOU), 0.0, 1.0)
    return pieces.table[clear], worth[clear]


def village(folder: Path, rng: np.random.Generator) -> tuple[Patch, gpd.GeoDataFrame]:
    """A drawn village, whole, on the pixels that detection works on, and its truth."""
    before, after = (
        open_raster(path, kind=RasterKind.IMAGE) for path in sorted((folder / "surveys").glob("*_dom.tif"))
    )
    pixel = max(before.grid.resolution, after.grid.resolution, IMAGE_PIXEL_M)
    grid = PixelGrid.over(after.grid.bounds, pixel, after.grid.crs)
    dates = (
        Layer(developed(pixels, rng), seen, None, None)
        for pixels, seen in map(partial(read_image, grid=grid), (before, after))
    )
    archive = gpd.read_file(folder / "archive" / "房屋.shp").to_crs(grid.crs)
    footprints = tuple(
        Footprint(number, outline, float(height))
        for number, outline, height in zip(archive["FWBH"], archive.geometry, archive["FWGD"], strict=True)
    )
    truth = gpd.read_file(folder / "truth" / "truth.gpkg", layer="truth").to_crs(grid.crs)
    return Patch(Tile(grid, 0), *dates, footprints, Noise(0.1, None)), truth


def developed(image: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    """The picture (3, rows, columns) as a camera of other tone, colour, haze, sharpness and noise takes it."""
    light = (image.astype(np.float32) / 255.0) ** np.float32(rng.uniform(0.8, 1.3)) * np.float32(rng.uniform(0.75, 1.1))
    light = light * np.float32(rng.uniform(0.75, 1.0)) + np.float32(rng.uniform(0.0, 0.1))
    grey = light.mean(axis=0, keepdims=True)
    light = grey + np.float32(rng.uniform(0.45, 1.15)) * (light - grey)
    blur = rng.uniform(0.0, 0.9)
    noise = rng.normal(0.0, rng.uniform(0.0, 3.0) / 255.0, light.shape).astype(np.float32)
    soft = np.stack([cv2.GaussianBlur(band, (0, 0), blur) if blur > LEAST_BLUR else band for band in light])
    return np.asarray(np.clip((soft + noise) * 255.0, 0.0, 255.0), np.uint8)


@dataclass(frozen=True)
class Shares:
    """By candidate: its largest overlap (shared over joint ground) with a true change, and the share that covers."""

    overlap: F64
    covered: F64


def shares(spots: Sequence[Spot], truth: gpd.GeoDataFrame, kinds: tuple[str, ...], pair: Pair) -> Shares:
    """Candidates against the true changes of some kinds."""
    true = [burn([outline], pair.grid) for outline in truth.geometry[truth["change_type"].isin(kinds)]]
    numbered = np.zeros(pair.valid.shape, np.intp)
    for number, mask in enumerate(true, start=1):
        numbered[mask] = number
    sizes = np.bincount(numbered.ravel(), minlength=len(true) + 1)
    overlap, covered = np.zeros(len(spots)), np.zeros(len(spots))
    for i, spot in enumerate(spots):
        shared = np.bincount(numbered[spot.window][spot.mask], minlength=len(sizes))[1:]
        own = spot.mask.sum()
        overlap[i] = (shared / (sizes[1:] + own - shared)).max(initial=0.0)
        covered[i] = shared.max(initial=0) / own
    return Shares(overlap, covered)


if __name__ == "__main__":
    main()
