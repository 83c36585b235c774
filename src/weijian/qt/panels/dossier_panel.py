"""The household's dossier (一户一档): a search, and one page a household."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QLineEdit, QListWidgetItem, QWidget

from weijian.domain.change_set import ARCHIVE, ChangeSet, Part
from weijian.domain.errors import NotFound
from weijian.qt.desk import Desk
from weijian.qt.forms.dossier_panel import Ui_DossierPanel
from weijian.qt.icons import icon
from weijian.qt.jobs import Question
from weijian.qt.panels.dossier_page import DossierPage
from weijian.qt.panels.household_results import TwoLines
from weijian.qt.selection import Subject, SubjectKind
from weijian.services.dossier import Dossier, HouseholdHit, dossier, household_of, search_households

_TYPING_MS = 150
_HITS = 50
_MADE_OF = ARCHIVE | {Part.FINDINGS, Part.CASES, Part.EVIDENCE, Part.SURVEYS, Part.NUMBERS}
_PARTS = {
    SubjectKind.HOUSEHOLD: Part.HOUSEHOLDS,
    SubjectKind.FINDING: Part.FINDINGS,
    SubjectKind.BUILDING: Part.BUILDINGS,
    SubjectKind.PARCEL: Part.PARCELS,
    SubjectKind.PERMIT: Part.PERMITS,
    SubjectKind.CASE: Part.CASES,
}


@dataclass(frozen=True)
class _Found:
    """A household that something belongs to; its dossier is None when it is the one that is shown."""

    household_no: str | None
    dossier: Dossier | None = None


class DossierPanel(QWidget):
    """Follows what everybody looks at, to the household it belongs to.

    ``split_asked(str)``: a building of that number is to be divided by a line on the map.
    """

    split_asked = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._form = Ui_DossierPanel()
        self._form.setupUi(self)
        self._form.note.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._form.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._form.results.setItemDelegate(TwoLines(self._form.results))
        self._page: DossierPage | None = None
        self._asked_page: Question | None = None
        self._asked_search: Question | None = None
        self._take_first = False
        self._typed = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typed.timeout.connect(self._search)
        self._form.search.textChanged.connect(self._on_typed)
        self._form.search.returnPressed.connect(self._on_return)
        self._form.search.installEventFilter(self)
        self._form.results.installEventFilter(self)
        self._form.results.itemActivated.connect(self._take)
        self._form.results.itemClicked.connect(self._take)
        self._say(self.tr("Search for a household, or select a building or a finding on the map."))
        desk.selection.changed.connect(self._follow)
        desk.jobs.changed.connect(self._on_changes)
        self._follow(desk.selection.subject)

    @property
    def page(self) -> DossierPage | None:
        """The household's page that is shown; None when there is none."""
        return self._page

    def search(self) -> None:
        """Let the user type what a household is found by."""
        self._form.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._form.search.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keys that lead from the search box into the results and back."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and self._moves(watched, event.key()):
            return True
        return super().eventFilter(watched, event)

    def _moves(self, watched: QObject, key: int) -> bool:
        results = self._form.results
        if key == Qt.Key.Key_Escape and self._form.search.text():
            self._form.search.clear()
            self._form.search.setFocus()
            return True
        if watched is self._form.search and key == Qt.Key.Key_Down and results.isVisible() and results.count():
            results.setFocus()
            return True
        if watched is not self._form.search and key == Qt.Key.Key_Up and results.currentRow() <= 0:
            self._form.search.setFocus()
            return True
        return False

    def _on_typed(self, text: str) -> None:
        self._take_first = False
        if self._asked_search is not None:
            self._asked_search.drop()
        if text.strip():
            self._typed.start()
        else:
            self._typed.stop()
            self._back_to_page()

    def _on_return(self) -> None:
        """Take the first hit, or as soon as there is one."""
        results = self._form.results
        if self._typed.isActive():
            self._take_first = True
            self._typed.stop()
            self._search()
        elif results.isVisible() and results.count():
            self._take(results.currentItem() or results.item(0))
        else:
            self._take_first = bool(self._form.search.text().strip())

    def _search(self) -> None:
        folder, text = self._desk.folder, self._form.search.text()
        self._asked_search = self._desk.jobs.ask(
            self, lambda: search_households(folder, text, _HITS), self._show_results
        )

    def _show_results(self, hits: tuple[HouseholdHit, ...]) -> None:
        results = self._form.results
        results.clear()
        for hit in hits:
            item = QListWidgetItem(self._words(hit))
            item.setData(Qt.ItemDataRole.UserRole, hit.household_no)
            results.addItem(item)
        if not hits:
            self._say(self.tr("No household has these words."))
            return
        results.setCurrentRow(0)
        self._form.pages.setCurrentWidget(results)
        if self._take_first:
            self._take(results.item(0))

    def _words(self, hit: HouseholdHit) -> str:
        lines = [f"{hit.address}  {hit.holder}".strip(), hit.household_no]
        if hit.building_no is not None:
            lines.append(self.tr("Building {number}").format(number=hit.building_no))
        elif hit.parcel_no is not None:
            lines.append(self.tr("Parcel {number}").format(number=hit.parcel_no))
        return "\n".join(line for line in lines if line)

    def _take(self, item: QListWidgetItem) -> None:
        number = str(item.data(Qt.ItemDataRole.UserRole))
        self._form.search.clear()
        self._form.scroll.setFocus()
        self._desk.selection.ask_for(Subject(SubjectKind.HOUSEHOLD, number))

    def _follow(self, subject: Subject | None) -> None:
        if subject is None or subject.kind not in _PARTS:
            return
        if self._asked_page is not None:
            self._asked_page.drop()
        folder, part, number = self._desk.folder, _PARTS[subject.kind], subject.number
        shown = None if self._page is None else self._page.dossier.household.household_no
        read = partial(_read, self._desk)

        def work() -> _Found:
            wanted = household_of(folder, part, number)
            if wanted is None or wanted == shown:
                return _Found(wanted)
            return _Found(wanted, read(wanted))

        self._asked_page = self._desk.jobs.ask(self, work, self._show_found, self._on_trouble)

    def _on_changes(self, changes: ChangeSet) -> None:
        if self._page is None or not changes.touches(*_MADE_OF):
            return
        if self._asked_page is not None:
            self._asked_page.drop()
        number = self._page.dossier.household.household_no
        read = partial(_read, self._desk)
        self._asked_page = self._desk.jobs.ask(
            self,
            lambda: _Found(number, read(number)),
            self._show_found,
            self._on_trouble,
        )

    def _show_found(self, found: _Found) -> None:
        if found.household_no is None:
            self._close_page()
            self._say(self.tr("This does not belong to any household of the register."))
        elif found.dossier is not None:
            self._show(found.dossier)
        self._back_to_page()

    def _on_trouble(self, error: BaseException) -> None:
        self._close_page()
        if isinstance(error, NotFound):
            self._say(error.sentence(self._desk.language))
        else:
            self._desk.messages.problem(error)

    def _show(self, found: Dossier) -> None:
        bar = self._form.scroll.verticalScrollBar()
        same = self._page is not None and self._page.dossier.household.household_no == found.household.household_no
        place = bar.value() if same else 0
        self._page = DossierPage(self._desk, found)
        self._page.split_asked.connect(self.split_asked)
        self._form.scroll.setWidget(self._page)
        self._page.show()
        bar.setValue(place)

    def _close_page(self) -> None:
        if self._page is not None:
            self._page = None
            self._form.scroll.setWidget(QWidget())

    def _back_to_page(self) -> None:
        if self._form.search.text().strip():
            return
        self._form.pages.setCurrentWidget(self._form.notePage if self._page is None else self._form.scroll)

    def _say(self, text: str) -> None:
        self._form.note.setText(text)
        self._form.pages.setCurrentWidget(self._form.notePage)


def _read(desk: Desk, household_no: str) -> Dossier:
    """Everything of one household; meant for a worker."""
    program = desk.program
    return dossier(
        desk.folder, household_no, on=program.today, rules=program.legality, disposal_rules=program.disposals
    )
