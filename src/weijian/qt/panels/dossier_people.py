"""The persons of a household, their numbers masked unless they are asked for."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from weijian.qt.desk import Desk
from weijian.qt.icons import icon
from weijian.qt.operations.household import ask_to_edit_person, take_person_off
from weijian.qt.operations.personal_data import ask_to_unlock, protect_numbers
from weijian.qt.panels.dossier_parts import Section, menu_button, muted, pairs, plain, small_button
from weijian.services.dossier import Dossier
from weijian.services.personal_data import ShownPerson, show_numbers


class PeopleSection(Section):
    """Persons with relation and numbers; the eye shows names and numbers in full, which is recorded."""

    def __init__(self, desk: Desk, dossier: Dossier) -> None:
        translate = QCoreApplication.translate
        self._eye = _eye(bool(dossier.persons))
        super().__init__(
            "persons",
            translate("dossier", "Persons"),
            len(dossier.persons),
            translate("dossier", "No person is entered besides the holder."),
            self._eye,
        )
        self._desk = desk
        self._number = dossier.household.household_no
        self._masked = dossier.persons
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self.body.addLayout(self._rows)
        self._show(dossier.persons)
        self._add_remarks(dossier)
        self._eye.toggled.connect(self._toggle)

    def _add_remarks(self, dossier: Dossier) -> None:
        translate = QCoreApplication.translate
        if dossier.is_locked:
            self._eye.setEnabled(not any(person.locked for person in dossier.persons))
            self.body.addWidget(muted(translate("dossier", "This account has no key to the numbers.")))
            button = QPushButton(translate("dossier", "Unlock the numbers…"))
            button.clicked.connect(lambda: ask_to_unlock(self._desk, self))
            button.setObjectName("unlockNumbers")
            self.body.addWidget(button)
        elif not dossier.is_protected:
            text = translate("dossier", "Telephone and identity numbers can be kept once they are protected.")
            self.body.addWidget(muted(text))
            button = QPushButton(translate("dossier", "Protect numbers…"))
            button.clicked.connect(lambda: protect_numbers(self._desk, self))
            button.setObjectName("protectNumbers")
            self.body.addWidget(button)

    def _show(self, persons: tuple[ShownPerson, ...]) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.setParent(None)  # numbers in clear are gone at once
                widget.deleteLater()
        for person in persons:
            self._rows.addWidget(_Row(self._desk, person))

    def _toggle(self, wanted: bool) -> None:
        _dress(self._eye)
        if wanted:
            action = partial(show_numbers, self._desk.folder, self._number)
            self._desk.jobs.keep(self, action, self._show_in_clear, self._refuse)
        else:
            self._show(self._masked)

    def _show_in_clear(self, persons: tuple[ShownPerson, ...]) -> None:
        if self._eye.isChecked():
            self._show(persons)

    def _refuse(self, error: BaseException) -> None:
        self._eye.setChecked(False)
        self._desk.messages.problem(error)


class _Row(QWidget):
    """One person."""

    def __init__(self, desk: Desk, person: ShownPerson) -> None:
        super().__init__()
        translate = QCoreApplication.translate
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(1)
        name = plain(person.name, bold=True)
        name.setWordWrap(False)
        name.setObjectName("person")
        pencil = menu_button(
            "editPerson",
            translate("dossier", "Edit the person"),
            [
                (translate("dossier", "Edit…"), partial(ask_to_edit_person, desk, self, person.person_no)),
                (translate("dossier", "Take off the household"), partial(take_person_off, desk, person.person_no)),
            ],
        )
        hidden = translate("dossier", "locked") if person.locked else None
        layout.addLayout(_with_button(name, person.relation, pencil))
        numbers = [
            (translate("dossier", "Telephone"), hidden or person.phone),
            (translate("dossier", "Identity no."), hidden or person.id_number),
        ]
        known = [(label, number) for label, number in numbers if number is not None]
        if known:
            layout.addLayout(pairs(known, 1))


def _with_button(name: QWidget, relation: str | None, button: QToolButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    row.addWidget(name)
    if relation:
        said = muted(relation)
        said.setWordWrap(False)
        row.addWidget(said)
    row.addStretch(1)
    row.addWidget(button)
    name.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    return row


def _eye(there: bool) -> QToolButton:
    eye = small_button("showNumbers", "eye", "")
    eye.setCheckable(True)
    eye.setVisible(there)
    _dress(eye)
    return eye


def _dress(eye: QToolButton) -> None:
    translate, shown = QCoreApplication.translate, eye.isChecked()
    eye.setIcon(icon("eye-off" if shown else "eye"))
    tip = (
        translate("dossier", "Hide names and numbers")
        if shown
        else translate("dossier", "Show names and numbers in full; that they were shown is recorded")
    )
    eye.setToolTip(tip)
    eye.setAccessibleName(tip)
