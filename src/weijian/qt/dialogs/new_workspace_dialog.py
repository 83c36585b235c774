"""Making a workspace."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from weijian.domain.errors import InputError
from weijian.domain.language import Language
from weijian.qt.dialogs.crs_chooser import CrsChooser
from weijian.qt.dialogs.place_check import folder_name
from weijian.qt.dialogs.place_dialog import PlaceDialog
from weijian.qt.forms.new_workspace_dialog import Ui_NewWorkspaceDialog
from weijian.qt.jobs import Jobs
from weijian.qt.messages import Messages
from weijian.qt.operations.workspaces import make_workspace
from weijian.qt.user_settings import UserSettings

_PARENT = "new-workspace/parent"
_BUREAU = "new-workspace/bureau"


class NewWorkspaceDialog(PlaceDialog):
    """Asks for name, folder, bureau and coordinate system; ``created(Path)`` when the workspace is there.

    ``protection_asked(Path)`` follows where the numbers of persons are to be encrypted.
    """

    created = Signal(object)
    protection_asked = Signal(object)

    def __init__(
        self,
        jobs: Jobs,
        messages: Messages,
        settings: UserSettings,
        language: Language,
        parent: QWidget | None = None,
    ) -> None:
        form = Ui_NewWorkspaceDialog()
        super().__init__(
            form,
            jobs,
            messages,
            settings,
            language,
            kept_as=_PARENT,
            first_parent=None,
            verb=QCoreApplication.translate("NewWorkspaceDialog", "&Make workspace"),
            parent=parent,
        )
        self._form = form
        self._jobs = jobs
        self._working = False
        self._place_typed = False
        self._crs = CrsChooser(jobs, messages, language, form.crs_box)
        self._crs.setAcceptDrops(True)
        layout = form.crs_box.layout()
        if layout is not None:
            layout.addWidget(self._crs)
        self._form.bureau.setText(settings.text(_BUREAU))
        self._connect()
        self._check()

    def _connect(self) -> None:
        form = self._form
        form.name.textEdited.connect(self._follow_name)
        form.place.textEdited.connect(self._type_place)
        form.browse.clicked.connect(self._browse)
        form.buttons.accepted.connect(self._make)
        self._crs.changed.connect(self._check)
        self._place.judged.connect(self._check)
        self._server.changed.connect(self._place.look)
        form.server_box.toggled.connect(self._show_server)

    def _show_server(self, wanted: bool) -> None:
        super()._show_server(wanted)
        self._place.look()

    def _follow_name(self, name: str) -> None:
        """The folder is named as the workspace until somebody names it otherwise."""
        if not self._place_typed:
            stem = folder_name(name)
            self._form.place.setText(str(self._parent_folder / stem) if stem else "")
        self._check()

    def _type_place(self) -> None:
        self._place_typed = bool(self._form.place.text())

    def _browse(self) -> None:
        folder = self._messages.choose_folder(self.tr("Folder in which the workspace is made"))
        if folder is None:
            return
        self._parent_folder = folder
        self._place_typed = False
        self._form.place.setText(str(folder / folder_name(self._form.name.text())))

    def _missing(self) -> str:
        if not self._form.name.text().strip():
            return self.tr("Give the workspace a name.")
        if self._place.fault or not self._crs.facts:
            return self._place.fault or self._crs.fault
        return self._server_missing

    def _check(self) -> None:
        missing = self._missing()
        self._form.hint.setText(missing)
        self._ok.setEnabled(not missing and not self._working)

    def _make(self) -> None:
        facts = self._crs.facts
        if self._missing() or facts is None or self._working:
            return
        folder = self._place.place
        try:
            login = self._login()
        except InputError as error:
            self._refused(error)
            return
        self._working = True
        self._check()
        self._form.hint.setText(self.tr("The workspace is being made…"))
        make_workspace(
            self._jobs,
            self,
            folder,
            name=self._form.name.text().strip(),
            crs=facts.code,
            bureau=self._form.bureau.text().strip() or None,
            login=login,
            then=lambda kept: self._made(folder, kept=kept),
            otherwise=self._failed,
        )

    def _made(self, folder: Path, *, kept: bool) -> None:
        if not kept:
            self._messages.notice(self.tr("This system has no key store: the password holds until the program ends."))
        self._remember(folder)
        self._settings.set_text(_BUREAU, self._form.bureau.text().strip())
        self.created.emit(folder)
        if self._form.protect.isChecked():
            self.protection_asked.emit(folder)
        self.accept()

    def _failed(self, error: BaseException) -> None:
        self._working = False
        self._refused(error)
