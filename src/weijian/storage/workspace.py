"""The workspace: a folder with everything a bureau knows of one place.

``workspace.gpkg`` (cases and layers) or ``archive.toml`` (which server has them), ``evidence/`` (files by their hash),
``surveys/`` (copies, when asked for), ``cache/`` (can be deleted), ``backups/``; ``audit-seen.json`` says how far the
audit chain was seen from here.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

import pyproj
from sqlalchemy import Connection, Engine

from weijian.domain.errors import FileMissing, NewerVersion, NotWorkspace
from weijian.domain.job import Job, finish
from weijian.domain.language import Words
from weijian.storage import audit, chain_seen, geopackage, household_search, schema
from weijian.storage.evidence_files import EvidenceStore
from weijian.storage.files import writing_to
from weijian.storage.founding import FOLDERS, evidence_in, founding, point_to
from weijian.storage.geopackage_store import DATABASE, GeoPackageStore
from weijian.storage.migrating import Migrated, bring_forward
from weijian.storage.rows import Scope
from weijian.storage.server_address import POINTER, Login, read_pointer
from weijian.storage.server_errors import ArchiveMissing, ArchiveOlder
from weijian.storage.store import Store
from weijian.storage.tables import audit_entries, metadata
from weijian.storage.unit_of_work import UnitOfWork

EVIDENCE_FOLDER = "evidence_folder"
"""Name of the setting that says where all who share an archive keep its evidence."""

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The moment, with its zone."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Workspace:
    """An open workspace; close it, or use it in a ``with``.

    Attributes
    ----------
    folder : Path
        Where it is.
    crs : pyproj.CRS
        Projected, in metres; every footprint in the workspace is in it (easting, northing).
    srs_id : int
        Its number in the database.
    store : Store
        The database with its tables.
    evidence_store : EvidenceStore
        The files of evidence.
    """

    folder: Path
    crs: pyproj.CRS
    srs_id: int
    store: Store
    evidence_store: EvidenceStore
    clock: Clock

    def __enter__(self) -> "Workspace":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self.store.close()

    @property
    def database(self) -> Path:
        """The file in the folder that is the database or says where it is; no result may be written over it."""
        return self.store.file

    @property
    def writer(self) -> Engine:
        """For transactions that write; one at a time."""
        return self.store.writer

    @property
    def reader(self) -> Engine:
        """For looking at one moment."""
        return self.store.reader

    @property
    def cache(self) -> Path:
        """Folder for what can be made again."""
        return self.folder / "cache"

    @contextmanager
    def transaction(self, user: str, action: str) -> Iterator[UnitOfWork]:
        """One user action: all of it is kept, with one audit entry, or none of it when anything is raised.

        Parameters
        ----------
        user : str
            Who acts, for the audit.
        action : str
            What is done, a stable word such as ``import-parcels``.

        Raises
        ------
        WorkspaceBusy, TargetUnwritable, FileUnreadable
            When the database is locked, cannot be written or is damaged; for one on a server also the errors of
            `weijian.storage.server_errors`.
        """
        with self._writing((self.clock, user, action)) as (_, work):
            yield work

    @contextmanager
    def _writing(self, acts: tuple[Clock, str, str]) -> Iterator[tuple[Connection, UnitOfWork]]:
        with (
            self.store.in_sentences(),
            self.writer.begin() as connection,
            _acting(self.folder, self.srs_id, self.store, connection, acts) as work,
        ):
            yield connection, work
            is_whole = chain_seen.is_held(connection, self.folder)
        if is_whole:
            chain_seen.note(self.folder, work.entry)

    def rebuild_indexes(self, user: str) -> None:
        """Make anew what rows are found by: indexes that the database lacks, and the words of all households.

        The errors are those of `transaction`.
        """
        with self._writing((self.clock, user, "rebuild-indexes")) as (connection, _):
            self.store.fit(connection, metadata.sorted_tables, self.crs)
            household_search.rebuild(connection)

    @contextmanager
    def read(self) -> Iterator[UnitOfWork]:
        """A view of one moment; writing through it fails."""
        with self.store.in_sentences(), self.reader.connect() as connection:
            yield UnitOfWork(Scope(connection, self.folder, self.srs_id, audit.Journal()))


def create_workspace(
    folder: Path,
    *,
    name: str,
    crs: pyproj.CRS,
    bureau: str | None = None,
    login: Login | None = None,
    clock: Clock = utc_now,
) -> Workspace:
    """Make a workspace and open it.

    Parameters
    ----------
    folder : Path
        Where it shall be: a folder that is not there yet, or is empty.
    name : str
        What people call it.
    crs : pyproj.CRS
        A projected one in metres.
    bureau : str, optional
        The bureau's name, as its papers print it.
    login : Login, optional
        The server and schema where its tables shall be, for a whole bureau to share.

    Raises
    ------
    TargetExists
        When something is there already.
    TargetUnwritable
        When the place cannot be written; nothing is left behind then.
    CrsUnusable
        When areas cannot be measured in ``crs``.
    ArchiveThere, PostgisMissing, ServerUnreachable, ...
        As `weijian.storage.server_errors` has them.
    """
    usable = geopackage.usable_crs(crs, folder)
    settings: dict[str, str | None] = {"name": name, "bureau": bureau, "crs": crs_text(usable)}
    if login is not None and login.address.evidence is not None:
        settings[EVIDENCE_FOLDER] = str(login.address.evidence)
    with founding(folder, usable, login) as fresh:
        acts = (clock, "weijian", "create-workspace")
        with _acting(folder, geopackage.srs_id_of(usable), fresh.store, fresh.connection, acts) as work:
            for key, value in settings.items():
                work.settings.set(key, value)
    return open_workspace(folder, password=None if login is None else login.password, clock=clock)


def connect_workspace(folder: Path, login: Login, *, clock: Clock = utc_now) -> Workspace:
    """Make a workspace whose tables are an archive that a bureau shares already, and open it.

    Raises
    ------
    TargetExists, TargetUnwritable
        As for `create_workspace`.
    ArchiveMissing, NewerVersion, ServerUnreachable, ...
        There is no such archive, or it cannot be used; nothing is left behind then.
    ArchiveOlder
        The folder is made, and the archive can be brought forward from it.
    """
    from weijian.storage.server_store import ServerStore

    store = ServerStore(folder / POINTER, login)
    try:
        with store.in_sentences():
            _inspect(folder, store)
    finally:
        store.close()
    point_to(folder, login)
    return open_workspace(folder, password=login.password, clock=clock)


def open_workspace(folder: Path, *, password: str | None = None, clock: Clock = utc_now) -> Workspace:
    """Open a workspace; one in a folder that was made by an older program is brought forward after a backup.

    Parameters
    ----------
    folder : Path
        Where it is.
    password : str, optional
        For a server, when it is not the one that is kept for it.

    Raises
    ------
    FileMissing, NotWorkspace
        When there is none.
    NewerVersion
        When a newer program made it.
    ArchiveOlder
        When it is one that many share, of an older program: see `migrate_workspace`.
    ServerUnreachable, PasswordRefused, ...
        As `weijian.storage.server_errors` has them.
    """
    if not folder.exists():
        raise FileMissing(path=folder)
    store = _store_in(folder, password)
    try:
        with store.in_sentences(), writing_to(folder):
            return _open(folder, store, clock)
    except BaseException:
        store.close()
        raise


def migrate_workspace(folder: Path, *, password: str | None = None, clock: Clock = utc_now) -> Job[Migrated]:
    """Bring a workspace made by an older program forward, after a backup; the other errors of `open_workspace`."""
    if not folder.exists():
        raise FileMissing(path=folder)
    store = _store_in(folder, password)
    try:
        with store.in_sentences(), writing_to(folder):
            revision, crs, _ = _inspect(folder, store)
            (folder / "backups").mkdir(exist_ok=True)
            return (yield from bring_forward(folder, store, revision, crs, clock))
    finally:
        store.close()


def is_workspace(folder: Path) -> bool:
    """Whether a folder looks like a workspace, without opening it."""
    return (folder / DATABASE).is_file() or (folder / POINTER).is_file()


def crs_text(crs: pyproj.CRS) -> str:
    """A CRS as the settings keep it."""
    code = crs.to_epsg()
    return f"EPSG:{code}" if code else crs.to_wkt()


def _store_in(folder: Path, password: str | None) -> Store:
    pointer, database = folder / POINTER, folder / DATABASE
    if pointer.is_file():
        from weijian.storage.server_store import ServerStore

        return ServerStore(pointer, Login(read_pointer(pointer), password))
    if not database.is_file() or not database.stat().st_size:
        raise NotWorkspace(path=folder, why=Words(f"其中没有 {DATABASE}", f"it has no {DATABASE}"))
    return GeoPackageStore(database)


def _open(folder: Path, store: Store, clock: Clock) -> Workspace:
    revision, crs, evidence = _inspect(folder, store)
    for name in FOLDERS:
        (folder / name).mkdir(exist_ok=True)
    newest = schema.revisions()[-1]
    if revision != newest and store.schema is not None:
        raise ArchiveOlder(place=store.place, found=revision, needed=newest, path=folder)
    finish(bring_forward(folder, store, revision, crs, clock))
    store.settle()
    return Workspace(folder, crs, geopackage.srs_id_of(crs), store, evidence_in(folder, evidence), clock)


def _inspect(folder: Path, store: Store) -> tuple[str, pyproj.CRS, Path | None]:
    """Revision, CRS and folder of evidence of a workspace, without writing to what may not be one."""
    with store.reader.connect() as connection:
        found = schema.revision_of(connection, store.schema)
        if found is None and store.schema is not None:
            raise ArchiveMissing(place=store.place)
        if found is None:
            why = Words(f"{DATABASE} 是其他程序的文件", f"{DATABASE} was made by another program")
            raise NotWorkspace(path=folder, why=why)
        newest = schema.revisions()[-1]
        if found not in schema.revisions():
            raise NewerVersion(path=folder, found=found, supported=newest)
        settings = UnitOfWork(Scope(connection, folder, 0, audit.Journal())).settings.all()
        evidence = store.evidence or settings.get(EVIDENCE_FOLDER)
        return found, pyproj.CRS.from_user_input(settings["crs"]), evidence and Path(evidence)


@contextmanager
def _acting(
    folder: Path, srs_id: int, store: Store, connection: Connection, acts: tuple[Clock, str, str]
) -> Iterator[UnitOfWork]:
    """One action within a transaction, with its entry in the audit."""
    clock, user, action = acts
    journal = audit.Journal()
    work = UnitOfWork(Scope(connection, folder, srs_id, journal))
    yield work
    work.refresh_search()
    now = clock()
    audit.append(connection, at=now, actor=user, action=action, journal=journal)
    store.note_changes(connection, [*journal.changes, audit_entries], now)
