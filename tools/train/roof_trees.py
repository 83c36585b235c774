"""Learn what tells roofs from other ground: `python tools/train/roof_trees.py --pairs DIR --villages DIR... --out F`.

``--pairs`` holds what tools/train/render.py draws (one file a seed), each village is a folder of
sample_data/make_village.py. Nothing else is learned from: no real image, and no scene that detection is measured on.
Needs nothing but what weijian itself needs. Writes resources/models/roofs.json; the same input gives the same trees.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import geopandas as gpd
import numpy as np
import rasterio.features
from affine import Affine
from numpy.typing import NDArray
from pyproj import CRS

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from train.boosting import grow
from weijian.detection.patch import Layer, Noise, Patch
from weijian.detection.roof_candidates import see
from weijian.detection.roof_measures import NAMES, measure
from weijian.detection.spectral_calibration import calibrate
from weijian.domain.grid import PixelGrid, Tile
from weijian.domain.job import finish
from weijian.domain.parallel import Threads
from weijian.imagery.alignment import align
from weijian.imagery.raster import RasterKind, open_raster
from weijian.imagery.windows import read_image
from weijian.services.prepare import OPEN_PIXEL_M

F32, F64, Mask = NDArray[np.float32], NDArray[np.float64], NDArray[np.bool_]
CGCS = CRS.from_epsg(4549)
CAME, WENT = ("new", "extended", "rebuilt", "raised"), ("demolished", "rebuilt")
VILLAGE_WEIGHT = 3.0
"""Villages are few beside the pairs, and closer to what drones see."""


def main() -> None:
    """Read the arguments, measure, learn and write."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--pairs", type=Path, required=True)
    ask.add_argument("--first", type=int, default=0)
    ask.add_argument("--count", type=int, default=300)
    ask.add_argument("--villages", type=Path, nargs="*", default=[])
    ask.add_argument("--out", type=Path, required=True)
    options = ask.parse_args()
    parts = [(*measured(patch, truth), 1.0) for patch, truth in drawn(options.pairs, options.first, options.count)]
    for folder in options.villages:
        parts += [(*measured(patch, truth), VILLAGE_WEIGHT) for patch, truth in village(folder)]
    table = np.concatenate([table for table, _, _ in parts])
    worth = np.concatenate([worth for _, worth, _ in parts])
    weights = np.concatenate([np.full(len(worth), weight) for _, worth, weight in parts])
    print(f"{len(table)} candidates, {(worth > 0.5).sum()} of them roofs that changed")
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(grow(NAMES, table, worth, weights).to_json(), encoding="utf-8")


def drawn(folder: Path, first: int, count: int) -> Iterator[tuple[Patch, Mask]]:
    """Drawn pairs with the roofs that came; every other pair runs backward, where roofs that went come."""
    for seed in range(first, first + count):
        path = folder / f"{seed:06d}.npz"
        if not path.exists():
            continue
        with np.load(path) as file:
            before, after = file["before"], file["after"]
            stood, stands, changed = np.unpackbits(file["truth"]).reshape(3, *before.shape[1:]).astype(bool)
        pixel = float(np.random.default_rng([seed, 2]).uniform(0.38, 0.65))  # as tools/train/pictures.py draws it
        grid = PixelGrid(CGCS, Affine(pixel, 0, 500_000.0, 0, -pixel, 3_300_000.0), *before.shape[:0:-1])
        valid = np.ones(grid.shape, bool)
        dates = Layer(before, valid, None, None), Layer(after, valid, None, None)
        patch = Patch(Tile(grid, 0), *dates, (), Noise(0.1, None))
        yield (patch, stands & changed) if seed % 2 else (turned(patch), stood & changed)


def village(folder: Path) -> Iterator[tuple[Patch, Mask]]:
    """A drawn village, forward and backward, on the pixels it is searched on."""
    orthophotos = sorted((folder / "surveys").glob("*_dom.tif"))
    before, after = (open_raster(path, kind=RasterKind.IMAGE) for path in orthophotos)
    grid = PixelGrid.over(after.grid.bounds, OPEN_PIXEL_M, after.grid.crs)
    with Threads(2) as crew:
        shift = finish(align(before, after, grid, crew)).shift
    dates = (Layer(*read_image(before, grid, shift), None, None), Layer(*read_image(after, grid), None, None))
    patch = Patch(Tile(grid, 0), *dates, (), Noise(0.1, None))
    truth = gpd.read_file(folder / "truth" / "truth.gpkg", layer="truth")
    for kinds, seen in ((CAME, patch), (WENT, turned(patch))):
        shapes = truth.geometry[truth["change_type"].isin(kinds)]
        yield seen, rasterio.features.rasterize(shapes, grid.shape, transform=grid.transform) > 0


def turned(patch: Patch) -> Patch:
    """The patch with its dates exchanged."""
    if patch.before is None:
        raise ValueError("a patch of one date cannot be turned")
    return replace(patch, before=patch.after, after=patch.before)


def measured(patch: Patch, truth: Mask) -> tuple[F32, F64]:
    """Candidates of a patch and what each is worth: 0 where its overlap with a true roof is under 0.25, 1 from 0.6."""
    sight = see(patch, calibrate([patch]))
    if sight is None:
        raise ValueError("a patch without pictures")
    pair = sight.pair
    block = truth[pair.row :, pair.column :][: pair.grid.height * pair.factor, : pair.grid.width * pair.factor]
    coarse = cv2.resize(block.astype(np.uint8) * 255, pair.valid.shape[::-1], interpolation=cv2.INTER_AREA) > 127
    count, roofs = cv2.connectedComponents(coarse.view(np.uint8), connectivity=4)
    sizes = np.bincount(roofs.ravel(), minlength=count)
    pieces, _ = measure(sight)
    overlaps = np.zeros(len(pieces.spots))
    for i, spot in enumerate(pieces.spots):
        shared = np.bincount(roofs[spot.window][spot.mask], minlength=count)
        union = sizes + spot.mask.sum() - shared
        overlaps[i] = (shared[1:] / union[1:]).max(initial=0.0)
    return pieces.table, np.clip((overlaps - 0.25) / 0.35, 0.0, 1.0)


if __name__ == "__main__":
    main()
