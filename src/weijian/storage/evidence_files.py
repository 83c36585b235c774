"""The files of evidence, kept byte for byte under the SHA-256 of their bytes."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from weijian.domain.errors import FileMissing, FileUnreadable, NotFound, TargetUnwritable
from weijian.domain.language import Words
from weijian.domain.system_reasons import reason
from weijian.storage.files import writing_to

_CHUNK = 1 << 20


class EvidenceStore:
    """A folder of files named ``ab/cdef....jpg``: a file's own hash, and its suffix for the viewers' sake.

    Parameters
    ----------
    folder : Path
        Where the files are.
    scratch : Path
        A folder on the same disk for copies that are not complete.
    """

    def __init__(self, folder: Path, scratch: Path) -> None:
        self._folder = folder
        self._scratch = scratch

    def put(self, path: Path) -> str:
        """Keep a copy of a file; the original is only read.

        Returns
        -------
        str
            SHA-256 of its bytes. A file that is there already is not copied again.

        Raises
        ------
        FileMissing, FileUnreadable
            When the original cannot be read.
        TargetUnwritable
            When the copy cannot be written; nothing is left behind then.
        """
        try:
            source = path.open("rb")
        except FileNotFoundError as error:
            raise FileMissing(path=path) from error
        except OSError as error:
            raise FileUnreadable(path=path, why=reason(error)) from error
        with source, writing_to(self._folder):
            return self._keep(source, path)

    def has(self, sha256: str) -> bool:
        """Whether a file of that hash is kept, whole or not."""
        return any(True for _ in self._kept(sha256))

    def drop(self, sha256: str) -> None:
        """Take away a file that was put here for an action that did not come to its end.

        Raises
        ------
        TargetUnwritable
        """
        with writing_to(self._folder):
            for kept in self._kept(sha256):
                kept.unlink(missing_ok=True)

    def path(self, sha256: str) -> Path:
        """Where a kept file is.

        Raises
        ------
        NotFound
        """
        for kept in self._kept(sha256):
            return kept
        raise NotFound(kind=Words("证据", "evidence"), number=sha256)

    def is_intact(self, sha256: str) -> bool:
        """Whether a kept file is there and still has the bytes it is named for."""
        return any(_hash(kept) == sha256 for kept in self._kept(sha256))

    def _kept(self, sha256: str) -> Iterator[Path]:
        return (self._folder / sha256[:2]).glob(f"{sha256[2:]}.*")

    def _keep(self, source: BinaryIO, path: Path) -> str:
        self._scratch.mkdir(exist_ok=True)
        partial = self._scratch / f"{uuid4().hex}.partial"
        try:
            sha256 = _copy(source, partial, path)
            self._place(partial, sha256, path.suffix.lower())
        finally:
            partial.unlink(missing_ok=True)
        return sha256

    def _place(self, partial: Path, sha256: str, suffix: str) -> None:
        """Move a copy that is on the disk as it was read to its name; read it once more to be sure."""
        if self.is_intact(sha256):
            return
        if _hash(partial) != sha256:
            raise TargetUnwritable(
                path=self._folder, why=Words("写入后校验不符", "the copy does not read back the same")
            )
        target = self._folder / sha256[:2] / f"{sha256[2:]}{suffix or '.bin'}"
        target.parent.mkdir(exist_ok=True)
        partial.replace(target)
        _settle(target.parent)


def _copy(source: BinaryIO, partial: Path, path: Path) -> str:
    """Copy to the disk itself; answer the hash of what was read."""
    digest = hashlib.sha256()
    with partial.open("wb") as copy:
        while chunk := _read(source, path):
            digest.update(chunk)
            copy.write(chunk)
        copy.flush()
        os.fsync(copy.fileno())
    return digest.hexdigest()


def _read(source: BinaryIO, path: Path) -> bytes:
    try:
        return source.read(_CHUNK)
    except OSError as error:
        raise FileUnreadable(path=path, why=reason(error)) from error


def _settle(folder: Path) -> None:
    """Bring a folder's names to the disk too; Windows does that by itself and cannot open folders."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
