"""The files of evidence, kept byte for byte under the SHA-256 of their bytes."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from weijian.domain.errors import FileMissing, FileUnreadable, NotFound, TargetUnwritable
from weijian.domain.language import Words

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
            raise FileUnreadable(path=path, why=error.strerror or type(error).__name__) from error
        with source:
            return self._keep(source, path)

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
        partial: Path | None = None
        try:
            self._scratch.mkdir(exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self._scratch, suffix=".partial", delete=False) as copy:
                partial = Path(copy.name)
                sha256 = _copy(source, copy, path)
            self._place(partial, sha256, path.suffix.lower())
        except FileUnreadable:
            raise
        except OSError as error:
            raise TargetUnwritable(path=self._folder, why=error.strerror or type(error).__name__) from error
        finally:
            if partial is not None:
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


def _copy(source: BinaryIO, copy: "tempfile._TemporaryFileWrapper[bytes]", path: Path) -> str:
    digest = hashlib.sha256()
    while True:
        try:
            chunk = source.read(_CHUNK)
        except OSError as error:
            raise FileUnreadable(path=path, why=error.strerror or type(error).__name__) from error
        if not chunk:
            break
        digest.update(chunk)
        copy.write(chunk)
    copy.flush()
    os.fsync(copy.fileno())
    return digest.hexdigest()


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
