"""How far the demolition of a case has come: a bar a structure, and the observations."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QToolButton, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from weijian.qt.icons import icon
from weijian.qt.panels.demolition_bar import DemolitionBar
from weijian.qt.panels.quiet_text import empty_layout, quiet_label
from weijian.qt.wording import name_of
from weijian.services.case_files import CaseView

_STRUCTURE = 1
"""Column of the observations that names the structure."""


class CaseDemolition(QWidget):
    """Progress of one case. ``observation_asked(str)`` names the structure that is to be observed.

    Parameters
    ----------
    observe : QAction
        Enters an observation.
    parent : QWidget, optional
    """

    observation_asked = Signal(str)

    def __init__(self, observe: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 8, 2, 0)
        self._nothing = quiet_label(self.tr("Progress can be entered once the decision orders a demolition."))
        layout.addWidget(self._nothing)
        self._bars = QVBoxLayout()
        layout.addLayout(self._bars)
        self._button = QToolButton(self)
        self._button.setObjectName("observe-button")
        self._button.setDefaultAction(observe)
        self._button.setToolButtonStyle(self._button.toolButtonStyle().ToolButtonTextBesideIcon)
        layout.addWidget(self._button)
        self._history = QTreeWidget(self)
        self._history.setObjectName("observations")
        self._history.setRootIsDecorated(False)
        self._history.setHeaderLabels([self.tr("Date"), self.tr("Finding"), self.tr("Left m²"), self.tr("Observed")])
        self._history.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        header = self._history.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_STRUCTURE, QHeaderView.ResizeMode.Stretch)
        layout.addWidget(self._history, 1)

    def show_case(self, view: CaseView) -> None:
        """Show another case."""
        empty_layout(self._bars)
        ordered = view.progress is not None
        self._nothing.setVisible(not ordered)
        self._button.setVisible(ordered)
        self._history.setVisible(ordered)
        if view.progress is not None and len(view.structures) > 1:
            self._bars.addWidget(DemolitionBar(self.tr("Whole case"), view.progress, self))
        for number, progress in view.structures.items():
            self._bars.addWidget(self._row(number, DemolitionBar(number, progress, self)))
        self._history.clear()
        in_time = sorted(view.observations, key=lambda each: each.observed_on)
        for seen in in_time[::-1]:
            where = seen.finding_no or self.tr("Whole case")
            texts = [str(seen.observed_on), where, f"{seen.area_left_m2:.1f}", name_of(seen.source)]
            row = QTreeWidgetItem(self._history, texts)
            row.setToolTip(_STRUCTURE, where)
            if seen.sha256 is not None:
                row.setIcon(3, icon("camera"))
                row.setToolTip(3, self.tr("With a photograph, kept among the evidence"))
        self._history.setColumnHidden(_STRUCTURE, len(view.structures) < 2)

    def _row(self, finding_no: str, bar: DemolitionBar) -> QWidget:
        row = QWidget(self)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(bar, 1)
        button = QToolButton(row)
        button.setIcon(icon("pencil"))
        button.setAutoRaise(True)
        button.setToolTip(self.tr("Enter an observation of this structure"))
        button.clicked.connect(partial(self.observation_asked.emit, finding_no))
        layout.addWidget(button)
        return row
