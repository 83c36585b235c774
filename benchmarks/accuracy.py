"""How well weijian finds changed structures, beside plain methods on the same pairs in the same run.

    python benchmarks/accuracy.py [SCENE ...] [--only heights|images|archive|survey|real] [--villages N] [--keep DIR]
                                  [--model M.onnx]

Without SCENE: the scenes and real pairs beside the project where they are, villages drawn by the sample's renderer with
seeds nothing was tuned on (``--villages`` of them), and the sample village. A scene is a folder with before_dom.tif,
after_dom.tif, their DSMs where there are any, archive_buildings.gpkg, parcels.gpkg, permits.gpkg, zones.gpkg and
truth.gpkg. Objects are scored by tools/score.py (a pair has at least 0.3 of its union in common), real pairs by pixels.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr
from dataclasses import dataclass
from os import devnull
from pathlib import Path

import cv2
import geopandas as gpd
import numpy as np
import rasterio
import rasterio.features
from affine import Affine
from numpy.typing import NDArray
from shapely.geometry import shape

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "tools"), str(Path(__file__).resolve().parent)]
from baselines import BASELINES
from scenes import HOLD_OUT, RealPair, Scene, hold_out, real_pairs, sample, scene_in, scenes_beside
from score import Score, score

from weijian import bootstrap
from weijian.domain.errors import InputError
from weijian.domain.finding import Method
from weijian.domain.grid import PixelGrid
from weijian.domain.job import finish
from weijian.imagery.raster import RasterKind, open_raster
from weijian.imagery.windows import read_image, read_surface
from weijian.services.archive_files import RegisterFiles
from weijian.services.detect_files import DetectionFiles, DetectionOptions, detect_files
from weijian.services.prepare import Opened, detection_grid

MODES = ("heights", "images", "archive", "survey", "real")
"""With surface models; images only; images only without an archive; one survey of images against the archive; real."""

RISE_M = 2.0
OPENING_M = 0.8
LEAST_M2 = 8.0
REAL_PIXEL_M = 0.5
"""Ground pixel the real pairs are given; theirs is 0.5 to 0.6 m."""


@dataclass(frozen=True)
class Pixels:
    """Counts of pixels, pooled over pairs."""

    hits: int = 0
    found: int = 0
    true: int = 0
    findings: int = 0
    pairs: int = 0

    def __add__(self, other: "Pixels") -> "Pixels":
        return Pixels(
            self.hits + other.hits,
            self.found + other.found,
            self.true + other.true,
            self.findings + other.findings,
            self.pairs + other.pairs,
        )

    @property
    def row(self) -> str:
        """Precision, recall, F1 and findings a pair as cells."""
        precision, recall = self.hits / max(1, self.found), self.hits / max(1, self.true)
        f1 = 2 * self.hits / max(1, self.found + self.true)
        return f"{f1:>8.3f}{precision:>8.3f}{recall:>8.3f}{self.findings / max(1, self.pairs):>10.1f}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print one row for each scene, mode and method, then one for each method on the real pairs."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("scenes", nargs="*", type=Path, help="folders of scenes instead of the usual ones")
    ask.add_argument("--only", action="append", choices=MODES, help="leave out the other modes; may be repeated")
    ask.add_argument("--villages", type=int, default=3, help="villages to draw with the sample's renderer")
    ask.add_argument("--plain", action=argparse.BooleanOptionalAction, default=True, help="the plain methods too")
    ask.add_argument("--model", type=Path, help="a model for the model method, which then runs on the images too")
    ask.add_argument("--keep", type=Path, help="folder to keep the findings in")
    options = ask.parse_args(arguments)
    wanted = tuple(options.only or MODES)
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        scenes = [scene_in(s) for s in options.scenes]
        if not scenes and wanted != ("real",):
            scenes = [*scenes_beside(), sample(), *hold_out(tuple(range(HOLD_OUT[0], HOLD_OUT[0] + options.villages)))]
        print_scenes(scenes, wanted, folder, options.plain, options.model)
        pairs = real_pairs() if "real" in wanted and not options.scenes else []
        if pairs:
            print_real(pairs, folder, options.plain, options.model)


def print_scenes(scenes: Sequence[Scene], wanted: Sequence[str], folder: Path, plain: bool, model: Path | None) -> None:
    """Rows of the scenes, and the middle of each mode's and method's F1."""
    if not scenes:
        return
    print(f"{'scene':14}{'mode':9}{'method':13}", end="")
    print(f"{'F1':>6}{'prec':>6}{'rec':>6}{'type':>6}{'permit':>7}{'IoU':>6}{'found':>6}{'true':>6}{'s':>7}")
    told: dict[tuple[str, str], list[float]] = {}
    for scene in scenes:
        for mode, method, file, seconds in runs(scene, wanted, folder, plain, model):
            result = score(scene.truth, file)
            told.setdefault((mode, method), []).append(result.f1)
            print(f"{scene.name:14}{mode:9}{method:13}{cells(result)}{seconds:>7.1f}", flush=True)
    for (mode, method), all_f1 in told.items():
        print(f"{'mean of ' + str(len(all_f1)):14}{mode:9}{method:13}{np.mean(all_f1):>6.2f}")


def cells(result: Score) -> str:
    """A score as cells of a row."""
    tally = result.overall
    shares = (tally.f1, tally.precision, tally.recall, result.type_accuracy, result.permit_accuracy, result.mean_iou)
    widths = (6, 6, 6, 6, 7, 6)
    told = ("-" if v is None else f"{v:.2f}" for v in shares)
    return (
        "".join(f"{text:>{width}}" for text, width in zip(told, widths, strict=True))
        + f"{tally.found:>6}{tally.true:>6}"
    )


def runs(
    scene: Scene, wanted: Sequence[str], folder: Path, plain: bool, model: Path | None
) -> Iterator[tuple[str, str, Path, float]]:
    """(mode, method, findings, seconds) of each way to detect that the scene's files allow."""
    for mode in wanted:
        given = as_in(scene, mode)
        if given is None:
            continue
        own = Method.HEIGHT if mode == "heights" else Method.SPECTRAL
        learnt = [Method.MODEL] if model is not None and mode != "heights" else []
        for method in (own, *learnt):
            start = time.perf_counter()
            out = folder / f"{scene.name}_{mode}{'_model' if method is Method.MODEL else ''}.gpkg"
            try:
                with Path(devnull).open("w") as quiet, redirect_stderr(quiet):
                    detect(given, method, out, model)
            except InputError as error:
                print(f"{scene.name:14}{mode:9}{method.value:13}{error.sentence('en')}", flush=True)
            else:
                yield mode, method.value, out, time.perf_counter() - start
        if not plain:
            continue
        if mode == "heights" and given.before is not None:
            start, out = time.perf_counter(), folder / f"{scene.name}_{mode}_dsm-diff.gpkg"
            surface_difference(given, out)
            yield mode, "dsm-diff", out, time.perf_counter() - start
        if mode == "images":
            yield from plain_runs(given, folder)


