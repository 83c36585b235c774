"""What a user does with a case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject

from weijian.domain.progress import ObservationSource
from weijian.domain.stage import Stage
from weijian.publish.order_map import OrderMapSheet, write_pdf, write_png
from weijian.qt.desk import Desk
from weijian.qt.wording import name_of
from weijian.services.cases import move_case
from weijian.services.evidence import KIND_OF_SUFFIX, Attached, attach_files
from weijian.services.observations import observe
from weijian.services.papers import export_order_document
from weijian.services.reflights import measure_reflight, observe_reflight

Then = Callable[[Any], None]
Otherwise = Callable[[BaseException], None]


@dataclass(frozen=True)
class Move:
    """A move as it was entered."""

    case_no: str
    target: Stage
    on: date
    officers: tuple[str, ...]
    reason: str
    document_no: str | None


@dataclass(frozen=True)
class Observed:
    """An observation of a demolition as it was entered."""

    case_no: str
    finding_no: str
    on: date
    area_left_m2: float
    source: ObservationSource
    photo: Path | None


def move(desk: Desk, owner: QObject, entered: Move, then: Then, otherwise: Otherwise) -> None:
    """Move a case; ``otherwise`` is told why it is forbidden."""

    def moved(event: object) -> None:
        text = QCoreApplication.translate("case-operations", "{case} is now at: {stage}")
        desk.messages.notice(text.format(case=entered.case_no, stage=name_of(entered.target)))
        then(event)

    action = partial(
        move_case,
        desk.folder,
        entered.case_no,
        entered.target,
        on=entered.on,
        officers=entered.officers,
        reason=entered.reason,
        document_no=entered.document_no,
    )
    desk.jobs.keep(owner, action, moved, otherwise)


def enter_observation(desk: Desk, owner: QObject, entered: Observed, then: Then, otherwise: Otherwise) -> None:
    """Enter what is left of a structure; ``otherwise`` is told why it cannot be."""
    action = partial(
        observe,
        desk.folder,
        entered.case_no,
        entered.finding_no,
        on=entered.on,
        area_left_m2=entered.area_left_m2,
        source=entered.source,
        today=desk.program.today,
        photo=entered.photo,
    )
    desk.jobs.keep(owner, action, then, otherwise)


def ask_what_reflight_shows(
    desk: Desk, owner: QObject, case_no: str, survey_id: int, then: Then, otherwise: Otherwise
) -> None:
    """Ask what detection found left of a case's structures; ``otherwise`` is told why that is not known."""
    work = partial(measure_reflight, desk.folder, case_no, survey_id, today=desk.program.today)
    desk.jobs.ask(owner, work, then, otherwise)


def enter_reflight(desk: Desk, owner: QObject, case_no: str, survey_id: int, then: Then, otherwise: Otherwise) -> None:
    """Enter that as observations on the day of the flight."""
    action = partial(observe_reflight, desk.folder, case_no, survey_id, today=desk.program.today)
    desk.jobs.keep(owner, action, then, otherwise)


def attach(desk: Desk, owner: QObject, case_no: str, paths: Sequence[Path]) -> None:
    """Add files to a case as evidence, all in one action, and say what became of them."""
    if paths:
        action = partial(attach_files, desk.folder, case_no, tuple(paths))
        desk.jobs.keep(owner, action, lambda attached: desk.messages.notice(_told(attached)))


def ask_for_evidence(desk: Desk, owner: QObject, case_no: str) -> None:
    """Ask for files and add them to a case as evidence."""
    patterns = QCoreApplication.translate("case-operations", "Photographs, scans, videos, measurements ({endings})")
    endings = " ".join(f"*{suffix}" for suffix in KIND_OF_SUFFIX)
    title = QCoreApplication.translate("case-operations", "Add evidence")
    attach(desk, owner, case_no, desk.messages.open_files(title, patterns.format(endings=endings), many=True))


def ask_for_order_map_file(desk: Desk, owner: QObject, sheet: OrderMapSheet, number: int, suffix: str) -> None:
    """Ask where, and write the very sheet that was looked at: all of it as PDF, one page as PNG."""
    page = f"-{number}" if suffix == ".png" and number > 1 else ""
    path = desk.messages.save_file(
        QCoreApplication.translate("case-operations", "Save the order map"),
        Path(QCoreApplication.translate("case-operations", "order map") + f" {sheet.case_no}{page}{suffix}"),
        f"{suffix[1:].upper()} (*{suffix})",
    )
    if path is None:
        return
    path = path if path.suffix.lower() == suffix else path.with_name(path.name + suffix)
    write = partial(write_pdf, sheet, path) if suffix == ".pdf" else partial(write_png, sheet, path, number=number)
    desk.jobs.ask(owner, write, partial(_tell_written, desk))


def ask_for_order_document_file(desk: Desk, owner: QObject, case_no: str) -> None:
    """Ask where, issue the demolition order of a case and write it."""
    title = QCoreApplication.translate("case-operations", "Save the demolition order")
    name = QCoreApplication.translate("case-operations", "demolition order") + f" {case_no}.docx"
    path = desk.messages.save_file(title, Path(name), "Word (*.docx)")
    if path is None:
        return
    path = path if path.suffix.lower() == ".docx" else path.with_name(f"{path.name}.docx")
    on, rules = desk.program.today, desk.program.orders
    action = partial(export_order_document, desk.folder, case_no, path, rules=rules, on=on)
    desk.jobs.keep(owner, action, partial(_tell_written, desk))


def _tell_written(desk: Desk, path: Path) -> None:
    desk.messages.notice(QCoreApplication.translate("case-operations", "Saved: {path}").format(path=path))


def _told(attached: Attached) -> str:
    count, already = len(attached.added), attached.already
    if not already:
        return QCoreApplication.translate("case-operations", "{count} file(s) added as evidence").format(count=count)
    text = QCoreApplication.translate("case-operations", "{count} file(s) added; there already: {names}")
    return text.format(count=count, names="、".join(already))
