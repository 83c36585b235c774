"""Joining an archive that a bureau shares."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from weijian.domain.errors import InputError
from weijian.domain.language import Language
from weijian.qt.dialogs.fitting import fit_screen
from weijian.qt.dialogs.place_check import PlaceCheck
from weijian.qt.dialogs.sentences import warning
from weijian.qt.dialogs.server_form import ServerForm
from weijian.qt.forms.connect_dialog import Ui_ConnectDialog
from weijian.qt.jobs import Jobs
from weijian.qt.messages import Messages
from weijian.qt.operations.workspaces import connect
from weijian.qt.user_settings import UserSettings


class ConnectDialog(QDialog):
    """Asks for a server's archive and a folder of this machine; ``connected(Path)`` when the folder points to it."""

    connected = Signal(object)

    def __init__(
        self, jobs: Jobs, messages: Messages, settings: UserSettings, language: Language, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._jobs, self._messages, self._language = jobs, messages, language
        self._working = False
        self._form = Ui_ConnectDialog()
        self._form.setupUi(self)
        self._server = ServerForm(jobs, messages, settings, language, self._form.server_box)
        self._form.server_layout.addWidget(self._server)
        self._ok = self._form.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._ok.setText(self.tr("&Connect"))
        self._form.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        self._form.browse.clicked.connect(self._browse)
        self._place = PlaceCheck(jobs, language, self._form.place)
        self._place.judged.connect(self._check)
        self._server.changed.connect(self._check)
        self._form.buttons.accepted.connect(self._connect)
        self._form.buttons.rejected.connect(self.reject)
        self._check()
        fit_screen(self)

    def _browse(self) -> None:
        folder = self._messages.choose_folder(self.tr("Empty folder that will point to the archive"))
        if folder is not None:
            self._form.place.setText(str(folder))

    def _missing(self) -> str:
        return self._place.fault or self._server.missing

    def _check(self) -> None:
        missing = self._missing()
        self._form.hint.setText(missing)
        self._ok.setEnabled(not missing and not self._working)

    def _connect(self) -> None:
        if self._missing() or self._working:
            return
        try:
            login = self._server.login()
        except InputError as error:
            self._failed(error)
            return
        folder = self._place.place
        self._working = True
        self._check()
        self._form.hint.setText(self.tr("The archive is being connected…"))
        connect(self._jobs, self, folder, login, lambda kept: self._done(folder, kept=kept), self._failed)

    def _done(self, folder: Path, *, kept: bool) -> None:
        self._server.remember()
        if not kept:
            self._messages.notice(self.tr("This system has no key store: the password holds until the program ends."))
        self.accept()
        self.connected.emit(folder)

    def _failed(self, error: BaseException) -> None:
        self._working = False
        self._check()
        self._form.hint.setText(warning(error, self._language))
