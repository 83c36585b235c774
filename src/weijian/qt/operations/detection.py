"""Starting a detection."""

from __future__ import annotations

from collections import Counter
from functools import partial

from PySide6.QtCore import QCoreApplication

from weijian.domain.finding import ChangeType
from weijian.domain.survey import Survey
from weijian.imagery.alignment import HandShift
from weijian.qt.desk import Desk
from weijian.qt.jobs import RunningJob
from weijian.qt.wording import name_of
from weijian.services.detect import Detection
from weijian.services.detect_files import DetectionOptions
from weijian.services.detect_runs import detect_in_workspace


def start_detection(desk: Desk, before: Survey | None, after: Survey, options: DetectionOptions) -> RunningJob:
    """Detect what changed between two surveys, or since the archive (``before`` None), and tell how much."""
    archive = QCoreApplication.translate("detection", "archive")
    title = QCoreApplication.translate("detection", "Detection {before} – {after}").format(
        before=archive if before is None else before.flown_on, after=after.flown_on
    )
    title = QCoreApplication.translate("detection", ", ").join([title, *_how(options)])
    call = partial(
        detect_in_workspace, desk.folder, None if before is None else before.survey_id, after.survey_id, options
    )
    return desk.jobs.start(desk.jobs, title, call, partial(_tell, desk))


def hand_words(hand: HandShift) -> str:
    """A person's placing in words, such as "1.20 m east, 0.50 m south, turned by +0.10°"."""
    if hand.east_m >= 0:
        east = QCoreApplication.translate("detection", "{metres} m east")
    else:
        east = QCoreApplication.translate("detection", "{metres} m west")
    if hand.north_m >= 0:
        north = QCoreApplication.translate("detection", "{metres} m north")
    else:
        north = QCoreApplication.translate("detection", "{metres} m south")
    parts = [east.format(metres=f"{abs(hand.east_m):.2f}"), north.format(metres=f"{abs(hand.north_m):.2f}")]
    if hand.turn_deg:
        turned = QCoreApplication.translate("detection", "turned by {degrees}°")
        parts.append(turned.format(degrees=f"{hand.turn_deg:+.2f}"))
    return QCoreApplication.translate("detection", ", ").join(parts)


def _how(options: DetectionOptions) -> list[str]:
    """What of a run is out of the ordinary."""
    told = []
    if options.hand is not None:
        text = QCoreApplication.translate("detection", "placed by hand ({placing})")
        told.append(text.format(placing=hand_words(options.hand)))
    if options.scheduler is not None:
        text = QCoreApplication.translate("detection", "on the cluster {address}")
        told.append(text.format(address=options.scheduler))
    return told


def _tell(desk: Desk, detection: Detection) -> None:
    for warning in detection.warnings:
        desk.messages.notice(warning.said_in(desk.language))
    counts = Counter(finding.change_type for finding in detection.findings)
    if not counts:
        desk.messages.notice(QCoreApplication.translate("detection", "Detection is done: no change was found."))
        return
    separator = QCoreApplication.translate("detection", ", ")
    by_type = separator.join(f"{name_of(kind)} {counts[kind]}" for kind in ChangeType if counts[kind])
    text = QCoreApplication.translate("detection", "Detection is done: {count} findings ({by_type}).")
    desk.messages.notice(text.format(count=len(detection.findings), by_type=by_type))
