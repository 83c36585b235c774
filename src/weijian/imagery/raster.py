"""Any raster file behind one frozen value that holds no open file."""

from __future__ import annotations

import warnings
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

import numpy as np
from pyproj import CRS
from rasterio.enums import ColorInterp
from rasterio.errors import CRSError, NotGeoreferencedWarning
from rasterio.io import DatasetReader

from weijian.domain.errors import CrsMissing, FileMissing, NotGeoreferenced, RasterDamaged, RasterKindWrong
from weijian.domain.grid import PixelGrid
from weijian.domain.language import Words
from weijian.elsewhere import through_gdal
from weijian.imagery import georeference, radiometry
from weijian.imagery.files import GDAL_FAULTS, Dataset, environment, open_file, upright

_UNITS_M = {
    "m": 1.0, "metre": 1.0, "meter": 1.0, "metres": 1.0, "meters": 1.0, "米": 1.0,
    "cm": 0.01, "centimetre": 0.01, "mm": 0.001,
    "ft": 0.3048, "foot": 0.3048, "feet": 0.3048, "international foot": 0.3048,
    "us survey foot": 1200 / 3937, "ftus": 1200 / 3937, "us-ft": 1200 / 3937, "foot_us": 1200 / 3937,
}  # fmt: skip


class RasterKind(StrEnum):
    """What a raster's numbers are: a picture, or heights."""

    IMAGE = "image"
    SURFACE = "surface"


WANTED = {RasterKind.IMAGE: Words("正射影像", "an image"), RasterKind.SURFACE: Words("表面模型", "a surface model")}
"""What each kind is called in a sentence."""


@dataclass(frozen=True)
class Raster:
    """A raster file as the program reads it.

    Attributes
    ----------
    path : pathlib.Path
    grid : PixelGrid
        Pixels of the file (rotated when the file is); for a file placed by control points, of its upright warp.
    kind : RasterKind
    dtype : str
        numpy name of the pixels' type in the file.
    bands : tuple of int
        Band numbers (from 1): red, green, blue; or the one grey, palette or height band.
    alpha : int or None
        Number of the opacity band.
    palette : tuple of (red, green, blue) or None
        Colours by index of a palette image.
    nodata : float or None
        Value that means "no data", declared by the file or evident from its pixels.
    stretch : (low, high) or None
        Values that become 0 and 255 in an image that is not 8-bit.
    metres : (factor, offset)
        Height in metres = value x factor + offset, for a surface.
    warped : bool
        Whether the file is placed by ground control points and read through a warp.
    nodata_declared : bool
        False where ``nodata`` was found by looking at the pixels.
    """

    path: Path
    grid: PixelGrid
    kind: RasterKind
    dtype: str
    bands: tuple[int, ...]
    alpha: int | None = None
    palette: tuple[tuple[int, int, int], ...] | None = None
    nodata: float | None = None
    stretch: tuple[float, float] | None = None
    metres: tuple[float, float] = (1.0, 0.0)
    warped: bool = False
    nodata_declared: bool = True


def open_raster(path: Path, crs: CRS | None = None, kind: RasterKind | None = None) -> Raster:
    """Look at a raster file and describe it.

    Parameters
    ----------
    path : pathlib.Path
        Anything GDAL reads with a georeference of its own or in side files (.tfw, .prj, .aux.xml), in a folder or
        through GDAL (``/vsis3/bucket/file.tif``).
    crs : pyproj.CRS, optional
        Used instead of the file's own.
    kind : RasterKind, optional
        What the caller needs; by default a single band of floats or signed integers is a surface.

    Raises
    ------
    FileMissing, NotARaster, RasterDamaged, NotGeoreferenced, CrsMissing, CrsUnusable, CrsContradicted, RasterKindWrong
        Each with the path, in one sentence.
    """
    if not through_gdal(path) and not path.exists():
        raise FileMissing(path=path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)  # it is refused below, in our own words
        with environment(), open_file(path) as dataset:
            kind, is_given = _kind(dataset, path, kind), crs is not None
            crs = _crs(dataset, path, crs)
            warped = _placed_by_points(dataset)
            with upright(dataset, crs) if warped else nullcontext(dataset) as placed:
                georeference.require_plausible(crs, _grid(placed, crs).bounds, path, given=is_given)
                return _describe(placed, path, crs, kind, warped)


