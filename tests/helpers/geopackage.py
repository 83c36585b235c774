"""Checks of a GeoPackage against OGC 12-128, in the manner of GDAL's validate_gpkg."""

import re
import sqlite3
import struct
from contextlib import closing
from pathlib import Path

import shapely

COLUMN_TYPES = re.compile(
    r"BOOLEAN|TINYINT|SMALLINT|MEDIUMINT|INT|INTEGER|FLOAT|DOUBLE|REAL|(TEXT|BLOB)(\(\d+\))?|DATE|DATETIME"
)
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
DATE = re.compile(r"\d{4}-\d\d-\d\d")
CATALOGUE = {
    "gpkg_spatial_ref_sys": [
        ("srs_name", "TEXT", 1, 0),
        ("srs_id", "INTEGER", 1, 1),
        ("organization", "TEXT", 1, 0),
        ("organization_coordsys_id", "INTEGER", 1, 0),
        ("definition", "TEXT", 1, 0),
        ("description", "TEXT", 0, 0),
    ],
    "gpkg_contents": [
        ("table_name", "TEXT", 1, 1),
        ("data_type", "TEXT", 1, 0),
        ("identifier", "TEXT", 0, 0),
        ("description", "TEXT", 0, 0),
        ("last_change", "DATETIME", 1, 0),
        ("min_x", "DOUBLE", 0, 0),
        ("min_y", "DOUBLE", 0, 0),
        ("max_x", "DOUBLE", 0, 0),
        ("max_y", "DOUBLE", 0, 0),
        ("srs_id", "INTEGER", 0, 0),
    ],
    "gpkg_geometry_columns": [
        ("table_name", "TEXT", 1, 1),
        ("column_name", "TEXT", 1, 2),
        ("geometry_type_name", "TEXT", 1, 0),
        ("srs_id", "INTEGER", 1, 0),
        ("z", "TINYINT", 1, 0),
        ("m", "TINYINT", 1, 0),
    ],
}


def faults(path: Path) -> list[str]:
    """What the standard does not allow; an empty list for a valid GeoPackage."""
    found: list[str] = []
    header = path.read_bytes()[:100]
    if header[:16] != b"SQLite format 3\0":
        return ["Req 1: not an SQLite 3 file"]
    if header[68:72] != b"GPKG":
        found.append("Req 2: application_id")
    if not 10200 <= struct.unpack(">i", header[60:64])[0] < 10500:
        found.append("Req 2: user_version")
    with closing(sqlite3.connect(path)) as database:
        for pragma, sound in (("integrity_check", [("ok",)]), ("foreign_key_check", [])):
            if (answer := database.execute(f"PRAGMA {pragma}").fetchall()) != sound:
                found.append(f"Req 6, 7: {pragma} {answer}")
        found += _catalogue(database) + _reference_systems(database) + _contents(database)
    return found


def _columns(database: sqlite3.Connection, table: str) -> list[tuple[str, str, int, int]]:
    return [(c[1], c[2], c[3], c[5]) for c in database.execute(f'PRAGMA table_info("{table}")')]


def _catalogue(database: sqlite3.Connection) -> list[str]:
    return [f"{table}: {_columns(database, table)}" for table, c in CATALOGUE.items() if _columns(database, table) != c]


def _reference_systems(database: sqlite3.Connection) -> list[str]:
    statement = "SELECT srs_id, organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys"
    rows = {row[0]: row[1:] for row in database.execute(statement)}
    found = [f"Req 11: {n}" for n in (-1, 0) if rows.get(n) != ("NONE", n, "undefined")]
    if rows.get(4326, ("", 0, ""))[:2] != ("EPSG", 4326) or "WGS 84" not in rows[4326][2]:
        found.append("Req 11: 4326")
    return found


def _contents(database: sqlite3.Connection) -> list[str]:
    found: list[str] = []
    statement = "SELECT table_name, data_type, last_change, srs_id, min_x, min_y, max_x, max_y FROM gpkg_contents"
    layers = dict(database.execute("SELECT table_name, column_name FROM gpkg_geometry_columns"))
    for table, data_type, changed, srs_id, *extent in database.execute(statement).fetchall():
        columns = _columns(database, table)
        if not columns:
            found.append(f"Req 14: {table} is not there")
        if not MOMENT.fullmatch(changed):
            found.append(f"Req 15: {table} {changed}")
        if [c[1] for c in columns if c[3]] != ["INTEGER"]:
            found.append(f"Req 29, 119: {table} has no integer key")
        geometry = layers.pop(table, None)
        if (data_type == "features") != (geometry is not None):
            found.append(f"Req 22: {table} is {data_type}, geometry {geometry}")
        if data_type == "features" and geometry:
            found += _layer(database, table, geometry, srs_id, extent)
        found += [
            f"Req 5: {table}.{c[0]} {c[1]}" for c in columns if c[0] != geometry and not COLUMN_TYPES.fullmatch(c[1])
        ]
        found += _times(database, table, columns)
    return found + [f"Req 23: {table} is not in gpkg_contents" for table in layers]


def _times(database: sqlite3.Connection, table: str, columns: list[tuple[str, str, int, int]]) -> list[str]:
    forms = {"DATE": DATE, "DATETIME": MOMENT}
    found = []
    for name, kind, _, _ in columns:
        if form := forms.get(kind):
            values = database.execute(f'SELECT "{name}" FROM "{table}" WHERE "{name}" IS NOT NULL')  # noqa: S608
            found += [f"Req 5: {table}.{name} {value}" for (value,) in values if not form.fullmatch(value)]
    return found


def _layer(database: sqlite3.Connection, table: str, column: str, srs_id: int, extent: list[float | None]) -> list[str]:
    found = []
    statement = "SELECT geometry_type_name, srs_id, z, m FROM gpkg_geometry_columns WHERE table_name = ?"
    kind, layer_srs, z, m = database.execute(statement, (table,)).fetchone()
    declared = {c[0]: c[1] for c in _columns(database, table)}
    if declared.get(column) != kind:
        found.append(f"Req 31: {table}.{column} {declared.get(column)} is not {kind}")
    if layer_srs != srs_id or z or m:
        found.append(f"Req 146: {table} srs {layer_srs} {srs_id} z {z} m {m}")
    boxes = []
    for (blob,) in database.execute(f'SELECT "{column}" FROM "{table}"'):  # noqa: S608
        magic, version, flags, blob_srs = struct.unpack_from("<2sBBi", blob)
        shape = shapely.from_wkb(blob[40:])
        min_x, max_x, min_y, max_y = struct.unpack_from("<4d", blob, 8)
        if (magic, version, flags, blob_srs) != (b"GP", 0, 0b11, layer_srs):
            found.append(f"Req 19, 33: {table} header {magic} {version} {flags} {blob_srs}")
        if shape.geom_type.upper() != kind or shape.bounds != (min_x, min_y, max_x, max_y) or shape.has_z:
            found.append(f"Req 32: {table} {shape.geom_type} {shape.bounds}")
        boxes.append(shape.bounds)
    whole = (
        [min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)]
        if boxes
        else [None] * 4
    )
    if not _same_extent(extent, whole):
        found.append(f"{table}: extent {extent} is not {whole}")
    return found


def _same_extent(one: list[float | None], other: list[float | None]) -> bool:
    """Alike to a micrometre: writers round coordinates and boxes differently in the last bit."""
    pairs = zip(one, other, strict=True)
    return all(a == b or (a is not None and b is not None and abs(a - b) < 1e-6) for a, b in pairs)
