"""What the user is looking at: the one thing that panels, tables and map have in common."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal


class SubjectKind(StrEnum):
    """The kinds of things that can be looked at."""

    FINDING = "finding"
    HOUSEHOLD = "household"
    BUILDING = "building"
    PARCEL = "parcel"
    PERMIT = "permit"
    ZONE = "zone"
    CASE = "case"
    SURVEY = "survey"
    PHOTO = "photo"


@dataclass(frozen=True)
class Subject:
    """One thing, by its kind and number (a survey by its id as text, a photograph by its hash)."""

    kind: SubjectKind
    number: str


class Selection(QObject):
    """The subject at hand. Panels set it and follow it; none knows who else does.

    ``changed(Subject | None)`` is emitted when another subject is taken up, ``asked(Subject)`` also when the same one
    is asked for again: who shows it should then bring it into view.
    """

    changed = Signal(object)
    asked = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._subject: Subject | None = None

    @property
    def subject(self) -> Subject | None:
        """What is being looked at."""
        return self._subject

    def take_up(self, subject: Subject | None) -> None:
        """Look at something without asking for the map to move."""
        if subject != self._subject:
            self._subject = subject
            self.changed.emit(subject)

    def ask_for(self, subject: Subject) -> None:
        """Look at something and bring it into view."""
        self.take_up(subject)
        self.asked.emit(subject)
