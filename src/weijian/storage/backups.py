"""Backups: a copy of an archive in a folder, with a list of its files and their hashes, and the way back."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from weijian import __version__
from weijian.domain.errors import FileMissing, FileUnreadable, InputError
from weijian.domain.job import Job, Progress
from weijian.domain.language import Words
from weijian.storage.column_types import utc_text
from weijian.storage.copying import CopyReport, copy_workspace
from weijian.storage.files import writing_to
from weijian.storage.founding import FOLDERS, building_aside, give_name
from weijian.storage.workspace import Workspace

MANIFEST = "backup.json"
"""Written last: a folder without it is no whole backup."""

_CHUNK = 1 << 20


class BackupDamaged(InputError):
    """A file of a backup is missing or is not as it was written."""

    zh = "备份 {path} 已损坏：{name} 缺失或与清单不符；没有恢复任何内容，请换用另一份备份。"
    en = "The backup {path} is damaged: {name} is missing or not as listed; nothing was restored, use another backup."


@dataclass(frozen=True)
class Backup:
    """A backup that was made: where, how many files, and what the copy found."""

    folder: Path
    files: int
    copy: CopyReport


def back_up(source: Workspace, folder: Path) -> Job[Backup]:
    """Copy an archive, of either store, into a folder: a GeoPackage and the evidence, listed by hash.

    Raises
    ------
    TargetExists, TargetUnwritable, CopyDiffers
        Nothing is left behind then.
    """
    report = yield from copy_workspace(source, folder)
    with writing_to(folder):
        listed = {path.relative_to(folder).as_posix(): _hash(path) for path in _files(folder)}
        manifest = {"weijian": __version__, "made": utc_text(source.clock()), "files": listed}
        text = json.dumps(manifest, ensure_ascii=False, indent=1)
        (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")
    return Backup(folder, len(listed), report)


def restore(backup: Path, folder: Path) -> Job[None]:
    """Make a workspace of a backup, in a folder that is not there yet or is empty.

    Raises
    ------
    FileMissing, FileUnreadable
        ``backup`` is no backup.
    BackupDamaged
        One of its files is not as it was written; nothing is left behind then.
    TargetExists, TargetUnwritable
        As for a new workspace.
    """
    listed = _listed(backup)
    with writing_to(folder), building_aside(folder) as aside:
        for number, (name, sha256) in enumerate(sorted(listed.items())):
            yield Progress("restore", number, len(listed))
            target = aside / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if not (backup / name).is_file():
                raise BackupDamaged(path=backup, name=name)
            shutil.copyfile(backup / name, target)
            if _hash(target) != sha256:
                raise BackupDamaged(path=backup, name=name)
        give_name(aside, folder)


def _listed(backup: Path) -> dict[str, str]:
    manifest = backup / MANIFEST
    if not manifest.is_file():
        raise FileMissing(path=manifest)
    try:
        listed = json.loads(manifest.read_text(encoding="utf-8"))["files"]
        sound = all(_stays_inside(name) and isinstance(sha256, str) for name, sha256 in listed.items())
    except (ValueError, KeyError, TypeError, AttributeError):
        sound = False
    if not sound:
        raise FileUnreadable(path=manifest, why=Words("不是备份清单", "it is no list of a backup"))
    return dict(listed)


def _stays_inside(name: str) -> bool:
    """Whether a listed name leads into the workspace and nowhere else."""
    path = Path(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name and ":" not in name


def _files(folder: Path) -> Iterator[Path]:
    yield from (path for path in sorted(folder.iterdir()) if path.is_file())
    kept = (path for name in FOLDERS if name != "cache" for path in sorted((folder / name).rglob("*")))
    yield from (path for path in kept if path.is_file())


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
