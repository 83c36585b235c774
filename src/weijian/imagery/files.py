"""Open GDAL datasets: how, for how long, and by whom.

GDAL datasets must not be shared by threads, and opening one costs milliseconds (more on a share). A single read opens
and closes; work of many reads borrows from :class:`OpenFiles`, which keeps a dataset for each thread and file.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TypeAlias

import rasterio
from pyproj import CRS
from rasterio._err import CPLE_BaseError
from rasterio.enums import ColorInterp
from rasterio.errors import RasterioError
from rasterio.io import DatasetReader
from rasterio.vrt import WarpedVRT

from weijian.domain.errors import FileMissing, NotARaster

if TYPE_CHECKING:
    from weijian.imagery.raster import Raster

Dataset: TypeAlias = DatasetReader | WarpedVRT

GDAL_FAULTS = (RasterioError, CPLE_BaseError)
"""What rasterio raises when GDAL fails; some of its functions let GDAL's own exceptions through."""

_OPTIONS = {"GDAL_CACHEMAX": 256 * 1024 * 1024}  # bytes; the default grows with the machine


def environment() -> rasterio.Env:
    """GDAL as the program uses it, for the current thread: bounded cache, complaints to the log, not to stderr."""
    return rasterio.Env(**_OPTIONS)


@contextmanager
def open_file(path: Path) -> Iterator[DatasetReader]:
    """A dataset as it is in the file.

    Raises
    ------
    FileMissing, NotARaster
    """
    try:
        dataset = rasterio.open(path)
    except GDAL_FAULTS as fault:
        if not path.exists():
            raise FileMissing(path=path) from fault
        raise NotARaster(path=path, size=path.stat().st_size) from fault
    with dataset:
        yield dataset


def upright(dataset: DatasetReader, crs: CRS) -> WarpedVRT:
    """The north-up picture of a file that is placed by ground control points."""
    bare = dataset.nodata is None and ColorInterp.alpha not in dataset.colorinterp
    return WarpedVRT(dataset, src_crs=crs.to_wkt(), crs=crs.to_wkt(), add_alpha=bare)


@contextmanager
def opened(raster: Raster) -> Iterator[Dataset]:
    """A dataset whose pixels are those of ``raster.grid``."""
    with open_file(raster.path) as dataset:
        if raster.warped:
            with upright(dataset, raster.grid.crs) as placed:
                yield placed
        elif not raster.nodata_declared:
            with _masked(dataset, raster) as masked:
                yield masked
        else:
            yield dataset


def _masked(dataset: DatasetReader, raster: Raster) -> WarpedVRT:
    """The file with the "no data" value that it does not declare."""
    grid = raster.grid
    wkt = grid.crs.to_wkt()
    return WarpedVRT(
        dataset,
        src_crs=wkt,
        crs=wkt,
        transform=grid.transform,
        width=grid.width,
        height=grid.height,
        src_nodata=raster.nodata,
        nodata=raster.nodata,
    )


class OpenFiles:
    """Datasets kept open for work of many reads, one for each thread and file; closed together at the end.

    Use as a context manager around the threads: none may read any more when it ends.
    """

    def __init__(self) -> None:
        self._mine = threading.local()
        self._all = ExitStack()
        self._lock = threading.Lock()

    def __enter__(self) -> OpenFiles:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._all.close()

    def dataset(self, raster: Raster) -> Dataset:
        """The current thread's dataset of ``raster``."""
        datasets: dict[Raster, Dataset] = self._mine.__dict__.setdefault("datasets", {})
        if raster not in datasets:
            with self._lock:
                datasets[raster] = self._all.enter_context(opened(raster))
        return datasets[raster]


@contextmanager
def borrowed(raster: Raster, files: OpenFiles | None) -> Iterator[Dataset]:
    """A dataset of ``raster``: one of ``files``, or one opened and closed for the occasion."""
    with environment():
        if files is not None:
            yield files.dataset(raster)
        else:
            with opened(raster) as dataset:
                yield dataset
