"""What makes the workspace's SQLite database an OGC GeoPackage 1.3.

Source: OGC 12-128r17, "GeoPackage Encoding Standard", tables 3 to 8.
"""

import math
from collections.abc import Iterable

import pyproj
from sqlalchemy import Connection, Table, column, func, select, table, text

from weijian.domain.errors import CrsUnusable
from weijian.domain.language import Words

APPLICATION_ID = 0x47504B47
"""``GPKG`` in ASCII."""

USER_VERSION = 10300
"""GeoPackage 1.3.0: GDAL and QGIS of 2021 and later read it without a warning."""

CUSTOM_SRS_ID = 100000
"""For a coordinate system that has no EPSG code."""

_CATALOGUE = (
    """CREATE TABLE gpkg_spatial_ref_sys (
        srs_name TEXT NOT NULL,
        srs_id INTEGER NOT NULL PRIMARY KEY,
        organization TEXT NOT NULL,
        organization_coordsys_id INTEGER NOT NULL,
        definition TEXT NOT NULL,
        description TEXT)""",
    """CREATE TABLE gpkg_contents (
        table_name TEXT NOT NULL PRIMARY KEY,
        data_type TEXT NOT NULL,
        identifier TEXT UNIQUE,
        description TEXT DEFAULT '',
        last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
        min_x DOUBLE,
        min_y DOUBLE,
        max_x DOUBLE,
        max_y DOUBLE,
        srs_id INTEGER,
        CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id))""",
    """CREATE TABLE gpkg_geometry_columns (
        table_name TEXT NOT NULL,
        column_name TEXT NOT NULL,
        geometry_type_name TEXT NOT NULL,
        srs_id INTEGER NOT NULL,
        z TINYINT NOT NULL,
        m TINYINT NOT NULL,
        CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
        CONSTRAINT uk_gc_table_name UNIQUE (table_name),
        CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
        CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id))""",
)

_REFERENCE_SYSTEMS = table(
    "gpkg_spatial_ref_sys",
    *(column(c) for c in ("srs_name", "srs_id", "organization", "organization_coordsys_id", "definition")),
)
_CONTENTS = table(
    "gpkg_contents",
    *(column(c) for c in ("table_name", "data_type", "identifier", "last_change", "srs_id")),
    *(column(c) for c in ("min_x", "min_y", "max_x", "max_y")),
)
_GEOMETRY_COLUMNS = table(
    "gpkg_geometry_columns",
    *(column(c) for c in ("table_name", "column_name", "geometry_type_name", "srs_id", "z", "m")),
)


def usable_crs(crs: pyproj.CRS, path: object) -> pyproj.CRS:
    """The horizontal part of a CRS, when areas can be measured in it.

    Raises
    ------
    CrsUnusable
        When it is not a projected system in metres.
    """
    horizontal = crs.source_crs if crs.is_bound and crs.source_crs else crs
    if horizontal.is_compound:
        horizontal = horizontal.sub_crs_list[0]
    name = crs.to_string()[:60]
    if not horizontal.is_projected:
        why = Words("不是投影坐标系", "it is not projected")
        raise CrsUnusable(crs=name, path=path, why=why)
    if any(not math.isclose(axis.unit_conversion_factor, 1.0) for axis in horizontal.axis_info):
        why = Words("单位不是米", "its unit is not the metre")
        raise CrsUnusable(crs=name, path=path, why=why)
    return horizontal


def srs_id_of(crs: pyproj.CRS) -> int:
    """Number of a CRS in the GeoPackage: its EPSG code where it has one."""
    return crs.to_epsg() or CUSTOM_SRS_ID


def write_catalogue(connection: Connection, crs: pyproj.CRS) -> None:
    """Make an empty database a GeoPackage whose layers lie in ``crs``."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {USER_VERSION}")
    for statement in _CATALOGUE:
        connection.execute(text(statement))
    rows = [_undefined(-1, "cartesian"), _undefined(0, "geographic"), _reference_system(pyproj.CRS.from_epsg(4326))]
    connection.execute(_REFERENCE_SYSTEMS.insert(), [*rows, _reference_system(crs)])


def register(connection: Connection, tables: Iterable[Table], crs: pyproj.CRS) -> None:
    """Enter tables that the catalogue does not know yet: those with a geometry as layers, the others as attributes."""
    known = set(connection.scalars(select(_CONTENTS.c.table_name)))
    srs_id = srs_id_of(crs)
    for each in tables:
        if each.name in known:
            continue
        layer = "geometry" in each.c
        entry = {"table_name": each.name, "data_type": "features" if layer else "attributes", "identifier": each.name}
        connection.execute(_CONTENTS.insert(), [entry | {"srs_id": srs_id if layer else None}])
        if layer:
            column_of = {"table_name": each.name, "column_name": "geometry", "geometry_type_name": "MULTIPOLYGON"}
            connection.execute(_GEOMETRY_COLUMNS.insert(), [column_of | {"srs_id": srs_id, "z": 0, "m": 0}])


def touch(connection: Connection, tables: Iterable[Table], moment: str) -> None:
    """Bring the catalogue up to date with tables that have changed: when, and the extent of layers."""
    for each in tables:
        state: dict[str, object] = {"last_change": moment}
        if "geometry" in each.c:
            box = (func.min(each.c.min_x), func.min(each.c.min_y), func.max(each.c.max_x), func.max(each.c.max_y))
            extent = connection.execute(select(*box)).one()
            state |= dict(zip(("min_x", "min_y", "max_x", "max_y"), extent, strict=True))
        connection.execute(_CONTENTS.update().where(_CONTENTS.c.table_name == each.name).values(**state))


def _undefined(srs_id: int, kind: str) -> dict[str, object]:
    return {
        "srs_name": f"Undefined {kind} SRS",
        "srs_id": srs_id,
        "organization": "NONE",
        "organization_coordsys_id": srs_id,
        "definition": "undefined",
    }


def _reference_system(crs: pyproj.CRS) -> dict[str, object]:
    code = crs.to_epsg()
    return {
        "srs_name": crs.name,
        "srs_id": srs_id_of(crs),
        "organization": "EPSG" if code else "NONE",
        "organization_coordsys_id": code or CUSTOM_SRS_ID,
        "definition": crs.to_wkt("WKT1_GDAL", output_axis_rule=True),
    }
