"""Opening the dialogs of a case."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from weijian.domain.case_needs import MoveNeeds
from weijian.qt.desk import Desk
from weijian.qt.dialogs.move_case_dialog import MoveCaseDialog
from weijian.qt.dialogs.observation_dialog import ObservationDialog
from weijian.qt.dialogs.order_map_dialog import OrderMapDialog
from weijian.services.case_files import CaseView


def open_move(desk: Desk, parent: QWidget, view: CaseView, needs: MoveNeeds) -> None:
    """Ask for what a move needs, and make it."""
    MoveCaseDialog(desk, view, needs, parent).open()


def open_observation(desk: Desk, parent: QWidget, view: CaseView, finding_no: str | None = None) -> None:
    """Ask for an observation of the demolition, and enter it."""
    ObservationDialog(desk, view, finding_no, parent).open()


def open_order_map(desk: Desk, parent: QWidget, case_no: str) -> None:
    """Show the order map of a case before it is saved."""
    OrderMapDialog(desk, case_no, parent).open()
