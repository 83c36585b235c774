"""The geometry column: footprints as GeoPackage binary.

The SRID travels in the shapely value itself (`shapely.set_srid`), so that a column need not know the workspace.
Another database is another entry of ``_ENCODINGS``.
"""

import struct
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon, Polygon
from sqlalchemy import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine, UserDefinedType

Footprint = Polygon | MultiPolygon

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


def decode(blob: bytes) -> Footprint:
    """Geometry of a GeoPackage binary, whoever wrote it.

    Raises
    ------
    ValueError
        When the bytes are no GeoPackage geometry.
    """
    if len(blob) < _HEADER.size or blob[:2] != b"GP":
        raise ValueError("not a GeoPackage geometry")
    kind = blob[3] >> 1 & 0b111
    if kind >= len(_ENVELOPE_DOUBLES):
        raise ValueError("not a GeoPackage envelope")
    try:
        geometry: Any = shapely.from_wkb(blob[_HEADER.size + 8 * _ENVELOPE_DOUBLES[kind] :])
    except shapely.GEOSException as fault:
        raise ValueError("not a GeoPackage geometry") from fault
    return plain_form(geometry)


def decode_many(blobs: Sequence[bytes]) -> NDArray[np.object_]:
    """Geometries of many GeoPackage binaries at once, as :func:`decode` hands them out.

    Raises
    ------
    ValueError
        When bytes among them are no GeoPackage geometry.
    """
    bodies = np.empty(len(blobs), dtype=object)
    try:
        for place, blob in enumerate(blobs):
            if blob[:2] != b"GP":
                raise ValueError("not a GeoPackage geometry")
            bodies[place] = blob[_HEADER.size + 8 * _ENVELOPE_DOUBLES[blob[3] >> 1 & 0b111] :]
        geometries: NDArray[np.object_] = shapely.force_2d(shapely.from_wkb(bodies))
    except (IndexError, shapely.GEOSException) as fault:
        raise ValueError("not a GeoPackage geometry") from fault
    single = (shapely.get_type_id(geometries) == shapely.GeometryType.MULTIPOLYGON) & (
        shapely.get_num_geometries(geometries) == 1
    )
    geometries[single] = shapely.get_geometry(geometries[single], 0)
    return geometries


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


_ENCODINGS: dict[str, type[TypeEngine[Any]]] = {"sqlite": GeoPackageBinary}


class Geometry(TypeDecorator[Footprint]):
    """A multipolygon column, encoded as the database at hand wants it."""

    impl = GeoPackageBinary
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Pick the encoding of a database."""
        return dialect.type_descriptor(_ENCODINGS[dialect.name]())
