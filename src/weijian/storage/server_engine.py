"""Connections to a PostgreSQL server: set-up, and its troubles in sentences."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg
from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError

from weijian.domain.errors import TargetUnwritable, WeijianError, WorkspaceBusy
from weijian.domain.language import Words
from weijian.storage.server_address import ServerAddress
from weijian.storage.server_errors import (
    ConnectionLost,
    DatabaseMissing,
    NoRights,
    PasswordRefused,
    ServerRefuses,
    ServerUnreachable,
)

BUSY_SECONDS = 30.0
"""How long a transaction waits for another officer's to end."""

_ANSWER_SECONDS = 10
_LIVELINESS = {"keepalives_idle": 15, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 30_000}
"""A cable that was pulled is noticed within half a minute, in silence and while something is being sent."""

_WRITERS = 0x776A
"""Names, with the schema, the lock that lets one writer in at a time."""

_SEARCH_PATH = """
SELECT set_config('search_path', concat_ws(', ', quote_ident(%(schema)s), 'public', (
    SELECT string_agg(DISTINCT quote_ident(nspname), ', ')
    FROM pg_extension JOIN pg_namespace ON pg_namespace.oid = extnamespace
    WHERE extname IN ('postgis', 'pg_trgm'))), false)
"""
"""Our schema first, then wherever the database keeps the extensions."""

_UNWRITABLE = {
    "53100": Words("服务器磁盘已满", "the server's disk is full"),
    "25006": Words("只读", "it is read-only"),
}
_BUSY = ("55P03", "40001", "40P01")
_NO_RIGHTS = "42501"
_LOST = ("08", "57P")


def connect(address: ServerAddress, password: str | None, *, writable: bool) -> Engine:
    """Engine on a schema of a database; nothing is sent before it is used.

    A writer takes the archive's lock when it begins, so two never meet half-way; a reader sees one moment.
    """
    url = URL.create("postgresql+psycopg", address.user, password, address.host, address.port, address.database)
    arguments = _LIVELINESS | {"connect_timeout": _ANSWER_SECONDS, "application_name": "weijian"}
    isolation, options = ("READ COMMITTED", {}) if writable else ("REPEATABLE READ", {"postgresql_readonly": True})
    engine = create_engine(
        url, connect_args=arguments, isolation_level=isolation, execution_options=options, pool_pre_ping=True
    )

    @event.listens_for(engine, "connect", insert=True)  # before SQLAlchemy itself looks at the search path
    def _set_up(connection: Any, _: object) -> None:
        automatic, connection.autocommit = connection.autocommit, True
        with closing(connection.cursor()) as cursor:
            cursor.execute(_SEARCH_PATH, {"schema": address.schema})
        connection.autocommit = automatic

    if writable:

        @event.listens_for(engine, "begin")
        def _begin(connection: Connection) -> None:
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{round(BUSY_SECONDS * 1000)}ms'")
            lock = text("SELECT pg_advisory_xact_lock(:writers, hashtext(:schema))")
            connection.execute(lock, {"writers": _WRITERS, "schema": address.schema})

    return engine


@contextmanager
def in_sentences(address: ServerAddress) -> Iterator[None]:
    """Turn what the server and the way to it can do to us into the user's error; bugs pass as they are."""
    try:
        yield
    except (DBAPIError, psycopg.Error) as error:
        lost = isinstance(error, DBAPIError) and error.connection_invalidated
        said = _sentence(error.orig if isinstance(error, DBAPIError) else error, address, lost)
        if said is None:
            raise
        raise said from error


def _sentence(error: BaseException | None, address: ServerAddress, lost: bool) -> WeijianError | None:
    if not isinstance(error, psycopg.Error):
        return None
    code, why = error.sqlstate or "", _last_line(error)
    if code in _BUSY:
        return WorkspaceBusy(path=address)
    if code in _UNWRITABLE:
        return TargetUnwritable(path=address, why=_UNWRITABLE[code])
    if code == _NO_RIGHTS:
        return NoRights(place=address, why=why)
    if lost or code.startswith(_LOST):
        return ConnectionLost(place=address)
    if not code and isinstance(error, psycopg.OperationalError):
        return _refusal(error, address, why) if error.pgconn is not None else ServerUnreachable(place=address, why=why)
    if isinstance(error, psycopg.OperationalError | psycopg.DataError):
        return ServerRefuses(place=address, why=why)
    return None


def _refusal(error: psycopg.Error, address: ServerAddress, why: str) -> WeijianError:
    """Why a connection could not be made.

    libpq hands no code on, and the server says it in its own language; but in each it quotes the name at fault.
    """
    names_user, names_database = (f'"{name}"' in why for name in (address.user, address.database))
    connection: Any = error.pgconn
    if connection.needs_password or (connection.used_password and names_user and not names_database):
        return PasswordRefused(place=address)
    if names_database and not names_user:
        return DatabaseMissing(place=address)
    return ServerUnreachable(place=address, why=why)


def _last_line(error: psycopg.Error) -> str:
    """What was said, without the address in front of it and the hints behind it."""
    first = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    return first.rpartition("failed: ")[2].replace("FATAL:", "").strip()
