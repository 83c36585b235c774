"""One door for every vector file."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pyogrio
from pyproj import CRS
from pyproj.exceptions import CRSError

from weijian.cadastre.crs import parse_crs
from weijian.cadastre.csv_table import read_csv
from weijian.cadastre.errors import ArchiveGiven, CrsBroken, FileEmpty, FolderGiven, FormatUnknown
from weijian.cadastre.ogr_layer import read_geojson, read_geopackage
from weijian.cadastre.shapefile import read_dbf_alone, read_shapefile
from weijian.cadastre.table import VectorTable
from weijian.domain.errors import FileMissing, FileUnreadable, LayerMissing
from weijian.domain.system_reasons import reason

FORMATS = "Shapefile (.shp), GeoPackage (.gpkg), GeoJSON (.geojson), DBF (.dbf), CSV (.csv)"
"""What is read, as shown to users."""

_LAYERED = {".gpkg"}


def read_table(
    path: Path | str,
    *,
    layer: str | None = None,
    encoding: str = "auto",
    crs: str | CRS | None = None,
    wanted: Sequence[str] = (),
) -> VectorTable:
    """Read a layer or table, every text decoded strictly.

    Parameters
    ----------
    path : Path
        A shapefile, DBF, GeoPackage, GeoJSON or CSV.
    layer : str or None
        None takes the only layer.
    encoding : str
        "auto" decides from the bytes; or a name such as "GBK".
    crs : str, pyproj.CRS or None
        Outweighs what the file declares.
    wanted : sequence of str
        Lower-case words that tell the right layer of several by its name; see `fields.layer_words`.

    Raises
    ------
    FileMissing, FileUnreadable, LayerMissing, EncodingUnknown, EncodingUndecided, CrsUnknown
    """
    path = Path(path)
    _check_file(path)
    suffix = path.suffix.lower()
    if layer is not None and suffix not in _LAYERED and layer != path.stem:
        raise LayerMissing(path=path, layer=layer, layers=path.stem)
    try:
        table = _read(path, suffix, layer, encoding, wanted)
    except (CRSError, pyogrio.errors.CRSError) as error:
        raise CrsBroken(path=path, why=str(error)) from error
    except OSError as error:
        if isinstance(error, FileMissing):
            raise
        raise FileUnreadable(path=path, why=reason(error)) from error
    return table if crs is None else replace(table, crs=parse_crs(crs, path))


def _check_file(path: Path) -> None:
    if not path.exists():
        raise FileMissing(path=path)
    if path.is_dir():
        raise FolderGiven(path=path)
    if path.stat().st_size == 0:
        raise FileEmpty(path=path)
    if zipfile.is_zipfile(path) or path.suffix.lower() in {".zip", ".rar", ".7z", ".gz", ".tar"}:
        raise ArchiveGiven(path=path)


def _read(path: Path, suffix: str, layer: str | None, encoding: str, wanted: Sequence[str]) -> VectorTable:
    match suffix:
        case ".shp":
            return read_shapefile(path, encoding)
        case ".dbf":
            return read_dbf_alone(path, encoding)
        case ".gpkg":
            return read_geopackage(path, layer, wanted)
        case ".geojson" | ".json":
            return read_geojson(path, encoding)
        case ".csv" | ".tsv":
            return read_csv(path, encoding)
        case _:
            raise FormatUnknown(path=path, formats=FORMATS)
