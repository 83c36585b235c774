"""One household's page: its head, and the sections below."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from weijian.qt.desk import Desk
from weijian.qt.icons import icon
from weijian.qt.operations.household import (
    ask_to_add_person,
    ask_to_edit_household,
    ask_to_merge_households,
    ask_to_split_household,
)
from weijian.qt.panels.dossier_history import HistorySection
from weijian.qt.panels.dossier_parts import UNKNOWN, SubjectLink, menu_button, muted, pairs, plain
from weijian.qt.panels.dossier_people import PeopleSection
from weijian.qt.panels.dossier_pictures import ChipSection, PhotoSection
from weijian.qt.panels.dossier_sections import sections
from weijian.qt.selection import SubjectKind
from weijian.services.dossier import Dossier, full_address, show_holder


class DossierPage(QWidget):
    """What is kept of a household, as an officer would print it.

    ``split_asked(str)``: a building of that number is to be divided by a line on the map.
    """

    split_asked = Signal(str)

    def __init__(self, desk: Desk, dossier: Dossier) -> None:
        super().__init__()
        self._desk = desk
        self.dossier = dossier
        self.setObjectName("dossierPage")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 4, 10, 12)
        layout.setSpacing(4)
        self._masked = dossier.household.holder or UNKNOWN
        self.holder = plain(self._masked)
        self.holder.setObjectName("holder")
        self.show_name = QToolButton(self)
        self.show_name.setObjectName("showHolder")
        self.show_name.setCheckable(True)
        self.show_name.setAutoRaise(True)
        self.show_name.setIconSize(QSize(16, 16))
        self.show_name.setVisible(dossier.household.holder is not None)
        self.show_name.toggled.connect(self._toggle_name)
        self._dress_eye()
        layout.addLayout(self._head())
        layout.addWidget(PeopleSection(desk, dossier))
        for section in sections(desk, dossier, self.split_asked.emit):
            layout.addWidget(section)
        layout.addWidget(ChipSection(desk, dossier))
        layout.addWidget(PhotoSection(desk, dossier.photos))
        layout.addWidget(HistorySection(dossier.history))
        layout.addStretch(1)

    def _head(self) -> QVBoxLayout:
        household, head = self.dossier.household, QVBoxLayout()
        head.setSpacing(4)
        address = full_address(household) or household.household_no
        title = QLabel(address)
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setWordWrap(True)
        title.setObjectName("address")
        font = title.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 1.25)
        title.setFont(font)
        top = QHBoxLayout()
        top.addWidget(title, 1)
        top.addWidget(self._verbs(), 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(top)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.holder)
        row.addWidget(self.show_name)
        row.addStretch(1)
        self.holder.setWordWrap(False)
        number = SubjectLink(SubjectKind.HOUSEHOLD, household.household_no, self._desk.selection.ask_for)
        head.addLayout(pairs([(self.tr("Household no."), number), (self.tr("Holder"), holder)], 1))
        head.addLayout(pairs([(self.tr("Town"), household.town), (self.tr("Village"), household.village)]))
        if self.dossier.former_numbers:
            text = self.tr("Formerly: {numbers}").format(numbers="、".join(self.dossier.former_numbers))
            head.addWidget(muted(text))
        return head

    def _verbs(self) -> QToolButton:
        desk, number = self._desk, self.dossier.household.household_no
        return menu_button(
            "editHousehold",
            self.tr("Edit the household"),
            [
                (self.tr("Edit holder and address…"), partial(ask_to_edit_household, desk, self, number)),
                (self.tr("Add a person…"), partial(ask_to_add_person, desk, self, number)),
                (self.tr("Split the household…"), partial(ask_to_split_household, desk, self, self.dossier)),
                (self.tr("Merge another household into it…"), partial(ask_to_merge_households, desk, self, number)),
            ],
        )

    def _toggle_name(self, wanted: bool) -> None:
        self._dress_eye()
        if not wanted:
            self.holder.setText(self._masked)
            return
        folder, number = self._desk.folder, self.dossier.household.household_no
        self._desk.jobs.keep(self, lambda: show_holder(folder, number), self._show_name, self._refuse)

    def _show_name(self, name: str) -> None:
        if self.show_name.isChecked():
            self.holder.setText(name or UNKNOWN)

    def _refuse(self, error: BaseException) -> None:
        """Without an entry in the audit the name is not shown."""
        self.show_name.setChecked(False)
        self._desk.messages.problem(error)

    def _dress_eye(self) -> None:
        shown = self.show_name.isChecked()
        self.show_name.setIcon(icon("eye-off" if shown else "eye"))
        tip = self.tr("Hide the name") if shown else self.tr("Show the name in full; that it was shown is recorded")
        self.show_name.setToolTip(tip)
        self.show_name.setAccessibleName(tip)
