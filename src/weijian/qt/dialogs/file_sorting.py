"""Which dialog takes which of the files that were dropped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from weijian.cadastre.formats import SHAPEFILE_PARTS, endings, is_folder
from weijian.services.workspaces import is_workspace

_RASTERS = frozenset({".tif", ".tiff", ".img", ".vrt", ".jp2", ".ecw"})
_TABLES = frozenset(endings())
_SIDE_FILES = frozenset({*SHAPEFILE_PARTS, ".tfw", ".tifw", ".ovr", ".xml"})


@dataclass(frozen=True)
class DroppedFiles:
    """Files by what they are for: surveys, the archive, or neither; and folders, of photographs or a workspace."""

    rasters: tuple[Path, ...]
    tables: tuple[Path, ...]
    others: tuple[Path, ...]
    folders: tuple[Path, ...] = ()
    workspace: Path | None = None


def looked_at(paths: Sequence[Path]) -> DroppedFiles:
    """Sort what was dropped, folders too; looks at the disk, or a share, and is meant for a worker.

    A folder with the ending of a table (FileGDB) is one.
    """
    folders = tuple(path for path in paths if path.is_dir() and not is_folder(path))
    workspace = next((folder for folder in folders if is_workspace(folder)), None)
    files = sorted_files(path for path in paths if path not in folders)
    return replace(files, folders=tuple(each for each in folders if each != workspace), workspace=workspace)


def sorted_files(paths: Iterable[Path]) -> DroppedFiles:
    """Sort files by their endings, without looking into them; files that only go with another are left out."""
    kept = [path for path in dict.fromkeys(paths) if path.suffix.lower() not in _SIDE_FILES]
    shapes = {path.with_suffix("") for path in kept if path.suffix.lower() == ".shp"}
    kept = [path for path in kept if path.suffix.lower() != ".dbf" or path.with_suffix("") not in shapes]
    rasters = tuple(path for path in kept if path.suffix.lower() in _RASTERS)
    tables = tuple(path for path in kept if path.suffix.lower() in _TABLES)
    return DroppedFiles(rasters, tables, tuple(path for path in kept if path not in {*rasters, *tables}))
