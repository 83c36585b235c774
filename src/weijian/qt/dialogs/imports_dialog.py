"""What was imported, and taking a whole import back; also long after the program was closed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QDialog, QTableWidgetItem, QWidget

from weijian.domain.change_set import ChangeSet
from weijian.domain.import_batch import ImportBatch
from weijian.domain.table_kind import Kind
from weijian.qt.apart import JobCancelled
from weijian.qt.desk import Desk
from weijian.qt.dialogs.import_words import kind_name
from weijian.qt.dialogs.sentences import said
from weijian.qt.forms.imports_dialog import Ui_ImportsDialog
from weijian.qt.operations.archive import take_back_import, taken_back_words
from weijian.services.import_undo import TakenBack, list_imports


class ImportsDialog(QDialog):
    """A table of the imports, the latest first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._batches: tuple[ImportBatch, ...] = ()
        self._form = Ui_ImportsDialog()
        self._form.setupUi(self)
        table = self._form.imports
        headings = (
            *(self.tr("No."), self.tr("When"), self.tr("Who"), self.tr("What"), self.tr("File"), self.tr("Added")),
            *(self.tr("Updated"), self.tr("Unchanged"), self.tr("Left out"), self.tr("State")),
        )
        table.setColumnCount(len(headings))
        table.setHorizontalHeaderLabels(list(headings))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.horizontalHeader().setStretchLastSection(True)
        table.verticalHeader().hide()
        table.itemSelectionChanged.connect(self._enable)
        self._form.undo.clicked.connect(self._undo)
        self._form.close.clicked.connect(self.reject)
        desk.jobs.changed.connect(self._look_again)
        self._read()

    @property
    def chosen(self) -> ImportBatch | None:
        """The import in the selected row."""
        rows = self._form.imports.selectionModel().selectedRows()
        return self._batches[rows[0].row()] if rows else None

    def _look_again(self, _: ChangeSet) -> None:
        self._read()

    def _read(self) -> None:
        self._desk.jobs.ask(self, partial(list_imports, self._desk.folder), self._show)

    def _show(self, batches: tuple[ImportBatch, ...]) -> None:
        self._batches = batches
        table = self._form.imports
        table.setRowCount(len(batches))
        for row, batch in enumerate(batches):
            state = "" if batch.taken_back_by is None else self.tr("taken back")
            at = batch.at.astimezone().strftime("%Y-%m-%d %H:%M")
            counts = (batch.added, batch.updated, batch.unchanged, batch.rejected)
            words = (batch.action_id, at, batch.actor, kind_name(Kind(batch.kind)), batch.file_name, *counts, state)
            for column, word in enumerate(words):
                item = QTableWidgetItem(str(word))
                if isinstance(word, int):
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                table.setItem(row, column, item)
        table.resizeColumnsToContents()
        if not batches:
            self._form.told.setText(self.tr("Nothing was imported yet."))
        elif table.currentRow() < 0:
            table.selectRow(0)
        self._enable()

    def _enable(self) -> None:
        self._form.undo.setEnabled(self.chosen is not None and self.chosen.taken_back_by is None)

    def _undo(self) -> None:
        batch = self.chosen
        if batch is None:
            return
        question = self.tr("Take back the import of {file}? Rows that were changed since stay as they are.")
        if self._desk.messages.ask(question.format(file=batch.file_name), yes=self.tr("Take it back"), parent=self):
            self._form.undo.setEnabled(False)
            take_back_import(self._desk, self, batch.action_id, self._take_undone, self._take_error)

    def _take_undone(self, told: TakenBack) -> None:
        self._form.told.setText(taken_back_words(told))
        self._read()

    def _take_error(self, error: BaseException) -> None:
        if not isinstance(error, JobCancelled):
            self._form.told.setText(said(error, self._desk.language))
        self._enable()
