"""What PostgreSQL and PostGIS need beside the tables that the revisions make, on both stores alike.

- Text is compared byte by byte (collation ``C``): lists are in the same order on both stores, whatever language the
  server was set up for, and the beginning of a text is found through an ordinary index.
- A footprint's column states its coordinate system, and a GiST index finds footprints by place.
- Texts that are searched (``info={"searched": True}``) have a trigram index where the server has ``pg_trgm``.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyproj
from sqlalchemy import Connection, Table, exists, func, select, text
from sqlalchemy.exc import DBAPIError

from weijian.storage.geopackage import srs_id_of
from weijian.storage.server_errors import PostgisMissing

_COLUMNS = """
SELECT c.table_name, c.column_name, c.data_type,
       coalesce(c.collation_name, '') AS collation, coalesce(g.srid, -1) AS srid
FROM information_schema.columns c LEFT JOIN geometry_columns g
ON g.f_table_schema = c.table_schema AND g.f_table_name = c.table_name AND g.f_geometry_column = c.column_name
WHERE c.table_schema = current_schema()
ORDER BY c.table_name, c.ordinal_position
"""


def require_postgis(connection: Connection, place: Path | str) -> None:
    """See that the database has PostGIS; install it, and trigrams, where this user may.

    Raises
    ------
    PostgisMissing
    """
    if not _has(connection, "postgis") and not _install(connection, "postgis"):
        raise PostgisMissing(place=place)
    if not _has(connection, "pg_trgm"):
        _install(connection, "pg_trgm")


def fit(connection: Connection, tables: Iterable[Table], crs: pyproj.CRS) -> None:
    """Give columns their collation, width and coordinate system, and tables the indexes that only this server has."""
    known = {table.name: table for table in tables}
    changes: dict[str, list[str]] = defaultdict(list)
    srs_id = srs_id_of(crs)
    for row in connection.execute(text(_COLUMNS)):
        table = known.get(row.table_name)
        if table is not None and row.column_name in table.c:
            wide = str(table.c[row.column_name].type.compile(connection.dialect)) == "BIGINT"
            changes[table.name].extend(_changes(row.column_name, row, wide=wide, srs_id=srs_id))
    for name, wanted in changes.items():
        if wanted:
            connection.exec_driver_sql(f'ALTER TABLE "{name}" ' + ", ".join(wanted))
    for statement in _indexes(connection, known.values()).values():
        connection.exec_driver_sql(statement)


def missing_indexes(connection: Connection, tables: Iterable[Table]) -> list[str]:
    """Names of the indexes that `fit` has made and that somebody has dropped."""
    there = set(connection.scalars(text("SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()")))
    return sorted(_indexes(connection, tables).keys() - there)


def dangling(connection: Connection, tables: Iterable[Table]) -> list[str]:
    """Rows that refer to what is not there: ``table id → other table``."""
    found: list[str] = []
    for table in tables:
        for key in table.foreign_keys:
            other = key.column.table.alias()
            there = exists().where(other.c[key.column.name] == key.parent)
            lost = select(table.c.id).where(key.parent.is_not(None), ~there).order_by(table.c.id)
            found.extend(f"{table.name} {number} → {key.column.table.name}" for number in connection.scalars(lost))
    return found


def continue_numbering(connection: Connection, tables: Iterable[Table]) -> None:
    """Let the server's own numbers go on behind those that were brought along."""
    for table in tables:
        last = select(func.coalesce(func.max(table.c.id), 0) + 1).scalar_subquery()
        connection.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), last, False)))


def _changes(name: str, row: object, *, wide: bool, srs_id: int) -> Iterator[str]:
    kind, collation, srid = (getattr(row, field) for field in ("data_type", "collation", "srid"))
    if kind == "text" and collation != "C":
        yield f'ALTER COLUMN "{name}" TYPE text COLLATE "C"'
    elif kind == "integer" and wide:
        yield f'ALTER COLUMN "{name}" TYPE bigint'
    elif srid == 0:
        yield f'ALTER COLUMN "{name}" TYPE geometry(MultiPolygon, {srs_id})'


def _indexes(connection: Connection, tables: Iterable[Table]) -> dict[str, str]:
    """By name: the statement that makes an index unless it is there."""
    trigrams = _has(connection, "pg_trgm")
    methods = {}
    for table in tables:
        if "geometry" in table.c:
            methods[f"gist_{table.name}"] = f'"{table.name}" USING gist (geometry)'
        for column in table.c if trigrams else ():
            if column.info.get("searched"):
                methods[f"trgm_{table.name}_{column.name}"] = f'"{table.name}" USING gin ("{column.name}" gin_trgm_ops)'
    return {name: f'CREATE INDEX IF NOT EXISTS "{name}" ON {method}' for name, method in methods.items()}


def _has(connection: Connection, extension: str) -> bool:
    found = text("SELECT true FROM pg_extension WHERE extname = :extension")
    return bool(connection.scalar(found, {"extension": extension}))


def _install(connection: Connection, extension: str) -> bool:
    try:
        with connection.begin_nested():
            connection.exec_driver_sql(f"CREATE EXTENSION {extension} SCHEMA public")
    except DBAPIError as error:
        if error.connection_invalidated:
            raise
        return False
    return True
