"""Excel workbooks (XLSX) as offices fill them in: titles above the headings, merged cells, formulas, text numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path

import numpy as np

from weijian.cadastre.errors import ContentUnexpected
from weijian.cadastre.excel_book import Area, Book, Row, opened
from weijian.cadastre.faults import RowFault, Why
from weijian.cadastre.fields import field_rules, folded
from weijian.cadastre.ogr_layer import UTF8, chosen_layer
from weijian.cadastre.outline_columns import Plain, with_outlines
from weijian.cadastre.table import Objects, VectorTable
from weijian.cadastre.text import distinct_headings, object_array

_SEARCHED_ROWS = 30
_DIGITS_KEPT = 10**15
_TOTALS = frozenset({"合计", "总计", "小计", "共计", "total", "sum"})


def read_excel(path: Path, layer: str | None, wanted: Sequence[str] = ()) -> VectorTable:
    """Read one sheet; ``layer`` is its name, ``wanted`` as in `geopackage.read_geopackage`.

    Rows are numbered as the spreadsheet shows them. Columns of WKT or coordinates become the geometry.

    Raises
    ------
    FileUnreadable, LayerMissing
    """
    with opened(path) as book:
        name = _chosen(path, book, layer, wanted)
        merged, formulas = book.merged(name), book.formulas(name)
        rows = _rows(book, name)
    first, depth, headings = _headings(rows, merged)
    if not headings:
        raise ContentUnexpected(path=path, expected="Excel")
    plain = _table(path, rows[first + depth :], first + depth, headings, merged, formulas)
    plain, geometry = with_outlines(plain)
    return VectorTable(path, name, None, UTF8, plain.columns, geometry, plain.rows, plain.faults)


def excel_layers(path: Path) -> list[str]:
    """Names of the sheets; raises FileUnreadable."""
    with opened(path) as book:
        return book.names


def _chosen(path: Path, book: Book, layer: str | None, wanted: Sequence[str]) -> str:
    """The sheet asked for, or the only one that holds anything."""
    names = book.names
    if layer is None and len(names) > 1:
        names = [name for name in names if _is_filled(book, name)] or names
    return chosen_layer(path, names, layer, wanted, "Excel")


def _is_filled(book: Book, name: str) -> bool:
    return any(cell is not None for row in book.rows(name) for cell in row)


def _rows(book: Book, name: str) -> list[Row]:
    rows = [_trimmed(row) for row in book.rows(name)]
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _trimmed(row: Row) -> Row:
    width = len(row)
    while width and (row[width - 1] is None or row[width - 1] == ""):
        width -= 1
    return row[:width]


def _headings(rows: Sequence[Row], merged: Sequence[Area]) -> tuple[int, int, list[str]]:
    """Place of the heading row, how many rows it takes, and the headings: where most words are known ones.

    A title above, notes and units are passed over. Headings of two storeys (a merged one above several) are told by
    the lower one, with the upper one before it where that is needed to tell them apart.
    """
    known = _known_words()
    best: tuple[int, int, int, list[str]] = (-1, 0, 1, [])
    for place, row in enumerate(rows[:_SEARCHED_ROWS]):
        filled = [cell for cell in row if cell is not None]
        if len({str(cell) for cell in filled}) < min(2, max(map(len, rows))):
            continue
        if not all(isinstance(cell, str) for cell in filled):
            continue
        for depth in _depths(place, merged):
            headings, lowest = _joined(rows, place, depth, merged)
            score = sum(folded(h) in known or folded(low) in known for h, low in zip(headings, lowest, strict=True))
            if score > best[0]:
                best = (score, place, depth, headings)
    return best[1], best[2], distinct_headings(best[3])


def _depths(place: int, merged: Sequence[Area]) -> tuple[int, ...]:
    """Rows that headings may take: as many as the tallest merged cell that begins there, or two under a wide one."""
    here = [area for area in merged if area.top == place + 1]
    tallest = max((area.bottom - area.top + 1 for area in here), default=1)
    wide = any(area.right > area.left for area in here)
    return (1, 2) if wide and tallest == 1 else (tallest,)


def _joined(rows: Sequence[Row], place: int, depth: int, merged: Sequence[Area]) -> tuple[list[str], list[str]]:
    """Headings, and their lowest words alone."""
    width = max((len(row) for row in rows[place : place + depth]), default=0)
    levels = [[_heading(rows, merged, place + level, column) for column in range(width)] for level in range(depth)]
    lowest = [next((level[c] for level in reversed(levels) if level[c]), "") for c in range(width)]
    alike = [lowest.count(lowest[c]) > 1 and levels[0][c] != lowest[c] for c in range(width)]
    return [f"{levels[0][c]}{lowest[c]}" if alike[c] else lowest[c] for c in range(width)], lowest


def _heading(rows: Sequence[Row], merged: Sequence[Area], place: int, column: int) -> str:
    area = next((a for a in merged if a.top <= place + 1 <= a.bottom and a.left <= column <= a.right), None)
    row, cell = (place, column) if area is None else (area.top - 1, area.left)
    value = rows[row][cell] if row < len(rows) and cell < len(rows[row]) else None
    return "" if value is None else re.sub(r"\s+", "", str(value))


def _table(
    path: Path,
    rows: Sequence[Row],
    above: int,
    headings: Sequence[str],
    merged: Sequence[Area],
    formulas: frozenset[tuple[int, int]],
) -> Plain:
    cells = _filled_down([list(row) + [None] * (len(headings) - len(row)) for row in rows], above, merged)
    faults: list[RowFault] = []
    numbers, kept = [], []
    for number, row in enumerate(cells, start=above + 1):
        if not any(cell is not None and cell != "" for cell in row):
            continue
        if _is_total(row):
            faults.append(RowFault(path, number, None, Why.ROW_OF_TOTALS))
            continue
        numbers.append(number)
        kept.append(
            [
                _cell(path, number, heading, value, bool(formulas) and (number, place) in formulas, faults)
                for place, (heading, value) in enumerate(zip(headings, row, strict=False))
            ]
        )
    columns: dict[str, Objects] = {h: object_array([row[i] for row in kept]) for i, h in enumerate(headings)}
    return Plain(path, columns, np.array(numbers, dtype=np.int64), tuple(faults))


def _filled_down(cells: list[list[object]], above: int, merged: Sequence[Area]) -> list[list[object]]:
    """A cell merged over several rows holds for each of them, as a household's name beside its buildings."""
    for area in merged:
        first, last = area.top - above - 1, min(area.bottom - above - 1, len(cells) - 1)
        if first >= 0 and first < len(cells) and area.left < len(cells[first]):
            for row in range(first + 1, last + 1):
                cells[row][area.left] = cells[first][area.left]
    return cells


