"""Importing a folder of photographs: which folder, how far a building may be, and what became of every file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHeaderView, QTableWidgetItem, QWidget

from weijian.qt.apart import JobCancelled
from weijian.qt.desk import Desk
from weijian.qt.dialogs.sentences import said
from weijian.qt.forms.photos_dialog import Ui_PhotosDialog
from weijian.qt.jobs import RunningJob
from weijian.qt.operations.photos import import_folder
from weijian.services.photo_import import PhotoImport

_SHOWN_AT_MOST = 2000


class PhotosDialog(QDialog):
    """One window: asks, works, accounts for the files."""

    def __init__(self, desk: Desk, folder: Path | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._job: RunningJob | None = None
        self._form = Ui_PhotosDialog()
        self._form.setupUi(self)
        table = self._form.files
        table.setColumnCount(2)
        table.setHorizontalHeaderLabels([self.tr("File"), self.tr("What")])
        table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        table.setColumnWidth(0, 260)
        table.verticalHeader().hide()
        self._form.browse.clicked.connect(self._browse)
        self._form.folder.textChanged.connect(lambda _: self._refresh())
        self._form.take.clicked.connect(self._start)
        self._form.stop.clicked.connect(self._stop)
        self._form.close.clicked.connect(self.reject)
        self._form.files.hide()
        if folder is not None:
            self._form.folder.setText(str(folder))
        self._refresh()

    @property
    def _is_working(self) -> bool:
        return self._job is not None and not self._job.has_ended

    def reject(self) -> None:
        """Close; what is under way is cancelled and nothing of it kept."""
        self._stop()
        super().reject()

    def _browse(self) -> None:
        folder = self._desk.messages.choose_folder(self.tr("Folder of photographs"))
        if folder is not None:
            self._form.folder.setText(str(folder))

    def _start(self) -> None:
        source, distance_m = Path(self._form.folder.text().strip()), float(self._form.distance.value())
        self._form.files.hide()
        self._form.told.setText("")
        self._job = import_folder(self._desk, self, source, distance_m, self._take_result, self._take_error)
        self._job.moved.connect(self._refresh)
        self._refresh()

    def _stop(self) -> None:
        if self._job is not None and self._is_working:
            self._job.cancel()

    def _take_result(self, told: PhotoImport) -> None:
        text = self.tr(
            "{found} files: {taken} taken, {duplicates} duplicates, {refused} not taken. Of those taken {matched} show "
            "a building; {unplaced} have no usable position and can be placed by hand in the table of photographs."
        )
        self._form.told.setText(
            text.format(
                found=told.found,
                taken=len(told.taken),
                duplicates=len(told.duplicates),
                refused=len(told.refused),
                matched=told.matched,
                unplaced=told.unplaced,
            )
        )
        language = self._desk.language
        joint = self.tr("; ")
        lines = [(each.path, each.why.said_in(language)) for each in told.refused]
        lines += [(path, self.tr("the same is in the archive already")) for path in told.duplicates]
        lines += [
            (each.path, joint.join(doubt.words.said_in(language) for doubt in each.doubts)) for each in told.doubtful
        ]
        self._show(lines)
        self._refresh()

    def _take_error(self, error: BaseException) -> None:
        cancelled = self.tr("Cancelled; nothing was imported.")
        self._form.told.setText(cancelled if isinstance(error, JobCancelled) else said(error, self._desk.language))
        self._refresh()

    def _show(self, lines: list[tuple[Path, str]]) -> None:
        table = self._form.files
        source = Path(self._form.folder.text().strip())
        table.setRowCount(min(len(lines), _SHOWN_AT_MOST))
        for row, (path, what) in enumerate(lines[:_SHOWN_AT_MOST]):
            name = path.relative_to(source) if path.is_relative_to(source) else path
            table.setItem(row, 0, QTableWidgetItem(str(name)))
            item = QTableWidgetItem(what)
            item.setToolTip(what)  # some sentences are longer than the column
            table.setItem(row, 1, item)
        table.setVisible(bool(lines))

    def _refresh(self) -> None:
        form, working = self._form, self._is_working
        for widget in (form.progress, form.stop):
            widget.setVisible(working)
        form.take.setEnabled(bool(form.folder.text().strip()) and not working)
        for widget in (form.folder, form.browse, form.distance):
            widget.setEnabled(not working)
        step = None if self._job is None else self._job.progress
        form.progress.setRange(0, 0 if step is None or step.total < 2 else step.total)
        form.progress.setValue(0 if step is None else step.done)
