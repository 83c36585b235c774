"""Starting a detection."""

from __future__ import annotations

from collections import Counter
from functools import partial

from PySide6.QtCore import QCoreApplication

from weijian.domain.finding import ChangeType
from weijian.domain.survey import Survey
from weijian.qt.desk import Desk
from weijian.qt.jobs import RunningJob
from weijian.qt.wording import name_of
from weijian.services.detect import Detection
from weijian.services.detect_runs import DetectionOptions, detect_in_workspace


def start_detection(desk: Desk, before: Survey | None, after: Survey, options: DetectionOptions) -> RunningJob:
    """Detect what changed between two surveys, or since the archive (``before`` None), and tell how much."""
    archive = QCoreApplication.translate("detection", "archive")
    title = QCoreApplication.translate("detection", "Detection {before} – {after}").format(
        before=archive if before is None else before.flown_on, after=after.flown_on
    )
    call = partial(
        detect_in_workspace, desk.folder, None if before is None else before.survey_id, after.survey_id, options
    )
    return desk.jobs.start(desk.jobs, title, call, partial(_tell, desk))


def _tell(desk: Desk, detection: Detection) -> None:
    counts = Counter(finding.change_type for finding in detection.findings)
    if not counts:
        desk.messages.notice(QCoreApplication.translate("detection", "Detection is done: no change was found."))
        return
    separator = QCoreApplication.translate("detection", ", ")
    by_type = separator.join(f"{name_of(kind)} {counts[kind]}" for kind in ChangeType if counts[kind])
    text = QCoreApplication.translate("detection", "Detection is done: {count} findings ({by_type}).")
    desk.messages.notice(text.format(count=len(detection.findings), by_type=by_type))
