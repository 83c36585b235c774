"""The one gateway for what the window says to the user and asks of him."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from weijian.domain.errors import WeijianError
from weijian.domain.language import Language
from weijian.qt.user_settings import UserSettings

LOG = logging.getLogger(__name__)

_NOTICE_MS = 6000


class Messages(Protocol):
    """What panels, dialogs and operations may say and ask. Tests give a recording one."""

    def problem(self, error: BaseException, parent: QWidget | None = None) -> None:
        """Say what went wrong in one sentence, with details for those who can use them; does not wait."""

    def notice(self, text: str) -> None:
        """Say in passing that something was done."""

    def ask(self, question: str, *, yes: str, parent: QWidget | None = None) -> bool:
        """Ask before something that matters; ``yes`` names what is then done."""

    def open_files(self, title: str, patterns: str, *, many: bool = False) -> tuple[Path, ...]:
        """Ask for files to read; empty when the user thinks better of it. ``patterns`` as QFileDialog wants them."""

    def save_file(self, title: str, suggested: Path, patterns: str) -> Path | None:
        """Ask where to write; None when the user thinks better of it."""

    def choose_folder(self, title: str) -> Path | None:
        """Ask for a folder; None when the user thinks better of it."""


def sentence_of(error: BaseException, language: Language) -> str:
    """One sentence on an error, ours or not."""
    if isinstance(error, WeijianError):
        return error.sentence(language)
    text = QCoreApplication.translate("messages", "Something went wrong in weijian itself ({kind}). The work goes on.")
    return text.format(kind=type(error).__name__)


def details_of(error: BaseException) -> str:
    """What a developer wants to know of an error that is not the user's; empty for the others."""
    if isinstance(error, WeijianError):
        return str(error.data.get("details", ""))
    return "".join(traceback.format_exception(error))


class WindowMessages:
    """Messages over a window.

    Parameters
    ----------
    window : QWidget
        Over which boxes are shown. Its status bar, when it has one, takes the notices.
    language : {"zh", "en"}
        Of error sentences.
    settings : UserSettings
        Says where file dialogs begin.
    """

    def __init__(self, window: QWidget, language: Language, settings: UserSettings) -> None:
        self._window = window
        self._language = language
        self._settings = settings

    def problem(self, error: BaseException, parent: QWidget | None = None) -> None:
        """Show a box that can stay open while the work goes on."""
        details = details_of(error)
        if details:
            LOG.error(details)
        box = QMessageBox(parent or self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(QCoreApplication.translate("messages", "weijian"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(sentence_of(error, self._language))
        if details:
            box.setDetailedText(details)
        box.open()

    def notice(self, text: str) -> None:
        """Show a line in the status bar for a while."""
        status_bar = getattr(self._window, "statusBar", None)
        if status_bar is not None:
            status_bar().showMessage(text, _NOTICE_MS)

    def ask(self, question: str, *, yes: str, parent: QWidget | None = None) -> bool:
        """Show a box with two buttons and wait; Escape and the closing cross mean no."""
        box = QMessageBox(parent or self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(QCoreApplication.translate("messages", "weijian"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(question)
        agreed = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        box.setEscapeButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.exec()
        return box.clickedButton() is agreed

    def open_files(self, title: str, patterns: str, *, many: bool = False) -> tuple[Path, ...]:
        """Show the system's file dialog, where a file was opened last."""
        start = str(self._settings.folder_for("opened") or "")
        if many:
            names: Sequence[str] = QFileDialog.getOpenFileNames(self._window, title, start, patterns)[0]
        else:
            names = [QFileDialog.getOpenFileName(self._window, title, start, patterns)[0]]
        files = tuple(Path(name) for name in names if name)
        if files:
            self._settings.set_folder_for("opened", files[0].parent)
        return files

    def save_file(self, title: str, suggested: Path, patterns: str) -> Path | None:
        """Show the system's file dialog, which asks before it overwrites."""
        start = (self._settings.folder_for("exports") or Path()) / suggested
        name = QFileDialog.getSaveFileName(self._window, title, str(start), patterns)[0]
        return Path(name) if name else None

    def choose_folder(self, title: str) -> Path | None:
        """Show the system's folder dialog."""
        start = str(self._settings.folder_for("workspaces") or "")
        name = QFileDialog.getExistingDirectory(self._window, title, start)
        return Path(name) if name else None