def as_in(scene: Scene, mode: str) -> Scene | None:
    """The scene with the files of a mode; None when it lacks them or the mode is not about scenes."""
    if mode == "heights":
        return scene if scene.has_heights else None
    if mode == "survey":
        return scene.without_heights().without_before()
    if scene.before is None:
        return None
    if mode == "images":
        return scene.without_heights()
    return scene.without_heights().without_archive() if mode == "archive" else None


def detect(scene: Scene, method: Method, out: Path, model: Path | None = None) -> None:
    """Weijian's own detection; ``model`` is for the model method."""
    files = DetectionFiles(scene.before, scene.after, scene.before_dsm, scene.after_dsm, scene.register)
    learnt = model if method is Method.MODEL else None
    finish(detect_files(files, DetectionOptions(bootstrap.start().legality, method=method, model=learnt, out=out)))


def plain_runs(scene: Scene, folder: Path) -> Iterator[tuple[str, str, Path, float]]:
    """The plain methods on the images of a scene, their masks opened and outlined; every outline is called new."""
    images = [open_raster(path, kind=RasterKind.IMAGE) for path in (scene.before, scene.after) if path is not None]
    grid = detection_grid(Opened(images[1], images[0], None, None), Method.SPECTRAL, True)
    (before, seen), (after, also) = (read_image(image, grid) for image in images)
    for name, method in BASELINES.items():
        start, out = time.perf_counter(), folder / f"{scene.name}_images_{name}.gpkg"
        write_outlines({"new": method(before, after, seen & also)}, grid, out)
        yield "images", name, out, time.perf_counter() - start


def surface_difference(scene: Scene, out: Path) -> None:
    """The plain way with heights: the difference of the surfaces less its median, a threshold, an opening, outlines."""
    images = [open_raster(path, kind=RasterKind.IMAGE) for path in (scene.after, scene.before) if path is not None]
    surfaces = [
        open_raster(path, kind=RasterKind.SURFACE) for path in (scene.after_dsm, scene.before_dsm) if path is not None
    ]
    grid = detection_grid(Opened(images[0], images[1], surfaces[0], surfaces[1]), Method.HEIGHT, True)
    after, before = (read_surface(surface, grid) for surface in surfaces)
    rise = after - before
    rise = np.nan_to_num(rise - np.nanmedian(rise))
    write_outlines({"new": rise > RISE_M, "demolished": rise < -RISE_M}, grid, out)


