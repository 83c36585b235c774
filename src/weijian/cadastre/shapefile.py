"""ESRI shapefiles, and DBF tables alone. Text comes from the bytes, geometry from GDAL."""

from __future__ import annotations

import struct
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pyogrio
import shapely
from numpy.typing import NDArray
from pyproj import CRS

from weijian.cadastre.dbf import DbfField, DbfTable, read_dbf
from weijian.cadastre.encodings import TextEncoding, decide, known_codec
from weijian.cadastre.errors import (
    ContentUnexpected,
    EncodingUndecided,
    FileEmpty,
    FileTruncated,
    PartMissing,
    PartsDisagree,
)
from weijian.cadastre.faults import RowFault, Why
from weijian.cadastre.table import Objects, VectorTable
from weijian.cadastre.text import decode_column, decode_heading, distinct_headings

_MAGIC = 9994
_HEADER = 100
_INDEX_ENTRY = 8
_LONGEST_NAME = 10
_RECORD_HEADER = 8
_UNREADABLE = (pyogrio.errors.DataSourceError, pyogrio.errors.FeatureError, pyogrio.errors.GeometryError, ValueError)


def read_shapefile(path: Path, encoding: str = "auto") -> VectorTable:
    """Read a .shp with its companions.

    Raises
    ------
    FileUnreadable
        A part is missing, empty, cut off or something else.
    EncodingUndecided
    """
    shapes = _check_shapes(path)
    attributes = _companion(path, ".dbf")
    if attributes is None:
        raise PartMissing(path=path, part=".dbf")
    table = read_dbf(attributes)
    if table.records != shapes:
        raise PartsDisagree(path=path, shapes=shapes, rows=table.records)
    rows = table.kept + 1
    decided, columns, faults = _text(path, table, encoding, rows)
    geometry, unreadable = _geometry(path, table.kept)
    return VectorTable(path, None, _crs(path), decided, columns, geometry, rows, (*faults, *unreadable))


def read_dbf_alone(path: Path, encoding: str = "auto") -> VectorTable:
    """Read a .dbf as a table without geometry."""
    table = read_dbf(path)
    rows = table.kept + 1
    decided, columns, faults = _text(path, table, encoding, rows)
    return VectorTable(path, None, None, decided, columns, None, rows, tuple(faults))


def _companion(path: Path, suffix: str) -> Path | None:
    """The file of the same stem, whichever case its suffix is in."""
    candidates = (path.with_suffix(suffix), path.with_suffix(suffix.upper()))
    return next((c for c in candidates if c.is_file()), None)


def _check_shapes(path: Path) -> int:
    """Number of shapes, after the main file and its index were found whole."""
    index = _companion(path, ".shx")
    for part in (path, index):
        if part is None:
            raise PartMissing(path=path, part=".shx")
        size = part.stat().st_size
        if size == 0:
            raise FileEmpty(path=part)
        with part.open("rb") as file:
            header = file.read(_HEADER)
        if len(header) < _HEADER:
            raise FileTruncated(path=part, expected=_HEADER, found=size)
        magic, words = struct.unpack_from(">i20xi", header)
        if magic != _MAGIC:
            raise ContentUnexpected(path=part, expected="Shapefile")
        if size < 2 * words:
            raise FileTruncated(path=part, expected=2 * words, found=size)
    shapes, rest = divmod(2 * words - _HEADER, _INDEX_ENTRY)
    if rest or shapes < 0:
        raise ContentUnexpected(path=index, expected="Shapefile (.shx)")
    return int(shapes)


def _crs(path: Path) -> CRS | None:
    projection = _companion(path, ".prj")
    if projection is None:
        return None
    try:
        declared = _quietly(pyogrio.read_info, path)["crs"]
    except pyogrio.errors.DataSourceError as error:
        raise ContentUnexpected(path=path, expected="Shapefile") from error
    return None if declared is None else CRS.from_user_input(declared)


