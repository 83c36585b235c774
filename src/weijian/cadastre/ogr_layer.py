"""Layers that GDAL reads: in bulk through pyogrio, row by row through fiona where bulk reading fails."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import fiona
import numpy as np
import pyogrio
import shapely
from fiona.errors import FionaError
from numpy.typing import NDArray
from pyproj import CRS
from shapely.geometry import shape

from weijian.cadastre.encodings import Source, TextEncoding
from weijian.cadastre.errors import ContentUnexpected, LayerUnnamed
from weijian.cadastre.faults import RowFault, Why, shown
from weijian.cadastre.table import Objects, VectorTable
from weijian.cadastre.text import decode_column, decode_heading, distinct_headings, object_array
from weijian.domain.errors import LayerMissing

UTF8 = TextEncoding("utf-8", Source.FORMAT, certain=True)
"""Text of formats that leave no choice."""

_HOUSEKEEPING = ("layer_styles", "qgis_projects")
OGR_ERRORS = (
    pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError,
    pyogrio.errors.FeatureError,
    pyogrio.errors.GeometryError,
)
_EXACT = 2**53
_AS_BYTES = "ISO-8859-1"
_SEVERAL = "More than one layer found"
"""What pyogrio warns of where it was not told which layer to read."""
_Read = tuple[Any, Any, Any, Any, list[str]]
_INVALID_CONTENT = re.compile(r"Invalid content for record (\d+) in column (.*?): (.*)")


@dataclass(frozen=True)
class OgrSource:
    """What GDAL opens: ``data`` is a path, a name of GDAL's own or the document itself; the others are for messages."""

    path: Path
    data: Path | str | bytes
    expected: str
    encoding: TextEncoding = UTF8
    options: Mapping[str, str] = field(default_factory=dict)


def layers_of(source: OgrSource) -> list[str]:
    """Layers to choose from.

    Raises
    ------
    ContentUnexpected
    """
    try:
        with warnings.catch_warnings(record=True):
            listed = pyogrio.list_layers(source.data)
    except pyogrio.errors.DataSourceError as error:
        raise ContentUnexpected(path=source.path, expected=source.expected) from error
    return [str(name) for name, _ in listed if name not in _HOUSEKEEPING]


def chosen_layer(path: Path, names: Sequence[str], layer: str | None, wanted: Sequence[str], expected: str) -> str:
    """The layer asked for, the only one, or the only one whose name contains one of ``wanted``.

    Raises
    ------
    LayerMissing, LayerUnnamed, ContentUnexpected
    """
    if layer is not None:
        if layer not in names:
            raise LayerMissing(path=path, layer=layer, layers=", ".join(names) or "-")
        return layer
    if len(names) == 1:
        return names[0]
    fitting = [name for name in names if any(word in name.lower() for word in wanted)]
    if len(fitting) == 1:
        return fitting[0]
    if not names:
        raise ContentUnexpected(path=path, expected=expected)
    raise LayerUnnamed(path=path, layer="", layers=", ".join(names))


def read_layer(source: OgrSource, layer: str | None) -> VectorTable:
    """Read one layer.

    Raises
    ------
    ContentUnexpected
    """
    try:
        read = _bulk(source, layer)
    except pyogrio.errors.DataSourceError as error:
        raise ContentUnexpected(path=source.path, expected=source.expected) from error
    except (*OGR_ERRORS, ValueError):
        return _stream(source, layer)
    return _told(source, layer, read)


def read_only_layer(source: OgrSource, name: str) -> VectorTable | None:
    """Read the layer of a source that has no other and calls it so; None where it has several or cannot be read.

    To list the layers of a document GDAL reads all of it; this opens it once.
    """
    try:
        read = _bulk(source, None)
    except (*OGR_ERRORS, ValueError):
        return None
    *_, complaints = read
    return None if any(_SEVERAL in complaint for complaint in complaints) else _told(source, name, read)


def _told(source: OgrSource, layer: str | None, read: _Read) -> VectorTable:
    """The table of what was read in bulk."""
    path, encoding = source.path, source.encoding
    meta, fids, wkb, values, complaints = read
    if not all(_is_exact(v, kind) for v, kind in zip(values, meta["ogr_types"], strict=True)):
        return _stream(source, layer)
    rows = np.arange(1, _length(wkb, values) + 1)
    geometry, faults = _shapes(path, wkb, rows)
    faults += _complained(complaints, path, fids)
    as_bytes = meta["encoding"] == _AS_BYTES
    names = [decode_heading(f.encode(_AS_BYTES), encoding.name) if as_bytes else str(f) for f in meta["fields"]]
    columns: dict[str, Objects] = {}
    for heading, column in zip(distinct_headings(names), values, strict=True):
        columns[heading] = _plain(column)
        if as_bytes and column.dtype == object:
            raw = np.array([v.encode(_AS_BYTES) if isinstance(v, str) else b"" for v in column])
            columns[heading], undecodable = decode_column(raw, heading, encoding, rows, path)
            faults += undecodable
    crs = CRS.from_user_input(meta["crs"]) if meta["crs"] else None
    return VectorTable(path, layer, crs, encoding, columns, geometry, rows, tuple(faults))


