"""Open GDAL datasets: how, for how long, and by whom.

GDAL datasets must not be shared by threads, and opening one costs milliseconds (more on a share). A single read opens
and closes; work of many reads borrows from :class:`OpenFiles`, which keeps a dataset for each thread and file.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
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
from weijian.elsewhere import gdal_name, through_gdal
from weijian.imagery.averages import MOST_BYTES, Averages

if TYPE_CHECKING:
    from weijian.imagery.raster import Raster

Dataset: TypeAlias = DatasetReader | WarpedVRT

GDAL_FAULTS = (RasterioError, CPLE_BaseError)
"""What rasterio raises when GDAL fails; some of its functions let GDAL's own exceptions through."""

_OPTIONS = {
    "GDAL_CACHEMAX": 128 * 1024 * 1024,  # bytes; what is read twice is kept as averages
    "GDAL_HTTP_CONNECTTIMEOUT": 10,  # seconds after which a server that does not answer is given up
    "GDAL_HTTP_TIMEOUT": 300,
}


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
        dataset = rasterio.open(gdal_name(path))
    except GDAL_FAULTS as fault:
        if through_gdal(path) or not path.exists():
            raise FileMissing(path=path) from fault
        raise NotARaster(path=path, size=path.stat().st_size) from fault
    with dataset:
        yield dataset


def files_of(rasters: Iterable[Raster]) -> set[Path]:
    """Every file that the rasters' pixels come from: sources of a mosaic, overviews and side files too."""
    files: set[Path] = set()
    for raster in rasters:
        with environment(), open_file(raster.path) as dataset:
            files |= {raster.path, *(Path(name) for name in dataset.files)}
    return files


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


class FilesClosed(RuntimeError):
    """Somebody went on to read what was closed because nobody wants it any more."""


@dataclass
class _Shelf:
    """The datasets of one thread, and how many of them it reads from just now."""

    datasets: dict[int, tuple[Raster, Dataset]] = field(default_factory=dict)
    stack: ExitStack = field(default_factory=ExitStack)
    lent: int = 0


class OpenFiles:
    """Datasets kept open for work of many reads, one for each thread and file; closed together at the end.

    Use as a context manager. A thread that still reads when it ends closes its own datasets after that read, and
    can begin no other. A copy sent to another process (pickled) begins without any. ``averages`` are the reduced
    pixels that its threads share, at most ``most_bytes`` of them.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.averages = Averages(most_bytes)
        self._mine = threading.local()
        self._shelves: list[_Shelf] = []
        self._lock = threading.Lock()
        self._closed = False

    def __enter__(self) -> OpenFiles:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._closed = True
            for shelf in self._shelves:
                if not shelf.lent:
                    shelf.stack.close()

    def __reduce__(self) -> tuple[type[OpenFiles], tuple[int]]:
        return OpenFiles, (self.averages.most_bytes,)

    @contextmanager
    def dataset(self, raster: Raster) -> Iterator[Dataset]:
        """The current thread's dataset of ``raster``.

        Raises
        ------
        FilesClosed
        """
        with self._lock:
            if self._closed:
                raise FilesClosed
            shelf = self._shelf()
            shelf.lent += 1
        try:
            if id(raster) not in shelf.datasets:  # by identity: to compare rasters is to compare CRSs, which is slow
                shelf.datasets[id(raster)] = raster, shelf.stack.enter_context(opened(raster))
            yield shelf.datasets[id(raster)][1]
        finally:
            with self._lock:
                shelf.lent -= 1
                if self._closed and not shelf.lent:
                    shelf.stack.close()

    def _shelf(self) -> _Shelf:
        shelf: _Shelf | None = getattr(self._mine, "shelf", None)
        if shelf is None:
            shelf = self._mine.shelf = _Shelf()
            self._shelves.append(shelf)
        return shelf


@contextmanager
def borrowed(raster: Raster, files: OpenFiles | None) -> Iterator[Dataset]:
    """A dataset of ``raster``: one of ``files``, or one opened and closed for the occasion."""
    with environment():
        if files is not None:
            with files.dataset(raster) as dataset:
                yield dataset
        else:
            with opened(raster) as dataset:
                yield dataset
