"""Finding pieces of text in a table of many rows, as the database at hand does it best.

SQLite keeps the texts' trigrams in an FTS5 table beside the rows (`household_words`, without content of its own).
Another database searches the column itself, with an index that its own migration makes.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, literal_column, select, text

LEAST_INDEXED = 3
"""Shorter pieces have no trigram: the column is looked through."""

_LAST = "\U0010ffff"


def has_pieces(connection: Connection, table: Table, pieces: Sequence[str]) -> ColumnElement[bool]:
    """Whether every piece occurs in ``table.c.text``; the order of rows is the index's own."""
    column = table.c.text
    long = [piece for piece in pieces if len(piece) >= LEAST_INDEXED]
    if connection.dialect.name != "sqlite" or not long:
        return and_(*(column.contains(piece, autoescape=True) for piece in pieces))
    wanted = " AND ".join('"' + piece.replace('"', '""') + '"' for piece in long)
    match = text("household_words MATCH :wanted").bindparams(wanted=wanted)
    found: Select[Any] = select(literal_column("rowid")).select_from(text("household_words")).where(match)
    short = (column.contains(piece, autoescape=True) for piece in pieces if piece not in long)
    return and_(table.c.id.in_(found), *short)


def begins(connection: Connection, column: ColumnElement[str], piece: str) -> ColumnElement[bool]:
    """Whether a column begins with a piece; SQLite uses the column's index for a range, not for a pattern."""
    if connection.dialect.name != "sqlite":
        return column.startswith(piece, autoescape=True)
    return and_(column >= piece, column < piece + _LAST)


def index_texts(connection: Connection, texts: Sequence[tuple[int, str]]) -> None:
    """Enter the texts of rows, by id."""
    _change(connection, "INSERT INTO household_words (rowid, text) VALUES (?, ?)", texts)


def forget_texts(connection: Connection, texts: Sequence[tuple[int, str]]) -> None:
    """Take texts out, given exactly as they were entered."""
    _change(connection, "INSERT INTO household_words (household_words, rowid, text) VALUES ('delete', ?, ?)", texts)


def _change(connection: Connection, statement: str, texts: Sequence[tuple[int, str]]) -> None:
    if texts and connection.dialect.name == "sqlite":
        connection.exec_driver_sql(statement, list(texts))
