"""The reviewer's verbs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shapely import MultiPolygon, Polygon

from weijian.domain.case import Case
from weijian.domain.change_set import ChangeSet, Done
from weijian.domain.dismissal import Dismissal
from weijian.domain.finding import ReviewStatus
from weijian.domain.lead import Lead
from weijian.domain.review import ReviewUndo
from weijian.qt.desk import Desk
from weijian.qt.dialogs.dismiss_dialog import DismissDialog
from weijian.qt.dialogs.open_case_dialog import OpenCaseDialog
from weijian.services.cases import open_case
from weijian.services.review import edit_outline, enter_lead, review_finding, undo_review


class ReviewHistory(QObject):
    """Does the verbs that can be taken back, and takes them back.

    The lists are looked at in the store's thread only, verb after verb: taking back waits for what was asked before.

    Attributes
    ----------
    done : Signal(str)
        Number of the finding that was taken back or done again.
    moved : Signal()
        When there may be more or less to take back.
    """

    done = Signal(str)
    moved = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._undos: list[ReviewUndo] = []
        self._redos: list[ReviewUndo] = []

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return bool(self._undos)

    @property
    def can_redo(self) -> bool:
        """Whether there is something to do again."""
        return bool(self._redos)

    def review(
        self,
        finding_no: str,
        status: ReviewStatus,
        dismissal: Dismissal | None = None,
        then: Callable[[ReviewUndo], None] | None = None,
    ) -> None:
        """Confirm, dismiss or reopen."""
        self._do(partial(review_finding, self._desk.folder, finding_no, status, dismissal), then)

    def edit_outline(self, finding_no: str, geometry: Polygon | MultiPolygon) -> None:
        """Replace an outline."""
        self._do(partial(edit_outline, self._desk.folder, finding_no, geometry), None)

    def undo(self) -> None:
        """Take the last verb back."""
        self._turn(self._undos, self._redos)

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._turn(self._redos, self._undos)

    def _do(self, verb: Callable[[], Done[ReviewUndo]], then: Callable[[ReviewUndo], None] | None) -> None:
        def action() -> Done[ReviewUndo]:
            result = verb()
            self._undos.append(result.value)
            self._redos.clear()
            return result

        def told(undo: ReviewUndo) -> None:
            self.moved.emit()
            if then is not None:
                then(undo)

        self._desk.jobs.keep(self, action, told)

    def _turn(self, source: list[ReviewUndo], target: list[ReviewUndo]) -> None:
        def action() -> Done[ReviewUndo | None]:
            if not source:
                return Done(None, ChangeSet())
            result = undo_review(self._desk.folder, source.pop())
            target.append(result.value)
            return Done(result.value, result.changes)

        def told(turned: ReviewUndo | None) -> None:
            self.moved.emit()
            if turned is not None:
                self.done.emit(turned.finding_no)

        def refused(error: BaseException) -> None:
            self.moved.emit()
            self._desk.messages.problem(error)

        self._desk.jobs.keep(self, action, told, refused)


def ask_why_dismissed(parent: QWidget, finding_no: str, then: Callable[[Dismissal], None]) -> DismissDialog:
    """Ask for the reason of a dismissal; ``then`` is given it unless the user thinks better of it."""
    dialog = DismissDialog(finding_no, parent)
    dialog.chosen.connect(then)
    dialog.open()
    return dialog


def enter_as_lead(desk: Desk, owner: QObject, finding_no: str, then: Callable[[Lead], None]) -> None:
    """Enter a finding in the register of leads today."""
    desk.jobs.keep(owner, partial(enter_lead, desk.folder, finding_no, desk.program.today), then)


def ask_for_case(desk: Desk, parent: QWidget, finding_no: str, then: Callable[[Case], None]) -> OpenCaseDialog:
    """Ask for officers and day and open a case; the dialog stays while something is to be mended."""
    dialog = OpenCaseDialog(finding_no, desk.settings.officers, desk.program.today, desk.language, parent)

    def opened(case: Case) -> None:
        desk.settings.officers = (case.lead_officer or "", case.second_officer or "")
        dialog.accept()
        then(case)

    def begin(officers: tuple[str, str], on: date) -> None:
        desk.jobs.keep(dialog, partial(open_case, desk.folder, finding_no, officers, on), opened, dialog.say)

    dialog.asked.connect(begin)
    dialog.open()
    return dialog
