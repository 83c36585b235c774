"""The geometry column: footprints as each database keeps them.

The SRID travels in the shapely value itself (`shapely.set_srid`), so that a column need not know the workspace. SQLite
keeps GeoPackage binary, PostGIS its own geometry, which is handed over as EWKB in hexadecimal digits.
"""

import struct
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon, Polygon
from sqlalchemy import ColumnElement, Dialect, func, type_coerce
from sqlalchemy.types import NullType, TypeDecorator, TypeEngine, UserDefinedType

from weijian.domain.grid import Bounds

Footprint = Polygon | MultiPolygon
Blob = bytes | str
"""A geometry as a database hands it over: GeoPackage binary, or the hexadecimal EWKB of PostGIS."""

_HEADER = struct.Struct("<2sBBi")
_ENVELOPE = struct.Struct("<4d")
_LITTLE_ENDIAN, _ENVELOPE_XY, _EMPTY = 0b1, 0b10, 0b10000
_ENVELOPE_DOUBLES = (0, 4, 6, 6, 8)


def stored_form(geometry: Footprint, srs_id: int) -> MultiPolygon:
    """The form every footprint is kept in: a flat multipolygon that carries its SRID."""
    flat = shapely.force_2d(geometry)
    whole = flat if isinstance(flat, MultiPolygon) else MultiPolygon([flat])
    stamped: MultiPolygon = shapely.set_srid(whole, srs_id)
    return stamped


def stored_forms(geometries: Sequence[Footprint], srs_id: int) -> list[MultiPolygon]:
    """The forms of many footprints, as :func:`stored_form` gives them."""
    flat = shapely.force_2d(np.array(geometries, dtype=object))
    single = shapely.get_type_id(flat) == shapely.GeometryType.POLYGON
    flat[single] = shapely.multipolygons(flat[single], indices=np.arange(single.sum()))
    stamped: list[MultiPolygon] = shapely.set_srid(flat, srs_id).tolist()
    return stamped


def plain_form(geometry: Footprint) -> Footprint:
    """The form values are handed out in: flat, without SRID, a polygon when there is a single part."""
    flat: Any = shapely.set_srid(shapely.force_2d(geometry), 0)
    single: Footprint = flat.geoms[0] if isinstance(flat, MultiPolygon) and len(flat.geoms) == 1 else flat
    return single


def encode(geometry: Footprint) -> bytes:
    """GeoPackage binary of a geometry with the SRID it carries: header, XY envelope, little-endian WKB."""
    body: bytes = shapely.to_wkb(geometry, output_dimension=2, byte_order=1, include_srid=False)
    srs_id = int(shapely.get_srid(geometry))
    if geometry.is_empty:
        return _HEADER.pack(b"GP", 0, _LITTLE_ENDIAN | _EMPTY, srs_id) + body
    min_x, min_y, max_x, max_y = geometry.bounds
    header = _HEADER.pack(b"GP", 0, _LITTLE_ENDIAN | _ENVELOPE_XY, srs_id)
    return header + _ENVELOPE.pack(min_x, max_x, min_y, max_y) + body


def encode_many(geometries: Sequence[Footprint]) -> list[bytes]:
    """GeoPackage binaries of many geometries, as :func:`encode` gives them."""
    shapes = np.array(geometries, dtype=object)
    bodies = shapely.to_wkb(shapes, output_dimension=2, byte_order=1, include_srid=False).tolist()
    boxes, srs_ids = shapely.bounds(shapes).tolist(), shapely.get_srid(shapes).tolist()
    empty = shapely.is_empty(shapes).tolist()
    return [
        _HEADER.pack(b"GP", 0, _LITTLE_ENDIAN | (_EMPTY if is_empty else _ENVELOPE_XY), srs_id)
        + (b"" if is_empty else _ENVELOPE.pack(box[0], box[2], box[1], box[3]))
        + body
        for body, box, srs_id, is_empty in zip(bodies, boxes, srs_ids, empty, strict=True)
    ]


