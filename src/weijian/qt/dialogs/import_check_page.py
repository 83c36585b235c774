"""The last page of the import dialog: what a check found, the import itself, and what it changed."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHeaderView, QTableWidgetItem, QWidget

from weijian.cadastre.faults import RowFault
from weijian.qt.apart import JobCancelled
from weijian.qt.desk import Desk
from weijian.qt.dialogs.import_draft import ImportDraft
from weijian.qt.dialogs.import_words import field_name
from weijian.qt.dialogs.sentences import said
from weijian.qt.forms.import_check_page import Ui_ImportCheckPage
from weijian.qt.icons import icon
from weijian.qt.jobs import RunningJob
from weijian.qt.operations.archive import check_archive, import_archive, take_back_import, taken_back_words
from weijian.services.import_undo import TakenBack
from weijian.services.imports import ImportSummary

_SHOWN_AT_MOST = 2000
_KIND = 2
"""Column of the kind of a fault."""


class CheckState(Enum):
    """Where the page stands."""

    IDLE = auto()
    WORKING = auto()
    CHECKED = auto()
    FAILED = auto()
    IMPORTED = auto()


class ImportCheckPage(QWidget):
    """Checks, then imports; ``changed`` whenever what can be done next did."""

    changed = Signal()

    def __init__(self, desk: Desk, draft: ImportDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._draft = desk, draft
        self._job: RunningJob | None = None
        self._checked: ImportSummary | None = None
        self._number: int | None = None
        self.state = CheckState.IDLE
        self._form = Ui_ImportCheckPage()
        self._form.setupUi(self)
        self.setFocusProxy(self._form.skip_bad_rows)
        table = self._form.faults
        table.setColumnCount(4)
        table.setHorizontalHeaderLabels([self.tr("Row"), self.tr("Column"), self.tr("Is"), self.tr("What")])
        table.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        table.verticalHeader().hide()
        self._form.stop.clicked.connect(self.stop)
        self._form.undo.clicked.connect(self._undo)
        self._form.skip_bad_rows.toggled.connect(lambda _: self.changed.emit())
        self._show([])

    @property
    def may_import(self) -> bool:
        """Whether the import can begin."""
        summary = self._checked
        if self.state is not CheckState.CHECKED or summary is None or not summary.usable:
            return False
        return not summary.faults or self._form.skip_bad_rows.isChecked()

    @property
    def fault(self) -> str:
        """Why the import cannot begin."""
        summary = self._checked
        if self.state is CheckState.CHECKED and summary is not None and not self.may_import:
            if not summary.usable:
                return self.tr("No row can be used; correct the file or the columns.")
            return self.tr("There are rows with errors: correct the file, or leave them out.")
        return ""

    def reset(self) -> None:
        """Forget an import that is done."""
        self._checked, self._job, self.state = None, None, CheckState.IDLE
        self._number = None
        self._form.summary.setText("")
        self._show([])

    def check(self) -> None:
        """See what an import would do."""
        request = self._draft.request(skip_bad_rows=True)
        if request is not None:
            self._checked = None
            self._begin(check_archive(self._desk, self, request, self._take_check, self._take_error))

    def run(self) -> None:
        """Import."""
        request = self._draft.request(skip_bad_rows=self._form.skip_bad_rows.isChecked())
        if request is not None and self.may_import:
            self._begin(import_archive(self._desk, self, request, self._take_result, self._take_error))

    def stop(self) -> None:
        """Cancel what is under way; nothing of it is kept."""
        if self._job is not None and not self._job.has_ended:
            self._job.cancel()

    def _begin(self, job: RunningJob) -> None:
        self._job = job
        job.moved.connect(self._show_progress)
        self.state = CheckState.WORKING
        self._form.summary.setText(self.tr("{title}…").format(title=job.title))
        self._show([])

    def _show_progress(self) -> None:
        step = None if self._job is None else self._job.progress
        self._form.progress.setRange(0, 0 if step is None or step.total < 2 else step.total)
        self._form.progress.setValue(0 if step is None else step.done)

    def _take_check(self, summary: ImportSummary) -> None:
        self._checked = summary
        self.state = CheckState.CHECKED
        text = self.tr("{rows} rows read: {usable} can be imported, {bad} have errors.")
        bad = len({fault.row for fault in summary.faults})
        told = text.format(rows=summary.rows, usable=summary.usable, bad=bad)
        if summary.expected is not None:
            would = self.tr("Importing will add {added}, update {updated}, leave {unchanged} as they are.")
            told += "\n" + would.format(**vars(summary.expected))
        named = ", ".join(f"{heading} → {field_name(field)}" for field, heading in summary.columns.items())
        if summary.unused:
            named += "\n" + self.tr("Columns not taken: {columns}").format(columns=", ".join(summary.unused))
        self._form.summary.setText(told + "\n" + named)
        self._form.skip_bad_rows.setChecked(False)
        self._show([*summary.faults, *summary.repairs])

    def _take_result(self, summary: ImportSummary) -> None:
        self.state = CheckState.IMPORTED
        self._number = summary.number
        count = summary.count
        if count is not None:
            text = self.tr("Imported: {added} added, {updated} updated, {unchanged} unchanged, {rejected} left out.")
            told = text.format(
                added=count.added,
                updated=count.updated,
                unchanged=count.unchanged,
                rejected=len({fault.row for fault in summary.faults}),
            )
            self._form.summary.setText(told)
            self._draft.edited = False
            self._desk.messages.notice(f"{self._draft.file.name if self._draft.file else ''}: {told}")
        self._show([*summary.faults, *summary.repairs])

    def _undo(self) -> None:
        if self._number is not None:
            number, self._number = self._number, None
            take_back_import(self._desk, self, number, self._take_undone, self._take_error)
            self._show([])

    def _take_undone(self, told: TakenBack) -> None:
        self._form.summary.setText(taken_back_words(told))
        self._show([])

    def _take_error(self, error: BaseException) -> None:
        self.state = CheckState.FAILED
        cancelled = self.tr("Cancelled; nothing was imported.")
        self._form.summary.setText(cancelled if isinstance(error, JobCancelled) else said(error, self._desk.language))
        self._show([])

    def _show(self, faults: list[RowFault]) -> None:
        form = self._form
        working = self.state is CheckState.WORKING
        for widget in (form.progress, form.stop):
            widget.setVisible(working)
        for widget in (form.faults, form.faults_label):
            widget.setVisible(bool(faults))
        form.undo.setVisible(self.state is CheckState.IMPORTED and self._number is not None)
        errors = self._checked is not None and bool(self._checked.faults)
        form.skip_bad_rows.setVisible(self.state is CheckState.CHECKED and errors)
        form.faults.setRowCount(min(len(faults), _SHOWN_AT_MOST))
        for row, fault in enumerate(faults[:_SHOWN_AT_MOST]):
            kind = self.tr("note") if fault.is_note else self.tr("error")
            place = self.tr("file") if fault.row is None else str(fault.row)
            what = fault.sentence(self._desk.language).split(self.tr(": "), 1)[-1]
            for column, text in enumerate((place, fault.field or "", kind, what)):
                form.faults.setItem(row, column, QTableWidgetItem(text))
            form.faults.item(row, _KIND).setIcon(icon("info" if fault.is_note else "circle-alert"))
        form.faults.resizeColumnToContents(1)
        self._show_progress()
        self.changed.emit()
