"""Move a case a stage on: date, officers, document, reason."""

from __future__ import annotations

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from weijian.domain.case_needs import MoveNeeds
from weijian.domain.errors import WeijianError
from weijian.qt.desk import Desk
from weijian.qt.dialogs.inline_problem import say_inline
from weijian.qt.forms.move_case_dialog import Ui_MoveCaseDialog
from weijian.qt.operations.cases import Move, move
from weijian.qt.wording import name_of
from weijian.services.case_files import CaseView


class MoveCaseDialog(QDialog):
    """Asks what a move must bring; what the law still forbids is said here and what was entered stays.

    Parameters
    ----------
    desk : Desk
    view : CaseView
        The case as it stands.
    needs : MoveNeeds
        The move.
    parent : QWidget, optional
    """

    def __init__(self, desk: Desk, view: CaseView, needs: MoveNeeds, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._view = view
        self._needs = needs
        self._form = Ui_MoveCaseDialog()
        self._form.setupUi(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._say_what_it_is()
        self._fill_in()
        ok = self._form.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setText(self.tr("Move on"))
        self._form.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        ok.clicked.connect(self._move)
        self._form.buttons.rejected.connect(self.reject)
        self._form.reason_edit.setFocus()

    def _say_what_it_is(self) -> None:
        form, case = self._form, self._view.case
        text = self.tr("{case}: {origin} → {target}")
        form.move_label.setText(
            text.format(case=case.case_no, origin=name_of(case.stage), target=name_of(self._needs.target))
        )
        font = form.move_label.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 1.15)
        form.move_label.setFont(font)
        wanted = [
            self.tr("two different officers") if self._needs.officers == 2 else self.tr("an officer"),
            *([self.tr("the number of the document")] if self._needs.document else []),
            self.tr("a reason"),
        ]
        form.hint_label.setText(self.tr("This move needs {wanted}.").format(wanted=self.tr(", ").join(wanted)))
        optional = self.tr("Not required for this move")
        if not self._needs.document:
            form.document_edit.setPlaceholderText(optional)
        if self._needs.officers < 2:
            form.second_edit.setPlaceholderText(optional)

    def _fill_in(self) -> None:
        form, case = self._form, self._view.case
        last = self._view.events[-1].moved_on if self._view.events else case.opened_on
        today = max(self._desk.program.today, last)
        form.date_edit.setDate(QDate(today.year, today.month, today.day))
        usual = self._desk.settings.officers
        form.lead_edit.setText(case.lead_officer or usual[0])
        form.second_edit.setText(case.second_officer or usual[1])

    def _move(self) -> None:
        form = self._form
        officers = (form.lead_edit.text().strip(), form.second_edit.text().strip())
        entered = Move(
            case_no=self._view.case.case_no,
            target=self._needs.target,
            on=form.date_edit.date().toPython(),
            officers=tuple(name for name in officers if name),
            reason=form.reason_edit.toPlainText().strip(),
            document_no=form.document_edit.text().strip() or None,
        )
        self._work(True)
        move(self._desk, self, entered, self._moved, self._refuse)

    def _moved(self, _: object) -> None:
        self._desk.settings.officers = (self._form.lead_edit.text().strip(), self._form.second_edit.text().strip())
        self.accept()

    def _refuse(self, error: BaseException) -> None:
        self._work(False)
        if not isinstance(error, WeijianError):
            self._desk.messages.problem(error, self)
            return
        say_inline(self._form.problem_label, error, self._desk.language)

    def _work(self, busy: bool) -> None:
        self._form.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(not busy)
