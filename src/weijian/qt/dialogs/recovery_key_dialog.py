"""The recovery key, shown once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from weijian.qt.forms.recovery_key_dialog import Ui_RecoveryKeyDialog
from weijian.qt.icons import icon


class RecoveryKeyDialog(QDialog):
    """Closes only when the user says that the key is written down."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._form = Ui_RecoveryKeyDialog()
        self._form.setupUi(self)
        self._form.key.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._form.key.setText(key)
        self._form.key.setMinimumWidth(self._form.key.fontMetrics().horizontalAdvance(key + "MM"))
        self._form.key.setCursorPosition(0)
        self._form.copy.setIcon(icon("copy"))
        self._form.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(key))
        self._close = self._form.buttons.button(QDialogButtonBox.StandardButton.Close)
        self._close.setText(self.tr("Close"))
        self._close.setEnabled(False)
        self._form.written.toggled.connect(self._close.setEnabled)
        self._form.buttons.rejected.connect(self.reject)

    def reject(self) -> None:
        """Close, once the key is written down."""
        if self._form.written.isChecked():
            super().reject()
