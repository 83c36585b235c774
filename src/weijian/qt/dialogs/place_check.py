"""The folder that something new is to be made in, as a field of a dialog names it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QLineEdit

from weijian.domain.language import Language
from weijian.qt.dialogs.sentences import said
from weijian.qt.jobs import Jobs, Question
from weijian.qt.operations.workspaces import look_at_place

_PAUSE_MS = 200
_FORBIDDEN = str.maketrans(dict.fromkeys('\\/:*?"<>|', "-"))


class PlaceCheck(QObject):
    """Looks, after a pause in typing, whether a workspace can be made where a field says.

    ``judged`` is emitted whenever :attr:`fault` may have changed.
    """

    judged = Signal()

    def __init__(self, jobs: Jobs, language: Language, field: QLineEdit) -> None:
        super().__init__(field)
        self._jobs, self._language, self._field = jobs, language, field
        self._fault = ""
        self._question: Question | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        field.textChanged.connect(self.look)

    @property
    def place(self) -> Path:
        """The folder as it stands in the field."""
        return Path(self._field.text().strip())

    @property
    def fault(self) -> str:
        """Why nothing can be made there; empty when it can, as far as is known."""
        if not self._field.text().strip():
            return self.tr("Choose the folder.")
        if not self.place.is_absolute():
            return self.tr("Give the folder with its whole path.")
        return self._fault

    def look(self) -> None:
        """Look at the place anew; what was found of an earlier one no longer counts."""
        if self._question is not None:
            self._question.drop()
            self._question = None
        self._pause.stop()
        self._fault = ""
        if not self.fault:
            self._pause.start()
        self.judged.emit()

    def refuse(self, error: BaseException) -> None:
        """Take note of an error that has to do with the place."""
        self._judge(said(error, self._language))

    def _ask(self) -> None:
        self._question = look_at_place(self._jobs, self, self.place, lambda _: self._judge(""), self.refuse)

    def _judge(self, fault: str) -> None:
        self._fault = fault
        self.judged.emit()


def folder_name(name: str) -> str:
    """A name as a folder can have it on every system."""
    return name.strip().translate(_FORBIDDEN)
