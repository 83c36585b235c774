"""What the window says of a long job."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtWidgets import QProgressBar

from weijian.qt.jobs import JobState, RunningJob
from weijian.qt.spans import left
from weijian.qt.wording import job_stage

_STATES: Mapping[JobState, object] = MappingProxyType(
    {
        JobState.WAITING: QT_TRANSLATE_NOOP("jobs", "Waiting for its turn"),
        JobState.RUNNING: QT_TRANSLATE_NOOP("jobs", "Starting"),
        JobState.CANCELLING: QT_TRANSLATE_NOOP("jobs", "Being cancelled; what it had begun is put back"),
        JobState.DONE: QT_TRANSLATE_NOOP("jobs", "Done"),
        JobState.FAILED: QT_TRANSLATE_NOOP("jobs", "Failed"),
        JobState.CANCELLED: QT_TRANSLATE_NOOP("jobs", "Cancelled; nothing of it was kept"),
    }
)

STATE_ICONS: Mapping[JobState, str] = MappingProxyType(
    {
        JobState.WAITING: "clock",
        JobState.RUNNING: "loader",
        JobState.CANCELLING: "loader",
        JobState.DONE: "circle-check",
        JobState.FAILED: "triangle-alert",
        JobState.CANCELLED: "ban",
    }
)


def stage_of(job: RunningJob) -> str:
    """What a job is doing, or what became of it."""
    if job.state is JobState.RUNNING and job.progress is not None:
        return job_stage(job.progress.stage)
    return QCoreApplication.translate("jobs", str(_STATES[job.state]))


def remaining(job: RunningJob) -> str:
    """How long the present step will still take; empty while nobody can tell."""
    seconds = job.seconds_left if job.state is JobState.RUNNING else None
    return "" if seconds is None else left(seconds)


def show_progress(bar: QProgressBar, job: RunningJob) -> None:
    """Bring a bar to where a job is; it runs to and fro while there is nothing to count."""
    step = job.progress
    if job.state is JobState.WAITING:
        bar.setRange(0, 1)
        bar.setValue(0)
    elif step is None or step.total <= 0:
        bar.setRange(0, 0)
    else:
        bar.setRange(0, step.total)
        bar.setValue(min(step.done, step.total))
