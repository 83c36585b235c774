"""The cases of a workspace as a list to choose from."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from weijian.domain.case import Case
from weijian.qt.wording import name_of

_Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()


class CasesModel(QAbstractListModel):
    """One row a case, in the order given: its number, stage and place. ``UserRole`` is the number."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cases: tuple[Case, ...] = ()

    def set_cases(self, cases: tuple[Case, ...]) -> None:
        """Show other cases."""
        self.beginResetModel()
        self._cases = cases
        self.endResetModel()

    def row_of(self, case_no: str | None) -> int:
        """Row of a case; -1 when it is not there."""
        return next((row for row, case in enumerate(self._cases) if case.case_no == case_no), -1)

    def rowCount(self, parent: _Index = _TOP) -> int:  # noqa: N802 - Qt's name
        """How many cases there are."""
        return 0 if parent.isValid() else len(self._cases)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a row shows."""
        if not index.isValid():
            return None
        case = self._cases[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return " · ".join(part for part in (case.case_no, name_of(case.stage), case.place) if part)
        return case.case_no if role == Qt.ItemDataRole.UserRole else None
