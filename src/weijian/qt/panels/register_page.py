"""One register as a table: loaded, filtered and sorted in workers, linked with what everybody looks at."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QIcon, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QMenu,
    QStackedLayout,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from weijian.domain.change_set import ARCHIVE, ChangeSet, Part
from weijian.qt.desk import Desk
from weijian.qt.jobs import Question
from weijian.qt.models.register_models import (
    Order,
    RegisterContent,
    RegisterModel,
    arrange,
    content_of,
    sheet_columns,
)
from weijian.qt.models.register_words import heading_of, title_of
from weijian.qt.models.table_copy import tab_separated
from weijian.qt.operations.register_exports import ShownLayer
from weijian.qt.selection import Subject, SubjectKind
from weijian.services.register_export import SheetTable
from weijian.services.registers import RegisterKind, read_register

SUBJECTS = {
    RegisterKind.HOUSEHOLDS: SubjectKind.HOUSEHOLD,
    RegisterKind.BUILDINGS: SubjectKind.BUILDING,
    RegisterKind.FINDINGS: SubjectKind.FINDING,
    RegisterKind.CASES: SubjectKind.CASE,
    RegisterKind.PHOTOS: SubjectKind.PHOTO,
}
_MADE_OF = {
    RegisterKind.HOUSEHOLDS: ARCHIVE | {Part.FINDINGS, Part.CASES},
    RegisterKind.BUILDINGS: {Part.BUILDINGS},
    RegisterKind.FINDINGS: {Part.FINDINGS},
    RegisterKind.CASES: {Part.CASES},
    RegisterKind.PHOTOS: {Part.EVIDENCE},
    RegisterKind.CHECKS: ARCHIVE,
}
_WITH_OUTLINES = (RegisterKind.BUILDINGS, RegisterKind.FINDINGS)
_SETTLED_MS = 400
_LOOKED_AT_FOR_WIDTH = 40
_WIDEST = 240


class RegisterTable(QTableView):
    """A table that copies its selected rows with headings."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Ctrl+C copies rows."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
        else:
            super().keyPressEvent(event)

    @property
    def shown_columns(self) -> list[int]:
        """Columns that are not hidden, from left to right."""
        header = self.horizontalHeader()
        in_order = (header.logicalIndex(place) for place in range(header.count()))
        return [column for column in in_order if not header.isSectionHidden(column)]

    def copy_rows(self) -> None:
        """Put the selected rows on the clipboard, as they are shown."""
        model = self.model()
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        if not rows or not isinstance(model, RegisterModel):
            return
        columns = self.shown_columns
        headings = [str(model.headerData(column, Qt.Orientation.Horizontal)) for column in columns]
        QGuiApplication.clipboard().setText(tab_separated(headings, model.texts(rows, columns)))


def tool_button(drawing: QIcon, text: str, parent: QWidget) -> QToolButton:
    """A flat button with words, low enough to stand over a table in a low dock."""
    button = QToolButton(parent)
    button.setIcon(drawing)
    button.setText(text)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


