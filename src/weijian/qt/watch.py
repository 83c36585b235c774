"""Notices what others do to the open workspace: another window, or the command line."""

from functools import partial

from PySide6.QtCore import QObject, QTimer

from weijian.domain.change_set import ChangeSet, Part
from weijian.qt.desk import Desk
from weijian.services.workspaces import latest_action

LOOK_EVERY_MS = 4000
EVERYTHING = ChangeSet(frozenset(Part))


class Watch(QObject):
    """Looks at the audit chain from time to time and tells `Jobs.changed` when it has grown by others' actions.

    Actions of this window are told by the jobs themselves and are taken off: each is one entry of the chain.
    """

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._seen: int | None = None
        self._own = 0
        self._told = False
        desk.jobs.acted.connect(self._note_own)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self.look()

    def look(self) -> None:
        """Ask the workspace, unless this window is changing it right now."""
        if not self._desk.jobs.busy:
            self._desk.jobs.ask(self, partial(latest_action, self._desk.folder), self._compare, self._tell)

    def _note_own(self) -> None:
        self._own += 1

    def _compare(self, latest: int) -> None:
        self._told = False
        by_others = self._seen is not None and latest > self._seen + self._own
        self._seen, self._own = latest, 0
        if by_others:
            self._desk.jobs.changed.emit(EVERYTHING)

    def _tell(self, error: BaseException) -> None:
        """The workspace is gone, or its share or server: say so once, and look again until it is back."""
        if not self._told:
            self._told = True
            self._desk.messages.problem(error)
