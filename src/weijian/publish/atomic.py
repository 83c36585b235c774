"""Results that are there whole or not at all."""

import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

from weijian.domain.errors import TargetExists, TargetUnwritable
from weijian.domain.system_reasons import reason


def write_file(path: Path, content: bytes) -> Path:
    """Write ``content`` under ``path``, replacing what is there only once everything is on disk.

    Raises
    ------
    TargetUnwritable
        The folder is missing or read-only, the disk is full, or the file is open elsewhere (Windows).
    """
    partial = _partial(path)
    try:
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        _discard(partial)
        raise TargetUnwritable(path=path, why=reason(error)) from error
    return path


def write_folder(folder: Path, mark: str, fill: Callable[[Path], None]) -> Path:
    """Let ``fill`` make a folder's content aside, then put it in the place of ``folder``.

    Parameters
    ----------
    folder : Path
        May exist when it is empty or was made by an earlier run, which is told by its holding ``mark``.
    mark : str
        Name of a file that every such folder holds.

    Raises
    ------
    TargetExists
        The folder holds something else, which is left alone.
    TargetUnwritable
        It cannot be written.
    """
    partial, old = _partial(folder), _partial(folder)
    try:
        if folder.exists() and not (folder / mark).is_file() and (not folder.is_dir() or any(folder.iterdir())):
            raise TargetExists(path=folder)
        partial.mkdir()
        fill(partial)
        if folder.exists():
            folder.replace(old)
        partial.replace(folder)
    except OSError as error:
        if old.exists() and not folder.exists():
            old.replace(folder)
        if isinstance(error, TargetExists | TargetUnwritable):
            raise
        raise TargetUnwritable(path=folder, why=reason(error)) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    shutil.rmtree(old, ignore_errors=True)
    return folder


def _partial(path: Path) -> Path:
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")


def _discard(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return  # the disk itself is gone; the sentence about the write already says so
