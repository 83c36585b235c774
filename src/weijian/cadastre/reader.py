"""One door for every vector file."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pyogrio
from pyproj import CRS
from pyproj.exceptions import CRSError

from weijian.cadastre import formats
from weijian.cadastre.boundary_txt import is_boundary_txt, read_boundary_txt
from weijian.cadastre.crs import crs_label, parse_crs
from weijian.cadastre.csv_table import read_csv
from weijian.cadastre.dxf import dxf_layers, read_dxf
from weijian.cadastre.errors import (
    ArchiveBare,
    ArchiveGiven,
    CrsBroken,
    FileEmpty,
    FolderGiven,
    FormatUnknown,
    PartGiven,
)
from weijian.cadastre.excel_table import excel_layers, read_excel
from weijian.cadastre.faults import RowFault, Why
from weijian.cadastre.file_geodatabase import CATALOGUE, file_geodatabase_layers, read_file_geodatabase
from weijian.cadastre.formats import VectorFormat, format_of
from weijian.cadastre.geojson import read_geojson
from weijian.cadastre.geopackage import geopackage_layers, read_geopackage
from weijian.cadastre.gml import gml_layers, read_gml
from weijian.cadastre.kml import kml_layers, read_kml
from weijian.cadastre.ogr_layer import chosen_layer
from weijian.cadastre.packed import unpacked
from weijian.cadastre.remote_layer import read_remote, remote_layers
from weijian.cadastre.shapefile import read_dbf_alone, read_shapefile
from weijian.cadastre.table import VectorTable
from weijian.domain.errors import FileMissing, FileUnreadable, InputError, LayerMissing, PointsElsewhere
from weijian.domain.system_reasons import reason
from weijian.elsewhere import gdal_name, points_elsewhere, require_here, through_gdal

_PACKED = frozenset({".zip", ".rar", ".7z", ".gz", ".tar"})
_ZIPS_THEMSELVES = frozenset({".zip", ".kmz", ".xlsx", ".xlsm"})

_LAYERS: dict[VectorFormat, Callable[[Path], list[str]]] = {
    formats.GEOPACKAGE: geopackage_layers,
    formats.FILE_GEODATABASE: file_geodatabase_layers,
    formats.GML: gml_layers,
    formats.KML: kml_layers,
    formats.DXF: dxf_layers,
    formats.EXCEL: excel_layers,
}


def read_table(
    path: Path | str,
    *,
    layer: str | None = None,
    encoding: str = "auto",
    crs: str | CRS | None = None,
    wanted: Sequence[str] = (),
    remote: bool = False,
) -> VectorTable:
    """Read a layer or table, every text decoded strictly.

    Parameters
    ----------
    path : Path
        Any of `formats.READABLE`.
    layer : str or None
        None takes the only layer.
    encoding : str
        "auto" decides from the bytes; or a name such as "GBK".
    crs : str, pyproj.CRS or None
        Outweighs what the file declares.
    wanted : sequence of str
        Lower-case words that tell the right layer of several by its name; see `fields.layer_words`.
    remote : bool
        Whether the user allowed data elsewhere and on the network (`weijian.elsewhere`).

    Raises
    ------
    FileMissing, FileUnreadable, PointsElsewhere, LayerMissing, EncodingUnknown, EncodingUndecided, CrsUnknown
    """
    path = Path(path)
    if remote and _is_elsewhere(path):
        with _trouble_told(path):
            table = read_remote(path, layer, wanted, encoding)
        return table if crs is None else _placed(table, parse_crs(crs, path))
    known = _check_file(path)
    if layer is not None and not known.layered and layer != path.stem:
        raise LayerMissing(path=path, layer=layer, layers=path.stem)
    with _trouble_told(path):
        table = _read(path, layer, encoding, wanted)
    return table if crs is None else _placed(table, parse_crs(crs, path))


def _placed(table: VectorTable, crs: CRS) -> VectorTable:
    """The table in a CRS that the user named; told where the file says otherwise."""
    declared = None if table.crs is None else crs_label(table.crs)
    if declared is None or declared == crs_label(crs):
        return replace(table, crs=crs, crs_given=True)
    told = RowFault(table.path, None, None, Why.CRS_OVERRULED, other=f"{declared} → {crs_label(crs)}")
    return replace(table, crs=crs, crs_given=True, faults=(*table.faults, told))


def layer_names(path: Path, *, remote: bool = False) -> tuple[str, ...]:
    """Layers of a file to choose from; empty where the format has none, or the file is not there.

    Raises
    ------
    FileUnreadable, PointsElsewhere
    """
    if remote and _is_elsewhere(path):
        with _trouble_told(path):
            return tuple(remote_layers(path))
    if through_gdal(path):
        raise PointsElsewhere(path=path, target=gdal_name(path))
    if not path.exists():
        return ()
    known = _check_file(path)
    with _trouble_told(path):
        if known is formats.ZIP:
            with unpacked(path) as folder:
                return tuple(_zipped_layers(path, folder))
        return tuple(_LAYERS[known](path)) if known in _LAYERS else ()


@contextmanager
def _trouble_told(path: Path) -> Iterator[None]:
    """What the system and the CRS library refuse, told as of this file."""
    try:
        yield
    except InputError:
        raise
    except (CRSError, pyogrio.errors.CRSError, UnboundLocalError) as error:
        # The last is pyogrio's, where PROJ reads a definition and cannot write it out.
        raise CrsBroken(path=path, why=str(error)) from error
    except OSError as error:
        raise FileUnreadable(path=path, why=reason(error)) from error


def _is_elsewhere(path: Path) -> bool:
    return through_gdal(path) or points_elsewhere(path)


def _check_file(path: Path) -> VectorFormat:
    if _is_elsewhere(path):
        require_here(path)
        raise PointsElsewhere(path=path, target=gdal_name(path))  # through GDAL, though to a file
    if not path.exists():
        raise FileMissing(path=path)
    known = format_of(path)
    if path.is_dir():
        if known is None or not known.folder:
            raise FolderGiven(path=path)
        return known
    if path.stat().st_size == 0:
        raise FileEmpty(path=path)
    ending = path.suffix.lower()
    if ending not in _ZIPS_THEMSELVES and (ending in _PACKED or zipfile.is_zipfile(path)):
        raise ArchiveGiven(path=path)
    if known is None:
        whole = path.with_suffix(".shp")
        if ending in formats.SHAPEFILE_PARTS and whole.is_file():
            raise PartGiven(path=path, whole=whole.name)
        raise FormatUnknown(path=path, formats=formats.listed())
    return known


def _read(path: Path, layer: str | None, encoding: str, wanted: Sequence[str]) -> VectorTable:
    known = format_of(path)
    if known is not None and known.layered:
        return _read_layer(path, known, layer, encoding, wanted)
    match known:
        case formats.SHAPEFILE:
            return read_shapefile(path, encoding)
        case formats.DBF:
            return read_dbf_alone(path, encoding)
        case formats.GEOJSON:
            return read_geojson(path, encoding)
        case formats.CSV:
            return read_csv(path, encoding)
        case formats.BOUNDARY_TXT:
            return read_boundary_txt(path, encoding)
        case _:
            raise FormatUnknown(path=path, formats=formats.listed())


def _read_layer(
    path: Path, known: VectorFormat, layer: str | None, encoding: str, wanted: Sequence[str]
) -> VectorTable:
    match known:
        case formats.GEOPACKAGE:
            return read_geopackage(path, layer, wanted)
        case formats.FILE_GEODATABASE:
            return read_file_geodatabase(path, layer, wanted)
        case formats.GML:
            return read_gml(path, layer, wanted, encoding)
        case formats.KML:
            return read_kml(path, layer, wanted, encoding)
        case formats.DXF:
            return read_dxf(path, layer, wanted, encoding)
        case formats.EXCEL:
            return read_excel(path, layer, wanted)
        case _:
            return _read_zip(path, layer, encoding, wanted)


def _read_zip(path: Path, layer: str | None, encoding: str, wanted: Sequence[str]) -> VectorTable:
    """Read what is packed in a zip; messages name the zip, and the file in it."""
    with unpacked(path) as folder:
        members = _members(path, folder)
        name, inner = _member(path, folder, members, layer, wanted)
        shown = path / name.relative_to(folder)
        try:
            table = _read(name, inner, encoding, wanted)
        except InputError as error:
            raise type(error)(**{**error.data, "path": shown}) from error
        faults = tuple(replace(fault, path=shown) for fault in table.faults)
        return replace(table, path=shown, layer=layer or table.layer, faults=faults)


def _zipped_layers(path: Path, folder: Path) -> list[str]:
    """Names of what is packed; where that is a single layered file, its layers."""
    members = _members(path, folder)
    if len(members) > 1:
        return [str(member.relative_to(folder)) for member in members]
    known = format_of(members[0])
    return _LAYERS[known](members[0]) if known in _LAYERS else []


def _member(
    path: Path, folder: Path, members: Sequence[Path], layer: str | None, wanted: Sequence[str]
) -> tuple[Path, str | None]:
    """The packed file to read, and the layer of it."""
    if len(members) == 1:
        return members[0], layer if layer != members[0].stem else None
    names = {str(member.relative_to(folder)): member for member in members}
    stems = {member.stem: str(member.relative_to(folder)) for member in members}
    chosen = chosen_layer(path, list(names), stems.get(layer or "", layer), wanted, "ZIP")
    return names[chosen], None


def _members(path: Path, folder: Path) -> list[Path]:
    """What can be read in an unpacked archive, the likelier first.

    Raises
    ------
    ArchiveBare
    """
    if (folder / CATALOGUE).is_file():
        (folder / path.stem).with_suffix(".gdb").mkdir()
        for part in [p for p in folder.iterdir() if p.is_file()]:
            part.rename((folder / path.stem).with_suffix(".gdb") / part.name)
    found = [place for place in sorted(folder.rglob("*")) if _is_member(place)]
    shapes = {place.with_suffix("") for place in found if format_of(place) is formats.SHAPEFILE}
    found = [p for p in found if format_of(p) is not formats.DBF or p.with_suffix("") not in shapes]
    if not found:
        raise ArchiveBare(path=path, formats=formats.listed())
    return found


def _is_member(place: Path) -> bool:
    known = format_of(place)
    within = any(parent.suffix.lower() == ".gdb" for parent in place.parents)
    if known is None or known.folder != place.is_dir() or within:
        return False
    return known is not formats.BOUNDARY_TXT or is_boundary_txt(place)  # not a readme
