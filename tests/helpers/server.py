"""A PostgreSQL cluster of the tests' own: in a temporary folder, on a free port of this machine, gone at the end."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg

REQUIRED = "WEIJIAN_REQUIRE_POSTGRES"
"""An environment variable: when it is set, tests that find no server fail instead of being skipped."""

OWNER, GUARDED, PASSWORD = "officer", "guarded", "石桥 #?@:/%"
TEMPLATE = "with_postgis"

_PLACES = ("/usr/lib/postgresql/15/bin", "/usr/lib/postgresql/16/bin", "/usr/lib/postgresql/17/bin")
_USUAL = ("listen_addresses=127.0.0.1", "unix_socket_directories=")
_QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")
_DOORS = """
host all guarded 127.0.0.1/32 scram-sha-256
host all all 127.0.0.1/32 trust
"""


class ServerAbsent(Exception):
    """This machine has no PostgreSQL with PostGIS; the message says what is missing."""


@dataclass(frozen=True)
class Server:
    """A cluster that runs; ``officer`` may do everything without a password, ``guarded`` little, and needs one."""

    port: int
    folder: Path
    binaries: Path
    shared: str = "shared"
    """A database with PostGIS in which every test has schemas of its own."""
    settings: tuple[str, ...] = _QUICK
    """Beside the usual: a cluster that lasts no longer than the tests need not survive a power failure."""

    def url(self, database: str, user: str = OWNER, password: str | None = None) -> str:
        from urllib.parse import quote

        name = user if password is None else f"{user}:{quote(password, safe='')}"
        return f"postgresql://{name}@127.0.0.1:{self.port}/{database}"

    def execute(self, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """Run a statement as the owner and answer its rows."""
        address = f"host=127.0.0.1 port={self.port} user={OWNER} dbname={database}"
        with closing(psycopg.connect(address, autocommit=True)) as connection:
            answer = connection.execute(statement)  # type: ignore[call-overload]
            return answer.fetchall() if answer.description else []

    @contextmanager
    def database(self, template: str = TEMPLATE) -> Iterator[str]:
        """A new database, by default an empty one with PostGIS; dropped at the end."""
        name = f"test_{uuid4().hex[:12]}"
        self.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy')
        try:
            yield name
        finally:
            self.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def control(self, *words: str) -> None:
        """Call ``pg_ctl``."""
        options = " ".join(f"-c {option}" for option in (f"port={self.port}", *_USUAL, *self.settings))
        command = [self.binaries / "pg_ctl", "-D", self.folder / "data", "-w", "-l", self.folder / "log"]
        _call([*command, "-o", options, *words] if "start" in words else [*command, *words], self.folder)


@contextmanager
def running_server(settings: tuple[str, ...] = _QUICK) -> Iterator[Server]:
    """Make a cluster, start it, and take all of it away at the end."""
    binaries = _binaries()
    folder = Path(tempfile.mkdtemp(prefix="weijian-postgres-"))
    try:
        if _is_root():
            shutil.chown(folder, "postgres")
        initialise = [binaries / "initdb", "-D", folder / "data", "-U", OWNER, "--auth=trust", "--no-sync"]
        _call([*initialise, "--encoding=UTF8", "--locale=C.UTF-8"], folder)
        (folder / "data" / "pg_hba.conf").write_text(_DOORS, encoding="utf-8")
        server = Server(_free_port(), folder, binaries, settings=settings)
        server.control("start")
        try:
            _furnish(server)
            yield server
        finally:
            server.control("-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _furnish(server: Server) -> None:
    quoted = PASSWORD.replace("'", "''")
    server.execute(f"CREATE ROLE {GUARDED} LOGIN PASSWORD '{quoted}'")
    server.execute(f"CREATE DATABASE {TEMPLATE}")
    for extension in ("postgis", "pg_trgm"):
        server.execute(f"CREATE EXTENSION {extension}", TEMPLATE)
    server.execute(f"CREATE DATABASE {server.shared} TEMPLATE {TEMPLATE} STRATEGY file_copy")


def _binaries() -> Path:
    """Where the server's programs are.

    Raises
    ------
    ServerAbsent
    """
    found = shutil.which("pg_ctl")
    places = [Path(place) for place in _PLACES] + ([Path(found).resolve().parent] if found else [])
    for binaries in places:
        if not (binaries / "pg_ctl").exists() and not (binaries / "pg_ctl.exe").exists():
            continue
        if _is_root() and not _has_account():
            raise ServerAbsent("PostgreSQL does not run as root, and there is no account postgres")
        asked = subprocess.run([binaries / "pg_config", "--sharedir"], stdout=subprocess.PIPE, text=True)
        usual = f"/usr/share/postgresql/{binaries.parent.name}"  # Debian's pg_config comes apart from the server
        share = Path(asked.stdout.strip() if asked.returncode == 0 else usual)
        if (share / "extension" / "postgis.control").exists():
            return binaries
        raise ServerAbsent(f"no PostGIS for the PostgreSQL in {binaries} (Debian: postgresql-15-postgis-3)")
    raise ServerAbsent("no PostgreSQL server on this machine (Debian: postgresql-15 and postgresql-15-postgis-3)")


def _call(command: list[object], folder: Path) -> None:
    """Run a program of the server, as its own user where the tests run as root."""
    words = [str(word) for word in command]
    if _is_root():
        words = ["runuser", "-u", "postgres", "--", *words]
    done = subprocess.run(words, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        log = folder / "log"
        raise RuntimeError(f"{words[-1]}: {done.stderr}{log.read_text(encoding='utf-8') if log.exists() else ''}")


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _has_account() -> bool:
    import pwd

    return any(entry.pw_name == "postgres" for entry in pwd.getpwall())


def _free_port() -> int:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
