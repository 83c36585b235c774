"""Detection against a plain surface difference, and against the time it takes just to decode the files.

    python benchmarks/detection.py [SCENE ...]

A scene is a folder with before_dom.tif, after_dom.tif, their DSMs where there are any, archive_buildings.gpkg,
parcels.gpkg, permits.gpkg, zones.gpkg and truth.gpkg. Without one the sample village is measured. Both sides run in the
same process, one after the other; what counts is the ratio.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import geopandas as gpd
import numpy as np
import rasterio
import rasterio.features
from shapely.geometry import shape

from weijian import assets, bootstrap
from weijian.domain.errors import InputError
from weijian.domain.finding import Method
from weijian.domain.job import finish
from weijian.imagery.raster import RasterKind, open_raster
from weijian.imagery.windows import read_surface
from weijian.services.archive_files import RegisterFiles
from weijian.services.detect_runs import DetectionFiles, DetectionOptions, detect_files
from weijian.services.prepare import Opened, detection_grid

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))
from score import score

RISE_M = 2.0
OPENING_M = 0.8
LEAST_M2 = 8.0


@dataclass(frozen=True)
class Scene:
    """Where the files of one scene are."""

    name: str
    before: Path
    after: Path
    before_dsm: Path
    after_dsm: Path
    register: RegisterFiles
    truth: Path


def main(folders: list[str]) -> None:
    """Print one row for each scene and method."""
    scenes = [scene_in(Path(folder)) for folder in folders] or [sample()]
    heading = f"{'scene':16}{'method':12}{'F1':>8}{'type':>8}{'IoU':>8}{'seconds':>10}{'x decode':>10}"
    print(heading)
    for scene in scenes:
        decode = seconds_to_decode(scene)
        for method, file, seconds in runs(scene):
            result = score(scene.truth, file)
            cells = (result.f1, result.type_accuracy, result.mean_iou)
            told = "".join(f"{'-' if value is None else format(value, '.3f'):>8}" for value in cells)
            print(f"{scene.name:16}{method:12}{told}{seconds:>10.1f}{seconds / decode:>10.0f}")


def sample() -> Scene:
    """The sample village."""
    data = assets.sample_data
    register = RegisterFiles(
        data("archive", "房屋.shp"),
        data("archive", "宗地.shp"),
        data("permits", "许可.gpkg"),
        data("zones", "管控区.gpkg"),
    )
    early, late = (data("surveys", f"{day}_dom.tif") for day in ("2024-04-16", "2025-10-28"))
    dsm = [path.with_name(path.name.replace("dom", "dsm")) for path in (early, late)]
    return Scene("sample", early, late, *dsm, register, data("truth", "truth.gpkg"))


def scene_in(folder: Path) -> Scene:
    """A scene's folder."""
    files = [folder / f"{name}.tif" for name in ("before_dom", "after_dom", "before_dsm", "after_dsm")]
    kinds = ("archive_buildings", "parcels", "permits", "zones")
    return Scene(
        folder.name, *files, RegisterFiles(*(folder / f"{kind}.gpkg" for kind in kinds)), folder / "truth.gpkg"
    )


def seconds_to_decode(scene: Scene) -> float:
    """Reading every pixel of both orthophotos once: no detection can be quicker."""
    start = time.perf_counter()
    for path in (scene.before, scene.after):
        with rasterio.open(path) as file:
            for _, window in file.block_windows(1):
                file.read(window=window)
    return time.perf_counter() - start


def runs(scene: Scene) -> Iterator[tuple[str, Path, float]]:
    """(method, findings, seconds) of each way to detect that the scene's files allow."""
    with tempfile.TemporaryDirectory() as folder:
        heights = scene.before_dsm.exists() and scene.after_dsm.exists()
        if heights:
            yield from timed("difference", Path(folder) / "difference.gpkg", scene)
        for method in (Method.HEIGHT, Method.SPECTRAL) if heights else (Method.SPECTRAL,):
            yield from timed(method.value, Path(folder) / f"{method}.gpkg", scene)


def timed(method: str, out: Path, scene: Scene) -> Iterator[tuple[str, Path, float]]:
    """Run one method and time it."""
    start = time.perf_counter()
    try:
        if method == "difference":
            difference(scene, out)
        else:
            detect(scene, Method(method), out)
    except InputError as error:
        print(f"{scene.name:16}{method:12}{error.sentence('en')}")
        return
    yield method, out, time.perf_counter() - start


def detect(scene: Scene, method: Method, out: Path) -> None:
    """Weijian's own detection."""
    heights = method is Method.HEIGHT
    files = DetectionFiles(
        scene.before,
        scene.after,
        scene.before_dsm if heights else None,
        scene.after_dsm if heights else None,
        scene.register,
    )
    finish(detect_files(files, DetectionOptions(bootstrap.start().legality, method=method, out=out)))


def difference(scene: Scene, out: Path) -> None:
    """The plain way: the difference of the surfaces less its median, a threshold, an opening, outlines."""
    images = [open_raster(path, kind=RasterKind.IMAGE) for path in (scene.after, scene.before)]
    surfaces = [open_raster(path, kind=RasterKind.SURFACE) for path in (scene.after_dsm, scene.before_dsm)]
    grid = detection_grid(Opened(images[0], images[1], surfaces[0], surfaces[1]), Method.HEIGHT)
    after, before = (np.nan_to_num(read_surface(surface, grid), nan=np.float32(np.nan)) for surface in surfaces)
    rise = after - before
    rise = np.nan_to_num(rise - np.nanmedian(rise))
    radius = max(1, round(OPENING_M / 2 / grid.resolution))
    disk = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1))
    rows = []
    for change, mask in (("new", rise > RISE_M), ("demolished", rise < -RISE_M)):
        opened = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_OPEN, disk)
        for outline, _ in rasterio.features.shapes(opened, mask=opened > 0, transform=grid.transform):
            polygon = shape(outline)
            if polygon.area >= LEAST_M2:
                rows.append({"change_type": change, "permit_status": None, "geometry": polygon})
    gpd.GeoDataFrame(rows, geometry="geometry", crs=grid.crs).to_file(out, layer="findings", driver="GPKG")


if __name__ == "__main__":
    main(sys.argv[1:])
