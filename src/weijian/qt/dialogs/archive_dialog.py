"""Asking where a whole archive goes: into a backup, to another archive, or back from a backup."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from weijian.domain.errors import InputError
from weijian.domain.language import Language
from weijian.qt.dialogs.place_check import folder_name
from weijian.qt.dialogs.place_dialog import PlaceDialog
from weijian.qt.forms.archive_dialog import Ui_ArchiveDialog
from weijian.qt.jobs import Jobs
from weijian.qt.messages import Messages
from weijian.qt.user_settings import UserSettings
from weijian.services.archives import Login


@dataclass(frozen=True)
class Errand:
    """What is to be done with an archive, in words, and what must be asked for it.

    ``kept_as`` names the setting that remembers the folder above the new one, which is proposed as ``name``;
    ``first_parent`` is that folder where none is remembered.
    """

    title: str
    introduction: str
    verb: str
    kept_as: str
    name: str = ""
    first_parent: Path | None = None
    from_backup: bool = False
    may_be_shared: bool = False


@dataclass(frozen=True)
class Answer:
    """Where the new folder shall be; the backup it is made of, and the server its tables shall be on, if any."""

    place: Path
    backup: Path | None = None
    login: Login | None = None


class ArchiveDialog(PlaceDialog):
    """Asks for a new folder, which must be free; ``answered(Answer)`` when the user goes on."""

    answered = Signal(object)

    def __init__(
        self,
        errand: Errand,
        jobs: Jobs,
        messages: Messages,
        settings: UserSettings,
        language: Language,
        parent: QWidget | None = None,
    ) -> None:
        form = Ui_ArchiveDialog()
        super().__init__(
            form,
            jobs,
            messages,
            settings,
            language,
            kept_as=errand.kept_as,
            first_parent=errand.first_parent,
            verb=errand.verb,
            parent=parent,
        )
        self._form = form
        self._errand = errand
        self._say()
        self._connect()
        if errand.name:
            form.place.setText(str(self._parent_folder / folder_name(errand.name)))
        self._show_server(False)
        (form.backup if errand.from_backup else form.place).setFocus()

    def _say(self) -> None:
        form, errand = self._form, self._errand
        self.setWindowTitle(errand.title)
        form.introduction.setText(errand.introduction)
        for widget in (form.backup_label, form.backup, form.browse_backup):
            widget.setVisible(errand.from_backup)
        form.server_box.setVisible(errand.may_be_shared)

    def _connect(self) -> None:
        form = self._form
        form.browse_backup.clicked.connect(self._browse_backup)
        form.browse.clicked.connect(self._browse)
        form.backup.textChanged.connect(self._check)
        form.server_box.toggled.connect(self._show_server)
        form.buttons.accepted.connect(self._answer)
        self._place.judged.connect(self._check)
        self._server.changed.connect(self._check)

    def _browse_backup(self) -> None:
        folder = self._messages.choose_folder(self.tr("Folder of the backup"))
        if folder is not None:
            self._form.backup.setText(str(folder))
            if not self._form.place.text().strip():
                self._form.place.setText(str(self._parent_folder / folder.name))

    def _browse(self) -> None:
        folder = self._messages.choose_folder(self.tr("Folder in which the new one is made"))
        if folder is not None:
            self._parent_folder = folder
            stem = folder_name(self._errand.name) or Path(self._form.backup.text().strip()).name
            self._form.place.setText(str(folder / stem))

    def _show_server(self, wanted: bool) -> None:
        super()._show_server(wanted)
        self._check()

    def _missing(self) -> str:
        if self._errand.from_backup and not Path(self._form.backup.text().strip()).is_absolute():
            return self.tr("Choose the folder of the backup.")
        return self._place.fault or self._server_missing

    def _check(self) -> None:
        missing = self._missing()
        self._form.hint.setText(missing)
        self._ok.setEnabled(not missing)

    def _answer(self) -> None:
        if self._missing():
            return
        try:
            login = self._login()
        except InputError as error:
            self._refused(error)
            return
        place = self._place.place
        self._remember(place)
        backup = Path(self._form.backup.text().strip()) if self._errand.from_backup else None
        self.accept()
        self.answered.emit(Answer(place, backup, login))
