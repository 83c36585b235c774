"""Compressed archives, unpacked without trusting them."""

from __future__ import annotations

import errno
import lzma
import shutil
import stat
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from weijian.cadastre.encodings import decide, decode
from weijian.cadastre.errors import (
    ArchiveBroken,
    ArchiveLocked,
    ArchiveNested,
    ArchiveTooLarge,
    ArchiveUnsafe,
)
from weijian.domain.errors import FileUnreadable, InputError

MOST_BYTES = 4 * 1024**3
MOST_ENTRIES = 20_000
MOST_RATIO = 400
"""Unpacked to packed; tables padded with blanks reach a hundred, a bomb a thousand."""
RATIO_COUNTS_FROM = 64 * 1024**2
_CHUNK = 1024**2
_PACKED = frozenset({".zip", ".kmz", ".rar", ".7z", ".gz", ".tgz", ".bz2", ".xz", ".tar", ".cab"})
_UTF8_NAME = 0x800
_LOCKED = 0x1
_FAULTS = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    OverflowError,
    ValueError,
)
"""What zipfile lets through, whatever is damaged; a name that is no UTF-8 is a ValueError."""


@contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """A temporary folder with the content of a zip, gone when the block ends.

    Raises
    ------
    ArchiveUnsafe, ArchiveTooLarge, ArchiveNested, ArchiveLocked, ArchiveBroken
    """
    with tempfile.TemporaryDirectory(prefix="weijian-") as folder:
        with damage_told(ArchiveBroken(path=path)), zipfile.ZipFile(path) as archive:
            _unpack(path, archive, Path(folder))
        yield Path(folder)


@contextmanager
def damage_told(refusal: FileUnreadable) -> Iterator[None]:
    """Whatever zipfile raises where an archive is damaged becomes one refusal; a full disk stays what it is."""
    try:
        yield
    except InputError:
        raise
    except _FAULTS as error:
        raise refusal from error
    except OSError as error:
        if error.errno != errno.EINVAL:  # a place before the beginning of the file
            raise
        raise refusal from error


def check_parts(path: Path) -> None:
    """Check that the parts of a document that is a zip (XLSX) are not swollen.

    Raises
    ------
    ArchiveTooLarge, ArchiveBroken
    """
    with damage_told(ArchiveBroken(path=path)), zipfile.ZipFile(path) as archive:
        _check_sizes(path, archive.infolist())


def _unpack(path: Path, archive: zipfile.ZipFile, folder: Path) -> None:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    _check_sizes(path, entries)
    names = _names(entries)
    for entry, name in zip(entries, names, strict=True):
        _check_entry(path, entry, name)
    for entry, name in zip(entries, names, strict=True):
        target = folder.joinpath(*PurePosixPath(name).parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        # zipfile gives no more bytes than the entry declares, so what was checked holds.
        with archive.open(entry) as source, target.open("wb") as file:
            shutil.copyfileobj(source, file, _CHUNK)


def _check_sizes(path: Path, entries: Sequence[zipfile.ZipInfo]) -> None:
    total, packed = sum(e.file_size for e in entries), sum(e.compress_size for e in entries)
    swollen = total > RATIO_COUNTS_FROM and total > MOST_RATIO * max(packed, 1)
    if len(entries) > MOST_ENTRIES or total > MOST_BYTES or swollen:
        raise ArchiveTooLarge(path=path, limit=MOST_BYTES // 1024**2)


def _check_entry(path: Path, entry: zipfile.ZipInfo, name: str) -> None:
    place = PurePosixPath(name)
    linked = stat.S_ISLNK(entry.external_attr >> 16)
    if place.is_absolute() or ".." in place.parts or ":" in name or "\0" in name or linked or not place.parts:
        raise ArchiveUnsafe(path=path, entry=name)
    if place.suffix.lower() in _PACKED:
        raise ArchiveNested(path=path, entry=name)
    if entry.flag_bits & _LOCKED:
        raise ArchiveLocked(path=path)


def _names(entries: Sequence[zipfile.ZipInfo]) -> list[str]:
    """Names of entries, slashes forward; those that an older Chinese Windows packed are in GBK."""
    raw = [None if e.flag_bits & _UTF8_NAME else _as_bytes(e.filename) for e in entries]
    decided = decide({name for name in raw if name is not None})
    codec = "gbk" if decided is None else decided.name
    told = [
        e.filename if name is None else decode(name, codec) or e.filename for e, name in zip(entries, raw, strict=True)
    ]
    return [name.replace("\\", "/") for name in told]


def _as_bytes(name: str) -> bytes | None:
    """The bytes that zipfile read as code page 437."""
    try:
        return name.encode("cp437")
    except UnicodeEncodeError:
        return None
