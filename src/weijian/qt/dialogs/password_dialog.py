"""Asking for the password of a shared archive."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from weijian.qt.forms.password_dialog import Ui_PasswordDialog


class PasswordDialog(QDialog):
    """``given(str)`` when the user has typed a password."""

    given = Signal(str)

    def __init__(self, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._form = Ui_PasswordDialog()
        self._form.setupUi(self)
        self._form.sentence.setText(sentence)
        self._ok = self._form.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._ok.setText(self.tr("&Open"))
        self._ok.setEnabled(False)
        self._form.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        self._form.password.textChanged.connect(lambda text: self._ok.setEnabled(bool(text)))
        self._form.buttons.accepted.connect(self._give)
        self._form.buttons.rejected.connect(self.reject)
        self._form.password.setFocus()

    def _give(self) -> None:
        password = self._form.password.text()
        self.accept()
        self.given.emit(password)