def _bulk(source: OgrSource, layer: str | None) -> _Read:
    """What pyogrio reads, and what GDAL complained of meanwhile; text as raw bytes in Latin-1 where it is no UTF-8."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        read = partial(
            pyogrio.raw.read,
            source.data,
            layer=layer,
            force_2d=True,
            datetime_as_string=True,
            return_fids=True,
            **source.options,
        )
        try:
            result = read()
        except UnicodeDecodeError:
            result = read(encoding=_AS_BYTES)
    return *result, [str(warning.message) for warning in caught]


def _complained(complaints: Sequence[str], path: Path, fids: NDArray[np.int64]) -> list[RowFault]:
    """Faults of cells that GDAL made null because they are not of their column's type, as impossible dates."""
    places = {int(fid): row for row, fid in enumerate(fids.tolist(), start=1)}
    found = {(m[1], m[2], m[3]) for m in map(_INVALID_CONTENT.match, complaints) if m}
    return [
        RowFault(path, places[int(fid)], heading, Why.TYPE_MISFIT, shown(value))
        for fid, heading, value in sorted(found)
        if int(fid) in places
    ]


def _length(wkb: Objects | None, values: Sequence[Objects]) -> int:
    return len(wkb) if wkb is not None else len(values[0]) if values else 0


def _is_exact(values: Objects, ogr_type: str) -> bool:
    """Whole numbers beyond 2**53 next to nulls come as rounded floats."""
    if "Integer" not in str(ogr_type) or values.dtype.kind != "f":
        return True
    return bool(np.nanmax(np.abs(values), initial=0) < _EXACT)


def _plain(values: Objects) -> Objects:
    """Python values, None for nulls; text stripped of nothing."""
    if values.dtype.kind == "f":
        whole = bool((np.isnan(values) | (values == np.trunc(values))).all())
        plain = [None if np.isnan(v) else v for v in values.tolist()]
        return object_array([int(v) if whole and v is not None and abs(v) < _EXACT else v for v in plain])
    return object_array([None if v is None or v == "" else v for v in values.tolist()])


def _shapes(path: Path, wkb: Objects | None, rows: NDArray[np.int64]) -> tuple[Objects | None, list[RowFault]]:
    if wkb is None:
        return None, []
    shapes: Objects = shapely.from_wkb(wkb, on_invalid="ignore")
    lost = [i for i, (shape_, raw) in enumerate(zip(shapes, wkb, strict=True)) if shape_ is None and raw is not None]
    return shapes, [RowFault(path, int(rows[i]), None, Why.GEOMETRY_UNREADABLE) for i in lost]


def _stream(source: OgrSource, layer: str | None) -> VectorTable:
    """Read feature by feature; what one feature lacks does not cost the others."""
    path, data = source.path, source.data
    opened = fiona.BytesCollection(data, layer=layer) if isinstance(data, bytes) else fiona.open(data, layer=layer)
    faults: list[RowFault] = []
    with opened as collection:
        headings = list(collection.schema["properties"])
        crs = CRS.from_wkt(collection.crs_wkt) if collection.crs_wkt else None
        has_geometry = collection.schema["geometry"] != "None"
        records, shapes = [], []
        for row, feature in enumerate(_features(iter(collection), path, faults), start=1):
            records.append([None] * len(headings) if feature is None else [feature["properties"][h] for h in headings])
            shapes.append(_shape(feature, path, row, faults))
    columns = {h: object_array([_cell(r[i]) for r in records]) for i, h in enumerate(headings)}
    geometry = object_array(shapes) if has_geometry else None
    rows = np.arange(1, len(records) + 1)
    return VectorTable(path, layer, crs, source.encoding, columns, geometry, rows, tuple(faults))


def _features(features: Iterator[fiona.Feature], path: Path, faults: list[RowFault]) -> Iterator[fiona.Feature | None]:
    """Each feature, or None with a fault where it cannot be read."""
    row = 0
    while True:
        row += 1
        try:
            yield next(features)
        except StopIteration:
            return
        except (FionaError, UnicodeDecodeError, ValueError):
            faults.append(RowFault(path, row, None, Why.ROW_UNREADABLE))
            yield None


def _shape(feature: fiona.Feature | None, path: Path, row: int, faults: list[RowFault]) -> shapely.Geometry | None:
    if feature is None or feature["geometry"] is None:
        return None
    try:
        return shapely.force_2d(shape(feature["geometry"]))
    except (shapely.errors.GEOSException, ValueError, TypeError):
        faults.append(RowFault(path, row, None, Why.GEOMETRY_UNREADABLE))
        return None


def _cell(value: object) -> object:
    """A value as a table holds it: None for empty text, dates as ISO text, everything strange as text."""
    if value is None or value == "":
        return None
    return value if isinstance(value, (str, int, float, bool)) else str(value)
