"""Which findings are shown."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt

from weijian.domain.finding import ChangeType, PermitStatus, ReviewStatus
from weijian.domain.zone import ZoneKind
from weijian.qt.models.findings_model import FindingsModel
from weijian.services.review import ReviewItem


@dataclass(frozen=True)
class FindingCriteria:
    """What is asked of a finding; None and the empty text ask for nothing.

    ``place`` is a town, or a town and a village of it. ``text`` may be several words: all must occur.
    """

    change_type: ChangeType | None = None
    review: ReviewStatus | None = None
    permit: PermitStatus | None = None
    zone: ZoneKind | None = None
    place: tuple[str, ...] | None = None
    least_area_m2: float = 0.0
    text: str = ""

    def accept(self, item: ReviewItem, words: str) -> bool:
        """Whether a finding is all that; ``words`` are what is searched for ``text``."""
        finding = item.finding
        return (
            (self.review is None or finding.review is self.review)
            and (self.change_type is None or finding.change_type is self.change_type)
            and (self.permit is None or finding.permit_status is self.permit)
            and (self.zone is None or self.zone in finding.zones)
            and finding.area_m2 >= self.least_area_m2
            and (self.place is None or (item.town, item.village)[: len(self.place)] == self.place)
            and all(word in words for word in self.text.casefold().split())
        )


class FindingsFilter(QSortFilterProxyModel):
    """The findings that meet the criteria. Sorting is left to the model, which does it faster."""

    def __init__(self, model: FindingsModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._criteria = FindingCriteria()
        self.setSourceModel(model)

    @property
    def criteria(self) -> FindingCriteria:
        """What is asked."""
        return self._criteria

    def ask(self, criteria: FindingCriteria) -> None:
        """Ask for something else."""
        if criteria != self._criteria:
            self.beginFilterChange()
            self._criteria = criteria
            self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def item(self, row: int) -> ReviewItem:
        """The finding of a row that is shown."""
        return self._model.item(self.mapToSource(self.index(row, 0)).row())

    def row_of(self, finding_no: str) -> int | None:
        """The row of a finding among those shown."""
        row = self._model.row_of(finding_no)
        if row is None:
            return None
        shown = self.mapFromSource(self._model.index(row, 0))
        return shown.row() if shown.isValid() else None

    def filterAcceptsRow(self, row: int, parent: QModelIndex | QPersistentModelIndex) -> bool:  # noqa: N802, ARG002, D102
        return self._criteria.accept(self._model.item(row), self._model.words(row))

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:  # noqa: D102
        self._model.sort(column, order)