def decode(blob: Blob) -> Footprint:
    """Geometry as a database keeps it, whoever wrote it.

    Raises
    ------
    ValueError
        When it is no geometry.
    """
    try:
        geometry: Any = shapely.from_wkb(_body(blob))
    except shapely.GEOSException as fault:
        raise ValueError("not a GeoPackage geometry") from fault
    return plain_form(geometry)


def decode_many(blobs: Sequence[Blob]) -> NDArray[np.object_]:
    """Geometries of many rows at once, as :func:`decode` hands them out.

    Raises
    ------
    ValueError
        When there is something among them that is no geometry.
    """
    bodies = np.empty(len(blobs), dtype=object)
    try:
        for place, blob in enumerate(blobs):
            bodies[place] = _body(blob)
        geometries: NDArray[np.object_] = shapely.force_2d(shapely.set_srid(shapely.from_wkb(bodies), 0))
    except shapely.GEOSException as fault:
        raise ValueError("not a GeoPackage geometry") from fault
    single = (shapely.get_type_id(geometries) == shapely.GeometryType.MULTIPOLYGON) & (
        shapely.get_num_geometries(geometries) == 1
    )
    geometries[single] = shapely.get_geometry(geometries[single], 0)
    return geometries


def _body(blob: Blob) -> Blob:
    """The WKB in what a database keeps."""
    if isinstance(blob, str):
        return blob
    if len(blob) < _HEADER.size or blob[:2] != b"GP":
        raise ValueError("not a GeoPackage geometry")
    kind = blob[3] >> 1 & 0b111
    if kind >= len(_ENVELOPE_DOUBLES):
        raise ValueError("not a GeoPackage geometry, but another envelope")
    return blob[_HEADER.size + 8 * _ENVELOPE_DOUBLES[kind] :]


SPATIAL_FUNCTIONS: dict[str, Callable[[bytes], float | bool]] = {
    "ST_IsEmpty": lambda blob: decode(blob).is_empty,
    "ST_MinX": lambda blob: decode(blob).bounds[0],
    "ST_MinY": lambda blob: decode(blob).bounds[1],
    "ST_MaxX": lambda blob: decode(blob).bounds[2],
    "ST_MaxY": lambda blob: decode(blob).bounds[3],
}
"""What the triggers of a spatial index call: QGIS may have made one, and our writing must go on."""


class GeoPackageBinary(UserDefinedType[Footprint]):
    """The column as SQLite has it; the declared type is the one the GeoPackage standard asks for."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """Type name in DDL."""
        return "MULTIPOLYGON"

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any]:  # noqa: ARG002
        """Python to database."""
        return encode

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:  # noqa: ARG002
        """Database to Python."""
        return decode


class PostgisGeometry(UserDefinedType[Footprint]):
    """The column as PostGIS has it; its coordinate system is stated once the workspace's is known."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """Type name in DDL."""
        return "geometry(MultiPolygon)"

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any]:  # noqa: ARG002
        """Python to database."""
        return lambda geometry: shapely.to_wkb(geometry, hex=True, output_dimension=2, include_srid=True)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:  # noqa: ARG002
        """Database to Python."""
        return decode


_ENCODINGS: dict[str, type[TypeEngine[Any]]] = {"sqlite": GeoPackageBinary, "postgresql": PostgisGeometry}


class Geometry(TypeDecorator[Footprint]):
    """A multipolygon column, encoded as the database at hand wants it."""

    impl = GeoPackageBinary
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Pick the encoding of a database."""
        return dialect.type_descriptor(_ENCODINGS[dialect.name]())


def blob_of(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """A geometry column as the database hands it over (`Blob`), for those who read many rows or damaged ones."""
    return type_coerce(column, NullType())


def meets(column: ColumnElement[Any], bounds: Bounds, srs_id: int) -> ColumnElement[bool]:
    """Whether a footprint's box may meet ``bounds``, as the spatial index of PostGIS tells it, in single precision."""
    return column.op("&&", is_comparison=True)(func.ST_MakeEnvelope(*bounds, srs_id, type_=NullType()))
