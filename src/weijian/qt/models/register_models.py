"""Item model over a whole register: columns as tuples, rows in the order of an array of indexes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from weijian.qt.models.register_words import cell_text, heading_of, worded
from weijian.services.register_export import SheetColumn
from weijian.services.registers import ColumnKind, Register, RegisterKind

Order = NDArray[np.intp]
Index = QModelIndex | QPersistentModelIndex

_NUMBERS = frozenset({ColumnKind.COUNT, ColumnKind.AREA, ColumnKind.METRES, ColumnKind.SHARE})
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_NO_ROWS: Order = np.empty(0, np.intp)


@dataclass(frozen=True, eq=False)
class ShownColumn:
    """A column in the window's language."""

    name: str
    heading: str
    kind: ColumnKind
    values: tuple[Any, ...]

    def text(self, row: int) -> str:
        """The cell of a row as it is shown."""
        return cell_text(self.name, self.kind, self.values[row])


@dataclass(frozen=True, eq=False)
class RegisterContent:
    """A register made ready to be shown: ``texts`` is all of a row in small letters, ``rows`` where a number is."""

    kind: RegisterKind
    columns: tuple[ShownColumn, ...]
    texts: tuple[str, ...]
    rows: dict[str, int]

    @property
    def size(self) -> int:
        """Number of rows."""
        return len(self.texts)


def content_of(register: Register) -> RegisterContent:
    """Make a register ready to be shown; meant for a worker."""
    columns = tuple(ShownColumn(each.name, heading_of(each.name), each.kind, worded(each)) for each in register.columns)
    cells = [_texts(column) for column in columns]
    texts = tuple("\n".join(row).lower() for row in zip(*cells, strict=True))
    return RegisterContent(register.kind, columns, texts, {n: row for row, n in enumerate(columns[0].values)})


def arrange(content: RegisterContent, text: str, column: int, *, descending: bool) -> Order:
    """Rows in which every word of ``text`` occurs, sorted by a column, empty cells last; meant for a worker."""
    wanted = text.lower().split()
    if wanted:
        kept = [row for row, whole in enumerate(content.texts) if all(word in whole for word in wanted)]
        rows = np.array(kept, np.intp)
    else:
        rows = np.arange(content.size, dtype=np.intp)
    if not 0 <= column < len(content.columns):
        return rows
    shown = content.columns[column]
    empty = np.fromiter((shown.values[row] is None for row in rows), np.bool_, len(rows))
    known, unknown = rows[~empty], rows[empty]
    keys = _keys(shown, known)
    if not descending:
        return np.concatenate([known[np.argsort(keys, kind="stable")], unknown])
    backwards = known[::-1]  # so that equal ones keep their order
    return np.concatenate([backwards[np.argsort(keys[::-1], kind="stable")][::-1], unknown])


def sheet_columns(content: RegisterContent, order: Order, columns: Sequence[int]) -> tuple[SheetColumn, ...]:
    """Some columns for a workbook, their rows in this order; meant for a worker."""
    chosen = [content.columns[column] for column in columns]
    return tuple(SheetColumn(c.heading, c.kind, tuple(c.values[row] for row in order)) for c in chosen)


class RegisterModel(QAbstractTableModel):
    """Rows of a register as they are filtered and sorted. Cells are made when they are looked at."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._content: RegisterContent | None = None
        self._order = _NO_ROWS

    @property
    def content(self) -> RegisterContent | None:
        """What is shown; None before it is there."""
        return self._content

    def show(self, content: RegisterContent, order: Order) -> None:
        """Show rows of a register in this order."""
        self.beginResetModel()
        self._content, self._order = content, order
        self.endResetModel()

    @property
    def order(self) -> Order:
        """Rows of the register as they are shown."""
        return self._order

    def number_at(self, row: int) -> str:
        """By which number the thing in a row is known."""
        assert self._content is not None  # noqa: S101 - there is no row without content
        return str(self._content.columns[0].values[self._order[row]])

    def row_of(self, number: str) -> int | None:
        """Row in which something is shown; None when it is not."""
        kept = None if self._content is None else self._content.rows.get(number)
        if kept is None:
            return None
        places = np.flatnonzero(self._order == kept)
        return int(places[0]) if len(places) else None

    def texts(self, rows: Sequence[int], columns: Sequence[int]) -> list[list[str]]:
        """Cells as they are shown."""
        shown = self._columns
        return [[shown[column].text(int(self._order[row])) for column in columns] for row in rows]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's signature
        """Number of rows shown."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's signature
        """Number of columns."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text and alignment of a cell."""
        if not index.isValid():
            return None
        column = self._columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(int(self._order[index.row()]))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.kind in _NUMBERS else _LEFT
        return None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Headings."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return column.heading
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.kind in _NUMBERS else _LEFT
        return None

    @property
    def _columns(self) -> tuple[ShownColumn, ...]:
        return () if self._content is None else self._content.columns


def _texts(column: ShownColumn) -> list[str]:
    """All cells of a column as they are shown; most are texts already."""
    if column.kind in (ColumnKind.TEXT, ColumnKind.WORD, ColumnKind.WORDS):
        return [value or "" for value in column.values]
    return [cell_text(column.name, column.kind, value) for value in column.values]


def _keys(column: ShownColumn, rows: Order) -> NDArray[Any]:
    """What rows are sorted by: arrays of plain values, so that others can work while numpy sorts."""
    values = [column.values[row] for row in rows]
    if column.kind in _NUMBERS:
        return np.array(values, np.float64)
    if column.kind is ColumnKind.DAY:
        return np.array([day.toordinal() if isinstance(day, date) else 0 for day in values], np.int64)
    if column.kind is ColumnKind.MOMENT:
        return np.array([f"{moment:%Y%m%d%H%M%S}" for moment in values], np.str_)
    return np.array(values, np.str_)
