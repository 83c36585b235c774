"""Where an archive on a server is, and the small file in a workspace's folder that says so.

The file never holds a password: see `weijian.storage.passwords`.
"""

import json
import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from weijian.domain.errors import FileUnreadable
from weijian.domain.language import Words
from weijian.domain.system_reasons import reason
from weijian.storage.server_errors import AddressUnusable

POINTER = "archive.toml"
"""The file that stands in a workspace's folder in place of ``workspace.gpkg``."""

SCHEMA = "weijian"
PORT = 5432

_REMARK = "# The tables of this workspace are on a server. No password is kept here."
_LONGEST_NAME = 63


@dataclass(frozen=True)
class ServerAddress:
    """A schema in a PostgreSQL database, and who connects to it.

    ``evidence`` is the folder of evidence where this machine finds it elsewhere than the archive says.
    """

    host: str
    database: str
    user: str
    port: int = PORT
    schema: str = SCHEMA
    evidence: Path | None = None

    def __str__(self) -> str:
        """The address as sentences say it: never with a password."""
        host = f"[{self.host}]" if ":" in self.host else quote(self.host, safe="")
        return f"postgresql://{quote(self.user, safe='')}@{host}:{self.port}/{quote(self.database)} ({self.schema})"


@dataclass(frozen=True)
class Login:
    """An address and, when it was given with it, the password."""

    address: ServerAddress
    password: str | None = None

    def __repr__(self) -> str:
        """Without the password: this may end up in a log."""
        return f"Login({self.address!r})"


def login_from(url: str, schema: str = SCHEMA) -> Login:
    """Read ``postgresql://user[:password]@host[:port]/database``.

    Raises
    ------
    AddressUnusable
        Something is missing or too much.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or PORT
    except ValueError as error:
        raise AddressUnusable(address=_without_password(url)) from error
    host, user, database = (unquote(part or "") for part in (parts.hostname, parts.username, parts.path[1:]))
    known = parts.scheme in ("postgresql", "postgres") and not parts.query and not parts.fragment
    if not (known and host and user and database and "/" not in database):
        raise AddressUnusable(address=_without_password(url))
    password = None if parts.password is None else unquote(parts.password)
    return Login(checked(ServerAddress(host, database, user, port, schema)), password)


def checked(address: ServerAddress) -> ServerAddress:
    """The address, when the server could take its names.

    Raises
    ------
    AddressUnusable
    """
    named = (address.host, address.database, address.user, address.schema)
    sound = all(name.strip() and "\0" not in name and len(name.encode()) <= _LONGEST_NAME for name in named[1:])
    if not sound or not named[0].strip() or not 0 < address.port < 65536 or address.schema.startswith("pg_"):
        raise AddressUnusable(address=str(address))
    return address


def read_pointer(path: Path) -> ServerAddress:
    """The address that a workspace's folder points to.

    Raises
    ------
    FileUnreadable
        The file is damaged.
    """
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
        address = checked(ServerAddress(**said))
    except OSError as error:
        raise FileUnreadable(path=path, why=reason(error)) from error
    except (ValueError, TypeError, AttributeError) as error:  # not TOML, fields missing or unknown, of another kind
        raise FileUnreadable(path=path, why=Words("其中的数据库地址不完整", "it names no database")) from error
    return replace(address, evidence=None if address.evidence is None else Path(address.evidence))


def write_pointer(path: Path, address: ServerAddress) -> None:
    """Write the file that says where the archive is."""
    lines = [_REMARK]
    for field in fields(address):
        value = getattr(address, field.name)
        if value is not None:
            written = value if isinstance(value, int) else json.dumps(str(value), ensure_ascii=False)
            lines.append(f"{field.name} = {written}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _without_password(url: str) -> str:
    before, at, behind = url.rpartition("@")
    scheme, mark, user = before.partition("://")
    return f"{scheme}{mark}{user.partition(':')[0]}{at}{behind}"
