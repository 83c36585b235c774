"""Archives that a bureau shares on a server; moving an archive between stores; backups."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from weijian.domain.job import Job
from weijian.storage import backups, copying, server_address
from weijian.storage.migrating import Migrated
from weijian.storage.passwords import keep_password
from weijian.storage.server_address import POINTER, SCHEMA, ServerAddress, checked, login_from, read_pointer
from weijian.storage.server_errors import ArchiveOlder, PasswordRefused
from weijian.storage.workspace import connect_workspace, migrate_workspace, open_workspace

DEFAULT_SCHEMA = SCHEMA

Login = server_address.Login
"""Where an archive is on a server, and the password when it was given."""

Backup = backups.Backup
"""A backup that was made."""

CopyReport = copying.CopyReport
"""What was copied and compared."""


@dataclass(frozen=True)
class ServerFound:
    """What a server answered: its versions, and whether the schema holds an archive already."""

    postgres: str
    postgis: str | None
    has_archive: bool


def login_at(url: str, *, schema: str = DEFAULT_SCHEMA, evidence: Path | None = None) -> Login:
    """The address of an archive as a user writes it; ``evidence`` is where its files of evidence are kept for all.

    Raises
    ------
    AddressUnusable
    """
    login = login_from(url, schema)
    return replace(login, address=replace(login.address, evidence=None if evidence is None else evidence.absolute()))


def server_login(
    *, host: str, port: int, database: str, schema: str, user: str, password: str | None, evidence: Path | None
) -> Login:
    """The address of an archive as a form has it.

    Raises
    ------
    AddressUnusable
    """
    return Login(checked(ServerAddress(host, database, user, port, schema, evidence)), password)


def wants_password(error: BaseException) -> bool:
    """Whether an archive could not be opened for want of the right password."""
    return isinstance(error, PasswordRefused)


def wants_migration(error: BaseException) -> bool:
    """Whether an archive could not be opened since it is of an older program."""
    return isinstance(error, ArchiveOlder)


def give_password(folder: Path, password: str) -> bool:
    """Keep the password of the server that a workspace's archive is on; the answer is `keep_login`'s."""
    login = address_of(folder)
    return login is None or keep_login(replace(login, password=password))


def try_server(login: Login) -> ServerFound:
    """See whether a server answers and lets the user in.

    Raises
    ------
    ServerUnreachable, PasswordRefused, DatabaseMissing, ...
    """
    from weijian.storage.server_store import look_at

    facts = look_at(login)
    return ServerFound(facts.postgres, facts.postgis, facts.has_archive)


def keep_login(login: Login) -> bool:
    """Keep a login's password in the system's key store; where there is none, this process alone knows it (false)."""
    return login.password is None or keep_password(login.address, login.password)


def address_of(folder: Path) -> Login | None:
    """Where a workspace's tables are; None when they are in its folder."""
    pointer = folder / POINTER
    return Login(read_pointer(pointer)) if pointer.is_file() else None


def connect_archive(folder: Path, login: Login) -> str:
    """Make a workspace folder for an archive that is on a server already; the answer is the archive's name.

    The errors are those of `weijian.storage.workspace.connect_workspace`.
    """
    with connect_workspace(folder, login) as workspace, workspace.read() as work:
        return str(work.settings.get("name") or folder.name)


def copy_archive(source: Path, target: Path, login: Login | None = None) -> Job[CopyReport]:
    """Copy an archive to the other store, or to another place on the same; see `weijian.storage.copying`."""
    with open_workspace(source) as workspace:
        return (yield from copying.copy_workspace(workspace, target, login))


def back_up_archive(folder: Path, out: Path | None = None) -> Job[Backup]:
    """Back a workspace up, by default into its own folder of backups; see `weijian.storage.backups`."""
    with open_workspace(folder) as workspace:
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        return (yield from backups.back_up(workspace, out or folder / "backups" / stamp))


def restore_archive(backup: Path, folder: Path) -> Job[None]:
    """Make a workspace of a backup; see `weijian.storage.backups`."""
    yield from backups.restore(backup, folder)
    open_workspace(folder).close()


def migrate_archive(folder: Path) -> Job[Migrated]:
    """Bring an old workspace forward after a backup; see `weijian.storage.workspace.migrate_workspace`."""
    return migrate_workspace(folder)
