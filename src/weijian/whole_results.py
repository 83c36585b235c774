"""Results that are there whole or not at all: the one way every room writes what others read."""

import os
import secrets
import shutil
from collections.abc import Callable, Iterator, Sequence
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


@contextmanager
def replaced_together(path: Path, endings: Sequence[str]) -> Iterator[Path]:
    """As `replaced`, for files of one stem that belong together: all of them take their places, or none does.

    Parameters
    ----------
    path : Path
        The leading file.
    endings : sequence of str
        What may follow the stem. Files of ``path``'s stem with one of them that are not written anew are taken away.

    Raises
    ------
    TargetUnwritable
    """
    temporary, former = _aside(path), _aside(path)
    try:
        temporary.touch(exist_ok=False)  # the system's own reason, before a library hides it
        temporary.unlink()
        yield temporary
        kept = [ending for ending in endings if path.with_suffix(ending).exists()]
        try:
            for ending in kept:
                path.with_suffix(ending).replace(former.with_suffix(ending))
            for ending in endings:
                if temporary.with_suffix(ending).exists():
                    temporary.with_suffix(ending).replace(path.with_suffix(ending))
        except OSError:
            for ending in kept:
                if former.with_suffix(ending).exists():
                    former.with_suffix(ending).replace(path.with_suffix(ending))
            raise
    except TargetUnwritable:
        raise
    except OSError as error:
        raise TargetUnwritable(path=path, why=reason(error)) from error
    finally:
        for ending in endings:
            for name in (temporary, former):
                with suppress(OSError):
                    name.with_suffix(ending).unlink(missing_ok=True)


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
