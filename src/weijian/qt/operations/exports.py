"""Writing what the workspace holds into files for others."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject

from weijian.qt.desk import Desk


def ask_for_findings_file(desk: Desk, owner: QObject) -> None:
    """Ask where, and write all findings as GeoPackage or GeoJSON."""
    from weijian.services.findings import export_findings

    path = desk.messages.save_file(
        QCoreApplication.translate("exports", "Export findings"),
        Path("findings.gpkg"),
        "GeoPackage (*.gpkg);;GeoJSON (*.geojson)",
    )
    if path is not None:
        desk.jobs.ask(owner, partial(export_findings, desk.folder, path), lambda written: _tell(desk, written))


def ask_for_web_map_folder(desk: Desk, owner: QObject) -> None:
    """Ask for a folder, and write the web map into a new folder inside it."""
    from weijian.services.web import export_web_map

    folder = desk.messages.choose_folder(QCoreApplication.translate("exports", "Folder for the web map"))
    if folder is not None:
        out = folder / f"web-{date.today():%Y%m%d}"  # noqa: DTZ011 - the day on the user's calendar
        desk.jobs.ask(owner, partial(export_web_map, desk.folder, out), lambda written: _tell(desk, written))


def ask_for_weekly_file(desk: Desk, owner: QObject) -> None:
    """Ask where, and write the report of the seven days that end today."""
    from weijian.services.weekly import export_weekly

    today = desk.program.today
    path = desk.messages.save_file(
        QCoreApplication.translate("exports", "Export weekly report"), Path(f"weekly-{today}.xlsx"), "Excel (*.xlsx)"
    )
    if path is not None:
        write = partial(export_weekly, desk.folder, today - timedelta(days=6), today, path, made_on=today)
        desk.jobs.ask(owner, write, lambda written: _tell(desk, written))


def _tell(desk: Desk, written: Path) -> None:
    desk.messages.notice(QCoreApplication.translate("exports", "Written: {path}").format(path=written))
