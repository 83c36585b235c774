"""Opening the dialogs of a case; they and what they need are loaded when they are first opened."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from weijian.domain.case_needs import MoveNeeds
from weijian.qt.desk import Desk
from weijian.services.case_files import CaseView


def open_move(desk: Desk, parent: QWidget, view: CaseView, needs: MoveNeeds) -> None:
    """Ask for what a move needs, and make it."""
    from weijian.qt.dialogs.move_case_dialog import MoveCaseDialog

    MoveCaseDialog(desk, view, needs, parent).open()


def open_observation(desk: Desk, parent: QWidget, view: CaseView, finding_no: str | None = None) -> None:
    """Ask for an observation of the demolition, and enter it."""
    from weijian.qt.dialogs.observation_dialog import ObservationDialog

    ObservationDialog(desk, view, finding_no, parent).open()


def open_order_map(desk: Desk, parent: QWidget, case_no: str) -> None:
    """Show the order map of a case before it is saved."""
    from weijian.qt.dialogs.order_map_dialog import OrderMapDialog

    OrderMapDialog(desk, case_no, parent).open()
