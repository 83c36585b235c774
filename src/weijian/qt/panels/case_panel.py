"""The case at hand: where it stands, what comes next, its papers, its demolition."""

from __future__ import annotations

from functools import partial
from html import escape
from pathlib import Path

from PySide6.QtCore import Qt, QTemporaryDir, QUrl
from PySide6.QtGui import QAction, QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QCompleter, QLabel, QWidget

from weijian.domain.case import Case
from weijian.domain.case_needs import MoveNeeds
from weijian.domain.change_set import ChangeSet, Part
from weijian.domain.household import masked_name
from weijian.qt.desk import Desk
from weijian.qt.dropped_files import dropped_paths
from weijian.qt.forms.case_panel import Ui_CasePanel
from weijian.qt.icons import icon
from weijian.qt.jobs import Question
from weijian.qt.models.cases_model import CasesModel
from weijian.qt.operations.case_dialogs import open_move, open_observation, open_order_map
from weijian.qt.operations.cases import ask_for_evidence, ask_for_order_document_file, attach
from weijian.qt.panels.case_demolition import CaseDemolition
from weijian.qt.panels.case_materials import CaseMaterials
from weijian.qt.panels.case_moves import CaseMoves
from weijian.qt.panels.case_timeline import CaseTimeline
from weijian.qt.panels.stage_steps import StageSteps
from weijian.qt.plain_text import plain_text
from weijian.qt.selection import Subject, SubjectKind
from weijian.services.case_files import CaseView, case_of_finding, case_of_household, list_cases, read_case
from weijian.services.evidence import copy_out

_PARTS = (Part.CASES, Part.EVIDENCE, Part.FINDINGS, Part.SURVEYS, Part.SETTINGS)
_FINDERS = {SubjectKind.FINDING: case_of_finding, SubjectKind.HOUSEHOLD: case_of_household}


