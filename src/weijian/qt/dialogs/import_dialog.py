"""Importing a file of the archive, step by step; nothing is written before the last one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QListWidgetItem, QWidget

from weijian.qt.desk import Desk
from weijian.qt.dialogs.file_sorting import sorted_files
from weijian.qt.dialogs.import_check_page import CheckState, ImportCheckPage
from weijian.qt.dialogs.import_crs_page import ImportCrsPage
from weijian.qt.dialogs.import_draft import ImportDraft
from weijian.qt.dialogs.import_file_page import ImportFilePage
from weijian.qt.dialogs.import_mapping_page import ImportMappingPage
from weijian.qt.dialogs.import_values_page import ImportValuesPage
from weijian.qt.dropped_files import dropped_paths
from weijian.qt.forms.import_dialog import Ui_ImportDialog

_FILE, _CRS, _MAPPING, _VALUES, _CHECK = range(5)


class ImportDialog(QDialog):
    """One window with five steps. Several ``files`` are taken one after the other."""

    def __init__(self, desk: Desk, files: Sequence[Path] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self._desk = desk
        self._waiting: list[Path] = []
        self._draft = ImportDraft(desk, self)
        self._form = Ui_ImportDialog()
        self._form.setupUi(self)
        self._file_page = ImportFilePage(desk, self._draft)
        self._crs_page = ImportCrsPage(desk, self._draft)
        self._mapping_page = ImportMappingPage(desk, self._draft)
        self._values_page = ImportValuesPage(self._draft)
        self._check_page = ImportCheckPage(desk, self._draft)
        self._steps = (self._file_page, self._crs_page, self._mapping_page, self._values_page, self._check_page)
        for page in self._steps:
            self._form.pages.addWidget(page)
        names = (
            self.tr("File"),
            self.tr("Coordinate system"),
            self.tr("Columns"),
            self.tr("Words"),
            self.tr("Check and import"),
        )
        for number, name in enumerate(names, start=1):
            self._form.steps.addItem(QListWidgetItem(f"{number}  {name}"))
        self._form.steps.setCurrentRow(_FILE)
        self._connect()
        self._refresh()
        self.take_files(files)

    def take_files(self, paths: Sequence[Path]) -> None:
        """Take the first of some files; the others wait."""
        tables = sorted_files(paths).tables
        if tables and self._check_page.state is not CheckState.WORKING:
            self._waiting = list(tables[1:])
            self._draft.take_file(tables[0])
            self._go_to(_FILE)
        elif paths and not tables:
            self._desk.messages.notice(self.tr("These files are no tables or vector files of an archive."))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Files are welcome."""
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Take what was dropped."""
        event.acceptProposedAction()
        self.take_files(dropped_paths(event.mimeData()))

    def reject(self) -> None:
        """Close; asks first when columns were set by hand and are not imported or saved."""
        if self._draft.edited and not self._desk.messages.ask(
            self.tr("The columns you have set are not imported yet. Close all the same?"),
            yes=self.tr("Close"),
            parent=self,
        ):
            return
        self._check_page.stop()
        super().reject()

    def _connect(self) -> None:
        form = self._form
        form.next.clicked.connect(self._next)
        form.back.clicked.connect(self._back)
        form.close.clicked.connect(self.reject)
        form.another.clicked.connect(self._another)
        form.steps.currentRowChanged.connect(self._step_chosen)
        self._draft.read.connect(self._refresh)
        self._draft.settled.connect(self._refresh)
        self._check_page.changed.connect(self._refresh)

    @property
    def _page(self) -> int:
        index: int = self._form.pages.currentIndex()
        return index

    def _needed(self, page: int) -> bool:
        """A table without geometry has no coordinate system, one without words nothing to say of them."""
        seen = self._draft.preview
        if page == _VALUES:
            return self._values_page.is_needed
        return page != _CRS or seen is None or seen.has_geometry

    def _fault(self, page: int) -> str:
        return self._steps[page].fault

    def _reachable(self, page: int) -> bool:
        return self._needed(page) and not any(self._fault(earlier) for earlier in range(page))

    def _refresh(self) -> None:
        form, state = self._form, self._check_page.state
        imported, working = state is CheckState.IMPORTED, state is CheckState.WORKING
        last = self._page == _CHECK
        for page in range(form.steps.count()):
            item = form.steps.item(page)
            may = self._reachable(page) and not working and (not imported or page == _CHECK)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable if may else Qt.ItemFlag.NoItemFlags)
        fault = self._fault(self._page)
        form.hint.setText("" if imported else fault)
        form.next.setText(self.tr("&Import") if last else self.tr("&Next"))
        form.next.setEnabled(self._check_page.may_import if last else not fault)
        form.next.setVisible(not imported)
        form.back.setVisible(not imported)
        form.back.setEnabled(self._page > _FILE and not working)
        form.another.setVisible(imported)
        waiting = self.tr("Import the &next file ({name})")
        form.another.setText(
            waiting.format(name=self._waiting[0].name) if self._waiting else self.tr("Import &another file")
        )
        form.another.setDefault(imported and bool(self._waiting))
        form.close.setDefault(imported and not self._waiting)
        form.next.setDefault(not imported)

    def _next(self) -> None:
        if self._page == _CHECK:
            self._check_page.run()
            return
        following = next(page for page in range(self._page + 1, _CHECK + 1) if self._needed(page))
        self._go_to(following)

    def _back(self) -> None:
        self._go_to(next(page for page in range(self._page - 1, -1, -1) if self._needed(page)))

    def _step_chosen(self, page: int) -> None:
        if page >= 0 and page != self._page:
            self._go_to(page)

    def _go_to(self, page: int) -> None:
        blocker = QSignalBlocker(self._form.steps)
        self._form.pages.setCurrentIndex(page)
        self._form.steps.setCurrentRow(page)
        blocker.unblock()
        if page == _CHECK:
            self._check_page.check()
        self._refresh()
        if self.isVisible():
            (self._form.next if self._form.next.isEnabled() and page else self._form.pages.currentWidget()).setFocus()

    def _another(self) -> None:
        self._check_page.reset()
        if self._waiting:
            self._draft.take_file(self._waiting.pop(0))
        else:
            self._draft.start_anew()
            self._draft.read.emit()
        self._go_to(_FILE)
