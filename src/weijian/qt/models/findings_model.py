"""The table of findings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from weijian.domain.finding import ChangeType, Finding, PermitStatus, ReviewStatus
from weijian.qt.wording import name_of
from weijian.services.review import ReviewItem, ReviewList

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class Column(IntEnum):
    """Columns from left to right."""

    NUMBER = 0
    TYPE = 1
    AREA = 2
    HEIGHT = 3
    PERMIT = 4
    REVIEW = 5
    CONFIDENCE = 6


_RIGHT = frozenset({Column.AREA, Column.HEIGHT, Column.CONFIDENCE})
_TYPES = {change: place for place, change in enumerate(ChangeType)}
_PERMITS = {status: place for place, status in enumerate(PermitStatus)}
_REVIEWS = {status: place for place, status in enumerate(ReviewStatus)}

_KEYS: dict[Column, Callable[[Finding], float | str | None]] = {
    Column.NUMBER: lambda finding: finding.finding_no,
    Column.TYPE: lambda finding: _TYPES[finding.change_type],
    Column.AREA: lambda finding: finding.area_m2,
    Column.HEIGHT: lambda finding: finding.height_change_m,
    Column.PERMIT: lambda finding: None if finding.permit_status is None else _PERMITS[finding.permit_status],
    Column.REVIEW: lambda finding: _REVIEWS[finding.review],
    Column.CONFIDENCE: lambda finding: finding.confidence,
}


@dataclass(frozen=True, eq=False)
class FindingRows:
    """Findings with what is needed to sort and search them; made in a worker by `rows_of`.

    ``ranks`` gives each column's place of every row in ascending order, -1 where there is no value; ``words`` what a
    search looks at; ``shared`` how many letters all numbers begin with, which the table leaves out.
    """

    items: tuple[ReviewItem, ...]
    numbers: tuple[str, ...]
    ranks: NDArray[np.int64]
    words: tuple[str, ...]
    reviewed: int
    survey_count: int
    shared: int = 0


def rows_of(listed: ReviewList) -> FindingRows:
    """Prepare what the table shows; touches no widget."""
    items = listed.items
    ranks = np.array([_ranks([key(item.finding) for item in items]) for key in _KEYS.values()])
    return FindingRows(
        items,
        tuple(item.finding.finding_no for item in items),
        ranks.reshape(len(_KEYS), len(items)),
        tuple(_words(item) for item in items),
        listed.reviewed,
        listed.survey_count,
        _shared([item.finding.finding_no for item in items]),
    )


def _shared(numbers: Sequence[str]) -> int:
    """Length of what all numbers begin with, up to a dash."""
    if not numbers:
        return 0
    first, last = min(numbers), max(numbers)
    same = next(
        (place for place, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), len(first)
    )
    return first.rfind("-", 0, same) + 1


def _ranks(values: Sequence[float | str | None]) -> NDArray[np.int64]:
    ranks = np.full(len(values), -1, np.int64)
    there = np.array([value is not None for value in values], bool)
    if there.any():
        known = np.array([value for value in values if value is not None])
        ranks[there] = np.unique(known, return_inverse=True)[1]
    return ranks


def _words(item: ReviewItem) -> str:
    finding = item.finding
    parts = (
        finding.finding_no,
        finding.household_no,
        finding.building_no,
        finding.parcel_no,
        finding.permit_no,
        item.town,
        item.village,
        item.case_no,
        item.lead_no,
        finding.reason,
        item.dismissal and item.dismissal.note,
    )
    return "\n".join(part for part in parts if part).casefold()


class FindingsModel(QAbstractTableModel):
    """Findings, one a row.

    Sorting is stable: what was sorted by before decides among equals, so a second column is sorted by first.
    Rows without a value come last either way.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = FindingRows((), (), np.empty((len(_KEYS), 0), np.int64), (), 0, 0)
        self._order: list[int] = []
        self._sorts: list[tuple[int, Qt.SortOrder]] = []
        self._places: dict[str, int] = {}

    @property
    def rows(self) -> FindingRows:
        """What is shown, unsorted."""
        return self._rows

    def show(self, rows: FindingRows) -> None:
        """Show findings; while they are the same ones, every row stays where it is."""
        if rows.numbers == self._rows.numbers and self._order:
            self._rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._order) - 1, len(Column) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self._order = list(range(len(rows.items)))
        for column, direction in self._sorts:
            self._sort_order(column, direction)
        self._find_places()
        self.endResetModel()

    def item(self, row: int) -> ReviewItem:
        """The finding of a row."""
        return self._rows.items[self._order[row]]

    def words(self, row: int) -> str:
        """What a search looks at, in small letters."""
        return self._rows.words[self._order[row]]

    def row_of(self, finding_no: str) -> int | None:
        """The row of a finding; None when it is not here."""
        return self._places.get(finding_no)

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802, D102
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = _ROOT) -> int:  # noqa: N802, D102
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: D102
        if not index.isValid():
            return None
        column = Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            text = _text(self.item(index.row()).finding, column)
            return text[self._rows.shared :] if column is Column.NUMBER else text
        if role == Qt.ItemDataRole.ToolTipRole:
            finding = self.item(index.row()).finding
            return f"{finding.finding_no}\n{finding.reason}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column in _RIGHT else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(  # noqa: N802, D102
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            self.tr("No."),
            self.tr("Type"),
            self.tr("Area m²"),
            self.tr("Height m"),
            self.tr("Permit"),
            self.tr("Review"),
            self.tr("Confidence"),
        )[section]

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column, and within it as before; a column below 0 brings back the order of numbers."""
        self.layoutAboutToBeChanged.emit()
        former = self.persistentIndexList()
        held = [(self._order[index.row()], index.column()) for index in former]
        if column < 0:
            self._sorts, self._order = [], list(range(len(self._order)))
        else:
            self._sorts = [*(kept for kept in self._sorts if kept[0] != column), (column, order)]
            self._sort_order(column, order)
        self._find_places()
        rows = {place: row for row, place in enumerate(self._order)}
        self.changePersistentIndexList(former, [self.index(rows[place], column) for place, column in held])
        self.layoutChanged.emit()

    def _sort_order(self, column: int, direction: Qt.SortOrder) -> None:
        order = np.array(self._order, np.intp)
        ranks = self._rows.ranks[column][order]
        keys = ranks if direction is Qt.SortOrder.AscendingOrder else -ranks
        keys = np.where(ranks < 0, np.iinfo(np.int64).max, keys)
        self._order = order[np.argsort(keys, kind="stable")].tolist()

    def _find_places(self) -> None:
        self._places = {self._rows.numbers[place]: row for row, place in enumerate(self._order)}


def _text(finding: Finding, column: Column) -> str:
    match column:
        case Column.NUMBER:
            return finding.finding_no
        case Column.TYPE:
            return name_of(finding.change_type)
        case Column.AREA:
            return f"{finding.area_m2:.1f}"
        case Column.HEIGHT:
            return "—" if finding.height_change_m is None else f"{finding.height_change_m:+.1f}"
        case Column.PERMIT:
            return "—" if finding.permit_status is None else name_of(finding.permit_status)
        case Column.CONFIDENCE:
            return f"{finding.confidence:.0%}"
        case Column.REVIEW:
            return name_of(finding.review)