class CasePanel(QWidget):
    """One case of the workspace. It follows the selection: a case, or a finding or household that has one.

    Attributes
    ----------
    verbs : dict of str to QAction
        ``move`` ``observe`` ``add-evidence`` ``order-map`` ``order-document``; enabled when they can be done.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._case_no: str | None = None
        self._view: CaseView | None = None
        self._question: Question | None = None
        self._listing: Question | None = None
        self._copies = QTemporaryDir()
        self._copied = 0
        self._form = Ui_CasePanel()
        self._form.setupUi(self)
        self.verbs: dict[str, QAction] = self._make_actions()
        self._cases = CasesModel(self)
        self._build()
        self._enable()
        desk.selection.changed.connect(self._follow)
        desk.jobs.changed.connect(self._reload)
        self._list_cases()
        self._follow(desk.selection.subject)

    @property
    def view(self) -> CaseView | None:
        """The case that is shown."""
        return self._view

    def show_case(self, case_no: str) -> None:
        """Show a case."""
        if self._question is not None:
            self._question.drop()
        self._case_no = case_no
        self._question = self._desk.jobs.ask(self, partial(read_case, self._desk.folder, case_no), self._show)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Take files while a case is shown."""
        if self._view is not None and dropped_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Add the files as evidence."""
        if self._view is not None and self._case_no is not None:
            event.acceptProposedAction()
            self._form.tabs.setCurrentWidget(self._form.materials_tab)
            attach(self._desk, self, self._case_no, dropped_paths(event.mimeData()))

    def _make_actions(self) -> dict[str, QAction]:
        made = {
            "move": QAction(icon("arrow-right"), self.tr("&Next step…"), self),
            "observe": QAction(icon("hammer"), self.tr("&Observe the demolition…"), self),
            "add-evidence": QAction(icon("paperclip"), self.tr("Add &evidence…"), self),
            "order-map": QAction(icon("map"), self.tr("Order &map…"), self),
            "order-document": QAction(icon("gavel"), self.tr("Order &document…"), self),
        }
        made["move"].triggered.connect(self._move_on)
        made["observe"].triggered.connect(lambda: self._observe(None))
        made["add-evidence"].triggered.connect(lambda: ask_for_evidence(self._desk, self, self._number()))
        made["order-map"].triggered.connect(lambda: open_order_map(self._desk, self, self._number()))
        made["order-document"].triggered.connect(lambda: ask_for_order_document_file(self._desk, self, self._number()))
        for name, action in made.items():
            action.setObjectName(name)
            action.setIconText(plain_text(action.text()))
            action.setToolTip(action.iconText())
        made["order-map"].setIconText(self.tr("Map"))
        made["order-document"].setIconText(self.tr("Order"))
        return made

    def _build(self) -> None:
        form = self._form
        form.case_chooser.setModel(self._cases)
        form.case_chooser.lineEdit().setPlaceholderText(self.tr("Find a case: number, stage, place"))
        completer = QCompleter(self._cases, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        form.case_chooser.setCompleter(completer)
        form.case_chooser.activated.connect(self._choose)
        form.case_chooser.lineEdit().editingFinished.connect(self._show_choice)
        font = form.number_label.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 1.3)
        form.number_label.setFont(font)
        for button, name in ((form.order_map_button, "order-map"), (form.order_document_button, "order-document")):
            button.setDefaultAction(self._action(name))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._links = QLabel(self)
        self._links.setObjectName("links")
        self._links.setTextFormat(Qt.TextFormat.RichText)
        self._links.setWordWrap(True)
        self._links.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self._links.linkActivated.connect(self._go_to)
        form.links_layout.addWidget(self._links)
        self.steps = StageSteps(self)
        form.steps_layout.addWidget(self.steps)
        self._moves = CaseMoves(self._desk.language, self)
        self._moves.chosen.connect(self._open_move)
        self._timeline = CaseTimeline(self)
        for widget in (self._moves, self._timeline):
            form.course_layout.addWidget(widget)
        form.course_layout.addStretch(1)
        self._materials = CaseMaterials(self._desk, self._action("add-evidence"), self)
        self._materials.opened.connect(self._open_copy)
        form.materials_layout.addWidget(self._materials)
        self._demolition = CaseDemolition(self._action("observe"), self)
        self._demolition.observation_asked.connect(self._observe)
        form.demolition_layout.addWidget(self._demolition)

    def _action(self, name: str) -> QAction:
        return self.verbs[name]

    def _number(self) -> str:
        return self._case_no or ""

    def _list_cases(self) -> None:
        if self._listing is not None:
            self._listing.drop()
        self._listing = self._desk.jobs.ask(self, partial(list_cases, self._desk.folder), self._take_list)

    def _take_list(self, cases: tuple[Case, ...]) -> None:
        self._cases.set_cases(cases)
        self._show_choice()
        if cases:
            text = self.tr("Choose a case above, or select a finding or a household that has one.")
        else:
            text = self.tr("No cases yet. Confirm a finding in the review and open a case on it; it will appear here.")
        self._form.empty_label.setText(text)
        self._form.case_chooser.setEnabled(bool(cases))

    def _show_choice(self) -> None:
        row = self._cases.row_of(self._case_no)
        self._form.case_chooser.setCurrentIndex(row)
        if row < 0:
            self._form.case_chooser.clearEditText()

    def _choose(self, row: int) -> None:
        case_no = self._cases.data(self._cases.index(row), Qt.ItemDataRole.UserRole)
        if case_no is not None:
            self._desk.selection.ask_for(Subject(SubjectKind.CASE, case_no))
            self.show_case(case_no)

    def _follow(self, subject: Subject | None) -> None:
        if subject is None:
            return
        if subject.kind is SubjectKind.CASE:
            if subject.number != self._case_no:
                self.show_case(subject.number)
            return
        if subject.kind in _FINDERS:
            self._look_for_case(subject)

    def _look_for_case(self, subject: Subject, otherwise: str | None = None) -> None:
        """Show the case of a thing; where it has none, the other one."""

        def show(found: str | None) -> None:
            case_no = found or otherwise
            if case_no is not None:
                self.show_case(case_no)

        if self._question is not None:
            self._question.drop()
        work = partial(_FINDERS[subject.kind], self._desk.folder, subject.number)
        self._question = self._desk.jobs.ask(self, work, show)

    def _reload(self, changes: ChangeSet) -> None:
        if changes.touches(*_PARTS):
            self._list_cases()
            subject = self._desk.selection.subject
            if subject is not None and subject.kind is SubjectKind.FINDING:
                self._look_for_case(subject, otherwise=self._case_no)  # it may have got one just now
            elif self._case_no is not None:
                self.show_case(self._case_no)

    def _show(self, view: CaseView) -> None:
        self._view = view
        form, case = self._form, view.case
        form.number_label.setText(case.case_no)
        form.place_label.setText(case.place or "")
        people = [
            self.tr("Party {name}").format(name=masked_name(case.party)) if case.party else "",
            self.tr("Officers {names}").format(
                names=self.tr(", ").join(name for name in (case.lead_officer, case.second_officer) if name)
            ),
            self.tr("Opened {date}").format(date=case.opened_on),
        ]
        form.people_label.setText(" · ".join(part for part in people if part))
        self._links.setText(self._links_text(case))
        self.steps.show_stage(case, view.events)
        self._moves.show_moves(view.moves)
        self._timeline.show_events(case, view.events)
        self._materials.show_case(view)
        self._demolition.show_case(view)
        form.pages.setCurrentWidget(form.case_page)
        self._show_choice()
        self._enable()

    def _links_text(self, case: Case) -> str:
        finding, household = escape(self.tr("Finding")), escape(self.tr("Household"))
        links = [f"{finding} {_link(SubjectKind.FINDING, number)}" for number in case.finding_nos]
        if case.household_no:
            links.append(f"{household} {_link(SubjectKind.HOUSEHOLD, case.household_no)}")
        return " · ".join(links)

    def _go_to(self, link: str) -> None:
        kind, _, number = link.partition("/")
        self._desk.selection.ask_for(Subject(SubjectKind(kind), number))

    def _enable(self) -> None:
        view = self._view
        for name in ("add-evidence", "order-map", "order-document"):
            self._action(name).setEnabled(view is not None)
        self._action("move").setEnabled(view is not None and any(needs.open for needs in view.moves))
        self._action("observe").setEnabled(view is not None and view.progress is not None)

    def _move_on(self) -> None:
        if self._view is not None:
            open_move(self._desk, self, self._view, next(needs for needs in self._view.moves if needs.open))

    def _open_move(self, needs: MoveNeeds) -> None:
        if self._view is not None:
            open_move(self._desk, self, self._view, needs)

    def _observe(self, finding_no: str | None) -> None:
        if self._view is not None and self._view.progress is not None:
            open_observation(self._desk, self, self._view, finding_no)

    def _open_copy(self, path: Path, name: str) -> None:
        self._copied += 1
        work = partial(copy_out, path, Path(self._copies.path()), f"{self._number()}-{name}-{self._copied}")
        self._desk.jobs.ask(self, work, _open_file)


def _open_file(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _link(kind: SubjectKind, number: str) -> str:
    return f'<a href="{kind}/{escape(number)}">{escape(number)}</a>'
