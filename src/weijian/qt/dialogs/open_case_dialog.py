"""Opening a case on a finding."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from weijian.domain.finding import Finding, PermitStatus
from weijian.domain.language import Language
from weijian.qt.forms.open_case_dialog import Ui_OpenCaseDialog
from weijian.qt.messages import sentence_of


class OpenCaseDialog(QDialog):
    """Asks for both officers and the day.

    ``asked((lead, second), date)`` is emitted when the case is to be opened; whoever opens it then calls
    :meth:`accept`, or :meth:`say` with what is to be mended.
    """

    asked = Signal(object, object)

    def __init__(
        self, finding: Finding, officers: tuple[str, str], on: date, language: Language, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._language = language
        self._form = Ui_OpenCaseDialog()
        self._form.setupUi(self)
        about = self.tr("Finding {number} is confirmed, entered as a lead and becomes a case.")
        self._form.about.setText(about.format(number=finding.finding_no))
        self._form.doubt.setVisible(finding.permit_status is PermitStatus.PERMITTED)
        self._form.leadOfficer.setText(officers[0])
        self._form.secondOfficer.setText(officers[1])
        self._form.openedOn.setDate(QDate(on.year, on.month, on.day))
        self._form.problem.hide()
        self._ok = self._form.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._ok.setText(self.tr("&Open case"))
        self._form.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        for field in (self._form.leadOfficer, self._form.secondOfficer):
            field.textChanged.connect(self._look)
        self._form.buttons.accepted.connect(self._ask)
        self._form.buttons.rejected.connect(self.reject)
        self._look()
        (self._form.secondOfficer if officers[0] else self._form.leadOfficer).setFocus()

    def say(self, error: BaseException) -> None:
        """Say what is to be mended."""
        self._form.problem.setText(sentence_of(error, self._language))
        self._form.problem.show()
        self._look()

    def _officers(self) -> tuple[str, str]:
        return self._form.leadOfficer.text().strip(), self._form.secondOfficer.text().strip()

    def _look(self) -> None:
        self._ok.setEnabled(all(self._officers()))

    def _ask(self) -> None:
        self._form.problem.hide()
        self._ok.setEnabled(False)
        day = self._form.openedOn.date()
        self.asked.emit(self._officers(), date(day.year(), day.month(), day.day()))