def raster_kind(path: Path) -> RasterKind:
    """Whether a raster is an image or a surface, by its bands and their type; where it lies does not matter.

    Raises
    ------
    FileMissing, NotARaster, RasterKindWrong
    """
    if not through_gdal(path) and not path.exists():
        raise FileMissing(path=path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        with environment(), open_file(path) as dataset:
            return _kind(dataset, path, None)


def recorded_day(path: Path) -> date | None:
    """Day that a TIFF's own tag states: of the flight, or of a later processing; None without.

    Raises
    ------
    FileMissing, NotARaster
    """
    with environment(), warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        with open_file(path) as dataset:
            stated = dataset.tags().get("TIFFTAG_DATETIME", "")
    try:
        return datetime.strptime(stated[:10], "%Y:%m:%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None


def _grid(dataset: Dataset, crs: CRS) -> PixelGrid:
    return PixelGrid(crs, dataset.transform, dataset.width, dataset.height)


def _describe(dataset: Dataset, path: Path, crs: CRS, kind: RasterKind, warped: bool) -> Raster:
    bands, alpha = _bands(dataset)
    try:
        look = radiometry.look(dataset, bands, alpha, heights=kind is RasterKind.SURFACE)
    except GDAL_FAULTS as fault:
        raise RasterDamaged(path=path, row=0) from fault
    return Raster(
        path=path,
        grid=_grid(dataset, crs),
        kind=kind,
        dtype=dataset.dtypes[bands[0] - 1],
        bands=bands,
        alpha=alpha,
        palette=_palette(dataset, bands),
        nodata=look.nodata,
        stretch=look.stretch,
        metres=_metres(dataset, bands[0]) if kind is RasterKind.SURFACE else (1.0, 0.0),
        warped=warped,
        nodata_declared=look.nodata_declared,
    )


def require_metric(raster: Raster) -> Raster:
    """The raster itself, if lengths in its CRS are metres; CrsNotMetric otherwise."""
    georeference.require_projected_metres(raster.grid.crs, raster.path)
    return raster


def _placed_by_points(dataset: DatasetReader) -> bool:
    return bool(dataset.transform.is_identity and dataset.gcps[0])


def _crs(dataset: DatasetReader, path: Path, given: CRS | None) -> CRS:
    points, points_crs = dataset.gcps
    if dataset.transform.is_identity and not points:
        raise NotGeoreferenced(path=path)
    if given is not None:
        georeference.require_earth(given, path)
        return given
    try:
        declared = dataset.crs or points_crs
        wkt = declared.to_wkt() if declared else ""
    except CRSError as fault:
        raise CrsMissing(path=path) from fault
    wkt = wkt or _side_wkt(path)
    if not wkt:
        raise CrsMissing(path=path)
    return georeference.horizontal_crs(wkt, path)


def _side_wkt(path: Path) -> str:
    """Text of the .prj file beside, which GDAL does not look for; empty when there is none."""
    for suffix in (".prj", ".PRJ"):
        beside = path.with_suffix(suffix)
        if beside.is_file():
            return beside.read_text(encoding="utf-8", errors="replace").strip()
    return ""


def _kind(dataset: DatasetReader, path: Path, wanted: RasterKind | None) -> RasterKind:
    """What the file is, and whether that will do."""
    colours = [i for i in dataset.colorinterp if i is not ColorInterp.alpha]
    types = {dataset.dtypes[band - 1] for band in _bands(dataset)[0]} if colours else set()
    if len(types) != 1:
        told = " / ".join(sorted(types or set(dataset.dtypes))) or "-"
        raise RasterKindWrong(path=path, bands=dataset.count, dtype=told, wanted=WANTED[wanted or RasterKind.IMAGE])
    dtype = np.dtype(types.pop())
    if dtype.kind == "c":
        raise RasterKindWrong(path=path, bands=dataset.count, dtype=dtype, wanted=WANTED[wanted or RasterKind.IMAGE])
    heights = len(colours) == 1 and dtype.itemsize > 1 and colours[0] is not ColorInterp.palette
    if wanted is RasterKind.SURFACE and not heights:
        raise RasterKindWrong(path=path, bands=dataset.count, dtype=dtype, wanted=WANTED[wanted])
    if wanted is RasterKind.IMAGE and heights and dtype.kind == "f":
        raise RasterKindWrong(path=path, bands=dataset.count, dtype=dtype, wanted=WANTED[wanted])
    return wanted or (RasterKind.SURFACE if heights and dtype.kind in "fi" else RasterKind.IMAGE)


def _bands(dataset: Dataset) -> tuple[tuple[int, ...], int | None]:
    """Numbers of the colour bands and of the opacity band; a fourth colour band is near infra-red and left alone."""
    meaning = list(dataset.colorinterp)
    alpha = meaning.index(ColorInterp.alpha) + 1 if ColorInterp.alpha in meaning else None
    rgb = (ColorInterp.red, ColorInterp.green, ColorInterp.blue)
    if all(colour in meaning for colour in rgb):
        return tuple(meaning.index(colour) + 1 for colour in rgb), alpha
    colours = [band for band in dataset.indexes if band != alpha]
    return tuple(colours[:3]) if len(colours) >= 3 else (colours[0],), alpha


def _palette(dataset: Dataset, bands: tuple[int, ...]) -> tuple[tuple[int, int, int], ...] | None:
    if dataset.colorinterp[bands[0] - 1] is not ColorInterp.palette:
        return None
    colours = dataset.colormap(bands[0])
    return tuple(colours.get(index, (0, 0, 0, 0))[:3] for index in range(256))


def _metres(dataset: Dataset, band: int) -> tuple[float, float]:
    """Factor and offset that turn stored numbers into metres; the band's unit goes before that of a compound CRS."""
    unit = _UNITS_M.get((dataset.units[band - 1] or "").strip().lower())
    if unit is None and dataset.crs:
        unit = georeference.vertical_unit_m(dataset.crs.to_wkt())
    unit = 1.0 if unit is None else unit
    return dataset.scales[band - 1] * unit, dataset.offsets[band - 1] * unit
