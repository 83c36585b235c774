"""One long job in the jobs panel."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from weijian.domain.language import Language
from weijian.qt.icons import icon
from weijian.qt.jobs import JobState, RunningJob
from weijian.qt.messages import sentence_of
from weijian.qt.panels.job_words import STATE_ICONS, remaining, show_progress, stage_of
from weijian.qt.spans import lasted

_ICON = QSize(20, 20)


class JobRow(QFrame):
    """Title, stage, progress and times of a job; its end and, when it failed, why.

    ``details_asked(RunningJob)`` is emitted when the user wants to know more of a failure.
    """

    details_asked = Signal(object)

    def __init__(self, job: RunningJob, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.job = job
        self._language = language
        self._built = False
        self.setObjectName("job-row")
        self._build()
        job.moved.connect(self.show_job)
        self.show_job()

    def show_job(self) -> None:
        """Show the job as it is now."""
        job = self.job
        self._sign.setPixmap(icon(STATE_ICONS[job.state]).pixmap(_ICON))
        self._stage.setText(self._said())
        self._times.setText(self._time_words())
        self._bar.setVisible(not job.has_ended)
        if not job.has_ended:
            show_progress(self._bar, job)
        self._cancel.setEnabled(job.state is not JobState.CANCELLING)
        had_focus = self._cancel.hasFocus()
        self._cancel.setVisible(not job.has_ended)
        self._details.setVisible(job.state is JobState.FAILED)
        if had_focus and job.has_ended:
            (self._details if job.state is JobState.FAILED else self).setFocus()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Icons are drawn anew for another palette."""
        if event.type() is QEvent.Type.PaletteChange and self._built:
            self._cancel.setIcon(icon("circle-stop"))
            self.show_job()
        super().changeEvent(event)

    def _build(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(self.job.title)
        self._sign = QLabel(self)
        self._sign.setFixedWidth(_ICON.width() + 4)
        title = QLabel(self.job.title, self)
        title.setObjectName("job-title")
        title.setTextFormat(Qt.TextFormat.PlainText)
        font = title.font()
        font.setBold(True)
        title.setFont(font)
        self._times = QLabel(self)
        self._times.setObjectName("job-times")
        self._times.setProperty("secondary", True)
        self._stage = QLabel(self)
        self._stage.setObjectName("job-stage")
        self._stage.setTextFormat(Qt.TextFormat.PlainText)
        self._stage.setWordWrap(True)
        self._bar = QProgressBar(self)
        self._bar.setObjectName("job-bar")
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(8)
        self._bar.setAccessibleName(self.job.title)
        self._cancel = QPushButton(self.tr("Cancel"), self)
        self._cancel.setObjectName("job-cancel")
        self._cancel.setToolTip(self.tr("Cancel this job; nothing of it is kept"))
        self._cancel.setAutoDefault(False)
        self._cancel.clicked.connect(self.job.cancel)
        self._details = QPushButton(self.tr("Details…"), self)
        self._details.setObjectName("job-details")
        self._details.setAutoDefault(False)
        self._details.clicked.connect(lambda: self.details_asked.emit(self.job))
        self._cancel.setIcon(icon("circle-stop"))
        self._arrange(title)
        self._built = True

    def _arrange(self, title: QLabel) -> None:
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self._times)
        middle = QVBoxLayout()
        middle.setSpacing(3)
        middle.addLayout(head)
        middle.addWidget(self._bar)
        middle.addWidget(self._stage)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(8, 6, 8, 6)
        whole.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(middle, 1)
        whole.addWidget(self._cancel)
        whole.addWidget(self._details)

    def _said(self) -> str:
        if self.job.state is JobState.FAILED and self.job.error is not None:
            return sentence_of(self.job.error, self._language)
        return stage_of(self.job)

    def _time_words(self) -> str:
        started = self.job.started_at
        if started is None:
            return ""
        elapsed = lasted((self.job.ended_at or time.monotonic()) - started)
        if self.job.has_ended:
            return self.tr("took {time}").format(time=elapsed)
        so_far = self.tr("{time} so far").format(time=elapsed)
        return (
            self.tr("{left}; {elapsed}").format(left=remaining(self.job), elapsed=so_far)
            if remaining(self.job)
            else so_far
        )
