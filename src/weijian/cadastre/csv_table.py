"""CSV tables: any encoding, comma, tab or semicolon; columns of WKT or coordinates become the geometry."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np

from weijian.cadastre.document import read_document
from weijian.cadastre.encodings import TextEncoding
from weijian.cadastre.errors import ContentUnexpected
from weijian.cadastre.faults import RowFault, Why
from weijian.cadastre.outline_columns import Plain, with_outlines
from weijian.cadastre.table import Objects, VectorTable
from weijian.cadastre.text import UNDECODABLE, distinct_headings, object_array

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_LONGEST_CELL = 2**31 - 1  # a polygon as WKT is soon longer than the module's 128 KB


def read_csv(path: Path, encoding: str = "auto") -> VectorTable:
    """Read a CSV file whose first line holds the headings; all values are text.

    Raises
    ------
    FileEmpty, ContentUnexpected, EncodingUndecided
    """
    data = path.read_bytes()
    if b"\0" in data and data[:2] not in _UTF16:
        raise ContentUnexpected(path=path, expected="CSV")
    document = read_document(path, data, encoding, damaged=True)
    lines = _lines(document.text, path)
    headings = distinct_headings(h.strip() for h in lines[0][1])
    numbered = [(number, cells) for number, cells in lines[1:] if any(c.strip() for c in cells)]
    rows = np.array([number for number, _ in numbered], dtype=np.int64)
    faults: list[RowFault] = []
    columns = _columns(path, headings, numbered, document.encoding, faults)
    plain, geometry = with_outlines(Plain(path, columns, rows, tuple(faults)))
    return VectorTable(path, None, None, document.encoding, plain.columns, geometry, plain.rows, plain.faults)


def _lines(text: str, path: Path) -> list[tuple[int, list[str]]]:
    """Cells of each record and the line it starts on."""
    heading = text.split("\n", 1)[0]
    delimiter = max(",\t;", key=heading.count)
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    lines = []
    start = 1
    try:
        for cells in reader:
            lines.append((start, cells))
            start = reader.line_num + 1
    except csv.Error as error:
        raise ContentUnexpected(path=path, expected="CSV") from error
    return lines


def _columns(
    path: Path,
    headings: list[str],
    numbered: list[tuple[int, list[str]]],
    encoding: TextEncoding,
    faults: list[RowFault],
) -> dict[str, Objects]:
    columns: dict[str, list[str | None]] = {h: [] for h in headings}
    for number, cells in numbered:
        if len(cells) != len(headings):
            faults.append(RowFault(path, number, None, Why.COLUMNS_UNEVEN))
        padded = cells + [""] * (len(headings) - len(cells))
        for heading, cell in zip(headings, padded, strict=False):
            value = cell.strip() or None
            if value is not None and UNDECODABLE.search(value):
                faults.append(RowFault(path, number, heading, Why.UNDECODABLE, other=str(encoding)))
                value = None
            columns[heading].append(value)
    return {h: object_array(values) for h, values in columns.items()}
