"""Where a shared archive is: the fields that two dialogs ask for, and a try."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from weijian.domain.errors import InputError
from weijian.domain.language import Language
from weijian.qt.dialogs.sentences import warning
from weijian.qt.forms.server_form import Ui_ServerForm
from weijian.qt.jobs import Jobs, Question
from weijian.qt.messages import Messages
from weijian.qt.operations.workspaces import try_server
from weijian.qt.user_settings import UserSettings
from weijian.services.archives import DEFAULT_SCHEMA, Login, ServerFound, server_login

_REMEMBERED = ("host", "database", "schema", "user", "evidence")


class ServerForm(QWidget):
    """Server, database, schema, user, password and folder of evidence; ``changed`` when any of them is.

    All but the password is remembered for the next time.
    """

    changed = Signal()

    def __init__(
        self, jobs: Jobs, messages: Messages, settings: UserSettings, language: Language, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._jobs, self._messages, self._settings, self._language = jobs, messages, settings, language
        self._question: Question | None = None
        self._form = Ui_ServerForm()
        self._form.setupUi(self)
        for name in _REMEMBERED:
            self._field(name).setText(settings.text(f"server/{name}"))
        self._form.schema.setText(self._form.schema.text() or DEFAULT_SCHEMA)
        port = settings.text("server/port")
        self._form.port.setValue(int(port) if port.isdecimal() else self._form.port.value())
        for name in (*_REMEMBERED, "password"):
            self._field(name).textChanged.connect(self._change)
        self._form.port.valueChanged.connect(self._change)
        self._form.try_it.clicked.connect(self._try)
        self._form.browse_evidence.clicked.connect(self._browse)
        self._change()

    @property
    def missing(self) -> str:
        """What still has to be filled in; empty when the address is complete."""
        form = self._form
        for field, words in (
            (form.host, self.tr("Give the name or address of the server.")),
            (form.database, self.tr("Give the name of the database.")),
            (form.schema, self.tr("Give the name of the schema.")),
            (form.user, self.tr("Give the user of the database.")),
        ):
            if not field.text().strip():
                return words
        return ""

    def login(self) -> Login:
        """What was entered.

        Raises
        ------
        AddressUnusable
        """
        form = self._form
        evidence = form.evidence.text().strip()
        return server_login(
            host=form.host.text().strip(),
            port=form.port.value(),
            database=form.database.text().strip(),
            schema=form.schema.text().strip(),
            user=form.user.text().strip(),
            password=form.password.text() or None,
            evidence=Path(evidence) if evidence else None,
        )

    def remember(self) -> None:
        """Keep what was entered, without the password, for the next time."""
        for name in _REMEMBERED:
            self._settings.set_text(f"server/{name}", self._field(name).text().strip())
        self._settings.set_text("server/port", str(self._form.port.value()))

    def _field(self, name: str) -> QLineEdit:
        field: QLineEdit = getattr(self._form, name)
        return field

    def _change(self) -> None:
        if self._question is not None:
            self._question.drop()
            self._question = None
        self._form.answer.clear()
        self._form.try_it.setEnabled(not self.missing)
        self.changed.emit()

    def _browse(self) -> None:
        folder = self._messages.choose_folder(self.tr("Shared folder of evidence"))
        if folder is not None:
            self._form.evidence.setText(str(folder))

    def _try(self) -> None:
        try:
            login = self.login()
        except InputError as error:
            self._refused(error)
            return
        self._form.try_it.setEnabled(False)
        self._form.answer.setText(self.tr("The server is asked…"))
        self._question = try_server(self._jobs, self, login, self._answered, self._refused)

    def _answered(self, found: ServerFound) -> None:
        self._form.try_it.setEnabled(True)
        if found.postgis is None:
            words = self.tr("✓ PostgreSQL {version}, but PostGIS is not installed in this database yet.")
        elif found.has_archive:
            words = self.tr("✓ PostgreSQL {version} with PostGIS; there is an archive in this schema.")
        else:
            words = self.tr("✓ PostgreSQL {version} with PostGIS; there is no archive in this schema.")
        self._form.answer.setText(words.format(version=found.postgres.split()[0]))

    def _refused(self, error: BaseException) -> None:
        self._form.try_it.setEnabled(True)
        self._form.answer.setText(warning(error, self._language))
