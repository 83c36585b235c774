"""What weijian is, its licence, and what it is made with."""

from __future__ import annotations

import platform

from PySide6.QtCore import Qt, QThread, Signal, qVersion
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTableWidgetItem, QWidget

from weijian import __version__
from weijian.assets import resource
from weijian.qt.dialogs.fitting import fit_screen
from weijian.qt.forms.about_dialog import Ui_AboutDialog
from weijian.qt.icons import icon
from weijian.qt.libraries import Library, libraries

_SIGN = 48


class AboutDialog(QDialog):
    """Version, licence, libraries and the notices of what comes with the program."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._form = Ui_AboutDialog()
        self._form.setupUi(self)
        fit_screen(self)
        self._form.sign.setPixmap(icon("map-pinned").pixmap(_SIGN, _SIGN))
        self._form.program.setText(self.tr("weijian {version}").format(version=__version__))
        versions = self.tr("Qt {qt}, Python {python}, {system}")
        self._form.versions.setText(
            versions.format(qt=qVersion(), python=platform.python_version(), system=platform.platform(terse=True))
        )
        close = self._form.buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setText(self.tr("Close"))
        self._form.buttons.rejected.connect(self.reject)
        close.setFocus()
        rows = self._form.libraries.verticalHeader()
        rows.setDefaultSectionSize(rows.minimumSectionSize())
        self._reader = _Reader(self)
        self._reader.found.connect(self._show_found)
        self._reader.start()

    def done(self, result: int) -> None:
        """Close, not before the reader has ended."""
        self._reader.wait()
        super().done(result)

    def _show_found(self, found: tuple[Library, ...], notice: str) -> None:
        table = self._form.libraries
        table.setRowCount(len(found))
        for row, library in enumerate(found):
            for column, text in enumerate((library.name, library.version or "—", library.licence or "—")):
                table.setItem(row, column, QTableWidgetItem(text))
        table.resizeColumnsToContents()
        self._form.notice.setMarkdown(notice.replace("# ", "### ", 1))


class _Reader(QThread):
    """Reads what the installation knows of its libraries; some dozens of files."""

    found = Signal(object, str)

    def run(self) -> None:
        self.found.emit(libraries(), resource("NOTICE.md").read_text(encoding="utf-8"))
