"""The page of the import dialog on which words of the file are given a meaning."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QHeaderView, QTableWidgetItem, QWidget

from weijian.domain.table_kind import Kind
from weijian.qt.dialogs.import_draft import ImportDraft
from weijian.qt.dialogs.import_words import field_name, value_name
from weijian.qt.forms.import_values_page import Ui_ImportValuesPage
from weijian.services.import_preview import ValueLine, constant_values, takes_any_word, value_lines, with_meaning


class ImportValuesPage(QWidget):
    """Every word of a field of words, with its rows and what it stands for."""

    fault = ""
    """Words without meaning keep nobody from going on: their rows are told by the check."""

    def __init__(self, draft: ImportDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._lines: tuple[ValueLine, ...] = ()
        self._form = Ui_ImportValuesPage()
        self._form.setupUi(self)
        table = self._form.words
        self.setFocusProxy(table)
        table.setColumnCount(4)
        table.setHorizontalHeaderLabels(
            [self.tr("Field"), self.tr("Word in the file"), self.tr("Rows"), self.tr("Means")]
        )
        table.verticalHeader().hide()
        table.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        for column, width in enumerate((130, 220, 70)):
            table.setColumnWidth(column, width)
        draft.read.connect(self.refresh)
        draft.settled.connect(self.refresh)
        self.refresh()

    @property
    def is_needed(self) -> bool:
        """Whether the file has words that can be given a meaning."""
        return bool(self._lines)

    def refresh(self) -> None:
        """Show the draft."""
        draft = self._draft
        seen, mapping = draft.preview, draft.mapping
        lines = () if seen is None or mapping is None else value_lines(seen, mapping)
        former = [(line.field, line.word) for line in self._lines]
        same = former == [(line.field, line.word) for line in lines]
        if lines == self._lines:
            return
        self._lines = lines
        kind = draft.kind
        unknown = [each for each in lines if each.meaning is None and kind and not takes_any_word(kind, each.field)]
        text = self.tr("{count} words are not known; their rows are left out or keep the import from being made.")
        self._form.problem.setText(text.format(count=len(unknown)) if unknown else "")
        self._form.problem.setVisible(bool(unknown))
        if kind is not None and not same:
            self._fill(kind)
        self._show_meanings()

    def _fill(self, kind: Kind) -> None:
        table = self._form.words
        table.setRowCount(len(self._lines))
        for row, line in enumerate(self._lines):
            for column, text in enumerate((field_name(line.field), line.word, str(line.rows))):
                item = QTableWidgetItem(text)
                if column == 2:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                table.setItem(row, column, item)
            box = QComboBox()
            box.setObjectName(f"meaning-{row}")
            box.setAccessibleName(line.word)
            blocker = QSignalBlocker(box)
            free = takes_any_word(kind, line.field)
            box.addItem(self.tr("— as it is written —") if free else self.tr("— not known —"), None)
            for value in constant_values(kind, line.field):
                box.addItem(value_name(kind, value), value)
            blocker.unblock()
            box.activated.connect(partial(self._choose, line.field, line.word, box))
            table.setCellWidget(row, 3, box)

    def _show_meanings(self) -> None:
        """Every box at what its word means: a saved mapping may have changed that."""
        for row, line in enumerate(self._lines):
            box = self._form.words.cellWidget(row, 3)
            if isinstance(box, QComboBox):
                box.setCurrentIndex(0 if line.meaning is None else max(0, box.findData(line.meaning)))

    def _choose(self, field: str, word: str, box: QComboBox, _index: int) -> None:
        mapping = self._draft.mapping
        if mapping is not None:
            self._draft.take_mapping(with_meaning(mapping, field, word, box.currentData()))
