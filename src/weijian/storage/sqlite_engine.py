"""Connections to a workspace's SQLite database: set-up, and its troubles in sentences."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError

from weijian.domain.errors import FileUnreadable, TargetUnwritable, WeijianError, WorkspaceBusy
from weijian.domain.language import Words
from weijian.storage.geometry import SPATIAL_FUNCTIONS

BUSY_SECONDS = 10.0
"""How long a transaction waits for another program's to end."""

_UNWRITABLE = {
    sqlite3.SQLITE_FULL: Words("磁盘已满", "the disk is full"),
    sqlite3.SQLITE_READONLY: Words("只读", "it is read-only"),
    sqlite3.SQLITE_CANTOPEN: Words("数据库打不开", "the database cannot be opened"),
    sqlite3.SQLITE_IOERR: Words("磁盘读写出错", "the disk reports an error"),
    sqlite3.SQLITE_PERM: Words("没有权限", "there is no permission"),
}
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL)
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def connect(database: Path, *, writable: bool) -> Engine:
    """Engine on a SQLite database file.

    Every commit is on the disk when it returns (WAL with full synchronisation): what is committed survives a kill and
    a cut cable. A writer takes the write lock when it begins, so two never meet half-way.
    """
    engine = create_engine(
        URL.create("sqlite", database=str(database)),
        connect_args={"timeout": BUSY_SECONDS, "isolation_level": None},
    )

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _: object) -> None:
        pragmas = ["foreign_keys = ON", "synchronous = FULL", "cache_size = -65536"]
        pragmas.append("journal_mode = WAL" if writable else "query_only = ON")
        with closing(connection.cursor()) as cursor:
            for pragma in pragmas:
                cursor.execute(f"PRAGMA {pragma}")
        for name, function in SPATIAL_FUNCTIONS.items():
            connection.create_function(name, 1, function, deterministic=True)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writable else "BEGIN")

    return engine


@contextmanager
def in_sentences(path: Path) -> Iterator[None]:
    """Turn a full disk, a lock, a read-only or a damaged file into the user's error; bugs pass as they are."""
    try:
        yield
    except (DatabaseError, sqlite3.DatabaseError) as error:
        said = _sentence(error.orig if isinstance(error, DatabaseError) else error, path)
        if said is None:
            raise
        raise said from error


def _sentence(error: BaseException | None, path: Path) -> WeijianError | None:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _BUSY:
        return WorkspaceBusy(path=path)
    if code in _UNWRITABLE:
        return TargetUnwritable(path=path, why=_UNWRITABLE[code])
    if code in _DAMAGED:
        return FileUnreadable(path=path, why=Words("数据库已损坏", "the database is damaged"))
    return None


def visit(engine: Engine) -> None:
    """Read once, so that the write-ahead log is there."""
    with closing(engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_master")


def leave(engine: Engine, database: Path) -> None:
    """Close an engine; the last user writes the log back and removes it. Where that fails it stays: nothing is lost."""
    with suppress(DatabaseError, sqlite3.DatabaseError):
        if database.exists():
            visit(engine)
    engine.dispose()


def copy_database(source: Path, target: Path) -> None:
    """Copy a database that may be in use, whole or not at all, as of one moment."""
    partial = target.with_name(target.name + ".partial")
    try:
        with closing(sqlite3.connect(source)) as origin, closing(sqlite3.connect(partial)) as copy:
            origin.backup(copy)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def faults(engine: Engine) -> list[str]:
    """What SQLite itself finds wrong with the database: damaged pages and dangling references."""
    with engine.connect() as connection:
        damaged = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check") if row[0] != "ok"]
        dangling = [f"{row[0]} {row[1]} → {row[2]}" for row in connection.exec_driver_sql("PRAGMA foreign_key_check")]
    return damaged + dangling
