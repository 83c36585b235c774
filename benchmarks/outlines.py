"""Regular outlines against PyPI buildingregulariser: how true, how simple, how quick.

    python benchmarks/outlines.py [--count N]

Buildings of known right-angled shape (rectangles, L, T and U shapes, 4 to 25 m, any direction) and, apart from them,
skewed quadrangles are drawn as masks of 0.2 m pixels with the faults of segmented masks: walls that waver, corners
that are rounded, nicks and bumps. Each side makes an outline of each mask; printed are mean and tenth-percentile IoU
with the truth, vertices an outline, invalid ones, and seconds for a thousand. buildingregulariser is measured where it
is installed (it is no dependency: install it in an environment made for the purpose); without it its row says so.
"""

import argparse
import math
import sys
import time
from collections.abc import Callable, Sequence

import cv2
import geopandas as gpd
import numpy as np
import rasterio.features
import shapely
from affine import Affine
from numpy.typing import NDArray
from pyproj import CRS
from shapely import Polygon
from shapely.affinity import rotate, translate
from shapely.geometry import shape

from weijian.detection.outlines import regularise
from weijian.domain.grid import PixelGrid

CELL_M = 0.2
SIDE = 220
CORNER = (500_000.0, 3_300_000.0)
GRID = PixelGrid(CRS.from_epsg(4549), Affine(CELL_M, 0, CORNER[0], 0, -CELL_M, CORNER[1]), SIDE, SIDE)

Mask = NDArray[np.bool_]


def main() -> None:
    """Print one row for each side and kind of building."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--count", type=int, default=500)
    count = ask.parse_args().count
    print(f"{'buildings':14}{'method':22}{'IoU':>8}{'p10':>8}{'vertices':>10}{'invalid':>9}{'s / 1000':>10}")
    for kind, draw in (("right-angled", right_angled), ("skewed", skewed)):
        chance = np.random.default_rng(20)
        truths = [placed(draw(chance), chance) for _ in range(count)]
        masks = [noisy(truth, chance) for truth in truths]
        report(kind, "pixels as they are", truths, lambda masks=masks: [traced(mask) for mask in masks])
        report(kind, "weijian", truths, lambda masks=masks: [regularise(mask, GRID) for mask in masks])
        other = by_buildingregulariser(masks)
        if other is None:
            print(f"{kind:14}{'buildingregulariser':22}  not installed here")
        else:
            report(kind, "buildingregulariser", truths, other)


def report(kind: str, method: str, truths: Sequence[Polygon], run: Callable[[], Sequence[Polygon | None]]) -> None:
    """Run one side and print its row."""
    start = time.perf_counter()
    found = run()
    seconds = time.perf_counter() - start
    ious, vertices, invalid = [], [], 0
    for truth, outline in zip(truths, found, strict=True):
        if outline is None or outline.is_empty:
            ious.append(0.0)
            continue
        invalid += not outline.is_valid
        whole = shapely.make_valid(outline)
        shared = truth.intersection(whole).area
        ious.append(shared / (truth.area + whole.area - shared))
        vertices.append(len(shapely.get_coordinates(outline)) - 1)
    print(
        f"{kind:14}{method:22}{np.mean(ious):>8.3f}{np.percentile(ious, 10):>8.3f}{np.mean(vertices):>10.1f}"
        f"{invalid:>9}{1000 * seconds / len(truths):>10.1f}",
        flush=True,
    )


def right_angled(chance: np.random.Generator) -> Polygon:
    """A rectangle, L, T or U in metres about the origin."""
    width, depth = chance.uniform(5, 24), chance.uniform(4, 14)
    whole = shapely.box(-width / 2, -depth / 2, width / 2, depth / 2)
    form = chance.integers(4)
    if form == 0 or min(width, depth) < 7:
        return whole
    cut_width, cut_depth = chance.uniform(0.3, 0.5) * width, chance.uniform(0.3, 0.5) * depth
    left = {1: width / 2 - cut_width, 2: -width / 2, 3: -cut_width / 2}[int(form)]
    notch = shapely.box(left, depth / 2 - cut_depth, left + cut_width, depth / 2)
    if form == 2:
        notch = notch.union(translate(notch, width - cut_width, 0)) if cut_width < 0.4 * width else notch
    rest = whole.difference(notch)
    return rest if isinstance(rest, Polygon) else whole


def skewed(chance: np.random.Generator) -> Polygon:
    """A quadrangle with no right angle: walls up to 15 degrees off."""
    width, depth = chance.uniform(7, 22), chance.uniform(6, 14)
    lean, taper = depth * math.tan(chance.uniform(-0.26, 0.26)), chance.uniform(-0.15, 0.15) * depth
    return Polygon([(0, 0), (width, 0), (width + lean, depth - taper), (lean, depth + taper)])


def placed(polygon: Polygon, chance: np.random.Generator) -> Polygon:
    """Turned any way, somewhere about the middle of the grid."""
    turned = rotate(polygon, chance.uniform(0, 90), origin="centroid")
    x, y = GRID.bounds[0] + SIDE * CELL_M / 2, GRID.bounds[1] + SIDE * CELL_M / 2
    centre = turned.centroid
    return translate(turned, x - centre.x + chance.uniform(-1, 1), y - centre.y + chance.uniform(-1, 1))


def noisy(truth: Polygon, chance: np.random.Generator) -> Mask:
    """A mask of the building as segmentation gives it."""
    exact = rasterio.features.rasterize([truth], GRID.shape, transform=GRID.transform).astype(np.float32)
    soft = cv2.GaussianBlur(exact, (0, 0), 0.35 / CELL_M)
    waver = sum(
        cv2.GaussianBlur(chance.normal(0, 1, GRID.shape).astype(np.float32), (0, 0), grain / CELL_M) * grain / CELL_M
        for grain in (0.4, 1.2)
    )
    mask = (soft + 0.16 * np.asarray(waver) > 0.5).astype(np.uint8)
    mask = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    _, labels, statistics, _ = cv2.connectedComponentsWithStats(mask, connectivity=4)
    return np.asarray(labels == 1 + int(statistics[1:, cv2.CC_STAT_AREA].argmax()))


def traced(mask: Mask) -> Polygon:
    """The rim of the mask's pixels."""
    outlines = rasterio.features.shapes(mask.astype(np.uint8), mask=mask, transform=GRID.transform)
    largest = max((shape(geometry) for geometry, _ in outlines), key=lambda polygon: polygon.area)
    return Polygon(largest.exterior)


def by_buildingregulariser(masks: Sequence[Mask]) -> Callable[[], Sequence[Polygon | None]] | None:
    """Its one call on all outlines at once; None where it is not installed."""
    try:
        from buildingregulariser import regularize_geodataframe
    except ImportError:
        return None

    def run() -> Sequence[Polygon | None]:
        raw = gpd.GeoDataFrame({"n": range(len(masks))}, geometry=[traced(mask) for mask in masks], crs="EPSG:4549")
        made = regularize_geodataframe(raw)
        by_number = dict(zip(made["n"], made.geometry, strict=True))
        return [by_number.get(n) for n in range(len(masks))]

    return run


if __name__ == "__main__":
    sys.exit(main())
