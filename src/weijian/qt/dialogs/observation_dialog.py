"""Enter what still stands of a structure that is ordered down."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from weijian.domain.errors import WeijianError
from weijian.domain.progress import ObservationSource
from weijian.domain.survey import Survey
from weijian.qt.desk import Desk
from weijian.qt.dialogs.inline_problem import say_inline
from weijian.qt.forms.observation_dialog import Ui_ObservationDialog
from weijian.qt.operations.cases import Observed, ask_what_reflight_shows, enter_observation, enter_reflight
from weijian.services.case_files import CaseView
from weijian.services.reflights import Remainder


class ObservationDialog(QDialog):
    """An observation by date: of which structure, how, how much is left, with a photograph.

    Parameters
    ----------
    desk : Desk
    view : CaseView
        A case with a decision.
    finding_no : str, optional
        The structure to begin with.
    parent : QWidget, optional
    """

    def __init__(
        self, desk: Desk, view: CaseView, finding_no: str | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._view = view
        self._photo: Path | None = None
        first, last = view.decided_on, desk.program.today
        self._reflights: tuple[Survey, ...] = tuple(
            each for each in view.surveys if first is not None and first <= each.flown_on <= last
        )
        self._form = Ui_ObservationDialog()
        self._form.setupUi(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._fill_in(finding_no)
        self._connect()
        self._follow_structure()
        self._form.left_spin.setFocus()
        self._form.left_spin.selectAll()

    def _fill_in(self, finding_no: str | None) -> None:
        form = self._form
        for number, progress in self._view.structures.items():
            text = self.tr("{finding} · ordered {area:.1f} m²")
            form.structure_combo.addItem(text.format(finding=number, area=progress.ordered_m2), number)
        form.structure_combo.setCurrentIndex(max(0, form.structure_combo.findData(finding_no)))
        for survey in self._reflights:
            form.survey_combo.addItem(survey.name)
        form.fields.setRowVisible(form.survey_line, False)
        self._set_date(self._desk.program.today)
        form.buttons.button(QDialogButtonBox.StandardButton.Save).setText(self.tr("Enter"))
        form.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))

    def _connect(self) -> None:
        form = self._form
        form.structure_combo.currentIndexChanged.connect(self._follow_structure)
        form.left_spin.valueChanged.connect(self._say_done)
        form.all_gone_button.clicked.connect(lambda: form.left_spin.setValue(0.0))
        form.reflight_radio.toggled.connect(self._follow_source)
        form.survey_combo.currentIndexChanged.connect(self._follow_source)
        form.measure_button.clicked.connect(self._measure)
        form.photo_button.clicked.connect(self._choose_photo)
        form.buttons.accepted.connect(self._enter)
        form.buttons.rejected.connect(self.reject)

    def _ordered(self) -> float:
        return self._view.structures[self._form.structure_combo.currentData()].ordered_m2

    def _follow_structure(self) -> None:
        progress = self._view.structures[self._form.structure_combo.currentData()]
        self._form.left_spin.setValue(progress.ordered_m2 - progress.done_m2)
        self._say_done()

    def _say_done(self) -> None:
        ordered = self._ordered()
        done = min(ordered, max(0.0, ordered - self._form.left_spin.value()))
        text = self.tr("{done:.1f} m² gone ({share:.0%})")
        self._form.done_label.setText(text.format(done=done, share=done / ordered if ordered else 0.0))

    def _follow_source(self) -> None:
        flown = self._form.reflight_radio.isChecked()
        self._form.fields.setRowVisible(self._form.survey_line, flown and bool(self._reflights))
        if flown and self._reflights:
            self._set_date(self._reflight.flown_on)

    @property
    def _reflight(self) -> Survey:
        index: int = self._form.survey_combo.currentIndex()
        return self._reflights[index]

    def _measure(self) -> None:
        """Look what detection found gone, and offer to enter it."""
        self._form.problem_label.hide()
        self._form.measure_button.setEnabled(False)
        case_no, survey_id = self._view.case.case_no, self._reflight.survey_id
        ask_what_reflight_shows(self._desk, self, case_no, survey_id, self._offer, self._refuse)

    def _offer(self, remainders: tuple[Remainder, ...]) -> None:
        self._form.measure_button.setEnabled(True)
        line = self.tr("{finding}: {left:.1f} of {ordered:.1f} m² still stand")
        rows = [line.format(finding=each.finding_no, left=each.left_m2, ordered=each.ordered_m2) for each in remainders]
        question = self.tr("The re-flight of {date} shows:").format(date=self._reflight.flown_on)
        if self._desk.messages.ask("\n".join([question, *rows]), yes=self.tr("Enter"), parent=self):
            case_no, survey_id = self._view.case.case_no, self._reflight.survey_id
            enter_reflight(self._desk, self, case_no, survey_id, lambda _: self.accept(), self._refuse)

    def _set_date(self, day: date) -> None:
        self._form.date_edit.setDate(QDate(day.year, day.month, day.day))

    def _choose_photo(self) -> None:
        title = self.tr("Photograph of the demolition")
        chosen = self._desk.messages.open_files(title, self.tr("Photographs (*.jpg *.jpeg *.png)"))
        if chosen:
            self._photo = chosen[0]
            self._form.photo_name.setText(self._photo.name)

    def _enter(self) -> None:
        form = self._form
        entered = Observed(
            case_no=self._view.case.case_no,
            finding_no=form.structure_combo.currentData(),
            on=form.date_edit.date().toPython(),
            area_left_m2=form.left_spin.value(),
            source=ObservationSource.REFLIGHT if form.reflight_radio.isChecked() else ObservationSource.SITE,
            photo=self._photo,
        )
        form.buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(False)
        enter_observation(self._desk, self, entered, lambda _: self.accept(), self._refuse)

    def _refuse(self, error: BaseException) -> None:
        self._form.buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(True)
        self._form.measure_button.setEnabled(True)
        if not isinstance(error, WeijianError):
            self._desk.messages.problem(error, self)
            return
        say_inline(self._form.problem_label, error, self._desk.language)