def _text(
    path: Path, table: DbfTable, encoding: str, rows: NDArray[np.int64]
) -> tuple[TextEncoding, dict[str, Objects], list[RowFault]]:
    raw, cuttable = set(), set()
    for field, values in zip(table.fields, table.values, strict=True):
        texts = {bytes(v) for v in np.unique(values)} if field.kind == "C" else set()
        raw |= {field.name} | texts
        cuttable |= {v for v in texts if len(v) >= field.width}
        cuttable |= {field.name} if len(field.name) >= _LONGEST_NAME else set()
    decided = decide(raw, cuttable=cuttable, cpg=_claimed(path), ldid=table.ldid, given=encoding)
    if decided is None:
        raise EncodingUndecided(path=path)
    headings = distinct_headings(decode_heading(f.name, decided.name) for f in table.fields)
    columns: dict[str, Objects] = {}
    faults: list[RowFault] = []
    for heading, field, values in zip(headings, table.fields, table.values, strict=True):
        columns[heading], found = _column(field, values, heading, decided, rows, path)
        faults += found
    return decided, columns, faults


def _claimed(path: Path) -> str | None:
    """What the .cpg says; None where there is none or it says nothing known."""
    claim = _companion(path, ".cpg")
    if claim is None:
        return None
    words = claim.read_bytes()[:64].decode("ascii", errors="ignore").strip()
    return words if words and known_codec(words) else None


def _column(
    field: DbfField,
    values: NDArray[np.bytes_],
    heading: str,
    encoding: TextEncoding,
    rows: NDArray[np.int64],
    path: Path,
) -> tuple[Objects, list[RowFault]]:
    if field.kind in "NF":
        distinct, inverse = np.unique(values, return_inverse=True)
        return np.array([_number(bytes(v)) for v in distinct] or [None], dtype=object)[inverse], []
    if field.kind == "D":
        values = np.where(values == b"00000000", b"", values)
    return decode_column(values, heading, encoding, rows, path)


def _number(value: bytes) -> int | float | str | None:
    """A numeric cell; asterisks mean overflow or null, other text stays text for the row's fault to show it.

    Every digit of a whole number is kept, also where noughts follow the point.
    """
    text = value.decode("ascii", errors="backslashreplace").strip()
    if not text or set(text) == {"*"}:
        return None
    whole, point, rest = text.partition(".")
    try:
        if point and whole.lstrip("+-").isdigit() and not rest.strip("0"):
            return int(whole)
        return float(text) if set(text) & set(".eE") else int(text)
    except ValueError:
        return text


def _geometry(path: Path, kept: NDArray[np.int64]) -> tuple[Objects, list[RowFault]]:
    """Geometry of the kept records, in order, and a fault for each that cannot be read."""
    geometry = np.full(len(kept), None, dtype=object)
    pending = [(0, len(kept))]
    while pending:
        start, stop = pending.pop()
        if start == stop:
            continue
        try:
            geometry[start:stop] = _read_block(path, start, stop)
        except _UNREADABLE:
            middle = (start + stop) // 2
            pending += [(start, middle), (middle, stop)] if stop - start > 1 else []
    missing = np.flatnonzero(shapely.is_missing(geometry))
    lost = kept[missing][~_is_null(path, kept[missing])]
    return geometry, [RowFault(path, record + 1, None, Why.GEOMETRY_UNREADABLE) for record in lost.tolist()]


def _is_null(path: Path, records: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which of these records the file itself says have no shape (type 0), as against those that could not be read."""
    index = np.fromfile(_companion(path, ".shx") or path, dtype=">i4", offset=_HEADER)
    starts = 2 * index[2 * records].astype(np.int64) + _RECORD_HEADER
    with path.open("rb") as file:
        return np.array([_type_at(file, start) == 0 for start in starts.tolist()], dtype=bool)


def _type_at(file: BinaryIO, start: int) -> int:
    if start < 0:
        return -1
    file.seek(start)
    read = file.read(4)
    return int.from_bytes(read, "little") if read else -1


def _read_block(path: Path, start: int, stop: int) -> Objects:
    window = {"skip_features": start, "max_features": stop - start}
    _, _, wkb, _ = _quietly(pyogrio.raw.read, path, columns=[], force_2d=True, **window)
    if wkb is None or len(wkb) != stop - start:
        raise pyogrio.errors.FeatureError(path)
    shapes: Objects = shapely.from_wkb(wkb, on_invalid="ignore")
    return shapes


def _quietly(read: Callable[..., Any], path: Path, **options: Any) -> Any:
    """Read without GDAL's remarks: that measures are left out is meant."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return read(path, encoding="ISO-8859-1", **options)
