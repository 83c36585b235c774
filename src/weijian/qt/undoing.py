"""What was done that can be taken back, whatever panel it was done in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from weijian.domain.change_set import ChangeSet, Done
from weijian.domain.review import ReviewUndo
from weijian.qt.jobs import Jobs, Otherwise
from weijian.qt.messages import Messages
from weijian.services.household_edits import Edit, undo_edit
from weijian.services.review import undo_review

Undoable = ReviewUndo | Edit


class Undoing(QObject):
    """Does the verbs that can be taken back, and takes them back, the last one first.

    The lists are looked at in the store's thread only, verb after verb: taking back waits for what was asked before.

    Attributes
    ----------
    done : Signal(object)
        The `ReviewUndo` or `Edit` that was taken back or done again.
    moved : Signal()
        When there may be more or less to take back.
    """

    done = Signal(object)
    moved = Signal()

    def __init__(self, folder: Path, jobs: Jobs, messages: Messages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._jobs = jobs
        self._messages = messages
        self._undos: list[Undoable] = []
        self._redos: list[Undoable] = []

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return bool(self._undos)

    @property
    def can_redo(self) -> bool:
        """Whether there is something to do again."""
        return bool(self._redos)

    def do(
        self,
        verb: Callable[[], Done[Any]],
        then: Callable[[Any], None] | None = None,
        otherwise: Otherwise | None = None,
    ) -> None:
        """Do a verb that answers what takes it back."""

        def action() -> Done[Undoable]:
            result = verb()
            self._undos.append(result.value)
            self._redos.clear()
            return result

        def told(undo: Undoable) -> None:
            self.moved.emit()
            if then is not None:
                then(undo)

        self._jobs.keep(self, action, told, otherwise)

    def undo(self) -> None:
        """Take the last verb back."""
        self._turn(self._undos, self._redos)

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._turn(self._redos, self._undos)

    def _turn(self, source: list[Undoable], target: list[Undoable]) -> None:
        def action() -> Done[Undoable | None]:
            if not source:
                return Done(None, ChangeSet())
            result = self._taken_back(source.pop())
            target.append(result.value)
            return Done(result.value, result.changes)

        def told(turned: Undoable | None) -> None:
            self.moved.emit()
            if turned is not None:
                self.done.emit(turned)

        def refused(error: BaseException) -> None:
            self.moved.emit()
            self._messages.problem(error)

        self._jobs.keep(self, action, told, refused)

    def _taken_back(self, undo: Undoable) -> Done[ReviewUndo] | Done[Edit]:
        return undo_review(self._folder, undo) if isinstance(undo, ReviewUndo) else undo_edit(self._folder, undo)
