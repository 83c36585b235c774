"""Making a workspace: built aside under another name, and in its place whole or not at all."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pyproj
from sqlalchemy import Connection

from weijian.domain.errors import TargetExists
from weijian.storage import schema
from weijian.storage.evidence_files import EvidenceStore
from weijian.storage.files import writing_to
from weijian.storage.geopackage_store import DATABASE, GeoPackageStore
from weijian.storage.server_address import POINTER, Login, write_pointer
from weijian.storage.store import Store

FOLDERS = ("evidence", "surveys", "cache", "backups")


@dataclass(frozen=True)
class Founding:
    """A workspace that is being made: its tables are there and empty, and nothing is kept yet.

    ``folder`` is where it is built, not where it will be.
    """

    folder: Path
    store: Store
    connection: Connection
    evidence_store: EvidenceStore


@contextmanager
def founding(
    folder: Path, crs: pyproj.CRS, login: Login | None = None, revision: str = schema.NEWEST
) -> Iterator[Founding]:
    """Make a workspace that is filled in the block, and put it in its place when that ends well.

    Parameters
    ----------
    folder : Path
        Where it shall be: a folder that is not there yet, or is empty.
    crs : pyproj.CRS
        As `weijian.storage.geopackage.usable_crs` gives it.
    login : Login, optional
        Where the tables shall be when not in the folder itself.
    revision : str, optional
        An older one for the tables of an older program.

    Raises
    ------
    TargetExists, TargetUnwritable
        Something is in the folder's place already; it cannot be written. Nothing is left behind then, on the disk or on
        the server.
    ArchiveThere, PostgisMissing, ServerUnreachable, ...
        As `weijian.storage.server_errors` has them.
    """
    with writing_to(folder), building_aside(folder) as aside:
        store = _store(aside, folder, login)
        try:
            with store.in_sentences(), store.writer.begin() as connection:
                store.found(connection, crs)
                schema.upgrade(connection, store.schema, revision)
                store.fit(connection, schema.tables_in(connection, store.schema), crs)
                elsewhere = None if login is None else login.address.evidence
                yield Founding(aside, store, connection, evidence_in(aside, elsewhere))
            _put_in_place(aside, folder, store)
        finally:
            store.close()


def give_name(aside: Path, folder: Path) -> None:
    """Put what was built aside in its place."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    if folder.exists():
        folder.rmdir()
    aside.rename(folder)


def point_to(folder: Path, login: Login) -> None:
    """Make a folder whose tables are an archive that is on a server already."""
    with writing_to(folder), building_aside(folder) as aside:
        write_pointer(aside / POINTER, login.address)
        give_name(aside, folder)


def evidence_in(folder: Path, elsewhere: Path | None) -> EvidenceStore:
    """The files of evidence of a workspace: in its folder, or where the bureau keeps them for all."""
    if elsewhere is None:
        return EvidenceStore(folder / "evidence", folder / "cache")
    return EvidenceStore(elsewhere, elsewhere / ".partial")


@contextmanager
def building_aside(folder: Path) -> Iterator[Path]:
    """A folder beside the target, with the workspace's own folders in it; gone at the end unless it got its name."""
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise TargetExists(path=folder)
    near = next(parent for parent in folder.absolute().parents if parent.exists())
    aside = near / f".weijian-{uuid4().hex}"
    aside.mkdir()
    try:
        for name in FOLDERS:
            (aside / name).mkdir()
        yield aside
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _store(aside: Path, folder: Path, login: Login | None) -> Store:
    if login is None:
        return GeoPackageStore(aside / DATABASE, said=folder)
    from weijian.storage.server_store import ServerStore

    write_pointer(aside / POINTER, login.address)
    return ServerStore(folder / POINTER, login)


def _put_in_place(aside: Path, folder: Path, store: Store) -> None:
    """Give the finished folder its name; the file in it is closed before, as Windows asks."""
    try:
        if store.schema is None:
            store.close()
        give_name(aside, folder)
    except OSError:
        store.discard()
        raise
