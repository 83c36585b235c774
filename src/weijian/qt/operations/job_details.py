"""Saying more of a job that failed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from weijian.domain.language import Language
from weijian.qt.dialogs.job_details_dialog import JobDetailsDialog
from weijian.qt.jobs import RunningJob


def open_job_details(parent: QWidget, job: RunningJob, language: Language) -> None:
    """Show why a job failed, in a text that can be copied."""
    JobDetailsDialog(job, language, parent).open()
