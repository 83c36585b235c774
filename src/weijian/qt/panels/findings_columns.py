"""Column widths of the table of findings, so that it need not be moved sideways."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QHeaderView, QTableView

from weijian.qt.models.findings_model import Column

_MARGIN = 12
_ARROW = 14
_ROWS_MEASURED = 20  # more take longer than the window may stand still
_WORDS = (Column.TYPE, Column.PERMIT, Column.REVIEW)
"""Columns that are cut short when there is too little room: down to their titles, then to a letter or two."""


class FindingsColumns(QObject):
    """Fits the columns into the width of a table whenever that changes.

    The confidence, which the card says too, is shown where there is room for it.

    Parameters
    ----------
    table : QTableView
        Shows a `FindingsModel`.
    """

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        self._width = -1
        self._contents: dict[Column, int] = {}
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setResizeContentsPrecision(_ROWS_MEASURED)
        header.setStretchLastSection(True)
        header.setMinimumSectionSize(24)
        header.setHighlightSections(False)
        header.sortIndicatorChanged.connect(self.fit)
        table.viewport().installEventFilter(self)

    def fit(self) -> None:
        """Measure what the columns hold now, and give every column what it needs, less where there is not room."""
        self._contents = {column: self._table.sizeHintForColumn(column) + 2 for column in Column}
        self._share()

    def _share(self) -> None:
        table = self._table
        self._width = table.viewport().width()
        needed = {column: self._needed(column) for column in Column}
        over = sum(needed.values()) - self._width
        table.setColumnHidden(Column.CONFIDENCE, over > 0)
        if over > 0:
            over -= needed.pop(Column.CONFIDENCE)
        for least in (self._titled, self._least):
            spare = {column: max(needed[column] - least(column), 0) for column in _WORDS}
            share = min(1.0, max(over, 0) / max(sum(spare.values()), 1))
            for column, width in spare.items():
                given = math.ceil(width * share)
                needed[column] -= given
                over -= given
        for column, width in needed.items():
            table.setColumnWidth(column, width)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002, N802
        """See the table's width change."""
        if event.type() is QEvent.Type.Resize and self._table.viewport().width() != self._width:
            self._share()
        return False

    def _needed(self, column: Column) -> int:
        return max(self._titled(column), self._contents.get(column, 0))

    def _least(self, column: Column) -> int:  # noqa: ARG002 - the same for all
        return self._table.fontMetrics().horizontalAdvance("国") + _MARGIN

    def _titled(self, column: Column) -> int:
        """Width of the heading, with its arrow where the table is sorted by it."""
        header = self._table.horizontalHeader()
        title = str(header.model().headerData(column, Qt.Orientation.Horizontal))
        said = header.fontMetrics().horizontalAdvance(title) + _MARGIN
        if header.sortIndicatorSection() == column:
            said += _ARROW
        return said