def _is_total(row: Sequence[object]) -> bool:
    first = next((cell for cell in row if cell is not None and cell != ""), None)
    return isinstance(first, str) and re.sub(r"[\s:：]", "", first).lower() in _TOTALS


def _cell(path: Path, row: int, heading: str, value: object, is_formula: bool, faults: list[RowFault]) -> object:
    if isinstance(value, str) and not is_formula:  # as most cells are
        return value.strip() or None
    if value is None and is_formula:
        faults.append(RowFault(path, row, heading, Why.NO_STORED_VALUE))
    elif isinstance(value, str) and value.startswith("#") and value.rstrip("!?").isupper() and is_formula:
        faults.append(RowFault(path, row, heading, Why.FORMULA_FAILED, other=value))
        return None
    elif isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= _DIGITS_KEPT:
        faults.append(RowFault(path, row, heading, Why.DIGITS_LOST))
        return None
    return _plain(value)


def _plain(value: object) -> object:
    """A cell as tables hold it: days as days, moments and durations as text, whole numbers whole."""
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str):
        return value.strip() or None
    return value if isinstance(value, bool | int | float | date) else str(value)


def _known_words() -> frozenset[str]:
    fields = field_rules().fields
    return frozenset(folded(word) for kind in fields for words in fields[kind].values() for word in words)
