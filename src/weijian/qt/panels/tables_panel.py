"""The tables: households, buildings, findings, cases, photographs and checks, with filter, columns, copy and export."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QMenu, QWidget

from weijian.qt.desk import Desk
from weijian.qt.forms.tables_panel import Ui_TablesPanel
from weijian.qt.icons import icon
from weijian.qt.models.register_words import title_of
from weijian.qt.operations.register_exports import ask_for_table_file
from weijian.qt.panels.checks_page import ChecksPage
from weijian.qt.panels.photos_page import PhotosPage
from weijian.qt.panels.register_page import RegisterPage
from weijian.services.registers import RegisterKind

_TYPING_MS = 150


class TablesPanel(QWidget):
    """A tab for each register. Nothing is read before it is looked at."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._form = Ui_TablesPanel()
        self._form.setupUi(self)
        self._form.copy.setIcon(icon("copy"))
        self._form.columns.setIcon(icon("columns-2"))
        self._form.export_.setIcon(icon("file-spreadsheet"))
        self._columns_menu = QMenu(self)
        self._columns_menu.aboutToShow.connect(self._fill_columns_menu)
        self._form.columns.setMenu(self._columns_menu)
        self.photos = PhotosPage(desk, self)
        self.checks = ChecksPage(desk, self)
        own = {RegisterKind.PHOTOS: self.photos, RegisterKind.CHECKS: self.checks}
        self.pages = tuple(own.get(kind) or RegisterPage(desk, kind, self) for kind in RegisterKind)
        for page in self.pages:
            self._form.tabs.addTab(title_of(page.kind))
            self._form.pages.addWidget(page)
            page.counted.connect(self._count)
        self._form.tabs.setDrawBase(False)
        self._form.tabs.setExpanding(False)
        self._typed = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typed.timeout.connect(self._filter)
        self._form.filter.textChanged.connect(lambda: self._typed.start())
        self._form.filter.returnPressed.connect(self._filter)
        self._form.tabs.currentChanged.connect(self._turn_to)
        self._form.copy.clicked.connect(lambda: self.page.table.copy_rows())
        self._form.export_.clicked.connect(self._export)

    @property
    def page(self) -> RegisterPage:
        """The register that is shown."""
        place: int = self._form.pages.currentIndex()
        return self.pages[place]

    def turn_to(self, kind: RegisterKind) -> None:
        """Show a register."""
        self._form.tabs.setCurrentIndex(list(RegisterKind).index(kind))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Load what is shown for the first time, or changed while it was hidden."""
        super().showEvent(event)
        self.page.refresh()

    def _turn_to(self, place: int) -> None:
        self._form.pages.setCurrentIndex(place)
        self._form.filter.blockSignals(True)
        self._form.filter.setText(self.page.filter_text)
        self._form.filter.blockSignals(False)
        self._typed.stop()
        if self.isVisible():
            self.page.refresh()
        self._count()

    def _filter(self) -> None:
        self._typed.stop()
        if self._form.filter.text() != self.page.filter_text:
            self.page.filter_by(self._form.filter.text())

    def _count(self) -> None:
        shown, total = self.page.model.rowCount(), self.page.total
        self._form.count.setText(self.tr("{shown} of {total}").format(shown=shown, total=total))
        self._form.export_.setEnabled(shown > 0)
        self._form.copy.setEnabled(shown > 0)

    def _fill_columns_menu(self) -> None:
        self._columns_menu.clear()
        self.page.column_actions(self._columns_menu)

    def _export(self) -> None:
        page = self.page
        ask_for_table_file(self._desk, self, title_of(page.kind), page.sheet(), page.layer())
