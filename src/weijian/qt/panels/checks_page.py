"""The checks of the archive as a table: made when they are asked for, each fault a click away on the map."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, QTime, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QWidget

from weijian.cadastre.archive_checks import Fault
from weijian.domain.change_set import ARCHIVE, ChangeSet
from weijian.qt.apart import JobCancelled
from weijian.qt.desk import Desk
from weijian.qt.icons import icon
from weijian.qt.jobs import RunningJob
from weijian.qt.models.register_models import RegisterContent, content_of
from weijian.qt.panels.register_page import RegisterPage, tool_button
from weijian.qt.selection import Subject
from weijian.services.archive_checks import check_workspace, fault_register
from weijian.services.registers import RegisterKind

_FAULT, _FAULT_PX = 3, 285


class ChecksPage(RegisterPage):
    """Runs the checks in a job of their own.

    Attributes
    ----------
    place_asked : Signal(shapely geometry or None)
        Ground that is to be shown; None where a fault has none.
    """

    place_asked = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, RegisterKind.CHECKS, parent)
        self._faults: tuple[Fault, ...] | None = None
        self._job: RunningJob | None = None
        self._made_at = ""
        self._outdated = False
        self.run = tool_button(icon("check-check"), self.tr("Chec&k the archive"), self)
        self.run.setObjectName("runChecks")
        self.stop = tool_button(icon("x"), self.tr("Cancel"), self)
        self.stop.setObjectName("stopChecks")
        self._progress = QProgressBar(self)
        self._progress.setMaximumWidth(220)
        self._state = QLabel(self)
        bar = QHBoxLayout()
        bar.setContentsMargins(6, 0, 6, 2)
        bar.setSpacing(4)
        for widget in (self.run, self._progress, self.stop, self._state):
            bar.addWidget(widget)
        bar.addStretch(1)
        self._column.insertLayout(0, bar)
        self.run.clicked.connect(self.check)
        self.stop.clicked.connect(self._cancel)
        self.table.clicked.connect(self._ask_place)
        self._show_state()

    def check(self) -> None:
        """Check everything anew."""
        work = partial(check_workspace, self._desk.folder)
        self._outdated = False
        self._job = self._desk.jobs.start(self, self.tr("Check the archive"), work, self._take_faults, self._take_error)
        self._job.moved.connect(self._show_state)
        self._show_state()

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _take_faults(self, faults: tuple[Fault, ...]) -> None:
        self._faults = faults
        self._made_at = QTime.currentTime().toString("HH:mm")
        self._show_state()
        self._ask_for_content()

    def _take_error(self, error: BaseException) -> None:
        if not isinstance(error, JobCancelled):
            self._desk.messages.problem(error)
        self._show_state()

    def _show_state(self) -> None:
        job = self._job
        working = job is not None and not job.has_ended
        self.run.setEnabled(not working)
        for widget in (self._progress, self.stop):
            widget.setVisible(working)
        if working and job is not None and job.progress is not None:
            self._progress.setRange(0, job.progress.total if job.progress.total > 1 else 0)
            self._progress.setValue(job.progress.done)
        elif working:
            self._progress.setRange(0, 0)
        if self._faults is None or working:
            told = ""
        elif self._outdated:
            told = self.tr("{count} faults at {time}; the archive has changed since.")
        else:
            told = self.tr("{count} faults at {time}.")
        self._state.setText(told.format(count=len(self._faults or ()), time=self._made_at))

    def _ask_for_content(self) -> None:
        if self._faults is None:
            self._say(
                self.tr(
                    "Outlines, numbers, areas, and what belongs to nothing are checked; a click on a fault shows it."
                )
            )
            return
        register = partial(fault_register, self._faults, self._desk.language)
        self._desk.jobs.ask(self, lambda: content_of(register()), self._take_content)

    def _on_changes(self, changes: ChangeSet) -> None:
        if changes.touches(*ARCHIVE) and self._faults is not None:
            self._outdated = True
            self._show_state()

    def _fit_columns(self, content: RegisterContent) -> None:
        super()._fit_columns(content)
        self.table.setColumnWidth(_FAULT, _FAULT_PX)

    def _take_up(self, current: QModelIndex) -> None:
        if not self._following:
            self._ask_place(current)

    def _ask_place(self, index: QModelIndex) -> None:
        if index.isValid() and self._faults is not None:
            self.place_asked.emit(self._faults[int(self.model.number_at(index.row())) - 1].place)

    def _follow(self, subject: Subject | None) -> None:
        """Faults are not what others look at."""
