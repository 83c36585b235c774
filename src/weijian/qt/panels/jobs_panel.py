"""The long jobs: what runs, what waits, what became of the others."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from weijian.domain.language import Language
from weijian.qt.icons import icon
from weijian.qt.jobs import Jobs, RunningJob
from weijian.qt.operations.job_details import open_job_details
from weijian.qt.panels.job_row import JobRow

_TICK_MS = 1000


class JobsPanel(QWidget):
    """All long jobs of the window, the newest first.

    Parameters
    ----------
    jobs : Jobs
    language : {"zh", "en"}
        Of error sentences.
    """

    def __init__(self, jobs: Jobs, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._language = language
        self._rows: dict[RunningJob, JobRow] = {}
        self._build()
        self._clock = QTimer(self)
        self._clock.setInterval(_TICK_MS)
        self._clock.timeout.connect(self._tick)
        jobs.listed.connect(self._list)
        self._list()

    def _build(self) -> None:
        self._empty = QLabel(
            self.tr("No jobs. Imports, new surveys, detection and exports show here how far they are."), self
        )
        self._empty.setObjectName("jobs-empty")
        self._empty.setProperty("secondary", True)
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._clear = QPushButton(icon("check-check"), self.tr("Clear &ended jobs"), self)
        self._clear.setObjectName("jobs-clear")
        self._clear.clicked.connect(self._clear_ended)
        content = QWidget()
        self._list_layout = QVBoxLayout(content)
        self._list_layout.setContentsMargins(0, 0, 0, 0)
        self._list_layout.setSpacing(0)
        self._list_layout.addStretch(1)
        self._scroll = QScrollArea(self)
        self._scroll.setObjectName("jobs-list")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(content)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._clear)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.addWidget(self._empty, 1)
        layout.addWidget(self._scroll, 1)
        layout.addLayout(foot)

    def _list(self) -> None:
        """Have a row for every job that is listed, and none for others."""
        listed = list(self._jobs.running)
        for job in [job for job in self._rows if job not in listed]:
            row = self._rows.pop(job)
            self._list_layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        for job in listed:
            if job not in self._rows:
                row = JobRow(job, self._language, self)
                row.details_asked.connect(self._show_details)
                job.moved.connect(self._look)
                self._list_layout.insertWidget(0, row)
                self._rows[job] = row
        self._look()

    def _look(self) -> None:
        """Fit buttons, clock and the empty state to the jobs there are."""
        self._empty.setVisible(not self._rows)
        self._scroll.setVisible(bool(self._rows))
        self._clear.setVisible(any(job.has_ended for job in self._rows))
        if self._jobs.unfinished and not self._clock.isActive():
            self._clock.start()

    def _tick(self) -> None:
        for job, row in self._rows.items():
            if not job.has_ended:
                row.show_job()
        if not self._jobs.unfinished:
            self._clock.stop()

    def _clear_ended(self) -> None:
        self._jobs.clear_ended()
        self._scroll.setFocus()

    def _show_details(self, job: RunningJob) -> None:
        open_job_details(self, job, self._language)
