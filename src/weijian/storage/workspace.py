"""The workspace: a folder with everything a bureau knows of one place.

``workspace.gpkg`` (cases and layers), ``evidence/`` (files by their hash), ``surveys/`` (copies, when asked for),
``cache/`` (can be deleted), ``backups/``.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from uuid import uuid4

import pyproj
from sqlalchemy import Connection, Engine

from weijian.domain.errors import FileMissing, NewerVersion, NotWorkspace, TargetExists
from weijian.domain.language import Words
from weijian.storage import audit, geopackage, household_search, schema
from weijian.storage.column_types import utc_text
from weijian.storage.engine import connect, copy_database, in_sentences, leave, visit
from weijian.storage.evidence_files import EvidenceStore
from weijian.storage.files import writing_to
from weijian.storage.holding import hold
from weijian.storage.rows import Scope
from weijian.storage.tables import audit_entries, metadata
from weijian.storage.unit_of_work import UnitOfWork

DATABASE = "workspace.gpkg"
_FOLDERS = ("evidence", "surveys", "cache", "backups")

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
        Its number in the GeoPackage.
    """

    folder: Path
    crs: pyproj.CRS
    srs_id: int
    writer: Engine
    reader: Engine
    clock: Clock
    resources: ExitStack

    def __enter__(self) -> "Workspace":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        self.resources.close()

    @property
    def database(self) -> Path:
        """The GeoPackage."""
        return self.folder / DATABASE

    @property
    def cache(self) -> Path:
        """Folder for what can be made again."""
        return self.folder / "cache"

    @property
    def evidence_store(self) -> EvidenceStore:
        """The files of evidence."""
        return EvidenceStore(self.folder / "evidence", self.cache)

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
            When the database is locked, cannot be written or is damaged.
        """
        with in_sentences(self.database), self.writer.begin() as connection:
            journal = audit.Journal()
            work = UnitOfWork(Scope(connection, self.folder, self.srs_id, journal))
            yield work
            work.refresh_search()
            now = self.clock()
            audit.append(connection, at=now, actor=user, action=action, journal=journal)
            geopackage.touch(connection, [*journal.changes, audit_entries], utc_text(now))

    @contextmanager
    def read(self) -> Iterator[UnitOfWork]:
        """A view of one moment; writing through it fails."""
        with in_sentences(self.database), self.reader.connect() as connection:
            yield UnitOfWork(Scope(connection, self.folder, self.srs_id, audit.Journal()))


def create_workspace(
    folder: Path, *, name: str, crs: pyproj.CRS, bureau: str | None = None, clock: Clock = utc_now
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

    Raises
    ------
    TargetExists
        When something is there already.
    TargetUnwritable
        When the place cannot be written; nothing is left behind then.
    CrsUnusable
        When areas cannot be measured in ``crs``.
    """
    usable = geopackage.usable_crs(crs, folder)
    with writing_to(folder):
        if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
            raise TargetExists(path=folder)
        _build_aside(folder, usable, {"name": name, "bureau": bureau, "crs": _crs_text(usable)}, clock)
    return open_workspace(folder, clock=clock)


def open_workspace(folder: Path, *, clock: Clock = utc_now) -> Workspace:
    """Open a workspace; one made by an older program is brought forward after a backup.

    Raises
    ------
    FileMissing, NotWorkspace
        When there is none.
    NewerVersion
        When a newer program made it.
    """
    database = folder / DATABASE
    if not folder.exists():
        raise FileMissing(path=folder)
    if not database.is_file() or not database.stat().st_size:
        raise NotWorkspace(path=folder, why=Words(f"其中没有 {DATABASE}", f"it has no {DATABASE}"))
    resources = ExitStack()
    try:
        with in_sentences(database), writing_to(folder):
            return _open(folder, resources, clock)
    except BaseException:
        resources.close()
        raise


def _open(folder: Path, resources: ExitStack, clock: Clock) -> Workspace:
    database = folder / DATABASE
    reader = connect(database, writable=False)
    resources.callback(reader.dispose)
    revision, crs = _inspect(folder, reader)
    for name in _FOLDERS:
        (folder / name).mkdir(exist_ok=True)
    writer = connect(database, writable=True)
    resources.callback(leave, writer, database)
    _bring_forward(folder, writer, revision, crs, clock)
    visit(writer)
    resources.push(hold(database))
    for engine in (writer, reader):
        resources.callback(engine.dispose)
    return Workspace(folder, crs, geopackage.srs_id_of(crs), writer, reader, clock, resources)


def _build_aside(folder: Path, crs: pyproj.CRS, settings: dict[str, str | None], clock: Clock) -> None:
    """Build under a temporary name beside the target, then give it its name in one step."""
    near = next(parent for parent in folder.absolute().parents if parent.exists())
    aside = near / f".weijian-{uuid4().hex}"
    aside.mkdir()
    try:
        for name in _FOLDERS:
            (aside / name).mkdir()
        writer = connect(aside / DATABASE, writable=True)
        try:
            with in_sentences(folder), writer.begin() as connection:
                geopackage.write_catalogue(connection, crs)
                _migrate(connection, crs)
            fresh = Workspace(aside, crs, geopackage.srs_id_of(crs), writer, writer, clock, ExitStack())
            with fresh.transaction("weijian", "create-workspace") as work:
                for key, value in settings.items():
                    work.settings.set(key, value)
        finally:
            writer.dispose()
        folder.parent.mkdir(parents=True, exist_ok=True)
        if folder.exists():
            folder.rmdir()
        aside.rename(folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _inspect(folder: Path, reader: Engine) -> tuple[str, pyproj.CRS]:
    """Revision and CRS of a workspace, without writing to what may not be one."""
    with reader.connect() as connection:
        found = schema.revision_of(connection)
        if found is None:
            why = Words(f"{DATABASE} 是其他程序的文件", f"{DATABASE} was made by another program")
            raise NotWorkspace(path=folder, why=why)
        newest = schema.revisions()[-1]
        if found not in schema.revisions():
            raise NewerVersion(path=folder, found=found, supported=newest)
        settings = UnitOfWork(Scope(connection, folder, 0, audit.Journal())).settings
        return found, pyproj.CRS.from_user_input(settings.get("crs"))


def _bring_forward(folder: Path, writer: Engine, revision: str, crs: pyproj.CRS, clock: Clock) -> None:
    newest = schema.revisions()[-1]
    if revision == newest:
        return
    stamp = clock().astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    copy_database(folder / DATABASE, folder / "backups" / f"before-{newest}-{stamp}.gpkg")
    with writer.begin() as connection:
        _migrate(connection, crs)
        household_search.refresh_all(connection)


def _migrate(connection: Connection, crs: pyproj.CRS) -> None:
    schema.upgrade(connection)
    geopackage.register(connection, metadata.sorted_tables, crs)


def _crs_text(crs: pyproj.CRS) -> str:
    code = crs.to_epsg()
    return f"EPSG:{code}" if code else crs.to_wkt()
