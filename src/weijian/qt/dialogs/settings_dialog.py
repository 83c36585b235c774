"""The user's preferences, and the settings of the open workspace."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import cast

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QDialogButtonBox, QLineEdit, QToolButton, QWidget

from weijian.domain.language import Language
from weijian.qt import look
from weijian.qt.desk import Desk
from weijian.qt.dialogs.fitting import fit_screen
from weijian.qt.dialogs.sentences import said
from weijian.qt.forms.settings_dialog import Ui_SettingsDialog
from weijian.qt.icons import icon
from weijian.qt.messages import Messages
from weijian.qt.operations.settings import ask_settings, keep_settings
from weijian.qt.user_settings import FolderUse, Theme, UserSettings

_FOLDERS: Mapping[FolderUse, str] = MappingProxyType({"workspaces": "browse_workspaces", "exports": "browse_exports"})
_TEXTS = ("name", "bureau", "document_mark", "review_body", "court")
_CHOICES = ("planning_area", "demolition_order_is_penalty", "order_of_reminder", "remote_data")


class SettingsDialog(QDialog):
    """Language, colours and officers of the user; with a workspace open, also what its papers and cases go by.

    Colours are seen while the dialog is open; Cancel brings back those from before.

    Parameters
    ----------
    settings : UserSettings
    desk : Desk or None
        None when no workspace is open.
    messages : Messages
    """

    def __init__(
        self, settings: UserSettings, desk: Desk | None, messages: Messages, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._settings = settings
        self._desk = desk
        self._messages = messages
        self._read: dict[str, str] = {}
        self._keeping = False
        self._form = Ui_SettingsDialog()
        self._form.setupUi(self)
        fit_screen(self)
        self._ok = self._form.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._ok.setText(self.tr("&Keep"))
        self._form.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        self._form.buttons.accepted.connect(self._keep)
        self._form.buttons.rejected.connect(self.reject)
        self._fill_mine()
        self._prepare_workspace()
        self._form.language.setFocus()

    def reject(self) -> None:
        """Leave everything as it was."""
        self._dress(self._settings.theme)
        super().reject()

    # The user's own

    def _fill_mine(self) -> None:
        form = self._form
        form.language.addItem(self.tr("As the system"), "")
        form.language.addItem(QLocale("zh_CN").nativeLanguageName(), "zh")
        form.language.addItem(QLocale("en").nativeLanguageName().partition(" ")[2] or "English", "en")
        _choose(form.language, self._settings.language or "")
        form.theme.addItem(self.tr("As the system"), "system")
        form.theme.addItem(self.tr("Light"), "light")
        form.theme.addItem(self.tr("Dark"), "dark")
        _choose(form.theme, self._settings.theme)
        form.theme.currentIndexChanged.connect(lambda: self._dress(form.theme.currentData()))
        lead, second = self._settings.officers
        form.lead_officer.setText(lead)
        form.second_officer.setText(second)
        for use, browse in _FOLDERS.items():
            field = self._line(f"{use}_folder")
            field.setText(str(self._settings.folder_for(use) or ""))
            button = cast(QToolButton, getattr(form, browse))
            button.setIcon(icon("folder-open"))
            button.clicked.connect(partial(self._browse, field))

    def _browse(self, field: QLineEdit) -> None:
        folder = self._messages.choose_folder(self.tr("Choose a folder"))
        if folder is not None:
            field.setText(str(folder))

    def _dress(self, theme: Theme) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            look.change_theme(application, theme)

    def _keep_mine(self) -> None:
        form, settings = self._form, self._settings
        chosen = form.language.currentData()
        if chosen != (settings.language or ""):
            settings.language = cast(Language, chosen) if chosen else None
        if form.theme.currentData() != settings.theme:
            settings.theme = form.theme.currentData()
        officers = (form.lead_officer.text().strip(), form.second_officer.text().strip())
        if officers != settings.officers:
            settings.officers = officers
        for use in _FOLDERS:
            text = self._line(f"{use}_folder").text().strip()
            settings.set_folder_for(use, Path(text) if text else None)

    # The workspace's

    def _prepare_workspace(self) -> None:
        form = self._form
        if self._desk is None:
            form.tabs.removeTab(form.tabs.indexOf(form.workspace))
            return
        form.planning_area.addItem(self.tr("Town (article 64)"), "town")
        form.planning_area.addItem(self.tr("Village (article 65)"), "village")
        form.demolition_order_is_penalty.addItem(self.tr("Is an administrative penalty"), "yes")
        form.demolition_order_is_penalty.addItem(self.tr("Is no administrative penalty"), "no")
        form.order_of_reminder.addItem(self.tr("Reminder first, then announcement"), "reminder_first")
        form.order_of_reminder.addItem(self.tr("Announcement first, then reminder"), "announcement_first")
        form.remote_data.addItem(self.tr("Refused"), "no")
        form.remote_data.addItem(self.tr("Allowed"), "yes")
        form.workspace.setEnabled(False)
        form.name.textChanged.connect(self._check)
        ask_settings(self._desk, self, self._show_workspace, self._say)

    def _show_workspace(self, read: dict[str, str]) -> None:
        read = {**read, "planning_area": read["planning_area"] or "village"}
        self._read = read
        for name in _TEXTS:
            self._line(name).setText(read[name])
        for name in _CHOICES:
            _choose(self._box(name), read[name])
        self._form.workspace.setEnabled(True)
        self._check()

    def _changed(self) -> dict[str, str]:
        """What the user has changed of the workspace's settings."""
        if not self._read:
            return {}
        now = {name: self._line(name).text().strip() for name in _TEXTS}
        now |= {name: self._box(name).currentData() for name in _CHOICES}
        return {name: value for name, value in now.items() if value != self._read[name]}

    def _check(self) -> None:
        nameless = bool(self._read) and not self._form.name.text().strip()
        self._form.hint.setText(self.tr("Give the workspace a name.") if nameless else "")
        self._ok.setEnabled(not nameless and not self._keeping)

    def _keep(self) -> None:
        changed = self._changed()
        if self._desk is None or not changed:
            self._kept()
            return
        self._keeping = True
        self._check()
        keep_settings(self._desk, self, changed, lambda _: self._kept(), self._say)

    def _kept(self) -> None:
        self._keep_mine()
        self.accept()

    def _say(self, error: BaseException) -> None:
        self._keeping = False
        self._check()
        language = "zh" if self._desk is None else self._desk.language
        self._form.hint.setText(said(error, language))

    def _line(self, name: str) -> QLineEdit:
        return cast(QLineEdit, getattr(self._form, name))

    def _box(self, name: str) -> QComboBox:
        return cast(QComboBox, getattr(self._form, name))


def _choose(box: QComboBox, value: str) -> None:
    box.setCurrentIndex(max(0, box.findData(value)))
