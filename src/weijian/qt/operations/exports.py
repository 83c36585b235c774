"""Writing what the workspace holds into files for others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from weijian.domain.job import Job
from weijian.qt.desk import Desk

if TYPE_CHECKING:
    from weijian.qt.dialogs.record_dialog import RecordDialog


def ask_for_findings_file(desk: Desk, started: Callable[[], None]) -> None:
    """Ask where, and write all findings as GeoPackage or GeoJSON; ``started`` is told when the job begins."""
    from weijian.services.findings import export_findings

    path = desk.messages.save_file(
        QCoreApplication.translate("exports", "Export findings"),
        Path(QCoreApplication.translate("exports", "findings") + ".gpkg"),
        "GeoPackage (*.gpkg);;GeoJSON (*.geojson)",
    )
    if path is not None:
        _write(desk, path.name, partial(export_findings, desk.folder, path), started)


def ask_for_web_map_folder(desk: Desk, started: Callable[[], None]) -> None:
    """Ask for a folder, and write the web map into a new folder inside it; ``started`` is told when the job begins."""
    from weijian.services.web import export_web_map

    folder = desk.messages.choose_folder(QCoreApplication.translate("exports", "Folder for the web map"))
    if folder is not None:
        out = folder / f"web-{date.today():%Y%m%d}"  # noqa: DTZ011 - the day on the user's calendar
        _write(desk, out.name, partial(export_web_map, desk.folder, out), started)


def ask_for_weekly_report(desk: Desk, parent: QWidget) -> None:
    """Ask of which days, by default the seven that end today, and where, and write the weekly report."""
    from weijian.qt.dialogs.record_dialog import Entry, EntryKind, RecordDialog

    translate, today = QCoreApplication.translate, desk.program.today
    entries = [
        Entry("first", translate("exports", "&First day"), today - timedelta(days=6), EntryKind.DAY),
        Entry("last", translate("exports", "&Last day"), today, EntryKind.DAY),
    ]
    note = translate("exports", "Findings count in the week in which their later flight was flown.")
    dialog = RecordDialog(desk, translate("exports", "Weekly report"), entries, note=note, parent=parent)
    dialog.entered.connect(partial(_write_weekly, desk, dialog))
    dialog.open()


def _write_weekly(desk: Desk, dialog: RecordDialog, days: dict[str, date | None]) -> None:
    from weijian.services.weekly import export_weekly

    translate, today = QCoreApplication.translate, desk.program.today
    first, last = days["first"] or today - timedelta(days=6), days["last"] or today
    name = translate("exports", "weekly report {first} to {last}").format(first=first, last=last)
    path = desk.messages.save_file(translate("exports", "Export weekly report"), Path(f"{name}.xlsx"), "Excel (*.xlsx)")
    if path is None:
        dialog.reject()
        return

    def written(report: Path) -> None:
        dialog.accept()
        _tell(desk, report)

    write = partial(export_weekly, desk.folder, first, last, path, made_on=today)
    desk.jobs.ask(dialog, write, written, dialog.refuse)


def _write(desk: Desk, name: str, call: Callable[[], Job[Path]], started: Callable[[], None]) -> None:
    title = QCoreApplication.translate("exports", "Export {name}").format(name=name)
    desk.jobs.start(desk.jobs, title, call, partial(_tell, desk))
    started()


def _tell(desk: Desk, written: Path) -> None:
    desk.messages.notice(QCoreApplication.translate("exports", "Written: {path}").format(path=written))
