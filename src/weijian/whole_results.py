"""Results that are there whole or not at all: the one way every room writes what others read."""

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from weijian.domain.errors import TargetExists, TargetUnwritable
from weijian.domain.system_reasons import reason


@contextmanager
def replaced(path: Path) -> Iterator[Path]:
    """A temporary name beside ``path`` that takes its place when the block ends well, and is gone when it does not.

    Raises
    ------
    TargetUnwritable
        The folder is missing, read-only or full, or the file is held open by another program.
    """
    temporary = _aside(path)
    try:
        temporary.touch(exist_ok=False)  # the system's own reason, before a library hides it
        temporary.unlink()
        yield temporary
        temporary.replace(path)
    except TargetUnwritable:
        raise
    except OSError as error:
        raise TargetUnwritable(path=path, why=reason(error)) from error
    finally:
        with suppress(OSError):  # where nothing could be made there is nothing to take away
            temporary.unlink(missing_ok=True)


def write_file(path: Path, content: bytes) -> Path:
    """Write ``content`` under ``path``, replacing what is there only once everything is on disk.

    Raises
    ------
    TargetUnwritable
        The folder is missing or read-only, the disk is full, or the file is open elsewhere (Windows).
    """
    with replaced(path) as temporary, temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
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
    partial, old = _aside(folder), _aside(folder)
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


def _aside(path: Path) -> Path:
    """A hidden name beside ``path`` that nothing has; it keeps the ending, by which libraries choose the format."""
    return path.with_name(f".{path.stem}-{secrets.token_hex(4)}{path.suffix}")
