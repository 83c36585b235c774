"""Writing a table as it is shown into a workbook."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject

from weijian.qt.desk import Desk
from weijian.services.register_export import SheetTable, export_register


def ask_for_table_file(desk: Desk, owner: QObject, title: str, table: Callable[[], SheetTable]) -> None:
    """Ask where, and write the rows and columns that ``table`` gives as XLSX in a job of its own.

    Parameters
    ----------
    desk : Desk
    owner : QObject
        Who is told when it is done.
    title : str
        What the table is called.
    table : callable
        Gives what is to be written; called in a worker.
    """
    path = desk.messages.save_file(
        QCoreApplication.translate("exports", "Export table"), Path(f"{title}.xlsx"), "Excel (*.xlsx)"
    )
    if path is None:
        return
    target = path if path.suffix.lower() == ".xlsx" else path.with_name(f"{path.name}.xlsx")
    name = QCoreApplication.translate("exports", "Export {title}").format(title=title)

    def write(made: SheetTable) -> None:
        desk.jobs.start(owner, name, partial(export_register, made, target), tell)

    def tell(written: Path) -> None:
        desk.messages.notice(QCoreApplication.translate("exports", "Written: {path}").format(path=written))

    desk.jobs.ask(owner, table, write)
