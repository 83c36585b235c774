"""The running job in the status bar."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

from weijian.qt.icons import icon
from weijian.qt.jobs import Jobs, JobState, RunningJob
from weijian.qt.panels.job_words import remaining, show_progress, stage_of

_BAR_WIDTH = 120
_TITLE_CHARACTERS = 24
_TICK_MS = 1000


class JobStrip(QWidget):
    """The job that has its turn: title, bar, remaining time, cancel; hidden while there is none.

    ``asked`` is emitted when the user wants to see all jobs.
    """

    asked = Signal()

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._job: RunningJob | None = None
        self._known: list[RunningJob] = []
        self._built = False
        self._build()
        self._clock = QTimer(self)
        self._clock.setInterval(_TICK_MS)
        self._clock.timeout.connect(self._look)
        jobs.listed.connect(self._listed)
        self._listed()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Anywhere on the strip."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.asked.emit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """The icon is drawn anew for another palette."""
        if event.type() is QEvent.Type.PaletteChange and self._built:
            self._cancel.setIcon(icon("x"))
        super().changeEvent(event)

    def _build(self) -> None:
        self.setObjectName("job-strip")
        self._title = QToolButton(self)
        self._title.setObjectName("strip-title")
        self._title.setAutoRaise(True)
        self._title.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._title.clicked.connect(self.asked)
        self._bar = QProgressBar(self)
        self._bar.setObjectName("strip-bar")
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(_BAR_WIDTH, 8)
        self._left = QLabel(self)
        self._left.setObjectName("strip-left")
        self._cancel = QToolButton(self)
        self._cancel.setObjectName("strip-cancel")
        self._cancel.setAutoRaise(True)
        self._cancel.setIcon(icon("x"))
        self._cancel.setAccessibleName(self.tr("Cancel the job"))
        self._cancel.setToolTip(self.tr("Cancel the job; nothing of it is kept"))
        self._cancel.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._cancel.clicked.connect(self._stop)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 0, 4, 0)
        layout.setSpacing(6)
        for part in (self._title, self._bar, self._left, self._cancel):
            layout.addWidget(part)
        self._built = True

    def _listed(self) -> None:
        for job in self._jobs.running:
            if job not in self._known:
                job.moved.connect(self._look)
        self._known = list(self._jobs.running)
        self._look()

    def _look(self) -> None:
        unfinished = self._jobs.unfinished
        self._job = unfinished[0] if unfinished else None
        self.setVisible(self._job is not None)
        if self._job is None:
            self._clock.stop()
            return
        if not self._clock.isActive():
            self._clock.start()
        job, waiting = self._job, len(unfinished) - 1
        title = _cut(job.title)
        text = self.tr("{title} (and {count} waiting)") if waiting else "{title}"
        self._title.setText(text.format(title=title, count=waiting).replace("&", "&&"))
        self._title.setToolTip(
            self.tr("{title}: {stage}. Click to see all jobs.").format(title=job.title, stage=stage_of(job))
        )
        show_progress(self._bar, job)
        self._left.setText(remaining(job) or stage_of(job))
        self._cancel.setEnabled(job.state is not JobState.CANCELLING)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()


def _cut(title: str) -> str:
    return title if len(title) <= _TITLE_CHARACTERS else f"{title[: _TITLE_CHARACTERS - 1]}…"
