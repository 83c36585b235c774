"""Alignment against ECC and phase correlation: known shifts, how far each is off, and how quick it is.

    python benchmarks/alignment.py [--levir FOLDER] [SCENE ...]

A scene is a folder with before_dom.tif and after_dom.tif (and their DSMs where there are any), a LEVIR folder has A and
B with real pairs of equal names, years apart (given a georeference of 0.5 m a pixel for the purpose). How a pair really
lies is not known to a tenth of a pixel; therefore each pair is aligned as it is, then again with the earlier file's
georeference displaced by a known amount: a true method finds just that amount more. The earlier image is resampled
on its way to pixels of another size.  Without
arguments the sample village serves.

Every method gets the same two pictures of at most 1,024 pixels a side on the detection's grid; those that know nothing
of georeferences get them as arrays. An error is the RMS distance over the picture between the displacement found and
the true one, in pixels of the detection; a method that says it failed counts as a failure, as does one that is off by
more than a pixel. Mpx/s counts the pixels of one picture for each second of processor time, reading included.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import rasterio
from affine import Affine
from numpy.typing import NDArray
from rasterio.errors import NotGeoreferencedWarning

from weijian import assets
from weijian.domain.errors import InputError
from weijian.domain.grid import PixelGrid, shared_bounds
from weijian.domain.job import finish
from weijian.domain.parallel import Threads
from weijian.imagery.alignment import align
from weijian.imagery.files import OpenFiles
from weijian.imagery.raster import Raster, RasterKind, open_raster
from weijian.imagery.shift import ShiftField
from weijian.imagery.windows import read_image

LEVIR_PIXEL_M = 0.5
SIDE = 1024
"""Pixels; at which phase correlation gives no false half pixel."""
DISPLACEMENTS = ((0.0, 0.0, 0.0), (0.37, -0.61, 0.0), (-2.25, 3.4, 0.0), (4.7, 1.3, 0.05), (21.2, -21.2, 0.0))
"""(right, down) in pixels of the detection and a turn in degrees; the last is 30 pixels long."""

COARSER = 1.3
"""The displaced file's pixels, of the original's: a product of another resolution."""

Grey = NDArray[np.float32]
Moves = Callable[[NDArray[np.float64], NDArray[np.float64]], tuple[NDArray[np.float64], NDArray[np.float64]]]
"""Displacement (right, down) in pixels at points (column, row) of the picture."""


@dataclass(frozen=True)
class Pair:
    """One pair of surveys."""

    name: str
    before: Path
    after: Path
    before_dsm: Path | None
    after_dsm: Path | None
    grid: PixelGrid


def main() -> None:
    """Print one row for each kind of data and method."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--levir", type=Path)
    ask.add_argument("scenes", nargs="*", type=Path)
    options = ask.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        groups = {"scenes": [pair for scene in options.scenes for pair in scene_pairs(scene)]}
        groups["levir"] = list(levir_pairs(options.levir, Path(folder))) if options.levir else []
        if not any(groups.values()):
            groups["sample"] = [sample_pair()]
        print(
            f"{'data':8}{'method':22}{'runs':>6}{'median px':>11}{'p90 px':>8}{'> 0.3 px':>10}{'failed':>8}{'Mpx/s':>8}"
        )
        for name, pairs in groups.items():
            if pairs:
                measure(name, pairs, Path(folder))


def measure(name: str, pairs: list[Pair], folder: Path) -> None:
    """Run every method on every pair and displacement."""
    for method, found in METHODS.items():
        errors: list[float] = []
        pixels = seconds = 0.0
        for pair in pairs:
            base = None
            for number, displacement in enumerate(DISPLACEMENTS):
                displaced = folder / f"{pair.name}_{number}.tif"
                moves = _true_moves(pair.grid, displacement)
                if not displaced.exists():
                    displace(pair.before, displaced, pair.grid, moves)
                start = time.process_time()
                answer = found(pair, displaced)
                seconds += time.process_time() - start
                pixels += pair.grid.width * pair.grid.height
                if number == 0:
                    base = answer
                    continue
                errors.append(_error(base, answer, moves, pair.grid))
        told = np.array(errors)
        sound = told[told <= 1.0]
        print(
            f"{name:8}{method:22}{len(told):>6}{np.median(told):>11.3f}{np.percentile(told, 90):>8.2f}"
            f"{np.mean(told > 0.3):>10.0%}{1 - len(sound) / len(told):>8.0%}{pixels / seconds / 1e6:>8.1f}",
            flush=True,
        )