def write_outlines(masks: dict[str, NDArray[np.bool_]], grid: PixelGrid, out: Path) -> None:
    """Masks by change type, opened, as findings."""
    radius = max(1, round(OPENING_M / 2 / grid.resolution))
    disk = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1))
    rows = []
    for change, mask in masks.items():
        opened = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_OPEN, disk)
        for outline, _ in rasterio.features.shapes(opened, mask=opened > 0, transform=grid.transform):
            polygon = shape(outline)
            if polygon.area >= LEAST_M2:
                rows.append({"change_type": change, "permit_status": None, "geometry": polygon})
    table = gpd.GeoDataFrame(
        rows, geometry="geometry", crs=grid.crs, columns=["change_type", "permit_status", "geometry"]
    )
    table.to_file(out, layer="findings", driver="GPKG")


def print_real(pairs: Sequence[RealPair], folder: Path, plain: bool, model: Path | None) -> None:
    """Rows of the real pairs: pixels pooled over all of them."""
    print(f"\n{len(pairs)} real pairs, pixels{'':13}{'F1':>8}{'prec':>8}{'rec':>8}{'a pair':>10}{'s':>9}")
    sums: dict[str, Pixels] = {}
    seconds: dict[str, float] = {}
    each: list[str] = []
    for pair in pairs:
        before, after = (read_png(path) for path in (pair.before, pair.after))
        truth = cv2.imread(str(pair.mask), cv2.IMREAD_GRAYSCALE) > 127
        for method in (Method.SPECTRAL, Method.MODEL) if model is not None else (Method.SPECTRAL,):
            start = time.perf_counter()
            found, findings = detect_real(pair, before, after, folder, (method, model))
            counts = counted(found, truth, findings)
            sums[method] = sums.get(method, Pixels()) + counts
            seconds[method] = seconds.get(method, 0.0) + time.perf_counter() - start
            each.append(f"  {pair.name + ' ' + method:32}{counts.row}")
        for name, method in BASELINES.items() if plain else ():
            start = time.perf_counter()
            mask = method(before, after, np.ones(truth.shape, bool))
            seconds[name] = seconds.get(name, 0.0) + time.perf_counter() - start
            pieces = cv2.connectedComponents(mask.view(np.uint8), connectivity=4)[0] - 1
            sums[name] = sums.get(name, Pixels()) + counted(mask, truth, pieces)
        everything = counted(np.ones(truth.shape, bool), truth, 1)
        sums["everything"] = sums.get("everything", Pixels()) + everything
    for name, pixels in sums.items():
        print(f"{name:34}{pixels.row}{seconds.get(name, 0.0):>9.1f}")
    print("\n".join(each))


def read_png(path: Path) -> NDArray[np.uint8]:
    """An image as (3, rows, columns) red, green, blue."""
    return np.ascontiguousarray(np.moveaxis(cv2.imread(str(path), cv2.IMREAD_COLOR)[..., ::-1], 2, 0))


def counted(found: NDArray[np.bool_], truth: NDArray[np.bool_], findings: int) -> Pixels:
    """Counts of one pair."""
    return Pixels(int((found & truth).sum()), int(found.sum()), int(truth.sum()), findings, 1)


def detect_real(
    pair: RealPair, before: NDArray[np.uint8], after: NDArray[np.uint8], folder: Path, how: tuple[Method, Path | None]
) -> tuple[NDArray[np.bool_], int]:
    """Weijian's findings on a real pair, which is given a place on the ground first."""
    transform = Affine(REAL_PIXEL_M, 0, 500_000.0, 0, -REAL_PIXEL_M, 3_300_000.0)
    _, rows, columns = before.shape
    method, model = how
    out = folder / f"real_{pair.name}_{method}.gpkg"
    with tempfile.TemporaryDirectory() as temporary:
        placed = []
        for name, image in (("before", before), ("after", after)):
            placed.append(Path(temporary) / f"{name}.tif")
            with rasterio.open(
                placed[-1], "w", "GTiff", columns, rows, 3, "EPSG:4549", transform, np.uint8, photometric="RGB"
            ) as file:
                file.write(image)
        scene = Scene(pair.name, placed[0], placed[1], None, None, RegisterFiles(), pair.mask)
        with Path(devnull).open("w") as quiet, redirect_stderr(quiet):
            detect(scene, method, out, model)
    outlines = list(gpd.read_file(out, layer="findings").geometry)
    burnt = (
        rasterio.features.rasterize(outlines, (rows, columns), transform=transform)
        if outlines
        else np.zeros((rows, columns), np.uint8)
    )
    return burnt > 0, len(outlines)


if __name__ == "__main__":
    main()
