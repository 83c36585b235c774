"""Stepping through the findings and saying of each whether it holds."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget
from shapely import MultiPolygon, Polygon

from weijian.domain.change_set import ChangeSet, Part
from weijian.domain.dismissal import Dismissal
from weijian.domain.finding import Finding, ReviewStatus
from weijian.domain.review import ReviewUndo
from weijian.qt.desk import Desk
from weijian.qt.forms.review_panel import Ui_ReviewPanel
from weijian.qt.icons import icon
from weijian.qt.models.findings_filter import FindingCriteria, FindingsFilter
from weijian.qt.models.findings_model import FindingRows, FindingsModel, rows_of
from weijian.qt.operations.review import ask_for_case, ask_why_dismissed, enter_as_lead, replace_outline, review
from weijian.qt.panels.finding_card import FindingCard
from weijian.qt.panels.findings_columns import FindingsColumns
from weijian.qt.panels.review_actions import make_actions
from weijian.qt.panels.review_filters import ReviewFilters
from weijian.qt.selection import Subject, SubjectKind
from weijian.services.review import ReviewItem, review_list

_PARTS = (Part.FINDINGS, Part.CASES, Part.LEADS, Part.HOUSEHOLDS, Part.SURVEYS, Part.PERMITS)
_MAIN = ("confirm", "dismiss", "case")
_OTHERS = ("previous", "next", "next-open", "edit-outline", "lead", "reopen", "undo", "redo")


class ReviewPanel(QWidget):
    """The list of findings above a card of the one at hand.

    Attributes
    ----------
    verbs : dict of str to QAction
        The verbs by name, with their keys; active in the window that shows the panel.
    detect_asked : Signal()
        The user wants to look for changes.
    edit_outline_asked : Signal(Finding)
        The map is to let the user draw; the result goes to :meth:`apply_outline`.
    zoom_asked : Signal(Bounds)
        The map is to show that.
    """

    detect_asked = Signal()
    edit_outline_asked = Signal(object)
    zoom_asked = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._form = Ui_ReviewPanel()
        self._form.setupUi(self)
        self._model = FindingsModel(self)
        self._shown = FindingsFilter(self._model, self)
        self._filters = ReviewFilters(self._form, self)
        self._card = FindingCard(desk)
        self._current_no: str | None = None
        self._following = False
        self._asked_again = False
        self._reading = False
        self.verbs: dict[str, QAction] = make_actions(self)
        self._build()
        self._connect()
        self._read()

    @property
    def current(self) -> Finding | None:
        """The finding at hand."""
        item = self._item
        return None if item is None else item.finding

    @property
    def _item(self) -> ReviewItem | None:
        row = None if self._current_no is None else self._model.row_of(self._current_no)
        return None if row is None else self._model.item(row)

    def apply_outline(self, finding_no: str, geometry: Polygon | MultiPolygon) -> None:
        """Keep an outline drawn by hand (workspace CRS)."""
        replace_outline(self._desk, finding_no, geometry)

    def _build(self) -> None:
        form = self._form
        form.filterButton.setIcon(icon("list-filter"))
        form.filterBox.hide()
        form.filterText.hide()
        form.scroll.setWidget(self._card)
        form.splitter.setStretchFactor(0, 2)
        form.splitter.setStretchFactor(1, 3)
        form.splitter.setSizes([200, 340])
        table = form.table
        table.setModel(self._shown)
        table.setSortingEnabled(True)
        table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._columns = FindingsColumns(table)
        table.verticalHeader().hide()
        line = table.fontMetrics().height() + 6
        table.verticalHeader().setDefaultSectionSize(line)
        table.verticalHeader().setMinimumSectionSize(line)
        for name in _MAIN:
            form.mainVerbs.addWidget(self._main_button(self.verbs[name]), 1)
        for name in _OTHERS:
            form.verbs.addWidget(self._small_button(self.verbs[name]))
        form.verbs.insertStretch(len(_OTHERS) - 2, 1)
        self.addActions(list(self.verbs.values()))
        self.setFocusProxy(table)
        self._show_page("")

    def _main_button(self, verb: QAction) -> QPushButton:
        button = QPushButton(verb.icon(), verb.iconText(), self)
        button.setObjectName(f"{verb.objectName()}Button")
        button.setToolTip(verb.toolTip())
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(verb.trigger)
        verb.enabledChanged.connect(button.setEnabled)
        return button

    def _small_button(self, verb: QAction) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"{verb.objectName()}Button")
        button.setDefaultAction(verb)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _connect(self) -> None:
        form, actions = self._form, self.verbs
        form.detect.clicked.connect(self.detect_asked)
        form.filterButton.toggled.connect(form.filterBox.setVisible)
        form.table.selectionModel().currentRowChanged.connect(self._row_taken)
        self._filters.changed.connect(self._filter)
        self._card.zoom_asked.connect(self.zoom_asked)
        self._card.link_asked.connect(self._desk.selection.ask_for)
        self._desk.undoing.moved.connect(self._enable)
        self._desk.undoing.done.connect(self._go_to_turned)
        self._desk.selection.changed.connect(self._follow)
        self._desk.jobs.changed.connect(self._look_again)
        actions["next"].triggered.connect(lambda: self._step(1))
        actions["previous"].triggered.connect(lambda: self._step(-1))
        actions["next-open"].triggered.connect(lambda: self._go_to(self._next_open()))
        actions["confirm"].triggered.connect(lambda: self._review(ReviewStatus.CONFIRMED))
        actions["reopen"].triggered.connect(lambda: self._review(ReviewStatus.OPEN))
        actions["dismiss"].triggered.connect(self._dismiss)
        actions["edit-outline"].triggered.connect(self._edit_outline)
        actions["lead"].triggered.connect(self._enter_lead)
        actions["case"].triggered.connect(self._open_case)
        actions["undo"].triggered.connect(self._desk.undoing.undo)
        actions["redo"].triggered.connect(self._desk.undoing.redo)

    # Reading

    def _look_again(self, changes: ChangeSet) -> None:
        if changes.touches(*_PARTS):
            self._read()

    def _read(self) -> None:
        """Read everything; a change while that goes on is read after it."""
        if self._reading:
            self._asked_again = True
            return
        self._reading, self._asked_again = True, False
        self._desk.jobs.ask(self, partial(_rows, self._desk.folder), self._show, self._unread)

    def _unread(self, error: BaseException) -> None:
        self._reading = False
        self._desk.messages.problem(error)

    def _show(self, rows: FindingRows) -> None:
        self._reading = False
        first = not self._model.rows.items
        bar = self._form.table.verticalScrollBar()
        place = bar.value()
        self._following = True
        known = self._model.rows.numbers
        self._model.show(rows)
        self._filters.offer_places(rows.items)
        self._following = False
        if rows.items and rows.numbers != known:
            self._columns.fit()
        self._show_progress(rows)
        if self._current_no is None or self._model.row_of(self._current_no) is None:
            subject = self._desk.selection.subject
            wanted = subject.number if subject is not None and subject.kind is SubjectKind.FINDING else None
            self._current_no = wanted if wanted in rows.numbers else self._first()
        self._mark_row(scroll=first)
        if not first:
            bar.setValue(place)
        self._show_card()
        self._say_filter()
        if self._asked_again:
            self._read()

    def _first(self) -> str | None:
        if self._shown.rowCount() == 0:
            return None
        return self._next_open() or self._shown.item(0).finding.finding_no

    def _show_progress(self, rows: FindingRows) -> None:
        total = len(rows.items)
        text = self.tr("Reviewed {done} / {total}").format(done=rows.reviewed, total=total)
        self._form.progressText.setText(text)
        self._form.progress.setMaximum(max(total, 1))
        self._form.progress.setValue(rows.reviewed)
        if total:
            self._show_page(None)
        elif rows.survey_count:
            self._show_page(self.tr("No findings yet. Look for changes first; what is found is reviewed here."))
        else:
            self._show_page(self.tr("No surveys yet. Add the surveys of two dates, then detect changes."))
        self._form.detect.setVisible(not total and rows.survey_count > 0)

    def _show_page(self, empty: str | None) -> None:
        self._form.pages.setCurrentWidget(self._form.reviewPage if empty is None else self._form.emptyPage)
        if empty is not None:
            self._form.emptyText.setText(empty)
            self._form.detect.setVisible(bool(empty))
        self._enable()

    # Filtering

    def _filter(self, criteria: FindingCriteria) -> None:
        self._following = True
        self._shown.ask(criteria)
        self._following = False
        self._mark_row(scroll=True)
        self._say_filter()

    def _say_filter(self) -> None:
        text = self.tr("Showing {shown} of {total}; the filter hides the others").format(
            shown=self._shown.rowCount(), total=self._model.rowCount()
        )
        self._form.filterText.setText(text)
        self._form.filterText.setVisible(self._filters.any)

    # Stepping

    def _row_taken(self, index: QModelIndex) -> None:
        if not self._following and index.isValid():
            self._go_to(self._shown.item(index.row()).finding.finding_no)

    def _step(self, by: int) -> None:
        count = self._shown.rowCount()
        if not count:
            return
        row = self._row()
        target = (0 if by > 0 else count - 1) if row is None else min(max(row + by, 0), count - 1)
        self._go_to(self._shown.item(target).finding.finding_no)

    def _row(self) -> int | None:
        return None if self._current_no is None else self._shown.row_of(self._current_no)

    def _next_open(self) -> str | None:
        """The next finding to review after the one at hand, from the top again at the end."""
        count = self._shown.rowCount()
        row = self._row()
        start = 0 if row is None else row + 1
        for place in range(start, start + count):
            finding = self._shown.item(place % count).finding
            if finding.review is ReviewStatus.OPEN and finding.finding_no != self._current_no:
                return finding.finding_no
        return None

    def _go_to_turned(self, turned: object) -> None:
        if isinstance(turned, ReviewUndo):
            self._go_to(turned.finding_no)

    def _go_to(self, finding_no: str | None) -> None:
        """Take a finding up and have the map show it."""
        if finding_no is None or self._model.row_of(finding_no) is None:
            return
        self._current_no = finding_no
        self._mark_row(scroll=True)
        self._show_card()
        self._desk.selection.ask_for(Subject(SubjectKind.FINDING, finding_no))

    def _follow(self, subject: Subject | None) -> None:
        if subject is None or subject.kind is not SubjectKind.FINDING or subject.number == self._current_no:
            return
        if self._model.row_of(subject.number) is not None:
            self._current_no = subject.number
            self._mark_row(scroll=True)
            self._show_card()
        elif self._reading:
            self._current_no = subject.number

    def _mark_row(self, *, scroll: bool) -> None:
        row, table = self._row(), self._form.table
        self._following = True
        if row is None:
            table.clearSelection()
        else:
            column = max(table.currentIndex().column(), 0)
            table.setCurrentIndex(self._shown.index(row, column))
            table.selectRow(row)
            if scroll:
                table.scrollTo(self._shown.index(row, 0))
        self._following = False

    def _show_card(self) -> None:
        item = self._item
        self._card.setVisible(item is not None)
        if item is not None:
            self._card.show_item(item)
        self._enable()

    def _enable(self) -> None:
        item, actions = self._item, self.verbs
        for name in ("next", "previous", "next-open"):
            actions[name].setEnabled(self._model.rowCount() > 0)
        review = None if item is None else item.finding.review
        actions["confirm"].setEnabled(item is not None and review is not ReviewStatus.CONFIRMED)
        actions["dismiss"].setEnabled(item is not None)
        actions["reopen"].setEnabled(item is not None and review is not ReviewStatus.OPEN)
        actions["edit-outline"].setEnabled(item is not None)
        actions["lead"].setEnabled(item is not None and item.lead_no is None)
        actions["case"].setEnabled(item is not None and item.case_no is None)
        actions["undo"].setEnabled(self._desk.undoing.can_undo)
        actions["redo"].setEnabled(self._desk.undoing.can_redo)

    # Verbs

    def _review(self, status: ReviewStatus, dismissal: Dismissal | None = None, finding_no: str | None = None) -> None:
        number = finding_no or self._current_no
        if number is None:
            return
        following = self._next_open() if status is not ReviewStatus.OPEN and number == self._current_no else None

        def stored(_: object) -> None:
            if self._current_no == number:
                self._go_to(following)

        review(self._desk, number, status, dismissal, stored)

    def _dismiss(self) -> None:
        number, item = self._current_no, self._item
        if number is None or item is None:
            return
        if item.case_no is not None:
            self._review(ReviewStatus.DISMISSED)  # refused by the service, which names the case
            return
        ask_why_dismissed(self, number, lambda why: self._review(ReviewStatus.DISMISSED, why, number))

    def _edit_outline(self) -> None:
        if self.current is not None:
            self.edit_outline_asked.emit(self.current)

    def _enter_lead(self) -> None:
        if self._current_no is not None:
            text = self.tr("Entered as lead {number}")
            enter_as_lead(
                self._desk,
                self,
                self._current_no,
                lambda lead: self._desk.messages.notice(text.format(number=lead.lead_no)),
            )

    def _open_case(self) -> None:
        if self.current is not None:
            text = self.tr("Case {number} was opened")
            ask_for_case(
                self._desk,
                self,
                self.current,
                lambda case: self._desk.messages.notice(text.format(number=case.case_no)),
            )


def _rows(folder: Path) -> FindingRows:
    """What the table shows; runs in a worker."""
    return rows_of(review_list(folder))
