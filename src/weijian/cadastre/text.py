"""Raw bytes of a table made into text, row by row, with a fault for what cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from weijian.cadastre.encodings import TextEncoding, decode, is_cut
from weijian.cadastre.faults import RowFault, Why
from weijian.cadastre.table import Objects

UNDECODABLE = re.compile("[\udc80-\udcff]")
"""Bytes that were not of the encoding and were kept as surrogates."""


def decode_column(
    values: NDArray[np.bytes_], heading: str, encoding: TextEncoding, row_numbers: NDArray[np.int64], path: Path
) -> tuple[Objects, list[RowFault]]:
    """Decode one column strictly; undecodable values become None with a fault, empty ones None.

    Returns
    -------
    object array of str or None, shape (rows,), and the faults
    """
    distinct, inverse = np.unique(values, return_inverse=True)
    texts = [decode(bytes(v), encoding.name) for v in distinct]
    column = np.array([t or None for t in texts] or [None], dtype=object)[inverse]
    faults = [
        RowFault(path, int(row_numbers[i]), heading, *_reason(bytes(distinct[k]), encoding))
        for k in (k for k, text in enumerate(texts) if text is None)
        for i in np.flatnonzero(inverse == k)
    ]
    return column, sorted(faults, key=lambda f: f.row or 0)


def _reason(value: bytes, encoding: TextEncoding) -> tuple[Why, None, str]:
    return (Why.CUT_TEXT if is_cut(value, encoding.name) else Why.UNDECODABLE), None, str(encoding)


def decode_heading(name: bytes, codec: str) -> str:
    """A heading; half a character left where it was cut is dropped, other bytes are shown as escapes."""
    if is_cut(name, codec):
        return name.decode(codec, errors="ignore")
    return name.decode(codec, errors="backslashreplace")


def distinct_headings(headings: Iterable[str]) -> list[str]:
    """Headings made distinct: a repeated one gets _2, _3 ..., an empty one the number of its column."""
    taken: set[str] = set()
    result = []
    for place, heading in enumerate(headings, start=1):
        stem = heading or f"column_{place}"
        name, count = stem, 1
        while name in taken:
            count += 1
            name = f"{stem}_{count}"
        taken.add(name)
        result.append(name)
    return result


def object_array(values: Sequence[object]) -> Objects:
    """A one-dimensional object array, whatever the values are."""
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array
