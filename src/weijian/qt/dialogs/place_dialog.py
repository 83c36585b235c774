"""What dialogs have in common that ask where an archive is to be made: a free folder, and the server of its tables."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from weijian.domain.language import Language
from weijian.qt.dialogs.fitting import fit_screen
from weijian.qt.dialogs.place_check import PlaceCheck
from weijian.qt.dialogs.server_form import ServerForm
from weijian.qt.forms.archive_dialog import Ui_ArchiveDialog
from weijian.qt.forms.new_workspace_dialog import Ui_NewWorkspaceDialog
from weijian.qt.jobs import Jobs
from weijian.qt.messages import Messages
from weijian.qt.user_settings import UserSettings
from weijian.services.archives import Login


class PlaceDialog(QDialog):
    """Asks for a new folder, proposed beside the last one (setting ``kept_as``), and for a server if one is wanted."""

    def __init__(
        self,
        form: Ui_ArchiveDialog | Ui_NewWorkspaceDialog,
        jobs: Jobs,
        messages: Messages,
        settings: UserSettings,
        language: Language,
        *,
        kept_as: str,
        first_parent: Path | None,
        verb: str,
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        form.setupUi(self)
        self._messages, self._settings, self._kept_as = messages, settings, kept_as
        kept = settings.text(kept_as)
        self._parent_folder = Path(kept) if kept else first_parent or Path.home()
        self._place = PlaceCheck(jobs, language, form.place)
        self._server = ServerForm(jobs, messages, settings, language, self)
        form.server_layout.addWidget(self._server)
        self._server.setVisible(False)
        self._server_box = form.server_box
        self._ok = form.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._ok.setText(verb)
        cancel = form.buttons.button(QDialogButtonBox.StandardButton.Cancel)
        cancel.setText(QCoreApplication.translate("PlaceDialog", "Cancel"))
        form.buttons.rejected.connect(self.reject)

    def _show_server(self, wanted: bool) -> None:
        self._server.setVisible(wanted)
        layout = self.layout()
        if layout is not None:
            layout.activate()  # so that the hint is that of what is shown now
        self.resize(self.width(), self.sizeHint().height())
        fit_screen(self)

    @property
    def _server_missing(self) -> str:
        """What the server still needs, where one is wanted."""
        return self._server.missing if self._server_box.isChecked() else ""

    def _login(self) -> Login | None:
        """How to reach the server; None where none is wanted.

        Raises
        ------
        InputError
        """
        return self._server.login() if self._server_box.isChecked() else None

    def _refused(self, error: BaseException) -> None:
        self._place.refuse(error)

    def _remember(self, place: Path) -> None:
        """Propose the same surroundings next time."""
        if self._server_box.isChecked():
            self._server.remember()
        self._settings.set_text(self._kept_as, str(place.parent))
