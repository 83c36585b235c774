"""Why a job failed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from weijian import __version__
from weijian.domain.language import Language
from weijian.qt.dialogs.fitting import fit_screen
from weijian.qt.forms.job_details_dialog import Ui_JobDetailsDialog
from weijian.qt.icons import icon
from weijian.qt.jobs import RunningJob
from weijian.qt.messages import details_of, sentence_of
from weijian.qt.spans import lasted
from weijian.qt.wording import job_stage


class JobDetailsDialog(QDialog):
    """The failure in one sentence, and a text for whoever is asked for help; the text can be copied."""

    def __init__(self, job: RunningJob, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._form = Ui_JobDetailsDialog()
        self._form.setupUi(self)
        fit_screen(self)
        error = job.error
        self._form.sentence.setText("" if error is None else sentence_of(error, language))
        self._form.report.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._form.report.setPlainText(self._report(job, self._form.sentence.text()))
        copy = self._form.buttons.addButton(self.tr("&Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.setObjectName("copy")
        copy.setIcon(icon("copy"))
        copy.clicked.connect(self._copy)
        self._close = self._form.buttons.button(QDialogButtonBox.StandardButton.Close)
        self._close.setText(self.tr("Close"))
        self._close.setDefault(True)
        self._form.buttons.rejected.connect(self.reject)
        self._close.setFocus()

    def _report(self, job: RunningJob, sentence: str) -> str:
        lines = [self.tr("Job: {title}").format(title=job.title)]
        if job.progress is not None:
            step = self.tr("Step: {stage} ({done} of {total})")
            lines.append(
                step.format(stage=job_stage(job.progress.stage), done=job.progress.done, total=job.progress.total)
            )
        if job.started_at is not None and job.ended_at is not None:
            lines.append(self.tr("Ended after: {time}").format(time=lasted(job.ended_at - job.started_at)))
        lines += [self.tr("Program: weijian {version}").format(version=__version__), "", sentence]
        details = "" if job.error is None else details_of(job.error)
        return "\n".join([*lines, "", details] if details else lines)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._form.report.toPlainText())
        self._form.copied.setText(self.tr("Copied."))
