"""Which columns of a file that is imported hold what."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHeaderView, QTableWidgetItem, QWidget

from weijian.cadastre.mapping import FieldMapping
from weijian.domain.table_kind import Kind
from weijian.qt.desk import Desk
from weijian.qt.dialogs.import_draft import ImportDraft
from weijian.qt.dialogs.import_words import field_name, value_name
from weijian.qt.forms.import_mapping_page import Ui_ImportMappingPage
from weijian.services.import_preview import (
    TablePreview,
    constant_values,
    fields_of,
    load_mapping,
    required_field,
    save_mapping,
    saved_mappings,
)


class ImportMappingPage(QWidget):
    """Which column of the file holds which field."""

    opened = Signal()

    def __init__(self, desk: Desk, draft: ImportDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._draft = desk, draft
        self._form = Ui_ImportMappingPage()
        self._form.setupUi(self)
        table = self._form.fields
        self.setFocusProxy(table)
        table.setColumnCount(3)
        table.setHorizontalHeaderLabels([self.tr("Field"), self.tr("Column in the file"), self.tr("First values")])
        table.verticalHeader().hide()
        table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        table.setColumnWidth(0, 170)
        table.setColumnWidth(1, 220)
        self._form.load.clicked.connect(self._load)
        self._form.save.clicked.connect(self._save)
        self._form.saved.activated.connect(self._take_saved)
        self._form.saved.hide()
        self._offered_for: tuple[object, object] = (None, None)
        self._shown: tuple[object, ...] = ()
        draft.read.connect(self.refresh)
        draft.settled.connect(self.refresh)
        self.refresh()

    @property
    def fault(self) -> str:
        """Why one cannot go on."""
        lost = self._draft.lost_headings
        if lost:
            return self.tr("The file has no column “{heading}”; choose another one.").format(heading=lost[0])
        missing = self._draft.unmapped
        return "" if missing is None else self.tr("Say which column holds: {field}.").format(field=field_name(missing))

    def refresh(self) -> None:
        """Show the draft."""
        draft = self._draft
        self._form.save.setEnabled(draft.mapping is not None)
        if draft.preview is None or draft.kind is None or draft.mapping is None:
            self._form.fields.setRowCount(0)
            self._shown = ()
            return
        if self._offered_for != (draft.preview, draft.kind):
            self._offered_for = (draft.preview, draft.kind)
            self._look_for_saved()
        shown = (draft.preview, draft.kind, draft.mapping)
        if shown != self._shown:
            self._shown = shown
            self._fill(draft.preview, draft.kind, draft.mapping)

    def _fill(self, seen: TablePreview, kind: Kind, mapping: FieldMapping) -> None:
        table = self._form.fields
        fields = fields_of(kind)
        same = table.rowCount() == len(fields) and table.cellWidget(0, 1) is not None
        table.setRowCount(len(fields))
        for row, field in enumerate(fields):
            needed = field == required_field(kind)
            name = field_name(field) + (self.tr(" (required)") if needed else "")
            item = QTableWidgetItem(name)
            if needed:
                font = item.font()
                font.setBold(True)
                item.setFont(font)
            table.setItem(row, 0, item)
            heading = mapping.columns.get(field)
            values = seen.samples(heading) if heading in seen.headings and heading is not None else ()
            table.setItem(row, 2, QTableWidgetItem("   ".join(values)))
            box = table.cellWidget(row, 1) if same else None
            if not isinstance(box, QComboBox):
                box = QComboBox()
                box.setObjectName(f"column-{row}")
                box.activated.connect(partial(self._choose, row))
                table.setCellWidget(row, 1, box)
            self._offer(box, seen, kind, field, mapping)
        table.setWordWrap(False)

    def _offer(self, box: QComboBox, seen: TablePreview, kind: Kind, field: str, mapping: FieldMapping) -> None:
        blocker = QSignalBlocker(box)
        box.clear()
        box.setAccessibleName(field_name(field))
        box.addItem(self.tr("— none —"), None)
        for heading in seen.headings:
            box.addItem(heading, ("column", heading))
        for value in constant_values(kind, field):
            text = self.tr("every row: {value}").format(value=value_name(kind, value))
            box.addItem(text, ("constant", value))
        wanted: tuple[str, str] | None = None
        if field in mapping.columns:
            wanted = ("column", mapping.columns[field])
        elif field in mapping.constants:
            wanted = ("constant", mapping.constants[field])
        index = next((i for i in range(box.count()) if wanted is not None and box.itemData(i) == wanted), 0)
        box.setCurrentIndex(index)
        blocker.unblock()

    def _choose(self, row: int, index: int) -> None:
        draft = self._draft
        box = self._form.fields.cellWidget(row, 1)
        if draft.kind is None or draft.mapping is None or not isinstance(box, QComboBox):
            return
        field, chosen = fields_of(draft.kind)[row], box.itemData(index)
        columns = {key: value for key, value in draft.mapping.columns.items() if key != field}
        constants = {key: value for key, value in draft.mapping.constants.items() if key != field}
        if chosen is not None:
            (columns if chosen[0] == "column" else constants)[field] = chosen[1]
        draft.take_mapping(replace(draft.mapping, columns=columns, constants=constants))

    def _load(self) -> None:
        chosen = self._desk.messages.open_files(self.tr("Load a mapping"), self.tr("Field mappings") + " (*.toml)")
        if chosen and self._draft.kind is not None:
            self._desk.jobs.ask(self, partial(load_mapping, chosen[0], self._draft.kind), self._draft.take_mapping)

    def _save(self) -> None:
        mapping = self._draft.mapping
        if mapping is None:
            return
        file = self._draft.file
        suggested = self._kept_in / f"{mapping.kind if file is None else file.stem}.toml"
        path = self._desk.messages.save_file(
            self.tr("Save the mapping"), suggested, self.tr("Field mappings") + " (*.toml)"
        )
        if path is not None:
            told = self.tr("Mapping saved: {path}")
            self._desk.jobs.ask(self, partial(save_mapping, mapping, path), lambda p: self._saved(told.format(path=p)))

    def _saved(self, told: str) -> None:
        self._desk.messages.notice(told)
        self._look_for_saved()

    @property
    def _kept_in(self) -> Path:
        """Mappings that are saved here are offered for every file that they fit."""
        return self._desk.settings.folder / "mappings"

    def _look_for_saved(self) -> None:
        seen, kind = self._draft.preview, self._draft.kind
        self._form.saved.hide()
        if seen is not None and kind is not None:
            self._desk.jobs.ask(self, partial(saved_mappings, self._kept_in, seen, kind), self._offer_saved)

    def _offer_saved(self, fitting: dict[str, FieldMapping]) -> None:
        box = self._form.saved
        blocker = QSignalBlocker(box)
        box.clear()
        box.addItem(self.tr("Saved mappings that fit: {count}").format(count=len(fitting)), None)
        for name, mapping in fitting.items():
            box.addItem(name, mapping)
        box.setVisible(bool(fitting))
        blocker.unblock()

    def _take_saved(self, place: int) -> None:
        mapping = self._form.saved.itemData(place)
        if mapping is not None:
            self._draft.take_mapping(mapping)
