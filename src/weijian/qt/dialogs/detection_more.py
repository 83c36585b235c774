"""The part of the detection dialog that few need: a placing by hand, and who does the work."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt

from weijian.imagery.alignment import HandShift
from weijian.qt.forms.detection_dialog import Ui_DetectionDialog


class MoreOptions(QObject):
    """Rows below the button "More", shown only when it is pressed.

    Parameters
    ----------
    form : Ui_DetectionDialog
        The dialog's form.
    parent : QObject
        The dialog.
    """

    def __init__(self, form: Ui_DetectionDialog, parent: QObject) -> None:
        super().__init__(parent)
        self._form = form
        self._of_archive = False
        self._rows = (
            *(form.by_hand, form.hand_row, form.hand_below_note),
            *(form.workers, form.workers_note, form.scheduler, form.scheduler_below_note),
        )
        self._row_of_hand = (form.hand_row, form.hand_below_note)
        form.more.toggled.connect(self._show)
        form.by_hand.toggled.connect(self._show)
        self.place_archive(archive=False)
        self._show()

    @property
    def hand(self) -> HandShift | None:
        """The placing that is asked for, None for none."""
        form = self._form
        if not form.by_hand.isChecked():
            return None
        east, north = form.east.value(), form.north.value()
        if self._of_archive:
            return HandShift(east, north)
        return HandShift(east, north, form.turn.value(), exact=form.exact.isChecked())

    @property
    def scheduler(self) -> str | None:
        """Address of the cluster, None for this computer alone."""
        return self._form.scheduler.text().strip() or None

    def take(self, hand: HandShift | None) -> None:
        """Offer the placing of an earlier run; it is seen, not hidden."""
        form = self._form
        form.by_hand.setChecked(hand is not None)
        shown = hand or HandShift(0.0, 0.0)
        form.east.setValue(shown.east_m)
        form.north.setValue(shown.north_m)
        form.turn.setValue(shown.turn_deg)
        form.exact.setChecked(shown.exact)
        if hand is not None:
            form.more.setChecked(True)

    def place_archive(self, *, archive: bool) -> None:
        """Say what is placed: the earlier survey, or the archive, which is moved as given and never turned."""
        self._of_archive = archive
        form = self._form
        form.turn.setEnabled(not archive)
        form.exact.setEnabled(not archive)
        if archive:
            form.by_hand.setText(self.tr("&Place the archive by hand"))
            form.hand_below_note.setText(self.tr("By how much the archive is moved to lie on the survey."))
            return
        form.by_hand.setText(self.tr("&Place the earlier survey by hand"))
        form.hand_below_note.setText(
            self.tr(
                "By how much the earlier survey is moved and turned to lie on the later one. The pictures refine it "
                "within 1.5 m; where they contradict it, it holds and you are told."
            )
        )

    def _show(self) -> None:
        form = self._form
        opened = form.more.isChecked()
        form.more.setArrowType(Qt.ArrowType.DownArrow if opened else Qt.ArrowType.RightArrow)
        for row in self._rows:
            placed = row in self._row_of_hand and not form.by_hand.isChecked()
            form.fields.setRowVisible(row, opened and not placed)
