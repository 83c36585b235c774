"""Layers written through GDAL: GeoPackage, GeoJSON, shapefile."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from pyproj import CRS, Transformer
from shapely import MultiPolygon, Polygon

from weijian.cadastre.encodings import given_codec
from weijian.cadastre.errors import NotInEncoding
from weijian.cadastre.field_names import field_names
from weijian.cadastre.layer_content import LayerContent, Notes, ValueKind
from weijian.cadastre.table import Objects
from weijian.cadastre.text import object_array
from weijian.domain.errors import TargetUnwritable
from weijian.domain.language import Words
from weijian.domain.system_reasons import reason
from weijian.whole_results import replaced, replaced_together

LEAST_FREE = 128 * 1024
"""Bytes; an empty GeoPackage needs as much."""

TEXT, NUMBER, WHOLE, DAY = np.dtype(object), np.dtype(np.float64), np.dtype(np.int32), np.dtype("datetime64[D]")
Field = tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]
"""Values, and the mask of nulls."""

DEGREES = CRS.from_epsg(4326)
SHAPEFILE_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg", ".sbn", ".sbx", ".qix", ".shp.xml")
_LONGEST_TEXT = 254
_DTYPES = {ValueKind.TEXT: TEXT, ValueKind.WHOLE: WHOLE, ValueKind.NUMBER: NUMBER, ValueKind.DAY: DAY}


def write_geopackage(content: LayerContent, path: Path) -> Notes:
    """Write a GeoPackage with one layer, its fields named as in the program; raises TargetUnwritable."""
    fields = {column.name: field_of(column.values, _DTYPES[column.kind]) for column in content.columns}
    with replaced(path) as temporary:
        write_ogr(
            path,
            temporary,
            content.geometry,
            fields,
            driver="GPKG",
            layer=content.name,
            crs=crs_text(content.crs),
            dataset_options={"VERSION": "1.2"},
        )
    return ()


def write_geojson(content: LayerContent, path: Path) -> Notes:
    """Write GeoJSON (RFC 7946: WGS 84 longitude and latitude, days as ISO text); raises TargetUnwritable."""
    kinds = {ValueKind.DAY: TEXT}
    fields = {c.name: field_of(c.values, kinds.get(c.kind, _DTYPES[c.kind])) for c in content.columns}
    with replaced(path) as temporary:
        write_ogr(
            path,
            temporary,
            in_degrees(content),
            fields,
            driver="GeoJSON",
            layer=content.name,
            crs="EPSG:4326",
            layer_options={"RFC7946": "YES", "COORDINATE_PRECISION": "9"},
        )
    return ()


def write_shapefile(content: LayerContent, path: Path, encoding: str = "UTF-8") -> Notes:
    """Write a shapefile, all of its files or none, and say which names and texts had to be shortened.

    Parameters
    ----------
    encoding : str
        Of the attribute table; stated in the .cpg.

    Raises
    ------
    NotInEncoding
        A text has a character that the encoding does not.
    TargetUnwritable, EncodingUnknown
    """
    codec = given_codec(encoding)
    names = field_names(column.heading for column in content.columns)
    notes = [_name_note(column.heading, name) for column, name in zip(content.columns, names, strict=True)]
    fields: dict[str, Field] = {}
    for column, name in zip(content.columns, names, strict=True):
        values = column.shown
        if column.kind is ValueKind.TEXT:
            values, cut = _fitting(values, codec, path)
            notes += [_cut_note(column.heading, content, place) for place in cut]
        fields[name] = field_of(values, _DTYPES[column.kind])
    with replaced_together(path, SHAPEFILE_PARTS) as temporary:
        write_ogr(
            path,
            temporary,
            content.geometry,
            fields,
            driver="ESRI Shapefile",
            crs=crs_text(content.crs),
            encoding=codec,
        )
        temporary.with_suffix(".cpg").write_text({"utf-8": "UTF-8"}.get(codec, codec.upper()), encoding="ascii")
    return tuple(notes)


def write_ogr(
    target: Path,
    temporary: Path,
    geometry: Objects | None,
    fields: Mapping[str, Field],
    *,
    encoding: str = "UTF-8",
    **options: Any,
) -> None:
    """Write one layer to ``temporary``, which stands for ``target``.

    Raises
    ------
    TargetUnwritable
    """
    if geometry is not None:
        options |= {"geometry": shapely.to_wkb(multipolygons(geometry)), "geometry_type": "MultiPolygon"}
    else:
        options |= {"geometry": None, "geometry_type": None}
    try:
        pyogrio.raw.write(
            temporary,
            field_data=[data for data, _ in fields.values()],
            fields=np.array(list(fields), dtype=object),
            field_mask=[mask for _, mask in fields.values()],
            encoding=encoding,
            **options,
        )
    except (pyogrio.errors.DataSourceError, pyogrio.errors.FeatureError, pyogrio.errors.DataLayerError) as error:
        raise TargetUnwritable(path=target, why=_why(target, error)) from error


def field_of(values: Sequence[Any], kind: np.dtype[Any]) -> Field:
    """Values and the mask of nulls."""
    missing = np.array([v is None for v in values], dtype=bool)
    if kind is TEXT:
        return object_array([None if v is None else str(v) for v in values]), missing
    filler: Any = np.datetime64("1970-01-01") if kind is DAY else 0
    return np.array([filler if v is None else v for v in values], dtype=kind), missing


def multipolygons(shapes: Sequence[Polygon | MultiPolygon] | Objects) -> Objects:
    """Every shape as a multipolygon."""
    return object_array([s if isinstance(s, MultiPolygon) else MultiPolygon([s]) for s in shapes])


def crs_text(crs: CRS) -> str:
    """A CRS as GDAL takes it: its code, or WKT."""
    authority = crs.to_authority(min_confidence=100)
    return ":".join(authority) if authority else crs.to_wkt()


def in_degrees(content: LayerContent) -> Objects | None:
    """Geometry in degrees of WGS 84, longitude first."""
    return None if content.geometry is None else moved(content.geometry, content.crs, DEGREES)


def moved(geometry: Objects, source: CRS, target: CRS) -> Objects:
    """Geometry in another CRS, easting first."""
    transformed: Objects = shapely.transform(geometry, _mover(source, target))
    return transformed


def _mover(source: CRS, target: CRS) -> Callable[[np.ndarray[Any, Any]], np.ndarray[Any, Any]]:
    transformer = Transformer.from_crs(source, target, always_xy=True)

    def move(points: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        return np.column_stack(transformer.transform(points[:, 0], points[:, 1]))

    return move


def _why(target: Path, error: Exception) -> Words:
    """GDAL speaks of SQL where the disk is full."""
    if shutil.disk_usage(target.absolute().parent).free < LEAST_FREE:
        return reason(OSError(errno.ENOSPC, ""))
    return Words(str(error), str(error))


def _fitting(values: Sequence[Any], codec: str, path: Path) -> tuple[list[str | None], list[int]]:
    """Texts of at most 254 bytes, cut between characters; and the places of those that were cut."""
    fitting: list[str | None] = []
    cut: list[int] = []
    for place, value in enumerate(values):
        text = None if value is None else str(value)
        if text is None or (len(text) <= _LONGEST_TEXT // 4 and text.isascii()):
            fitting.append(text)
            continue
        try:
            data = text.encode(codec)
        except UnicodeEncodeError as error:
            raise NotInEncoding(path=path, character=text[error.start], encoding=codec.upper()) from error
        if len(data) > _LONGEST_TEXT:
            cut.append(place)
            text = data[:_LONGEST_TEXT].decode(codec, errors="ignore")
        fitting.append(text)
    return fitting, cut


def _name_note(heading: str, name: str) -> Words:
    return Words(f"字段“{heading}”写为 {name}", f"field '{heading}' is written as {name}")


def _cut_note(heading: str, content: LayerContent, place: int) -> Words:
    number = content.columns[0].values[place]
    told = f"{_LONGEST_TEXT} bytes"
    return Words(
        f"{number} 的“{heading}”超过 {_LONGEST_TEXT} 字节，已截短", f"'{heading}' of {number} was cut to {told}"
    )
