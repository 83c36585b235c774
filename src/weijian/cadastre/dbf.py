"""The attribute table of a shapefile, read as bytes so that every value keeps its row, its field and its doubt.

GDAL decodes on the way and fails on the whole file; a table that came from an office needs to be read row by row.
Layout: "Data File Header Structure for the dBASE Version 7 Table File" and dBase III+/FoxPro, which shapefiles use.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from weijian.cadastre.errors import ContentUnexpected, FileEmpty, FileTruncated

_HEADER = 32
_FIELD = 32
_END_OF_FIELDS = 0x0D
_DELETED = b"*"
_READABLE = frozenset("CNFDL")


@dataclass(frozen=True)
class DbfField:
    """A column: its heading as bytes, type letter (C text, N and F number, D date, L logical ...) and bytes a value."""

    name: bytes
    kind: str
    width: int


@dataclass(frozen=True)
class DbfTable:
    """All rows as bytes.

    ``values[i]`` is an ``S`` array (rows,) of field i, padding removed. ``kept`` holds the 0-based record numbers that
    are not marked deleted, in order; only those are in ``values``. ``records`` counts all. Memo and binary columns are
    left out.
    """

    fields: tuple[DbfField, ...]
    values: tuple[NDArray[np.bytes_], ...]
    kept: NDArray[np.int64]
    records: int
    ldid: int


def read_dbf(path: Path) -> DbfTable:
    """Read a DBF file into raw bytes.

    Raises
    ------
    FileEmpty, FileTruncated, ContentUnexpected
    """
    data = path.read_bytes()
    if not data:
        raise FileEmpty(path=path)
    if len(data) < _HEADER + 1:
        raise FileTruncated(path=path, expected=_HEADER + 1, found=len(data))
    records, header_length, record_length = struct.unpack_from("<IHH", data, 4)
    fields = _fields(data, header_length, record_length)
    used = 1 + sum(f.width for f in fields)
    if not fields or used > record_length:
        raise ContentUnexpected(path=path, expected="DBF")
    expected = header_length + records * record_length
    if len(data) < expected:
        raise FileTruncated(path=path, expected=expected, found=len(data))
    offsets = np.cumsum([1] + [f.width for f in fields])[:-1]
    row_type = np.dtype(
        {
            "names": ["mark", *(str(i) for i in range(len(fields)))],
            "formats": ["S1", *(f"S{f.width}" for f in fields)],
            "offsets": [0, *offsets.tolist()],
            "itemsize": record_length,
        }
    )
    rows = np.frombuffer(data, row_type, count=records, offset=header_length)
    kept = np.flatnonzero(rows["mark"] != _DELETED)
    readable = [i for i, field in enumerate(fields) if field.kind in _READABLE]
    values = tuple(np.strings.rstrip(rows[str(i)][kept], b" \0") for i in readable)
    return DbfTable(tuple(fields[i] for i in readable), values, kept, records, data[29])


def _fields(data: bytes, header_length: int, record_length: int) -> tuple[DbfField, ...]:
    descriptors = []
    for start in range(_HEADER, min(header_length, len(data)) - _FIELD + 1, _FIELD):
        if data[start] == _END_OF_FIELDS:
            break
        descriptors.append(data[start : start + _FIELD])
    if any(d[16] == 0 or not chr(d[11]).isalpha() for d in descriptors):
        return ()
    # FoxPro and Clipper keep the high byte of a long text field's width where others keep the decimals.
    wide = [d[16] + (256 * d[17] if d[11:12] == b"C" else 0) for d in descriptors]
    widths = wide if 1 + sum(wide) <= record_length else [d[16] for d in descriptors]
    return tuple(
        DbfField(d[:11].split(b"\0")[0].rstrip(), chr(d[11]), width)
        for d, width in zip(descriptors, widths, strict=True)
    )