def _error(base: Moves | None, answer: Moves | None, true: Moves, grid: PixelGrid) -> float:
    """RMS distance in pixels between the displacement found and the true one; infinite where a method gave up."""
    if base is None or answer is None:
        return float("inf")
    columns, rows = np.meshgrid(np.linspace(0, grid.width, 9), np.linspace(0, grid.height, 9))
    # Where the displaced file shows the ground of a pixel is where the base showed it, displaced.
    right, down = base(columns, rows)
    more_right, more_down = true(columns + right, rows + down)
    found_right, found_down = answer(columns, rows)
    off = (found_right - right - more_right) ** 2 + (found_down - down - more_down) ** 2
    return float(np.sqrt(off.mean()))


def _true_moves(grid: PixelGrid, displacement: tuple[float, float, float]) -> Moves:
    right, down, degrees = displacement
    middle = grid.width / 2, grid.height / 2
    matrix = Affine.translation(right, down) @ Affine.rotation(degrees, middle)

    def moves(
        columns: NDArray[np.float64], rows: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        x, y = matrix @ (columns, rows)
        return x - columns, y - rows

    return moves


def displace(source: Path, target: Path, grid: PixelGrid, moves: Moves) -> None:
    """The earlier image resampled to coarser pixels of its own, with its ground displaced by known moves.

    Ground that lay at a pixel p of the grid lies at p + moves(p) in the new file.
    """
    origin = np.array(moves(np.zeros(1), np.zeros(1))).ravel()
    across = np.array(moves(np.ones(1), np.zeros(1))).ravel() - origin
    along = np.array(moves(np.zeros(1), np.ones(1))).ravel() - origin
    shift = Affine(1 + across[0], along[0], origin[0], across[1], 1 + along[1], origin[1])
    there = grid.transform @ shift @ ~grid.transform
    raster = _image(source)
    own = PixelGrid.over(grid.pad(SIDE // 16).bounds, COARSER * raster.grid.resolution_in(grid.crs), grid.crs)
    # The pixels are read where they lay and written with the displaced place: one resampling, as a new mosaic has.
    image, valid = read_image(raster, own)
    profile = {"driver": "GTiff", "count": 3, "height": own.height, "width": own.width, "dtype": "uint8"}
    with (
        rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True),
        rasterio.open(
            target, "w", crs=grid.crs.to_wkt(), transform=there @ own.transform, tiled=True, **profile
        ) as file,
    ):
        file.write(image)
        file.write_mask(valid)


def scene_pairs(folder: Path) -> Iterator[Pair]:
    """A scene's pair, where it has two surveys."""
    before, after = folder / "before_dom.tif", folder / "after_dom.tif"
    if not before.exists() or not after.exists():
        return
    surfaces = [path if path.exists() else None for path in (folder / "before_dsm.tif", folder / "after_dsm.tif")]
    yield Pair(folder.name, before, after, surfaces[0], surfaces[1], _grid(before, after))


def sample_pair() -> Pair:
    """The sample village's pair."""
    before, after = (assets.sample_data("surveys", f"{day}_dom.tif") for day in ("2024-04-16", "2025-10-28"))
    return Pair("sample", before, after, None, None, _grid(before, after))


def levir_pairs(folder: Path, made: Path) -> Iterator[Pair]:
    """Real pairs, given a georeference."""
    for path in sorted((folder / "A").glob("*.png")):
        files = []
        for date in "AB":
            target = made / f"levir_{path.stem}_{date}.tif"
            _georeferenced(folder / date / path.name, target)
            files.append(target)
        yield Pair(f"levir_{path.stem}", files[0], files[1], None, None, _grid(files[0], files[1]))


def _georeferenced(source: Path, target: Path) -> None:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        with rasterio.open(source) as file:
            pixels = file.read()[:3]
    transform = Affine(LEVIR_PIXEL_M, 0, 500_000, 0, -LEVIR_PIXEL_M, 3_300_000)
    shape = {"count": 3, "height": pixels.shape[1], "width": pixels.shape[2], "dtype": "uint8"}
    with rasterio.open(target, "w", driver="GTiff", crs="EPSG:4549", transform=transform, **shape) as file:
        file.write(pixels)


def _grid(before: Path, after: Path) -> PixelGrid:
    """The detection's pixels over the middle of the common ground."""
    one, other = (open_raster(path, kind=RasterKind.IMAGE) for path in (before, after))
    crs = other.grid.crs
    pixel = max(0.25, one.grid.resolution_in(crs), other.grid.resolution)
    common = shared_bounds(one.grid.bounds_in(crs), other.grid.bounds)
    if common is None:
        raise SystemExit(f"{before} and {after} do not overlap")
    whole = PixelGrid.over(common, pixel, crs)
    side = min(SIDE, whole.width, whole.height)
    side = side // 64 * 64
    return whole.crop((whole.height - side) // 2, (whole.width - side) // 2, side, side)


def by_weijian(pair: Pair, before: Path) -> Moves | None:
    """The program's own alignment, images only."""
    try:
        with OpenFiles() as files, Threads(os.cpu_count() or 1) as crew:
            found = finish(align(_image(before), _image(pair.after), pair.grid, crew, files=files))
    except InputError:
        return None
    return _moves_of(found.shift, pair.grid)


def _moves_of(shift: ShiftField, grid: PixelGrid) -> Moves:
    def moves(
        columns: NDArray[np.float64], rows: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        x, y = grid.transform @ (columns, rows)
        dx, dy = shift.at(x, y)
        return dx / grid.resolution, -dy / grid.resolution

    return moves


def _image(path: Path) -> Raster:
    return open_raster(path, kind=RasterKind.IMAGE)


def _greys(pair: Pair, before: Path) -> tuple[Grey, Grey]:
    """(after, before) as grey pictures on the grid."""

    def grey(path: Path) -> Grey:
        image, _ = read_image(_image(path), pair.grid)
        return cv2.cvtColor(np.ascontiguousarray(np.moveaxis(image, 0, -1)), cv2.COLOR_RGB2GRAY).astype(np.float32)

    return grey(pair.after), grey(before)


def _gradients(grey: Grey) -> Grey:
    smooth = cv2.GaussianBlur(grey, (0, 0), 1.0)
    return np.hypot(cv2.Scharr(smooth, cv2.CV_32F, 1, 0), cv2.Scharr(smooth, cv2.CV_32F, 0, 1)).astype(np.float32)


def by_ecc(pair: Pair, before: Path, prepared: Callable[[Grey], Grey], levels: int) -> Moves | None:
    """Enhanced correlation (OpenCV), Euclidean, from identity, coarse to fine over a pyramid."""
    after, earlier = (prepared(grey) for grey in _greys(pair, before))
    warp = np.eye(2, 3, dtype=np.float32)
    end = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 60, 1e-5)
    for level in reversed(range(levels)):
        scale = 1 / 2**level
        one, other = (cv2.resize(g, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) for g in (after, earlier))
        now = warp.copy()
        now[:, 2] *= scale
        try:
            _, now = cv2.findTransformECC(one, other, now, cv2.MOTION_EUCLIDEAN, end, None, 5)
        except cv2.error:
            return None
        warp = now.copy()
        warp[:, 2] /= scale

    def moves(
        columns: NDArray[np.float64], rows: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        c, r = columns - 0.5, rows - 0.5
        return (
            warp[0, 0] * c + warp[0, 1] * r + warp[0, 2] - c,
            warp[1, 0] * c + warp[1, 1] * r + warp[1, 2] - r,
        )

    return moves


def by_phase(pair: Pair, before: Path, rounds: int) -> Moves | None:
    """Phase correlation (OpenCV) with a Hann window, once or repeated on the shifted picture."""
    after, earlier = _greys(pair, before)
    window = cv2.createHanningWindow(after.shape[::-1], cv2.CV_32F)
    right = down = 0.0
    for _ in range(rounds):
        shifted = cv2.warpAffine(
            earlier,
            np.array([[1, 0, right], [0, 1, down]], np.float32),
            after.shape[::-1],
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REFLECT,
        )
        (more_right, more_down), _ = cv2.phaseCorrelate(after, shifted, window)
        right, down = right + more_right, down + more_down

    def moves(
        columns: NDArray[np.float64], rows: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        return np.full_like(columns, right), np.full_like(rows, down)

    return moves


METHODS: dict[str, Callable[[Pair, Path], Moves | None]] = {
    "weijian": by_weijian,
    "ECC on gradients": lambda pair, before: by_ecc(pair, before, _gradients, 3),
    "ECC on grey": lambda pair, before: by_ecc(pair, before, lambda grey: grey, 3),
    "phase, iterated": lambda pair, before: by_phase(pair, before, 5),
    "phase, one shot": lambda pair, before: by_phase(pair, before, 1),
}


if __name__ == "__main__":
    sys.exit(main())
