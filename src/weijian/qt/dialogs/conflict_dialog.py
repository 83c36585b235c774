"""Two edited the same: both versions side by side, and the user decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHeaderView, QTableWidgetItem, QWidget

from weijian.qt.dialogs.fitting import fit_screen
from weijian.qt.forms.conflict_dialog import Ui_ConflictDialog


@dataclass(frozen=True)
class Difference:
    """A field as the user is shown it: what it is called, and its words in both versions."""

    called: str
    mine: str
    theirs: str


class ConflictDialog(QDialog):
    """Shows both versions of a record that somebody else changed while the user edited it.

    ``mine_kept`` when the user decides for the own version, ``theirs_kept`` when for the other's; neither when the user
    goes back to editing.

    Parameters
    ----------
    sentence : str
        What happened, as `weijian.domain.errors.EditConflict` says it.
    fields : sequence of Difference
        Every field that can be edited, in the order of the form.
    removed : bool
        The other has taken the record away; there is no own version to keep then.
    parent : QWidget, optional
    """

    mine_kept = Signal()
    theirs_kept = Signal()

    def __init__(
        self, sentence: str, fields: Sequence[Difference], *, removed: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._form = Ui_ConflictDialog()
        self._form.setupUi(self)
        self._form.sentence.setText(sentence)
        self._show(fields)
        mine = self._form.buttons.addButton(self.tr("Keep &mine"), QDialogButtonBox.ButtonRole.AcceptRole)
        mine.setObjectName("keep-mine")
        mine.setVisible(not removed)
        theirs = self._form.buttons.addButton(self.tr("Keep &theirs"), QDialogButtonBox.ButtonRole.DestructiveRole)
        theirs.setObjectName("keep-theirs")
        back = self._form.buttons.button(QDialogButtonBox.StandardButton.Cancel)
        back.setText(self.tr("Back to editing"))
        mine.clicked.connect(self._keep_mine)
        theirs.clicked.connect(self._keep_theirs)
        self._form.buttons.rejected.connect(self.reject)
        back.setDefault(True)
        back.setFocus()
        fit_screen(self)

    def _show(self, fields: Sequence[Difference]) -> None:
        table = self._form.versions
        table.setRowCount(len(fields))
        table.setHorizontalHeaderLabels([self.tr("My version"), self.tr("The other's version")])
        table.setVerticalHeaderLabels([field.called for field in fields])
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for row, field in enumerate(fields):
            for column, words in enumerate((field.mine, field.theirs)):
                item = QTableWidgetItem(words)
                font = item.font()
                font.setBold(field.mine != field.theirs)
                item.setFont(font)
                table.setItem(row, column, item)
        table.resizeRowsToContents()

    def _keep_mine(self) -> None:
        self.accept()
        self.mine_kept.emit()

    def _keep_theirs(self) -> None:
        self.accept()
        self.theirs_kept.emit()
