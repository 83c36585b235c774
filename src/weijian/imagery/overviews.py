"""Overviews: smaller copies beside a raster that make zooming out quick. The original is never opened for writing."""

from __future__ import annotations

import shutil
import tempfile
from hashlib import sha256
from pathlib import Path

import numpy as np
import rasterio
import rasterio.shutil
from rasterio.enums import ColorInterp, Resampling

from weijian.domain.errors import RasterDamaged, TargetUnwritable
from weijian.domain.job import Job, Progress
from weijian.imagery.files import GDAL_FAULTS, Dataset, environment, open_file

_SMALLEST = 512  # pixels of the longer side of the last level
_ROOM = 100_000_000  # bytes; a failure with less than this free is one of room
_GDAL_OPTIONS = {
    "COMPRESS_OVERVIEW": "DEFLATE",
    "BIGTIFF_OVERVIEW": "IF_SAFER",
    "GDAL_TIFF_OVR_BLOCKSIZE": "512",
    "GDAL_NUM_THREADS": "ALL_CPUS",
}


def build_overviews(path: Path, cache: Path | None = None) -> Job[Path]:
    """Build overviews in a file of their own, level by level.

    Nothing is left behind when the job is closed early. A raster that has overviews, or needs none, is left as it is.

    Parameters
    ----------
    path : pathlib.Path
        A raster.
    cache : pathlib.Path, optional
        Folder for the overviews where the raster's own folder cannot be written. There they hang on a small .vrt file
        that points to the raster.

    Returns
    -------
    pathlib.Path
        What to open from now on: ``path`` itself, or the .vrt in ``cache``.

    Raises
    ------
    FileMissing, NotARaster, RasterDamaged, TargetUnwritable
    """
    with environment(), open_file(path) as dataset:
        levels = [] if dataset.overviews(1) else _levels(dataset.width, dataset.height)
        resampling, options = _manner(dataset)
    if not levels:
        return path
    if _writable(path.parent):
        built = yield from _build(path, path.parent, levels, resampling, options)
        (built / "view.vrt.ovr").replace(path.with_name(path.name + ".ovr"))
        shutil.rmtree(built)
        return path
    if cache is None:
        raise TargetUnwritable(path=path.parent, why="read-only")
    view = cache / f"{path.stem}-{sha256(str(path.resolve()).encode()).hexdigest()[:12]}.vrt"
    overviews = view.with_name(view.name + ".ovr")
    if overviews.exists() and overviews.stat().st_mtime >= path.stat().st_mtime:
        return view
    built = yield from _build(path, cache, levels, resampling, options)
    (built / "view.vrt.ovr").replace(overviews)
    (built / "view.vrt").replace(view)
    shutil.rmtree(built)
    return view


def _build(path: Path, folder: Path, levels: list[int], resampling: Resampling, options: dict[str, str]) -> Job[Path]:
    """Build in a temporary folder inside ``folder``, which the caller empties; removed when anything goes wrong."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=".overviews-", dir=folder))
    except OSError as fault:
        raise TargetUnwritable(path=folder, why=fault.strerror or "read-only") from fault
    finished = False
    try:
        view = work / "view.vrt"
        # A VRT of the file takes the overviews, so that the file itself is only ever read.
        with environment():
            rasterio.shutil.copy(path.resolve(), view, driver="VRT")
        for done, factor in enumerate(levels):
            yield Progress("overviews", done, len(levels))
            with environment(), rasterio.Env(**options), rasterio.open(view, "r+") as dataset:
                dataset.build_overviews([factor], resampling)
        yield Progress("overviews", len(levels), len(levels))
        finished = True
    except GDAL_FAULTS as fault:
        if shutil.disk_usage(folder).free < _ROOM:
            raise TargetUnwritable(path=folder, why="disk full") from fault
        raise RasterDamaged(path=path, row=0) from fault
    finally:
        if not finished:
            shutil.rmtree(work, ignore_errors=True)
    return work


def wants_overviews(width: int, height: int) -> bool:
    """Whether a raster of that many pixels is large enough for overviews."""
    return bool(_levels(width, height))


def _levels(width: int, height: int) -> list[int]:
    levels = []
    factor = 2
    while max(width, height) * 2 > _SMALLEST * factor:
        levels.append(factor)
        factor *= 2
    return levels


def _manner(dataset: Dataset) -> tuple[Resampling, dict[str, str]]:
    """Averages, but never of palette indices; the predictor that fits the type."""
    palette = ColorInterp.palette in dataset.colorinterp
    predictor = "3" if np.dtype(dataset.dtypes[0]).kind == "f" else "2"
    return (Resampling.nearest if palette else Resampling.average), _GDAL_OPTIONS | {"PREDICTOR_OVERVIEW": predictor}


def _writable(folder: Path) -> bool:
    """Whether a file can be made there; asking the system is not enough on Windows and on shares."""
    try:
        with tempfile.TemporaryFile(dir=folder, prefix=".overviews-"):
            return True
    except OSError:
        return False
