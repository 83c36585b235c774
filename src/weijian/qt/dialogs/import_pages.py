"""The first three pages of the import dialog: file, coordinate system, columns."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from weijian.cadastre.formats import endings, format_of
from weijian.cadastre.mapping import FieldMapping
from weijian.domain.language import Language
from weijian.domain.table_kind import Kind
from weijian.qt.desk import Desk
from weijian.qt.dialogs.crs_chooser import CrsChooser
from weijian.qt.dialogs.import_draft import ImportDraft
from weijian.qt.dialogs.import_words import field_name, kind_name, value_name
from weijian.qt.dialogs.sentences import said
from weijian.qt.dialogs.survey_placement import SurveyPlacement, overlap_words
from weijian.qt.forms.import_crs_page import Ui_ImportCrsPage
from weijian.qt.forms.import_file_page import Ui_ImportFilePage
from weijian.qt.forms.import_mapping_page import Ui_ImportMappingPage
from weijian.services.crs_choices import CrsFacts
from weijian.services.import_preview import (
    TablePreview,
    constant_values,
    fields_of,
    load_mapping,
    required_field,
    save_mapping,
    saved_mappings,
)
from weijian.services.survey_preview import KnownGround, known_ground

_IN_A_FOLDER = ".gdbtable"
"""Files by which a geodatabase, which is a folder, can be chosen in a dialog of files."""

TABLES = f" ({' '.join(f'*{ending}' for ending in (*endings(), _IN_A_FOLDER))})"
_ENCODINGS = ("UTF-8", "GBK", "GB18030", "Big5")
_WITHOUT_OUTLINES = (Kind.HOUSEHOLDS, Kind.PERSONS)


def _warning(error: BaseException, language: Language) -> str:
    """An error's sentence, marked as one."""
    return f"⚠ {said(error, language)}"


def _called(crs: CrsFacts | None, language: Language) -> str:
    """A coordinate system by its name and its code, where it has a short one."""
    if crs is None:
        return "—"
    name = crs.name(language)
    return f"{name} {crs.code}" if crs.code.startswith("EPSG:") else name


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
            return _warning(draft.error, self._desk.language)
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


class ImportCrsPage(QWidget):
    """In which CRS the coordinates are, and where that puts them."""

    def __init__(self, desk: Desk, draft: ImportDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._draft = desk, draft
        self._known = KnownGround(None, (), ())
        self._form = Ui_ImportCrsPage()
        self._form.setupUi(self)
        self._chooser = CrsChooser(desk.jobs, desk.messages, desk.language, self._form.chooser_side)
        self._placement = SurveyPlacement(self._form.placement_side)
        for side, child in ((self._form.chooser_side, self._chooser), (self._form.placement_side, self._placement)):
            layout = side.layout()
            if layout is not None:
                layout.addWidget(child)
        self._doubted: Path | None = None
        self.setFocusProxy(self._chooser)
        self._chooser.changed.connect(self._take_crs)
        self._form.other.clicked.connect(self._doubt)
        draft.read.connect(self.refresh)
        desk.jobs.ask(self, partial(known_ground, desk.folder), self._take_known)
        self.refresh()

    @property
    def fault(self) -> str:
        """Why one cannot go on."""
        seen = self._draft.preview
        if seen is None or not seen.has_geometry:
            return ""
        return "" if seen.crs_problem is None else _warning(seen.crs_problem, self._desk.language)

    def refresh(self) -> None:
        """Show the draft."""
        seen = self._draft.preview
        if seen is None:
            self._form.finding.setText("")
            self._placement.show_candidate("", None)
            return
        self._placement.show_candidate(seen.path.name, seen.ground)
        known = seen.crs_problem is None and self._draft.crs is None
        self._form.other.setVisible(known and self._doubted != self._draft.file)
        self._form.chooser_side.setVisible(not known or self._doubted == self._draft.file)
        told = self.tr("Choose the coordinate system that the file's coordinates are in.")
        if seen.crs_problem is None:
            told = self.tr("Coordinates are in {crs}.").format(crs=_called(seen.crs, self._desk.language))
            if self._draft.crs is None:
                told += " " + self.tr("The file says so; choose another one only if that is wrong.")
            if seen.ground is not None:
                told += "\n" + overlap_words(seen.ground, self._known)
        self._form.finding.setText(told)

    def _doubt(self) -> None:
        """What the file says of itself may be wrong."""
        self._doubted = self._draft.file
        self.refresh()
        self._chooser.setFocus()

    def _take_known(self, known: KnownGround) -> None:
        self._known = known
        self._placement.show_known(known)
        self.refresh()

    def _take_crs(self) -> None:
        if self._chooser.facts is not None:
            self._draft.take_crs(self._chooser.facts.code)


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
