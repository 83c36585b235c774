"""Finding pieces of text in a table of many rows, as the database at hand does it best.

SQLite keeps the texts' trigrams in an FTS5 table beside the rows (`household_words`, without content of its own). A
piece of one or two letters is the beginning of a trigram, since every text ends with room for one (`ENDING`). Another
database searches the column itself, with an index that its own migration makes.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, Select, Table, Text, and_, column, func, select, table

LEAST_INDEXED = 3
"""Letters of a trigram."""

ENDING = "  "
"""What every text ends with, so that its last letters begin a trigram too."""

_LAST = "\U0010ffff"
_WORDS = table("household_words", column("rowid", Integer), column("household_words", Text))
_TERMS = table("household_words_terms", column("doc", Integer), column("term", Text))


def having_pieces(connection: Connection, wanted: Select[Any], searched: Table, pieces: Sequence[str]) -> Select[Any]:
    """Rows of ``wanted`` in whose ``searched.c.text`` every piece occurs, in the order of the index.

    A row may come more than once.
    """
    here = searched.c.text
    if connection.dialect.name != "sqlite" or not pieces:
        return wanted.where(*(here.contains(piece, autoescape=True) for piece in pieces))
    long = [piece for piece in pieces if len(piece) >= LEAST_INDEXED]
    short = [piece for piece in pieces if len(piece) < LEAST_INDEXED]
    if long:
        quoted = " AND ".join('"' + piece.replace('"', '""') + '"' for piece in long)
        wanted = wanted.join(_WORDS, _WORDS.c.rowid == searched.c.id).where(
            _WORDS.c.household_words.op("MATCH")(quoted)
        )
    else:
        longest = max(short, key=len)
        short.remove(longest)
        wanted = wanted.join(_TERMS, _TERMS.c.doc == searched.c.id).where(begins(connection, _TERMS.c.term, longest))
    return wanted.where(*(here.contains(piece, autoescape=True) for piece in short))


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


def forget_all_texts(connection: Connection) -> None:
    """Empty the index, whatever is in it."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO household_words (household_words) VALUES ('delete-all')")


def unindexed(connection: Connection, searched: Table) -> int:
    """How many rows do not have as many trigrams in the index as their text, or have some there and are gone."""
    if connection.dialect.name != "sqlite":
        return 0
    counted = select(_TERMS.c.doc, func.count()).group_by(_TERMS.c.doc)
    indexed = {(number, count) for number, count in connection.execute(counted)}
    texts = connection.execute(select(searched.c.id, func.length(searched.c.text)))
    wanted = {(number, length - LEAST_INDEXED + 1) for number, length in texts}
    return len({number for number, _ in indexed ^ wanted})


def _change(connection: Connection, statement: str, texts: Sequence[tuple[int, str]]) -> None:
    if texts and connection.dialect.name == "sqlite":
        connection.exec_driver_sql(statement, list(texts))
