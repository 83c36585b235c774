"""Taking a folder of photographs into the evidence: every file accounted for, all of them or none.

Photographs are read and copied by several threads; the register is written in one transaction at the end. When the
import is cancelled or fails before that, what it had copied is taken away again.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from pyproj import Transformer

from weijian.domain.change_set import ChangeSet, Done
from weijian.domain.errors import FileMissing, FileUnreadable, InputError
from weijian.domain.evidence import Evidence, EvidenceKind, PositionSource
from weijian.domain.job import Job, Progress
from weijian.domain.language import Words
from weijian.services.actor import current_actor
from weijian.services.evidence import evidence_of
from weijian.services.photo_matching import WGS84, nearest_buildings, views_of
from weijian.services.photos import Doubt, read_photo
from weijian.storage.unit_of_work import UnitOfWork
from weijian.storage.workspace import Workspace, open_workspace

USUAL_DISTANCE_M = 30.0
_ENDINGS = frozenset({".jpg", ".jpeg", ".jpe", ".png", ".tif", ".tiff", ".webp", ".heic", ".heif"})
_WORKERS = 8
_BATCH = 64

_IS_LINK = Words(
    "是链接，不跟随；请导入它指向的原文件", "it is a link, which is not followed: import the file it names"
)
_NO_PHOTO = Words("不是照片", "it is not a photograph")
_GONE = Words("读取期间文件不见了", "it was gone when it was to be read")


class FolderMissing(InputError):
    """There is no such folder."""

    zh = "找不到文件夹 {path}；请检查路径是否正确、共享盘是否已连接。"
    en = "Folder {path} was not found; check the path and that the share is connected."


@dataclass(frozen=True)
class RefusedFile:
    """A file that was not taken, and why."""

    path: Path
    why: Words


@dataclass(frozen=True)
class DoubtfulPhoto:
    """A photograph that was taken and that a person should look at."""

    path: Path
    sha256: str
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True)
class PhotoImport:
    """What became of a folder's files: each is taken, a duplicate, or refused.

    Attributes
    ----------
    found : int
        Files in the folder.
    taken : tuple of Evidence
        New in the archive, with the building they show.
    duplicates : tuple of Path
        The same bytes are in the archive, or came earlier in the folder.
    refused : tuple of RefusedFile
    doubtful : tuple of DoubtfulPhoto
        Of those taken.
    """

    found: int
    taken: tuple[Evidence, ...]
    duplicates: tuple[Path, ...]
    refused: tuple[RefusedFile, ...]
    doubtful: tuple[DoubtfulPhoto, ...]

    @property
    def unplaced(self) -> int:
        """How many of those taken have no position."""
        return sum(photo.longitude is None for photo in self.taken)

    @property
    def matched(self) -> int:
        """How many of those taken show a building of the archive."""
        return sum(photo.building_no is not None for photo in self.taken)


@dataclass(frozen=True)
class _Kept:
    """A photograph whose copy is in the store, and its entry before it is written."""

    path: Path
    entry: Evidence
    doubts: tuple[Doubt, ...]


Outcome = _Kept | RefusedFile


def import_photos(folder: Path, source: Path, distance_m: float = USUAL_DISTANCE_M) -> Job[Done[PhotoImport]]:
    """Take the photographs of a folder and of those in it; the originals are only read.

    Parameters
    ----------
    folder : Path
        The workspace.
    source : Path
        The folder with photographs.
    distance_m : float
        How far a building may be from where a photograph was taken.

    Raises
    ------
    FolderMissing
    TargetUnwritable
        The workspace's disk is full or write-protected; nothing is kept then.
    """
    if not source.is_dir():
        raise FolderMissing(path=source)
    yield Progress("find", 0, 1)
    files, refused = _files_of(source, folder.resolve())
    found = len(files) + len(refused)
    with open_workspace(folder) as workspace:
        with workspace.read() as work:
            known = {each.sha256 for each in work.evidence.all()}
        fresh: dict[str, _Kept] = {}
        duplicates: list[Path] = []
        try:
            with ThreadPoolExecutor(_WORKERS, "photo") as pool, closing(_kept(pool, workspace, files)) as outcomes:
                for done, outcome in enumerate(outcomes, start=len(refused) + 1):
                    if isinstance(outcome, RefusedFile):
                        refused.append(outcome)
                    elif outcome.entry.sha256 in known or outcome.entry.sha256 in fresh:
                        duplicates.append(outcome.path)
                    else:
                        fresh[outcome.entry.sha256] = outcome
                    if done % _BATCH == 0:
                        yield Progress("photos", done, found)
            yield Progress("store", 0, 1)
            taken, changes = _enter(workspace, [kept.entry for kept in fresh.values()], distance_m)
        except BaseException:
            _forget(workspace, fresh)
            raise
    doubtful = tuple(DoubtfulPhoto(kept.path, sha256, kept.doubts) for sha256, kept in fresh.items() if kept.doubts)
    return Done(PhotoImport(found, tuple(taken), tuple(duplicates), tuple(refused), doubtful), changes)


def place_photo(folder: Path, sha256: str, x: float, y: float, distance_m: float = USUAL_DISTANCE_M) -> Done[Evidence]:
    """Say where a photograph was taken, by hand; what the camera recorded stays in the file.

    Parameters
    ----------
    x, y : float
        Easting and northing in the workspace's CRS.

    Raises
    ------
    NotFound
    """
    with open_workspace(folder) as workspace, workspace.transaction(current_actor(), "place-photo") as work:
        longitude, latitude = Transformer.from_crs(workspace.crs, WGS84, always_xy=True).transform(x, y)
        photo = replace(
            work.evidence.get(sha256), longitude=longitude, latitude=latitude, position_from=PositionSource.HAND
        )
        (matched,) = _matched(workspace, work, [photo], distance_m)
        work.evidence.upsert_many([matched])
        return Done(matched, work.changes)


def match_photos(folder: Path, distance_m: float = USUAL_DISTANCE_M) -> Done[int]:
    """Find anew which building each photograph shows, after the archive has changed; answers how many show one."""
    with open_workspace(folder) as workspace, workspace.transaction(current_actor(), "match-photos") as work:
        photos = [each for each in work.evidence.all() if each.kind is EvidenceKind.PHOTO]
        matched = _matched(workspace, work, photos, distance_m)
        work.evidence.upsert_many(matched)
        return Done(sum(each.building_no is not None for each in matched), work.changes)


def _files_of(source: Path, workspace: Path) -> tuple[list[Path], list[RefusedFile]]:
    """Files by name, folder by folder; links are not followed, and the workspace is not looked into."""
    files: list[Path] = []
    refused: list[RefusedFile] = []
    for parent, folders, names in os.walk(source, followlinks=False):
        folders.sort()
        here = Path(parent)
        folders[:] = [name for name in folders if (here / name).resolve() != workspace]
        links = [name for name in folders if (here / name).is_symlink()]
        refused += [RefusedFile(here / name, _IS_LINK) for name in links]
        for name in sorted(names):
            path = here / name
            if path.is_symlink():
                refused.append(RefusedFile(path, _IS_LINK))
            elif path.suffix.lower() not in _ENDINGS:
                refused.append(RefusedFile(path, _NO_PHOTO))
            else:
                files.append(path)
    return files, refused


def _kept(pool: ThreadPoolExecutor, workspace: Workspace, files: Sequence[Path]) -> Generator[Outcome, None, None]:
    """Read and copy the files in their order, not many more than are asked for; copies nobody asked for are undone."""
    waiting: list[Future[Outcome]] = []
    remaining = iter(files)
    try:
        while True:
            waiting += [pool.submit(_keep, workspace, path) for path in islice(remaining, _BATCH - len(waiting))]
            if not waiting:
                return
            yield waiting.pop(0).result()
    finally:
        begun = [future for future in waiting if not future.cancel()]
        copies = [future.result() for future in begun if future.exception() is None]
        _forget(workspace, [copy.entry.sha256 for copy in copies if isinstance(copy, _Kept)])


def _keep(workspace: Workspace, path: Path) -> Outcome:
    try:
        facts = read_photo(path)
        sha256 = workspace.evidence_store.put(path)
        return _Kept(path, evidence_of(sha256, path, EvidenceKind.PHOTO, facts), facts.doubts)
    except (FileMissing, FileUnreadable, FileNotFoundError) as error:
        return RefusedFile(path, _why(error))


def _why(error: Exception) -> Words:
    why = error.data.get("why") if isinstance(error, FileUnreadable) else None
    return why if isinstance(why, Words) else _GONE


def _forget(workspace: Workspace, copied: Iterable[str]) -> None:
    """Take away copies of an import that did not come to its end, unless the register has them."""
    wanted = set(copied)
    if wanted:
        with workspace.read() as work:
            wanted -= set(work.evidence.find(wanted))
    for sha256 in wanted:
        workspace.evidence_store.drop(sha256)


def _enter(workspace: Workspace, entries: Sequence[Evidence], distance_m: float) -> tuple[list[Evidence], ChangeSet]:
    if not entries:
        return [], ChangeSet()
    with workspace.transaction(current_actor(), "import-photos") as work:
        taken = _matched(workspace, work, entries, distance_m)
        work.evidence.upsert_many(taken)
        return taken, work.changes


def _matched(workspace: Workspace, work: UnitOfWork, photos: Sequence[Evidence], distance_m: float) -> list[Evidence]:
    buildings = work.buildings.footprints()
    shown = nearest_buildings(views_of(photos, workspace.crs), buildings.numbers, buildings.geometry, distance_m)
    return [replace(photo, building_no=number) for photo, number in zip(photos, shown, strict=True)]