class RegisterPage(QWidget):
    """The table of one register.

    ``counted`` is emitted when other rows are shown.
    """

    counted = Signal()

    def __init__(self, desk: Desk, kind: RegisterKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.kind = kind
        self.setObjectName(kind.value)
        self.filter_text = ""
        self._stale = True
        self._following = False
        self._question: Question | None = None
        self.model = RegisterModel(self)
        self.table = self._make_table()
        self.note = QLabel(self)
        self.note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.note.setWordWrap(True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._layers = QStackedLayout()
        self._column.addLayout(self._layers)
        self._layers.addWidget(self.table)
        self._layers.addWidget(self.note)
        self._keep_later = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._keep_later.timeout.connect(self._keep_header)
        desk.jobs.changed.connect(self._on_changes)
        desk.selection.changed.connect(self._follow)

    @property
    def total(self) -> int:
        """Rows of the register."""
        return 0 if self.model.content is None else self.model.content.size

    def refresh(self) -> None:
        """Load the register when what is shown is not up to date."""
        if self._stale:
            self._stale = False
            self._ask_for_content()

    def filter_by(self, text: str) -> None:
        """Show only rows in which every word occurs."""
        self.filter_text = text
        self._arrange()

    def column_actions(self, menu: QMenu) -> list[QAction]:
        """One switch for each column but the first, put into a menu."""
        actions = []
        header = self.table.horizontalHeader()
        for column in range(1, self.model.columnCount()):
            name = str(self.model.headerData(column, Qt.Orientation.Horizontal))
            action = menu.addAction(name)
            action.setCheckable(True)
            action.setChecked(not header.isSectionHidden(column))
            action.toggled.connect(partial(self._show_column, column))
            actions.append(action)
        return actions

    def sheet(self) -> Callable[[], SheetTable]:
        """What is shown now, for a workbook; the answer is to be called in a worker."""
        content, order, columns = self.model.content, self.model.order, self.table.shown_columns
        assert content is not None  # noqa: S101 - there is nothing to export before
        return lambda: SheetTable(title_of(content.kind), sheet_columns(content, order, columns))

    def layer(self) -> ShownLayer | None:
        """The rows that are shown, as a layer; None for a table whose rows have no outlines."""
        content, order = self.model.content, self.model.order
        if self.kind not in _WITH_OUTLINES or content is None:
            return None
        return ShownLayer(self.kind.value, lambda: tuple(str(content.columns[0].values[row]) for row in order))

    def _make_table(self) -> RegisterTable:
        table = RegisterTable(self)
        table.setObjectName(f"{self.kind.value}Table")
        table.setModel(self.model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setAlternatingRowColors(True)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setCornerButtonEnabled(False)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setFrameShape(QTableView.Shape.NoFrame)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 6)
        header = table.horizontalHeader()
        header.setSectionsMovable(True)
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._show_column_menu)
        header.sortIndicatorChanged.connect(self._sort)
        header.sectionResized.connect(lambda *_: self._keep_later.start())
        header.sectionMoved.connect(lambda *_: self._keep_later.start())
        table.selectionModel().currentRowChanged.connect(self._take_up)
        return table

    def _on_changes(self, changes: ChangeSet) -> None:
        if changes.touches(*_MADE_OF[self.kind]):
            self._stale = True
            if self.isVisible():
                self.refresh()

    def _ask_for_content(self) -> None:
        folder, kind = self._desk.folder, self.kind
        if self.model.content is None:
            self._say(self.tr("Loading…"))
        self._desk.jobs.ask(self, lambda: content_of(read_register(folder, kind)), self._take_content)

    def _take_content(self, content: RegisterContent) -> None:
        if not self.total:
            self._first_show(content)
        self._arrange(content)

    def _first_show(self, content: RegisterContent) -> None:
        """Columns as they were left, or as wide as their first values."""
        header = self.table.horizontalHeader()
        header.blockSignals(True)
        self.model.show(content, arrange(content, "", -1, descending=False)[:0])
        kept = self._desk.settings.state(self._state_name)
        if kept.isEmpty() or not header.restoreState(kept):
            self._fit_columns(content)
        header.blockSignals(False)

    def _fit_columns(self, content: RegisterContent) -> None:
        metrics = self.table.fontMetrics()
        for place, column in enumerate(content.columns):
            rows = range(min(content.size, _LOOKED_AT_FOR_WIDTH))
            texts = [heading_of(column.name) + "  ", *(column.text(row) for row in rows)]
            width = max(metrics.horizontalAdvance(text) for text in texts) + 20
            self.table.setColumnWidth(place, min(_WIDEST, width))

    def _arrange(self, content: RegisterContent | None = None) -> None:
        """Filter and sort in a worker; an earlier wish that is not fulfilled yet is dropped."""
        shown = content or self.model.content
        if shown is None:
            return
        if self._question is not None:
            self._question.drop()
        header, text = self.table.horizontalHeader(), self.filter_text
        column = header.sortIndicatorSection()
        descending = header.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
        self._question = self._desk.jobs.ask(
            self,
            lambda: arrange(shown, text, column, descending=descending),
            lambda order: self._show(shown, order),
        )

    def _show(self, content: RegisterContent, order: Order) -> None:
        self._following = True
        self.model.show(content, order)
        self._following = False
        if len(order):
            self._layers.setCurrentWidget(self.table)
        else:
            self._say(
                self.tr("No row has these words. Clear the filter to see all.") if content.size else self._empty()
            )
        self._follow(self._desk.selection.subject)
        self.counted.emit()

    def _empty(self) -> str:
        return {
            RegisterKind.HOUSEHOLDS: self.tr("No households yet. Import the archive first."),
            RegisterKind.BUILDINGS: self.tr("No buildings yet. Import the archive first."),
            RegisterKind.FINDINGS: self.tr("No findings yet. Add two surveys and start a detection."),
            RegisterKind.CASES: self.tr("No cases yet. Open one from a finding."),
            RegisterKind.PHOTOS: self.tr("No photographs yet. Import a folder of them, or drop one into the window."),
            RegisterKind.CHECKS: self.tr("Nothing wrong was found."),
        }[self.kind]

    def _say(self, text: str) -> None:
        self.note.setText(text)
        self._layers.setCurrentWidget(self.note)

    def _sort(self, *_: object) -> None:
        self._keep_later.start()
        self._arrange()

    def _take_up(self, current: QModelIndex) -> None:
        if current.isValid() and not self._following:
            self._desk.selection.ask_for(Subject(SUBJECTS[self.kind], self.model.number_at(current.row())))

    def _follow(self, subject: Subject | None) -> None:
        """Select the row of what is looked at and bring it into view; the focus stays where it is."""
        if subject is None or subject.kind is not SUBJECTS[self.kind]:
            return
        row = self.model.row_of(subject.number)
        if row is None:
            return
        index = self.model.index(row, self.table.shown_columns[0])
        if self.table.currentIndex().row() != row:
            self._following = True
            how = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.table.selectionModel().setCurrentIndex(index, how)
            self._following = False
        self.table.scrollTo(index)

    def _show_column_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.column_actions(menu)
        menu.popup(self.cursor().pos())

    def _show_column(self, column: int, shown: bool) -> None:
        self.table.setColumnHidden(column, not shown)
        if shown and not self.table.columnWidth(column):
            self.table.setColumnWidth(column, 100)
        self._keep_later.start()

    @property
    def _state_name(self) -> str:
        """Another number of columns is another table: its kept state would not fit."""
        return f"tables/{self.kind.value}/{self.model.columnCount()}"

    def _keep_header(self) -> None:
        if self.total:  # widths of an empty table are nobody's wish
            self._desk.settings.set_state(self._state_name, self.table.horizontalHeader().saveState())
