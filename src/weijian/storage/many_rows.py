"""Many rows into a table at once: the statement is compiled once, and values are bound column by column."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Dialect, Table, insert
from sqlalchemy.types import TypeEngine

from weijian.storage.geometry import Geometry, encode_many


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add rows, all with the same columns.

    SQLAlchemy's own way costs as much for each row as making and storing it; here it costs once.
    """
    if not rows:
        return
    dialect = connection.dialect
    names = list(rows[0])
    statement = insert(table).compile(dialect=dialect, column_keys=names)
    columns = {name: _bound(table.c[name].type, dialect, [row[name] for row in rows]) for name in names}
    if dialect.positional:
        order = statement.positiontup or names
        connection.exec_driver_sql(str(statement), list(zip(*(columns[name] for name in order), strict=True)))
    else:
        told = zip(*columns.values(), strict=True)
        connection.exec_driver_sql(str(statement), [dict(zip(columns, row, strict=True)) for row in told])


def _bound(kind: TypeEngine[Any], dialect: Dialect, values: list[Any]) -> list[Any]:
    """Values as the driver takes them."""
    if isinstance(kind, Geometry) and dialect.name == "sqlite":
        return encode_many(values)
    processor = kind.dialect_impl(dialect).bind_processor(dialect)
    return values if processor is None else [processor(value) for value in values]
