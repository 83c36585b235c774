"""The reviewer's verbs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from shapely import MultiPolygon, Polygon

from weijian.domain.case import Case
from weijian.domain.dismissal import Dismissal
from weijian.domain.finding import Finding, ReviewStatus
from weijian.domain.lead import Lead
from weijian.domain.review import ReviewUndo
from weijian.qt.desk import Desk
from weijian.qt.dialogs.dismiss_dialog import DismissDialog
from weijian.qt.dialogs.open_case_dialog import OpenCaseDialog
from weijian.services.cases import open_case
from weijian.services.review import edit_outline, enter_lead, review_finding


def review(
    desk: Desk,
    finding_no: str,
    status: ReviewStatus,
    dismissal: Dismissal | None = None,
    then: Callable[[ReviewUndo], None] | None = None,
) -> None:
    """Confirm, dismiss or reopen."""
    desk.undoing.do(partial(review_finding, desk.folder, finding_no, status, dismissal), then)


def replace_outline(desk: Desk, finding_no: str, geometry: Polygon | MultiPolygon) -> None:
    """Replace an outline."""
    desk.undoing.do(partial(edit_outline, desk.folder, finding_no, geometry))


def ask_why_dismissed(parent: QWidget, finding_no: str, then: Callable[[Dismissal], None]) -> DismissDialog:
    """Ask for the reason of a dismissal; ``then`` is given it unless the user thinks better of it."""
    dialog = DismissDialog(finding_no, parent)
    dialog.chosen.connect(then)
    dialog.open()
    return dialog


def enter_as_lead(desk: Desk, owner: QObject, finding_no: str, then: Callable[[Lead], None]) -> None:
    """Enter a finding in the register of leads today."""
    desk.jobs.keep(owner, partial(enter_lead, desk.folder, finding_no, desk.program.today), then)


def ask_for_case(desk: Desk, parent: QWidget, finding: Finding, then: Callable[[Case], None]) -> OpenCaseDialog:
    """Ask for officers and day and open a case; the dialog stays while something is to be mended."""
    dialog = OpenCaseDialog(finding, desk.settings.officers, desk.program.today, desk.language, parent)

    def opened(case: Case) -> None:
        desk.settings.officers = (case.lead_officer or "", case.second_officer or "")
        dialog.accept()
        then(case)

    def begin(officers: tuple[str, str], on: date) -> None:
        desk.jobs.keep(dialog, partial(open_case, desk.folder, finding.finding_no, officers, on), opened, dialog.say)

    dialog.asked.connect(begin)
    dialog.open()
    return dialog
