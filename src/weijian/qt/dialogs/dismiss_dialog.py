"""Why a finding is no violation."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidgetItem, QWidget

from weijian.domain.dismissal import Dismissal, DismissalReason
from weijian.qt.forms.dismiss_dialog import Ui_DismissDialog
from weijian.qt.models.review_words import reason_name

_REASONS = tuple(DismissalReason)


class DismissDialog(QDialog):
    """A list of reasons; the keys 1 to 8 choose at once, another reason asks for words first.

    ``chosen(Dismissal)`` is emitted when the user has decided.
    """

    chosen = Signal(object)

    def __init__(self, finding_no: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._form = Ui_DismissDialog()
        self._form.setupUi(self)
        self._form.question.setText(self.tr("Why is finding {number} dismissed?").format(number=finding_no))
        for place, reason in enumerate(_REASONS, start=1):
            item = QListWidgetItem(f"{place}  {reason_name(reason)}")
            item.setData(Qt.ItemDataRole.UserRole, reason)
            self._form.reasons.addItem(item)
        self._ok = self._form.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._ok.setText(self.tr("&Dismiss"))
        self._form.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        self._form.reasons.currentRowChanged.connect(self._look)
        self._form.reasons.itemActivated.connect(lambda _: self._decide())
        self._form.note.textChanged.connect(self._look)
        self._form.buttons.accepted.connect(self._decide)
        self._form.buttons.rejected.connect(self.reject)
        self._form.reasons.setCurrentRow(0)
        height = self._form.reasons.sizeHintForRow(0) * len(_REASONS) + 2 * self._form.reasons.frameWidth()
        self._form.reasons.setMinimumHeight(height)
        self._form.reasons.setFocus()
        self._form.reasons.installEventFilter(self)

    @property
    def dismissal(self) -> Dismissal:
        """As the user has it at present."""
        return Dismissal(_REASONS[self._form.reasons.currentRow()], self._form.note.text().strip())

    def eventFilter(self, watched: object, event: object) -> bool:  # noqa: ARG002, N802
        """Digits choose; the list would search for them."""
        if isinstance(event, QKeyEvent) and event.type() is QKeyEvent.Type.KeyPress and event.text().isdecimal():
            place = int(event.text())
            if 1 <= place <= len(_REASONS):
                self._choose(place - 1)
            return True
        return False

    def _choose(self, row: int) -> None:
        self._form.reasons.setCurrentRow(row)
        if self._ok.isEnabled():
            self._decide()
        else:
            self._form.note.setFocus()

    def _look(self) -> None:
        """Another reason needs words."""
        self._ok.setEnabled(self.dismissal.reason is not DismissalReason.OTHER or bool(self.dismissal.note))

    def _decide(self) -> None:
        if self._ok.isEnabled():
            decided = self.dismissal
            self.accept()
            self.chosen.emit(decided)
        else:
            self._form.note.setFocus()
