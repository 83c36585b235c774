"""Which file is imported, what it holds, and how its text reads."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QTableWidget, QTableWidgetItem, QWidget

from weijian.cadastre.formats import endings, format_of
from weijian.domain.table_kind import Kind
from weijian.qt.desk import Desk
from weijian.qt.dialogs.import_draft import ImportDraft
from weijian.qt.dialogs.import_words import kind_name
from weijian.qt.dialogs.sentences import warning
from weijian.qt.forms.import_file_page import Ui_ImportFilePage
from weijian.services.import_preview import (
    TablePreview,
)

_IN_A_FOLDER = ".gdbtable"
"""Files by which a geodatabase, which is a folder, can be chosen in a dialog of files."""

TABLES = f" ({' '.join(f'*{ending}' for ending in (*endings(), _IN_A_FOLDER))})"
_ENCODINGS = ("UTF-8", "GBK", "GB18030", "Big5")
_WITHOUT_OUTLINES = (Kind.HOUSEHOLDS, Kind.PERSONS)


class ImportFilePage(QWidget):
    """File, kind, layer and encoding, with the first rows as they read."""

    def __init__(self, desk: Desk, draft: ImportDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._draft = desk, draft
        self._form = Ui_ImportFilePage()
        self._form.setupUi(self)
        self.setFocusProxy(self._form.file)
        self._form.encoding.addItem(self.tr("recognise"), "auto")
        for name in _ENCODINGS:
            self._form.encoding.addItem(name, name)
        self._form.kind.setPlaceholderText(self.tr("choose"))
        for kind in Kind:
            self._form.kind.addItem(kind_name(kind), kind)
        self._form.kind.setCurrentIndex(-1)
        self._form.preview.verticalHeader().hide()
        self._form.browse.clicked.connect(self._browse)
        self._form.browse_folder.clicked.connect(self._browse_folder)
        self._form.file.editingFinished.connect(self._take_file)
        self._form.kind.activated.connect(lambda _: draft.take_kind(self._form.kind.currentData()))
        self._form.layer.activated.connect(lambda _: draft.take_layer(self._form.layer.currentText()))
        self._form.encoding.activated.connect(lambda _: draft.take_encoding(self._form.encoding.currentData()))
        draft.read.connect(self.refresh)
        draft.settled.connect(self.refresh)
        self.refresh()

    @property
    def fault(self) -> str:
        """Why one cannot go on."""
        draft = self._draft
        if draft.file is None:
            return self.tr("Choose a file, or drop one into this window.")
        if draft.error is not None:
            return warning(draft.error, self._desk.language)
        if draft.reading or draft.preview is None:
            return self.tr("Reading…")
        if draft.kind is None:
            return self.tr("Say what the file holds.")
        return ""

    def refresh(self) -> None:
        """Show the draft."""
        draft, form, seen = self._draft, self._form, self._draft.preview
        if not form.file.hasFocus() or draft.file is not None:
            form.file.setText("" if draft.file is None else str(draft.file))
        form.kind.setCurrentIndex(-1 if draft.kind is None else list(Kind).index(draft.kind))
        form.kind.setEnabled(seen is not None)
        form.encoding.setCurrentIndex(max(0, form.encoding.findData(draft.encoding)))
        known = None if draft.file is None else format_of(draft.file)
        form.encoding.setEnabled(known is not None and known.encoded)
        layers = () if seen is None else seen.layers
        blocker = QSignalBlocker(form.layer)
        form.layer.clear()
        form.layer.addItems(list(layers))
        if seen is not None and seen.layer is not None:
            form.layer.setCurrentText(seen.layer)
        blocker.unblock()
        for widget in (form.layer, form.layer_label):
            widget.setVisible(len(layers) > 1)
        form.kind_note.setText(self._kind_words(seen))
        form.encoding_note.setText(self._encoding_words(seen))
        _fill_preview(form.preview, seen)

    def _kind_words(self, seen: TablePreview | None) -> str:
        if seen is None:
            return ""
        rows = self.tr("{count} rows").format(count=seen.count)
        if seen.kind is None:
            return rows + self.tr("; what they are was not recognised")
        told = rows + (self.tr("; recognised by headings and name") if self._draft.kind is seen.kind else "")
        if seen.has_geometry or self._draft.kind in (None, *_WITHOUT_OUTLINES):
            return told
        return told + self.tr("; no outlines: brings attributes to those of the archive with the same numbers")

    def _encoding_words(self, seen: TablePreview | None) -> str:
        if seen is None:
            return ""
        if seen.undecodable:
            text = self.tr("{count} cells are not {encoding}; choose another encoding.")
            return text.format(count=seen.undecodable, encoding=seen.encoding)
        if self._draft.encoding != "auto" or seen.certain:
            return seen.encoding
        return self.tr("{encoding}, a guess: check names and addresses below").format(encoding=seen.encoding)

    def _browse(self) -> None:
        chosen = self._desk.messages.open_files(
            self.tr("File of the archive"), self.tr("Tables and vector files") + TABLES
        )
        if chosen:
            self._draft.take_file(chosen[0])

    def _browse_folder(self) -> None:
        folder = self._desk.messages.choose_folder(self.tr("Folder of the geodatabase (.gdb)"))
        if folder is not None:
            self._draft.take_file(folder)

    def _take_file(self) -> None:
        text = self._form.file.text().strip()
        if text and Path(text) != self._draft.file:
            self._draft.take_file(Path(text))


def _fill_preview(table: QTableWidget, seen: TablePreview | None) -> None:
    if seen is None:
        table.setRowCount(0)
        table.setColumnCount(0)
        return
    table.setColumnCount(len(seen.headings))
    table.setHorizontalHeaderLabels(list(seen.headings))
    table.setRowCount(len(seen.rows))
    for row, cells in enumerate(seen.rows):
        for column, cell in enumerate(cells):
            item = QTableWidgetItem(cell)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            table.setItem(row, column, item)
    table.resizeColumnsToContents()
    table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 8)
